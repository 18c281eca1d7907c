"""State sequences for TraMineR: a state a minute, as lines and as runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from shadowlog.domain.terms import Record, State
from shadowlog.errors import BadInput
from shadowlog.exchange.traminer import tables, write
from tests.analysis.days import Diary


def day(observation: str = "day", *, longer: bool = False) -> Record:
    """Three minutes of paper work, a gap of one, two of teaching."""
    diary = Diary(observation)
    diary.episode("a", 3, "teachers", activity="paper")
    diary.stretch(1, State.GAP)
    diary.episode("b", 2, "teachers", activity="teaching")
    if longer:
        diary.episode("c", 1, "teachers")
    return diary.record()


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_lines_and_runs_say_the_same() -> None:
    """A line has a state a minute, a run its first and last minute; a gap and a missing code are empty."""
    made = tables([day(), day("other", longer=True)])
    assert lines(made["sts.csv"]) == [
        "observation,t1,t2,t3,t4,t5,t6,t7",
        "day,paper,paper,paper,,teaching,teaching,",
        "other,paper,paper,paper,,teaching,teaching,",
    ]
    assert lines(made["spell.csv"])[:3] == ["observation,begin,end,state", "day,1,3,paper", "day,5,6,teaching"]


def test_the_alphabet_is_the_schemes() -> None:
    """Every activity of the scheme is in the alphabet with its label, also one that never came; what each line is, is said."""
    made = tables([day()])
    assert lines(made["states.csv"])[0] == "state,label"
    assert "money,Money" in lines(made["states.csv"])
    assert lines(made["observations.csv"])[1] == "day,H01,Europe/London,2026-11-24T08:00:00+00:00,6,1.0,amended"
    assert "seqdef" in made["read.R"]


def test_what_has_no_minute_is_refused() -> None:
    """A day without a whole minute, no day, and a day named twice are refused by name."""
    short = Diary("short")
    short.episode("a", 0, "teachers", activity="paper")
    with pytest.raises(BadInput, match="no whole minute was observed in short"):
        tables([day(), short.record()])
    with pytest.raises(BadInput, match="in nothing"):
        tables([])
    with pytest.raises(BadInput, match="named twice"):
        tables([day(), day()])


def test_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Five files; one that is there already is not overwritten unasked, and then none of the others is written."""
    folder = tmp_path / "out"
    assert sorted(path.name for path in write([day()], folder)) == [
        "observations.csv",
        "read.R",
        "spell.csv",
        "states.csv",
        "sts.csv",
    ]
    (folder / "sts.csv").unlink()
    with pytest.raises(BadInput):
        write([day("other")], folder)
    assert not (folder / "sts.csv").exists()
    assert "other" not in (folder / "spell.csv").read_text(encoding="utf-8")
    write([day("other")], folder, overwrite=True)
    assert "other" in (folder / "sts.csv").read_text(encoding="utf-8")
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="name of the folder"):
        write([day()], tmp_path / "file")
