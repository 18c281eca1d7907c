"""A questionnaire in words: what came back, the items by gap, the sections, and the observed day beside what was asked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from shadowlog.analysis.questionnaire import FEWEST, Figures, Result
from shadowlog.analysis.results import Row, Summary
from shadowlog.domain.phrases import brief_percent, length, many, number, percent
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS
from shadowlog.report.sentences import PURPOSE

WIDTH, CODE, TEXT = 80, 10, 34


def questionnaire_text(result: Result, beside: Mapping[str, Row] | None = None, summary: Summary | None = None) -> str:
    """All of it in 80 columns; with the observed days where a summary of them is given, and a row for each item's heading."""
    lines = ["QUESTIONNAIRE: HOW IT IS NOW (X), HOW IMPORTANT IT IS (Y)", *_wrapped(_came_back(result)), ""]
    lines += _items(result)
    lines += ["", "BY SECTION", *_sections(result)]
    headed = [each for each in result.items if each.item.division]
    if summary is not None:
        lines += ["", "BESIDE THE OBSERVED DAYS", *_beside(result, beside or {}, summary)]
    elif headed:
        told = "1 item names" if len(headed) == 1 else f"{len(headed)} items name"
        lines += ["", *_wrapped(f"{told} a use of time: --against ID or --study puts the observed shares beside.")]
    lines += ["", "HOW TO READ THIS", *(line for each in _reading(result) for line in _bullet(each)), "", PURPOSE]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _came_back(result: Result) -> str:
    said = f"{result.returned} returned"
    if result.handed_out is not None:
        said = f"{result.returned} of {result.handed_out} returned ({percent(result.return_rate)})"
    blank = f"; {result.blank} more came back without any answer" if result.blank else ""
    if len(result.scales) == 1:
        ((low, high),) = result.scales
        scale = f"Every item has a scale from {low} to {high}."
    else:
        scale = "The items have different scales: compare gaps within one scale only."
    return f"{said}{blank}. {scale}"


def _items(result: Result) -> Iterator[str]:
    yield f"{'item':{CODE}}{'':{TEXT}}{'n':>5}{'X':>6}{'Y':>6}{'gap':>6}{'missing X/Y':>13}"
    for each in (each for each in result.items if each.figures):
        missing = f"{each.x_missing}/{each.y_missing}"
        yield from _row(each.item.id, each.item.section, each.item.text, f"{_cells(each.figures)}{missing:>13}")
    hidden = [each for each in result.items if not each.figures]
    if hidden:
        yield ""
        yield from _wrapped(f"No figures, since fewer than {FEWEST} people answered them on both scales:")
        for each in hidden:
            yield from _row(each.item.id, each.item.section, each.item.text, "")


def _row(code: str, section: str, text: str, cells: str) -> Iterator[str]:
    first, *rest = textwrap.wrap(clean(text), TEXT - 1) or [""]
    yield f"{f'{section}  {clean(code)}':{CODE}}{first:{TEXT}}{cells}"
    yield from (f"{'':{CODE}}{line}" for line in rest)


def _cells(found: Figures | None) -> str:
    if found is None:
        return f"{'–':>5}{'–':>6}{'–':>6}{'–':>6}"
    return f"{found.pairs:>5}{number(found.x_median):>6}{number(found.y_median):>6}{signed(found.gap):>6}"


def signed(gap: float) -> str:
    """A gap with its sign; none for 0."""
    return f"{'+' if gap > 0 else ''}{number(gap)}"


def _sections(result: Result) -> Iterator[str]:
    yield f"{'':{CODE + TEXT}}{'n':>5}{'X':>6}{'Y':>6}{'gap':>6}{'missing':>13}"
    for each in result.sections:
        told = many(each.items, "item", "items")
        if each.told < each.items:
            told += f", {each.told or 'none'} of them with figures"
        cells = f"{_cells(each.figures)}{brief_percent(each.missing_share):>13}"
        yield f"{each.section:{CODE}}{told:{TEXT}}{cells}"


def _beside(result: Result, beside: Mapping[str, Row], summary: Summary) -> Iterator[str]:
    days, heads = len(summary.observations), sorted({clean(each.head) for each in summary.observations})
    concurrent = "in it" if summary.concurrent else "left out"
    yield from _wrapped(
        f"{many(days, 'day', 'days')} of {', '.join(heads)}, {WORDS[summary.version]}: "
        f"{many(summary.episodes.count, 'episode', 'episodes')}, {length(summary.window.minutes)}; "
        f"who: {summary.who_rule.value}; concurrent time {concurrent}."
    )
    asked = [each for each in result.items if each.item.id in beside]
    if not asked:
        yield "No item names a use of time."
        return
    yield f"{'item':{CODE}}{'':{TEXT}}{'X':>6}{'Y':>6}{'how often':>12}{'how long':>12}"
    for each in asked:
        row, found = beside[each.item.id], each.figures
        medians = (number(found.x_median), number(found.y_median)) if found else ("–", "–")
        shares = f"{brief_percent(row.count_share):>12}{brief_percent(row.time_share):>12}"
        cells = f"{medians[0]:>6}{medians[1]:>6}{shares}"
        yield from _row(each.item.id, each.item.section, f"{clean(each.item.text)} ({clean(row.label)})", cells)


def _reading(result: Result) -> Iterator[str]:
    yield (
        "Gap: the median of Y less X over the n people who answered both, above 0 where it matters more than it is so now. "
        "It is not the difference of the two medians, whose answers need not be the same people's."
    )
    yield "A tick is ordered, not measured: a gap of 2 is wider than one of 1, not twice as wide."
    yield f"Nothing is said of an item that fewer than {FEWEST} people answered on both scales, nor is it in its section."
    if result.handed_out is None:
        yield "No return rate: --handed-out says how many were given out."


def _wrapped(text: str) -> list[str]:
    whole = text.replace(" %", "\u00a0%")
    return [line.replace("\u00a0%", " %") for line in textwrap.wrap(whole, WIDTH)]


def _bullet(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="- ", subsequent_indent="  ")
