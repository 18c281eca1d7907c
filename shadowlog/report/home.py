"""The page that a head fills in at home: one HTML file that asks no network and saves its answers to a small file."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass

from shadowlog.analysis.prompts import asked
from shadowlog.analysis.results import Row as TableRow
from shadowlog.analysis.results import Summary
from shadowlog.analysis.session import OBSERVED
from shadowlog.domain import feedback as f
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import comment, estimated, is_anything_shown, is_shown
from shadowlog.domain.personal import NO_NAMES
from shadowlog.domain.phrases import brief_length, brief_percent, day_words, length, many, number, time_of_day
from shadowlog.domain.review import Item, items, named
from shadowlog.domain.sealing import FORMAT, LARGEST, VERSION, canonical, digest, key_of, marks
from shadowlog.domain.sentences import clock_time, state_words
from shadowlog.domain.study import LAYERS
from shadowlog.domain.terms import Episode
from shadowlog.domain.text import clean
from shadowlog.report.html import environment, own, policy, script_json, text_of

PURPOSE = "For your own reflection, not for appraisal"
WORDS = {"agree": "agreed", "amend": "amended", "dispute": "disputed", "strike": "struck out"}
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
class Line:
    """One row of the day; one without `mark` is only shown."""

    id: str
    at: str
    minutes: str
    who: str
    what: str
    more: str = ""
    notes: tuple[str, ...] = ()
    before: str = ""
    """What the head said of it before, in words."""
    mark: str = ""
    roles: tuple[str, ...] = ()
    activity: str = ""
    closed: bool = False
    quiet: bool = False
    """Whether no words are kept of it: behind a closed door, or beside somebody who asked not to be recorded."""
    noted: bool = False


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
    earlier: str
    """The estimate and the guesses that were given before, on another page or on the screen, as JSON."""

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
    lines = tuple(_lines(day))
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
        lines=lines,
        incidents=tuple(
            (
                f"{time_of_day(note.at_minute)}{_beside(spoken.get(note.episode or '', ''))}",
                clean(note.text, lines=True) or "(no words)",
            )
            for note in starred
        ),
        prompts=tuple((each.id, each.text, each.source) for each in asked(summary)),
        layers=tuple((layer, words) for layer, words in LAYERS.items() if layer in layers),
        roles=tuple((c.id, clean(c.label), "alone" in c.flags, "no_note" in c.flags) for c in book.codes(ROLE)),
        activities=tuple(_words((c.id, c.label) for c in book.codes(ACTIVITY))),
        shown=is_shown(day.feedback, f.WHOLE),
        something=is_anything_shown(day.feedback),
        earlier=canonical(_earlier(day, of)),
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
        "earlier": json.loads(sheet.earlier),
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
            sections=f.SECTIONS,
            rows=sum(bool(line.mark) for line in sheet.lines),
            style=own(text_of("home.css")),
            script=own(script),
            told=own(script_json(told)),
            policy=policy(script),
        )
    )


def _earlier(day: Day, of: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for said in day.feedback.values():
        if isinstance(said, f.Guess):
            found[f"guess {said.of}"] = {"number": said.number}
        elif isinstance(said, f.Estimate) and said.of == of:
            shares = {code: round(share * 100) for code, share in said.shares.items()}
            found[f"estimate {of}"] = {"shares": shares, "importance": dict(said.importance)}
    return found


def _words(pairs: Collection[tuple[str, str]] | Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((id_, clean(label)) for id_, label in pairs)


def _beside(text: str) -> str:
    return f" · {text}" if text else ""


def _panels(day: Day, summary: Summary, of: str) -> Iterator[Panel]:
    """What can be revealed: the parts that were estimated, the single numbers, then with whom."""
    book, tables = day.observation.codebook, {t.rollup or t.dimension: t for t in (*summary.tables, *summary.rollups)}

    def seen(name: str) -> bool:
        return is_shown(day.feedback, name)

    if of in tables:
        # A heading that took no time was estimated too.
        rows = (row for row in tables[of].rows if row.code is not None or row in tables[of].used)
        yield Panel(of, "What the day went on", tuple(map(_bar, rows)), guessed=True, seen=seen(of))
    for name, label in f.GUESSES.items():
        observed = f"{number(round(OBSERVED[name](summary)))}{UNITS.get(name, '')}"
        yield Panel(name, label.capitalize(), number=observed, guessed=True, seen=seen(name))
    who = next((r.id for r in book.rollups if r.dimension == ROLE), ROLE)
    if who in tables:
        yield Panel(who, "With whom", tuple(map(_bar, tables[who].used)), seen=seen(who))


def _bar(row: TableRow) -> Bar:
    return Bar(
        code=row.code or "",
        label=clean(row.label) if row.code else "Not coded",
        width=round((row.time_share or 0) * 1000),
        percent=brief_percent(row.time_share),
        minutes=brief_length(row.minutes),
        count=number(row.count),
    )


def _lines(day: Day) -> Iterator[Line]:
    """The day row by row; what is no episode is there to be seen."""
    known, book = marks(day), day.observation.codebook
    for item in items(day, day.track[-1].at):
        if item.episode is not None:
            yield _episode_line(day, item, item.episode, known[item.id])
        else:
            who, what = named(book, item)
            label = clean(who) or (state_words(item.state).capitalize() if item.state else "Note on the day")
            yield Line(
                id="",
                at=_times(day, item),
                minutes="" if item.length is None else brief_length(item.length / 60_000),
                who=label,
                what=clean(what) if item.contact else "",
                notes=_notes(item),
            )


def _episode_line(day: Day, item: Item, episode: Episode, mark: str) -> Line:
    book = day.observation.codebook
    who, what = named(book, item)
    view = episode.verification
    words = clean(comment(day, item.id), lines=True)
    quiet = episode.closed or any(book.is_flagged(ROLE, p.role, "no_note") for p in episode.parties)
    return Line(
        id=item.id,
        at=_times(day, item),
        minutes="" if item.length is None else brief_length(item.length / 60_000),
        who=clean(who) if episode.parties else "Nobody named",
        what=clean(what) if episode.closed or episode.what else "not coded",
        more=" · ".join(_more(book, item, episode)),
        notes=_notes(item),
        before="" if view is None else f"{WORDS[view.value]}{f': {words}' if words else ''}",
        mark=mark,
        roles=tuple(dict.fromkeys(p.role for p in episode.parties)),
        activity=episode.what or "",
        closed=episode.closed,
        quiet=quiet,
        noted=any(note.text for note in item.notes),
    )


def _more(book: Codebook, item: Item, episode: Episode) -> Iterator[str]:
    if episode.place:
        yield clean(book.label(PLACE, episode.place)) + (f", {clean(episode.room)}" if episode.room else "")
    if len(item.spells) > 1:
        yield f"interrupted {many(len(item.spells) - 1, 'time', 'times')}"
    if episode.interrupts is not None:
        yield "an interruption"
    if episode.concurrent:
        yield "while something else went on"
    if not episode.duration_known:
        yield "its end is not known"


def _times(day: Day, item: Item) -> str:
    start, end = (clock_time(at, day.observation.zone)[:5] for at in (item.start, item.end))
    return start if start == end else f"{start}–{end}"


def _notes(item: Item) -> tuple[str, ...]:
    said: Sequence[str] = [clean(note.text, lines=True) for note in item.notes]
    return tuple(text for text in said if text)
