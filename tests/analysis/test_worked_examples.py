"""Statistics with known answers, from the literature and from reference programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from shadowlog.analysis.basis import Basis, basis
from shadowlog.analysis.prepare import prepared
from shadowlog.analysis.results import Order, WhoRule
from shadowlog.analysis.sampling import sequence_figures, state_sequences
from shadowlog.analysis.sequence import adjusted_residuals, expected, likelihood_ratio, pairs, tabled, yules_q
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.terms import Record
from tests.analysis.days import SCHEME, Diary, code

EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "worked_patterns.json").read_text(encoding="utf-8"))
GRIFFIN: dict[str, Any] = EXAMPLES["griffin_gottman_1990"]
TRAMINER: dict[str, Any] = EXAMPLES["traminer_small"]


def scheme(codes: list[str]) -> Codebook:
    dimensions = tuple(
        replace(d, codes=tuple(map(code, codes))) if d.id == "activity" else d for d in SCHEME.dimensions
    )
    return Codebook("worked", 1, "Worked", dimensions)


def test_griffin_gottman() -> None:
    """Expected numbers, adjusted residuals, G2, Yule's Q and shares of a published table of couples' talk."""
    counts, labels, told = GRIFFIN["data"]["freqs"], GRIFFIN["data"]["labels"], GRIFFIN["expected"]
    close = {"abs": GRIFFIN["tolerance"], "rel": 0}
    ho, wo = labels.index("Ho"), labels.index("Wo")
    assert likelihood_ratio(counts) == pytest.approx(told["G2"], **close)
    assert list(adjusted_residuals(counts)[ho]) == pytest.approx(told["adjres_row_Ho"], **close)
    assert expected(counts)[wo][wo] == pytest.approx(told["expected_Wo_Wo"], **close)
    assert list(yules_q(counts)[wo]) == pytest.approx(told["yules_q_Wo"], **close)
    day = basis(prepared([Diary().record(scheme(labels))]), WhoRule.SPLIT, concurrent=False)
    found = {(a, b): n for a, line in zip(labels, counts, strict=True) for b, n in zip(labels, line, strict=True)}
    table = tabled(day, "activity", found, Order.SPELLS, across=False)
    assert table.shares[ho][wo] == pytest.approx(told["p_Ho_Wo"], **close)
    assert (table.counts, table.total) == (tuple(map(tuple, counts)), sum(map(sum, counts)))


def strings() -> Basis:
    """The sequences as days, one episode a letter and minute."""
    return basis(
        prepared([_day(n, text) for n, text in enumerate(TRAMINER["data"]["sequences"])]), WhoRule.SPLIT, False
    )


def _day(number: int, text: str) -> Record:
    diary = Diary(f"s{number}")
    for n, letter in enumerate(text):
        diary.episode(f"e{n}", 1, "teachers", activity=letter)
    return diary.record(scheme(TRAMINER["data"]["alphabet"]))


def test_traminer() -> None:
    """Transitions, entropies, times and distributions of five small sequences are those that TraMineR gives."""
    told, alphabet, base = TRAMINER["expected"], TRAMINER["data"]["alphabet"], strings()
    close = {"abs": TRAMINER["tolerance"], "rel": 0}
    table = tabled(base, "activity", pairs(base, "activity"), Order.SPELLS, across=False)
    assert [list(line) for line in table.counts] == told["counts"]
    assert list(table.shares[0]) == pytest.approx(told["rates_A"], **close)
    figures = sequence_figures(base)
    assert [each.evenness for each in figures] == pytest.approx(told["entropy"], **close)
    assert [each.entropy for each in figures] == pytest.approx(told["entropy_raw"], **close)
    sequences = state_sequences(base)
    assert ["".join(state or "-" for state in each.states) for each in sequences] == TRAMINER["data"]["sequences"]
    assert [each.changes for each in sequences] == told["transitions"]
    held = [Counter(each.states) for each in sequences]
    assert [sum(c[a] for c in held) / len(held) for a in alphabet] == pytest.approx(told["mean_time"], **close)
    first = Counter(each.states[0] for each in sequences)
    assert [first[a] / len(sequences) for a in alphabet] == pytest.approx(told["statd_T1"], **close)


def test_traminer_counts_by_hand() -> None:
    """The same transitions counted letter by letter."""
    letters = Counter(pair for text in TRAMINER["data"]["sequences"] for pair in pairwise(text))
    assert pairs(strings(), "activity") == dict(letters)
