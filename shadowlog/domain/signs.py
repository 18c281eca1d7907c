"""Which code a pressed character names: the codebook's characters, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook


@dataclass(frozen=True, slots=True)
class Signs:
    """Characters (one or two) to code ids; `leaders` begin a two-character one."""

    roles: Mapping[str, str]
    activities: Mapping[str, str]
    places: Mapping[str, str]
    leaders: frozenset[str]
    place_leaders: frozenset[str]


def _by_sign(codebook: Codebook, dimension: str) -> dict[str, str]:
    return {c.key: c.id for c in codebook.codes(dimension) if c.key}


def signs_of(codebook: Codebook) -> Signs:
    """Give the characters of a codebook."""
    roles, activities, places = (_by_sign(codebook, d) for d in (ROLE, ACTIVITY, PLACE))
    leaders = frozenset(s[0] for s in (*roles, *activities) if len(s) == 2)
    return Signs(roles, activities, places, leaders, frozenset(s[0] for s in places if len(s) == 2))
