"""The pages of the screen With the head as sheets: what is said on them, and the lines of theirs that can be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from shadowlog.domain import feedback as f
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import Stage, estimated, stage
from shadowlog.domain.phrases import length
from shadowlog.domain.study import IMPORTED, LAYERS, USES
from shadowlog.tui import head_coding, head_talk
from shadowlog.tui.head_talk import Talk, estimates, released
from shadowlog.tui.review_asks import Flow
from shadowlog.tui.review_header import date_words
from shadowlog.tui.widgets.detail import folded
from shadowlog.tui.widgets.panel import Line, fit

PURPOSE, EXPECTED, REVEAL, PICTURE, ROWS, LENSES, CONTEXT, QUESTIONS, CLOSE, RELEASE = (
    "what this is for",
    "what you expect",
    "guess, then reveal",
    "the day as a picture",
    "the day row by row",
    "coding together",
    "where the school stands",
    "questions",
    "how usual a day",
    "what it may be used for",
)
WIDEST = 92
MARGIN = "   "

Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """A line that can be answered: what it asks, what was answered, and the flow that asks it."""

    label: str
    value: str
    flow: Callable[[Talk], Flow] | None = None
    answered: bool = False
    heading: str = ""
    """Said over it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paragraphs with their tones, then spots, then paragraphs under them."""

    above: Sequence[Piece] = ()
    spots: Sequence[Spot] = ()
    below: Sequence[Piece] = ()


def sheet_lines(sheet: Sheet, at: int, width: int, height: int) -> tuple[list[Line], dict[int, int]]:
    """Draw a sheet about the spot under the cursor; also say which line belongs to which spot."""
    room = min(width - 2 * len(MARGIN), WIDEST)
    lines: list[Line] = [[]]
    where: dict[int, int] = {}
    for words, tone in sheet.above:
        lines += [*paragraph(words, room, tone), []]
    label = min(max((len(spot.label) for spot in sheet.spots), default=0) + 2, room * 55 // 100)
    airy = height - len(lines) > 2 * len(sheet.spots) + 4 + sum(bool(spot.heading) for spot in sheet.spots)
    for n, spot in enumerate(sheet.spots):
        if spot.heading:
            lines += [*([[]] if n and lines[-1] else []), *paragraph(spot.heading, room, "quiet")]
        here = n == at
        rows = [spot.value] if cell_len(spot.value) <= room - label - 2 else folded(spot.value, room - label - 2, 6)
        tone = "strong" if spot.answered else "quiet"
        for y, row in enumerate(rows):
            where[len(lines)] = n
            name = f"{'▸' if here else ' '} {spot.label}" if y == 0 else ""
            lines.append(
                [(MARGIN[2:], ""), (fit(name, label + 2), "mark" if here else ""), (fit(row, room - label), tone)]
            )
        if airy:
            lines.append([])
    for words, tone in sheet.below:
        lines += [*([] if not lines[-1] else [[]]), *paragraph(words, room, tone)]
    first = 0
    cursor = [y for y, n in where.items() if n == at]
    if cursor and len(lines) > height:
        first = max(0, min(cursor[-1] + 2 - height if cursor[-1] + 2 > height else 0, len(lines) - height))
    return lines[first : first + height], {y - first: n for y, n in where.items()}


def paragraph(words: str, width: int, tone: str = "") -> list[Line]:
    """Words in lines of so many cells, behind the margin."""
    return [[(MARGIN + fit(line, width), tone)] for line in folded(words, width, 40)]


WHY = (
    "On {} you were followed for {}, and what happened was written down as it happened. It is laid before you for your own "
    "reflection. It is not an appraisal: there is no score in it, and nobody is compared with you."
)
HOW = (
    "First what you expect, then what was seen, then the day row by row: you correct it, dispute it, or strike it out. The "
    "observer's first word stays beside yours. Nothing is used anywhere without your yes on the last page. You can stop at "
    "any time; what was said is kept, and it goes on from there."
)


def purpose(talk: Talk) -> Sheet:
    """What this is for, giving the day to the head, and the place on the continuum before."""
    day, given = talk.day, talk.said(f.HandOver)
    seen = length((day.track[-1].at - day.start) / 60_000)
    before = talk.said(f.Place, "Place before")
    above = [
        (f"{talk.head}, this day is yours to look at.", "strong"),
        (WHY.format(date_words(day), seen), ""),
        (HOW, ""),
    ]
    when = f"given {_said(day, given.said.wall)} by {given.author}" if given else "not yet: Enter gives it"
    spots = (
        Spot(f"the day is given to {talk.head}", when, head_talk.hand_over, given is not None),
        Spot(
            "your school, before you see the day",
            continuum(before.value) if before else "not placed: Enter",
            partial(head_talk.place, seen=False),
            before is not None,
        ),
    )
    return Sheet(above, spots, (CONTINUUM,))


CONTINUUM = (
    "A continuum, after Hargreaves and Fink: at 0 one person decides everything, at 100 nobody decides.",
    "quiet",
)


def continuum(value: int) -> str:
    """A place on the continuum, drawn and as a number."""
    at = round(value / f.CONTINUUM * 20)
    return f"├{'─' * at}●{'─' * (20 - at)}┤ {value}"


def scaled(value: int, most: int) -> str:
    """A rating as dots."""
    return "●" * value + "○" * (most - value)


def _said(day: Day, wall: int) -> str:
    here = datetime.fromtimestamp(wall / 1000, ZoneInfo(day.observation.zone))
    return f"{here.day} {here:%b} {here:%H:%M}"


def expected(talk: Talk) -> Sheet:
    """Share and importance of each heading, and the single numbers, before anything is seen."""
    day = talk.day
    book = day.observation.codebook
    of = estimated(book)
    shares, importance = estimates(day, of)
    total = round(sum(shares.values()) * 100)
    spots = []
    for n, (id_, label) in enumerate(book.headings(of) or ()):
        share = f"{shares[id_] * 100:>3.0f} %" if id_ in shares else "  – %"
        weight = importance.get(id_, 0)
        dots = scaled(weight, f.IMPORTANCE) if weight else "–"
        spots.append(
            Spot(
                label,
                f"{share}   importance {dots}",
                partial(head_talk.estimate, heading=id_),
                id_ in shares or id_ in importance,
                f"of the day   together {total} %" if n == 0 else "",
            )
        )
    for n, (of_number, label) in enumerate(f.GUESSES.items()):
        number = talk.said(f.Guess, f"Guess {of_number}")
        value = f"{number.number:>3g}" if number else "  –"
        flow = partial(head_talk.guess, of=of_number)
        spots.append(Spot(label, value, flow, number is not None, "single numbers" if n == 0 else ""))
    above = [
        ("Where did the day go, do you think? And what matters to you?", "strong"),
        ("Your guess, before you see anything. Enter begins at the line and goes on to the next.", "quiet"),
    ]
    return Sheet(above, spots)


def context(talk: Talk) -> Sheet:
    """The phase card and the three notes of context."""
    chosen = talk.said(f.Phase)
    why = f": {chosen.why}" if chosen and chosen.why else ""
    spots = [Spot("the phase", f"{chosen.phase}{why}" if chosen else "–", head_coding.phase, chosen is not None)]
    for of, label in f.FACTORS.items():
        note = talk.said(f.Factor, f"Factor {of}")
        value = note.text if note else "–"
        spots.append(
            Spot(label, value, partial(head_coding.factor, of=of), note is not None, "" if of != "head" else "context")
        )
    cards = [(f"{name}: {meaning}", "quiet") for name, meaning in f.PHASES.items()]
    return Sheet([("Where does your school stand, and what shaped this day?", "strong"), *cards], spots)


def close(talk: Talk) -> Sheet:
    """How typical the day was, by both, and the place on the continuum after."""
    spots = []
    for author, who in ((talk.head, "you"), (talk.day.observation.observer, "the observer")):
        said = talk.said(f.Typical, f"Typical {author}")
        unusual = f"   unusual: {said.unusual}" if said and said.unusual else ""
        value = f"{scaled(said.rating, f.TYPICAL)}{unusual}" if said else "–"
        spots.append(Spot(f"{author}, {who}", value, partial(head_talk.typical, author=author), said is not None))
    for seen, label in ((False, "your school, before"), (True, "your school, now that you saw the day")):
        place = talk.said(f.Place, f"Place {'after' if seen else 'before'}")
        value = continuum(place.value) if place else "not placed" + (": Enter" if seen else "")
        flow = partial(head_talk.place, seen=True) if seen else None
        spots.append(Spot(label, value, flow, place is not None))
    ends = f"1 is not at all, {f.TYPICAL} is as any other day. Being watched changes a day: say so if it did."
    return Sheet([("How typical was this day, and what was unusual?", "strong"), (ends, "quiet")], spots, (CONTINUUM,))


def release(talk: Talk) -> Sheet:
    """Sign-off for each section, and what the day may be used for."""
    day = talk.day
    spots = []
    for n, (section, label) in enumerate(f.SECTIONS.items()):
        signed = talk.said(f.SignOff, f"SignOff {section}")
        value = f"been through, {_said(day, signed.said.wall)}" if signed else "open: Enter signs it off"
        heading = "you have been through" if n == 0 else ""
        spots.append(Spot(label, value, partial(head_talk.sign_off, section=section), signed is not None, heading))
    now = released(day)
    allowed = [layer for layer in USES if layer in talk.layers or layer in now]
    for n, layer in enumerate(allowed):
        yes = layer in now
        value = "yes: Enter takes it back" if yes else "no: Enter asks"
        heading = "this day may be used for" if n == 0 else ""
        spots.append(Spot(LAYERS[layer], value, partial(head_talk.release, layer=layer), yes, heading))
    return Sheet([("What may this day be used for?", "strong")], spots, tuple(_limits(talk, allowed)))


def _limits(talk: Talk, allowed: Sequence[str]) -> Sequence[Piece]:
    if talk.day.observation.consent == IMPORTED and not talk.layers:
        words = "This day was imported, not asked: it can be looked at and talked about; nothing of it is released."
        return ((words, "accent"),)
    told = []
    if left := [LAYERS[layer] for layer in USES if layer not in allowed]:
        words = f"Not agreed to in the consent record, so not offered: {'; '.join(left)}."
        told.append((words, "quiet"))
    if talk.open_rows and stage(talk.day) is not Stage.DRAFT:
        many = len(talk.open_rows)
        rows = "1 row has" if many == 1 else f"{many} rows have"
        told.append((f"{rows} no word of yours yet. A release holds once every row has one.", "accent"))
    return told
