"""A comparison as dots on one axis, and groups in a table, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from shadowlog.analysis.compare import FEWEST_HEADS, Across, Compared, Comparison
from shadowlog.analysis.results import Summary
from shadowlog.domain.phrases import NOTHING, brief_length, brief_percent, fitted, length, many, number, percent
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS
from shadowlog.report.sentences import PURPOSE

LABEL, AXIS = 24, 27
MARKS = ascii_lowercase


def comparison_text(found: Comparison) -> str:
    """The whole comparison in 80 columns: who is which letter, a line for each heading, and how to read it."""
    lines = [f"SHARE OF TIME BY {clean(found.label).upper()}, ACROSS {found.across.value.upper()}", ""]
    lines += [f"Only: {clean(words)}" for words in found.chosen]
    for n, group in enumerate(found.groups):
        about = f"{many(group.days, 'day', 'days')}, {length(group.window_minutes)} observed"
        lines.append(f"{_mark(n)}  {fitted(clean(group.label), 30)} {about}")
    most = max((row.highest or 0 for row in found.rows), default=0) or 1
    lines += ["", f"{'':{LABEL}} 0 %{percent(most):>{AXIS - 3}}   lowest  highest"]
    for row in found.rows:
        lines.append(f"{fitted(clean(row.label), LABEL)} {_axis(row, most)}  {_range(row)}")
    lines += ["", *_reading(found), PURPOSE]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _mark(n: int) -> str:
    return MARKS[n] if n < len(MARKS) else "·"


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


def _range(row: Compared) -> str:
    told = f"{brief_percent(row.lowest):>6}  {brief_percent(row.highest):>7}"
    return told if row.mean is None else f"{told}  mean {brief_percent(row.mean)}"


def _reading(found: Comparison) -> Iterator[str]:
    concurrent = "in it" if found.concurrent else "left out"
    yield f"Each letter is a share of that one's {'chosen' if found.chosen else 'observed'} time; * where several meet."
    if found.left_out:
        yield f"Left out, without such time: {', '.join(map(clean, found.left_out))}."
    yield f"Who: {found.who_rule.value}; concurrent time {concurrent}; the days {WORDS[found.version]}."
    if any(row.interval for row in found.rows):
        yield f"Dots: 95 % interval of the share over all days, {found.resamples} resamples of whole days."
    else:
        yield "Fewer than three days: no interval."
    if found.across is Across.HEADS and len(found.groups) < FEWEST_HEADS:
        yield "Fewer than three heads: no mean."


COLUMNS = ("days", "observed", "n", "per h", "median", "<5 min", "alone", "pupils", "unpl.", "visits")
WIDTHS = (5, 8, 6, 6, 8, 7, 6, 7, 6, 7)


def groups_text(by: str, groups: Sequence[tuple[str, Summary]]) -> str:
    """A line of key figures for each group, in 80 columns."""
    room = 80 - sum(WIDTHS)
    head = "".join(f"{name:>{width}}" for name, width in zip(COLUMNS, WIDTHS, strict=True))
    lines = [f"{fitted(by, room)}{head}"]
    for name, told in groups:
        cells = _figures(told)
        drawn = "".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True))
        lines.append(f"{fitted(clean(name), room)}{drawn}")
    lines += [
        "",
        "n: interactions; median and <5 min: of all episodes of known duration; alone,",
        "pupils and unpl. (unplanned): shares of observed time; visits: to classrooms.",
        *(f"The days {WORDS[version]}." for version in dict.fromkeys(told.version for _, told in groups)),
        PURPOSE,
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _figures(told: Summary) -> tuple[str, ...]:
    met, lasted = told.interactions, told.episodes
    median = lasted.durations.median_minutes
    return (
        str(len(told.observations)),
        length(told.window.minutes),
        str(met.count),
        NOTHING if met.per_hour is None else number(met.per_hour),
        NOTHING if median is None else brief_length(median),
        brief_percent(lasted.share(5)),
        brief_percent(told.alone.time_share),
        brief_percent(told.company.pupil_time_share),
        brief_percent(told.planned.unscheduled.time_share),
        str(told.presence.visits),
    )
