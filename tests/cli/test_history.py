"""`shadowlog show --history`: what was said of an episode, as plain text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shadowlog.cli import run
from shadowlog.cli.history_text import history_lines
from shadowlog.domain import commands as c
from shadowlog.errors import NotFound
from tests.domain.test_corrections import Corrector, morning

DAYS = Path(__file__).parent.parent / "data" / "days"


def corrected() -> Corrector:
    """A morning with an amendment, a retraction and a merge."""
    day = morning()
    day.do(c.Amend, episode=day.named("teacher, what?"), codes={"activity": "teaching"})
    day.do(c.Retract, episode=day.named("pupil, general"))
    return day


def lines(day: Corrector, wanted: str = "") -> list[str]:
    """The histories, as lines."""
    return history_lines(day.day, day.moment().at, wanted)


def test_all_episodes_and_what_was_retracted() -> None:
    """Without a choice every episode is there, those that were retracted last, each with its first word."""
    told = lines(corrected())
    assert sum("first word:" in line for line in told) == 3
    assert [line for line in told if "because" in line] == [
        "  2026-11-24 08:06:48 O1  amended: what: what? → teaching  because: seen again",
        "  2026-11-24 08:06:48 O1  retracted: pupil, general, 08:05:06–running, unscheduled, f2f  because: seen again",
    ]
    assert told[-2] == "  now: none; it was retracted or merged"


@pytest.mark.parametrize("wanted", ["8:01:43", "08:01:43", "8:02", "802", "8.01.43", "08:03:24"])
def test_an_episode_by_its_time(wanted: str) -> None:
    """A time chooses what began then, or else what was going on at it."""
    told = lines(corrected(), wanted)
    assert sum("first word:" in line for line in told) == 1
    assert any("first word: teacher, what?" in line for line in told)


def test_an_episode_by_its_time_over_midnight() -> None:
    """On a day that passes midnight a time is that of its own date, whichever comes first as text."""
    day = Corrector("3 t +60000 7 +6000 i a +600 X X")
    for wanted, who in (("00:30", "teacher"), ("0030", "teacher"), ("01:00", "pupil"), ("23:59:59", "teacher")):
        told = [line for line in lines(day, wanted) if "first word:" in line]
        assert len(told) == 1, wanted
        assert f"first word: {who}" in told[0]


def test_an_episode_by_its_id() -> None:
    """The beginning of an id chooses too, that of a retracted one as well."""
    day = corrected()
    gone = next(a.command for a in day.day.acts if isinstance(a.command, c.Retract)).episode
    assert lines(day, gone)[0] == gone


@pytest.mark.parametrize("wanted", ["23:59", "none", "[/b]", "9:99"])
def test_nothing_found_is_said(wanted: str) -> None:
    """A time at which nothing went on, and an id that none has, are said to be so."""
    with pytest.raises(NotFound, match="No episode"):
        lines(corrected(), wanted)


def test_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`show ID --history` prints all histories of an imported day, `--history 10:42` one, and a wrong time ends with 3."""
    database = ["--db", str(tmp_path / "shadowlog.db")]

    def program(*arguments: Any) -> tuple[int, str]:
        capfd.readouterr()
        code = run([*database, *map(str, arguments)])
        out, err = capfd.readouterr()
        return code, out or err

    options = ["--study", "Pilot", "--head", "H01", "--observer", "O1", "--date", "2007-04-27", "--zone", "UTC"]
    day = min(DAYS.glob("*.csv"))
    id_ = program("import", day, *options)[1].splitlines()[-1]
    code, told = program("show", id_, "--history")
    assert code == 0
    first = next(line for line in program("show", id_)[1].splitlines() if line[2:3] == ":" and "·" not in line)[:8]
    code, one = program("show", id_, "--history", first)
    assert code == 0
    assert one in told
    assert 0 < len(one) < len(told)
    assert program("show", id_, "--history", "03:33")[0] == 3
