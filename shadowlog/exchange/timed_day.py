"""Reads a timed day: a table of episodes that somebody wrote down with their times, checked as a whole."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from shadowlog.codebooks.problems import Problem, refusal
from shadowlog.domain.almanac import DATE_RULE, FIRST, LAST
from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.codebook_rules import nearest
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput
from shadowlog.exchange.local_time import clock_time, instants, zone_of
from shadowlog.exchange.mapping import TableMapping, mapping_for
from shadowlog.exchange.table import Table, read_table

MAX_TOLD = 20
MAX_PEOPLE = 10_000
_WHOLE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_FRACTION = re.compile(r"\d{0,6}\.?\d{0,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TimedEpisode:
    """One line of the table. `end` is None only for a last line without one: its duration is unknown."""

    line: int
    start: int
    end: int | None
    roles: tuple[str, ...]
    """Empty where who was there is not said."""
    people: int | None
    """How many there were in all; None where it is not said."""
    codes: Mapping[str, str]
    """Dimension to code, for every dimension but role that is coded."""
    interrupts: bool
    """The episode before was suspended by this one."""
    unsure: bool
    note: str


@dataclass(frozen=True, slots=True)
class TimedDay:
    """A table that was read whole. Times are ms since the epoch (UTC)."""

    episodes: tuple[TimedEpisode, ...]
    date: dt.date
    zone: str
    mapping: str
    unread: tuple[str, ...]
    """Columns that the mapping has no use for."""

    @property
    def start(self) -> int:
        """Where the window begins."""
        return self.episodes[0].start

    @property
    def end(self) -> int:
        """Where the window ends: the last end, or the last start where that end is unknown."""
        last = self.episodes[-1]
        return last.start if last.end is None else last.end

    @property
    def end_known(self) -> bool:
        """Whether the last episode has an end."""
        return self.episodes[-1].end is not None


def read(
    source: Path | bytes,
    mapping: TableMapping | None,
    codebook: Codebook,
    date: dt.date,
    zone: str,
    name: str = "",
) -> TimedDay:
    """Give the timed day of a CSV file, or of its bytes, in a codebook's codes; `mapping` None is chosen by the header.

    Times are local times of `zone` on `date`. One that the clocks show twice that day (they are put back) is the first
    that is not before the line before; one they never show is refused. BadInput names the first 20 problems with file,
    line and column; nothing is read in part.
    """
    table = read_table(source, name)
    mapping = mapping or _chosen(table)
    _same_codes(mapping, codebook)
    if not FIRST <= date <= LAST:
        raise BadInput(f"{date} is no day to shadow on", DATE_RULE)
    reading = _Reading(table, mapping, codebook, date, zone)
    episodes = reading.episodes()
    if reading.problems:
        raise refusal(table.name, reading.problems, MAX_TOLD)
    unread = tuple(clean(c) for c in table.header if c not in reading.columns)
    return TimedDay(tuple(episodes), date, zone, mapping.id, unread)


def _chosen(table: Table) -> TableMapping:
    try:
        return mapping_for(table.header)
    except BadInput as error:
        raise BadInput(error.what, error.cure, f"{table.name}:1") from None


def _same_codes(mapping: TableMapping, codebook: Codebook) -> None:
    if strange := [f"{dimension} '{code}'" for dimension, code in mapping.strangers(codebook)]:
        what = f"the mapping '{mapping.id}' writes codes that the codebook '{codebook.id}' lacks: {', '.join(strange)}"
        raise BadInput(what, f"Use the codebook '{mapping.codebook}', or a mapping made for this one.")


class _Reading:
    """One pass over a table; what is wrong gathers in `problems`."""

    def __init__(self, table: Table, mapping: TableMapping, codebook: Codebook, date: dt.date, zone: str) -> None:
        self.problems = list(table.problems)
        self.columns = {c.casefold() for c in mapping.known()}
        self._table = table
        self._mapping = mapping
        self._codebook = codebook
        self._date = date
        self._zone = zone_of(zone)
        self._line = 0
        self._record: Mapping[str, str] = {}

    def episodes(self) -> list[TimedEpisode]:
        """Every line as an episode, the ends filled in; of no use if there are problems."""
        spare = [c for c in self._table.header if c not in self.columns]
        for column in self._mapping.required():
            if column.casefold() not in self._table.header:
                guess = nearest(column, spare) if spare else ""
                right = f"it stands there as {guess[13:-1]}; rename that" if guess.startswith("did") else "add it"
                self._say(f"the column '{column}' is missing", right, line=1)
        if self._mapping.columns.start.casefold() not in self._table.header:
            return []
        if not self._table.records and not self._table.problems:
            self._say("the table has a header and no lines", "write a line for each episode", line=0)
        found: list[TimedEpisode] = []
        last_start: int | None = None
        for line, record in self._table.records:
            self._line, self._record = line, record
            start, end = self._times(last_start)
            episode = self._episode(start, end)
            if start is not None:
                last_start = start
                found.append(episode)
        return self._joined(found)

    def _episode(self, start: int | None, end: int | None) -> TimedEpisode:
        roles = self._roles()
        note = clean(self._cell(self._mapping.columns.note))
        if note and any(self._codebook.is_flagged(ROLE, r, "no_note") for r in roles):
            self._say("someone who asked not to be recorded is there", "leave it empty", self._mapping.columns.note)
        coded = {d: self._code(d) for d in self._mapping.codes if d != ROLE}
        return TimedEpisode(
            line=self._line,
            start=start or 0,
            end=end,
            roles=roles,
            people=self._people(roles),
            codes={d: code for d, code in coded.items() if code is not None},
            interrupts=self._interrupts(),
            unsure=self._unsure(),
            note=note,
        )

    def _joined(self, episodes: list[TimedEpisode]) -> list[TimedEpisode]:
        """The episodes with empty ends filled, once each is looked at beside the next."""
        interrupts, end = self._mapping.columns.interrupts, self._mapping.columns.end
        if episodes and episodes[0].interrupts:
            self._say("the first line has nothing to interrupt", "write 0", interrupts, episodes[0].line)
        for one, two in pairwise(episodes):
            if one.end is not None and one.end > two.start:
                what = f"ends after the next line starts (line {two.line})"
                self._say(what, "end it by then, or leave its end empty", end, one.line)
            elif two.interrupts and one.end is not None and one.end < two.start:
                what = "interrupts the line before, which had ended by then"
                self._say(what, "leave the end of the line before empty, or write 0", interrupts, two.line)
        filled = [replace(one, end=two.start if one.end is None else one.end) for one, two in pairwise(episodes)]
        return [*filled, *episodes[-1:]]

    def _times(self, before: int | None) -> tuple[int | None, int | None]:
        columns = self._mapping.columns
        if not self._cell(columns.start):
            self._say("is empty", "write when it started, as HH:MM", columns.start)
            return None, None
        start = self._instant(columns.start, before, "is before the start of the line before")
        if not self._cell(columns.end):
            return start, None
        return start, self._instant(columns.end, start, "is before the start of the same line")

    def _instant(self, column: str, least: int | None, too_early: str) -> int | None:
        text = self._cell(column)
        at = clock_time(text)
        if at is None:
            past = re.fullmatch(r"(2[4-9]|[3-9]\d):[0-5]\d(:[0-5]\d)?", text)
            what = f"{shown(text)} is past midnight" if past else f"{shown(text)} is no time"
            right = "a day ends by 23:59; put the rest in a file of the next day" if past else "write HH:MM or HH:MM:SS"
            self._say(what, right, column)
            return None
        found = instants(self._date, at, self._zone)
        if not found:
            what = f"{shown(text)} never was on {self._date}: the clocks of {self._zone.key} went forward over it"
            self._say(what, "write a time that the clocks showed", column)
            return None
        fitting = [each for each in found if least is None or each >= least]
        if not fitting:
            right = "lines go in order of time within one day; put what is past midnight in a file of the next day"
            self._say(f"{shown(text)} {too_early}", right, column)
            return None
        return fitting[0]

    def _roles(self) -> tuple[str, ...]:
        if ROLE not in self._mapping.codes:
            return ()
        column = self._mapping.codes[ROLE]
        text = self._cell(column.column)
        parts = text.split(column.separator) if column.separator else [text]
        found = dict.fromkeys(self._code(ROLE, part.strip()) for part in parts)
        roles = tuple(r for r in found if r is not None)
        if len(roles) > 1 and any(self._codebook.is_flagged(ROLE, r, "alone") for r in roles):
            self._say(f"{shown(text)} is alone and in company", "write one or the other", column.column)
        return roles

    def _code(self, dimension: str, value: str | None = None) -> str | None:
        column = self._mapping.codes[dimension]
        text = self._cell(column.column) if value is None else value
        if not text:
            return None
        try:
            return column.code(text, self._codebook, dimension)
        except KeyError:
            allowed = column.vocabulary(self._codebook, dimension)
            self._say(f"{shown(text)} is not in the vocabulary", f"allowed: {', '.join(allowed)}", column.column)
            return None

    def _people(self, roles: Iterable[str]) -> int | None:
        column = self._mapping.columns.people
        text = self._cell(column)
        if not text:
            return None
        if not _WHOLE.fullmatch(text) or int(text) > MAX_PEOPLE:
            self._say(f"{shown(text)} is no number of people", f"write 1 to {MAX_PEOPLE}, or leave it empty", column)
            return None
        if any(self._codebook.is_flagged(ROLE, r, "alone") for r in roles):
            self._say(f"{shown(text)} people are there and the head is alone", "leave it empty", column)
        elif int(text) < len(tuple(roles)):
            self._say(f"{shown(text)} is fewer than the groups present", "write how many there are in all", column)
        return int(text)

    def _interrupts(self) -> bool:
        column = self._mapping.columns.interrupts
        text = self._cell(column)
        if text not in {"", "0", "1"}:
            self._say(f"{shown(text)} is neither 0 nor 1", "write 1 if it interrupted the line before, else 0", column)
        return text == "1"

    def _unsure(self) -> bool:
        column = self._mapping.columns.confidence
        text = self._cell(column)
        if not text:
            return False
        if not _FRACTION.fullmatch(text) or text == "." or not 0 <= float(text) <= 1:
            self._say(f"{shown(text)} is no confidence", "write a number from 0 to 1, or leave it empty", column)
            return False
        return float(text) < self._mapping.unsure_below

    def _cell(self, column: str) -> str:
        return self._record.get(column.casefold(), "") if column else ""

    def _say(self, what: str, right: str, column: str = "", line: int | None = None) -> None:
        self.problems.append(Problem(self._line if line is None else line, column, what, right))
