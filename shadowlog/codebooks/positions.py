"""Where every value of a TOML text stands. The standard reader does not say, and its error messages need it."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]

# No possessive quantifiers: Python 3.11.0 to 3.11.2 match groups under one wrongly.
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}")
_SCALAR = re.compile(r"[^,\]}#\r\n]*")


def positions(text: str) -> dict[Path, tuple[int, int]]:
    """Give path -> (line, column), both from 1, for every table, key and array item of a text that TOML accepts."""
    return _Walk(text).found


class _Walk:
    def __init__(self, text: str) -> None:
        self.found: dict[Path, tuple[int, int]] = {}
        self._text = text
        self._at = 0
        self._lines = [0, *(m.end() for m in re.finditer("\n", text))]
        self._count: dict[Path, int] = {}
        table: Path = ()
        while self._blank() < len(text):
            start = self._at
            if text.startswith("[[", start):
                self._at += 2
                table = self._item(self._key())
                self._at = text.index("]]", self._at) + 2
                self._mark(table, start)
            elif text[start] == "[":
                self._at += 1
                table = self._inside(self._key())
                self._at = text.index("]", self._at) + 1
                self._mark(table, start)
            else:
                self._pair(table)

    def _mark(self, path: Path, at: int) -> None:
        line = bisect_right(self._lines, at)
        place = (line, at - self._lines[line - 1] + 1)
        while path and path not in self.found:
            self.found[path] = place
            path = path[:-1]

    def _blank(self) -> int:
        self._at = self._after(_BLANK)
        return self._at

    def _after(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        return match.end() if match else self._at

    def _take(self, pattern: re.Pattern[str]) -> str:
        start, self._at = self._at, self._after(pattern)
        return self._text[start : self._at]

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._blank()
            if self._text[self._at] == '"':
                parts.append(tomllib.loads(f"k = {self._take(_BASIC)}")["k"])
            elif self._text[self._at] == "'":
                parts.append(self._take(_LITERAL)[1:-1])
            else:
                parts.append(self._take(_BARE))
            self._blank()
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _inside(self, parts: list[str]) -> Path:
        # A header that passes through an array of tables means its newest item.
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self._count:
                path = (*path, self._count[path] - 1)
        return path

    def _item(self, parts: list[str]) -> Path:
        array = (*self._inside(parts[:-1]), parts[-1])
        self._count[array] = self._count.get(array, 0) + 1
        return (*array, self._count[array] - 1)

    def _pair(self, table: Path) -> None:
        start = self._at
        path = (*table, *self._key())
        self._mark(path, start)
        self._at += 1  # the equals sign
        self._blank()
        self._value(path)

    def _value(self, path: Path) -> None:
        text = self._text
        if text.startswith('"""', self._at):
            self._take(_LONG_BASIC)
        elif text.startswith("'''", self._at):
            self._take(_LONG_LITERAL)
        elif text[self._at] == '"':
            self._take(_BASIC)
        elif text[self._at] == "'":
            self._take(_LITERAL)
        elif text[self._at] in "[{":
            self._many(path, "]" if text[self._at] == "[" else "}")
        else:
            self._take(_SCALAR)

    def _many(self, path: Path, close: str) -> None:
        self._at += 1
        n = 0
        while True:
            self._blank()
            while self._text[self._at] == ",":
                self._at += 1
                self._blank()
            if self._text[self._at] == close:
                self._at += 1
                return
            if close == "]":
                self._mark((*path, n), self._at)
                self._value((*path, n))
                n += 1
            else:
                self._pair(path)
