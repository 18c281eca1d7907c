"""The slides of a deck's numbers: what a measure is of each head, how a day divides, and when in it heads are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from shadowlog.analysis.deck import FEWEST
from shadowlog.analysis.deck_shape import Deck, Division, Heading, Measure, Pattern
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.phrases import many, number, percent
from shadowlog.report.fitting import lanes
from shadowlog.report.slide import MACBEATH, BarRow, Column, Dot, DotRow, PatternRow, Slide

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
WHEN = "When in the day is a head met most?"
TITLES = {ROLE: "With whom", ACTIVITY: "What the day goes on"}
MOST_NAMED = 4
"""So many letters or headings are named, more are counted."""
NOTHING_SHOWN = "Nothing of it can be shown: it is about few people, would give such a number away, or was not noted."
WHY = "What would have to be so for it to be shown?"
MOST_ROWS = 5
"""Heads on a slide of day patterns."""


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
    said = ", ".join(f"{letter} {_said(value, unit)}" for value, letter in known) or "left out"
    out = [letter for letter, value in zip(letters, values, strict=True) if value is None]
    if out and dots:
        label = f"{label} (without {named(out)})"
    low = dots[0].at if dots else None
    return DotRow(label, tuple(dots), low, round(dots[-1].at - dots[0].at, 2) if dots else 0.0, f"{label}: {said}")


def named(letters: Sequence[str]) -> str:
    """A few letters, or how many heads they are."""
    return ", ".join(letters) if len(letters) <= MOST_NAMED else f"{len(letters)} heads"


def span(letters: Sequence[str], values: Sequence[float | None], unit: str, what: str) -> str:
    """From which number to which heads go, and whose these are; numbers are the same where they are said the same."""
    known = sorted((value, letter) for value, letter in zip(values, letters, strict=True) if value is not None)
    said = [_said(value, unit) for value, _ in known]
    low, high = (
        named(sorted(letter for (_, letter), each in zip(known, said, strict=True) if each == end))
        for end in (said[0], said[-1])
    )
    if len(known) == 1:
        return f"{said[0]}{what} ({low})."
    if said[0] == said[-1]:
        return f"{said[0]}{what} for each{' of those shown' if len(known) < len(letters) else ''}."
    return f"From {said[0]} ({low}) to {said[-1]} ({high}){what}."


def _bare(slide: Slide) -> Slide:
    """A slide of which nothing can be shown says so: an empty axis would look like noughts, and nobody could guess at it."""
    return Slide("talk", slide.id, slide.question, WHY, slide.source, lines=(NOTHING_SHOWN,))


def measure(deck: Deck, each: Measure) -> Slide:
    """One number of each head on an axis."""
    end, axis = _axis(max((v for v in each.values if v is not None), default=0), each.unit)
    slide = Slide(
        "dots",
        each.id,
        QUESTIONS[each.id],
        PROMPTS[each.id],
        MACBEATH,
        rows=(_dots(each.label, deck.letters, each.values, end, each.unit),),
        axis=axis,
        most=end * 100 if each.unit == "%" else end,
        unit=each.unit,
    )
    if all(value is None for value in each.values):
        return _bare(slide)
    what = "" if each.unit == "%" else f" {each.unit}"
    return replace(slide, finding=span(deck.letters, each.values, each.unit, what))


def beside(division: Division) -> Slide:
    """How often beside how long, over all heads."""
    some = [row for row in division.rows if {row.count_share, row.time_share} != {0}]
    rows = [row for row in some if {row.count_share, row.time_share} != {None}]
    most = max((v for row in rows for v in (row.count_share, row.time_share) if v is not None), default=1) or 1

    def bar(label: str, often: float | None, lasted: float | None) -> BarRow:
        return BarRow(
            label,
            None if often is None else round(100 * often / most, 1),
            "left out" if often is None else percent(often),
            None if lasted is None else round(100 * lasted / most, 1),
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
    slide = Slide(
        "beside",
        f"{division.id} all",
        f"{TITLES[division.dimension]}: what comes often, and what takes long?",
        "Which of these surprises you more: how often, or how long?",
        MACBEATH,
        rows=tuple(bar(row.label, row.count_share, row.time_share) for row in rows),
        finding=finding.strip(),
    )
    return slide if rows else _bare(slide)


def by_head(deck: Deck, division: Division) -> Slide:
    """How long for each head, a line a heading."""
    rows = [row for row in division.rows if any(each is None or each for each in row.shares)]
    end, axis = _axis(max((v for row in rows for v in row.shares if v is not None), default=0), "%")
    slide = Slide(
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
    return slide if any(value is not None for row in rows for value in row.shares) else _bare(slide)


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


def pattern(deck: Deck) -> Iterator[Slide]:
    """When in the day heads are met, so many heads a slide as stand in large type."""
    if deck.pattern is None:
        return
    known = [rate for row in deck.pattern.rates for rate in row if rate is not None]
    if not known:
        yield _bare(Slide("pattern", "pattern 1", WHEN, source=MACBEATH))
        return
    most = max(known)
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
            f"{WHEN}{more}",
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
    return f"Interactions an hour. The most are {part} with {count} of {many(len(tops), 'head', 'heads')}."
