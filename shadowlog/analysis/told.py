"""One observer's day as spans of codes, by the clock of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shadowlog.analysis.listing import Break
from shadowlog.analysis.stretches import break_of, joined_up
from shadowlog.analysis.wallclock import WallClock
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook
from shadowlog.domain.company import as_counted, only_shadower
from shadowlog.domain.terms import Episode, Record, Stretch

UNCODED = "uncoded"

Span = tuple[int, int, str]
"""From, until (ms), and what was said."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One episode of one observer, as far as both observed; times in ms since the epoch by the first observer's clock."""

    episode: str
    start: int
    """When it began, or the first common instant of it."""
    net_minutes: float | None
    """None where nobody said when it ended."""
    who: str
    """Codes, joined by + where there are several."""
    what: str
    who_label: str
    what_label: str


@dataclass(frozen=True, slots=True)
class Told:
    """One observer's day, moved by the offset."""

    record: Record
    offset: int
    clock: WallClock
    window: tuple[tuple[int, int], ...]
    stretches: tuple[tuple[Stretch, Episode | None], ...]

    @classmethod
    def of(cls, record: Record, offset: int) -> Told:
        """The day with `offset` ms added to every time."""
        record = as_counted(record)
        book = record.observation.codebook
        shadowers = frozenset(e.id for e in record.episodes if only_shadower(e, book))
        episodes = {e.id: e for e in record.episodes}
        window: list[tuple[int, int]] = []
        kept = []
        for each in joined_up(record.track):
            if break_of(each, shadowers) in {Break.OFF, Break.UNSEEN, Break.SHADOWER}:
                continue
            lo, hi = each.start + offset, (record.end if each.end is None else each.end) + offset
            if window and window[-1][1] == lo:
                window[-1] = (window[-1][0], hi)
            elif lo < hi:
                window.append((lo, hi))
            kept.append((each, episodes.get(each.episode or "")))
        return cls(record, offset, WallClock.of(record), tuple(window), tuple(kept))

    @property
    def whole(self) -> list[Span]:
        """Who and what together, for the clocks."""
        who, what = self.spans(ROLE), self.spans(ACTIVITY)
        return [
            (max(a, c), min(b, d), f"{x}/{y}")
            for (a, b, x) in who
            for (c, d, y) in meeting(what, a, b)
            if UNCODED not in {x, y}
        ]

    def spans(self, dimension: str) -> list[Span]:
        """What was said of each stretch of the window in one dimension."""
        found: list[Span] = []
        for stretch, episode in self.stretches:
            lo, hi = stretch.start, self.record.end if stretch.end is None else stretch.end
            marks = {lo, hi}
            if episode is not None and dimension == ROLE:
                marks |= {at for p in episode.parties for at in (p.joined, p.left) if at is not None and lo < at < hi}
            for start, end in pairwise(sorted(marks)):
                code = self._code(episode, dimension, start)
                if found and found[-1][1:] == (start + self.offset, code):
                    found[-1] = (found[-1][0], end + self.offset, code)
                else:
                    found.append((start + self.offset, end + self.offset, code))
        return found

    def _code(self, episode: Episode | None, dimension: str, at: int) -> str:
        if episode is None:
            return UNCODED
        if dimension != ROLE:
            return episode.codes.get(dimension) or UNCODED
        here = {p.role for p in episode.parties if p.present(at)}
        book = self.record.observation.codebook
        return "+".join(c.id for c in book.codes(ROLE) if c.id in here) or UNCODED

    def seen(self, pieces: Sequence[tuple[int, int]], book: Codebook, tolerance: int) -> list[Seen]:
        """The foreground episodes as far as they lie in common time, in order.

        One that began before common time is left out if no more than `tolerance` ms of it lie there: the clocks and the
        hands differ by so much.
        """
        parts: dict[str, list[tuple[int, int]]] = {}
        began: dict[str, int] = {}
        for stretch, episode in self.stretches:
            if episode is None:
                continue
            start = stretch.start + self.offset
            end = (self.record.end if stretch.end is None else stretch.end) + self.offset
            began.setdefault(episode.id, start)
            for lo, hi in pieces:
                # What is counted as an instant has no length, and is there all the same.
                if max(lo, start) < min(hi, end) or lo <= start == end < hi:
                    parts.setdefault(episode.id, []).append((max(lo, start), min(hi, end)))
        found = []
        episodes = {e.id: e for e in self.record.episodes}
        for id_, shared in parts.items():
            episode, start = episodes[id_], shared[0][0]
            length = sum(hi - lo for lo, hi in shared)
            if began[id_] < start and length <= tolerance:
                continue
            net = length / 60_000 if episode.duration_known else None
            who, what = (self._code(episode, each, start - self.offset) for each in (ROLE, ACTIVITY))
            found.append(Seen(id_, start, net, who, what, label(book, ROLE, who), label(book, ACTIVITY, what)))
        return sorted(found, key=lambda each: each.start)


def label(book: Codebook, dimension: str, code: str) -> str:
    """The words for a code, or for several joined by +."""
    if code == UNCODED:
        return UNCODED
    return " + ".join(book.label(dimension, each) for each in code.split("+"))


def meeting(spans: Sequence[Span], lo: int, hi: int) -> Iterator[Span]:
    """The spans that touch [lo, hi)."""
    return (each for each in spans if each[0] < hi and each[1] > lo)
