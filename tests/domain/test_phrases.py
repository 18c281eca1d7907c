"""Numbers, lengths and times as a reader says them."""

from __future__ import annotations

import pytest

from shadowlog.domain.phrases import (
    bar,
    brief_length,
    brief_percent,
    coefficient,
    columns,
    day_words,
    fitted,
    length,
    number,
    percent,
    percent_of_agreement,
)


@pytest.mark.parametrize(
    ("minutes", "said", "brief"),
    [
        (0, "0 s", "0 min"),
        (0.04, "2 s", "2 s"),
        (0.5, "30 s", "0.5 min"),
        (0.999, "1 min", "1.0 min"),
        (2.75, "2 min 45 s", "2.8 min"),
        (9.999, "10 min", "10 min"),
        (59.7, "1 h 00", "1 h 00"),
        (460, "7 h 40", "7 h 40"),
    ],
)
def test_lengths(minutes: float, said: str, brief: str) -> None:
    """A length is told in seconds, minutes or hours, whichever a reader would say."""
    assert (length(minutes), brief_length(minutes)) == (said, brief)


@pytest.mark.parametrize(
    ("part", "said", "brief"),
    [
        (None, "–", "–"),
        (0, "0 %", "0 %"),
        (0.004, "under 1 %", "<1 %"),
        (0.005, "under 1 %", "<1 %"),
        (0.474, "47 %", "47 %"),
        (1.2, "120 %", "120 %"),
    ],
)
def test_percent(part: float | None, said: str, brief: str) -> None:
    """A share that is not nothing never reads 0 %."""
    assert (percent(part), brief_percent(part)) == (said, brief)


def test_small_phrases() -> None:
    """Counts lose an empty decimal, dates are in words, columns count wide characters twice."""
    assert (number(3.0), number(2.5)) == ("3", "2.5")
    assert day_words("2026-11-24") == "Tuesday 24 November 2026"
    assert columns("校長e\u0301") == 5
    assert (fitted("校長校長", 5), fitted("ab", 4, right=True)) == ("校長…", "  ab")


@pytest.mark.parametrize(
    ("part", "drawn"),
    [(None, ""), (0, ""), (1e-9, "▏"), (0.5, "████"), (0.5625, "████▌"), (1, "████████"), (3, "████████")],
)
def test_bar(part: float | None, drawn: str) -> None:
    """A bar is drawn in eighths of a column, never longer than its room, and something is never nothing."""
    assert bar(part, 8) == drawn


@pytest.mark.parametrize(
    ("part", "said"), [(None, "–"), (0, "0.0 %"), (0.5004, "50.0 %"), (0.99999, "99.9 %"), (1, "100 %")]
)
def test_agreement_that_is_not_whole_is_never_rounded_up_to_it(part: float | None, said: str) -> None:
    """Two observers who differ in one second of a day do not read 100 %."""
    assert percent_of_agreement(part) == said


@pytest.mark.parametrize(
    ("value", "said"), [(None, "–"), (-0.001, "0.00"), (0.876, "0.88"), (1, "1.00"), (-0.2, "-0.20")]
)
def test_a_coefficient_has_two_decimals(value: float | None, said: str) -> None:
    """Kappa is told with two decimals, nought without a sign, and a dash where it is not defined."""
    assert coefficient(value) == said


def test_a_text_of_a_million_letters() -> None:
    """However long a text is, it is fitted in one pass; a column of no width holds nothing but that something was cut."""
    assert fitted("e\u0301校" * 1_000_000, 5) == "e\u0301校e\u0301…"
    assert fitted("ab", 0) == "…"
