"""A data set in Parquet: prepared frames for DuckDB, Spark and other programs, by study. No notes, no room labels."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import narwhals as nw
import polars as pl

from shadowlog.analysis.dataset import FORMAT, MANIFEST, VERSION
from shadowlog.analysis.dataset_rules import COLUMNS, columns
from shadowlog.analysis.frame import Frames, values
from shadowlog.analysis.prepare import prepared
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest, to_dict
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput
from shadowlog.exchange.files import folder
from shadowlog.store.files import make_empty, make_folder, sync


def write(
    records: Sequence[Record], target: Path, *, overwrite: bool = False, version: Version = Version.AMENDED
) -> Path:
    """Write a data set of these records, which are of this version, into a folder, all of it or nothing; give the folder.

    A data set holds what the head said of each episode: what is verified is chosen where it is broken down.
    BadInput if something has that name already (a data set is replaced if `overwrite` says so, anything else never is),
    if there is no record, or if one stands there twice; ShadowlogError if their codebooks differ.
    """
    ids = [record.observation.id for record in records]
    if not ids:
        raise BadInput("there is no observation to write", "Record or import one first.")
    if len(set(ids)) != len(ids):
        raise BadInput("an observation is named twice", "Name each once.")
    if version is Version.VERIFIED:
        cure = "Export it as amended, and break it down with `shadowlog summary --data FOLDER --as verified`."
        raise BadInput("a data set holds whole days, for rates are by the hour observed", cure, "--as")
    return write_frames([prepared(records, version)], target, overwrite=overwrite)


def write_frames(parts: Iterable[Frames], target: Path, *, overwrite: bool = False) -> Path:
    """Write prepared Polars frames, one part after the other, as one data set; raises what `write` does.

    No observation may be in two parts. Spells are numbered on from part to part, rooms anew.
    """
    if target.exists() and not (overwrite and (target / MANIFEST).is_file()):
        cure = "Choose another name, or overwrite it with --force."
        if overwrite:
            cure = "Only a data set is ever replaced: choose another name."
        raise BadInput("something has that name already", cure, str(target))
    with folder(target.parent), _made_beside(target) as beside:
        _fill(beside, parts)
        _put(beside, target)
    return target


@contextmanager
def _made_beside(target: Path) -> Iterator[Path]:
    beside = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    try:
        make_folder(beside)
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put(beside: Path, target: Path) -> None:
    for each in [*beside.rglob("*"), beside]:
        sync(each)
    if target.exists():
        old = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
        target.replace(old)
        beside.replace(target)
        shutil.rmtree(old)
    else:
        beside.replace(target)
    sync(target.parent)


def _fill(beside: Path, parts: Iterable[Frames]) -> None:
    scheme: Codebook | None = None
    version: Version | None = None
    rooms: dict[tuple[str, str, str], int] = {}
    spells, longest = 0, 0
    for number, frames in enumerate(parts):
        if scheme is not None and digest(scheme) != digest(frames.scheme):
            raise BadInput("the observations use different codebooks", "Export those of one codebook at a time.")
        if version not in {None, frames.version}:
            raise BadInput("the observations are of several versions", "Export those of one version at a time.")
        scheme, version = frames.scheme, frames.version
        _write_part(beside, frames, number, spells, _numbered(frames, rooms))
        c = nw.col
        most = values(frames.spells.select(n=c("spell").max(), ms=(c("e") - c("s")).max()))[0]
        spells += 0 if most["n"] is None else most["n"] + 1
        longest = max(longest, most["ms"] or 0)
    if scheme is None or version is None:
        raise BadInput("there is no observation to write", "Record or import one first.")
    files = {f.relative_to(beside).as_posix(): f.stat().st_size for f in sorted(beside.rglob("*.parquet"))}
    told = {
        "format": FORMAT,
        "version": VERSION,
        "record_version": version.value,
        "codebook": to_dict(scheme),
        "longest": longest,
        "spells": spells,
    }
    make_empty(beside / MANIFEST)
    (beside / MANIFEST).write_text(json.dumps({**told, "files": files}, indent=1), encoding="utf-8")


def _numbered(frames: Frames, rooms: dict[tuple[str, str, str], int]) -> pl.LazyFrame:
    """The rooms of each head as (obs, room, number), the same number in every observation of that head."""
    heads = frames.observations.select("obs", "study", "head")
    used = nw.concat([each.select("obs", "room") for each in (frames.episodes, frames.spells)])
    lines = values(used.filter(~nw.col("room").is_null()).unique().join(heads, on="obs", how="inner"))
    made = []
    for line in sorted(lines, key=lambda line: (line["study"], line["head"], line["obs"], line["room"])):
        number = rooms.setdefault((line["study"], line["head"], line["room"]), len(rooms) + 1)
        made.append((line["obs"], line["room"], str(number)))
    return pl.LazyFrame(made, schema={"obs": pl.String, "room": pl.String, "number": pl.String}, orient="row")


def _write_part(beside: Path, frames: Frames, number: int, spells: int, rooms: pl.LazyFrame) -> None:
    studies = frames.observations.to_native().select("obs", "study").collect()
    for frame in COLUMNS:
        native: pl.LazyFrame = getattr(frames, frame).to_native().select(columns(frame, frames.scheme))
        names = native.collect_schema().names()
        if "spell" in names:
            native = native.with_columns(pl.col("spell") + spells)
        if "room" in names:
            native = native.join(rooms, on=["obs", "room"], how="left").drop("room").rename({"number": "room"})
        for (study,), members in studies.group_by("study", maintain_order=True):
            path = beside / frame / f"study={_safe(str(study))}" / f"part-{number}.parquet"
            make_folder(path.parent)
            make_empty(path)
            held = (
                native
                if studies["study"].n_unique() == 1
                else native.filter(pl.col("obs").is_in(members["obs"].implode()))
            )
            held.sink_parquet(path, compression="zstd", statistics=True)


def _safe(study: str) -> str:
    """A study's id as a folder's name: other characters than letters, digits and hyphens as their numbers."""
    return re.sub(r"[^A-Za-z0-9-]", lambda found: f"_{ord(found.group()):x}_", study) or "_"
