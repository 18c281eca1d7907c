"""A score as plain text: how a coding made in training agrees with the key, and where the two differ."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from shadowlog.domain.aligning import Beginning
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.phrases import coefficient, percent_of_agreement
from shadowlog.domain.scoring import Agreement, Alignment, Difference, Score, Seen
from shadowlog.domain.sentences import clock_time
from shadowlog.domain.terms import State

NAMES = {ROLE: "who", ACTIVITY: "what", MODE: "mode", PLACE: "place"}
STATES = {
    State.GAP: "nothing runs",
    State.OFF: "off the record",
    State.UNSEEN: "not observed",
    State.END: "nothing was coded",
}


def score_text(score: Score, book: Codebook, zone: str) -> str:
    """Give a score as text, no line over 74 columns but for long labels; times are local."""
    return "\n".join(_lines(score, book, zone))


def _lines(score: Score, book: Codebook, zone: str) -> Iterator[str]:
    seconds = score.tolerance // 1000
    span = f"{clock_time(score.start, zone)} to {clock_time(score.end, zone)}"
    yield f"Your coding beside the key, {span}"
    yield ""
    yield "This compares codings, for practice. It says nothing of any head."
    yield ""
    yield f"Second by second       same   kappa      within {seconds} s: same   kappa"
    for each in score.dimensions:
        yield _agreement(each)
    yield from textwrap.wrap(
        "Kappa is agreement beyond chance (Cohen 1960): 1 is full, 0 is chance. Where one code fills nearly all of the "
        "time, kappa says little; where one fills all of it, there is none. Within: the other says the same at most "
        f"{seconds} s away; of both ways round, the lower.",
        74,
    )
    yield ""
    yield from _alignment("Episodes", score.episodes)
    same = sum(mine.codes == key.codes for mine, key in score.episodes.found)
    if score.episodes.found:
        yield f"  of those found, {same} with the same who and what"
    lag = score.episodes.lag
    if lag is not None:
        yield f"  start: {abs(lag) / 1000:.1f} s {'after' if lag >= 0 else 'before'} the key's (median)"
    yield from _alignment("Contacts", score.contacts)
    yield ""
    told = sorted([*_beginnings(score, book, zone), *_differences(score, book, zone)])
    if not told:
        same_throughout = all(each.agreed == 1 for each in score.dimensions)
        yield (
            "Nothing to talk about: the two say the same."
            if same_throughout
            else f"No difference of {seconds} s or more."
        )
        return
    yield "Where they differ, in order of time"
    for _, _, lines in told:
        yield from lines


def _agreement(each: Agreement) -> str:
    return (
        f"  {NAMES.get(each.dimension, each.dimension):<14} {percent_of_agreement(each.agreed):>10}  {coefficient(each.kappa):>6}"
        f"           {percent_of_agreement(each.near):>11}  {coefficient(each.near_kappa):>6}"
    )


def _alignment(name: str, found: Alignment) -> Iterator[str]:
    of = len(found.found) + len(found.missed)
    if of or found.invented:
        yield f"{name}: {len(found.found)} of {of} found, {len(found.missed)} missed, {len(found.invented)} invented"


Told = tuple[int, int, list[str]]


def _beginnings(score: Score, book: Codebook, zone: str) -> Iterator[Told]:
    for what, kind in (("episode", score.episodes), ("contact", score.contacts)):
        for side, listed in (("missed", kind.missed), ("invented", kind.invented)):
            whose = "the key" if side == "missed" else "yours"
            for each in listed:
                line = f"  {clock_time(each.at, zone)}         {side} {what}"
                yield each.at, 0, [line, f"      {whose + ':':<9} {_beginning(each, book, contact=what == 'contact')}"]


def _beginning(each: Beginning, book: Codebook, *, contact: bool) -> str:
    who = _codes(each.roles, book, ROLE)
    if contact:
        return who
    marks = f"{', goes on' if each.again else ''}{', at the same time' if each.concurrent else ''}"
    return f"{who}, {book.label(ACTIVITY, each.activity)}{marks}"


def _differences(score: Score, book: Codebook, zone: str) -> Iterator[Told]:
    """What differs over the very same time stands together."""
    together: dict[tuple[int, int], list[Difference]] = {}
    for each in score.differences:
        apart = each.coded.state is not each.key.state
        if not apart or each.dimension == ROLE:
            together.setdefault((each.start, each.end), []).append(each)
    for (start, end), these in together.items():
        whole = any(each.coded.state is not each.key.state for each in these)
        names = "" if whole else ", ".join(NAMES[each.dimension] for each in these)
        lines = [f"  {clock_time(start, zone)}  {_length(end - start):>6} {names}".rstrip()]
        for whose, says in (("yours", [e.coded for e in these]), ("the key", [e.key for e in these])):
            told = " · ".join(_seen(s, book, e.dimension) for s, e in zip(says, these, strict=True))
            lines.append(f"      {whose + ':':<9} {told}")
        yield start, 1, lines


def _seen(seen: Seen, book: Codebook, dimension: str) -> str:
    if seen.state is not State.EPISODE:
        return STATES[seen.state]
    return "closed door" if seen.closed else _codes(seen.codes, book, dimension)


def _codes(codes: frozenset[str], book: Codebook, dimension: str) -> str:
    order = [each.id for each in book.codes(dimension)]
    known = sorted(codes, key=lambda c: (order.index(c) if c in order else len(order), c))
    return " + ".join(book.label(dimension, c) for c in known) or "uncoded"


def _length(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"
