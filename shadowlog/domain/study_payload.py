"""A study's commands again from how they stand in a journal."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from shadowlog.domain.clock import Instant
from shadowlog.domain.commands import Payload
from shadowlog.domain.diary import Planned
from shadowlog.domain.study_commands import STUDY_KINDS, StudyCommand
from shadowlog.domain.terms import Period
from shadowlog.errors import BadInput


def unpack_study(
    kind: str, version: int, skeleton: Payload, content: Payload, *, id_: str, at: int, author: str, said: Instant
) -> StudyCommand:
    """Give the command again; BadInput for a kind, version or field this program does not know."""
    found = STUDY_KINDS.get(kind)
    if found is None or version != found.VERSION:
        raise BadInput(f"the study's journal holds a command {kind!r} in version {version}", "Use a newer shadowlog.")
    values: dict[str, Any] = {each.name: "" for each in fields(found) if each.metadata.get("content")}
    values |= {**content, **skeleton}
    try:
        for name in values.keys() & {"layers", "made_of", "there", "incidents"}:
            values[name] = tuple(values[name])
        if "periods" in values:
            values["periods"] = tuple(Period(*each) for each in values["periods"])
        if "events" in values:
            values["events"] = tuple(Planned(*each) for each in values["events"])
        return found(id=id_, at=at, author=author, said=said, **values)
    except TypeError:
        raise BadInput(f"the study's journal holds {kind} with other fields", "The file was changed.") from None
