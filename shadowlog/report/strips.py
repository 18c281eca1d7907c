"""One observation laid out in lanes, and what is said of an episode in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shadowlog.analysis.results import Break, EpisodeLine, ObservationInfo, Summary
from shadowlog.domain.phrases import brief_percent, length, many, time_of_day
from shadowlog.domain.text import clean
from shadowlog.report.charts import sentence_case
from shadowlog.report.sentences import nobody


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of a strip: its label, its total, and the episodes in it with their spells."""

    name: str
    total: str
    lines: tuple[EpisodeLine, ...]
    minutes: float
    """Net minutes, those of concurrent episodes as in the summary's tables."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One observation as lanes, the longest time first."""

    about: ObservationInfo
    lanes: tuple[Lane, ...]
    blanks: tuple[tuple[Break, float, float], ...]
    """Why, and from which to which minute after local midnight."""


def activity_strip(summary: Summary, about: ObservationInfo) -> Strip:
    """Lanes by activity."""
    return _strip(summary, about, lambda line: [(line.what, line.what_label)])


def who_strip(summary: Summary, about: ObservationInfo) -> Strip:
    """Lanes by group; an episode with several stands in each of them."""
    return _strip(
        summary, about, lambda line: list(zip(line.roles, line.role_labels, strict=True)) or [(None, "uncoded")]
    )


def _strip(
    summary: Summary, about: ObservationInfo, names: Callable[[EpisodeLine], Iterable[tuple[str | None, str]]]
) -> Strip:
    found: dict[str | None, list[EpisodeLine]] = {}
    labels: dict[str | None, str] = {}
    for line in summary.lines:
        if line.observation != about.id:
            continue
        for code, name in names(line):
            found.setdefault(code, []).append(line)
            labels[code] = name
    minutes = {
        code: sum(line.net_minutes for line in lines if summary.concurrent or not line.concurrent)
        for code, lines in found.items()
    }
    order = sorted(found, key=lambda code: (code is None, -minutes[code], -len(found[code])))
    lanes = tuple(
        Lane(
            sentence_case(clean(labels[code])),
            f"{many(len(found[code]), 'time', 'times')} · {length(minutes[code])}",
            tuple(found[code]),
            minutes[code],
        )
        for code in order
    )
    blanks = tuple(
        (piece.why, piece.start_minute, piece.end_minute)
        for piece in summary.window.breaks
        if piece.why is not None and piece.observation == about.id
    )
    return Strip(about, lanes, blanks)


def kind(line: EpisodeLine) -> str:
    """What an episode is drawn as."""
    if line.interrupts:
        return "interrupting"
    if line.concurrent:
        return "beside"
    return "with" if line.interaction else "without"


def span(lo: float, hi: float) -> str:
    """From when to when, and how long."""
    return f"{time_of_day(lo)} to {time_of_day(hi)}, {length(hi - lo)}"


def remarks(line: EpisodeLine) -> list[str]:
    """What is special about an episode, in words."""
    made = [
        (line.interrupts is not None, "interrupted something else"),
        (line.interrupted > 0, f"interrupted {many(line.interrupted, 'time', 'times')}"),
        (line.concurrent, "beside something else"),
        (line.closed, "behind a closed door"),
        (not line.duration_known, "end not known"),
        (line.unsure, "observer unsure"),
        (line.late, "entered later"),
        (line.amended, "put right later"),
        (line.incident, "incident"),
    ]
    return [words for so, words in made if so]


def activity_title(summary: Summary, strip: Strip) -> str:
    """How many episodes, from when to when, and which one stayed longest."""
    lines = [line for lane in strip.lanes for line in lane.lines if line.duration_known]
    span = f"{time_of_day(strip.about.start_minute)} to {time_of_day(strip.about.end_minute)}"
    if not lines:
        timeless = f"{many(summary.episodes.count, 'episode', 'episodes')}, none with a known end,"
        return f"{_struck(summary) or (timeless if summary.episodes.count else 'Nothing was coded')} from {span}"
    longest = max(lines, key=lambda line: line.net_minutes)
    count = sum(line.observation == strip.about.id for line in summary.lines)
    if count == 1:
        return f"One episode from {span}: {clean(longest.what_label)}"
    return (
        f"{count} episodes from {span}; the longest, {length(longest.net_minutes)} from {time_of_day(longest.start_minute)}: "
        f"{clean(longest.what_label)}"
    )


def who_title(summary: Summary, strip: Strip) -> str:
    """How many groups were met, and how long the head was alone."""
    alone = set(summary.alone.codes)
    met = {role for lane in strip.lanes for line in lane.lines for role in line.roles if role not in alone}
    if not met:
        return _struck(summary) or nobody(summary)
    title = f"{many(len(met), 'group', 'groups')} of people met"
    if len(summary.observations) == 1 and summary.alone.minutes:
        title += f"; alone for {length(summary.alone.minutes)} ({brief_percent(summary.alone.time_share)})"
    return title


def _struck(summary: Summary) -> str:
    """What to say of a day of which the head struck out everything, "" of any other."""
    struck = not summary.episodes.count and any(told.struck for told in summary.sessions)
    return "Everything was struck out" if struck else ""
