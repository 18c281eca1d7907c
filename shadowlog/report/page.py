"""The head's report: one Summary as one HTML page that needs no network, and prints."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from shadowlog.analysis.prompts import DEPTHS
from shadowlog.analysis.results import Summary
from shadowlog.domain.text import clean
from shadowlog.errors import BadInput, NotFound
from shadowlog.report.charts import Chart
from shadowlog.report.figures import further_tables
from shadowlog.report.page_tables import contact_table, coverage_table, duration_tables, episode_table
from shadowlog.report.sections import IMPORTED, cover, doubts, heading, parts, pictures, questions, remark, verification
from shadowlog.report.sentences import key_sentences, method_lines
from shadowlog.report.session import sessions_told

FOLDER = Path("exports")
UNIT = re.compile(r"(?<=\d) (?=%|min\b|s\b|h \d)|(?<=\d h) (?=\d\d)")
PURPOSE = "For your own reflection, not for appraisal"


def page(summary: Summary) -> str:
    """The whole page as HTML text; the same summary always gives the same page."""
    made = parts(summary)
    charts = {chart.key: _drawing(chart) for part in made for chart in part.charts}
    plotly, script = get_plotlyjs(), _text("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            purpose=PURPOSE,
            heading=heading(summary),
            cover=[cover(summary, about) for about in summary.observations],
            verified=verification(summary),
            sentences=key_sentences(summary),
            day=made[0],
            pictures=pictures(summary),
            parts=made[1:],
            further=further_tables(summary),
            durations=duration_tables(summary),
            incidents=[remark(summary, note) for note in summary.incidents],
            remarks=[remark(summary, note) for note in summary.notes if not note.incident],
            prompts=questions(summary),
            told=sessions_told(summary),
            depths=DEPTHS,
            method=method_lines(summary),
            coverage=coverage_table(summary),
            doubts=doubts(summary),
            episodes=episode_table(summary),
            contacts=contact_table(summary),
            style=_own(_text("page.css")),
            plotly=_own(plotly),
            script=_own(script),
            charts=_own(_json(charts)),
            policy=_policy(plotly, script),
            imported=any(about.consent == IMPORTED for about in summary.observations),
        )
    )


def page_name(summary: Summary) -> str:
    """The file name of a report, as H01-2026-11-24-report.html: nothing in it but letters, digits and hyphens."""
    if not summary.observations:
        return "empty-report.html"
    first, more = summary.observations[0], len(summary.observations) - 1
    name = f"{first.head}-{first.date}" + (f"-and-{more}-more" if more else "")
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:80]
    return f"{slug or 'day'}-report.html"


def write_page(summary: Summary, path: Path | None = None, overwrite: bool = False) -> Path:
    """Write the page and give its path: `path`, by default `exports/` and the report's own name.

    BadInput if a file is there already and may not be overwritten (it stays as it is); NotFound if the folder named in
    `path` is not there. The file appears whole or not at all.
    """
    if path is None:
        FOLDER.mkdir(exist_ok=True)
        path = FOLDER / page_name(summary)
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {str(path.parent)!r}.", "Make it, or write somewhere else.")
    if path.is_dir():
        raise BadInput(f"{str(path)!r} is a folder.", "Name a file in it.")
    if path.exists() and not overwrite:
        raise _taken(path)
    text = page(summary)
    handle, name = tempfile.mkstemp(prefix=".report-", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            part.replace(path)
        else:
            _claim(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _claim(part: Path, path: Path) -> None:
    """Give the file its name unless something took the name meanwhile."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        # A file system without hard links, as on memory sticks.
        if path.exists():
            raise _taken(path) from None
        part.replace(path)


def _taken(path: Path) -> BadInput:
    return BadInput(f"{str(path)!r} is there already; nothing was written.", "Allow overwriting, or name another file.")


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
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
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
