"""A deck as plain frozen numbers: what a workshop is shown, and nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of each head, in the order of the letters; None where it is left out or nobody coded it."""

    id: str
    label: str
    unit: str
    """"%" (values are parts of 1), "an hour" (of the time that the head agreed to) or "a day"."""
    values: tuple[float | None, ...]
    left_out: tuple[bool, ...] = ()
    """Which are left out; what is None beside was nowhere coded. Empty: all that are None."""

    def gone(self, n: int) -> bool:
        """Whether the number of a head is left out."""
        return self.values[n] is None and (not self.left_out or self.left_out[n])


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: how often and how long over all heads together, and how long for each."""

    label: str
    count_share: float | None
    time_share: float | None
    shares: tuple[float | None, ...]
    """Parts of each head's time, in the order of the letters."""


@dataclass(frozen=True, slots=True)
class Division:
    """The time of all, divided by who was there or by what was done."""

    id: str
    dimension: str
    rows: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Interactions an hour in parts of the day, a row a head in the order of the letters."""

    parts: tuple[str, ...]
    """By the clock, as "9 to 11"."""
    rates: tuple[tuple[float | None, ...], ...]
    """None where it is left out, or where nothing was observed."""
    left_out: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """All that is shown, and what it was made of. No person, date, place, time or code of a head is in it."""

    letters: tuple[str, ...]
    days: int
    """Of all heads together: how many a head has would tell one from another."""
    measures: tuple[Measure, ...]
    divisions: tuple[Division, ...]
    incidents: tuple[str, ...]
    """The wording of released incidents, in no order of heads or times."""
    phases: tuple[tuple[str, int], ...]
    """Phases that three or more heads see their school in, with how many."""
    who_rule: str
    threshold: int
    hidden: int
    """How many numbers were left out because they are about few people, or would give such a number away."""
    kept_back: tuple[str, ...]
    """What else was left out, a sentence each."""
    pattern: Pattern | None = None
    """When in the day heads are met; None where nothing of it may be said, and in sets that were frozen without."""


def from_plain(values: Mapping[str, Any]) -> Deck:
    """A deck again from the plain values that it was kept as."""
    return Deck(
        letters=tuple(values["letters"]),
        days=values["days"],
        measures=tuple(
            Measure(**{**each, "values": tuple(each["values"]), "left_out": tuple(each.get("left_out", ()))})
            for each in values["measures"]
        ),
        divisions=tuple(
            Division(
                each["id"],
                each["dimension"],
                tuple(Heading(**{**row, "shares": tuple(row["shares"])}) for row in each["rows"]),
            )
            for each in values["divisions"]
        ),
        incidents=tuple(values["incidents"]),
        phases=tuple((phase, count) for phase, count in values["phases"]),
        who_rule=values["who_rule"],
        threshold=values["threshold"],
        hidden=values["hidden"],
        kept_back=tuple(values["kept_back"]),
        pattern=_pattern(values.get("pattern")),
    )


def _pattern(values: Mapping[str, Any] | None) -> Pattern | None:
    if values is None:
        return None
    return Pattern(tuple(values["parts"]), *(tuple(map(tuple, values[name])) for name in ("rates", "left_out")))
