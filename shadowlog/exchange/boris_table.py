"""Reads BORIS' tabular events and aggregated events (CSV or TSV), old layouts and new, by the names in the header."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, NotFound
from shadowlog.exchange.boris_coding import (
    NO_SUBJECT,
    Basis,
    Behaviour,
    Bout,
    Coding,
    Event,
    Sitting,
    Strays,
    paired,
    split_modifiers,
    within,
)
from shadowlog.exchange.boris_project import milliseconds

LARGEST = 100_000_000
"""The largest table that is read, in bytes."""
BEGINNING = 20_000

_ABSENT = frozenset({"", "NA", "na", "NaN", "nan", "None"})
_CLOCK = re.compile(r"(-?)(\d{1,5}):(\d\d):(\d\d(?:\.\d{1,9})?)", re.ASCII)
_MODIFIER = re.compile(r"modifier #(\d{1,3})")
_LINE = re.compile(r"[^\r\n]*")
_EDGES = {"START": "START", "STOP": "STOP", "POINT": "POINT"}


def is_table(path: Path) -> bool:
    """Whether a file begins with the header of one of the two tables."""
    if path.suffix.casefold() not in {".csv", ".tsv", ".txt"}:
        return False
    try:
        with path.open("rb") as file:
            first = file.read(BEGINNING).decode("utf-8-sig", "replace")
    except OSError:
        return False
    try:
        header = _names(_line(first.replace("\0", "")))
    except csv.Error:
        return False
    return {"observation id", "behavior"} <= set(header) and bool({"start (s)", "time"} & set(header))


def read_table(path: Path) -> Coding:
    """Give the coding of a table; BadInput names line and column of what cannot be relied on, NotFound no file."""
    name = clean(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {name}.", "Check the path.") from None
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", "Name a readable file.", name) from None
    if len(data) > LARGEST:
        raise BadInput(f"the table is larger than {LARGEST // 1_000_000} MB", "Export part of it.", name)
    if (nul := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise BadInput("there is a NUL byte, so this is no text", "Export it again.", f"{name}:{line}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("this is not UTF-8", "Export it again.", f"{name}:{line}") from None
    return _Table(text, name).coding()


def _line(text: str) -> str:
    """The first line; old spreadsheets end it with a CR alone."""
    found = _LINE.match(text)
    return found[0] if found else ""


def _names(line: str) -> list[str]:
    sign = "\t" if "\t" in line else ","
    return [each.strip().casefold() for each in next(csv.reader([line], delimiter=sign), [])]


class _Table:
    """One pass over a table."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._text = text
        self._strays = Strays()
        self._line = 0
        self._record: Mapping[str, str] = {}

    def coding(self) -> Coding:
        """The whole table."""
        self._line = 1
        try:
            header = _names(_line(self._text))
        except csv.Error:
            self._fail("", "the header never ends", "Export the table from BORIS again.")
        for column in ("observation id", "subject", "behavior", "behavior type"):
            if header.count(column) != 1:
                self._fail(column, "the column is missing or stands there twice", "Export the table from BORIS again.")
        bouts = "start (s)" in header
        sets = sorted((int(m[1]), h) for h in header if (m := _MODIFIER.fullmatch(h)))
        behaviours: dict[str, Behaviour] = {}
        subjects: dict[str, None] = {}
        found: dict[str, list[tuple[Event, int | None, tuple[tuple[int, str], ...]]]] = {}
        heads: dict[str, Sitting] = {}
        for record in self._records(header):
            self._record = record
            sitting, code = self._cell("observation id"), self._cell("behavior")
            who = self._cell("subject")
            subject = "" if who in {NO_SUBJECT, "NA"} else who
            kind = self._cell("behavior type").upper()
            if not code or kind not in {"START", "STOP", "POINT", "STATE"} or (kind == "STATE") > bouts:
                right = "STATE or POINT" if bouts else "START, STOP or POINT"
                self._fail("behavior type", f"{shown(kind)} of {shown(code)} is no event", f"It is {right}.")
            point = kind == "POINT"
            known = behaviours.get(code)
            if known is not None and known.point != point:
                self._fail("behavior type", f"{shown(code)} is a state and a point", "Give each its own code.")
            if known is None:
                behaviours[code] = Behaviour(code, point, self._category())
            subjects.setdefault(subject)
            if sitting not in heads:
                heads[sitting] = self._sitting(sitting, len(heads) + 1)
            event, end, comments = self._event(subject, code, kind, sets, bouts=bouts)
            found.setdefault(sitting, []).append((event, end, comments))
        sittings = tuple(self._whole(each, found[each.name], behaviours, bouts=bouts) for each in heads.values())
        categories = tuple(dict.fromkeys(b.category for b in behaviours.values() if b.category))
        order = (*(s for s in subjects if s), "")
        return Coding(behaviours, categories, order, sittings, self._strays.lines())

    def _event(
        self, subject: str, code: str, kind: str, sets: list[tuple[int, str]], *, bouts: bool
    ) -> tuple[Event, int | None, tuple[tuple[int, str], ...]]:
        modifiers = split_modifiers("|".join(self._cell(h).replace("|", "/") for _, h in sets))
        if not sets:
            modifiers = split_modifiers(self._cell("modifiers"))
        while modifiers and not modifiers[-1]:
            modifiers = modifiers[:-1]
        if not bouts:
            event = Event(self._time("time"), subject, code, modifiers, self._cell("comment"), _EDGES[kind])
            return event, None, ()
        start = self._time("start (s)")
        end: int | None = start
        if kind == "STATE":
            end = None if self._cell("stop (s)") in _ABSENT else self._time("stop (s)")
        if end is not None and end < start:
            self._fail("stop (s)", "is before the start", "Export the table again.")
        comments = tuple(
            (at, text)
            for at, column in ((start, "comment start"), (start if end is None else end, "comment stop"))
            if (text := self._cell(column)) and text not in _ABSENT
        )
        return Event(start, subject, code, modifiers), end, comments

    def _whole(
        self,
        sitting: Sitting,
        lines: list[tuple[Event, int | None, tuple[tuple[int, str], ...]]],
        behaviours: Mapping[str, Behaviour],
        *,
        bouts: bool,
    ) -> Sitting:
        if bouts:
            made = tuple(
                Bout(e.subject, e.code, e.modifiers, e.at, end, behaviours[e.code].point, comments)
                for e, end, comments in sorted(lines, key=lambda line: line[0].at)
            )
        else:
            made = paired((event for event, _, _ in lines), behaviours, self._strays)
        return within(replace(sitting, bouts=made), self._strays)

    def _sitting(self, name: str, number: int) -> Sitting:
        live = self._cell("observation type").casefold().startswith("live")
        lo = 0
        if (offset := self._cell("time offset (s)")) not in _ABSENT:
            lo = self._time("time offset (s)") if _number(offset) is not None else 0
        length = next(
            (
                found
                for column in ("media duration (s)", "total length")
                if (found := _number(self._cell(column))) is not None and found > 0
            ),
            None,
        )
        hi = None if live or length is None else lo + length
        return Sitting(name, number, self._date(), Basis.ELAPSED, live, self._cell("description"), lo, hi)

    def _date(self) -> dt.datetime | None:
        text = self._cell("observation date")
        if text in _ABSENT:
            return None
        try:
            return dt.datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            self._fail("observation date", f"{shown(text)} is no date and time", "As 2026-11-22 08:00:00.")

    def _category(self) -> str:
        text = self._cell("behavioral category")
        return "" if text == "Not defined" or text in _ABSENT else text

    def _time(self, column: str) -> int:
        found = _number(self._cell(column))
        if found is None:
            self._fail(column, f"{shown(self._cell(column))} is no time", "In seconds, or as hh:mm:ss.")
        return found

    def _cell(self, column: str) -> str:
        return self._record.get(column, "")

    def _records(self, header: list[str]) -> Iterator[dict[str, str]]:
        sign = "\t" if "\t" in _line(self._text) else ","
        reader = csv.reader(io.StringIO(self._text, newline=""), delimiter=sign, strict=True)
        try:
            next(reader, None)
            self._line = reader.line_num + 1
            for fields in reader:
                if any(each.strip() for each in fields):
                    if len(fields) != len(header):
                        what = f"the line has {len(fields)} fields and the header has {len(header)}"
                        self._fail("", what, "Export the table again.")
                    yield {column: value.strip() for column, value in zip(header, fields, strict=True)}
                self._line = reader.line_num + 1
        except csv.Error:
            self._fail("", "the quotes do not match, or a field never ends", "Export the table again.")

    def _fail(self, column: str, what: str, cure: str) -> NoReturn:
        raise BadInput(what, cure, f"{self._name}:{self._line} {column}".rstrip())


def _number(text: str) -> int | None:
    """Seconds, or hh:mm:ss.mmm, as ms; None for what is neither."""
    if match := _CLOCK.fullmatch(text):
        seconds = Decimal(match[2]) * 3600 + Decimal(match[3]) * 60 + Decimal(match[4])
        return milliseconds(-seconds if match[1] else seconds)
    try:
        return milliseconds(Decimal(text))
    except InvalidOperation:
        return None
