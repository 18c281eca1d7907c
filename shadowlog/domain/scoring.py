"""How one coding of a stretch of time agrees with another: second by second, episode by episode, and where they differ.

For an observer in training, against the key of the day that was played. It says something of a coding, never of a head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import NamedTuple

from shadowlog.domain.aligning import Beginning, aligned, beginnings, contacts_of
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE
from shadowlog.domain.kappa import Run, cohen, joint, near, squared, widened
from shadowlog.domain.terms import Episode, Record, State, Stretch
from shadowlog.errors import BadInput

UNIT = 1_000
"""The unit of time in ms: a second, its state read at its beginning."""
TOLERANCE = 5_000
"""How far apart (ms) two codings of the same thing may stand."""
DIMENSIONS = (ROLE, ACTIVITY, MODE, PLACE)


class Seen(NamedTuple):
    """What a coding says of one unit in one dimension; no codes: it was not coded."""

    state: State
    codes: frozenset[str] = frozenset()
    closed: bool = False
    """Behind a closed door, where what is never asked for."""


OUTSIDE = Seen(State.END)
"""Before a coding began or after it ended."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Time-unit agreement in one dimension. Shares are 0 to 1; a kappa is None where chance alone agrees always.

    `near` counts a unit as agreed where the other says the same within the tolerance; each coding is the reference in
    turn, and the lower of the two results stands here.
    """

    dimension: str
    units: int
    agreed: float
    kappa: float | None
    near: float
    near_kappa: float | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beginnings of both codings paired in order of time, each within the tolerance. `lag` is the median delay in ms."""

    found: tuple[tuple[Beginning, Beginning], ...]
    """As (coded, key)."""
    missed: tuple[Beginning, ...]
    invented: tuple[Beginning, ...]

    @property
    def lag(self) -> float | None:
        """The median of coded less key, in ms: positive is late; None where nothing was found."""
        return median(mine.at - key.at for mine, key in self.found) if self.found else None


@dataclass(frozen=True, slots=True)
class Difference:
    """From `start` to `end` (ms) one dimension was coded in two ways."""

    start: int
    end: int
    dimension: str
    coded: Seen
    key: Seen


@dataclass(frozen=True, slots=True)
class Score:
    """How a coding agrees with a key over [start, end) in ms."""

    start: int
    end: int
    tolerance: int
    dimensions: tuple[Agreement, ...]
    episodes: Alignment
    contacts: Alignment
    differences: tuple[Difference, ...]
    """In order of time; a delay within the tolerance is none."""


def score(coded: Record, key: Record, start: int, end: int, tolerance: int = TOLERANCE) -> Score:
    """Compare a coding with a key over [start, end) ms; BadInput for another codebook or an empty stretch."""
    if coded.observation.codebook != key.observation.codebook:
        raise BadInput("the two were coded with different codebooks", "Compare codings made with the same one.")
    if end - start < UNIT:
        raise BadInput("there is no second that both cover", "Name two codings of the same time.")
    reach = tolerance // UNIT
    agreements: list[Agreement] = []
    differences: list[Difference] = []
    for dimension in DIMENSIONS:
        mine, right = (units(each, dimension, start, end) for each in (coded, key))
        agreements.append(agreement(dimension, mine, right, reach))
        differences += _differences(dimension, mine, right, start, reach)
    differences.sort(key=lambda d: (d.start, d.end, DIMENSIONS.index(d.dimension)))
    return Score(
        start,
        end,
        tolerance,
        tuple(agreements),
        _alignment(beginnings(coded, start, end), beginnings(key, start, end), tolerance),
        _alignment(contacts_of(coded, start, end), contacts_of(key, start, end), tolerance, alike=True),
        tuple(differences),
    )


def units(record: Record, dimension: str, start: int, end: int) -> list[Seen]:
    """Give what a coding says of each second of [start, end): the foreground; concurrent episodes are left out."""
    found = [OUTSIDE] * len(range(start, end, UNIT))
    episodes = {episode.id: episode for episode in record.episodes}
    for stretch in record.track:
        # The first unit that begins in the stretch: rounded up.
        n = max(0, -((start - stretch.start) // UNIT))
        while n < len(found) and start + n * UNIT < (stretch.end or end):
            found[n] = _seen(stretch, episodes.get(stretch.episode or ""), dimension, start + n * UNIT)
            n += 1
    return found


def _seen(stretch: Stretch, episode: Episode | None, dimension: str, at: int) -> Seen:
    if episode is None:
        return Seen(stretch.state)
    if dimension == ROLE:
        return Seen(State.EPISODE, frozenset(p.role for p in episode.parties if p.present(at)))
    code = episode.codes.get(dimension)
    codes = frozenset() if code is None else frozenset({code})
    return Seen(State.EPISODE, codes, dimension == ACTIVITY and episode.closed)


def agreement(dimension: str, coded: Sequence[Seen], key: Sequence[Seen], reach: int) -> Agreement:
    """Time-unit agreement of two codings of equal length; `reach` is the tolerance in units."""
    one, other = _runs(coded), _runs(key)
    plain = joint(one, other)
    tables = [near(one, other, widened(one, reach)), near(other, one, widened(other, reach))]
    closest = min(share(table) for table in tables)
    kappas = [found for found in map(kappa, tables) if found is not None]
    return Agreement(dimension, len(key), share(plain), kappa(plain), closest, min(kappas, default=None))


def _runs(units_: Sequence[Seen]) -> list[Run[Seen]]:
    found: list[Run[Seen]] = []
    for seen, same in groupby(units_):
        first = found[-1][1] if found else 0
        found.append((first, first + sum(1 for _ in same), seen))
    return found


def share(table: Mapping[tuple[Seen, Seen], int]) -> float:
    """The part of all pairs that agree, 0 to 1."""
    return sum(count for (a, b), count in table.items() if a == b) / sum(table.values())


def kappa(table: Mapping[tuple[Seen, Seen], int]) -> float | None:
    """Cohen's kappa of the pairs; None where both used one and the same code throughout."""
    return cohen(squared(table, list({code: None for pair in table for code in pair})))


def _differences(
    dimension: str, coded: Sequence[Seen], key: Sequence[Seen], start: int, reach: int
) -> Iterator[Difference]:
    first = 0
    for n in range(1, len(key) + 1):
        if n < len(key) and (coded[n], key[n]) == (coded[first], key[first]):
            continue
        if coded[first] != key[first] and n - first > reach:
            yield Difference(start + first * UNIT, start + n * UNIT, dimension, coded[first], key[first])
        first = n


def _alignment(
    coded: Sequence[Beginning], key: Sequence[Beginning], tolerance: int, *, alike: bool = False
) -> Alignment:
    pairs = aligned(coded, key, tolerance, alike=alike)
    mine, right = {m for m, _ in pairs}, {k for _, k in pairs}
    return Alignment(
        tuple((coded[m], key[k]) for m, k in pairs),
        tuple(each for n, each in enumerate(key) if n not in right),
        tuple(each for n, each in enumerate(coded) if n not in mine),
    )
