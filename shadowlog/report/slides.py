"""The slides of a deck, in order: one idea a slide, a question before every number, and what the presenter may ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from shadowlog.analysis.deck import FEWEST
from shadowlog.analysis.deck_shape import Deck, Division, Heading, Measure, Pattern
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.feedback import PHASES
from shadowlog.domain.phrases import many, number, percent
from shadowlog.report.fitting import below, dealt, height, lanes, told_over, under
from shadowlog.report.slide import BarRow, Column, Dot, DotRow, PatternRow, Slide

PURPOSE = "For talking about, not for appraisal"
QUESTIONS = {
    "interactions": "How many times an hour is somebody with a head?",
    "brief": "What part of all episodes is over in less than 5 minutes?",
    "alone": "What part of the day is a head alone?",
    "unplanned": "What part of the day is not in the diary?",
    "interruptions": "How many times an hour is something broken off?",
    "classrooms": "How many times a day is a head in a classroom?",
}
PROMPTS = {
    "interactions": "What happens to a conversation when the next one is two minutes away?",
    "brief": "What can be settled in five minutes, and what cannot?",
    "alone": "Is this time chosen? What is it for?",
    "unplanned": "Who plans the unplanned?",
    "interruptions": "Which interruptions are the work?",
    "classrooms": "What do these visits let teachers see, and what do they let the head see?",
}
MACBEATH = "after MacBeath, Oduro and Waterhouse, Distributed Leadership: A Developmental Process"
TITLES = {ROLE: "With whom", ACTIVITY: "What the day goes on"}
MOST_NAMED = 4
"""So many letters that are left out of a line are named, more are counted."""
MOST_ROWS = 5
"""Heads on a slide of day patterns."""


def slides(deck: Deck) -> tuple[Slide, ...]:
    """The slides of a deck, in order: what is shown, numbers first guessed, groups, activities, incidents, talk, method."""
    made = [_cover(deck), *(_measure(deck, each) for each in deck.measures)]
    for division in deck.divisions:
        made += [_beside(division), _by_head(deck, division)]
    made += [*_pattern(deck), *_phases(deck)]
    made += [
        Slide(
            "sort",
            f"incident {n}",
            f"Incident {n} of {len(deck.incidents)}: by which way did responsibility pass?",
            "What in these words shows it? Who in the room sees it otherwise?",
            MACBEATH,
            text=text,
        )
        for n, text in enumerate(deck.incidents, 1)
    ]
    made += [_talk(), _method(deck)]
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
    days = deck.days
    return Slide(
        "cover",
        "cover",
        f"{many(days, 'day', 'days')} beside {many(len(deck.letters), 'head', 'heads')}",
        "Before anything is shown: what would you expect of a day of your own?",
        lines=(
            f"{PURPOSE}.",
            f"Heads are letters, {deck.letters[0]} to {deck.letters[-1]}, in an order made for this set.",
            "Every number is of what the heads agreed to, and of five people or more.",
        ),
    )


def _said(value: float, unit: str) -> str:
    return percent(value) if unit == "%" else number(value)


def _axis(most: float, unit: str) -> tuple[float, tuple[tuple[float, str], ...]]:
    """A round end of the axis, and its marks (percent, words)."""
    top = max(most * 100 if unit == "%" else most, 1)
    step = next((s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if top / s <= 5), 1_000)
    steps = max(1, -(-int(top * 1000) // int(step * 1000)))
    end = steps * step
    marks = tuple((100 * n / steps, f"{n * step:g}{' %' if unit == '%' else ''}") for n in range(steps + 1))
    return (end / 100 if unit == "%" else end), marks


def _dots(label: str, letters: Sequence[str], values: Sequence[float | None], end: float, unit: str) -> DotRow:
    known = sorted((v, letter) for v, letter in zip(values, letters, strict=True) if v is not None)
    places = [round(100 * value / end, 2) if end else 0.0 for value, _ in known]
    dots = [Dot(letter, at, *drawn) for (_, letter), at, drawn in zip(known, places, lanes(places), strict=True)]
    said = ", ".join(f"{dot.letter} {_said(dot.at * end / 100, unit)}" for dot in dots) or "left out"
    out = [letter for letter, value in zip(letters, values, strict=True) if value is None]
    if out and dots:
        label = f"{label} (without {', '.join(out) if len(out) <= MOST_NAMED else f'{len(out)} heads'})"
    low = dots[0].at if dots else None
    return DotRow(label, tuple(dots), low, round(dots[-1].at - dots[0].at, 2) if dots else 0.0, f"{label}: {said}")


def _span(letters: Sequence[str], values: Sequence[float | None], unit: str, what: str) -> str:
    known = [(value, letter) for value, letter in zip(values, letters, strict=True) if value is not None]
    if not known:
        return "Left out: it is about few people."
    low, high = min(known), max(known)
    if _said(low[0], unit) == _said(high[0], unit):
        return f"{_said(low[0], unit)}{what} for each."
    return f"From {_said(low[0], unit)} ({low[1]}) to {_said(high[0], unit)} ({high[1]}){what}."


def _measure(deck: Deck, each: Measure) -> Slide:
    end, axis = _axis(max((v for v in each.values if v is not None), default=0), each.unit)
    unit = "%" if each.unit == "%" else each.unit
    return Slide(
        "dots",
        each.id,
        QUESTIONS[each.id],
        PROMPTS[each.id],
        MACBEATH,
        rows=(_dots(each.label, deck.letters, each.values, end, each.unit),),
        axis=axis,
        most=end * 100 if each.unit == "%" else end,
        unit=unit,
        finding=_span(deck.letters, each.values, each.unit, "" if each.unit == "%" else f" {each.unit}"),
    )


def _beside(division: Division) -> Slide:
    some = [row for row in division.rows if {row.count_share, row.time_share} != {0}]
    rows = [row for row in some if {row.count_share, row.time_share} != {None}]
    most = max((v for row in rows for v in (row.count_share, row.time_share) if v is not None), default=1) or 1

    def bar(label: str, often: float | None, lasted: float | None) -> BarRow:
        return BarRow(
            label,
            round(100 * (often or 0) / most, 1),
            "left out" if often is None else percent(often),
            round(100 * (lasted or 0) / most, 1),
            "left out" if lasted is None else percent(lasted),
        )

    known = [row for row in rows if row.time_share is not None and row.count_share is not None]
    finding = ""
    if known:
        longest = max(known, key=lambda row: row.time_share or 0)
        often = max(known, key=lambda row: row.count_share or 0)
        time, episodes = (
            f"the most time ({percent(longest.time_share)})",
            f"the most episodes ({percent(often.count_share)})",
        )
        finding = (
            f"{longest.label}: {time} and {episodes}."
            if longest is often
            else f"{longest.label}: {time}; {often.label}: {episodes}."
        )
        # What is left out may come oftener or take longer.
        finding = f"Of what is shown. {finding}" if len(known) < len(some) else finding
    out = [row.label for row in some if row not in rows]
    if out:
        finding += f" Left out: {', '.join(out) if len(out) <= MOST_NAMED else f'{len(out)} headings'}."
    return Slide(
        "beside",
        f"{division.id} all",
        f"{TITLES[division.dimension]}: what comes often, and what takes long?",
        "Which of these surprises you more: how often, or how long?",
        MACBEATH,
        rows=tuple(bar(row.label, row.count_share, row.time_share) for row in rows),
        finding=finding.strip(),
    )


def _by_head(deck: Deck, division: Division) -> Slide:
    rows = [row for row in division.rows if any(each is None or each for each in row.shares)]
    end, axis = _axis(max((v for row in rows for v in row.shares if v is not None), default=0), "%")
    return Slide(
        "dots",
        f"{division.id} heads",
        f"{TITLES[division.dimension]}: where do heads differ most?",
        "What about the school, and what about the head, would make this difference?",
        MACBEATH,
        rows=tuple(_dots(row.label, deck.letters, row.shares, end, "%") for row in rows),
        axis=axis,
        most=end * 100,
        finding=_widest(rows),
    )


def _widest(rows: Sequence[Heading]) -> str:
    spans = []
    for row in rows:
        known = [v for v in row.shares if v is not None]
        if len(known) > 1:
            spans.append((max(known) - min(known), row.label, min(known), max(known)))
    if not spans:
        return "Too little can be shown to say."
    _, label, low, high = max(spans)
    return f"{label}: from {percent(low)} to {percent(high)} of the time."


def _pattern(deck: Deck) -> Iterator[Slide]:
    """When in the day heads are met, so many heads a slide as stand in large type."""
    if deck.pattern is None:
        return
    most = max(rate for row in deck.pattern.rates for rate in row if rate is not None)
    rows = [
        PatternRow(letter, tuple(_column(*each, most) for each in zip(rates, out, strict=True)))
        for letter, rates, out in zip(deck.letters, deck.pattern.rates, deck.pattern.left_out, strict=True)
    ]
    parts = -(-len(rows) // MOST_ROWS)
    for n in range(parts):
        more = f" ({n + 1} of {parts})" if parts > 1 else ""
        yield Slide(
            "pattern",
            f"pattern {n + 1}",
            f"When in the day is a head met most?{more}",
            "What is kept free, and for what? Who decides when the door is open?",
            MACBEATH,
            lines=deck.pattern.parts,
            rows=tuple(rows[n * MOST_ROWS : (n + 1) * MOST_ROWS]),
            finding=_fullest(deck.pattern),
        )


def _column(rate: float | None, gone: bool, most: float) -> Column:
    if rate is None:
        return Column(None, "left out" if gone else "not seen")
    return Column(round(100 * rate / most, 1) if most else 0.0, number(round(rate, 1)))


def _fullest(shown: Pattern) -> str:
    """The part of the day in which more than half of the heads are met most, of those of whom all parts are told."""
    whole = [row for row, out in zip(shown.rates, shown.left_out, strict=True) if not any(out)]
    tops = [shown.parts[max(range(len(row)), key=lambda n: row[n] or 0)] for row in whole]
    part = max(shown.parts, key=tops.count)
    count = tops.count(part)
    if len(tops) < FEWEST or 2 * count <= len(tops):
        return "Interactions an hour."
    return f"Interactions an hour. Most come {part} with {count} of {many(len(tops), 'head', 'heads')}."


def _phases(deck: Deck) -> Iterator[Slide]:
    if deck.phases:
        yield Slide(
            "talk",
            "phases",
            "Where do these heads see their schools?",
            "Where would you put yours, and what shows it?",
            MACBEATH,
            lines=tuple(
                f"{phase.capitalize()}, {many(count, 'head', 'heads')}: {PHASES[phase]}" for phase, count in deck.phases
            ),
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
            f"{many(deck.days, 'day', 'days')} beside {many(len(deck.letters), 'head', 'heads')}.",
            "Only what the heads agreed to or changed, on days that they released.",
            *(left if deck.hidden else []),
            *(f"Left out: {each}." for each in deck.kept_back),
            f"No mean of fewer than {FEWEST} heads, and no score. Being watched changes a day.",
        ),
    )
