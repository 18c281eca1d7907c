"""Pages from templates: our own scripts named by digest, everything else escaped, and no address of any network."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from shadowlog.domain.text import clean
from shadowlog.report.charts import Chart

UNIT = re.compile(r"(?<=\d) (?=%|min\b|s\b|h \d)|(?<=\d h) (?=\d\d)")
PURPOSE = "For your own reflection, not for appraisal"


def rendered(template: str, heading: str, charts: Iterable[Chart] = (), style: str = "page.css", **values: Any) -> str:
    """A template filled as a page; with charts it carries the charting library and the script that draws them."""
    drawings = {chart.key: _drawing(chart) for chart in charts}
    plotly = script = ""
    if drawings or template == "page.html":
        from plotly.offline import get_plotlyjs

        plotly, script = get_plotlyjs(), _text("page.js")
    scripts = [each for each in (plotly, script) if each]
    return (
        _environment()
        .get_template(template)
        .render(
            purpose=PURPOSE,
            heading=heading,
            style=_own(_text(style)),
            plotly=_own(plotly),
            script=_own(script),
            charts=_own(_json(drawings)),
            policy=_policy(*scripts),
            **values,
        )
    )


def _text(name: str) -> str:
    return (files("shadowlog.report") / "templates" / name).read_text(encoding="utf-8")


def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finished(value: Any) -> Any:
    """What goes into the page, without control characters and with numbers kept beside their units."""
    return UNIT.sub("\u00a0", clean(value, lines=True)) if type(value) is str else value


def _own(text: str) -> Markup:
    """Our own text, or JSON made safe for where it stands: the only things that are not escaped."""
    return Markup(text)  # noqa: S704 - never called with a user's words


def _policy(*scripts: str) -> str:
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
    hashes = " ".join(digests) or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _json(value: Any) -> str:
    """JSON that may stand between script tags: nothing in it can end the tag or a line."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _drawing(chart: Chart) -> Any:
    drawn = chart.figure.to_plotly_json()
    # The template "none" is plotly's own default once more; a page of fifteen charts need not carry it fifteen times.
    return {"data": drawn["data"], "layout": {k: v for k, v in drawn["layout"].items() if k != "template"}}
