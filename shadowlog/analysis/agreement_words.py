"""An agreement of two observers in words and plain tables, for the terminal: nothing in it is about the head."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from shadowlog.analysis.agreement import Agreement, Disagreement, TimeUnits
from shadowlog.analysis.told import UNCODED
from shadowlog.domain.phrases import coefficient, many, percent_of_agreement
from shadowlog.domain.text import clean

WIDTH = 78
LISTED = 30
"""So many disagreements are a list to talk about; more are counted."""


def agreement_lines(found: Agreement, most: int = LISTED) -> Iterator[str]:
    """The whole comparison as lines of at most 78 columns, with the `most` longest disagreements."""
    yield from figure_lines(found)
    yield ""
    yield from _wrapped(differing(found))
    for each in found.disagreements[:most]:
        yield from disagreement_lines(each)
    if (more := len(found.disagreements) - most) > 0:
        yield f"  and {many(more, 'shorter one', 'shorter ones')}; --all lists {'it' if more == 1 else 'them'}"


def figure_lines(found: Agreement) -> Iterator[str]:
    """The figures as lines of at most 78 columns."""
    yield f"{clean(found.first_observer)} beside {clean(found.second_observer)}: two observers of one day"
    yield ""
    yield from _wrapped(clocks(found))
    yield from _wrapped(common(found))
    yield ""
    yield from unit_lines(found)
    yield ""
    yield from _wrapped(
        "Kappa is agreement beyond chance (Cohen 1960): 1 is full, 0 is chance; max is the maximum that these totals "
        "allow. A dash: one code filled all of it, and kappa says nothing. Within: the other says the same at most "
        f"{_seconds(found.tolerance_seconds)} away, each of the two being the reference in turn. A gap or a missing "
        "code is a code of its own."
    )
    yield ""
    yield from event_lines(found)


def clocks(found: Agreement) -> str:
    """How far the two clocks are apart."""
    who = clean(found.second_observer)
    if not found.offset_seconds:
        return f"{who}'s clock is taken as it is." if not found.offset_estimated else "The two clocks agree."
    late = "ahead" if found.offset_seconds < 0 else "behind"
    by = _seconds(abs(found.offset_seconds))
    how = "estimated from when both say the same" if found.offset_estimated else "as you said"
    return f"{who}'s clock is taken to be {by} {late} ({how}), and is put right here."


def common(found: Agreement) -> str:
    """How much both observed, and how much one alone did."""
    first, second = clean(found.first_observer), clean(found.second_observer)
    alone = ((found.first_only_minutes, first), (found.second_only_minutes, second))
    left = ", ".join(f"{length(minutes)} of {who} alone" for minutes, who in alone if minutes)
    return f"Both observed {length(found.common_minutes)}. {f'Left out: {left}' if left else 'Nothing is left out'}."


def unit_lines(found: Agreement) -> Iterator[str]:
    """A table with a line for each dimension."""
    unit, within = _seconds(found.unit_seconds), _seconds(found.tolerance_seconds)
    yield f"Every {unit:<14}{'same':>8}{'kappa':>8}{'max':>7}{f'within {within}':>16}{'kappa':>16}"
    for each in found.dimensions:
        yield unit_line(each)
    ordered = [each for each in found.dimensions if each.weighted_kappa is not None]
    if ordered:
        told = ", ".join(f"{clean(each.label)} {coefficient(each.weighted_kappa)}" for each in ordered)
        yield from _wrapped(
            "Kappa with linear weights (Cohen 1968), where codes have an order (a step counts as one, uncoded as the "
            f"whole scale): {told}."
        )


def unit_line(each: TimeUnits) -> str:
    """One dimension: share agreed, kappa, the maximum kappa; then both ways round within the tolerance."""
    label = clean(each.label)
    label = label if len(label) < 18 else f"{label[:16]}…"
    if each.codes == (UNCODED,):
        return f"  {label:<18}   coded by neither"
    near = _range(each.near_agreed, percent_of_agreement)
    kappas = _range(each.near_kappa, coefficient)
    return f"  {label:<18}{percent_of_agreement(each.agreed):>8}{coefficient(each.kappa):>8}{coefficient(each.maximum_kappa):>7}{near:>16}{kappas:>16}"


def event_lines(found: Agreement) -> Iterator[str]:
    """Episodes side by side, and how long those that match are."""
    events, lengths = found.events, found.lengths
    if not events.length:
        yield "Neither has an episode in the time that both observed."
        return
    one = sum(b is None for _, b in events.pairs)
    other = sum(a is None for a, _ in events.pairs)
    yield from _wrapped(
        f"Episodes side by side: {events.agreements} of {events.length} with the same who and what "
        f"({percent_of_agreement(events.share)}); {one} of {clean(found.first_observer)} alone, {other} of "
        f"{clean(found.second_observer)} alone. Kappa of what was done, a missing episode being a code: "
        f"{coefficient(events.kappa)}."
    )
    if lengths.pairs < 2:
        yield "Too few episodes match to compare how long they were."
        return
    mean = lengths.mean_difference_minutes or 0
    # A thousandth of a ms is the sums' own rounding.
    apart = f"{length(abs(mean))} {'longer' if mean > 0 else 'shorter'}" if abs(mean) > 1e-8 else "as long"
    yield from _wrapped(
        f"How long the {lengths.pairs} that match in what was done were: concordance {coefficient(lengths.concordance)} (Lin "
        f"1989), intraclass correlation {coefficient(lengths.intraclass.two_one)} (2,1) and "
        f"{coefficient(lengths.intraclass.three_one)} (3,1) (Shrout and Fleiss 1979); "
        f"{clean(found.second_observer)}'s are {apart} on average."
    )


def differing(found: Agreement) -> str:
    """How much there is to talk about."""
    count = len(found.disagreements)
    if not count:
        return f"Nothing to talk about: no difference lasts longer than {_seconds(found.tolerance_seconds)}."
    return (
        f"To talk about: {count} {'stretch' if count == 1 else 'stretches'} of more than "
        f"{_seconds(found.tolerance_seconds)} coded in two ways, the longest first ({clean(found.first_observer)} / "
        f"{clean(found.second_observer)})."
    )


def disagreement_lines(each: Disagreement) -> Iterator[str]:
    """One stretch, with both versions."""
    head = f"  {clock(each.start_minute)}  {length(each.minutes):>10}  {clean(each.label)}: "
    text = f"{clean(each.first)} / {clean(each.second)}"
    yield from textwrap.wrap(head + text, WIDTH, subsequent_indent=" " * 22)


def clock(minute: float) -> str:
    """Minutes after midnight as HH:MM:SS."""
    seconds = round(minute * 60) % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _range(values: tuple[float | None, float | None], words: Callable[[float | None], str]) -> str:
    one, other = (words(each) for each in values)
    return one if one == other else f"{one}, {other}"


def _seconds(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:g} s"
    return f"{int(seconds // 60)} min {seconds % 60:g} s".removesuffix(" 0 s")


def length(minutes: float) -> str:
    """Minutes as hours and minutes, minutes and seconds, or seconds."""
    seconds = round(minutes * 60)
    if minutes and not seconds:
        return "under 1 s"
    hours, rest = divmod(seconds // 60, 60)
    if hours:
        return f"{hours} h {rest:02}"
    return f"{rest} min {seconds % 60:02} s" if rest else f"{seconds} s"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text.replace(" %", "\u00a0%"), WIDTH)
