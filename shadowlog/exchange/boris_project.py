"""Reads a BORIS project (.boris, .boris.gz): strictly where a number depends on it, and bounded."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, NotFound
from shadowlog.exchange.boris_coding import (
    NO_SUBJECT,
    UNSET,
    Basis,
    Behaviour,
    Coding,
    Event,
    Sitting,
    Strays,
    paired,
    split_modifiers,
    within,
)

LARGEST = 100_000_000
"""The largest project that is read, in bytes, unpacked."""
OLDEST, NEWEST = (1, 6), (8, 6)
"""The formats whose structure is known."""
LATEST = Decimal(10) ** 11
"""No time in seconds, counted from 1970 or from anything later, is larger."""

_VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?")
_SHORTCUT = re.compile(r" \(.*\)")


class _NoNumber:
    """NaN and the infinities, which JSON does not have and Python writes."""


def read_project(path: Path) -> Coding:
    """Give the coding of a project; NotFound for no file, BadInput with the place for one that cannot be relied on."""
    name = clean(path.name)
    strays = Strays()
    values = _values(_text(path, name), name, strays)
    return _Project(values, name, strays).coding()


def _text(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if not packed:
                data = raw.read(LARGEST + 1)
            else:
                with gzip.GzipFile(fileobj=raw) as file:
                    data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"There is no file {name}.", "Check the path.") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadInput("the packed file is cut short or damaged", "Pack it again.", name) from None
    except OSError as error:
        raise BadInput(f"cannot be read ({error.strerror})", "Name a readable file.", name) from None
    if len(data) > LARGEST:
        raise BadInput(f"the project is larger than {LARGEST // 1_000_000} MB", "Export part of it.", name)
    return data


def _values(data: bytes, name: str, strays: Strays) -> Any:
    def last(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            # BORIS keeps the last of them too, and projects with two observations of one name are about.
            strays.add("earlier value of a name that stands twice in one object", len(pairs) - len(found))
        return found

    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, parse_float=Decimal, parse_constant=lambda _: _NoNumber(), object_pairs_hook=last)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput("this is not UTF-8", "Save the project from BORIS again.", f"{name}:{line}") from None
    except json.JSONDecodeError as error:
        where = f"{name}:{error.lineno} column {error.colno}"
        raise BadInput("this is no whole JSON", "The file was changed or cut short.", where) from None
    except (RecursionError, ValueError):
        raise BadInput("this is no JSON that a project could be", "Name a BORIS project.", name) from None
    return found


def milliseconds(value: object) -> int | None:
    """Give a time in seconds as whole ms, rounded half to even; None for what is no time."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Decimal(value)
    return round(exact * 1000) if exact.is_finite() and abs(exact) <= LATEST else None


class _Project:
    """One pass over a project's values."""

    def __init__(self, values: Any, name: str, strays: Strays) -> None:
        self._name = name
        self._strays = strays
        if not isinstance(values, dict):
            self._fail("", "a project is an object", "Name a BORIS project.")
        self._values: dict[str, Any] = values

    def coding(self) -> Coding:
        """The whole project."""
        self._version()
        behaviours = {b.code: b for b in self._behaviours()}
        subjects = [self._str(each, "name", place) for place, each in self._conf("subjects_conf")]
        sittings = []
        observations = self._table("observations")
        for number, (name, values) in enumerate(observations.items(), 1):
            place = f"observations[{number}]"
            if not isinstance(values, dict):
                self._fail(place, "is no object", "The file was changed.")
            sittings.append(self._sitting(name, number, values, behaviours))
        categories = self._values.get("behavioral_categories") or []
        if not isinstance(categories, list) or not all(isinstance(c, str) for c in categories):
            self._fail("behavioral_categories", "is no list of names", "The file was changed.")
        found = dict.fromkeys(subjects)
        for sitting in sittings:
            found.update(dict.fromkeys(b.subject for b in sitting.bouts if b.subject))
        if left := self._conf("independent_variables"):
            self._strays.add("independent variable: an observation here has no field for it", len(left))
        order = (*found, "")
        return Coding(
            behaviours,
            tuple(categories),
            order,
            tuple(sittings),
            self._strays.lines(),
        )

    def _version(self) -> None:
        said = self._values.get("project_format_version")
        match = _VERSION.fullmatch(said) if isinstance(said, str) else None
        if match is None:
            cure = "Name a BORIS project; BORIS writes its format there."
            self._fail("project_format_version", f"is {shown(str(said))}, no format of BORIS", cure)
        found = (int(match[1]), int(match[2]))
        if found > NEWEST:
            self._fail(
                "project_format_version",
                f"is {match[0]}, and what a format newer than 8.6 means is not known here",
                "Export the tabular events from BORIS and import those.",
            )
        if found < OLDEST:
            self._fail(
                "project_format_version",
                f"is {match[0]}, older than 1.6",
                "Open it in a newer BORIS, which writes a copy in its own format.",
            )

    def _behaviours(self) -> Iterator[Behaviour]:
        seen: set[str] = set()
        for place, values in self._conf("behaviors_conf"):
            code = self._str(values, "code", place)
            kind = self._str(values, "type", place).casefold()
            if not code.strip() or code in seen:
                self._fail(f"{place}.code", "is empty or that of another behaviour", "Give each behaviour its own.")
            if not kind.startswith(("state event", "point event")):
                self._fail(f"{place}.type", "is neither a state nor a point event", "Choose one of the two in BORIS.")
            seen.add(code)
            names, found = self._sets(values.get("modifiers") or "", f"{place}.modifiers")
            yield Behaviour(
                code,
                kind.startswith("point"),
                self._str(values, "category", place, optional=True),
                self._str(values, "description", place, optional=True),
                names,
                found,
            )

    def _sets(self, modifiers: object, place: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        if isinstance(modifiers, str):
            parts = modifiers.split("|") if modifiers else []
            return ("",) * len(parts), tuple(tuple(_bare(v) for v in part.split(",") if v) for part in parts)
        names, found = [], []
        for where, each in self._ordered(modifiers, place):
            values = each.get("values") or []
            if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
                self._fail(f"{where}.values", "is no list of texts", "The file was changed.")
            names.append(self._str(each, "name", where, optional=True).strip())
            found.append(tuple(_bare(v) for v in values))
        return tuple(names), tuple(found)

    def _sitting(self, name: str, number: int, values: Mapping[str, Any], known: Mapping[str, Behaviour]) -> Sitting:
        place = f"observations[{number}]"
        kind = self._str(values, "type", place, optional=True) or "MEDIA"
        if kind not in {"LIVE", "MEDIA", "IMAGES"}:
            self._fail(f"{place}.type", f"is {shown(kind)}", "It is LIVE, MEDIA or IMAGES.")
        raw = values.get("events", [])
        if not isinstance(raw, list):
            self._fail(f"{place}.events", "is no list", "The file was changed.")
        events = list(self._events(raw, place, pictures=kind == "IMAGES"))
        lo, hi = self._interval(values, place)
        limited = lo is not None
        basis = Basis.ELAPSED
        if values.get("start_from_current_epoch_time") is True:
            basis = Basis.EPOCH
        elif values.get("start_from_current_time") is True:
            basis = Basis.CLOCK
        if not limited and basis is Basis.ELAPSED:
            lo = self._time(values.get("time offset", 0), f"{place}.time offset")
            length = self._length(values) if kind == "MEDIA" else None
            hi = None if length is None else lo + length
        sitting = Sitting(
            name,
            number,
            self._date(values, place),
            basis,
            kind == "LIVE",
            self._str(values, "description", place, optional=True),
            lo,
            hi,
            limited,
            paired(events, known, self._strays),
        )
        return within(sitting, self._strays)

    def _events(self, raw: list[Any], place: str, *, pictures: bool) -> Iterator[Event]:
        for position, each in enumerate(raw, 1):
            if not isinstance(each, list) or not 4 <= len(each) <= 8:
                self._fail(
                    f"{place}.events[{position}]", "is no event", "It is [time, subject, code, modifiers, comment]."
                )
            at, subject, code, modifiers, comment = (*each[:5], "")[:5]
            when = milliseconds(at)
            if when is None:
                if pictures:
                    self._strays.add("event on a picture that has no time")
                    continue
                self._fail(f"{place}.events[{position}][1]", "is no time in seconds", "The file was changed.")
            if not (isinstance(subject, str) and isinstance(code, str) and isinstance(modifiers, str)):
                self._fail(f"{place}.events[{position}]", "holds other things than texts", "The file was changed.")
            if not isinstance(comment, str):
                self._fail(f"{place}.events[{position}][5]", "is no text", "The file was changed.")
            who = "" if subject == NO_SUBJECT else subject
            yield Event(when, who, code, split_modifiers(modifiers), comment)

    def _interval(self, values: Mapping[str, Any], place: str) -> tuple[int | None, int | None]:
        place = f"{place}.observation time interval"
        found = values.get("observation time interval") or [0, 0]
        if not isinstance(found, list) or len(found) != 2:
            self._fail(place, "is no pair of times", "The file was changed.")
        lo, hi = (self._time(each, place) for each in found)
        if not lo and not hi:
            return None, None
        if hi and hi <= lo:
            self._fail(place, "ends before it starts", "Put it right in BORIS.")
        return lo, hi or None

    def _length(self, values: Mapping[str, Any]) -> int | None:
        """How long the films of the first player are together, in ms; None where one of them is not said."""
        info = values.get("media_info") or {}
        lengths = info.get("length") if isinstance(info, dict) else None
        players = values.get("file") or {}
        films = players.get("1") if isinstance(players, dict) else None
        if not isinstance(lengths, dict) or not isinstance(films, list) or not films:
            return None
        found = [milliseconds(lengths.get(film)) if isinstance(film, str) else None for film in films]
        known = [each for each in found if each is not None and each > 0]
        return sum(known) if len(known) == len(found) else None

    def _date(self, values: Mapping[str, Any], place: str) -> dt.datetime | None:
        text = self._str(values, "date", place, optional=True)
        if not text:
            return None
        try:
            return dt.datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            self._fail(f"{place}.date", "is no date and time", "As 2026-11-22T08:00:00.")

    def _time(self, value: object, place: str) -> int:
        found = milliseconds(value)
        if found is None:
            self._fail(place, "is no time in seconds", "The file was changed.")
        return found

    def _conf(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        return self._ordered(self._values.get(name) or {}, name)

    def _ordered(self, table: object, place: str) -> list[tuple[str, dict[str, Any]]]:
        """The lines of a table whose keys are numbers as texts, in the order of the numbers."""
        if not isinstance(table, dict) or not all(re.fullmatch(r"\d{1,6}", key, re.ASCII) for key in table):
            self._fail(place, "is no table of numbered lines", "The file was changed.")
        lines = [(f"{place}[{key}]", table[key]) for key in sorted(table, key=int)]
        for where, each in lines:
            if not isinstance(each, dict):
                self._fail(where, "is no object", "The file was changed.")
        return lines

    def _table(self, name: str) -> dict[str, Any]:
        found = self._values.get(name)
        if not isinstance(found, dict):
            self._fail(name, "is missing or no object", "Name a BORIS project.")
        return found

    def _str(self, values: Mapping[str, Any], name: str, place: str, *, optional: bool = False) -> str:
        found = values.get(name)
        if found is None and optional:
            return ""
        if not isinstance(found, str):
            self._fail(f"{place}.{name}", "is missing or no text", "The file was changed.")
        return found

    def _fail(self, place: str, what: str, cure: str) -> NoReturn:
        raise BadInput(what, cure, f"{self._name}: {place}" if place else self._name)


def _bare(value: str) -> str:
    """A modifier without the key that chooses it."""
    bare = _SHORTCUT.sub("", value).strip()
    return "" if bare in UNSET else bare
