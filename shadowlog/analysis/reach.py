"""With how many different roles and people the head interacts."""

from __future__ import annotations

import narwhals as nw

from shadowlog.analysis.basis import Basis, share
from shadowlog.analysis.frame import Lazy, values
from shadowlog.analysis.patterns import Reach
from shadowlog.domain.codebook import ROLE

PERSON = "person"


def met(basis: Basis, episodes: Lazy | None = None) -> Lazy:
    """The parties of the interactions but those flagged alone (obs, episode, position, role, people, person).

    Of the episodes counted unless others are given.
    """
    c = nw.col
    keys = ["obs", "episode"]
    interactions = (
        (basis.frames.episodes if episodes is None else episodes).filter(c("kind") == "interaction").select(*keys)
    )
    alone = list(basis.frames.scheme.flagged(ROLE, "alone"))
    parties = basis.frames.parties.filter(~c("role").is_in(alone))
    return parties.select(*keys, "position", "role", "people", PERSON).join(interactions, on=keys, how="inner")


def named_parties(basis: Basis, episodes: Lazy | None = None) -> Lazy:
    """The parties with a person code (obs, episode, position, person, study, head): a code means one person of a head."""
    heads = basis.frames.observations.select("obs", "study", "head")
    named = met(basis, episodes).filter(~nw.col(PERSON).is_null())
    return named.select("obs", "episode", "position", PERSON).join(heads, on="obs", how="inner")


def reach(basis: Basis) -> Reach:
    """Distinct roles, and distinct persons where coded: a lower bound unless every party is one person with a code."""
    c = nw.col
    told = values(
        met(basis)
        .with_columns(
            one=nw.when(c(PERSON).is_null()).then(nw.lit(0)).otherwise(nw.lit(1)),
            several=nw.when(c("people") == 1).then(nw.lit(0)).otherwise(nw.lit(1)),
        )
        .group_by("role")
        .agg(n=nw.len().cast(nw.Int64), one=c("one").sum().cast(nw.Int64), several=c("several").sum().cast(nw.Int64))
    )
    parties, named = sum(line["n"] for line in told), sum(line["one"] for line in told)
    several = sum(line["several"] for line in told)
    persons = len(values(named_parties(basis).select("study", "head", PERSON).unique())) if named else None
    return Reach(
        roles=len(told),
        persons=persons,
        complete=bool(parties) and named == parties and not several,
        named_share=share(named, parties),
        new_per_hour=None if persons is None else basis.per_hour(persons),
    )
