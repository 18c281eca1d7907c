"""The coding scheme: dimensions, their codes, and roll-ups of codes into coarser headings. Reading files is codebooks/."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

ROLE = "role"
ACTIVITY = "activity"
MODE = "mode"
INITIATOR = "initiator"
MEDIUM = "medium"
PLACE = "place"
LENSES = ("lead", "influence", "hold")
"""Dimensions that read an episode afterwards, with the head: they change nothing of what happened."""

#: Flags a code may carry. Rules ask for the flag, never for a code's id.
FLAGS = frozenset(
    {
        "alone",  # role: no other person is there
        "shadower",  # role: talk with the researcher; left out of every breakdown
        "group",  # role: one press is an unknown number, not one person
        "pupils",  # role: counts as pupils present
        "no_person_code",  # role: may not carry a person code
        "no_note",  # role: an episode with it takes no note
        "moving",  # activity: on the way, with nobody
        "point",  # activity: an instant, counted, in no duration
        "interruption",  # mode: what an interruption begins with
        "default",  # mode, medium: what an episode begins with
        "scheduled",  # mode: was in the diary; activity: its episodes are of that mode
        "office",  # place: the head's own office
        "classroom",  # place: counts as a classroom visit
        "around",  # place: corridor and outside
        "offsite",  # place: off the school's site
    }
)


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a dimension. `key` is one or two characters, `rollups` maps a roll-up's id to this code's heading."""

    id: str
    label: str
    definition: str = ""
    key: str = ""
    flags: frozenset[str] = frozenset()
    rollups: Mapping[str, str] = field(default_factory=dict)
    person: str = ""
    """For roles: the letters a person code begins with, as T in T3; empty where no person code may be given."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis of the scheme and its codes, in the order in which they are drawn."""

    id: str
    label: str
    codes: tuple[Code, ...]
    ordered: bool = False
    """Whether the codes are steps of one scale, in this order: then a near miss is less of a difference than a far one."""


@dataclass(frozen=True, slots=True)
class RollUp:
    """A coarser scheme for one dimension: headings as (id, label), in order."""

    id: str
    label: str
    dimension: str
    headings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Codebook:
    """A coding scheme in one version. Once an observation uses it, it is frozen: an edit makes the next version."""

    id: str
    version: int
    name: str
    dimensions: tuple[Dimension, ...]
    rollups: tuple[RollUp, ...] = ()
    source: str = ""

    @cached_property
    def _codes(self) -> Mapping[tuple[str, str], Code]:
        return {(d.id, c.id): c for d in self.dimensions for c in d.codes}

    def dimension(self, dimension: str) -> Dimension:
        """The dimension with this id; KeyError if there is none."""
        for each in self.dimensions:
            if each.id == dimension:
                return each
        raise KeyError(dimension)

    def codes(self, dimension: str) -> tuple[Code, ...]:
        """The codes of a dimension, in order; () if there is no such dimension."""
        for each in self.dimensions:
            if each.id == dimension:
                return each.codes
        return ()

    def code(self, dimension: str, code: str) -> Code:
        """The code; KeyError if there is none."""
        return self._codes[dimension, code]

    def has(self, dimension: str, code: str) -> bool:
        """Whether there is such a code."""
        return (dimension, code) in self._codes

    def label(self, dimension: str, code: str | None) -> str:
        """The code's label; "uncoded" for None, and the code itself where the scheme does not know it."""
        if code is None:
            return "uncoded"
        found = self._codes.get((dimension, code))
        return found.label if found else code

    def headings(self, of: str) -> tuple[tuple[str, str], ...] | None:
        """What a roll-up (or, if there is none of that id, a dimension) divides a day into, as (id, label); None: no such."""
        for rollup in self.rollups:
            if rollup.id == of:
                return rollup.headings
        return next((tuple((c.id, c.label) for c in d.codes) for d in self.dimensions if d.id == of), None)

    def divisions(self) -> tuple[str, ...]:
        """The ids that `headings` knows."""
        return (*(d.id for d in self.dimensions), *(r.id for r in self.rollups))

    def flagged(self, dimension: str, flag: str) -> tuple[str, ...]:
        """The ids of a dimension's codes that carry the flag."""
        return tuple(c.id for c in self.codes(dimension) if flag in c.flags)

    def is_flagged(self, dimension: str, code: str | None, flag: str) -> bool:
        """Whether this code carries the flag; False for None."""
        found = self._codes.get((dimension, code or ""))
        return found is not None and flag in found.flags


def shared_rollups(books: Sequence[Codebook]) -> tuple[RollUp, ...]:
    """The roll-ups of the first codebook that all the others have too: of the same dimension, with the same headings."""
    first, *others = books
    return tuple(
        rollup
        for rollup in first.rollups
        if all(
            any(
                (r.id, r.dimension, r.headings) == (rollup.id, rollup.dimension, rollup.headings) for r in other.rollups
            )
            for other in others
        )
    )
