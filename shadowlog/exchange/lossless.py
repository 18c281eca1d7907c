"""The lossless JSON: one observation with its frozen codebook and its whole journal, for moving between machines."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shadowlog.domain import codebook_json
from shadowlog.domain.almanac import FIRST, LAST
from shadowlog.domain.clock import Instant
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_rules import faults
from shadowlog.domain.commands import Begin, Command
from shadowlog.domain.day import Day
from shadowlog.domain.kinds import KINDS
from shadowlog.domain.payload import pack, unpack
from shadowlog.domain.recorder import new_day, step
from shadowlog.domain.study import CODE, NAME_RULE, name_fault
from shadowlog.domain.terms import Observation, Period
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, NotFound, Refused
from shadowlog.exchange.files import save
from shadowlog.exchange.local_time import local_date, zone_of
from shadowlog.exchange.lossless_form import EntryPart, FilePart, ObservationPart, fault, payload_fault, spelled, strays

FORMAT = "shadowlog"
VERSION = 1
LARGEST = 50_000_000
"""The largest file that is read, in bytes."""

_CURE = "The file was changed, cut short or made by a newer version."


def dump(observation: Observation, commands: Iterable[Command]) -> str:
    """Give an observation and its journal as JSON; an entry of the journal is a line. `load` gives both again."""
    top = {
        "format": FORMAT,
        "version": VERSION,
        "observation": {
            "id": observation.id,
            "study": observation.study,
            "head": observation.head,
            "observer": observation.observer,
            "zone": observation.zone,
            "consent": observation.consent,
            "periods": [{"label": p.label, "start": p.start, "end": p.end} for p in observation.periods],
        },
        "codebook": codebook_json.to_dict(observation.codebook),
    }
    parts = [f" {_json(name)}: {_json(value)}" for name, value in top.items()]
    entries = ",\n".join(f"  {_json(_entry(command))}" for command in commands)
    parts.append(f' "journal": [\n{entries}\n ]' if entries else ' "journal": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def load(text: str | bytes, name: str = "") -> tuple[Observation, tuple[Command, ...]]:
    """Give the observation and the journal of a lossless JSON text; `name` is what messages call the file.

    Read strictly: BadInput, saying where, for a file over 50 MB, anything unknown, missing, of a wrong type or out of
    bounds, a codebook that breaks a rule, and a journal that no recorder could have written.
    """
    return _read(text, name)[:2]


def load_day(text: str | bytes, name: str = "") -> Day:
    """Give the day of a lossless JSON text; BadInput as `load`."""
    return _read(text, name)[2]


def write(observation: Observation, commands: Iterable[Command], path: Path, *, overwrite: bool = False) -> Path:
    """Write the lossless JSON to a file; BadInput if it is there already, unless `overwrite`."""
    save({path: dump(observation, commands).encode()}, overwrite=overwrite)
    return path


def read(path: Path) -> tuple[Observation, tuple[Command, ...]]:
    """Give what a lossless JSON file holds; NotFound if it cannot be read, BadInput as `load`."""
    return read_day(path)[:2]


def read_day(path: Path) -> tuple[Observation, tuple[Command, ...], Day]:
    """Give what a lossless JSON file holds, and the day it comes to; raises as `read`."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror or 'cannot be read'}.", "Name a file that is there.") from error
    return _read(text, path.name)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _entry(command: Command) -> dict[str, Any]:
    skeleton, content = pack(command)
    return {
        "kind": type(command).__name__,
        "version": type(command).VERSION,
        "id": command.id,
        "at": command.at,
        "author": command.author,
        "said": {"wall": command.said.wall, "mono": command.said.mono, "boot": command.said.boot},
        "skeleton": skeleton,
        "content": content,
    }


def _read(text: str | bytes, name: str) -> tuple[Observation, tuple[Command, ...], Day]:
    if len(text) > LARGEST:
        raise BadInput(f"the file is larger than {LARGEST // 1_000_000} MB", "A day is far smaller.", name)
    text = text.removeprefix("\ufeff") if isinstance(text, str) else text.removeprefix(codecs.BOM_UTF8)
    try:
        file = FilePart.model_validate_json(text)
    except ValidationError as error:
        path, what = fault(error)
        raise _bad(what, name, *path) from None
    if twice := _said_twice(text):
        raise _bad(f"the name {shown(twice[0])} stands twice in one object", name)
    observation = _observation(file.observation, _codebook(file, name), name)
    day = new_day(observation)
    digest = codebook_json.digest(observation.codebook)
    seen: set[str] = set()
    commands = []
    for number, entry in enumerate(file.journal):
        command = _command(entry, number, name)
        if command.id in seen:
            raise _bad("is given to two entries", name, "journal", number, "id")
        if isinstance(command, Begin) and command.codebook != digest:
            raise _bad(
                "is not the digest of the codebook in this file", name, "journal", number, "skeleton", "codebook"
            )
        try:
            day, _ = step(day, command)
        except Refused as refusal:
            raise _bad(f"no recorder could have written this. {refusal.what}", name, "journal", number) from refusal
        if not FIRST <= local_date(command.at, observation.zone) <= LAST:
            raise _bad(f"should be on a day from {FIRST} to {LAST}", name, "journal", number, "at")
        seen.add(command.id)
        commands.append(command)
    return observation, tuple(commands), day


def _said_twice(text: str | bytes) -> list[str]:
    """The names that stand more than once in one object: readers differ over which of them counts."""
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        names = {each for each, _ in pairs}
        if len(names) < len(pairs):
            found.extend(each for each in names if sum(each == other for other, _ in pairs) > 1)

    # What was read already as a whole is nested no deeper than this reader can follow.
    json.loads(text, object_pairs_hook=look)
    return found


def _bad(what: str, name: str, *path: str | int) -> BadInput:
    return BadInput(what, _CURE, ": ".join(filter(None, (name, spelled(path)))))


def _short(what: str) -> str:
    """What others say of the file, which may quote it at any length."""
    safe = clean(what)
    return f"{safe[:299]}…" if len(safe) > 300 else safe


def _codebook(file: FilePart, name: str) -> Codebook:
    try:
        codebook = codebook_json.from_dict(file.codebook)
    except BadInput as error:
        raise _bad(_short(error.what), name, "codebook") from error
    for each in faults(codebook):
        raise _bad(_short(f"{each.what}; {each.right}"), name, "codebook", *each.path)
    return codebook


def _observation(part: ObservationPart, codebook: Codebook, name: str) -> Observation:
    for path, what in strays(part.model_dump()):
        raise _bad(what, name, "observation", *path)
    if said := name_fault(part.study):
        raise _bad(f"{said}; {NAME_RULE}", name, "observation", "study")
    for what, code in (("head", part.head), ("observer", part.observer)):
        if not CODE.fullmatch(code):
            raise _bad("should be a code of letters and digits, as H01 or O1", name, "observation", what)
    try:
        zone_of(part.zone)
    except BadInput:
        raise _bad("is no time zone known here", name, "observation", "zone") from None
    for number, each in enumerate(part.periods):
        if each.start >= each.end:
            raise _bad("should end after it starts", name, "observation", "periods", number)
    periods = tuple(Period(each.label, each.start, each.end) for each in part.periods)
    return Observation(part.id, part.study, part.head, part.observer, part.zone, codebook, periods, part.consent)


def _command(entry: EntryPart, number: int, name: str) -> Command:
    here = ("journal", number)
    kind = KINDS.get(entry.kind)
    if kind is None:
        raise _bad(f"there is no command {shown(entry.kind)}", name, *here, "kind")
    skeleton, content = dict[str, Any](entry.skeleton), dict[str, Any](entry.content)
    if entry.version == kind.VERSION and (found := payload_fault(entry.kind, skeleton, content)):
        raise _bad(found[1], name, *here, *found[0])
    for path, what in strays({"author": entry.author, "said": {"boot": entry.said.boot}}):
        raise _bad(what, name, *here, *path)
    try:
        command = unpack(
            entry.kind,
            entry.version,
            skeleton,
            content,
            id_=entry.id,
            at=entry.at,
            author=entry.author,
            said=Instant(entry.said.wall, entry.said.mono, entry.said.boot),
        )
    except BadInput as error:
        raise _bad(_short(error.what), name, *here) from error
    if entry.version != kind.VERSION and (found := payload_fault(entry.kind, *pack(command))):
        raise _bad(found[1], name, *here, *found[0])
    return command
