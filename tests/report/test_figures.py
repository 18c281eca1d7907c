"""The figures beneath the page: their bars are the summary's numbers, and they read in grey."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.domain.phrases import length
from shadowlog.report.charts import (
    LASTED,
    OFTEN,
    SERIES,
    Pair,
    count_figure,
    pair_figure,
    safe,
    sentence_case,
    short_length,
    wrapped,
)
from shadowlog.report.figures import day_charts, what_charts, where_charts, who_charts
from shadowlog.report.flow import began_charts, profile_charts
from shadowlog.report.static_strip import picture
from shadowlog.report.strips import activity_strip, who_strip
from tests.report import days
from tests.report.test_page import demo_day, luminance


def test_bars_are_the_shares() -> None:
    """Beside each other stand how often and how long, in percent, in the order of the table."""
    summary = summarise([demo_day()])
    who = who_charts(summary)[0]
    rows = summary.table("role").ranked
    often, lasted = who.figure.data
    assert list(often.x) == pytest.approx([100 * (row.count_share or 0) for row in rows])
    assert list(lasted.x) == pytest.approx([100 * (row.time_share or 0) for row in rows])
    assert who.figure.layout.xaxis.range == who.figure.layout.xaxis2.range


def test_strip_has_every_spell_at_its_time() -> None:
    """The strip by activity draws each spell once, where it began and as long as it lasted."""
    summary = summarise([demo_day()])
    figure = day_charts(summary)[0].figure
    drawn = sorted(
        (base, length)
        for trace in figure.data
        if trace.type == "bar" and trace.width == 15
        for base, length in zip(trace.base, trace.x, strict=True)
    )
    midnight = datetime.fromisoformat(summary.observations[0].date)
    spells = sorted(
        (
            (midnight + timedelta(seconds=round(spell.start_minute * 60))).isoformat(),
            max(round((spell.end_minute - spell.start_minute) * 60_000), 1),
        )
        for line in summary.lines
        for spell in line.spells
    )
    assert drawn == spells


@pytest.mark.parametrize("concurrent", [False, True])
def test_a_lane_is_as_long_as_its_row(concurrent: bool) -> None:
    """What is written on the lane of a code is the time in the table, whether concurrent time is in or out."""
    summary = summarise([demo_day()], concurrent=concurrent)
    assert any(line.concurrent for line in summary.lines)
    lanes = {lane.name: lane for lane in activity_strip(summary, summary.observations[0]).lanes}
    rows = {sentence_case(row.label): row.minutes for row in summary.table("activity").rows if row.count}
    del rows["Uncoded"]  # in the table with the gaps, which are in no lane
    assert {name: lanes[name].minutes for name in rows} == pytest.approx(rows)
    assert all(lane.total.endswith(length(lane.minutes)) for lane in lanes.values())
    assert ("left out" in day_charts(summary)[0].caption) is not concurrent


def test_strip_by_who_has_an_episode_in_each_of_its_lanes() -> None:
    """An episode with two groups stands in both lanes; lanes are in order of time, uncoded last."""
    summary = summarise([days.small_day()])
    lanes = {lane.name: [line.id for line in lane.lines] for lane in who_strip(summary, summary.observations[0]).lanes}
    assert lanes == {"Teachers": ["e2", "e3", "e4"], "Pupils": ["e3", "e4"], "Alone": ["e1"], "Leadership team": ["e5"]}
    names = [lane.name for lane in activity_strip(summary, summary.observations[0]).lanes]
    assert names == ["Teaching and learning", "Administration", "Supervision and duty", "Uncoded"]


def test_blanks_are_drawn_as_such() -> None:
    """A gap and a stretch off the record are hatched over all lanes, each with its own pattern and name."""
    summary = summarise([days.small_day()])
    blanks = {t.name: t for t in day_charts(summary)[0].figure.data if t.type == "bar" and t.marker.pattern.shape}
    assert set(blanks) == {"Nothing coded", "Off the record"}
    assert blanks["Off the record"].base == ("2026-11-24T09:35:00",)
    assert blanks["Off the record"].x == (600_000,)
    assert len({t.marker.pattern.shape for t in blanks.values()}) == 2


def test_marks() -> None:
    """Interruptions, incidents and contacts stand at their minutes."""
    summary = summarise([days.small_day()])
    marks = {t.name: list(t.x) for t in day_charts(summary)[1].figure.data if t.type == "scatter"}
    assert marks == {
        "Interruptions": ["2026-11-24T08:10:00"],
        "Incidents": ["2026-11-24T08:35:00"],
        "Fleeting contacts": ["2026-11-24T08:32:00"],
    }


def test_profile_stacks_to_what_was_observed() -> None:
    """However many activities are drawn together, the parts of each bar sum to the minutes observed in it."""
    summary = summarise([demo_day()])
    profile = summary.profile(None)
    assert profile is not None
    traces = profile_charts(summary)[0].figure.data
    sums = [sum(trace.x[n] for trace in traces) for n in range(len(traces[0].x))]
    assert sums == pytest.approx([b.observed_minutes for b in profile.bins if b.observed_minutes])


def test_static_picture_has_every_spell() -> None:
    """The picture for readers without scripts has the same spells, within its width."""
    summary = summarise([demo_day()])
    made = picture(activity_strip(summary, summary.observations[0]))
    boxes = [box for line in made.lines for box in line.boxes]
    assert len(boxes) == sum(len(line.spells) for line in summary.lines)
    assert all(0 <= box.x <= box.x + box.width <= made.width + 1 for box in boxes)


def test_a_heavy_day_leaves_the_picture_to_the_tables() -> None:
    """Thousands of spells are no picture without a script."""
    summary = summarise([days.long_day(2_500)])
    assert picture(activity_strip(summary, summary.observations[0])).lines == ()


def test_charts_of_nothing() -> None:
    """A day without an episode has no charts, and no figure is an exception."""
    summary = summarise([days.empty_day()])
    for charts in (day_charts, who_charts, what_charts, where_charts, profile_charts, began_charts):
        assert charts(summary) == ()
    assert pair_figure([], "", "").layout.height > 0
    assert count_figure([]).layout.height > 0


@pytest.mark.parametrize("text", [*days.HOSTILE, "%{meta[0]}", "a<br>b"])
def test_labels_hold_no_markup(text: str) -> None:
    """What a chart would read as markup or fill in is written as entities."""
    made = safe(text) + "".join(wrapped(text))
    assert "<" not in made
    assert "%{" not in made


def test_long_labels_wrap() -> None:
    """A long label takes two lines, and what does not fit is cut with an ellipsis."""
    lines = wrapped("word " * 40)
    assert len(lines) == 2
    assert all(len(line) <= 44 for line in lines)
    assert lines[-1].endswith("…")
    long, short = (pair_figure([Pair(name, "1", 0.5, "1 min", 0.5)], "", "") for name in ("word " * 40, "word"))
    assert long.layout.height > short.layout.height


def test_colours_read_in_grey() -> None:
    """How often and how long, and neighbours in a stack, differ in grey and not in hue alone."""
    assert abs(luminance(OFTEN) - luminance(LASTED)) > 0.2
    assert all(abs(luminance(a) - luminance(b)) > 0.1 for a, b in pairwise(SERIES))


@pytest.mark.parametrize(
    ("minutes", "told"), [(0, "0 s"), (0.2, "12 s"), (1, "1.0 min"), (12, "12 min"), (460, "7 h 40")]
)
def test_lengths_beside_bars(minutes: float, told: str) -> None:
    """A length beside a bar is short and never a rounded nothing."""
    assert short_length(minutes) == told
