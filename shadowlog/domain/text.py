"""Text from outside made safe to keep and to draw: no control characters, no escape sequences, nothing that reorders."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable

# Whole sequences, so that no harmless-looking tail of one ("[31m") stays behind. C1 forms count as their ESC twins.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\r\n]*(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]?"
)
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Bidirectional overrides and isolates, zero-width space, byte order mark. Joiners stay: scripts and emoji need them.
_INVISIBLE = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str, *, lines: bool = False) -> str:
    """Give the text without escape sequences and control characters; line breaks become a space unless `lines`."""
    text = _SEQUENCE.sub("", text)
    text = _BREAK.sub("\n" if lines else " ", text).replace("\t", " ")
    text = _INVISIBLE.sub("", text)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def shown(value: str, limit: int = 40) -> str:
    """Give a foreign value as a message may quote it: cleaned, in quotes, cut to `limit` characters."""
    safe = clean(value)
    return f"'{safe[: limit - 1]}…'" if len(safe) > limit else f"'{safe}'"


def named(name: str, names: Iterable[str]) -> str | None:
    """Give the name itself if it is among the names, else the only one that is it but for the case of letters, else None."""
    there = set(names)
    if name in there:
        return name
    found = [each for each in there if each.casefold() == name.casefold()]
    return found[0] if len(found) == 1 else None


def short_ends(ids: Collection[str], least: int = 4) -> dict[str, str]:
    """Give each id the end that names it alone among the beginnings and ends of all; all ends equally long, or whole ids."""
    there = [each.casefold() for each in ids]
    for size in range(least, max(map(len, there), default=0)):
        parts = Counter(part for each in there for part in {each[:size], each[-size:]})
        if all(parts[each[-size:]] == 1 for each in there):
            return {each: each[-size:] for each in ids}
    return {each: each for each in ids}


def by_beginning(name: str, names: Iterable[str]) -> list[str]:
    """Give the name itself if it is among the names, else those that begin so, in any case of letters; none for ""."""
    there = sorted(set(names))
    if name in there:
        return [name]
    return [each for each in there if name and each.casefold().startswith(name.casefold())]
