"""A comparison as dots on one axis, and groups in a table, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase

from shadowlog.analysis.comparison import FEWEST_HEADS, Across, Comparison, Spread
from shadowlog.analysis.results import Summary
from shadowlog.domain.codebook import MODE, PLACE, ROLE
from shadowlog.domain.phrases import (
    HEIGHTS,
    NOTHING,
    brief_length,
    brief_percent,
    broken,
    fitted,
    length,
    many,
    number,
    percent,
)
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS
from shadowlog.report.beside import of
from shadowlog.report.sentences import PURPOSE

WIDTH = 80
LABEL, SIDE, AXIS = 22, 6, 20
LOWEST, HIGHEST, MEAN, INTERVAL = 7, 8, 6, 10
OBSERVERS = "Observers saw days of their own: what differs may be the days. `shadowlog agreement` compares two observers of one day."
MARKS = f"{ascii_lowercase}23456789"
"""Those that are told apart from one another, from the capitals of activities, and from the signs of the axis."""
UNCODED_MARK = "-"
ALIKE = "The days of one head are alike, and the interval is over days: across heads it is narrower than one over heads would be"


def comparison_text(found: Comparison) -> str:
    """The whole comparison in 80 columns: who is which letter, how often and how long of each heading, and how to read it."""
    lines = [*broken(f"SHARES BY {clean(found.label).upper()}, ACROSS {found.across.value.upper()}", WIDTH), ""]
    for words in found.chosen:
        lines += broken(f"Only: {clean(words)}", WIDTH, "  ")
    for n, group in enumerate(found.groups):
        about = f"{many(group.days, 'day', 'days')}, {length(group.window_minutes)}, {many(group.episodes, 'episode', 'episodes')}"
        lines.append(f"{_mark(n, found)}  {fitted(clean(group.label), 30)} {about}")
    spreads = [spread for row in found.rows for spread in (row.often, row.lasted)]
    most = max(map(_furthest, spreads), default=0) or 1
    mean, interval = ("mean" if has_mean(found) else ""), ("95 %" if has_interval(found) else "")
    named = f"{'lowest':>{LOWEST}}{'highest':>{HIGHEST}}{mean:>{MEAN if mean else 0}}{interval:>{INTERVAL}}"
    drawn = f"0 %{percent(most):>{AXIS - 3}}" if _told_apart(found) else " " * AXIS
    lines += ["", f"{'':{LABEL + SIDE}} {drawn}{named}"]
    for row in found.rows:
        label = fitted(clean(row.label), LABEL)
        for name, side, spread in ((label, "often", row.often), (" " * LABEL, "long", row.lasted)):
            axis = _axis(spread, most) if _told_apart(found) else " " * AXIS
            lines.append(f"{name} {side:{SIDE}}{axis}{_range(spread, found)}")
    lines += ["", *(_profiles(found) if _told_apart(found) else ())]
    for sentence in _reading(found):
        lines += broken(sentence, WIDTH)
    lines.append(PURPOSE)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _told_apart(found: Comparison) -> bool:
    """Whether there is a mark for each; else nothing is drawn with marks."""
    return len(found.groups) <= len(MARKS)


def _mark(n: int, found: Comparison) -> str:
    return MARKS[n] if _told_apart(found) else " "


def _furthest(spread: Spread) -> float:
    """How far to the right a line is drawn: its highest share, or the end of its interval."""
    return max(spread.highest or 0, spread.interval[1] if spread.interval else 0)


def has_mean(found: Comparison) -> bool:
    """Whether a mean of heads is told."""
    return any(row.lasted.mean is not None for row in found.rows)


def has_interval(found: Comparison) -> bool:
    """Whether an interval over days is told."""
    return any(row.lasted.interval for row in found.rows)


def has_heads_of_several_days(found: Comparison) -> bool:
    """Whether heads are compared of whom some have several days, over which an interval is told."""
    return found.across is Across.HEADS and has_interval(found) and any(group.days > 1 for group in found.groups)


def _axis(spread: Spread, most: float) -> str:
    low, high = (_cell(end, most) for end in spread.interval) if spread.interval else (AXIS, -1)
    cells = ["·" if low <= n <= high else " " for n in range(AXIS)]
    for n, share in enumerate(spread.shares):
        if share is not None:
            at = _cell(share, most)
            cells[at] = "*" if cells[at] not in " ·" else MARKS[n]
    return "".join(cells)


def _cell(share: float, most: float) -> int:
    return min(AXIS - 1, round(share / most * (AXIS - 1)))


def _range(spread: Spread, found: Comparison) -> str:
    told = f"{brief_percent(spread.lowest):>{LOWEST}}{brief_percent(spread.highest):>{HIGHEST}}"
    if has_mean(found):
        told += f"{brief_percent(spread.mean):>{MEAN}}"
    if spread.interval:
        low, high = map(brief_percent, spread.interval)
        told += f"{low.removesuffix(' %')}-{high}".rjust(INTERVAL)
    return told


def _profiles(found: Comparison) -> Iterator[str]:
    """The day profiles one below the other: in each hour what took most of it, and how much of what was observed."""
    if not found.profiles:
        return
    letters: dict[str | None, str] = {None: UNCODED_MARK}
    names: dict[str, str] = {}
    rows = []
    for n, profile in enumerate(found.profiles):
        cells = []
        for each in profile.bins:
            spent, at = max(((spent, -k) for k, spent in enumerate(each.minutes)), default=(0.0, 0))
            if not spent or not each.observed_minutes:
                cells.append("   ")
                continue
            code = profile.codes[-at]
            if code not in letters:
                letters[code] = ascii_uppercase[len(names)] if len(names) < len(ascii_uppercase) else "#"
                names[letters[code]] = clean(profile.labels[-at])
            part = min(1.0, spent / each.observed_minutes)
            cells.append(f"{letters[code]}{HEIGHTS[min(7, int(part * 8))]} ")
        rows.append(f"{MARKS[n]}  {''.join(cells)}")
    told = "Of what is chosen, what" if found.of_episodes else "What"
    yield from broken(f"{told} took most of each hour, and how much of what was {of(found).seen}:", WIDTH)
    yield "   " + "".join(f"{each.label[:2]} " for each in found.profiles[0].bins)
    yield from rows
    known = [f"{mark} {name}" for mark, name in names.items() if mark != "#"]
    known += ["# another"] if "#" in names else []
    known += [f"{UNCODED_MARK} uncoded"] if any(UNCODED_MARK in row[3:] for row in rows) else []
    # A letter and its name stay on one line.
    joined = "; ".join(each.replace(" ", "\N{NO-BREAK SPACE}") for each in known)
    for line in broken(f"   {joined}", 78, "   "):
        yield line.replace("\N{NO-BREAK SPACE}", " ")
    yield ""


def _reading(found: Comparison) -> Iterator[str]:
    whole = of(found)
    if _told_apart(found):
        yield (
            f"Each letter is a share of that one's own: often, of its {whole.episodes}; long, of its {whole.time}; "
            "* where several meet."
        )
    else:
        yield (
            f"No axis: {len(found.groups)} {found.across.value}, and marks that are told apart for {len(MARKS)}. Name fewer, or "
            "write the page with -o."
        )
        yield f"Shares are of each one's own: often, of its {whole.episodes}; long, of its {whole.time}."
    if found.left_out:
        yield f"Left out: {'; '.join(map(clean, found.left_out))}."
    yield f"Who: {found.who_rule.value}; concurrent time {'in it' if found.concurrent else 'left out'}; the days {WORDS[found.version]}."
    if has_mean(found):
        yield "Mean: of the heads' shares, each head counting once."
    if has_interval(found):
        yield (
            f"{'Dots: ' if _told_apart(found) else ''}95 % interval of the share of all days taken together, by bootstrap over "
            f"days ({found.resamples} resamples); of few days a hint, not a measure."
        )
        if has_heads_of_several_days(found):
            yield f"{ALIKE}."
    else:
        yield "Fewer than three days: no interval."
    if found.across is Across.HEADS and len(found.groups) < FEWEST_HEADS:
        yield "Fewer than three heads: no mean."
    if found.across is Across.OBSERVERS:
        yield OBSERVERS


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
