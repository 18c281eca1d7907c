"""What every breakdown stands on: the prepared frames, the rules asked for, and the two denominators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from shadowlog.analysis.frame import Frames, Lazy, values
from shadowlog.analysis.tables import Row, Table, WhoRule
from shadowlog.domain.phrases import length

MINUTE = 60_000
UNCODED = "uncoded"

Tally = Mapping[str | None, float]


def share(part: float, whole: float) -> float | None:
    """Part / whole; None when there is no whole."""
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Basis:
    """Prepared frames with the who rule, whether concurrent time is in, all episodes, and the window in ms."""

    frames: Frames
    who_rule: WhoRule
    concurrent: bool
    census: tuple[Mapping[str, Any], ...]
    """Episodes (n) by kind, sizeless (nobody knows how many people), coverage, verification and the marks."""
    window: int
    """The denominator of shares of time."""
    observed: int
    """The ms by which rates are told: the window, unless that is the time of chosen episodes alone."""

    @property
    def episodes(self) -> int:
        """All episodes: the denominator of every share by count."""
        return self.many()

    def many(self, **marks: object) -> int:
        """The episodes with these marks, as concurrent=True."""
        return sum(line["n"] for line in self.census if all(line[mark] == value for mark, value in marks.items()))

    @property
    def hours(self) -> float:
        """The observed time in hours."""
        return self.observed / 3_600_000

    def per_hour(self, count: float) -> float | None:
        """60 n / T; None without a window."""
        return share(count, self.hours)

    def timed(self, frame: Lazy) -> Lazy:
        """The frame without concurrent time, unless that was asked for."""
        return frame if self.concurrent else frame.filter(~nw.col("concurrent"))

    def row(self, code: str | None, label: str, count: float, ms: float, person_ms: float | None = None) -> Row:
        """One row: count and time, both shares and their ratio."""
        count_share, time_share = share(count, self.episodes), share(ms, self.window)
        ratio = None if time_share is None or not count_share else time_share / count_share
        people = None if person_ms is None else person_ms / MINUTE
        return Row(code, label, count, count_share, ms / MINUTE, time_share, ratio, people)

    def rows(
        self, codes: Iterable[tuple[str, str]], counts: Tally, ms: Tally, person_ms: Tally | None = None
    ) -> tuple[Row, ...]:
        """A row for every code of the scheme, then for those it does not know, then the uncoded one."""
        named = dict(codes)
        strays = sorted(code for code in {*counts, *ms} if code is not None and code not in named)
        order = [*named.items(), *((code, code) for code in strays), (None, UNCODED)]
        return tuple(
            self.row(code, label, counts.get(code, 0), ms.get(code, 0), person_ms.get(code) if person_ms else None)
            for code, label in order
        )

    def denominator(self) -> str:
        """What shares are shares of."""
        concurrent = "in it" if self.concurrent else "left out"
        often, lasted = ("all", "observed") if self.frames.observed is None else ("the chosen", "of them")
        among = "the one episode" if self.episodes == 1 else f"{often} {self.episodes} episodes"
        return (
            f"how often: of {among}; how long: of {length(self.window / MINUTE)} {lasted}, concurrent time {concurrent}"
        )

    def table(
        self, dimension: str, label: str, rows: Sequence[Row], rollup: str | None = None, denominator: str = ""
    ) -> Table:
        """The rows as a table that states its rules."""
        stated = denominator or self.denominator()
        return Table(dimension, rollup, label, self.who_rule, self.concurrent, stated, tuple(rows))


MARKS = ("kind", "coverage", "verification", "concurrent", "late", "unsure", "amended")


def basis(frames: Frames, who_rule: WhoRule, concurrent: bool) -> Basis:
    """Count the episodes and sum the window."""
    marked = frames.episodes.select(*MARKS, sizeless=nw.col("people").is_null())
    census = values(marked.group_by(*MARKS, "sizeless").agg(n=nw.len().cast(nw.Int64)))
    window = _length(frames.windows)
    observed = window if frames.observed is None else _length(frames.observed)
    return Basis(frames, who_rule, concurrent, tuple(census), window, observed)


def _length(windows: Lazy) -> int:
    return values(windows.select(ms=nw.col("ms").sum().cast(nw.Int64)))[0]["ms"] or 0


def weighted(frame: Lazy, of: Sequence[str], rule: WhoRule) -> Lazy:
    """One line for each distinct `heading` of the groups named in `of`, with its weight under the rule.

    full 1 each; split 1/k for k distinct headings; main 1 for the heading of the lowest position. The columns `of` stay.
    """
    # Most have one group only: what is all theirs under every rule need not be gathered first.
    whole = frame.filter(nw.col("groups") == 1).select(*of, "heading", weight=nw.lit(1.0))
    several = frame.filter(nw.col("groups") > 1)
    return nw.concat([whole, _weighed(several, of, rule).select(*of, "heading", "weight")])


def _weighed(frame: Lazy, of: Sequence[str], rule: WhoRule) -> Lazy:
    lines = frame.group_by(*of, "heading").agg(position=nw.col("position").min())
    if rule is WhoRule.FULL:
        return lines.with_columns(weight=nw.lit(1.0))
    if rule is WhoRule.SPLIT:
        return lines.with_columns(weight=1.0 / nw.len().over(*of))
    first = nw.col("position").min().over(*of)
    weight = nw.when(nw.col("position") == first).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
    return lines.with_columns(weight=weight)
