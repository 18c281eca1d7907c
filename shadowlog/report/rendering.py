"""Pages from templates: our own scripts named by digest, everything else escaped, and no address of any network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shadowlog.report.charts import Chart
from shadowlog.report.html import environment, own, policy, script_json, text_of

PURPOSE = "For your own reflection, not for appraisal"


def rendered(template: str, heading: str, charts: Iterable[Chart] = (), style: str = "page.css", **values: Any) -> str:
    """A template filled as a page; with charts it carries the charting library and the script that draws them."""
    drawings = {chart.key: _drawing(chart) for chart in charts}
    plotly = script = ""
    if drawings:
        from plotly.offline import get_plotlyjs

        plotly, script = get_plotlyjs(), text_of("page.js")
    scripts = [each for each in (plotly, script) if each]
    return (
        environment()
        .get_template(template)
        .render(
            purpose=PURPOSE,
            heading=heading,
            style=own(text_of("strip.css") + text_of(style)),
            plotly=own(plotly),
            script=own(script),
            charts=own(script_json(drawings)),
            policy=policy(*scripts),
            **values,
        )
    )


def _drawing(chart: Chart) -> Any:
    drawn = chart.figure.to_plotly_json()
    # The template "none" is plotly's own default once more; a page of fifteen charts need not carry it fifteen times.
    return {"data": drawn["data"], "layout": {k: v for k, v in drawn["layout"].items() if k != "template"}}
