"""The file in which slides save what a room guessed and counted, checked strictly and bounded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shadowlog.domain.feedback import WAYS
from shadowlog.errors import BadInput, NotFound
from shadowlog.exchange.lossless_form import fault, spelled

LARGEST = 1_000_000
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9 ._-]{1,80}$")]
Hands = Annotated[int, Field(ge=0, le=9_999)]


class Room(BaseModel):
    """What a room guessed of each slide, and how many hands went up for each way on each incident."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    format: Literal["shadowlog-room"]
    version: Literal[1]
    set: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    guesses: Annotated[dict[Name, Annotated[float, Field(ge=0, le=100_000)]], Field(max_length=500)]
    hands: Annotated[dict[Name, dict[Name, Hands]], Field(max_length=500)]


def read(path: Path) -> Room:
    """Give what a file holds; NotFound where there is none, BadInput for what no slides saved."""
    if path.exists() and not path.is_file():
        raise BadInput("is no file", "Name the file that the slides saved.", path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror or 'cannot be read'}.", "Name a file that is there.") from error
    if len(raw) > LARGEST:
        raise BadInput("is larger than any that slides save", "Name the file that the slides saved.", path.name)
    try:
        made = Room.model_validate_json(raw)
    except ValidationError as error:
        where, what = fault(error)
        place = ": ".join(filter(None, (path.name, spelled(where))))
        raise BadInput(what, "Name the file that the slides saved.", place) from None
    if strange := {way for hands in made.hands.values() for way in hands} - set(WAYS):
        raise BadInput(f"{min(strange)!r} is none of the six ways", "Name the file that the slides saved.", path.name)
    return made
