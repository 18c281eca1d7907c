"""The state at marks of the clock: what sampling would have made of the day, and the state sequences of each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

import narwhals as nw

from shadowlog.analysis.basis import MINUTE, Basis, share
from shadowlog.analysis.frame import Lazy, values
from shadowlog.analysis.patterns import IntervalRow, IntervalView, SequenceFigures
from shadowlog.analysis.sequence import coded
from shadowlog.analysis.spread import entropy, evenness
from shadowlog.domain.codebook import ACTIVITY

Marks = Mapping[tuple[str, str | None], int]


def marked(basis: Basis, step_minutes: float, dimension: str = ACTIVITY) -> Lazy:
    """The foreground spells with the marks that fall into them: `first` and how many, `n`.

    Mark i is the instant i x step since the epoch, so that whole minutes are those of the clock. A mark at the instant at
    which one spell ends and another begins belongs to the latter. ValueError for a step of less than 1 ms.
    """
    step = round(step_minutes * MINUTE)
    if step < 1:
        raise ValueError("a step is at least one millisecond")
    c = nw.col
    spells = coded(basis, dimension).with_columns(first=(c("start") + (step - 1)) // step)
    return spells.with_columns(n=(c("end") + (step - 1)) // step - c("first"))


def marks(basis: Basis, step_minutes: float, dimension: str = ACTIVITY) -> Marks:
    """How many marks found each state, by observation; None is a gap or an episode without a code."""
    found = marked(basis, step_minutes, dimension).group_by("obs", "code").agg(n=nw.col("n").sum().cast(nw.Int64))
    return {(line["obs"], line["code"]): line["n"] for line in values(found) if line["n"]}


def interval_view(basis: Basis, dimension: str = ACTIVITY, minutes: float = 5) -> IntervalView:
    """The shares that looking every so many minutes gives, beside the continuous shares of the same foreground.

    Momentary time sampling: Altmann 1974. Concurrent episodes are in neither.
    """
    c = nw.col
    timed = coded(basis, dimension).group_by("code").agg(t=(c("end") - c("start")).sum().cast(nw.Int64))
    ms = {line["code"]: line["t"] for line in values(timed)}
    counts: Counter[str | None] = Counter()
    for (_, code), n in marks(basis, minutes, dimension).items():
        counts[code] += n
    total, scheme = counts.total(), basis.frames.scheme
    known = [each.id for each in scheme.codes(dimension)]
    strays = sorted(code for code in {*counts, *ms} if code is not None and code not in known)
    rows = []
    for code in (*known, *strays, None):
        often, lasted = share(counts[code], total), share(ms.get(code, 0), basis.window)
        gap = None if often is None or lasted is None else often - lasted
        rows.append(IntervalRow(code, scheme.label(dimension, code), counts[code], often, lasted, gap))
    return IntervalView(dimension, minutes, total, tuple(rows))


def sequence_figures(basis: Basis, step_minutes: float = 1, dimension: str = ACTIVITY) -> tuple[SequenceFigures, ...]:
    """Longitudinal entropy of each observation's state sequence, steps without a state left out.

    Shannon 1948; over ln of the number of codes as in Gabadinho, Ritschard, Mueller and Studer 2011.
    """
    k = len(basis.frames.scheme.codes(dimension))
    found: dict[str, Counter[str | None]] = {line["obs"]: Counter() for line in values(basis.frames.observations)}
    for (obs, code), n in marks(basis, step_minutes, dimension).items():
        found[obs][code] += n
    made = []
    for obs, counts in sorted(found.items()):
        blank, held = counts.pop(None, 0), list(counts.values())
        states = sum(held)
        made.append(SequenceFigures(obs, step_minutes, states, blank, entropy(held), evenness(held, k)))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class StateSequence:
    """One observation as a state a step: `states[i]` is at mark `first + i`; None is no state there."""

    observation: str
    step_ms: int
    first: int
    states: tuple[str | None, ...]

    @property
    def spells(self) -> tuple[tuple[int, int, str], ...]:
        """Runs of one state as (first step, last step, state), steps from 1, both ends in it; no run where none is."""
        made, at = [], 1
        for state, run in groupby(self.states):
            length = len(tuple(run))
            if state is not None:
                made.append((at, at + length - 1, state))
            at += length
        return tuple(made)

    @property
    def changes(self) -> int:
        """How often one state is followed by another, steps without a state left out."""
        held = [state for state in self.states if state is not None]
        return sum(a != b for a, b in pairwise(held))


def state_sequences(basis: Basis, step_minutes: float = 1, dimension: str = ACTIVITY) -> tuple[StateSequence, ...]:
    """The state at each mark of every observation, from the first mark in its window to the last, by observation id."""
    step = round(step_minutes * MINUTE)
    lines = [line for line in values(marked(basis, step_minutes, dimension)) if line["n"]]
    lines.sort(key=lambda line: (line["obs"], line["first"]))
    made = []
    for obs, found in groupby(lines, key=lambda line: str(line["obs"])):
        states: list[str | None] = []
        first: int | None = None
        for line in found:
            first = line["first"] if first is None else first
            states += [None] * (line["first"] - first - len(states))
            states += [line["code"]] * line["n"]
        made.append(StateSequence(obs, step, first or 0, tuple(states)))
    return tuple(made)
