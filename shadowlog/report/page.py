"""The head's report: one Summary as one HTML page that needs no network, and prints."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from shadowlog.analysis.results import NoteLine, ObservationInfo, Summary
from shadowlog.domain.text import clean
from shadowlog.errors import BadInput, NotFound
from shadowlog.report.charts import Chart
from shadowlog.report.figures import (
    began_charts,
    day_charts,
    further_tables,
    profile_charts,
    what_charts,
    where_charts,
    who_charts,
)
from shadowlog.report.page_tables import (
    contact_table,
    coverage_table,
    duration_tables,
    episode_table,
)
from shadowlog.report.phrases import at, day_words, length, many
from shadowlog.report.prompts import DEPTHS, fitting
from shadowlog.report.sentences import key_sentences, method_lines
from shadowlog.report.static_strip import Picture, picture
from shadowlog.report.timeline import activity_strip

FOLDER = Path("exports")
IMPORTED = "imported, not asked"
PURPOSE = "For your own reflection, not for appraisal"


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page."""

    key: str
    title: str
    charts: tuple[Chart, ...]
    lead: str = ""
    missing: tuple[str, ...] = ()
    """What this section would show and nobody coded."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note as the page shows it: when, on what, in which words."""

    at: str
    about: str
    text: str


def page(summary: Summary) -> str:
    """The whole page as HTML text; the same summary always gives the same page."""
    parts = _parts(summary)
    charts = {chart.key: _drawing(chart) for part in parts for chart in part.charts}
    plotly, script = get_plotlyjs(), _text("page.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            purpose=PURPOSE,
            heading=_heading(summary),
            cover=[_cover(summary, about) for about in summary.observations],
            verified=verification(summary),
            sentences=key_sentences(summary),
            day=parts[0],
            pictures=_pictures(summary),
            parts=parts[1:],
            further=further_tables(summary),
            durations=duration_tables(summary),
            incidents=[_remark(summary, note) for note in summary.incidents],
            remarks=[_remark(summary, note) for note in summary.notes if not note.incident],
            prompts=fitting(summary),
            depths=DEPTHS,
            method=method_lines(summary),
            coverage=coverage_table(summary),
            doubts=_doubts(summary),
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
    made = Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["clean"] = clean
    return made


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


def _heading(summary: Summary) -> str:
    heads = sorted({clean(about.head) for about in summary.observations})
    if not heads:
        return "No day"
    if len(summary.observations) == 1:
        return f"A day with head {heads[0]}"
    return f"{len(summary.observations)} days with {'head' if len(heads) == 1 else 'heads'} {', '.join(heads)}"


def _cover(summary: Summary, about: ObservationInfo) -> list[tuple[str, str]]:
    running = ", still running when this was made" if about.running else ""
    consent = about.consent
    if consent == IMPORTED:
        consent = "Imported from a published or paper record; nobody was asked, so it cannot be released."
    told = [
        ("Head", about.head),
        ("Date", day_words(about.date)),
        (
            "Observed",
            f"{at(about.start_minute)} to {at(about.end_minute)}{running}: {length(about.window_minutes)} of record",
        ),
        ("Observer", about.observer),
        ("Codebook", f"{about.codebook_name}, version {about.codebook_version}"),
        ("Study", about.study),
        ("Verified", verification(summary, about.id)),
        ("Consent", consent),
    ]
    return [(term, clean(text)) for term, text in told if text]


def verification(summary: Summary, observation: str | None = None) -> str:
    """How far the head has gone through the episodes, in a sentence."""
    lines = [line for line in summary.lines if observation in {None, line.observation}]
    left = sum(line.verification is None for line in lines)
    disputed = sum(line.verification == "dispute" for line in lines)
    also = f"; {many(disputed, 'episode', 'episodes')} disputed" if disputed else ""
    if not lines:
        return "Nothing to verify"
    if left == len(lines):
        return "Not yet verified by the head"
    if left:
        return f"Verified by the head but for {many(left, 'episode', 'episodes')}{also}"
    return f"Verified by the head{also}"


def _parts(summary: Summary) -> Sequence[Part]:
    if not summary.episodes.count:
        return (Part("day", "The day", day_charts(summary)),)
    where, began = where_charts(summary), began_charts(summary)
    keys = {chart.key for chart in (*where, *began, *who_charts(summary), *what_charts(summary))}
    absent = [
        ("who", "who", "With whom"),
        ("what", "what", "What the head did"),
        ("what", "where", "Where the head was"),
        ("began", "began", "Who began it"),
        ("began", "planned", "Whether it was in the diary"),
    ]
    missing = {part: tuple(name for p, key, name in absent if p == part and key not in keys) for part, _, _ in absent}
    no_stop = () if summary.interruptions.count else ("No interruption was recorded.",)
    said = {part: tuple(f"{name} was not coded in this record." for name in names) for part, names in missing.items()}
    return (
        Part("day", "The day", day_charts(summary)),
        Part("who", "With whom", who_charts(summary), missing=said["who"]),
        Part("what", "What and where", (*what_charts(summary), *where), missing=said["what"]),
        Part("run", "How the day ran", profile_charts(summary)),
        Part("began", "Who began it, and interruptions", began, missing=(*said["began"], *no_stop)),
    )


def _pictures(summary: Summary) -> Sequence[Picture]:
    return [picture(activity_strip(summary, about)) for about in summary.observations]


def _remark(summary: Summary, note: NoteLine) -> Remark:
    lines = {(line.observation, line.id): line for line in summary.lines}
    line = lines.get((note.observation, note.episode or ""))
    about = f"{clean(line.who)}; {clean(line.what_label)}" if line else ""
    day = ""
    if len(summary.observations) > 1:
        day = next(f"{o.date} " for o in summary.observations if o.id == note.observation)
    return Remark(f"{day}{at(note.at_minute)}", about, clean(note.text, lines=True))


def _doubts(summary: Summary) -> Iterator[str]:
    told = summary.coverage
    counts = (
        (told.incomplete, "without who or what"),
        (told.unsure, "of which the observer was unsure"),
        (told.late, "entered later"),
        (told.amended, "put right later"),
        (told.disputed, "disputed by the head"),
        (told.struck, "struck out by the head"),
    )
    for count, words in counts:
        if count:
            yield f"{many(count, 'episode', 'episodes')} {words}"
