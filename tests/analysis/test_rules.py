"""The rules of the method, each on a day small enough to check by eye."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from shadowlog.analysis.results import Break, Row
from shadowlog.analysis.summary import summarise
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.terms import Contact, Party, Period, State, Verification
from shadowlog.errors import ShadowlogError
from tests.analysis.days import EIGHT, MINUTE, SCHEME, Diary, code, random_day

FIVE_PRINCIPALS = {
    "scheduled meetings": 26.0,
    "unscheduled meetings": 25.4,
    "desk work": 17.7,
    "tours": 7.1,
    "exchanges": 6.0,
    "phone": 5.5,
    "trips": 4.3,
    "personal": 3.0,
    "monitoring": 2.6,
    "observation": 2.2,
    "announcements": 0.1,
}
"""Percent of the time of five high school principals, over days of 547.2 minutes (Virginia Tech, read)."""

close = pytest.approx


def row(rows: tuple[Row, ...], code_: str | None) -> Row:
    return next(each for each in rows if each.code == code_)


def test_a_spell_of_no_length_is_no_return() -> None:
    """What was interrupted in the instant it began, and never taken up again, was never resumed."""
    diary = Diary()
    diary.episode("a", 0, "leaders", activity="paper")
    diary.episode("b", 5, "pupils", activity="paper")
    diary.mark("b", interrupts="a")
    told = summarise([diary.record()]).interruptions
    assert (told.count, told.resumed_within_10, told.resumed_later, told.never_resumed) == (1, 0, 0, 1)


def test_a_shadower_who_joins_takes_no_company_away() -> None:
    """An episode in which the shadower joins others stays an interaction with them; the time is the others'."""
    diary = Diary()
    diary.episode("a", 60, "leaders", activity="paper")
    record = diary.record()
    joined = replace(record.episodes[0], parties=(*record.episodes[0].parties, Party("shadower", 1)))
    assert summarise([replace(record, episodes=(joined,))]) == summarise([record])


def test_five_principals() -> None:
    """The eleven published shares of a 547.2-minute day come out to within 0.1."""
    codes = tuple(code(name) for name in FIVE_PRINCIPALS)
    dimensions = tuple(replace(d, codes=codes) if d.id == "activity" else d for d in SCHEME.dimensions)
    diary = Diary()
    for name, percent in FIVE_PRINCIPALS.items():
        diary.episode(name, 547.2 * percent / 100, "teachers", activity=name)
    diary.stretch(547.2 - (diary.now - EIGHT) / MINUTE, State.GAP)
    table = summarise([diary.record(Codebook("p", 1, "p", dimensions))]).table("activity")
    for name, percent in FIVE_PRINCIPALS.items():
        assert (table.row(name).time_share or 0) * 100 == close(percent, abs=0.1)


def interrupted() -> Diary:
    diary = Diary()
    diary.episode("desk", 10, "alone", activity="paper", place="own_office")
    diary.episode("call", 6, "parents", activity="money", medium="phone", mode="interruption")
    diary.mark("call", interrupts="desk")
    diary.again("desk", 20)
    return diary


def test_net_and_suspended() -> None:
    """Of an interrupted episode net and suspended time make up the elapsed time, and it is one episode."""
    summary = summarise([interrupted().record()])
    desk = summary.lines[0]
    assert (desk.net_minutes, desk.elapsed_minutes, len(desk.spells)) == (30, 36, 2)
    assert desk.net_minutes + summary.lines[1].net_minutes == desk.elapsed_minutes
    assert summary.episodes.count == 2
    told = summary.interruptions
    assert (told.count, told.interrupted, told.minutes, told.interrupted_share) == (1, 1, 6, 0.5)
    assert (told.resumed_within_10, told.resumed_later, told.never_resumed) == (1, 0, 0)
    assert told.median_minutes_until_resumed == 6
    assert told.by_role.row("parents").minutes == 6


def test_never_resumed() -> None:
    """What was suspended and has no later spell was never resumed."""
    diary = interrupted()
    diary.track.pop()
    told = summarise([diary.record()]).interruptions
    assert (told.resumed_within_10, told.resumed_later, told.never_resumed) == (0, 0, 1)
    assert told.median_minutes_until_resumed is None


def test_window() -> None:
    """Off the record, not observed and talk with the shadower leave the window; a gap stays in it as uncoded."""
    diary = Diary()
    diary.episode("a", 10, "teachers", activity="paper")
    diary.stretch(5, State.OFF)
    diary.stretch(4, State.UNSEEN)
    diary.episode("b", 3, "shadower", activity="paper")
    diary.stretch(2, State.GAP)
    summary = summarise([diary.record()])
    window = summary.window
    assert (window.minutes, window.stretch_minutes) == (12, 24)
    assert (window.off_minutes, window.unseen_minutes, window.shadower_minutes, window.gap_minutes) == (5, 4, 3, 2)
    assert [piece.minutes for piece in window.pieces] == [10, 2]
    assert [each.why for each in window.breaks] == [Break.OFF, Break.UNSEEN, Break.SHADOWER, Break.GAP]
    assert (summary.episodes.count, summary.interactions.count) == (1, 1)
    assert summary.interactions.per_hour == close(5)
    assert [line.id for line in summary.lines] == ["a"]
    uncoded = summary.table("activity").row(None)
    assert (uncoded.count, uncoded.minutes) == (0, 2)
    assert uncoded.time_share == close(2 / 12)
    assert uncoded.ratio is None


@pytest.mark.parametrize(
    ("rule", "teachers", "pupils", "counts"),
    [("full", 10.0, 6.0, (1, 1)), ("split", 7.0, 3.0, (0.5, 0.5)), ("main", 10.0, 0.0, (1, 0))],
)
def test_who_rules(rule: str, teachers: float, pupils: float, counts: tuple[float, float]) -> None:
    """Pupils who join after four of ten minutes have six, half of them under split, none under main."""
    diary = Diary()
    joined = EIGHT + 4 * MINUTE
    diary.episode("a", 10, parties=[Party("teachers"), Party("teachers"), Party("pupils", None, joined=joined)])
    table = summarise([diary.record()], rule).table("role")
    assert (table.row("teachers").minutes, table.row("pupils").minutes) == (teachers, pupils)
    assert (table.row("teachers").count, table.row("pupils").count) == counts
    assert table.row("teachers").person_minutes == 20


def test_main_passes_on() -> None:
    """Under main the first named who is still there has the time, and nobody's time is uncoded."""
    diary = Diary()
    left = EIGHT + 4 * MINUTE
    gone = EIGHT + 9 * MINUTE
    diary.episode("a", 10, parties=[Party("teachers", left=left), Party("parents", left=gone)])
    table = summarise([diary.record()], "main").table("role")
    minutes = {each.code: each.minutes for each in table.used}
    assert minutes == {"teachers": 4, "parents": 5, None: 1}


@pytest.mark.parametrize(("seed", "rule"), list(product(range(5), ["split", "main"])))
def test_sums_to_one(seed: int, rule: str) -> None:
    """Under split and main the shares of every table sum to 1, in count and in time."""
    for table in summarise([random_day(seed)], rule).tables:
        assert sum(each.time_share or 0 for each in table.rows) == close(1)
        assert sum(each.count_share or 0 for each in table.rows) == close(1)


def test_uncoded_is_not_alone() -> None:
    """An episode without a company is uncoded: neither alone nor an interaction."""
    diary = Diary()
    diary.episode("a", 10, activity="paper")
    diary.episode("b", 5, "alone", activity="paper")
    summary = summarise([diary.record()])
    assert (summary.interactions.count, summary.alone.count, summary.alone.minutes) == (0, 1, 5)
    assert summary.table("role").row(None).minutes == 10
    assert row(summary.company.sizes, None).minutes == 10


def test_unknown_duration() -> None:
    """An episode of unknown duration is counted and is in no duration."""
    diary = Diary()
    diary.episode("a", 10, "teachers")
    diary.episode("b", 0, "teachers")
    diary.mark("b", duration_known=False)
    summary = summarise([diary.record()])
    stats = summary.episodes
    assert (stats.count, stats.unknown_duration, stats.durations.count) == (2, 1, 1)
    assert (stats.durations.mean_minutes, stats.share(5), stats.share(60, over=True)) == (10, 0, 0)
    assert summary.interactions.count == 2


@pytest.mark.parametrize("minutes", [2, 5, 9, 10, 60])
def test_limits_are_strict(minutes: int) -> None:
    """An episode exactly as long as a limit is neither under nor over it."""
    diary = Diary()
    diary.episode("a", minutes, "teachers")
    assert summarise([diary.record()]).episodes.share(minutes, over=minutes == 60) == 0


def test_contacts_beside() -> None:
    """Contacts are counted beside the interactions, those with the shadower not at all."""
    diary = Diary()
    diary.episode("a", 60, "teachers")
    contacts = tuple(Contact(f"c{n}", EIGHT + n, role) for n, role in enumerate(["pupils", "pupils", "shadower"]))
    summary = summarise([diary.record(contacts=contacts)])
    assert (summary.contacts.count, summary.interactions.count, summary.contacts.per_hour) == (2, 1, 2)
    assert [(each.code, each.count) for each in summary.contacts.by_role] == [("pupils", 2)]


def test_concurrent() -> None:
    """Concurrent time is left out of the tables unless asked for; the episode is counted either way."""
    diary = Diary()
    diary.episode("a", 30, "teachers", activity="teaching")
    diary.beside("b", 10, 5, "parents", activity="money", medium="phone")
    without, with_ = summarise([diary.record()]), summarise([diary.record()], concurrent=True)
    assert (without.episodes.count, without.episodes.concurrent) == (2, 1)
    assert without.table("activity").row("money").minutes == 0
    assert with_.table("activity").row("money").minutes == 5
    assert with_.table("role").row("parents").time_share == close(5 / 30)
    assert without.window.minutes == with_.window.minutes == 30
    assert (without.table("role").concurrent, with_.table("role").concurrent) == (False, True)
    assert "left out" in without.table("role").denominator
    assert "in it" in with_.table("role").denominator


def test_closed() -> None:
    """Behind a closed door the time and the group count, and the activity is uncoded."""
    diary = Diary()
    diary.episode("a", 10, "parents")
    diary.mark("a", closed=True)
    summary = summarise([diary.record()])
    assert summary.table("role").row("parents").minutes == 10
    assert summary.table("activity").row(None).minutes == 10
    assert summary.coverage.part("closed").share == 1
    assert summary.coverage.incomplete == 0


def test_planned_and_initiative() -> None:
    """What was in the diary stands against all other coded modes, the head against others."""
    diary = Diary()
    diary.episode("a", 30, "teachers", mode="scheduled", initiator="clock")
    diary.episode("b", 10, "teachers", mode="unscheduled", initiator="head")
    diary.episode("c", 30, "teachers", mode="interruption", initiator="other")
    diary.episode("d", 10, "teachers")
    summary = summarise([diary.record()])
    told = summary.planned
    assert (told.scheduled.count, told.unscheduled.count, told.uncoded.count) == (1, 2, 1)
    assert (told.scheduled.minutes, told.unscheduled.minutes, told.uncoded.minutes) == (30, 40, 10)
    assert (summary.initiative.head_count_share, summary.initiative.head_time_share) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("counts", "size"),
    [([1], "1"), ([1, 1], "2"), ([3], "3-8"), ([8], "3-8"), ([9], "9+"), ([1, None], "unknown"), ([0], "unknown")],
)
def test_sizes(counts: list[int | None], size: str) -> None:
    """The number of people is the sum of the parties, and unknown when one of them is."""
    diary = Diary()
    diary.episode("a", 10, parties=[Party("teachers", n) for n in counts])
    company = summarise([diary.record()]).company
    assert row(company.sizes, size).minutes == 10
    assert company.unknown_size == (size == "unknown")


def test_bins() -> None:
    """An episode from 08:10 to 08:50 is split over the quarters, halves and hours it crosses, exactly."""
    diary = Diary()
    diary.stretch(10, State.GAP)
    diary.episode("a", 40, "teachers", activity="paper")
    summary = summarise([diary.record()])
    found = {}
    for minutes in (15, 30, 60):
        profile = summary.profile(minutes)
        assert profile is not None
        assert profile.codes == ("paper", None)
        found[minutes] = [(each.label, *each.minutes) for each in profile.bins]
    assert found[15] == [("08:00", 5, 10), ("08:15", 15, 0), ("08:30", 15, 0), ("08:45", 5, 0)]
    assert found[30] == [("08:00", 20, 10), ("08:30", 20, 0)]
    assert found[60] == [("08:00", 40, 10)]


def test_periods() -> None:
    """Interactions belong to the period in which they begin; what falls outside has a line of its own."""
    diary = Diary()
    diary.episode("a", 30, "teachers")
    diary.episode("b", 30, "teachers")
    periods = (Period("early", 480, 500), Period("late", 500, 520))
    rates = summarise([diary.record(periods=periods)]).rates_by_period
    assert [(r.label, r.observed_minutes, r.count) for r in rates] == [
        ("early", 20, 1),
        ("late", 20, 1),
        ("outside these periods", 20, 0),
    ]
    assert rates[0].per_hour == 3


def test_overlapping_periods() -> None:
    """Periods that overlap never leave less than nothing outside them."""
    diary = Diary()
    diary.episode("a", 60, "teachers", activity="paper")
    summary = summarise([diary.record(periods=(Period("a", 480, 540), Period("b", 480, 540)))])
    profile = summary.profile(None)
    assert profile is not None
    assert [each.observed_minutes for each in profile.bins] == [60, 60, 0]


@pytest.mark.parametrize(
    ("zone", "instant", "minute"),
    [
        ("Europe/London", EIGHT, 480),
        ("Asia/Kathmandu", EIGHT, 825),
        ("Europe/London", 1_774_774_800_000, 600),  # 29 March 2026, the day on which the clocks went forward
        ("Europe/London", 1_792_918_800_000, 540),  # 25 October 2026, the day on which they go back
    ],
)
def test_local_time(zone: str, instant: int, minute: float) -> None:
    """Local times are the clock's on the wall, on the days on which it is changed too."""
    diary = Diary(now=instant)
    diary.episode("a", 10, "teachers")
    summary = summarise([diary.record(zone=zone)])
    assert summary.lines[0].start_minute == minute
    assert summary.rates_by_hour[0].start_minute == minute // 60 * 60


def test_past_midnight() -> None:
    """A day that runs past midnight goes on counting, and its bins are named by the clock."""
    diary = Diary(now=EIGHT + 15 * 60 * MINUTE)
    diary.episode("a", 120, "parents", activity="paper")
    summary = summarise([diary.record()])
    assert [(r.label, r.start_minute) for r in summary.rates_by_hour] == [("23:00", 1380), ("00:00", 1440)]
    assert summary.lines[0].end_minute == 1500


def test_same_room() -> None:
    """One visit lasts while the head stays in a room; the same room later is another visit to the same room."""
    diary = Diary()
    for n, (place, room) in enumerate(
        [("classroom", "1A"), ("classroom", "1A"), ("classroom", "2B"), ("corridor", None), ("classroom", "1A")]
    ):
        diary.episode(f"e{n}", 5, "pupils", place=place)
        diary.mark(f"e{n}", room=room)
    presence = summarise([diary.record()]).presence
    assert (presence.visits, presence.rooms) == (3, 2)
    assert presence.row("classroom").minutes == 20


def test_split_spell_is_one() -> None:
    """Two neighbouring stretches of one episode are one spell."""
    diary = Diary()
    diary.episode("a", 5, "teachers")
    diary.again("a", 5)
    assert len(summarise([diary.record()]).lines[0].spells) == 1


def test_struck_stays() -> None:
    """What the head struck is still counted and is named in the coverage: the head's view never overwrites."""
    diary = Diary()
    diary.episode("a", 5, "teachers")
    diary.mark("a", verification=Verification.STRIKE)
    summary = summarise([diary.record()])
    assert (summary.episodes.count, summary.coverage.struck, summary.coverage.unverified) == (1, 1, 0)


def test_no_records() -> None:
    """No observation at all is a defined summary: nothing counted, no share."""
    summary = summarise([])
    assert (summary.episodes.count, summary.window.minutes) == (0, 0)
    assert summary.interactions.per_hour is None
    assert summary.coverage.part("full").share is None
    assert summary.profiles[0].bins == ()
    assert [(each.count_share, each.time_share) for each in summary.table("role").rows] == [(None, None)]


def test_no_episodes() -> None:
    """A day with nothing but a gap is uncoded as a whole."""
    diary = Diary()
    diary.stretch(30, State.GAP)
    summary = summarise([diary.record()])
    assert summary.table("role").row(None).time_share == 1
    assert summary.table("role").row("alone").count_share is None
    assert summary.episodes.durations.median_minutes is None
    assert summary.interactions.per_hour == 0


def test_no_window() -> None:
    """With no window a share of time is null and not 0, and what was counted is still counted."""
    diary = Diary()
    diary.stretch(30, State.OFF)
    diary.episode("a", 0, "teachers")
    summary = summarise([diary.record()])
    teachers = summary.table("role").row("teachers")
    assert (teachers.count, teachers.count_share, teachers.minutes) == (1, 1, 0)
    assert teachers.time_share is None
    assert teachers.ratio is None
    assert summary.interactions.per_hour is None


def test_one_episode() -> None:
    """One episode is its own mean, median and quartiles."""
    diary = Diary()
    diary.episode("a", 7, "teachers")
    told = summarise([diary.record()]).episodes.durations
    assert (told.mean_minutes, told.median_minutes, told.lower_quartile_minutes, told.longest_minutes) == (7, 7, 7, 7)


def test_bare_codebook() -> None:
    """A codebook with nothing but roles and activities gives every table, the missing ones uncoded."""
    bare = Codebook("bare", 1, "bare", SCHEME.dimensions[:2])
    diary = Diary()
    diary.episode("a", 7, "teachers", activity="paper")
    summary = summarise([diary.record(bare)])
    assert [each.dimension for each in summary.tables] == ["role", "activity", "mode", "initiator", "medium", "place"]
    assert summary.table("place").row(None).minutes == 7
    assert summary.initiative.head_count_share is None


def test_different_codebooks() -> None:
    """Observations with different codebooks are refused, and the message names them."""
    other = Codebook("other", 1, "Other", SCHEME.dimensions)
    first, second = Diary("one"), Diary("two")
    first.stretch(1, State.GAP)
    second.stretch(1, State.GAP)
    with pytest.raises(ShadowlogError, match="other version 1, small version 3"):
        summarise([first.record(), second.record(other)])


def test_unknown_rule() -> None:
    """A rule that is none is refused."""
    with pytest.raises(ValueError, match="half"):
        summarise([], "half")
