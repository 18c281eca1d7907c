"""The sample that git keeps in exports/ is what the program makes of the demonstration's first day."""

from __future__ import annotations

from pathlib import Path

from shadowlog.analysis.summary import summarise
from shadowlog.cli.day_text import day_lines
from shadowlog.domain.recorder import fold
from shadowlog.exchange.demo import demo_days
from shadowlog.report.words import report_text

SAMPLE = Path(__file__).parent.parent / "exports" / "sample"


def test_the_sample_is_what_the_program_makes() -> None:
    """The day as text and its summary, as `shadowlog show` and `shadowlog summary` print them, equal the files."""
    first = demo_days()[0]
    day = fold(first.observation, first.commands)
    record = day.record(day.live.last)
    for name, text in (
        ("H01-2026-11-03-day.txt", "\n".join(day_lines(record))),
        ("H01-2026-11-03-summary.txt", report_text(summarise([record]))),
    ):
        assert (SAMPLE / name).read_text(encoding="utf-8") == text + "\n", name
