"""A comparison as dots on one axis, and groups in a table, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from shadowlog.analysis.compare import FEWEST_HEADS, Across, Compared, Comparison
from shadowlog.analysis.results import Summary
from shadowlog.domain.codebook import MODE, PLACE, ROLE
from shadowlog.domain.phrases import NOTHING, brief_length, brief_percent, fitted, length, many, number, percent
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS
from shadowlog.report.sentences import PURPOSE

LABEL, AXIS = 24, 22
LOWEST, HIGHEST, MEAN, INTERVAL = 8, 9, 6, 10
MARKS = ascii_lowercase


def comparison_text(found: Comparison) -> str:
    """The whole comparison in 80 columns: who is which letter, a line for each heading, and how to read it."""
    lines = [f"SHARE OF TIME BY {clean(found.label).upper()}, ACROSS {found.across.value.upper()}", ""]
    lines += [f"Only: {clean(words)}" for words in found.chosen]
    for n, group in enumerate(found.groups):
        about = f"{many(group.days, 'day', 'days')}, {length(group.window_minutes)} observed"
        lines.append(f"{_mark(n)}  {fitted(clean(group.label), 30)} {about}")
    most = max((_furthest(row) for row in found.rows), default=0) or 1
    mean, interval = ("mean" if _has_mean(found) else ""), ("95 %" if _has_interval(found) else "")
    named = f"{'lowest':>{LOWEST}}{'highest':>{HIGHEST}}{mean:>{MEAN if mean else 0}}{interval:>{INTERVAL}}"
    lines += ["", f"{'':{LABEL}} 0 %{percent(most):>{AXIS - 3}}{named}"]
    for row in found.rows:
        lines.append(f"{fitted(clean(row.label), LABEL)} {_axis(row, most)}{_range(row, found)}")
    lines += ["", *_reading(found), PURPOSE]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _mark(n: int) -> str:
    return MARKS[n] if n < len(MARKS) else "·"


def _furthest(row: Compared) -> float:
    """How far to the right a row is drawn: its highest share, or the end of its interval."""
    return max(row.highest or 0, row.interval[1] if row.interval else 0)


def _has_mean(found: Comparison) -> bool:
    return any(row.mean is not None for row in found.rows)


def _has_interval(found: Comparison) -> bool:
    return any(row.interval for row in found.rows)


def _axis(row: Compared, most: float) -> str:
    cells = [
        "·" if row.interval and _cell(row.interval[0], most) <= n <= _cell(row.interval[1], most) else " "
        for n in range(AXIS)
    ]
    for n, share in enumerate(row.shares):
        if share is not None:
            at = _cell(share, most)
            cells[at] = "*" if cells[at] not in " ·" else _mark(n)
    return "".join(cells)


def _cell(share: float, most: float) -> int:
    return min(AXIS - 1, round(share / most * (AXIS - 1)))


def _range(row: Compared, found: Comparison) -> str:
    told = f"{brief_percent(row.lowest):>{LOWEST}}{brief_percent(row.highest):>{HIGHEST}}"
    if _has_mean(found):
        told += f"{brief_percent(row.mean):>{MEAN}}"
    if row.interval:
        low, high = map(brief_percent, row.interval)
        told += f"{low.removesuffix(' %')}-{high}".rjust(INTERVAL)
    return told


def _reading(found: Comparison) -> Iterator[str]:
    concurrent = "in it" if found.concurrent else "left out"
    yield f"Each letter is a share of that one's {'chosen' if found.chosen else 'observed'} time; * where several meet."
    if found.left_out:
        yield f"Left out, without such time: {', '.join(map(clean, found.left_out))}."
    yield f"Who: {found.who_rule.value}; concurrent time {concurrent}; the days {WORDS[found.version]}."
    if _has_mean(found):
        yield "Mean: of the heads' shares, each head counting once."
    if _has_interval(found):
        yield "Dots: 95 % interval of the share of all days taken together, by bootstrap"
        yield f"over days ({found.resamples} resamples)."
    else:
        yield "Fewer than three days: no interval."
    if found.across is Across.HEADS and len(found.groups) < FEWEST_HEADS:
        yield "Fewer than three heads: no mean."


OFTEN = (("days", 6), ("observed", 10), ("interactions", 14), ("an hour", 9), ("median", 9), ("under 5 min", 13))
SHARES = (("alone", 10), ("with pupils", 13), ("unplanned", 11), ("classroom visits", 18))
"""The columns of the two tables of key figures, each with its width."""


def groups_text(by: str, groups: Sequence[tuple[str, Summary]]) -> str:
    """Two lines of key figures for each group, in 80 columns: how much and how often, then shares and visits."""
    lines = [
        *_group_table(by, OFTEN, [(name, _often(told)) for name, told in groups]),
        "",
        *_group_table(by, SHARES, [(name, _shares(told)) for name, told in groups]),
        "",
        "Median and under 5 min are of all episodes of known duration; alone, with",
        f"pupils and unplanned are shares of observed time. {NOTHING}: nowhere coded.",
        *(f"The days {WORDS[version]}." for version in dict.fromkeys(told.version for _, told in groups)),
        PURPOSE,
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _group_table(
    by: str, columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[str]:
    room = 80 - sum(width for _, width in OFTEN)
    for name, cells in ((by, [each for each, _ in columns]), *rows):
        drawn = "".join(f"{cell:>{width}}" for cell, (_, width) in zip(cells, columns, strict=True))
        yield f"{fitted(clean(name), room)}{drawn}"


def _often(told: Summary) -> tuple[str, ...]:
    met, lasted = told.interactions, told.episodes
    median, known = lasted.durations.median_minutes, told.coded(ROLE)
    return (
        str(len(told.observations)),
        length(told.window.minutes),
        str(met.count) if known else NOTHING,
        NOTHING if met.per_hour is None or not known else number(met.per_hour),
        NOTHING if median is None else brief_length(median),
        brief_percent(lasted.share(5)),
    )


def _shares(told: Summary) -> tuple[str, ...]:
    who, how, where = told.coded(ROLE), told.coded(MODE), told.coded(PLACE)
    return (
        brief_percent(told.alone.time_share if who else None),
        brief_percent(told.company.pupil_time_share if who else None),
        brief_percent(told.planned.unscheduled.time_share if how else None),
        str(told.presence.visits) if where else NOTHING,
    )
