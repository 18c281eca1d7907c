"""What the frames of a data set hold: their columns, the kind of each, which may be empty, and what is checked of it.

Files from outside are looked at once, when a data set is opened, by Polars whatever the engine: after that no breakdown
meets a column that is missing, of another kind, or empty where nothing can be reckoned with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from shadowlog.analysis.frame import column, dimensions
from shadowlog.analysis.listing import Break
from shadowlog.domain.almanac import BEYOND, DATE_RULE, LAST, date_of, zone_named
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.text import shown
from shadowlog.errors import BadInput

_SPAN = ("lo", "hi", "s", "e", "ms")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "observations": (
        *("obs", "study", "head", "observer", "date", "zone", "consent", "midnight", "lo", "hi", "running"),
    ),
    "windows": ("obs", *_SPAN),
    "breaks": ("obs", "why", *_SPAN),
    "episodes": (
        *("obs", "episode", "kind", "room", "interrupts", "coverage", "verification", "people", "concurrent", "known"),
        *("late", "unsure", "amended", "start", "end", "spells", "net", "local", "elapsed"),
    ),
    "spells": ("obs", "episode", "room", "coverage", "spell", "start", "end", "concurrent", "piece", "ms", "s", "e"),
    "recorded": ("obs", "episode", "start", "end"),
    "company": (
        "obs",
        "episode",
        "concurrent",
        "spell",
        "piece",
        "lo",
        "hi",
        "ms",
        "role",
        "position",
        "people",
        "groups",
    ),
    "parties": ("obs", "episode", "role", "person", "position", "people", "joined", "left", "groups"),
    "contacts": ("obs", "contact", "role", "place", "at", "local"),
    "periods": ("obs", "label", "lo", "hi"),
}
"""The frames of a data set and their columns; episodes and spells have a column code_* for each dimension too."""

CODED = ("episodes", "spells")
_FLAGS = frozenset({"running", "concurrent", "known", "late", "unsure", "amended"})
_NUMBERS = frozenset(
    {
        *(*_SPAN, "midnight", "start", "end", "local", "at", "net", "elapsed", "joined", "left"),
        *("people", "position", "groups", "spells", "spell", "piece"),
    }
)
_MAY_BE_EMPTY = frozenset({"kind", "room", "interrupts", "verification", "people", "person", "joined", "left", "place"})
_MAY_BE_EMPTY_IN = frozenset({("spells", "episode"), ("company", "episode"), ("company", "role")})
"""A gap is of no episode, and nobody may be named."""

_CURE = "Export the data set again."


def columns(frame: str, scheme: Codebook) -> list[str]:
    """The columns of a frame of the data set under a codebook."""
    return [*COLUMNS[frame], *(map(column, dimensions(scheme)) if frame in CODED else ())]


def check_kinds(frame: str, scheme: Codebook, there: Mapping[str, nw.dtypes.DType], where: str = "") -> None:
    """BadInput names the first column that a frame lacks or that holds something of another kind."""
    for name in columns(frame, scheme):
        if name not in there:
            raise BadInput(f"the frame {frame} has no column {name}", "Was it made with this codebook?", where)
        kind: nw.dtypes.DType = nw.String()
        right = "text"
        if name in _FLAGS:
            kind, right = nw.Boolean(), "true or false"
        elif name in _NUMBERS:
            kind, right = nw.Int64(), "64-bit whole numbers"
        if there[name] != kind:
            what = f"the column {name} of the frame {frame} is {there[name]}"
            raise BadInput(what, f"It should hold {right}.", where)


def check_files(files: Mapping[str, Sequence[Path]], scheme: Codebook) -> None:
    """BadInput names the first file whose columns or values are not those of a data set; PolarsError where none can be read."""
    for frame, paths in files.items():
        for path in paths:
            found = pl.scan_parquet(path, hive_partitioning=False, glob=False)
            check_kinds(frame, scheme, nw.from_native(found).collect_schema(), str(path))
            needed = [name for name in columns(frame, scheme) if not _may_be_empty(frame, name)]
            empty = found.select(pl.col(needed).null_count()).collect(engine="streaming").row(0, named=True)
            if lacking := [name for name, number in empty.items() if number]:
                what = f"the column {lacking[0]} of the frame {frame} is empty in {empty[lacking[0]]} lines"
                raise BadInput(what, _CURE, str(path))
            _check_values(frame, found, str(path))


def _may_be_empty(frame: str, name: str) -> bool:
    return name in _MAY_BE_EMPTY or (frame, name) in _MAY_BE_EMPTY_IN or name.startswith("code_")


def _check_values(frame: str, found: pl.LazyFrame, where: str) -> None:
    if frame == "breaks":
        _check(found, frame, "why", lambda why: why in set(Break), f"It is one of {', '.join(Break)}.", where)
    if frame == "observations":
        _check(found, frame, "date", lambda date: date_of(date) is not None, DATE_RULE, where)
        zone = "It is the name of a time zone, as Europe/London."
        _check(found, frame, "zone", lambda name: zone_named(name) is not None, zone, where)
        for name in ("lo", "hi"):
            right = f"It is ms since 1970, up to {LAST}."
            _check(found, frame, name, lambda at: 0 <= at < BEYOND, right, where)


def _check(found: pl.LazyFrame, frame: str, name: str, allows: Callable[[Any], bool], right: str, where: str) -> None:
    for value in found.select(pl.col(name).unique()).collect().to_series():
        if not allows(value):
            raise BadInput(f"the column {name} of the frame {frame} holds {shown(str(value))}", right, where)
