"""Tidy CSV for the analyst: a table for each kind of thing, a row for each thing, and a dictionary of the columns."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shadowlog.domain.codebook import ROLE
from shadowlog.domain.study import Study
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import MEANING, WORDS, Version, verified_only
from shadowlog.errors import BadInput
from shadowlog.exchange import workshops
from shadowlog.exchange.files import save
from shadowlog.exchange.tidy_columns import COLUMNS, DICTIONARY, Column

Row = dict[str, Any]

TABLES: Sequence[str] = (*COLUMNS, "dictionary")
"""The tables in order; each is a file of that name with the ending .csv."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_EPISODE_COLUMNS = frozenset(c.name for c in COLUMNS["episodes"])
_EPOCH = (1980, 1, 1, 0, 0, 0)


def tables(records: Sequence[Record], version: Version = Version.AMENDED, study: Study | None = None) -> dict[str, str]:
    """Give each table's name and its CSV text (RFC 4180) for these records; BadInput if one stands there twice.

    `version` is that of the records; of the verified one only what is verified has rows. With their `study` what was kept
    of its workshops is there too, if anything was.

    Times are ISO 8601 in the observation's zone with their offset, and beside it ms since the epoch. An empty cell is
    unknown or not said. Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    ids = [record.observation.id for record in records]
    if len(set(ids)) != len(ids):
        raise BadInput("an observation is named twice", "Name each once.")
    if version is Version.VERIFIED:
        records = [verified_only(record) for record in records]
    dimensions = _dimensions(records)
    found: dict[str, str] = {}
    for name, columns in COLUMNS.items():
        header = [c.name for c in columns]
        if name == "episodes":
            header += map(code_column, dimensions)
        about = {"version": version.value} if name == "observations" else {}
        found[name] = _text(header, ({**row, **about} for record in records for row in ROWS[name](record)))
    told = workshops.kept(study) if study is not None else {}
    more = {name: workshops.COLUMNS[name] for name in told}
    found |= {name: _text([c.name for c in more[name]], iter(rows)) for name, rows in told.items()}
    found["dictionary"] = _text([c.name for c in DICTIONARY], _dictionary(records, dimensions, version, more))
    return found


def write(
    records: Sequence[Record],
    target: Path,
    *,
    overwrite: bool = False,
    version: Version = Version.AMENDED,
    study: Study | None = None,
) -> tuple[Path, ...]:
    """Write the tables into a folder, or into one file if `target` ends in .zip; give the paths of the files made.

    BadInput if a file is there already, unless `overwrite`; then nothing is written.
    """
    texts = {f"{name}.csv": text.encode() for name, text in tables(records, version, study).items()}
    if target.suffix.lower() == ".zip":
        return save({target: _zipped(texts)}, overwrite=overwrite)
    if target.is_file():
        raise BadInput("a file has the name of the folder", "Choose another name.", str(target))
    return save({target / name: data for name, data in texts.items()}, overwrite=overwrite)


def _zipped(texts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in texts.items():
            # Without the time of writing the same records give the same bytes.
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _text(header: Sequence[str], rows: Iterator[Row]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in header])
    return made.getvalue()


def cell(value: object) -> str:
    """Give a value as it stands in a cell: true and false, nothing for None, and text that is never a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)


def _dimensions(records: Sequence[Record]) -> list[str]:
    return list(
        dict.fromkeys(d.id for record in records for d in record.observation.codebook.dimensions if d.id != ROLE)
    )


def code_column(dimension: str) -> str:
    """Give the column of episodes.csv that holds a dimension's codes: its id, marked where another column has that."""
    return f"{dimension}_code" if dimension in _EPISODE_COLUMNS else dimension


def _time(record: Record, at: int | None, name: str) -> Row:
    """An instant as two columns, NAME and NAME_ms."""
    if at is None:
        return {}
    here = datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(record.observation.zone))
    return {name: here.replace(microsecond=at % 1000 * 1000).isoformat(timespec="milliseconds"), f"{name}_ms": at}


def _observations(record: Record) -> Iterator[Row]:
    o = record.observation
    yield {
        "observation": o.id,
        "study": o.study,
        "head": o.head,
        "observer": o.observer,
        "zone": o.zone,
        "consent": o.consent,
        "codebook": o.codebook.id,
        "codebook_version": o.codebook.version,
        "running": record.running,
        **_time(record, record.start, "start"),
        **_time(record, record.end, "end"),
    }


def _episodes(record: Record) -> Iterator[Row]:
    book = record.observation.codebook
    spells: dict[str, list[tuple[int, int]]] = {}
    for stretch in (*record.track, *record.concurrent):
        if stretch.episode is not None and stretch.end is not None:
            spells.setdefault(stretch.episode, []).append((stretch.start, stretch.end))
    for number, episode in enumerate(record.episodes, 1):
        own = spells[episode.id]
        start, end = min(s for s, _ in own), max(e for _, e in own)
        counts = [0 if book.is_flagged(ROLE, p.role, "alone") else p.count for p in episode.parties]
        flags = {flag for p in episode.parties for flag in book.code(ROLE, p.role).flags}
        yield {
            "observation": record.observation.id,
            "head": record.observation.head,
            "episode": episode.id,
            "number": number,
            **_time(record, start, "start"),
            **_time(record, end, "end"),
            "elapsed_ms": end - start if episode.duration_known else None,
            "net_ms": sum(e - s for s, e in own) if episode.duration_known else None,
            "spells": len(own),
            "who": ";".join(p.role for p in episode.parties) or None,
            "people": None if None in counts or not counts else sum(c for c in counts if c is not None),
            "alone": "alone" in flags if episode.parties else None,
            "shadower": "shadower" in flags,
            "room": episode.room,
            "interrupts": episode.interrupts,
            "concurrent": episode.concurrent,
            "closed": episode.closed,
            "carried": episode.carried,
            "unsure": episode.unsure,
            "duration_known": episode.duration_known,
            **_time(record, episode.entered, "entered"),
            "amended": episode.amended,
            "verification": episode.verification.value if episode.verification else None,
            **{code_column(dimension): code for dimension, code in episode.codes.items()},
        }


def _spells(record: Record) -> Iterator[Row]:
    pieces = [(s, False) for s in record.track] + [(s, True) for s in record.concurrent]
    for stretch, concurrent in pieces:
        yield {
            "observation": record.observation.id,
            "spell": stretch.id,
            "state": stretch.state.value,
            "episode": stretch.episode,
            "concurrent": concurrent,
            **_time(record, stretch.start, "start"),
            **_time(record, stretch.end, "end"),
            "ms": None if stretch.end is None else stretch.end - stretch.start,
        }


def _parties(record: Record) -> Iterator[Row]:
    for episode in record.episodes:
        for position, party in enumerate(episode.parties, 1):
            yield {
                "observation": record.observation.id,
                "episode": episode.id,
                "position": position,
                "role": party.role,
                "count": party.count,
                "person": party.person,
                **_time(record, party.joined, "joined"),
                **_time(record, party.left, "left"),
            }


def _contacts(record: Record) -> Iterator[Row]:
    for contact in record.contacts:
        yield {
            "observation": record.observation.id,
            "contact": contact.id,
            **_time(record, contact.at, "at"),
            "role": contact.role,
            "place": contact.place,
        }


def _notes(record: Record) -> Iterator[Row]:
    for note in record.notes:
        yield {
            "observation": record.observation.id,
            "note": note.id,
            **_time(record, note.at, "at"),
            "episode": note.episode,
            "incident": note.incident,
            "text": note.text,
        }


def _codes(records: Sequence[Record]) -> Iterator[tuple[str, str, str, str, str]]:
    """Every (codebook, dimension, code, label, definition) of the records, each once."""
    seen: set[tuple[str, str, str]] = set()
    for record in records:
        book = record.observation.codebook
        name = f"{book.id} {book.version}"
        for dimension in book.dimensions:
            for code in dimension.codes:
                if (name, dimension.id, code.id) not in seen:
                    seen.add((name, dimension.id, code.id))
                    yield name, dimension.id, code.id, code.label, code.definition


def _dictionary(
    records: Sequence[Record], dimensions: Sequence[str], version: Version, more: Mapping[str, Sequence[Column]]
) -> Iterator[Row]:
    labels = {d.id: d.label for record in records for d in record.observation.codebook.dimensions}
    every: Mapping[str, Sequence[Column]] = {**COLUMNS, **more, "dictionary": DICTIONARY}
    for table, columns in every.items():
        for column in columns:
            meaning = column.meaning
            if (table, column.name) == ("observations", "version"):
                meaning += f": {WORDS[version]}, {MEANING[version]}"
            yield {"file": f"{table}.csv", "column": column.name, "type": column.type, "meaning": meaning}
        if table == "episodes":
            for dimension in dimensions:
                meaning = f"Code of the dimension {labels[dimension]}; empty is uncoded"
                yield {"file": "episodes.csv", "column": code_column(dimension), "type": "code", "meaning": meaning}
    for book, dimension, code, label, definition in _codes(records):
        file, name = ("parties.csv", "role") if dimension == ROLE else ("episodes.csv", code_column(dimension))
        meaning = f"{label}: {definition}" if definition else label
        yield {"file": file, "column": name, "type": "value", "meaning": meaning, "code": code, "codebook": book}


ROWS: Mapping[str, Callable[[Record], Iterator[Row]]] = {
    "observations": _observations,
    "episodes": _episodes,
    "spells": _spells,
    "parties": _parties,
    "contacts": _contacts,
    "notes": _notes,
}
