"""Commands as journal rows: each row's hash covers it and the hash before it, text only through salted digests.

Erasing a text drops it and its salt; its digest stays, so the chain still holds and what was said cannot be guessed.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from shadowlog.domain.clock import Instant
from shadowlog.domain.commands import Command
from shadowlog.domain.payload import pack

#: What the hash is taken over, in this order, after the hash before it.
_HASHED = (
    *("id", "stream", "writer", "sequence", "kind", "version", "at", "said_wall", "said_mono", "said_boot", "author"),
    *("skeleton_digest", "content_digest"),
)


class Tip(NamedTuple):
    """The newest link of a chain: where the next one is forged on. `top` is the stream's highest sequence number."""

    hash: str
    top: int


def as_json(values: Mapping[str, Any]) -> str:
    """Give canonical JSON: sorted names, no spaces, letters as they are."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair cannot be stored; its JSON escape can.
        return json.dumps(values, sort_keys=True, separators=(",", ":"))
    return text


def digest(salt: str, text: str) -> str:
    """Give the SHA-256 of a salted text, in hexadecimal."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link(row: Mapping[str, Any]) -> str:
    """Give the hash of a row."""
    parts = [row["previous"], *(row[name] for name in _HASHED)]
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def encode(command: Command, stream: str, writer: str, tip: Tip) -> dict[str, Any]:
    """Give the row of a command that follows `tip` in this writer's chain.

    The sequence number passes every number of the stream that the writer has seen, so that what was said knowing
    something else always comes after it, whoever wrote that.
    """
    skeleton, content = pack(command)
    row: dict[str, Any] = {
        "id": command.id,
        "stream": stream,
        "writer": writer,
        "sequence": tip.top + 1,
        "kind": type(command).__name__,
        "version": command.VERSION,
        "at": command.at,
        "said_wall": command.said.wall,
        "said_mono": command.said.mono,
        "said_boot": command.said.boot,
        "author": command.author,
        "skeleton": as_json(skeleton),
        "skeleton_salt": secrets.token_hex(16),
        "content": None,
        "content_salt": None,
        "content_digest": None,
        "previous": tip.hash,
    }
    row["skeleton_digest"] = digest(row["skeleton_salt"], row["skeleton"])
    if content:
        row["content"] = as_json(content)
        row["content_salt"] = secrets.token_hex(16)
        row["content_digest"] = digest(row["content_salt"], row["content"])
    row["hash"] = link(row)
    return row


def decode(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give what `unpack` wants for a row that is not erased."""
    return {
        "kind": row["kind"],
        "version": row["version"],
        "skeleton": json.loads(row["skeleton"]),
        "content": json.loads(row["content"]) if row["content"] else {},
        "id_": row["id"],
        "at": row["at"],
        "author": row["author"],
        "said": Instant(row["said_wall"], row["said_mono"], row["said_boot"]),
    }


def faults(rows: Iterable[Mapping[str, Any]], tips: Mapping[str, tuple[int, str]]) -> list[str]:
    """Tell what does not hold in the chains of one stream, by sequence number; [] if all does.

    `tips` gives the newest (sequence, hash) of each writer, as kept beside the journal.
    """
    found = []
    newest: dict[str, tuple[int, str]] = {}
    for row in rows:
        number, before = newest.get(row["writer"], (0, ""))
        if row["previous"] != before or row["sequence"] <= number or row["hash"] != link(row):
            found.append(f"entry {row['sequence']} does not follow the one before it")
        for part in ("skeleton", "content"):
            text, salt = row[part], row[f"{part}_salt"]
            if text is not None and digest(salt, text) != row[f"{part}_digest"]:
                found.append(f"entry {row['sequence']} is not as it was written")
        newest[row["writer"]] = (row["sequence"], row["hash"])
    if newest != dict(tips):
        found.append("entries are missing at the end")
    return found
