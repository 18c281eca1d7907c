"""Classroom visits: unbroken stays at a place flagged classroom, numbered within each observation."""

from __future__ import annotations

import narwhals as nw

from shadowlog.analysis.frame import Lazy, column
from shadowlog.domain.codebook import PLACE, Codebook

VISIT = "visit"


def with_visits(spells: Lazy, scheme: Codebook) -> Lazy:
    """The spells with the number of the visit that each is part of, null where it is part of none."""
    if not scheme.flagged(PLACE, "classroom"):
        return spells.with_columns(nw.lit(None, dtype=nw.Int64).alias(VISIT))
    keys = ["obs", "spell", "piece"]
    return spells.join(stays(spells, scheme).select(*keys, VISIT), on=keys, how="left")


def stays(spells: Lazy, scheme: Codebook) -> Lazy:
    """The foreground spells in classrooms, each with the number of its visit; of spells that are numbered, by those.

    Another room label begins another visit; a gap and what runs concurrently end none.
    """
    c = nw.col
    if VISIT in spells.collect_schema().names():
        return spells.filter(~c(VISIT).is_null())
    classrooms = list(scheme.flagged(PLACE, "classroom"))
    moved = ~c("room").is_null() & ~c("room_before").is_null() & (c("room") != c("room_before"))
    began = (c("inside") == 1) & ((c("before").fill_null(0) == 0) | moved.fill_null(value=False))
    return (
        spells.filter(~c("concurrent"), ~c("episode").is_null())
        .with_columns(inside=nw.when(c(column(PLACE)).is_in(classrooms)).then(nw.lit(1)).otherwise(nw.lit(0)))
        .with_columns(
            before=c("inside").shift(1).over("obs", order_by="start"),
            room_before=c("room").shift(1).over("obs", order_by="start"),
        )
        .with_columns(began=nw.when(began).then(nw.lit(1)).otherwise(nw.lit(0)))
        .with_columns(c("began").cum_sum().over("obs", order_by="start").cast(nw.Int64).alias(VISIT))
        .filter(c("inside") == 1)
    )
