"""The slides of a deck, in order: one idea a slide, a question before every number, and what the presenter may ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from shadowlog.analysis.deck import FEWEST
from shadowlog.analysis.deck_shape import Deck
from shadowlog.domain.feedback import PHASES, WAYS
from shadowlog.domain.phrases import many
from shadowlog.report.fitting import below, dealt, height, told_over, under
from shadowlog.report.number_slides import beside, by_head, measure, pattern
from shadowlog.report.slide import MACBEATH, Slide

PURPOSE = "For talking about, not for appraisal"


def slides(deck: Deck) -> tuple[Slide, ...]:
    """The slides of a deck, in order: what is shown, numbers first guessed, groups, activities, incidents, talk, method."""
    made = [_cover(deck), *(measure(deck, each) for each in deck.measures)]
    for division in deck.divisions:
        # A single head differs from nobody, and has all the time.
        made += [beside(division), *([by_head(deck, division)] if len(deck.letters) > 1 else [])]
    made += [*pattern(deck), *_phases(deck), *_incidents(deck), _talk(), _method(deck)]
    return tuple(part for slide in made for part in _fitting(slide))


def _fitting(slide: Slide) -> list[Slide]:
    """The slide, or the several slides that it takes to be read from the back; what it finds stands on the last."""
    if slide.kind == "sort":
        *before, last = told_over(slide.text)
        parts = [
            *(replace(slide, kind="story", id=f"{slide.id} part {n}", text=text) for n, text in enumerate(before, 1)),
            replace(slide, text=last),
        ]
    elif slide.kind in {"dots", "beside"}:
        rows: Sequence[Any] = slide.rows
        *first, end = dealt(
            rows,
            lambda row: height(row.label, getattr(row, "lanes", 1)),
            under(f"{slide.question} (10 of 10)"),
            below(slide.finding),
        )
        parts = [
            *(
                replace(slide, id=f"{slide.id} part {n}", rows=some, finding="", unit="")
                for n, some in enumerate(first, 1)
            ),
            replace(slide, rows=end),
        ]
    else:
        return [slide]
    if len(parts) == 1:
        return parts
    return [replace(part, question=f"{slide.question} ({n} of {len(parts)})") for n, part in enumerate(parts, 1)]


def _cover(deck: Deck) -> Slide:
    one = len(deck.letters) == 1
    few = (f"What is about fewer than {deck.threshold} people is left out.",) if deck.threshold > 1 else ()
    return Slide(
        "cover",
        "cover",
        _beside_whom(deck),
        "Before anything is shown: what would you expect of a day of your own?",
        lines=(
            f"{PURPOSE}.",
            f"The head is the letter {deck.letters[0]}."
            if one
            else f"Heads are letters, {deck.letters[0]} to {deck.letters[-1]}, in an order made for this set.",
            f"Every number is of what the {'head' if one else 'heads'} agreed to.",
            *few,
        ),
    )


def _beside_whom(deck: Deck) -> str:
    return f"{many(deck.days, 'day', 'days')} beside {many(len(deck.letters), 'head', 'heads')}"


def _phases(deck: Deck) -> Iterator[Slide]:
    told = [phase for phase, _ in deck.phases]
    if told:
        yield Slide(
            "talk",
            "phases",
            "Where do these heads see their schools?",
            "Where would you put yours, and what shows it?",
            MACBEATH,
            lines=(
                *(
                    f"{phase.capitalize()}, {many(count, 'head', 'heads')}: {PHASES[phase]}"
                    for phase, count in deck.phases
                ),
                *(["What fewer than three heads share is not named."] if len(told) < len(PHASES) else []),
            ),
        )


def _incidents(deck: Deck) -> Iterator[Slide]:
    """What the six ways mean, and then each incident, by which of them responsibility passed."""
    if deck.incidents:
        yield Slide(
            "six",
            "ways",
            "By which way does responsibility pass?",
            "Which of these six do you know from your own school? Say when it last happened.",
            MACBEATH,
            lines=tuple(f"{way}: {meaning}" for way, meaning in WAYS.items()),
        )
    for n, text in enumerate(deck.incidents, 1):
        yield Slide(
            "sort",
            f"incident {n}",
            f"Incident {n} of {len(deck.incidents)}: by which way did responsibility pass?",
            "What in these words shows it? Who in the room sees it otherwise?",
            MACBEATH,
            text=text,
        )


def _talk() -> Slide:
    return Slide(
        "talk",
        "talk",
        "A day of your own",
        "Tell one story each: what helped others to lead on that day, and what stood in the way?",
        MACBEATH,
        lines=(
            "What would you look for, if somebody followed you?",
            "When did somebody else lead, and how did that come about?",
            "What helped, and what stood in the way?",
        ),
    )


AT_ONCE = {
    "split": "each has an equal part",
    "full": "each has all of it, so that shares may pass 100 %",
    "main": "the first named has it",
}


def _method(deck: Deck) -> Slide:
    left = [
        f"{many(deck.hidden, 'number is', 'numbers are')} left out: about fewer than {deck.threshold} people, or giving one away."
    ]
    return Slide(
        "talk",
        "method",
        "What was shown, and what was not",
        "What would you want to know that these numbers do not say?",
        lines=(
            f"{_beside_whom(deck)}.",
            "Only what the head agreed to or changed, on days that the head released."
            if len(deck.letters) == 1
            else "Only what the heads agreed to or changed, on days that they released.",
            "Shares and rates are of the time and the episodes agreed to; over all heads, of all their days together.",
            f"Several groups at once: {AT_ONCE[deck.who_rule]}. Concurrent time is left out.",
            *(left if deck.hidden else []),
            *(f"Left out: {each}." for each in deck.kept_back),
            f"No mean of fewer than {FEWEST} heads, and no score. Being watched changes a day.",
        ),
    )
