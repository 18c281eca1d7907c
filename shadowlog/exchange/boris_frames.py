"""A BORIS coding as the frames that a time budget reads, without a journal: for a file that is only looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from shadowlog.analysis.frame import Frames, column, dimensions
from shadowlog.domain.text import clean
from shadowlog.exchange.boris_book import scheme_of
from shadowlog.exchange.boris_coding import Bout, Coding, Sitting, Strays, in_order

LONGEST = 20
"""The most characters of a sitting's name."""


@dataclass(frozen=True, slots=True)
class Look:
    """The frames, and the subject that each observation in them is of."""

    frames: Frames
    subjects: dict[str, str]
    sittings: dict[str, str]
    """What the file calls the sitting that each is of; where that fits two, their numbers in the file stand before it."""
    unplaced: tuple[str, ...]


def frames_of(coding: Coding, end: int | None = None, name: str = "") -> Look:
    """Give the observations, windows and episodes of a coding as frames; times are ms of the file's own.

    `end` closes the windows that nothing closes; BadInput as `Sitting.window`, which names the file by `name`. The other
    frames are empty: a budget does not read them.
    """
    strays = Strays()
    scheme = scheme_of(coding, strays)
    names = dimensions(scheme.codebook)
    subjects: dict[str, str] = {}
    sittings: dict[str, Sitting] = {}
    windows: list[int] = []
    obs: list[str] = []
    bouts: list[Bout] = []
    for sitting in coding.sittings:
        (lo, hi), _ = sitting.window(end, name)
        named = [bout.subject for bout in sitting.bouts]
        keys: dict[str, str] = {}
        for subject in in_order(named, coding.subjects):
            key = keys[subject] = f"{sitting.number}/{len(subjects)}"
            subjects[key], sittings[key] = subject, sitting
            windows.append(hi - lo)
        obs += [keys[subject] for subject in named]
        bouts += sitting.bouts
    kinds: dict[tuple[str, tuple[str, ...]], int] = {}
    kind = pl.Series([kinds.setdefault((b.code, b.modifiers), len(kinds)) for b in bouts], dtype=pl.Int64)
    coded = [scheme.codes(*each) for each in kinds]
    start = pl.Series([b.start for b in bouts], dtype=pl.Int64)
    stop = pl.Series([b.end for b in bouts], dtype=pl.Int64)
    point = pl.Series([b.point for b in bouts], dtype=pl.Boolean)
    episodes = pl.DataFrame(
        {
            "obs": pl.Series(obs, dtype=pl.String),
            "episode": pl.int_range(len(bouts), eager=True),
            "start": start,
            "end": stop.fill_null(0).zip_with(stop.is_not_null(), start),
            "known": stop.is_not_null() & ~point,
            "net": (stop - start).fill_null(0),
            **{column(d): pl.Series([codes.get(d) for codes in coded], dtype=pl.String).gather(kind) for d in names},
        }
    )
    empty = _lazy({"obs": []})
    frames = Frames(
        scheme=scheme.codebook,
        observations=_lazy({"obs": list(subjects)}),
        windows=_lazy({"obs": list(subjects), "ms": windows}),
        breaks=empty,
        episodes=nw.from_native(episodes.lazy()),
        spells=empty,
        recorded=empty,
        company=empty,
        parties=empty,
        contacts=empty,
        periods=empty,
        steps=empty,
    )
    return Look(frames, subjects, _names(sittings), strays.lines())


def _names(sittings: Mapping[str, Sitting]) -> dict[str, str]:
    """A short name for each sitting."""
    short = {key: _cut(clean(sitting.name).strip()) for key, sitting in sittings.items()}
    alike = Counter(name for name, _ in {(short[key], sitting.number) for key, sitting in sittings.items()})
    return {
        key: name if name and alike[name] == 1 else f"{sittings[key].number} {name}".rstrip()
        for key, name in short.items()
    }


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _lazy(columns: dict[str, list[Any]]) -> Any:
    kinds = {"ms": pl.Int64}
    return nw.from_native(pl.LazyFrame(columns, schema={name: kinds.get(name, pl.String) for name in columns}))
