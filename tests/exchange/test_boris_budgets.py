"""Time budgets of two BORIS projects beside those that BORIS 9.15.0 made of them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from shadowlog.analysis.budget import BudgetRow, budget
from shadowlog.analysis.prepare import prepared
from shadowlog.domain.clock import FakeClock
from shadowlog.exchange.boris import days_of, heads_of, read_coding
from shadowlog.exchange.boris_coding import NO_SUBJECT
from shadowlog.exchange.registry import Asked

FOLDER = Path(__file__).parent.parent / "data" / "boris"
ASKED = Asked("S", "O1", "UTC")
Key = tuple[str, str, str]


@cache
def rows_of(name: str) -> Mapping[Key, BudgetRow]:
    """The rows of a project's budget by (observation, subject, behaviour)."""
    path = FOLDER / name
    coding = read_coding(path)
    taken = days_of(coding, path.name, ASKED, FakeClock())
    heads = heads_of(
        [s for s in coding.subjects if any(b.subject == s for o in coding.sittings for b in o.bouts)], ASKED, ""
    )
    subjects = {code: subject for subject, code in heads.items()}
    sittings = [o.name for o in coding.sittings for s in dict.fromkeys(b.subject for b in o.bouts)]
    assert len(sittings) == len(taken.days)
    records = [each.day.record(0) for each in taken.days]
    told = {r.observation.id: (o, subjects[r.observation.head]) for r, o in zip(records, sittings, strict=True)}
    return {(*told[r.observation or ""], r.labels[0]): r for r in budget(prepared(records)).rows}


def lines_of(name: str) -> list[dict[str, str]]:
    """The lines of a budget that BORIS wrote."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(line: Mapping[str, str], row: BudgetRow, *, length: bool = True) -> list[str]:
    """The columns in which a line of BORIS and a row of ours differ; a tie may be rounded either way."""
    share = None if row.share is None else 100 * row.share
    ours: dict[str, tuple[float | None, float]] = {
        "Total number of occurences": (row.count, 0),
        "Total duration (s)": (row.total, 0.000_51),
        "Duration mean (s)": (row.mean, 0.000_51),
        "Duration std dev": (row.sd, 0.000_51),
        "inter-event intervals mean (s)": (row.gap_mean, 0.000_51),
        "inter-event intervals std dev": (row.gap_sd, 0.000_51),
        "% of total length": (share, 0.051),
    }
    return [
        f"{column}: BORIS {line[column]}, here {value}"
        for column, (value, most) in ours.items()
        if (line[column] in {"NA", "-"}) != (value is None)
        or (value is not None and abs(float(line[column]) - value) > most)
    ]


def test_a_thousand_events() -> None:
    """Every figure of BORIS' budget of 1,000 events in 168 rows comes out, to three decimals and to a tenth of a per cent."""
    ours = rows_of("synthetic_1000.boris.gz")
    seen = 0
    for line in lines_of("synthetic_1000.tb.csv"):
        row = ours.get(("day 0000", line["Subject"], line["Behavior"]))
        if line["Total number of occurences"] == "0":
            assert row is None
            continue
        assert row is not None
        assert same(line, row) == []
        seen += 1
    assert seen == len(ours)


def test_the_observations_that_boris_takes() -> None:
    """Of a real project BORIS takes the two observations that have every stop; each of their figures comes out."""
    ours = rows_of("examplevideotrial.boris.gz")
    lines = lines_of("borisr.tb.csv")
    assert {line["Observation id"] for line in lines} == {"animaln06", "animalt07"}
    for line in lines:
        assert same(line, ours[line["Observation id"], line["Subject"], line["Behavior"]]) == []


def test_a_missing_stop_costs_one_episode() -> None:
    """With its check off BORIS gives no figure for a behaviour that lacks a stop; here all bouts but that one have theirs.

    The other lines of a budget of 135 observations are equal, but where BORIS counts a subject twice because the project
    names it twice, pairs starts and stops whatever their modifiers, or begins a film of unknown length at its first event.
    """
    ours = rows_of("examplevideotrial.boris.gz")
    told: Counter[str] = Counter()
    for line in lines_of("borisr.tb_nocheck.csv"):
        subject = "" if line["Subject"] == NO_SUBJECT else line["Subject"]
        row = ours[line["Observation id"], subject, line["Behavior"]]
        if line["Total number of occurences"] == "UNPAIRED":
            assert row.unknown >= 1
            assert (row.total is None) == (row.count == row.unknown)
            told["unpaired"] += 1
        elif not (differing := same(line, row)):
            told["equal"] += 1
        elif subject == "animalk":
            assert line["Total number of occurences"] == str(2 * row.count) or line["Total duration (s)"] == "0.000"
            told["subject twice"] += 1
        elif row.unknown:
            told["paired by order"] += 1
        else:
            assert [each.split(":")[0] for each in differing] == ["% of total length"]
            told["film of unknown length"] += 1
    assert told == {
        "equal": 520,
        "unpaired": 131,
        "subject twice": 104,
        "film of unknown length": 11,
        "paired by order": 3,
    }
