"""What runs now: the largest clock on the screen, who, what, and what waits for it to end."""

from __future__ import annotations

from dataclasses import dataclass

from shadowlog.domain.codebook import INITIATOR, MEDIUM, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.day import Day
from shadowlog.domain.diary import Planned
from shadowlog.domain.phrases import apart
from shadowlog.domain.sentences import NO_WHAT, clock_time, described, state_words, what, who
from shadowlog.domain.terms import Episode, State
from shadowlog.tui.widgets import digits
from shadowlog.tui.widgets.panel import Line, Panel, fit, fit_label
from shadowlog.tui.widgets.says import wrapped


@dataclass(frozen=True, slots=True)
class Now:
    """The day as painted and the instant on its timeline (ms)."""

    day: Day
    at: int
    due: Planned | None = None
    """What was planned and may begin now."""


def details(day: Day, episode: Episode) -> str:
    """Mode, who began, place, room and medium of an episode, in one line."""
    book = day.observation.codebook
    parts = []
    if episode.codes.get(MODE):
        parts.append(book.label(MODE, episode.codes[MODE]))
    if episode.codes.get(INITIATOR):
        parts.append(f"{book.label(INITIATOR, episode.codes[INITIATOR])} began")
    if episode.codes.get(PLACE):
        parts.append(book.label(PLACE, episode.codes[PLACE]) + (f", {episode.room}" if episode.room else ""))
    medium = episode.codes.get(MEDIUM)
    if medium and not book.is_flagged(MEDIUM, medium, "default"):
        parts.append(book.label(MEDIUM, medium))
    if episode.unsure:
        parts.append("unsure")
    return " · ".join(parts)


def _state(day: Day) -> tuple[str, str]:
    if not day.begun:
        return "not begun", "The first key begins the day."
    return {
        State.OFF: ("off the record", "Nothing is kept. O comes back."),
        State.END: ("the day has ended", "E amends · U U reopens · Esc home"),
        State.UNSEEN: ("not observed", ""),
    }.get(day.state, (state_words(State.GAP), "Nothing runs: press who or what."))


def _beside(now: Now, width: int, most: int = 1) -> list[Line]:
    """What is suspended, the newest first, and what runs beside; what is alone there may take `most` lines."""
    day = now.day
    told: list[tuple[str, str]] = []
    if day.concurrent is not None:
        start = day.spans[day.concurrent.id].start
        told.append(("beside", f"for {digits.running(apart(start, now.at))} {described(day, day.concurrent.id)}"))
    zone = day.observation.zone
    for n, episode in enumerate(reversed(day.live.suspended[-3:])):
        since = suspended_since(day, episode)
        text = f"since {clock_time(since, zone)[:5]} " if since is not None else ""
        told.append(("suspended" if n == 0 else "", text + described(day, episode)))
    most = most if len(told) == 1 and now.due is None else 1
    lines: list[Line] = []
    for name, text in told:
        for n, part in enumerate(wrapped(text, width - 11, most)):
            lines.append([(f"{name if n == 0 else '':<11}", "quiet"), (fit(part, width - 11), "")])
    if now.due is not None and not day.ended:
        text = f"{now.due.times} {planned_words(now.due, day.observation.codebook)}"
        for n, part in enumerate(wrapped(text, width - 11, 2)):
            lines.append([("S planned  " if n == 0 else " " * 11, "accent"), (fit(part, width - 11), "")])
    return lines


def planned_words(event: Planned, book: Codebook) -> str:
    """Who and what of an event, as far as they are named."""
    named = [book.label(ROLE, event.role)] if event.role is not None else []
    return ", ".join([*named, *(book.label(dimension, code) for dimension, code in event.codes.items())])


def suspended_since(day: Day, episode: str) -> int | None:
    """When an episode was suspended (ms); looks at the newest 200 stretches only."""
    for n, stretch in enumerate(day.newest()):
        if stretch.episode == episode:
            return stretch.end
        if n > 200:
            break
    return None


def _facts(now: Now, width: int) -> tuple[list[Line], str, int]:
    day, running = now.day, now.day.foreground
    since = day.track[-1].at if day.begun else now.at
    if running is None:
        title, hint = _state(day)
        return [[(fit(title, width), "strong")], [(fit(hint, width), "quiet")], []], "quiet", since
    book = day.observation.codebook
    naming, doing = who(book, running.parties), what(book, running)
    lines: list[Line] = [
        [(fit_label(naming, width), "strong" if running.parties else "accent")],
        [(fit_label(doing, width), "accent" if doing == NO_WHAT else "")],
        [(details(day, running), "quiet")],
    ]
    return lines, "accent", since


def tall(now: Now, width: int, height: int) -> list[Line]:
    """The box as it stands beside the pads: clock above, facts below."""
    facts, tone, since = _facts(now, width)
    ended = now.day.ended
    text = "--:--" if ended or not now.day.begun else digits.running(apart(since, now.at))
    rows = digits.clock(text, width)
    started: Line = []
    if now.day.begun and not ended:
        started = [(f"since {clock_time(since, now.day.observation.zone)}", "faint")]
    more: list[Line] = [[(part, style)] for text, style in facts[2] for part in wrapped(text, width, 2)]
    lines: list[Line] = [[], *[[(row, tone)] for row in rows], [], *facts[:2], [], *more, started]
    beside = _beside(now, width, 2)
    room = height - len(lines) - len(beside)
    return [*lines, *([[]] * min(max(room, 0), 1)), *beside][:height]


def flat(now: Now, width: int) -> list[Line]:
    """The box where there is little room: clock on the left, facts on the right, what waits below."""
    side = 21
    facts, tone, since = _facts(now, width - side)
    text = "--:--" if now.day.ended or not now.day.begun else digits.running(apart(since, now.at))
    rows = digits.small(text)
    facts[2] = [(fit(text, width - side), style) for text, style in facts[2]]
    lines: list[Line] = [[(fit(f" {row}", side), tone), *fact] for row, fact in zip(rows, facts, strict=True)]
    beside = _beside(now, width - 1)
    return [*lines, [(" ", ""), *beside[0]] if beside else []]


class NowBox(Panel):
    """Shows what runs now."""

    now: Now | None = None
    small = False

    def draw(self, width: int, height: int) -> list[Line]:
        """The box."""
        if self.now is None:
            return []
        return flat(self.now, width)[:height] if self.small else tall(self.now, width, height)
