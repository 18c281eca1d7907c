"""The form of the lossless JSON: what a file may hold, checked strictly and bounded before anything is made of it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, create_model
from pydantic_core import ErrorDetails

from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.commands import Payload
from shadowlog.domain.kinds import KINDS
from shadowlog.domain.payload import ENVELOPE, PARTIES
from shadowlog.domain.text import clean

LATEST = 7_258_204_800_000
"""Numbers are within this many: as an instant in ms since the epoch, the end of the last day anywhere in 2199."""
MOST = 20_000
"""The longest journal, in entries; a day has some hundreds."""

ObservationId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$")]
"""It becomes part of file names."""
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
"""A slash marks the ids that the recorder makes of these, so there is none in them."""
Label = Annotated[str, Field(min_length=1, max_length=200)]
At = Annotated[int, Field(ge=0, le=LATEST)]
Path = tuple[str | int, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, str_max_length=LONGEST_TEXT)


class PeriodPart(_Part):
    """A period of the school day, in minutes after local midnight."""

    label: Label
    start: Annotated[int, Field(ge=0, le=2880)]
    end: Annotated[int, Field(ge=0, le=2880)]


class ObservationPart(_Part):
    """What the record is of; the codebook stands beside it."""

    id: ObservationId
    study: Label
    head: Label
    observer: Label
    zone: Label
    consent: Annotated[str, Field(max_length=2_000)]
    periods: Annotated[tuple[PeriodPart, ...], Field(max_length=60)]


class SaidPart(_Part):
    """One reading of the clocks: wall in ms, mono in ns, and its boot."""

    wall: At
    mono: Annotated[int, Field(ge=0, le=2**63 - 1)]
    boot: Annotated[str, Field(max_length=200)]


class EntryPart(_Part):
    """One command of the journal."""

    kind: str
    version: Annotated[int, Field(ge=1, le=1_000)]
    id: Id
    at: At
    author: Label
    said: SaidPart
    skeleton: dict[str, JsonValue]
    content: dict[str, JsonValue]


class FilePart(_Part):
    """A whole file."""

    format: Literal["shadowlog"]
    version: Literal[1]
    observation: ObservationPart
    codebook: dict[str, JsonValue]
    journal: Annotated[tuple[EntryPart, ...], Field(max_length=MOST)]


_IDS = frozenset({"contact", "episode", "interrupter", "interrupts", "new", "note", "other", "target"})
"""The fields of commands that hold ids."""

_Party = tuple[str, int | None, None, int | None, int | None]
_PARTS: Mapping[str, tuple[Any, Any]] = {
    "party": (tuple[_Party], list[str | None]),
    "parties": (tuple[_Party, ...], list[str | None]),
}
"""Parties as they stand in a skeleton, and their person codes as they stand in the content."""


@cache
def _payload(name: str) -> type[BaseModel]:
    """The form of the payload of one kind of command: its skeleton and its content, of which any may have been erased."""
    kind = KINDS[name]
    hints = get_type_hints(kind)
    skeleton: dict[str, Any] = {}
    content: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in ENVELOPE:
            continue
        bare = field.default is MISSING and field.default_factory is MISSING
        hint, persons = _PARTS[field.name] if field.name in PARTIES else (hints[field.name], None)
        if field.name in _IDS:
            hint = Id if hint is str else Id | None
        if field.metadata.get("content"):
            content[field.name] = (hint, None)
        else:
            skeleton[field.name] = (hint, ... if bare else None)
        if persons is not None:
            content[field.name] = (persons, None)
    return create_model(
        name,
        __base__=_Part,
        skeleton=create_model("skeleton", __base__=_Part, **skeleton),
        content=create_model("content", __base__=_Part, **content),
    )


def payload_fault(kind: str, skeleton: Payload, content: Payload) -> tuple[Path, str] | None:
    """Say where a payload of the current version breaks its form, and how; None if it keeps to it."""
    try:
        _payload(kind).model_validate_json(json.dumps({"skeleton": skeleton, "content": content}), strict=True)
    except ValidationError as error:
        return fault(error)
    for name in PARTIES & content.keys():
        there, persons = skeleton.get(name), content[name]
        if not isinstance(there, list) or not isinstance(persons, list) or len(there) != len(persons):
            return ("content", name), "should be as long as the parties it belongs to"
    return next(strays({"skeleton": skeleton, "content": content}), None)


def fault(error: ValidationError) -> tuple[Path, str]:
    """Say where the first thing is that a form does not allow, and what would be right, never what was found."""
    first = error.errors(include_url=False, include_context=True, include_input=False)[0]
    return first["loc"], _words(first)


def _words(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return "is no field known here"
    if error["type"] == "missing":
        return "is missing"
    message = error["msg"]
    return message[:1].lower() + message[1:]


def strays(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Find text that holds control characters, and numbers no day can hold, in values from outside."""
    if isinstance(value, str):
        if any(_stray(character) for character in value):
            yield path, "holds control characters; plain text has none"
    elif isinstance(value, float) or (isinstance(value, int) and not -LATEST <= value <= LATEST):
        yield path, "is a number that no day can hold"
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from strays(name, path)
            yield from strays(each, (*path, name))
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from strays(each, (*path, number))


def _stray(character: str) -> bool:
    turns = character == "\u061c" or "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return turns or (character != "\n" and unicodedata.category(character) in {"Cc", "Cs"})


def spelled(path: Path) -> str:
    """Spell a path as a reader of the file would: journal[12].skeleton.codes."""
    told = ""
    for part in path:
        told += f"[{part}]" if isinstance(part, int) else f"{'.' if told else ''}{clean(part)[:60]}"
    return told
