"""Numbers, lengths and times as a reader says them, and text fitted to a column."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from datetime import date
from itertools import accumulate

NOTHING = "–"
EIGHTHS = "▏▎▍▌▋▊▉█"
HEIGHTS = "▁▂▃▄▅▆▇█"


def percent(part: float | None) -> str:
    """A share as a percentage: 47 %, under 1 %, or a dash where there was nothing to divide by."""
    if part is None:
        return NOTHING
    return "under 1 %" if part > 0 and not round(part * 100) else f"{part * 100:.0f} %"


def percent_of_agreement(part: float | None) -> str:
    """A share to a tenth of a percent; what is not everything is never rounded up to it."""
    if part is None:
        return NOTHING
    return "100 %" if part == 1 else f"{min(part * 100, 99.9):.1f} %"


def of_the_time(part: float | None) -> str:
    """A part of 1 as so much of the time, in words; None: no time passed of which it could be a part."""
    return "no time" if part is None else f"{percent(part)} of the time"


def coefficient(value: float | None) -> str:
    """Kappa and its like with two decimals; a dash for what is not defined."""
    return NOTHING if value is None else f"{value + 0:.2f}".replace("-0.00", "0.00")


def number(value: float) -> str:
    """A count, with one decimal where the rule made it a fraction."""
    return f"{value:.1f}".removesuffix(".0")


def length(minutes: float) -> str:
    """A length of time: 40 s, 2 min 46 s, 12 min, 7 h 40."""
    seconds = round(minutes * 60)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 600:
        whole, rest = divmod(seconds, 60)
        return f"{whole} min {rest} s" if rest else f"{whole} min"
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest:02d}" if hours else f"{rest} min"


def brief_percent(part: float | None) -> str:
    """A share as a percentage for a column: 47 %, <1 %."""
    return percent(part).replace("under ", "<")


def brief_length(minutes: float) -> str:
    """A length of time for a column: 2 s, 2.8 min, 12 min, 7 h 40."""
    return f"{minutes:.1f} min" if 0.05 <= minutes < 9.95 else length(minutes) if minutes else "0 min"


def apart(start: int, end: int) -> int:
    """How far (ms) two instants are apart by the clock times shown of them, which are cut to the second."""
    return (end // 1000 - start // 1000) * 1000


def span(ms: int) -> str:
    """Give a length as 0:24, 12:07 or 2:12:07."""
    minutes, seconds = divmod(max(ms, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def time_of_day(minute: float) -> str:
    """Minutes after midnight as a clock time, cut to the minute."""
    hours, rest = divmod(int(minute), 60)
    return f"{hours % 24:02d}:{rest:02d}"


def day_words(iso: str) -> str:
    """An ISO date in words: Tuesday 24 November 2026."""
    when = date.fromisoformat(iso)
    return f"{when:%A} {when.day} {when:%B %Y}"


def many(count: float, one: str, more: str) -> str:
    """A count with its noun."""
    return f"{number(count)} {one if count == 1 else more}"


def columns(text: str) -> int:
    """How many terminal columns the text takes: wide characters two, combining ones none."""
    return sum(map(_wide, text))


def _wide(c: str) -> int:
    # Letters that are drawn into the one before: marks, signs without a width, the vowels and ends of a Korean syllable.
    if unicodedata.category(c) in {"Mn", "Me", "Cf"} or "\u1160" <= c <= "\u11ff":
        return 0
    return 1 + (unicodedata.east_asian_width(c) in "WF")


def fitted(text: str, width: int, right: bool = False) -> str:
    """The text in exactly so many columns, cut with an ellipsis or filled with spaces."""
    ends = list(accumulate(map(_wide, text)))
    if ends and ends[-1] > width:
        text = f"{text[: bisect_right(ends, width - 1)]}…"
    space = " " * (width - columns(text))
    return space + text if right else text + space


def broken(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most so many columns, broken between words, a longer word within; `indent` begins all but the first."""
    lines: list[str] = []
    line = ""
    for each in text.split(" "):
        word = each
        while columns(begun := f"{line} {word}" if line.strip() else f"{line}{word or ' '}") > width:
            if line.strip():
                lines.append(line)
            else:
                at = max(1, bisect_right(list(accumulate(map(_wide, word))), width - columns(line)))
                lines.append(line + word[:at])
                word = word[at:]
            line = indent
        line = begun
    return [*lines, line] if line.strip() else lines


def bar(part: float | None, width: int) -> str:
    """A bar of eighth blocks that is `width` columns long at 1; something above 0 never draws as nothing."""
    eighths = round(min(max(part or 0, 0), 1) * width * 8)
    if part and width and not eighths:
        eighths = 1
    whole, rest = divmod(eighths, 8)
    return EIGHTHS[-1] * whole + (EIGHTHS[rest - 1] if rest else "")


def height(part: float) -> str:
    """One column as high as the part of 1; a space for nothing."""
    return HEIGHTS[min(7, int(part * 8))] if part > 0 else " "
