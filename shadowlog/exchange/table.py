"""A CSV file from outside as records with their line numbers, read within bounds and without guessing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shadowlog.codebooks.problems import Problem, refusal
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, NotFound

MAX_BYTES = 5_000_000
MAX_RECORDS = 2_000
"""No day has more; what a line costs grows with those before it."""
MAX_FIELD = LONGEST_TEXT
MAX_COLUMNS = 1_000
PARTED = {",": "commas", ";": "semicolons"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a table should be: the most lines it may have, what is written a line for, and how columns may be parted."""

    each: str = "episode"
    most: int = MAX_RECORDS
    fewer: str = "a day has no more; make a file of each day"
    size: str = "a day is a few kB; name the right file"
    separators: str = ","


DAY = Kind()


@dataclass(frozen=True, slots=True)
class Table:
    """The header as it stands (trimmed, lower case), the records as (line, column -> text), and what is wrong."""

    name: str
    header: tuple[str, ...]
    records: tuple[tuple[int, dict[str, str]], ...]
    problems: tuple[Problem, ...]


def read_table(source: Path | bytes, name: str = "", kind: Kind = DAY) -> Table:
    """Give a CSV file, or its bytes, as a table.

    UTF-8 with or without a byte order mark, a header in its first line, which shows what parts the columns. BadInput at
    once for what cannot be looked into further: too large, another encoding, NUL bytes, no header; what is wrong with
    single records comes with the table. NotFound for a file that is not there.
    """
    name = clean(name or (str(source) if isinstance(source, Path) else "table"))
    text = _text(_data(source, name, kind), name)
    problems: list[Problem] = []
    beginning = text[:MAX_FIELD].split("\n", 1)[0]
    separator = max(kind.separators, key=beginning.count)
    lines = list(_lines(text, problems, kind, separator))
    if not lines:
        if not problems:
            problems.append(Problem(0, "", "the file is empty", f"write a header and a line for each {kind.each}"))
        raise refusal(name, problems)
    first, *rest = lines
    header = tuple(h.strip().casefold() for h in first[1])
    if len(header) == 1:
        sign = next((s for s in (";", "\t") if s in header[0]), "")
        parted = " or ".join(PARTED[s] for s in kind.separators)
        right = f"save it with {parted} between columns" if sign else f"write a header with {parted} between columns"
        raise refusal(name, [Problem(first[0], "", "the header has one column only", right)])
    if len(header) > MAX_COLUMNS:
        what = f"the header has {len(header)} columns"
        raise refusal(name, [Problem(first[0], "", what, f"use {MAX_COLUMNS} at most")])
    problems += _header_problems(first[0], header)
    records: list[tuple[int, dict[str, str]]] = []
    for line, fields in rest:
        if len(fields) != len(header):
            what = f"the line has {len(fields)} fields and the header has {len(header)}"
            problems.append(
                Problem(line, "", what, f"put text with {PARTED[separator]} in quotes, and write empty fields too")
            )
            continue
        record: dict[str, str] = {}
        for column, value in zip(header, fields, strict=True):
            if len(value) > MAX_FIELD:
                problems.append(Problem(line, column, f"has {len(value)} characters", f"use {MAX_FIELD} at most"))
            record.setdefault(column, value[:MAX_FIELD].strip())
        records.append((line, record))
    return Table(name, header, tuple(records), tuple(problems))


def _header_problems(line: int, header: tuple[str, ...]) -> Iterator[Problem]:
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            what = (
                f"the column {shown(column)} is there {header.count(column)} times"
                if column
                else "a column has no name"
            )
            yield Problem(line, "", what, "give each column its own name")


def _lines(text: str, problems: list[Problem], kind: Kind, separator: str) -> Iterator[tuple[int, list[str]]]:
    # Without strict the reader takes broken quotes for text and joins whatever follows.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found = 0
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as error:
            if str(error).startswith("field larger"):
                what = f"a field has more than {csv.field_size_limit()} characters"
                right = f"use {MAX_FIELD} at most; a quote may be opened there and never closed"
                problems.append(Problem(line, "", what, right))
                return
            right = f"put text with {PARTED[separator]} or quotes in quotes, and double the quotes inside"
            problems.append(Problem(line, "", "the quotes do not match", right))
            return
        if fields is None:
            return
        if not any(f.strip() for f in fields):
            continue
        if found > kind.most:
            problems.append(Problem(line, "", f"there are more than {kind.most} lines", kind.fewer))
            return
        found += 1
        yield line, fields


def _data(source: Path | bytes, name: str, kind: Kind) -> bytes:
    data = source if isinstance(source, bytes) else b""
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError:
            raise NotFound(f"there is no file {name}", "Check the path.") from None
        except OSError as error:
            raise BadInput(f"cannot be read ({error.strerror})", "Name a readable file.", name) from None
    if len(data) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise refusal(name, [Problem(0, "", what, kind.size)])
    return data


def _text(data: bytes, name: str) -> str:
    if (nul := data.find(b"\0")) >= 0:
        what = "there is a NUL byte, so this is no text"
        raise refusal(name, [Problem(data.count(b"\n", 0, nul) + 1, "", what, "save the table as CSV in UTF-8")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from behind the byte order mark.
        mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        line = data.count(b"\n", 0, error.start + mark) + 1
        raise refusal(name, [Problem(line, "", "this is not UTF-8", "save the table as CSV in UTF-8")]) from None
