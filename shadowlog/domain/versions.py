"""A day as recorded, as amended, and what of it the head has verified. Nothing is overwritten, so each can be had again."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from shadowlog.domain import commands as c
from shadowlog.domain.day import Day
from shadowlog.domain.feedback import Tag
from shadowlog.domain.feedback_rules import stage
from shadowlog.domain.recorder import fold
from shadowlog.domain.standing import STANDS
from shadowlog.domain.terms import Record, Standing, State, Stretch, Verification


class Version(StrEnum):
    """Which record a table is made of."""

    RECORDED = "recorded"
    """As the observer left it when the day ended, before any later word."""
    AMENDED = "amended"
    """With the observer's and the head's amendments; what the head struck is off the record."""
    VERIFIED = "verified"
    """As amended, and of that only what the head agreed to or amended."""


WORDS = {
    Version.RECORDED: "as recorded",
    Version.AMENDED: "as amended",
    Version.VERIFIED: "verified only",
}
MEANING = {
    Version.RECORDED: "as left by the observer when it ended, before any later word",
    Version.AMENDED: "what the observer put right and what the head changed is in it; what the head struck is off the record",
    Version.VERIFIED: (
        "of the day as amended what the head agreed to or changed, and nothing that was disputed, struck or not spoken of"
    ),
}


def record_of(day: Day, version: Version, now: int) -> Record:
    """The day in a version, as a finished picture; what still runs is closed at `now` (ms).

    Which episodes of the verified version count is for the breakdowns to choose, since shares are then of those alone;
    for tables of single episodes `verified_only` does it.
    """
    made = as_recorded(day).record(now) if version is Version.RECORDED else without_struck(day.record(now))
    views = [episode.verification for episode in day.episodes.values()]
    spoken, struck = sum(view is not None for view in views), views.count(Verification.STRIKE)
    return replace(made, standing=Standing(stage(day).value, spoken, len(views), struck))


def as_recorded(day: Day) -> Day:
    """The day as it stood when its end was said last; a day that runs is as recorded already."""
    ends = [n for n, act in enumerate(day.acts) if isinstance(act.command, c.End)]
    if not ends:
        return day
    return fold(day.observation, [act.command for act in day.acts[: ends[-1] + 1]])


def without_struck(record: Record) -> Record:
    """The record with what the head struck as time off the record: no group, kind, note or contact, only the gap."""
    struck = {e.id for e in record.episodes if e.verification is Verification.STRIKE}
    if not struck:
        return record
    spells = [stretch for stretch in record.track if stretch.episode in struck]
    gone = {note.id for note in record.notes if note.episode in struck}
    return replace(
        record,
        track=tuple(_off(stretch) if stretch.episode in struck else stretch for stretch in record.track),
        concurrent=tuple(stretch for stretch in record.concurrent if stretch.episode not in struck),
        episodes=tuple(
            replace(e, interrupts=None) if e.interrupts in struck else e for e in record.episodes if e.id not in struck
        ),
        contacts=tuple(
            each for each in record.contacts if not any(s.start <= each.at < (s.end or record.end) for s in spells)
        ),
        notes=tuple(note for note in record.notes if note.episode not in struck),
        feedback=tuple(said for said in record.feedback if not (isinstance(said, Tag) and said.note in gone)),
    )


def verified_only(record: Record) -> Record:
    """The record with what the head agreed to or amended and nothing else: its track has holes, and no contact is left."""
    kept = {e.id for e in record.episodes if e.verification in STANDS}
    return replace(
        record,
        track=tuple(stretch for stretch in record.track if stretch.episode in kept),
        concurrent=tuple(stretch for stretch in record.concurrent if stretch.episode in kept),
        episodes=tuple(
            e if e.interrupts in kept else replace(e, interrupts=None) for e in record.episodes if e.id in kept
        ),
        contacts=(),
        notes=tuple(note for note in record.notes if note.episode in kept),
    )


def _off(stretch: Stretch) -> Stretch:
    return replace(stretch, state=State.OFF, episode=None)
