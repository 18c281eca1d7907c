"""The page that a head fills in at home: one HTML file that asks no network and saves its answers to a small file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass

from shadowlog.analysis.prompts import asked
from shadowlog.analysis.results import Row as TableRow
from shadowlog.analysis.results import Summary
from shadowlog.analysis.session import OBSERVED
from shadowlog.domain import feedback as f
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import estimated, is_anything_shown, is_shown, shown_in_turn, shows
from shadowlog.domain.personal import NO_NAMES
from shadowlog.domain.phrases import brief_length, brief_percent, day_words, length, number, time_of_day
from shadowlog.domain.sealing import FORMAT, LARGEST, VERSION, digest, key_of
from shadowlog.domain.study import LAYERS
from shadowlog.domain.text import clean
from shadowlog.report.home_lines import Line, lines_of
from shadowlog.report.html import environment, own, policy, script_json, text_of
from shadowlog.report.static_strip import Picture, picture
from shadowlog.report.strips import activity_strip

PURPOSE = "For your own reflection, not for appraisal"
CHOICES = (("agree", "Agree"), ("amend", "Amend"), ("dispute", "Dispute"), ("strike", "Strike out"))
UNITS = {"alone": " min"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a breakdown: how long beside how often; `code` "" is what nobody coded."""

    code: str
    label: str
    width: int
    """Its share of the time in tenths of a percent."""
    percent: str
    minutes: str
    count: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One thing that is guessed, then revealed: a breakdown with its bars, or a single number."""

    of: str
    title: str
    bars: tuple[Bar, ...] = ()
    number: str = ""
    guessed: bool = False
    """Whether the page asks for a guess of it."""
    seen: bool = False
    """Whether the head has been shown it already, on another page or on the screen."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that one page shows of a day, as plain values."""

    observation: str
    head: str
    observer: str
    date: str
    window: str
    of: str
    """What is estimated, "" where the codebook has no activities."""
    headings: tuple[tuple[str, str], ...]
    panels: tuple[Panel, ...]
    strip: Picture
    """The day by activity, for when it is shown."""
    lines: tuple[Line, ...]
    incidents: tuple[tuple[str, str], ...]
    """When and on what, and the words."""
    prompts: tuple[tuple[str, str, str], ...]
    """Id, question, source."""
    layers: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str, bool, bool], ...]
    """Id, label, whether it is to be alone, whether no words are kept beside it."""
    activities: tuple[tuple[str, str], ...]
    shown: bool
    """Whether the head has been shown the whole day already."""
    something: bool
    """Whether the head has been shown anything of it, so that nothing is placed before it."""
    earlier: Mapping[str, Mapping[str, object]]
    """What was said before, on another page or on the screen, by question."""

    @property
    def id(self) -> str:
        """The page's id: a digest of what it shows."""
        return digest(asdict(self))[:32]

    @property
    def name(self) -> str:
        """The beginning of the names of its files, as H01-2026-11-24."""
        return re.sub(r"[^A-Za-z0-9]+", "-", f"{self.head}-{self.date}").strip("-")[:80] or "day"


def sheet_of(day: Day, summary: Summary, layers: Collection[str]) -> Sheet:
    """Give what the page shows of a day that has ended; `summary` is that day's, `layers` are those it may be released for."""
    seen, book, about = day.observation, day.observation.codebook, summary.observations[0]
    of = estimated(book) if book.codes(ACTIVITY) else ""
    lines = tuple(lines_of(day))
    starred = [note for note in summary.notes if note.incident]
    spoken = {line.id: f"{line.who}, {line.what}" for line in lines}
    return Sheet(
        observation=seen.id,
        head=clean(seen.head),
        observer=clean(seen.observer),
        date=about.date,
        window=f"{time_of_day(about.start_minute)} to {time_of_day(about.end_minute)}, "
        f"{length(about.window_minutes)} of it on record",
        of=of,
        headings=tuple(_words(book.headings(of) or ())),
        panels=tuple(_panels(day, summary, of)),
        strip=picture(activity_strip(summary, about)),
        lines=lines,
        incidents=tuple(
            (
                f"{time_of_day(note.at_minute)}{_beside(spoken.get(note.episode or '', ''))}",
                clean(note.text, lines=True) or "(no words)",
            )
            for note in starred
        ),
        prompts=tuple((each.id, each.text, each.source) for each in asked(summary)),
        layers=tuple((layer, words) for layer, words in LAYERS.items() if layer in {*layers, *_released(day)}),
        roles=tuple((c.id, clean(c.label), "alone" in c.flags, "no_note" in c.flags) for c in book.codes(ROLE)),
        activities=tuple(_words((c.id, c.label) for c in book.codes(ACTIVITY))),
        shown=is_shown(day.feedback, f.WHOLE, book),
        something=is_anything_shown(day.feedback),
        earlier=_earlier(day),
    )


def home_page(day: Day, sheet: Sheet) -> str:
    """Give the page as HTML text; Refused for a day that is not with its head."""
    script = text_of("home.js")
    told = {
        "format": FORMAT,
        "version": VERSION,
        "observation": sheet.observation,
        "page": sheet.id,
        "key": key_of(day, sheet.id),
        "name": f"{sheet.name}-answers.json",
        "of": sheet.of,
        "roles": sheet.roles,
        "activities": sheet.activities,
        "earlier": sheet.earlier,
        "rows": {
            line.id: {
                "mark": line.mark,
                "at": line.at,
                "roles": line.roles,
                "activity": line.activity,
                "closed": line.closed,
                "quiet": line.quiet,
                "noted": line.noted,
                "before": bool(line.before),
            }
            for line in sheet.lines
            if line.mark
        },
        "longest": LONGEST_TEXT,
        "largest": LARGEST,
        "shown": sheet.shown,
        "something": sheet.something,
        "no_names": sorted(NO_NAMES),
        "shows": {panel.of: sorted(shows(panel.of, day.observation.codebook)) for panel in sheet.panels},
    }
    return (
        environment()
        .get_template("home.html")
        .render(
            sheet=sheet,
            purpose=PURPOSE,
            date=day_words(sheet.date),
            asked=f.QUESTIONS,
            choices=CHOICES,
            importance=range(1, f.IMPORTANCE + 1),
            typical=range(1, f.TYPICAL + 1),
            continuum=f.CONTINUUM,
            most=f.MOST_GUESSED,
            style=own(text_of("strip.css") + text_of("home.css")),
            script=own(script),
            told=own(script_json(told)),
            policy=policy(script),
        )
    )


def _released(day: Day) -> tuple[str, ...]:
    said = day.feedback.get(f.Release.__name__)
    return said.layers if isinstance(said, f.Release) else ()


def _earlier(day: Day) -> dict[str, dict[str, object]]:
    """What the head said before, on another page or on the screen, by the question of the page."""
    found: dict[str, dict[str, object]] = {}
    for said in day.feedback.values():
        match said:
            case f.Guess():
                found[f"guess {said.of}"] = {"number": said.number}
            case f.Estimate():
                shares = {code: round(share * 100) for code, share in said.shares.items()}
                found[f"estimate {said.of}"] = {"shares": shares, "importance": dict(said.importance)}
            case f.Place():
                found[f"place {'after' if said.seen else 'before'}"] = {"value": said.value}
            case f.Typical(author=author) if author == day.observation.head:
                found["typical"] = {"rating": said.rating, "unusual": said.unusual}
            case f.Answer():
                found[f"answer {said.prompt}"] = {"text": said.text}
            case f.SignOff():
                found[f"signoff {said.section}"] = {}
            case f.Release():
                found["release"] = {"layers": list(said.layers)}
    return found


def _words(pairs: Collection[tuple[str, str]] | Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((id_, clean(label)) for id_, label in pairs)


def _beside(text: str) -> str:
    return f" · {text}" if text else ""


def _panels(day: Day, summary: Summary, of: str) -> Iterator[Panel]:
    """What can be revealed, in the order in which the screen does it: the single numbers, what was done, with whom."""
    for name in shown_in_turn(day.observation.codebook):
        seen = is_shown(day.feedback, name, day.observation.codebook)
        if name in f.GUESSES:
            observed = f"{number(round(OBSERVED[name](summary)))}{UNITS.get(name, '')}"
            yield Panel(name, f.GUESSES[name].capitalize(), number=observed, guessed=True, seen=seen)
            continue
        table = summary.by(name)
        if name == of:
            # A heading that took no time was estimated too.
            rows = [row for row in table.rows if row.code is not None or row in table.used]
            yield Panel(name, "What the day went on", tuple(map(_bar, rows)), guessed=True, seen=seen)
        else:
            yield Panel(name, "With whom", tuple(map(_bar, table.used)), seen=seen)


def _bar(row: TableRow) -> Bar:
    return Bar(
        code=row.code or "",
        label=clean(row.label) if row.code else "Not coded",
        width=round((row.time_share or 0) * 1000),
        percent=brief_percent(row.time_share),
        minutes=brief_length(row.minutes),
        count=number(row.count),
    )
