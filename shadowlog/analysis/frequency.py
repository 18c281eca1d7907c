"""How often: episodes by every dimension, and contacts. Contacts are counted beside, never inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import narwhals as nw

from shadowlog.analysis.basis import UNCODED, Basis, Tally, weighted
from shadowlog.analysis.frame import Lazy, by_each, column, dimensions, values
from shadowlog.analysis.results import Contacts, CountRow
from shadowlog.domain.codebook import ROLE


def heading_of(mapping: Mapping[str, str] | None) -> nw.Expr:
    """The role itself, or the heading that a roll-up maps it to (null where it maps to none)."""
    role = nw.col("role")
    if mapping is None:
        return role
    return role.replace_strict(list(mapping), list(mapping.values()), default=None, return_dtype=nw.String)


def parts(basis: Basis, episodes: Lazy | None = None) -> Lazy:
    """One line for each party of each episode (obs, episode, role, position, groups); role null where nobody is named."""
    keys = ["obs", "episode"]
    chosen = basis.frames.episodes if episodes is None else episodes
    parties = basis.frames.parties.select(*keys, "role", "position", "groups")
    return (
        chosen.select(*keys, "net", "known")
        .join(parties, on=keys, how="left")
        .with_columns(position=nw.col("position").fill_null(0), groups=nw.col("groups").fill_null(1))
    )


def counts_by_role(basis: Basis, mapping: Mapping[str, str] | None = None, episodes: Lazy | None = None) -> Tally:
    """Episodes by role (or by heading): 1 each under full, 1/k under split, 1 to the first named under main."""
    lines = weighted(
        parts(basis, episodes).with_columns(heading=heading_of(mapping)), ["obs", "episode"], basis.who_rule
    )
    found = values(lines.group_by("heading").agg(n=nw.col("weight").sum()))
    return {line["heading"]: line["n"] for line in found}


def counts_by_code(basis: Basis) -> Mapping[str, Tally]:
    """Episodes by the codes of each dimension but role."""
    names = {column(d): d for d in dimensions(basis.frames.scheme)}
    if not names:
        return {}
    found = values(by_each(basis.frames.episodes, list(names), n=nw.len().cast(nw.Int64)))
    tallies: dict[str, dict[str | None, float]] = {d: {} for d in names.values()}
    for line in found:
        tallies[names[line["dimension"]]][line["code"]] = line["n"]
    return tallies


def contacts(basis: Basis) -> Contacts:
    """The fleeting contacts by role, those with the shadower left out."""
    scheme = basis.frames.scheme
    found = values(basis.frames.contacts.group_by("role").agg(n=nw.len().cast(nw.Int64)))
    tally = Counter({line["role"]: line["n"] for line in found})
    known = [c.id for c in scheme.codes(ROLE)]
    order = [*known, *sorted(tally.keys() - set(known))]
    rows = tuple(CountRow(role, scheme.label(ROLE, role) or UNCODED, tally[role]) for role in order if tally[role])
    return Contacts(tally.total(), basis.per_hour(tally.total()), rows)
