"""A data set: prepared frames in Parquet, read on Polars, DuckDB or Spark; or frames that the user hands over.

A data set is a folder: `manifest.json` and, for each frame, `<frame>/study=<study>/part-<n>.parquet`. It holds no notes
and no room labels (rooms are numbered).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from glob import glob
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.dataset_rules import COLUMNS, check_files, check_kinds, columns
from shadowlog.analysis.engines import Engine, check_installed, scan, steps_beside
from shadowlog.analysis.filters import chosen
from shadowlog.analysis.frame import QUARTER, Frames, Lazy, values
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise_frames
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest, from_dict
from shadowlog.domain.codebook_rules import faults
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS, Version
from shadowlog.errors import BadInput, NotFound

FORMAT = "shadowlog-dataset"
VERSION = 2
"""1 did not say which version of the days it holds."""
MANIFEST = "manifest.json"
LONGEST = 62 * 86_400_000
"""The longest spell that is broken down, in ms: what its profile by quarters of an hour takes grows with the square."""
_FILE = re.compile(rf"({'|'.join(COLUMNS)})/study=[^/\\]+/part-\d+\.parquet")


@contextmanager
def failures_told(where: str) -> Iterator[None]:
    """What an engine says of files that it cannot read, as BadInput."""
    try:
        yield
    except _failures() as error:
        kind = type(error).__name__
        raise BadInput(f"the data set cannot be read ({kind})", "Export it again.", clean(where)) from error


def _failures() -> tuple[type[Exception], ...]:
    """The errors of the engines that are in use; none is imported for it."""
    kinds: list[type[Exception]] = [pl.exceptions.PolarsError, nw.exceptions.NarwhalsError, OSError]
    for module, name in (("duckdb", "Error"), ("pyspark.errors", "PySparkException"), ("py4j.protocol", "Py4JError")):
        if module in sys.modules:
            kinds.append(getattr(sys.modules[module], name))
    return tuple(kinds)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a data set says of itself."""

    folder: Path
    codebook: Codebook
    record: Version
    """Which version of the days it holds: recorded or amended."""
    longest: int
    """ms of the longest spell."""
    spells: int
    """Above every number of a spell."""
    files: Mapping[str, int]
    """Bytes by name, relative to the folder."""

    def of(self, frame: str) -> list[Path]:
        """The files of one frame, in order."""
        return [self.folder / name for name in self.files if name.startswith(f"{frame}/")]


def manifest(folder: Path) -> Manifest:
    """Read what a data set says of itself, and see that its files are whole.

    NotFound if there is none in the folder; BadInput if it is no data set, of another format, or a file is missing or
    cut short.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise NotFound(f"There is no data set in {folder}.", "`shadowlog export --to parquet` writes one.")
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        form, version = told["format"], told["version"]
        if form != FORMAT or isinstance(version, bool) or not isinstance(version, int):
            raise BadInput("this is not a data set of shadowlog", "Name a folder that it exported.", str(path))
        if version != VERSION:
            raise BadInput(f"the data set is in format {version}, known is {VERSION}", "Export it again.", str(path))
        files = {str(name): _number(size) for name, size in told["files"].items()}
        longest, spells = _number(told["longest"]), _number(told["spells"])
        made = Manifest(folder, from_dict(told["codebook"]), Version(told["record_version"]), longest, spells, files)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadInput("the manifest cannot be read", "Export the data set again.", str(path)) from error
    for fault in faults(made.codebook):
        spot = ".".join(map(str, ("codebook", *fault.path)))
        raise BadInput(fault.what, fault.right, f"{path}: {spot}")
    for name, size in files.items():
        if not _FILE.fullmatch(name):
            raise BadInput("the manifest names a file that is none of a data set", "Export it again.", str(path))
        if not (folder / name).is_file() or (folder / name).stat().st_size != size:
            raise BadInput("the file is missing or cut short", "Export the data set again.", str(folder / name))
    if missing := [frame for frame in COLUMNS if not made.of(frame)]:
        raise BadInput(f"the manifest names no file of {missing[0]}", "Export the data set again.", str(path))
    return made


def _number(value: object) -> int:
    """A whole number, as JSON writes one, that 64 bits hold."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        message = "no whole number"
        raise ValueError(message)
    return value


def open_dataset(where: Path | str, engine: Engine | str = Engine.POLARS) -> Frames:
    """Prepared frames from a data set, or from all that a pattern (as "exports/*") finds, on an engine.

    NotFound if there is none or the engine is not installed; BadInput if one is broken, they use several codebooks, or
    an observation is in two of them; or they hold days of several versions.
    """
    try:
        on = Engine(engine)
    except ValueError as error:
        raise BadInput(f"there is no engine {engine}", f"Choose one of {', '.join(Engine)}.") from error
    check_installed(on)
    found = [manifest(folder) for folder in _folders(where)]
    books = {digest(each.codebook): each.codebook for each in found}
    if len(books) > 1:
        names = ", ".join(sorted(f"{book.name} version {book.version}" for book in books.values()))
        raise BadInput(f"the data sets use different codebooks ({names})", "Break down those of one at a time.")
    versions = {each.record for each in found}
    if len(versions) > 1:
        words = " and ".join(sorted(WORDS[each] for each in versions))
        raise BadInput(f"the data sets hold days {words}", "Break down those of one version at a time.")
    for each in found:
        with failures_told(str(each.folder)):
            check_files({frame: each.of(frame) for frame in COLUMNS}, each.codebook)
    apart = _heads_apart(found) if len(found) > 1 else frozenset()
    with failures_told(str(where)):
        frames = {frame: _together(on, frame, found) for frame in COLUMNS}
        made = frames_of(found[0].codebook, frames, max(each.longest for each in found), found[0].record)
    return replace(made, apart=apart)


def frames_of(
    scheme: Codebook, frames: Mapping[str, Any], longest: int | None = None, version: Version = Version.AMENDED
) -> Frames:
    """Prepared frames that the caller holds, native or Narwhals, all of one engine, by the names in `COLUMNS`.

    `longest` is the longest spell in ms; it is asked of the engine when it is not said. `version` is that of the days.
    BadInput names a frame or a column that is missing or of another kind. Columns beyond those of a data set are left out.
    """
    made: dict[str, Lazy] = {}
    for name in COLUMNS:
        if name not in frames:
            raise BadInput(f"the frame {name} is missing", f"Needed are {', '.join(COLUMNS)}.")
        frame = nw.from_native(frames[name]).lazy()
        check_kinds(name, scheme, frame.collect_schema())
        made[name] = frame.select(*columns(name, scheme))
    if longest is None:
        asked = values(made["spells"].select(most=nw.max_horizontal("ms", nw.col("e") - nw.col("s")).max()))
        longest = int(asked[0]["most"] or 0)
    if longest > LONGEST:
        days = LONGEST // 86_400_000
        raise BadInput(f"a spell is longer than {days} days", "Was its end forgotten? Put it right and export again.")
    return Frames(
        scheme,
        **made,
        steps=steps_beside(made["spells"], longest // QUARTER + 2),
        chosen=(),
        observed=None,
        version=version,
        apart=frozenset(),
    )


def summarise_dataset(
    where: Path | str,
    engine: Engine | str = Engine.POLARS,
    who_rule: str = "split",
    concurrent: bool = False,
    told: Callable[[str], None] | None = None,
    choice: Choice | None = None,
) -> Summary:
    """Every breakdown of a data set, or of a part; raises as `open_dataset`, `chosen` and `summarise_frames` do."""
    frames = open_dataset(where, engine)
    with failures_told(str(where)):
        if choice is not None:
            frames = chosen(frames, choice)
        return summarise_frames(frames, who_rule, concurrent, *([told] if told else []))


def _folders(where: Path | str) -> list[Path]:
    if Path(where).is_dir():
        return [Path(where)]
    folders = sorted(Path(each) for each in glob(str(where)) if (Path(each) / MANIFEST).is_file())  # noqa: PTH207
    if not folders:
        raise NotFound(f"There is no data set at {where}.", "`shadowlog export --to parquet` writes one.")
    return folders


def _heads_apart(found: Iterable[Manifest]) -> frozenset[tuple[str, str]]:
    """The (study, head) pairs that are in several data sets; BadInput where an observation is."""
    seen: Counter[str] = Counter()
    heads: Counter[tuple[str, str]] = Counter()
    for each in found:
        with failures_told(str(each.folder)):
            lines = values(scan(Engine.POLARS, each.of("observations")).select("obs", "study", "head"))
        seen.update(line["obs"] for line in lines)
        heads.update({(line["study"], line["head"]) for line in lines})
    if twice := sum(number > 1 for number in seen.values()):
        raise BadInput(f"{twice} observations are in two of the data sets", "Name data sets that share none.")
    return frozenset(head for head, number in heads.items() if number > 1)


def _together(engine: Engine, frame: str, found: Iterable[Manifest]) -> Lazy:
    """One frame of all the data sets: spells numbered on, rooms of each kept apart."""
    parts, spells = [], 0
    for number, each in enumerate(found):
        wanted = columns(frame, each.codebook)
        part = scan(engine, each.of(frame)).select(*wanted)
        if number and "spell" in wanted:
            part = part.with_columns(spell=nw.col("spell") + spells)
        if number and "room" in wanted:
            part = part.with_columns(room=nw.concat_str(nw.lit(f"{number} "), nw.col("room")))
        parts.append(part)
        spells += each.spells
    return nw.concat(parts) if len(parts) > 1 else parts[0]
