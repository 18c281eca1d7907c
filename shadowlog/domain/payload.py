"""Commands as plain values and back: what a journal and a JSON export hold.

A payload has a skeleton (ids, instants, codes) and content (text, person codes), so that content can be erased while the
skeleton still folds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, replace
from enum import Enum
from typing import Any

from shadowlog.domain.clock import Instant
from shadowlog.domain.commands import Command, Payload
from shadowlog.domain.diary import Planned
from shadowlog.domain.kinds import KINDS
from shadowlog.domain.terms import Party, Period, Verification
from shadowlog.errors import BadInput

ENVELOPE = frozenset({"id", "at", "author", "said"})
PARTIES = frozenset({"party", "parties"})

UPCASTS: Mapping[tuple[str, int], Callable[[Payload, Payload], tuple[Payload, Payload]]] = {}
"""(kind, old version) to a function from that version's (skeleton, content) to the next version's."""


def pack(command: Command) -> tuple[Payload, Payload]:
    """Give the command's (skeleton, content); fields at their default are left out."""
    skeleton: Payload = {}
    content: Payload = {}
    for each in fields(command):
        if each.name in ENVELOPE:
            continue
        value = getattr(command, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if value == default:
            continue
        if each.name in PARTIES:
            # Who was there as a role stays when a person's code is erased.
            group = value if isinstance(value, tuple) else (value,)
            if any(p.person for p in group):
                content[each.name] = [p.person for p in group]
            value = tuple(replace(p, person=None) for p in group)
        (content if each.metadata.get("content") else skeleton)[each.name] = _plain(value)
    return skeleton, content


def unpack(
    kind: str, version: int, skeleton: Payload, content: Payload, *, id_: str, at: int, author: str, said: Instant
) -> Command:
    """Give the command again; BadInput for a kind, version or field this program does not know."""
    found = KINDS.get(kind)
    if found is None:
        raise BadInput(
            f"the journal holds a command {kind!r} that this version does not know", "Use a newer shadowlog."
        )
    while version < found.VERSION:
        skeleton, content = UPCASTS[kind, version](skeleton, content)
        version += 1
    if version > found.VERSION:
        raise BadInput(f"the journal holds {kind} in version {version}", "Use a newer shadowlog.")
    values: dict[str, Any] = {**content, **skeleton}
    for name in PARTIES & values.keys() & content.keys():
        values[name] = [[*p[:2], who, *p[3:]] for p, who in zip(skeleton[name], content[name], strict=True)]
    known = {f.name: f for f in fields(found)}
    if stray := values.keys() - (known.keys() - ENVELOPE):
        raise BadInput(f"{kind} has no field {min(stray)!r}", "The file was changed or made by a newer version.")
    arguments: dict[str, Any] = {}
    for name, field in known.items():
        if name in ENVELOPE:
            continue
        if name in values:
            arguments[name] = _typed(name, values[name])
        elif field.default is MISSING and field.default_factory is MISSING:
            # Only erased content may be missing: what it said is gone, that it was said is not.
            if not field.metadata.get("content"):
                raise BadInput(f"{kind} lacks its field {name!r}", "The file was changed or cut short.")
            arguments[name] = None if name == "person" else ""
    return found(id=id_, at=at, author=author, said=said, **arguments)


def _plain(value: object) -> object:
    if isinstance(value, Party):
        return [value.role, value.count, value.person, value.joined, value.left]
    if isinstance(value, Period):
        return [value.label, value.start, value.end]
    if isinstance(value, Planned):
        return [value.start, value.end, value.role, dict(value.codes)]
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _typed(name: str, value: Any) -> object:
    try:
        if name == "party":
            return Party(*value[0])
        if name == "parties":
            return None if value is None else tuple(Party(*v) for v in value)
        if name == "view":
            return None if value is None else Verification(value)
        if name == "layers":
            return tuple(value)
    except (TypeError, ValueError):
        raise BadInput(f"the journal's field {name!r} cannot be read", "The file was changed or cut short.") from None
    return value
