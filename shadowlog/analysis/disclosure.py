"""Small numbers: which cells of a set of tables are left out, so that nobody learns of fewer people than a threshold.

A cell about one to four people is left out, and then so many others that no left-out cell follows from what is shown: not
from the sums of its own table, nor from those of all tables taken together. Which cells follow is plain linear algebra, in
fractions, so that nothing hangs on rounding. After Hundepool and others, Statistical Disclosure Control (2012), chapter 4:
primary suppression by a threshold rule, secondary suppression of additive tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

THRESHOLD = 5
"""Below so many people a cell is left out."""
NOTHING = 1e-9
"""What sums of minutes are off by when they should be nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number that would be shown. Equal ids in several tables are one and the same number."""

    id: str
    value: float
    """Not below 0."""
    people: int
    """How many people it is about: 0 says nothing of anybody. Several of whom nobody knows how many count as one."""
    counted: bool = False
    """Whether its value is a whole number, so that what is left out as about few people is 1 at the least."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others, as a reader would know it: a total, a margin, a roll-up."""

    total: str
    parts: tuple[str, ...]


def left_out(
    cells: Sequence[Cell],
    sums: Sequence[Sum],
    threshold: int = THRESHOLD,
    fixed: Collection[str] = (),
    dear: Collection[str] = (),
    also: Collection[str] = (),
) -> frozenset[str]:
    """Give the ids of the cells to leave out: those of few people, and what would give those away.

    `fixed` are totals that a reader knows anyhow, as that shares come to a whole: leaving them out hides nothing. `dear` are
    left out beside others only where nothing else helps as much. `also` are left out like those of few people.

    What is left out beside them is the smallest that is about anybody and no smaller than what it hides, before what is about
    nobody; the same cells always give the same answer. `sums` name cells that are there. Exact values are safe so, within the
    range that the sums leave open: from nothing to what the hidden cells of a sum come to together.
    """
    known = {cell.id: cell for cell in cells}
    hidden = {cell.id for cell in cells if 0 < cell.people < threshold} | {*also} & known.keys()
    while found := following(hidden, sums, known):
        chosen = _cheapest(found, hidden, {*hidden, *fixed}, sums, known, dear)
        if chosen is None:
            # Nothing is shown any more.
            break
        hidden.add(chosen)
    return frozenset(hidden)


def following(hidden: Collection[str], sums: Sequence[Sum], known: Mapping[str, Cell]) -> frozenset[str]:
    """Give those of the hidden cells that a reader can work out from the ones that are shown, none of which is below 0.

    A cell follows where the sums have one solution for it; where hidden cells add up to nothing, each of them is nothing; and
    where as many hidden numbers add up to as many, each of them is one.
    """
    equations = [_equation(each, hidden) for each in sums]
    zeros = {
        id_
        for equation, each in zip(equations, sums, strict=True)
        if equation and len(set(equation.values())) == 1 and _at_its_least(each, equation, hidden, known)
        for id_ in equation
    }
    left = [{id_: sign for id_, sign in equation.items() if id_ not in zeros} for equation in equations]
    return frozenset(zeros) | _determined(left)


def _equation(each: Sum, hidden: Collection[str]) -> dict[str, Fraction]:
    """What a sum says of the hidden cells: their factors; what it comes to does not matter."""
    found: dict[str, Fraction] = {}
    for id_, sign in ((each.total, -1), *((part, 1) for part in each.parts)):
        if id_ in hidden:
            found[id_] = found.get(id_, Fraction(0)) + sign
    return {id_: factor for id_, factor in found.items() if factor}


def _at_its_least(
    each: Sum, equation: Mapping[str, Fraction], hidden: Collection[str], known: Mapping[str, Cell]
) -> bool:
    """Whether the hidden cells of a sum come to so little that each can only be the least that it may be."""
    remainder = _remainder(each, hidden, known)
    counted = all(known[id_].counted for id_ in equation)
    return remainder < NOTHING or (counted and remainder <= len(equation) + NOTHING)


def _remainder(each: Sum, hidden: Collection[str], known: Mapping[str, Cell]) -> float:
    """What the hidden cells of a sum come to."""
    shown = sum(known[part].value for part in each.parts if part not in hidden)
    return abs(known[each.total].value * (each.total not in hidden) - shown)


def _determined(equations: Iterable[Mapping[str, Fraction]]) -> frozenset[str]:
    """The unknowns that a system of linear equations settles: those alone in a line of its reduced form."""
    reduced: dict[str, dict[str, Fraction]] = {}
    for equation in equations:
        line = dict(equation)
        for pivot, other in reduced.items():
            if pivot in line:
                _subtract(line, other, line[pivot])
        if not line:
            continue
        pivot = min(line)
        factor = line[pivot]
        line = {id_: value / factor for id_, value in line.items()}
        for other in reduced.values():
            if pivot in other:
                _subtract(other, line, other[pivot])
        reduced[pivot] = line
    return frozenset(pivot for pivot, line in reduced.items() if len(line) == 1)


def _subtract(line: dict[str, Fraction], other: Mapping[str, Fraction], factor: Fraction) -> None:
    for id_, value in other.items():
        left = line.get(id_, Fraction(0)) - factor * value
        if left:
            line[id_] = left
        else:
            line.pop(id_, None)


def _cheapest(
    given: Collection[str],
    hidden: Collection[str],
    taken: Collection[str],
    sums: Sequence[Sum],
    known: Mapping[str, Cell],
    dear: Collection[str],
) -> str | None:
    """The shown cell to leave out so that as few as can be of the hidden ones follow any longer; None where none is shown.

    Of several one that is no smaller than what it hides; of those the total before its parts, since it hides one number and
    leaves the other heads' be; then the smallest; what is about nobody, as time alone, after the others, for it is of most use;
    and last what is nothing: a reader may guess that.
    """
    reached, parts, totals = {*given}, set[str](), set[str]()
    while not parts | totals:
        beside = [each for each in sums if {each.total, *each.parts} & reached]
        parts = {id_ for each in beside for id_ in each.parts} - {*taken}
        totals = {each.total for each in beside} - {*taken}
        # Where all beside it is left out, what stands beside those may be what tells.
        wider = reached | {id_ for each in beside for id_ in (each.total, *each.parts) if id_ in hidden}
        if wider == reached:
            break
        reached = wider
    found = [known[id_] for id_ in parts | totals]

    # Beside a smaller one what is hidden would be known to within that little.
    least = max(known[id_].value for id_ in given)

    def cost(c: Cell) -> tuple[bool, int, bool, bool, bool, bool, float, int, str]:
        after = len(following({*hidden, c.id}, sums, known))
        return not c.value, after, c.id in dear, c.value < least, c.id in parts, not c.people, c.value, c.people, c.id

    return min(found, key=cost).id if found else None
