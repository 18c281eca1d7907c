"""BORIS files as days: what is read, what is refused and where, and what is said to be left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowlog.analysis.budget import Budget, budget
from shadowlog.analysis.prepare import prepared
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.codebook_rules import faults
from shadowlog.errors import BadInput
from shadowlog.exchange.boris import days_of, read_coding
from shadowlog.exchange.boris_coding import Coding
from shadowlog.exchange.boris_frames import frames_of
from shadowlog.exchange.registry import Asked, Taken, reader_for

STATE, POINT = "State event", "Point event"


def behaviour(code: str, kind: str = STATE, **more: Any) -> dict[str, Any]:
    """A line of an ethogram."""
    return {"type": kind, "code": code, "modifiers": "", "category": "", "excluded": "", **more}


def project(events: list[Any], *behaviours: dict[str, Any], version: str = "7.0", **observation: Any) -> dict[str, Any]:
    """A project of one live observation."""
    return {
        "project_format_version": version,
        "project_name": "made",
        "subjects_conf": {"0": {"name": "A"}, "1": {"name": "B"}},
        "behaviors_conf": {str(n): each for n, each in enumerate(behaviours or (behaviour("talk"),))},
        "observations": {
            "one": {"type": "LIVE", "date": "2026-11-22T08:00:00", "time offset": 0.0, "events": events, **observation}
        },
    }


def coding_of(folder: Path, values: object) -> Coding:
    """The coding of a project, written and read."""
    file = folder / "made.boris"
    file.write_text(values if isinstance(values, str) else json.dumps(values), encoding="utf-8")
    return read_coding(file)


def taken_of(coding: Coding, end: int | None = None) -> Taken:
    """A coding as days."""
    return days_of(coding, "made.boris", Asked("S", "O1", "UTC", end=end), FakeClock())


def budget_of(coding: Coding, end: int | None = None) -> Budget:
    """The budget of the days of a coding."""
    return budget(prepared([each.day.record(0) for each in taken_of(coding, end).days]))


def as_boris(events: list[Any], *, by_clock: bool = False) -> dict[str, tuple[float, float] | None]:
    """Seconds and share of each state by the rules that BORIS 9.15.0 was seen to follow, for what it gets wrong.

    It pairs a behaviour's presses in the order of time, whatever their modifiers; None where one is left over, since it then
    leaves the observation out. It divides by the last event's time less the first's, and by the clock since midnight.
    """
    times: dict[str, list[float]] = {}
    for at, _, code, *_ in sorted(events, key=lambda event: event[0]):
        times.setdefault(code, []).append(at)
    every = sorted(at for found in times.values() for at in found)
    whole = every[-1] - (0 if by_clock else every[0])
    if any(len(found) % 2 for found in times.values()):
        return dict.fromkeys(times)
    sums = {code: sum(b - a for a, b in zip(found[::2], found[1::2], strict=True)) for code, found in times.items()}
    return {code: (total, total / whole) for code, total in sums.items()}


def test_a_day_by_the_clock_begins_with_its_first_event(tmp_path: Path) -> None:
    """Two halves of a day from 08:00 to 16:00 are 50 % each; BORIS counts from midnight and gives 25.0 % and 25.0 %."""
    events = [[28800, "", "meet", "", ""], [43200, "", "meet", "", ""], [43200, "", "paper", "", ""]]
    values = project(
        [*events, [57600, "", "paper", "", ""]], behaviour("meet"), behaviour("paper"), start_from_current_time=True
    )
    coding = coding_of(tmp_path, values)
    assert [row.share for row in budget_of(coding).rows] == [0.5, 0.5]
    theirs = as_boris(values["observations"]["one"]["events"], by_clock=True)
    assert theirs == {"meet": (14400, 0.25), "paper": (14400, 0.25)}
    assert taken_of(coding).days[0].day.start == 1_795_334_400_000


def test_an_end_that_is_given_closes_the_window(tmp_path: Path) -> None:
    """A ten-minute talk before an hour with nothing coded is a seventh of the time; BORIS gives 100 %."""
    events = [[0, "", "talk", "", ""], [600, "", "talk", "", ""]]
    coding = coding_of(tmp_path, project(events))
    assert as_boris(events) == {"talk": (600, 1)}
    assert budget_of(coding).rows[0].share == 1
    assert budget_of(coding, end=4_200_000).rows[0].share == pytest.approx(1 / 7)


def test_states_overlap_when_their_modifiers_differ(tmp_path: Path) -> None:
    """Talks with A from 0 to 100 s and with B from 50 to 150 s are 200 s by behaviour; BORIS gives 2 x 50 s, 100 s."""
    events = [
        [0, "", "talk", "A", ""],
        [50, "", "talk", "B", ""],
        [100, "", "talk", "A", ""],
        [150, "", "talk", "B", ""],
    ]
    row = budget_of(coding_of(tmp_path, project(events, behaviour("talk", modifiers="A,B")))).rows[0]
    assert (row.count, row.total, row.mean, row.gaps) == (2, 200, 100, 0)
    assert as_boris(events) == {"talk": (100, 100 / 150)}


def test_one_forgotten_stop_costs_one_episode(tmp_path: Path) -> None:
    """Of three talks of which the last has no stop, two have their 30 s; BORIS leaves the whole observation out."""
    times = [0, 10, 20, 40, 50]
    events = [[t, "", "talk", "", ""] for t in times]
    taken = coding_of(tmp_path, project(events))
    assert as_boris(events) == {"talk": None}
    row = budget_of(taken).rows[0]
    assert (row.count, row.unknown, row.total, row.gap_mean) == (3, 1, 30, 10)
    assert "1 state has no stop: counted, in no duration" in taken_of(taken).lines


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"project_format_version": "8.7"}, "made.boris: project_format_version: is 8.7, and what a format newer"),
        ({"project_format_version": "1.5"}, "made.boris: project_format_version: is 1.5, older than 1.6"),
        ({"project_format_version": 7}, "made.boris: project_format_version: is '7', no format of BORIS"),
        ({"observations": []}, "made.boris: observations: is missing or no object"),
        ({"observations": {"one": 3}}, "made.boris: observations[1]: is no object"),
        ({"behaviors_conf": {"x": {}}}, "made.boris: behaviors_conf: is no table of numbered lines"),
        (
            {"behaviors_conf": {"0": {"code": 3, "type": STATE}}},
            "made.boris: behaviors_conf[0].code: is missing or no text",
        ),
        ({"behaviors_conf": {"0": {"code": "a", "type": "?"}}}, "behaviors_conf[0].type: is neither a state nor"),
        ({"behavioral_categories": [3]}, "made.boris: behavioral_categories: is no list of names"),
    ],
)
def test_a_project_of_another_form_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """Wrong types and unknown formats are refused, naming the file and the place."""
    with pytest.raises(BadInput) as refusal:
        coding_of(tmp_path, {**project([]), **change})
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([["0", "", "talk", "", ""]], "observations[1].events[1][1]: is no time in seconds"),
        ([[float("nan"), "", "talk", "", ""]], "observations[1].events[1][1]: is no time in seconds"),
        ([[float("inf"), "", "talk", "", ""]], "observations[1].events[1][1]: is no time in seconds"),
        ([[1e300, "", "talk", "", ""]], "observations[1].events[1][1]: is no time in seconds"),
        ([[True, "", "talk", "", ""]], "observations[1].events[1][1]: is no time in seconds"),
        ([[0, "", "talk", "", ""], [1, "", "talk"]], "observations[1].events[2]: is no event"),
        ([[0, None, "talk", "", ""]], "observations[1].events[1]: holds other things than texts"),
        ([{"at": 0}], "observations[1].events[1]: is no event"),
    ],
)
def test_an_event_of_another_form_is_refused(tmp_path: Path, events: list[Any], said: str) -> None:
    """An event that cannot be relied on is refused with its place, and nothing is read in part."""
    with pytest.raises(BadInput) as refusal:
        coding_of(tmp_path, project(events))
    assert str(refusal.value).startswith("made.boris: ")
    assert said in str(refusal.value)


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    """A file that is cut short is refused with line and column; one nested without end, or packed and cut, with its name."""
    whole = json.dumps(project([[0, "", "talk", "", ""]]), indent=1)
    with pytest.raises(BadInput, match=r"made\.boris:\d+ column \d+: this is no whole JSON"):
        coding_of(tmp_path, whole[:-40])
    with pytest.raises(BadInput, match=r"made\.boris: this is no JSON"):
        coding_of(tmp_path, "[" * 100_000)
    packed = tmp_path / "made.boris.gz"
    packed.write_bytes(b"\x1f\x8b\x08\x00")
    with pytest.raises(BadInput, match="cut short or damaged"):
        read_coding(packed)


def test_a_name_that_stands_twice_is_told(tmp_path: Path) -> None:
    """Of two values of one name the last counts, as in BORIS, and the import says so."""
    text = json.dumps(project([[0, "", "talk", "", ""]]))
    coding = coding_of(tmp_path, text.replace('"events"', '"events": [[7, "", "talk", "", ""]], "events"'))
    assert [b.start for b in coding.sittings[0].bouts] == [0]
    assert "1 × earlier value of a name that stands twice in one object" in coding.unplaced


def test_old_and_new_events(tmp_path: Path) -> None:
    """Events of 4 to 8 items, sets written as "a,b|c,d", an unset modifier, negative times: all are read."""
    modifiers = "sniff (s),lick (l)|top,bottom"
    events = [
        [-1.5, "A", "touch", "sniff|top"],
        [0.0, "A", "touch", "sniff|top", ""],
        [1.0, "A", "touch", "None|bottom", "", 25],
        [2.0, "A", "touch", "None|bottom", "", 50],
        [3.0, "A", "flip", "", "", 7, "a.jpg"],
    ]
    values = project(events, behaviour("touch", modifiers=modifiers), behaviour("flip", POINT), version="1.6")
    day = taken_of(coding_of(tmp_path, values)).days[0].day
    assert [(dict(e.codes), e.duration_known) for e in day.record(0).episodes] == [
        ({"activity": "touch", "m_modifier_1": "sniff", "m_modifier_2": "top"}, True),
        ({"activity": "touch", "m_modifier_2": "bottom"}, True),
        ({"activity": "flip"}, False),
    ]


def test_pictures_without_a_time_are_told(tmp_path: Path) -> None:
    """An event on a picture that has no time cannot be placed: it is counted among what was left out."""
    events = [[float("nan"), "A", "flip", "", "", 1, "a.jpg"], [4.0, "A", "flip", "", "", 2, "b.jpg"]]
    coding = coding_of(tmp_path, project(events, behaviour("flip", POINT), version="8.6", type="IMAGES"))
    assert len(coding.sittings[0].bouts) == 1
    assert coding.unplaced == ("1 × event on a picture that has no time",)


def test_an_interval_limits_the_window(tmp_path: Path) -> None:
    """What is outside the interval of an observation is left out, what crosses it is cut, and both are told."""
    times = [0, 5, 8, 12, 30, 40]
    values = project([[t, "A", "talk", "", ""] for t in times])
    values["observations"]["one"]["observation time interval"] = [10, 20]
    coding = coding_of(tmp_path, values)
    row = budget_of(coding).rows[0]
    assert (row.count, row.total, row.share) == (1, 2, 0.2)
    assert len(coding.unplaced) == 2


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Escape sequences and markup in the names of a file reach neither the codebook nor the terminal."""
    evil = "\x1b[31m[b]talk[/b]\u202e"
    values = project([[0, evil, evil, "", ""], [1, evil, evil, "", ""]], behaviour(evil, category=evil))
    taken = taken_of(coding_of(tmp_path, values))
    assert faults(taken.days[0].observation.codebook) == ()
    assert not any("\x1b" in line or "\u202e" in line for line in (*taken.lines, *taken.days[0].lines))


TABULAR = """Comment,Time,Behavior type,Subject,Behavior,Modifier #1,Observation id,Observation date,Observation type
,0.000,START,A,talk,x,one,2026-11-22 08:00:00,Live observation
hm,60.000,STOP,A,talk,x,one,2026-11-22 08:00:00,Live observation
,90.000,POINT,A,wave,NA,one,2026-11-22 08:00:00,Live observation
,95.000,STOP,A,talk,y,one,2026-11-22 08:00:00,Live observation
"""
AGGREGATED = """Observation id\tObservation date\tMedia file\tTotal length\tSubject\tBehavior\tModifiers\tBehavior type\tStart (s)\tStop (s)
one\t2026-11-22 08:00:00\ta.mp4\t120.0\tA\ttalk\tx\tSTATE\t0.000\t60.000
one\t2026-11-22 08:00:00\ta.mp4\t120.0\tNo focal subject\twave\t\tPOINT\t90.000\t90.000
"""


def test_tables_are_read_by_their_header(tmp_path: Path) -> None:
    """Tabular events in any order of columns, and aggregated events in the old layout, give the bouts they hold."""
    one, other = tmp_path / "events.csv", tmp_path / "events.tsv"
    one.write_text(TABULAR, encoding="utf-8")
    other.write_text(AGGREGATED, encoding="utf-8")
    found = reader_for(one)
    assert found is not None
    assert found.name == "BORIS events"
    coding = read_coding(one)
    assert [(b.code, b.start, b.end) for b in coding.sittings[0].bouts] == [
        ("talk", 0, 60_000),
        ("wave", 90_000, 90_000),
    ]
    assert coding.unplaced == ("1 × stop of a state that had not started",)
    coding = read_coding(other)
    assert [(b.subject, b.code, b.modifiers) for b in coding.sittings[0].bouts] == [
        ("A", "talk", ("x",)),
        ("", "wave", ()),
    ]
    assert budget_of(coding).rows[0].share == 0.5


def test_a_broken_table_is_refused_with_its_line(tmp_path: Path) -> None:
    """A time that is none is refused with line and column."""
    file = tmp_path / "events.csv"
    file.write_text(TABULAR.replace("60.000", "soon"), encoding="utf-8")
    with pytest.raises(BadInput, match=r"events\.csv:3 time: 'soon' is no time"):
        read_coding(file)


BOUTS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", ""]),
        st.sampled_from(["talk", "walk"]),
        st.sampled_from(["", "x", "y"]),
        st.integers(0, 5_000_000),
        st.integers(0, 900_000),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(bouts=BOUTS, points=st.lists(st.tuples(st.sampled_from(["A", ""]), st.integers(0, 5_000_000)), max_size=10))
def test_whatever_is_written_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    bouts: list[tuple[str, str, str, int, int]],
    points: list[tuple[str, int]],
) -> None:
    """Random bouts written as a project keep number and total by subject and behaviour, by the journal and without it."""
    kept: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for subject, code, modifier, start, length in bouts:
        line = kept.setdefault((subject, code, modifier), [])
        if all(start + length < lo or start > hi for lo, hi in line):
            line.append((start, start + length))
    events = [[at / 1000, s, code, m, ""] for (s, code, m), line in kept.items() for span in line for at in span]
    events += [[at / 1000, subject, "wave", "", ""] for subject, at in points]
    values = project(
        events, behaviour("talk", modifiers="x,y"), behaviour("walk", modifiers="x,y"), behaviour("wave", POINT)
    )
    coding = coding_of(tmp_path_factory.mktemp("boris"), values)
    by_journal = budget_of(coding)
    without = budget(frames_of(coding).frames)
    assert [(r.codes, r.count, r.total, r.sd, r.gap_mean, r.share) for r in by_journal.rows] == [
        (r.codes, r.count, r.total, r.sd, r.gap_mean, r.share) for r in without.rows
    ]
    assert sum(r.count for r in by_journal.rows) == sum(map(len, kept.values())) + len(points)
    total = sum(hi - lo for line in kept.values() for lo, hi in line)
    assert sum(r.total or 0 for r in by_journal.rows) == pytest.approx(total / 1000)


def test_one_ethogram_is_one_codebook(tmp_path: Path) -> None:
    """Projects and tables with the same ethogram give the very same codebook, whatever file and project are called."""
    events = [[0, "", "talk", "", ""], [600, "", "talk", "", ""]]
    values = project(events)
    one = taken_of(coding_of(tmp_path, values)).days[0].observation.codebook
    other = taken_of(coding_of(tmp_path, {**values, "project_name": "Ann"})).days[0].observation.codebook
    header = "Observation id,Observation date,Subject,Behavior,Behavior type,Time"
    books = [one, other]
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"{header}\no,2026-11-02 08:00:00,A,talk,START,1\n", encoding="utf-8")
        books.append(taken_of(read_coding(tmp_path / name)).days[0].observation.codebook)
    assert {digest(book) for book in books} == {digest(one)}


@pytest.mark.parametrize("text", [TABULAR, AGGREGATED])
def test_a_table_whose_lines_end_with_cr(tmp_path: Path, text: str) -> None:
    """A table whose lines end with a CR alone, as old spreadsheets write it, is what it is with other ends."""
    file = tmp_path / "events.csv"
    found = []
    for end in ("\n", "\r", "\r\n"):
        file.write_bytes(text.replace("\n", end).encode())
        assert reader_for(file) is not None
        found.append(read_coding(file))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Comm\0ent", "events.csv:1: there is a NUL byte, so this is no text"),
        ("x" * 200_000, "events.csv:1: the header never ends"),
    ],
)
def test_a_header_that_is_none(tmp_path: Path, header: str, said: str) -> None:
    """A NUL byte and a header without end are refused in words."""
    file = tmp_path / "events.csv"
    file.write_text(TABULAR.replace("Comment", header, 1), encoding="utf-8")
    reader_for(file)
    with pytest.raises(BadInput) as refusal:
        read_coding(file)
    assert said in str(refusal.value)


FAR: dict[str, Any] = {"time offset": -99999999999}


@pytest.mark.parametrize("date", [{}, [], ["2026-11-22"], 20261122, True])
def test_a_date_of_another_form_is_refused(tmp_path: Path, date: object) -> None:
    """A date that is no text is refused, naming the observation."""
    with pytest.raises(BadInput, match=r"made\.boris: observations\[1\]\.date: is missing or no text"):
        coding_of(tmp_path, project([[0, "", "talk", "", ""]], date=date))


@pytest.mark.parametrize(
    "values",
    [
        project([[-1e11, "", "talk", "", ""]]),
        project([[0, "", "talk", "", ""], [1e11, "", "talk", "", ""]]),
        project([[0, "", "talk", "", ""]], **FAR),
        project([[1, "", "talk", "", ""]], date="0001-01-01T00:00:00"),
        project([[1, "", "talk", "", ""]], date="9999-12-31T23:59:59"),
        project([[99999999999.999, "", "talk", "", ""]], start_from_current_epoch_time=True),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_time_on_no_day_is_refused(tmp_path: Path, values: dict[str, Any], zone: str) -> None:
    """Times that lie on no day to shadow on are refused, naming the observation, however far away they are."""
    coding = coding_of(tmp_path, values)
    with pytest.raises(BadInput, match=r"made\.boris: observations\[1\]: an observation is on no day to shadow on"):
        days_of(coding, "made.boris", Asked("S", "O1", zone), FakeClock())
