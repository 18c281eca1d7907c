"""Several days of one head: a dot a day, ranges in words, and days that cannot stand side by side are refused."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shadowlog.analysis.comparison import Spread
from shadowlog.domain.codebook import RollUp
from shadowlog.domain.phrases import number
from shadowlog.domain.terms import Record, Verification
from shadowlog.domain.versions import Version
from shadowlog.errors import Refused
from shadowlog.report.dots import Line, dot_title, letter, stacked
from shadowlog.report.many_days import days_name, days_of, days_page, days_sentences, days_table, ranged
from tests.analysis.talks import viewed
from tests.report import days
from tests.report.reading import Page
from tests.report.test_page import demo_day

DAY = 86_400_000


def later(record: Record, number_: int) -> Record:
    """The day so many days later, under an id of its own."""
    move = number_ * DAY
    return replace(
        record,
        observation=replace(record.observation, id=f"obs-{number_ + 1}"),
        start=record.start + move,
        end=record.end + move,
        track=tuple(replace(s, start=s.start + move, end=(s.end or 0) + move) for s in record.track),
        contacts=tuple(replace(c, at=c.at + move) for c in record.contacts),
        notes=tuple(replace(n, at=n.at + move) for n in record.notes),
    )


def of_one_head() -> list[Record]:
    """The three days of the demonstration's first head."""
    found = [demo_day(n) for n in range(7)]
    return [day for day in found if day.observation.head == found[0].observation.head]


def test_a_dot_for_each_day_at_its_share() -> None:
    """Every day's share of episodes and of time is a dot under its letter, and a cell of the two tables."""
    told = days_of(of_one_head())
    assert len(told.days) == 3
    chart = next(each for each in told.charts if each.key == "by-role")
    often, lasted = (trace for trace in chart.figure.data if trace.name == "dots")
    for trace, field in ((often, "count_share"), (lasted, "time_share")):
        drawn = sorted(zip(trace.text, [round(x, 6) for x in trace.x], strict=True))
        expected = sorted(
            (letter(n), round(100 * getattr(day.table("role").row(row.code), field), 6))
            for n, day in enumerate(told.days)
            for row in told.days[0].table("role").rows
            if any(
                each.table("role").row(row.code).count or each.table("role").row(row.code).minutes for each in told.days
            )
        )
        assert drawn == expected
    shares, times = chart.tables
    assert shares.columns == times.columns
    assert times.columns == ("Heading", "A", "B", "C", "Lowest", "Highest", "95 % interval over all days")


def test_every_chart_has_a_caption_and_a_table() -> None:
    """Each figure of the page has a caption and real tables, and nothing is called an average."""
    read = Page(days_page(days_of(of_one_head())))
    assert read.tags["figure"] == 6
    assert all(read.captioned)
    assert len(read.tables) == 1 + 3 + 2 * 5
    assert "mean" not in read.text.lower().replace("meaning", "")
    assert "nothing is averaged over the days" in read.text
    assert read.lines[0] == "For your own reflection, not for appraisal"


@pytest.mark.parametrize("version", list(Version))
def test_an_interval_is_of_what_is_shown(version: Version) -> None:
    """In each version the 95 % interval of a share lies within the lowest and the highest day."""
    days_ = [viewed(day, Verification.AGREE, 0, 1) for day in of_one_head()]
    told = days_of(days_, version=version)
    within = re.compile(r"(\d+(?:\.\d)?) % to (\d+(?:\.\d)?) %")
    found = 0
    for chart in told.charts:
        for table in chart.tables:
            for row in table.rows:
                if interval := next((within.fullmatch(cell) for cell in row if within.fullmatch(cell)), None):
                    shares = [float(cell[:-2]) for cell in row[1:] if re.fullmatch(r"\d+(\.\d)? %", cell)]
                    low, high = float(interval[1]), float(interval[2])
                    assert min(shares) - 0.11 <= low <= high <= max(shares) + 0.11, row
                    found += 1
    assert found >= 3


def test_what_is_verified_is_not_called_observed() -> None:
    """With verified days alone the time of tables, captions and sentences is chosen time, not the time on record."""
    days_ = [viewed(day, Verification.AGREE, 0, 1) for day in of_one_head()]
    told = days_of(days_, version=Version.VERIFIED)
    text = " ".join(Page(days_page(told)).text.split())
    assert "observed time" not in text
    assert "on record together" not in text
    assert "by its own chosen episodes and its own chosen time" in text
    assert days_table(told).columns[3] == "Chosen time"
    assert days_table(days_of(days_)).columns[3] == "On record"


def test_which_days_are_left_out_is_told_by_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days without anything verified are found without comparing one whole record with another, and named by their dates."""

    def compared(*_: object) -> bool:
        raise AssertionError("two records were compared")

    monkeypatch.setattr(Record, "__eq__", compared)
    first, second, third = of_one_head()
    verified_ = [viewed(day, Verification.AGREE, 0, 1) for day in (first, third)]
    told = days_of([*verified_, second], version=Version.VERIFIED)
    assert len(told.days) == 2
    assert len(told.left_out) == 1


def test_two_days_have_no_interval() -> None:
    """Below three days there is no interval, and the page says so."""
    told = days_of(of_one_head()[:2])
    text = Page(days_page(told)).text
    assert "Fewer than three days: no interval." in text
    assert "95 %" not in text


def alike(share: float) -> Spread:
    return Spread((share, share), share, share)


def test_the_same_day_twice_over() -> None:
    """Two like days differ in nothing, and the words say that."""
    told = days_of([days.small_day(), later(days.small_day(), 1)])
    said = list(days_sentences(told))
    assert said[0] == "2 days from Tuesday 24 November 2026 to Wednesday 25 November 2026, 3 h 40 on record together."
    assert "Interactions: 4 on each day." in said
    assert "Interruptions: 1 on each day." in said
    assert dot_title("What", [Line("a", "Admin", alike(0.5), alike(0.2))], 2) == (
        "What: no share of the time differed between the 2 days"
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ((3.0, 5.0, 3.0), "Visits: 3 (A, C) to 5 (B)."),
        ((0.0, 2.0), "Visits: 0 (A) to 2 (B)."),
        ((0.0, 0.0), ""),
        ((None, None), ""),
        ((None, 4.0), "Visits: 4, on the 1 day where it is known."),
        ((None, 4.0, 5.0), "Visits: 4 (B) to 5 (C), on the 2 days where it is known."),
    ],
)
def test_ranges_in_words(values: tuple[float | None, ...], sentence: str) -> None:
    """A range names the days at its ends; of what was on no day nothing is said."""
    assert ranged("Visits", values, number) == sentence


def test_dots_do_not_cover_each_other() -> None:
    """Dots that would touch stand above one another; others stay on the line."""
    assert stacked((0.2, 0.2, 0.21, 0.9), 1.0) == [0, 1, 2, 0]
    assert [letter(n) for n in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_days_of_two_heads_are_refused() -> None:
    """A report is of one head; the refusal names both and says what compares heads."""
    other = later(days.small_day(), 1)
    other = replace(other, observation=replace(other.observation, head="H02"))
    with pytest.raises(Refused, match=r"H01, H02.*--across heads"):
        days_of([days.small_day(), other])


def test_two_records_of_the_same_hours_are_refused() -> None:
    """Two observers of one day are not two days."""
    other = replace(days.small_day(), observation=replace(days.OBSERVATION, id="obs-2", observer="S2"))
    with pytest.raises(Refused, match=r"same hours.*agreement"):
        days_of([days.small_day(), other])


def test_one_day_is_refused() -> None:
    """One day, however often it is named, is no several days."""
    with pytest.raises(Refused, match="one day only"):
        days_of([days.small_day(), days.small_day()])


def test_codebooks_that_do_not_meet_are_refused() -> None:
    """Days of different codebooks stand side by side only by a roll-up that all have alike."""
    other = later(days.small_day(), 1)
    meeting = replace(other, observation=replace(other.observation, codebook=replace(days.BOOK, version=4)))
    told = days_of([days.small_day(), meeting])
    assert [chart.key for chart in told.charts] == ["by-two"]
    assert told.profiles is None
    assert "different codebooks" in Page(days_page(told)).text
    strange = replace(days.BOOK, id="strange", rollups=(RollUp("two", "Two", "activity", (("x", "X"),)),))
    apart = replace(other, observation=replace(other.observation, codebook=strange))
    with pytest.raises(Refused, match="do not meet"):
        days_of([days.small_day(), apart])


def test_hostile_words_are_words() -> None:
    """Labels that look like markup make no element in this form either."""
    read = Page(days_page(days_of([days.hostile_day(), later(days.hostile_day(), 1)])))
    assert (read.tags["script"], read.tags["img"], read.tags["b"], read.tags["i"]) == (3, 0, 0, 0)
    assert all(hostile in read.text for hostile in days.HOSTILE[:3])


def test_name() -> None:
    """The file is named after the head and the first and the last day."""
    assert days_name(days_of(of_one_head())) == "H01-2026-11-03-to-2026-11-25-report.html"
