"""The patterns of a day in words: stretches, switches, what followed what, reach, spread, lenses."""

from __future__ import annotations

from shadowlog.analysis.results import Lens, Move, Reach, Stretches, Summary, Switching, Transitions
from shadowlog.domain.phrases import length, many, number, of_the_time, percent
from shadowlog.domain.text import clean


def stretch_sentence(told: Stretches) -> str:
    """The longest time with one episode, and how much of the time was in long stretches; empty without any."""
    if told.longest_minutes is None:
        return ""
    said = f"The longest stretch without a switch took {length(told.longest_minutes)}"
    first = told.limits[0]
    if not first.count:
        return f"{said}."
    held = "holds" if first.count == 1 else "hold"
    return (
        f"{said}; {many(first.count, 'stretch', 'stretches')} of at least {first.limit_minutes} minutes {held} "
        f"{of_the_time(first.time_share)}."
    )


def switching_sentence(told: Switching) -> str:
    """How often the activity changed; empty where nothing followed anything."""
    if not told.moves:
        return ""
    rate = told.changes_per_hour or 0
    # Of less than an hour nothing is said "an hour".
    hourly = f", {number(rate)} an hour" if rate and told.changes >= rate else ""
    straight = "straight from one episode to the next"
    return f"The activity changed {many(told.changes, 'time', 'times')} {straight}{hourly}."


def reach_sentence(told: Reach) -> str:
    """With how many groups and people the head interacted; empty without an interaction."""
    if not told.roles:
        return ""
    said = f"Interactions with people of {many(told.roles, 'group', 'groups')}"
    if told.persons is None:
        return f"{said}; nobody was given a person code."
    people = many(told.persons, "person", "people")
    if told.complete:
        return f"{said}, with {people} in all."
    named = f"{said}. {people} {'has' if told.persons == 1 else 'have'} a person code"
    if told.named_share == 1:
        return f"{named}; some were met in a group, so how many there were in all is not known."
    unnamed = percent(None if told.named_share is None else 1 - told.named_share)
    return f"{named}; {unnamed} of those met were given none, so how many there were in all is not known."


def spread_sentences(summary: Summary) -> list[str]:
    """How evenly activities and groups are spread, and how much is with those met most."""
    made = []
    even = {(e.dimension, e.of): e.evenness for e in summary.entropies}
    for dimension, name in (("activity", "activities"), ("role", "groups")):
        often, lasted = even.get((dimension, "events")), even.get((dimension, "time"))
        if often is not None and lasted is not None:
            made.append(
                f"Evenness over the {name} (0: all in one, 1: all alike): {often:.2f} of the episodes, "
                f"{lasted:.2f} of the time."
            )
    for each in summary.concentrations:
        if each.of == "time" and each.largest is not None and each.dimension == "role":
            made.append(f"Of the time in company {percent(each.largest_share)} was with {clean(each.largest)}.")
        if each.of == "events" and each.dimension == "person" and each.k > 1 and each.gini is not None:
            made.append(
                f"Meetings with the {each.k} people named: Gini {each.gini:.2f} (0: all as often); the one met most "
                f"has {percent(each.largest_share)} of them."
            )
    return made


def telling_moves(told: Transitions, most: int = 6) -> tuple[Move, ...]:
    """The moves that came more than once, the most frequent first."""
    return tuple(move for move in told.moves if move.count > 1)[:most]


def moves_title(told: Transitions) -> str:
    """The most frequent move as a finding."""
    if not told.total:
        return "Nothing followed anything without a break"
    best = told.moves[0]
    if told.total == 1:
        return f"One move from one activity to the next: {clean(best.before)}, then {clean(best.after)}"
    ties = sum(move.count == best.count for move in told.moves)
    if ties > 1:
        return f"{many(told.total, 'move', 'moves')} from one activity to the next; no single one came most often"
    before, after = clean(best.before), clean(best.after)
    then = f"more {after}" if before == after else after
    return f"Most often {before} was followed by {then} ({many(best.count, 'time', 'times')} of {told.total})"


def lens_lines(lens: Lens | None) -> list[tuple[str, float, float | None, float, float | None]]:
    """A lens's codes as (label, episodes, share of those coded, minutes, share of their time); none where nothing is."""
    if lens is None or not lens.coded:
        return []
    return [
        (each.row.label, each.row.count, each.coded_count_share, each.row.minutes, each.coded_time_share)
        for each in lens.rows
        if each.row.count or each.row.minutes
    ]


def with_whom(lens: Lens) -> list[str]:
    """Each code of a lens with the groups it was with, the longest first, as sentences."""
    made = []
    for each, minutes in zip(lens.rows, lens.minutes, strict=True):
        names = [name if role else "nobody named" for role, name in zip(lens.roles, lens.role_labels, strict=True)]
        found = sorted(zip(minutes, names, strict=True), key=lambda pair: -pair[0])
        said = ", ".join(f"{clean(name)} {length(spent)}" for spent, name in found[:3] if spent)
        if said:
            made.append(f"{clean(each.row.label)}: {said}.")
    return made
