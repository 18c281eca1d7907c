"""How evenly things are spread: entropy and evenness; how concentrated they are: Herfindahl, Blau, Gini."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

import narwhals as nw

from shadowlog.analysis.basis import Basis, share
from shadowlog.analysis.frame import values
from shadowlog.analysis.patterns import Concentration, Entropy, Transitions
from shadowlog.analysis.reach import PERSON, named_parties
from shadowlog.analysis.tables import Table
from shadowlog.domain.codebook import ACTIVITY, ROLE

Person = tuple[str, ...]
"""Study, head and person code: together they mean one person."""
EVENTS, TIME, TRANSITIONS = "events", "time", "transitions"


def entropy(amounts: Iterable[float]) -> float | None:
    """H = -sum p ln p in nats; None where the amounts sum to 0. Shannon 1948."""
    held = [amount for amount in amounts if amount > 0]
    total = sum(held)
    return sum(-(amount / total) * log(amount / total) for amount in held) + 0.0 if held else None


def evenness(amounts: Iterable[float], k: int) -> float | None:
    """H / ln k, 0 to 1; None where nothing is held or k is below 2. Pielou 1966."""
    found = entropy(amounts)
    return found / log(k) if found is not None and k > 1 else None


def hhi(amounts: Iterable[float]) -> float | None:
    """Sum of squared shares: 1/k when even over k, 1 when one has all; None where nothing is held. Herfindahl, Hirschman."""
    held = [amount for amount in amounts if amount > 0]
    total = sum(held)
    return sum((amount / total) ** 2 for amount in held) if held else None


def blau(amounts: Iterable[float]) -> float | None:
    """1 - sum of squared shares: the chance that two drawn at random differ. Blau 1977."""
    found = hhi(amounts)
    return None if found is None else 1 - found


def blau_normalised(amounts: Iterable[float], k: int) -> float | None:
    """Blau over its largest value (k - 1) / k, so that it is 1 when even; None where k is below 2."""
    found = blau(amounts)
    return found * k / (k - 1) if found is not None and k > 1 else None


def gini(amounts: Sequence[float]) -> float | None:
    """Half the mean difference over the mean: 0 when even, (m - 1) / m when one of m has all; None of nothing. Gini 1912."""
    total, m = sum(amounts), len(amounts)
    if not total:
        return None
    ranked = sorted(amounts)
    return sum((2 * rank - m - 1) * amount for rank, amount in enumerate(ranked, 1)) / (m * total)


def entropies(by_code: Mapping[str, Table], moves: Transitions) -> tuple[Entropy, ...]:
    """Of time and of events by role and by activity, and of the moves between activities; the uncoded is in none."""
    made = []
    for dimension in (ROLE, ACTIVITY):
        rows = [row for row in by_code[dimension].rows if row.code is not None]
        for of, amounts in ((EVENTS, [r.count for r in rows]), (TIME, [r.minutes for r in rows])):
            made.append(_entropy(dimension, by_code[dimension].label, of, amounts, len(rows)))
    known = sum(row.code is not None for row in by_code[moves.dimension].rows)
    cells = [float(n) for line in moves.counts for n in line]
    made.append(_entropy(moves.dimension, moves.label, TRANSITIONS, cells, known * known))
    return tuple(made)


def _entropy(dimension: str, label: str, of: str, amounts: Sequence[float], k: int) -> Entropy:
    return Entropy(dimension, label, of, k, entropy(amounts), evenness(amounts, k))


def concentrations(basis: Basis, role: Table) -> tuple[Concentration, ...]:
    """Of events and time over the roles met, by the who rule, and over the persons named; being alone is left out."""
    alone = basis.frames.scheme.flagged(ROLE, "alone")
    met = [row for row in role.rows if row.code is not None and row.code not in alone]
    found = [
        _concentration(ROLE, role.label, EVENTS, {(r.label,): r.count for r in met}, len(met)),
        _concentration(ROLE, role.label, TIME, {(r.label,): r.minutes for r in met}, len(met)),
    ]
    for of, amounts in zip((EVENTS, TIME), by_person(basis), strict=True):
        found.append(_concentration(PERSON, "Person", of, amounts, len(amounts)))
    return tuple(found)


def _concentration(
    dimension: str, label: str, of: str, amounts: Mapping[tuple[str, ...], float], k: int
) -> Concentration:
    held = list(amounts.values())
    most, total = max(held, default=0), sum(held)
    leading = [name for name, amount in amounts.items() if total and amount == most]
    return Concentration(
        dimension,
        label,
        of,
        k,
        hhi(held),
        blau(held),
        blau_normalised(held, k),
        gini(held) if dimension == PERSON else None,
        share(most, total),
        leading[0][0] if len(leading) == 1 and dimension == ROLE else None,
    )


def by_person(basis: Basis) -> tuple[Mapping[Person, float], Mapping[Person, float]]:
    """Interactions with each person named, and the time with them in ms; each gets all of what they were in."""
    c = nw.col
    who = ["study", "head", PERSON]
    counted = values(
        named_parties(basis).select(*who, "obs", "episode").unique().group_by(*who).agg(n=nw.len().cast(nw.Int64))
    )
    # A slice in which nobody is named stands at position 0 too.
    slices = basis.timed(basis.frames.company).filter(~c("role").is_null())
    slices = slices.select("obs", "episode", "position", "spell", "piece", "lo", "ms")
    there = slices.join(
        named_parties(basis, basis.frames.timed_episodes), on=["obs", "episode", "position"], how="inner"
    )
    timed = there.select(*who, "spell", "piece", "lo", "ms").unique().group_by(*who).agg(t=c("ms").sum().cast(nw.Int64))
    events = {_person(line): float(line["n"]) for line in counted}
    times = {_person(line): float(line["t"]) for line in values(timed)}
    # Whoever was met has a place in both.
    return dict.fromkeys(times, 0.0) | events, dict.fromkeys(events, 0.0) | times


def _person(line: Mapping[str, str]) -> Person:
    return line["study"], line["head"], line[PERSON]
