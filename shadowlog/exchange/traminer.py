"""State sequences for TraMineR, one state a minute, in its formats STS (a line a sequence) and SPELL (a line a run)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from shadowlog.analysis.basis import basis
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.results import WhoRule
from shadowlog.analysis.sampling import StateSequence, state_sequences
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.domain.terms import Record
from shadowlog.domain.versions import Version, verified_only
from shadowlog.errors import BadInput
from shadowlog.exchange.files import save
from shadowlog.exchange.tidy import cell

SCRIPT = """\
# Reads the state sequences beside this file. Run it in their folder.
library(TraMineR)
states <- read.csv("states.csv")
sts <- read.csv("sts.csv", na.strings = "", check.names = FALSE, colClasses = "character")
sequences <- seqdef(sts[, -1, drop = FALSE], id = sts$observation, alphabet = states$state, labels = states$label)
# The same sequences as runs of one state are in spell.csv (columns observation, begin, end, state).
"""


def tables(
    records: Sequence[Record],
    step_minutes: float = 1,
    dimension: str = ACTIVITY,
    version: Version = Version.AMENDED,
) -> dict[str, str]:
    """Give the files' names and texts: sts.csv, spell.csv, states.csv (the alphabet), observations.csv, read.R.

    A state is a code of the dimension at a whole minute of the clock; an empty cell is a gap, a missing code, time off
    the record or not observed, or the end of a shorter sequence. Steps are numbered from 1 at each observation's first
    minute. `version` is that of the records; of the verified one all that is not verified is empty too.

    BadInput for an observation named twice or without a minute; ShadowlogError if the codebooks differ.
    """
    ids = [record.observation.id for record in records]
    if len(set(ids)) != len(ids):
        raise BadInput("an observation is named twice", "Name each once.")
    if version is Version.VERIFIED:
        records = [verified_only(record) for record in records]
    base = basis(prepared(records), WhoRule.SPLIT, concurrent=False)
    by_id = {each.observation: each for each in state_sequences(base, step_minutes, dimension)}
    bare = [id_ for id_ in ids if id_ not in by_id]
    if bare or not ids:
        raise BadInput(f"no whole minute was observed in {bare[0] if bare else 'nothing'}", "Name observed days.")
    found = [by_id[id_] for id_ in ids]
    scheme = base.frames.scheme
    seen = {state for each in found for state in each.states if state is not None}
    known = [code.id for code in scheme.codes(dimension)]
    alphabet = [*known, *sorted(seen - set(known))]
    longest = max(len(each.states) for each in found)
    return {
        "sts.csv": _text(
            ["observation", *(f"t{n}" for n in range(1, longest + 1))], (_line(s, longest) for s in found)
        ),
        "spell.csv": _text(
            ["observation", "begin", "end", "state"], ((s.observation, *run) for s in found for run in s.spells)
        ),
        "states.csv": _text(["state", "label"], ((state, scheme.label(dimension, state)) for state in alphabet)),
        "observations.csv": _text(
            ["observation", "head", "zone", "first", "steps", "step_minutes", "version"],
            ((*_about(record, each), version.value) for record, each in zip(records, found, strict=True)),
        ),
        "read.R": SCRIPT,
    }


def write(
    records: Sequence[Record], target: Path, *, overwrite: bool = False, version: Version = Version.AMENDED
) -> tuple[Path, ...]:
    """Write the files into a folder and give their paths; BadInput as `tables`, or if one is there already."""
    if target.is_file():
        raise BadInput("a file has the name of the folder", "Choose another name.", str(target))
    made = {target / name: text.encode() for name, text in tables(records, version=version).items()}
    return save(made, overwrite=overwrite)


def _line(sequence: StateSequence, longest: int) -> Iterable[str | None]:
    return (sequence.observation, *sequence.states, *[None] * (longest - len(sequence.states)))


def _about(record: Record, sequence: StateSequence) -> Iterable[object]:
    about = record.observation
    first = datetime.fromtimestamp(sequence.first * sequence.step_ms / 1000, UTC).astimezone(ZoneInfo(about.zone))
    steps = len(sequence.states)
    return (about.id, about.head, about.zone, first.isoformat(), steps, sequence.step_ms / 60_000)


def _text(header: Sequence[str], lines: Iterable[Iterable[object]]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in line] for line in lines)
    return made.getvalue()
