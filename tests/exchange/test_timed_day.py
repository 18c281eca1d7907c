from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.codebooks.presets import preset
from shadowlog.errors import BadInput, NotFound
from shadowlog.exchange.mapping import mapping
from shadowlog.exchange.mapping import read as read_mapping
from shadowlog.exchange.timed_day import TimedDay, read

DAYS = Path(__file__).parent.parent / "data" / "days"
BOOK = preset("structured-observation")
DAY = date(2026, 11, 24)
HEADER = "start,end,who,n_people,activity,kind,place,initiator,interrupts,confidence"


def day(*lines: str, header: str = HEADER, on: date = DAY, zone: str = "Europe/London") -> TimedDay:
    """The timed day of a table with these lines."""
    return read("\n".join([header, *lines]).encode(), None, BOOK, on, zone, "day.csv")


def said(*lines: str, header: str = HEADER, on: date = DAY, zone: str = "Europe/London") -> list[str]:
    """What is said of a table with these lines, a problem a line."""
    with pytest.raises(BadInput) as caught:
        day(*lines, header=header, on=on, zone=zone)
    return str(caught.value).split("\n")


def refused(data: bytes) -> str:
    """What is said of a file with these bytes."""
    with pytest.raises(BadInput) as caught:
        read(data, None, BOOK, DAY, "Europe/London", "day.csv")
    return str(caught.value)


def clock(ms: int | None) -> str | None:
    """The time of day of an instant, in UTC, which is London's in winter."""
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).strftime("%H:%M:%S").removesuffix(":00")


@pytest.mark.parametrize(
    ("name", "count", "start", "end", "end_known", "minutes", "interruptions", "unsure"),
    [
        ("day-03", 10, "07:00", "09:00", False, 120, 0, 1),
        ("day-04", 17, "06:00", "10:45", False, 210, 0, 1),
        ("day-08", 21, "06:28", "09:12", True, 164, 1, 0),
        ("day-11", 8, "05:15", "08:30", False, 195, 1, 0),
        ("day-20", 10, "07:40", "12:30", False, 275, 0, 1),
    ],
)
def test_real_days(
    name: str, count: int, start: str, end: str, end_known: bool, minutes: int, interruptions: int, unsure: int
) -> None:
    """Five days that heads wrote down read whole, with their windows, gaps and interruptions."""
    found = read(DAYS / f"{name}.csv", None, BOOK, DAY, "Europe/London")
    assert len(found.episodes) == count
    assert (clock(found.start), clock(found.end), found.end_known) == (start, end, end_known)
    assert sum((e.end or e.start) - e.start for e in found.episodes) == minutes * 60_000
    assert sum(e.interrupts for e in found.episodes) == interruptions
    assert sum(e.unsure for e in found.episodes) == unsure
    assert all(e.roles and "activity" in e.codes and e.note for e in found.episodes)
    assert all(one.end is not None and one.end <= two.start for one, two in pairwise(found.episodes))
    assert (found.mapping, found.unread) == ("timed-day", ())


def test_one_line_in_full() -> None:
    """A line gives its instants, roles (equal ones merged), people, codes, note and marks."""
    found = day(
        '09:00,,teacher;staff_group;pupil,12,"Plans, a trip",incident,gate,scheduled,0,0.49',
        "09:10:30,09:20,none,,,email_it,unknown,unknown,1,0.5",
    )
    first, second = found.episodes
    assert (first.line, clock(first.start), clock(first.end)) == (2, "09:00", "09:10:30")
    assert (first.roles, first.people, first.note) == (("teacher", "pupil"), 12, "Plans, a trip")
    assert first.codes == {"activity": "unscheduled", "place": "outside", "initiator": "clock"}
    assert (first.interrupts, first.unsure) == (False, True)
    assert (second.line, clock(second.end), second.roles, second.people) == (3, "09:20", ("alone",), None)
    assert second.codes == {"activity": "desk"}
    assert (second.interrupts, second.unsure, second.note) == (True, False, "")


def test_ends() -> None:
    """An empty end is closed by the next start, equal starts give no time, and a last line may stay open."""
    found = day("09:00,,,,,,,,,", "09:10,,,,,,,,,", "09:10,09:15,,,,,,,,", "09:30,,,,,,,,,")
    assert [(clock(e.start), clock(e.end)) for e in found.episodes] == [
        ("09:00", "09:10"),
        ("09:10", "09:10"),
        ("09:10", "09:15"),
        ("09:30", None),
    ]
    assert (clock(found.end), found.end_known) == ("09:30", False)


def test_what_is_not_said_is_not_coded() -> None:
    """Empty cells are left uncoded: nobody named is not alone."""
    (only,) = day("09:00,09:10,,,,,,,,").episodes
    assert (only.roles, only.people, only.codes, only.interrupts, only.unsure) == ((), None, {}, False, False)


IN_ORDER = "lines go in order of time within one day; put what is past midnight in a file of the next day"
NO_GAP = "leave the end of the line before empty, or write 0"
OTHER = "09:00,,none,,,desk_work,office,head,0,1"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("09:00,08:59,,,,,,,,", "2 end: '08:59' is before the start of the same line; lines go in order of time within one"),
        ("23:30,00:15,,,,,,,,", "2 end: '00:15' is before the start of the same line; lines go in order of time within one"),
        ("09:00,24:00,,,,,,,,", "2 end: '24:00' is past midnight; a day ends by 23:59; put the rest in a file of the next"),
        ("25:10,,,,,,,,,", "2 start: '25:10' is past midnight; a day ends by 23:59"),
        ("9h,,,,,,,,,", "2 start: '9h' is no time; write HH:MM or HH:MM:SS"),
        ("9:5,,,,,,,,,", "2 start: '9:5' is no time; write HH:MM or HH:MM:SS"),
        (",09:10,,,,,,,,", "2 start: is empty; write when it started, as HH:MM"),
        ("09:00,,teacher;nurse,,,,,,,", "2 who: 'nurse' is not in the vocabulary; allowed: none, leadership_team, teacher,"),
        ("09:00,,,,,meeting,,,,", "2 kind: 'meeting' is not in the vocabulary; allowed: scheduled_meeting, unscheduled_"),
        ("09:00,,,,,,shed,,,", "2 place: 'shed' is not in the vocabulary; allowed: office, other_room, classroom, "),
        ("09:00,,,,,,,me,,", "2 initiator: 'me' is not in the vocabulary; allowed: head, other, scheduled, unknown"),
        ("09:00,,,0,,,,,,", "2 n_people: '0' is no number of people; write 1 to 10000, or leave it empty"),
        ("09:00,,,-1,,,,,,", "2 n_people: '-1' is no number of people"),
        ("09:00,,,2.5,,,,,,", "2 n_people: '2.5' is no number of people"),
        ("09:00,,,10001,,,,,,", "2 n_people: '10001' is no number of people"),
        ("09:00,,,٣,,,,,,", "2 n_people: '٣' is no number of people"),
        ("09:00,,none,3,,,,,,", "2 n_people: '3' people are there and the head is alone; leave it empty"),
        ("09:00,,teacher;pupil,1,,,,,,", "2 n_people: '1' is fewer than the groups present; write how many there are"),
        ("09:00,,none;pupil,,,,,,,", "2 who: 'none;pupil' is alone and in company; write one or the other"),
        ("09:00,,,,,,,,yes,", "2 interrupts: 'yes' is neither 0 nor 1; write 1 if it interrupted the line before, else 0"),
        ("09:00,,,,,,,,1,", "2 interrupts: the first line has nothing to interrupt; write 0"),
        ("09:00,,,,,,,,,1.1", "2 confidence: '1.1' is no confidence; write a number from 0 to 1, or leave it empty"),
        ("09:00,,,,,,,,,-0.1", "2 confidence: '-0.1' is no confidence"),
        ("09:00,,,,,,,,,nan", "2 confidence: 'nan' is no confidence"),
        ("09:00,,,,,,,,,1e-1", "2 confidence: '1e-1' is no confidence"),
        ("09:00,,,,,,,,,.", "2 confidence: '.' is no confidence"),
        ("09:00,,,,,,,,", "2: the line has 9 fields and the header has 10; put text with commas in quotes, and write"),
        ("09:00,,,,a, b,,,,,", "2: the line has 11 fields and the header has 10; put text with commas in quotes"),
        ('09:00,,,,"a"b,,,,,', "2: the quotes do not match; put text with commas or quotes in quotes"),
        ('09:00,,,,"a,,,,,', "2: the quotes do not match"),
        (f"09:00,,,,{'x' * 120_001},,,,,", "2 activity: has 120001 characters; use 120000 at most"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_where_it_stands(line: str, problem: str) -> None:
    """A mistake is named with file, line and column, what is wrong and what would be right."""
    (only,) = said(line)
    assert only.startswith(f"day.csv:{problem}")


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            ["09:00,09:20,,,,,,,,", "09:10,,,,,,,,,"],
            "2 end: ends after the next line starts (line 3); end it by then, or leave its end empty",
        ),
        (["09:10,,,,,,,,,", "09:00,,,,,,,,,"], f"3 start: '09:00' is before the start of the line before; {IN_ORDER}"),
        (
            ["09:00,09:05,,,,,,,,", "09:10,,,,,,,,1,"],
            f"3 interrupts: interrupts the line before, which had ended by then; {NO_GAP}",
        ),
    ],
)
def test_lines_beside_each_other(lines: list[str], problem: str) -> None:
    """Lines that overlap, go back in time or interrupt what had ended are named."""
    assert said(*lines) == [f"day.csv:{problem}"]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (HEADER.replace("place", "plaec"), "1: the column 'place' is missing; it stands there as 'plaec'; rename that"),
        (HEADER.replace("kind,", ""), "1: the column 'kind' is missing; add it"),
        (HEADER.replace("kind", "place"), "1: the column 'place' is there 2 times; give each column its own name"),
        (HEADER.replace("start", "began"), "1: the column 'start' is missing; add it"),
        (HEADER.replace(",", ";"), "1: the header has one column only; save it with commas between columns"),
        (
            "time,event",
            "1: no shipped mapping knows this header. Name a mapping file, or use the columns of timed-day: ",
        ),
    ],
)
def test_headers(header: str, problem: str) -> None:
    """A missing, misspelt or doubled column, and a table of another kind, are named."""
    found = said(header=header)
    assert any(each.startswith(f"day.csv:{problem}") for each in found)


def test_columns_in_any_order() -> None:
    """Columns may stand in any order and case, confidence may lack, and what is not read is reported."""
    header = "Weather, KIND ,Start,end,who,n_people,activity,place,initiator,interrupts"
    found = day("wet,phone,09:00,,,,,,,", header=header)
    assert found.unread == ("weather",)
    assert found.episodes[0].codes == {"activity": "phone"}


def test_all_problems_at_once() -> None:
    """One reading names everything, in the order of the lines."""
    found = said("9,,nobody,,,,,,,", OTHER, "08:00,,,,,,,,,2", header=HEADER.replace("initiator", "begun_by"))
    assert [each.split(";")[0] for each in found] == [
        "day.csv: 5 problems",
        "day.csv:1: the column 'initiator' is missing",
        "day.csv:2 start: '9' is no time",
        "day.csv:2 who: 'nobody' is not in the vocabulary",
        "day.csv:4 start: '08:00' is before the start of the line before",
        "day.csv:4 confidence: '2' is no confidence",
    ]


def test_the_first_twenty_problems() -> None:
    """A table in which everything is wrong does not flood the screen."""
    found = said(*["x,,,,,,,,,"] * 50)
    assert (found[0], len(found), found[-1]) == ("day.csv: 50 problems", 22, "and 30 more")


def test_line_numbers_count_the_lines_of_the_file() -> None:
    """A text over two lines and empty lines do not shift the numbers, whatever ends a line."""
    for end in ("\n", "\r\n", "\r"):
        lines = [HEADER, '09:00,,,,"two', 'lines",,,,,', "", "09:10,,,,,phone,,,,", "x,,,,,,,,,"]
        assert refused(end.join(lines).encode()) == "day.csv:6 start: 'x' is no time; write HH:MM or HH:MM:SS"
    assert day(*lines[1:5]).episodes[0].note == "two lines"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "day.csv: the file is empty; write a header and a line for each episode"),
        (b"\xef\xbb\xbf", "day.csv: the file is empty"),
        (HEADER.encode(), "day.csv: the table has a header and no lines; write a line for each episode"),
        (b"x" * 10_000_000, "day.csv: the file is larger than 5 MB; a day is a few kB; name the right file"),
        (HEADER.encode() + b"\n09:00,\0", "day.csv:2: there is a NUL byte, so this is no text; save the table as CSV"),
        (HEADER.encode() + b"\n\n09:00,caf\xe9", "day.csv:3: this is not UTF-8; save the table as CSV in UTF-8"),
        (b"\xef\xbb\xbf" + HEADER.encode() + b"\n\xff", "day.csv:2: this is not UTF-8"),
        (HEADER.encode("utf-16"), "day.csv:1: there is a NUL byte"),
        (
            b"\n".join([HEADER.encode(), *[b"09:00,,,,,,,,,"] * 2_001]),
            "day.csv:2002: there are more than 2000 lines; a day has no more; make a file of each day",
        ),
        (b'start,"' + b"x" * 100, "day.csv:1: the quotes do not match"),
        (
            HEADER.encode() + b'\n09:00,"' + b"x" * 200_000 + b'",',
            "day.csv:2: a field has more than 131072 characters; use 120000 at most",
        ),
    ],
    ids=range(11),
)
def test_files_that_are_no_table(data: bytes, problem: str) -> None:
    """What is no text, too large or empty is refused at once and in one sentence."""
    assert refused(data).startswith(problem)


def test_byte_order_mark() -> None:
    """A table saved by a spreadsheet, with its mark in front, reads as it is."""
    data = b"\xef\xbb\xbf" + f"{HEADER}\r\n{OTHER}\r\n".encode()
    assert read(data, None, BOOK, DAY, "Europe/London").episodes == day(OTHER).episodes


def test_hostile_text() -> None:
    """Control characters and escape sequences go from a note, markup stays as it was written."""
    (only,) = day('09:00,,,,"\x1b]0;owned\x07[/b]\x1b[31mred\x1b[0m \x08tab\there",,,,,').episodes
    assert only.note == "[/b]red tab here"
    (problem,) = said("09:00,,,,,\x1b[2J[bold]x,,,,")
    assert problem.startswith("day.csv:2 kind: '[bold]x' is not in the vocabulary")


def test_days_on_which_the_clocks_change() -> None:
    """A time that never was is refused; one that was twice is the first that is not before the line before."""
    (only,) = said("01:30,,,,,,,,,", on=date(2026, 3, 29))
    assert only.startswith("day.csv:2 start: '01:30' never was on 2026-03-29: the clocks of Europe/London went forward")
    found = day("01:20,01:40,,,,,,,,", "01:50,,,,,,,,,", "01:10,01:30,,,,,,,,", "02:00,,,,,,,,,", on=date(2026, 10, 25))
    starts = [clock(e.start) for e in found.episodes]
    assert starts == ["00:20", "00:50", "01:10", "02:00"]
    assert [clock(e.end) for e in found.episodes] == ["00:40", "01:10", "01:30", None]


def test_zone_and_date() -> None:
    """The zone decides which instant a time is; a zone that is none and a senseless year are refused."""
    assert clock(day(OTHER, zone="Asia/Kathmandu").start) == "03:15"
    assert said(OTHER, zone="Mars/Base") == ["there is no time zone 'Mars/Base'. Write a name such as Europe/London."]
    for no_day in (date(1, 1, 1), date(1970, 1, 1), date(2200, 1, 1)):
        assert f"{no_day} is no day to shadow on" in said(OTHER, on=no_day)[0]


def test_a_codebook_that_lacks_the_codes() -> None:
    """A mapping into another codebook is refused before a line is read, naming what is lacking."""
    with pytest.raises(BadInput, match=r"codebook 'default' lacks: activity 'scheduled'.*Use the codebook 'structured"):
        read(DAYS / "day-03.csv", mapping("timed-day"), preset("default"), DAY, "Europe/London")


def test_a_mapping_of_ones_own() -> None:
    """A mapping file of one's own reads a table with other columns, and keeps to the codebook's flags."""
    own = read_mapping("""
id = "own"
name = "Own"
codebook = "default"
[columns]
start = "from"
note = "remark"
[codes.role]
column = "with"
separator = "+"
[codes.activity]
column = "what"
""")
    book = preset("default")
    table = b"from,with,what,remark\n08:00,teacher+pupil,welfare,fine\n08:10,other_person,other,"
    found = read(table, own, book, DAY, "Europe/London")
    assert [(e.roles, e.codes["activity"]) for e in found.episodes] == [
        (("teacher", "pupil"), "welfare"),
        (("other_person",), "other"),
    ]
    with pytest.raises(BadInput, match="table:3 remark: someone who asked not to be recorded is there; leave it empty"):
        read(table + b"words", own, book, DAY, "Europe/London")


def test_files(tmp_path: Path) -> None:
    """A file that is not there is not found; a folder cannot be read."""
    with pytest.raises(NotFound, match="there is no file"):
        read(tmp_path / "day.csv", None, BOOK, DAY, "Europe/London")
    with pytest.raises(BadInput, match="cannot be read"):
        read(tmp_path, None, BOOK, DAY, "Europe/London")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nonsense_is_refused(nonsense: bytes) -> None:
    """Whatever is handed in that is no timed day is refused as bad input, never in another way."""
    assert refused(nonsense).startswith("day.csv")


@given(st.data())
def test_a_file_that_was_garbled(data: st.DataObject) -> None:
    """A real day with a piece torn out or overwritten is read whole and in order, or refused."""
    whole = (DAYS / "day-08.csv").read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    torn = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + data.draw(st.integers(0, 60)) :]
    try:
        found = read(torn, None, BOOK, DAY, "Europe/London")
    except BadInput:
        found = read(whole, None, BOOK, DAY, "Europe/London")
    starts = [e.start for e in found.episodes]
    assert starts == sorted(starts)
    assert all(e.end is not None and e.end <= e_next.start for e, e_next in pairwise(found.episodes))
