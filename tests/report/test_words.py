"""The day in words: golden text, and what must hold of any day."""

from __future__ import annotations

import pytest

from shadowlog.analysis.patterns import Reach
from shadowlog.analysis.summary import summarise
from shadowlog.domain.phrases import columns
from shadowlog.domain.terms import Contact, Note, Party, Period, Record, State
from shadowlog.report.method_words import method_lines
from shadowlog.report.pattern_words import reach_sentence
from shadowlog.report.sentences import PURPOSE, key_sentences
from shadowlog.report.titles import (
    finding_title,
    finding_title_durations,
    finding_title_interruptions,
    finding_title_profile,
    finding_title_rates,
    finding_title_who,
)
from shadowlog.report.words import report_text
from tests.analysis.days import EIGHT, MINUTE, Diary, random_day
from tests.golden_files import golden


def morning() -> Record:
    """A morning by hand: two hours and a half, with something of everything."""
    diary = Diary()
    diary.episode(
        "gate",
        14,
        parties=[Party("pupils", None), Party("parents", 3)],
        activity="moving",
        place="playground",
        mode="scheduled",
        initiator="clock",
    )
    diary.episode("mail", 12, "alone", activity="paper", place="own_office", mode="unscheduled", initiator="head")
    diary.episode(
        "call",
        3.5,
        "parents",
        activity="money",
        place="own_office",
        mode="interruption",
        initiator="other",
        medium="phone",
    )
    diary.mark("call", interrupts="mail")
    diary.again("mail", 6)
    diary.episode(
        "ask", 1.5, "teachers", activity="teaching", place="own_office", mode="interruption", initiator="other"
    )
    diary.mark("ask", interrupts="mail")
    diary.stretch(2, State.GAP)
    diary.episode(
        "meeting",
        47,
        parties=[Party("leaders", 4), Party("teachers", 2, joined=EIGHT + 60 * MINUTE)],
        activity="teaching",
        place="hall",
        mode="scheduled",
        initiator="head",
    )
    diary.stretch(6, State.OFF)
    for n, (room, minutes) in enumerate([("1A", 7), ("2B", 9), ("2B", 2)]):
        parties = [Party("pupils", 24), *([Party("teachers")] if n < 2 else [])]
        diary.episode(
            f"visit{n}",
            minutes,
            parties=parties,
            activity="visiting",
            place="classroom",
            mode="unscheduled",
            initiator="head",
        )
        diary.mark(f"visit{n}", room=room)
    diary.episode("talk", 3, "shadower")
    diary.episode("closed", 22, "leaders", place="own_office", mode="unscheduled", initiator="other")
    diary.mark("closed", closed=True)
    diary.episode("walk", 2, activity="moving", place="corridor")
    periods = (Period("before school", 470, 505), Period("lesson 1", 505, 565), Period("lesson 2", 565, 620))
    notes = (
        Note(
            "n1",
            EIGHT + 20 * MINUTE,
            "call",
            "Asked whether the bill for the trip may wait a week; the office will write.",
            True,
        ),
        Note("n2", EIGHT + 70 * MINUTE, "meeting", "Plans for the autumn"),
    )
    contacts = tuple(Contact(f"c{n}", EIGHT + n * MINUTE, "pupils") for n in range(5))
    return diary.record(periods=periods, notes=notes, contacts=contacts)


@pytest.mark.parametrize(
    ("name", "width", "bars"),
    [("report.txt", 80, True), ("report_without_bars.txt", 80, False), ("report_wide.txt", 110, True)],
)
def test_golden(name: str, width: int, bars: bool) -> None:
    """The report of a morning is, to the letter, the text that was read and found good."""
    golden(name, report_text(summarise([morning()]), width, bars))


@pytest.mark.parametrize("width", [72, 80, 101, 132])
@pytest.mark.parametrize("bars", [True, False])
def test_fits(width: int, bars: bool) -> None:
    """No line of any day is wider than asked."""
    for seed in range(8):
        lines = report_text(summarise([random_day(seed, 20)]), width, bars).splitlines()
        assert max(columns(line) for line in lines) <= width


def test_without_bars() -> None:
    """Without bars nothing is drawn."""
    text = report_text(summarise([morning()]), bars=False)
    assert not set(text) & set("▏▎▍▌▋▊▉█▁▂▃▄▅▆▇")


def test_nothing_recorded() -> None:
    """No observation, a day without episodes and a day without a window all give a report that says so."""
    gap, off = Diary(), Diary()
    gap.stretch(30, State.GAP)
    off.stretch(30, State.OFF)
    for records in ([], [gap.record()], [off.record()]):
        text = report_text(summarise(records))
        assert "No episode was recorded." in text
        assert "nan" not in text.lower()
        assert "None" not in text


def test_purpose() -> None:
    """Every report says that it is not an appraisal, at the top and at the end."""
    text = report_text(summarise([morning()]))
    assert text.index(PURPOSE) < text.index("THE DAY IN WORDS")
    assert text.rstrip().endswith(PURPOSE)


def test_hostile_text() -> None:
    """Control characters and escape sequences in a note or a label are not written to the terminal."""
    diary = Diary()
    diary.episode("a", 5, "teachers\x1b[31m", activity="paper\x07")
    notes = (Note("n", EIGHT, "a", "red \x1b[31malert\x1b[0m\r\n[bold]plain[/bold]", True),)
    text = report_text(summarise([diary.record(notes=notes)]))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "red alert [bold]plain[/bold]" in text


def test_key_sentences() -> None:
    """The first sentences give number, time, rate and half of the durations; each is computed."""
    said = key_sentences(summarise([morning()]))
    assert said[0] == (
        "8 interactions in 2 h 08, 3.8 an hour; half of them lasted 8 min or less. 5 fleeting contacts came beside them."
    )
    assert "Alone for 18 min, 14 % of the time, 18 min of it in the own office." in said
    assert "2 classroom visits to 2 rooms, 18 min in all." in said
    assert "What was interrupted: 1 taken up again within 10 minutes, 1 not taken up again on that day." in said


def test_one_interaction() -> None:
    """One of a thing is said in the singular."""
    diary = Diary()
    diary.episode("a", 5, "teachers")
    said = key_sentences(summarise([diary.record()]))
    assert said[0] == "1 interaction in 5 min."


def test_titles() -> None:
    """A title says the finding of its table, chart or section."""
    summary = summarise([morning()])
    found = "Leaders took the most time among those met (44 %), Teachers and Pupils came most often (each 25 %)"
    assert finding_title_who(summary) == found
    assert (
        finding_title(summary.table("mode"))
        == "Scheduled took the most time (48 %), Unscheduled came most often (50 %)"
    )
    assert finding_title(summary.table("observed")) == "Observed: nothing coded"
    assert finding_title_durations(summary.episodes) == "Median 8 min, mean 13 min, longest 47 min"
    told = finding_title_interruptions(summary.interruptions)
    assert told == "2 interruptions; 1 of 2 times the head went back to what was interrupted"
    assert finding_title_rates(summary.rates_by_period).startswith("Most interactions began in ")
    profile = summary.profile(60)
    assert profile is not None
    assert finding_title_profile(profile) == "The fullest block: Teaching, 26 min of the 51 min observed from 09:00"


def test_equally_often() -> None:
    """Codes that came equally often are all named, or counted when they are many."""
    diary = Diary()
    diary.episode("a", 20, "teachers", activity="paper")
    diary.episode("b", 10, "parents", activity="paper")
    said = key_sentences(summarise([diary.record()]))
    assert (
        "Teachers took the most time among those met (67 %); "
        "Teachers and Parents came equally often (each 50 % of the episodes)."
    ) in said
    diary.episode("c", 5, "leaders", activity="paper")
    title = finding_title_who(summarise([diary.record()]))
    assert title == "Teachers took the most time (57 %), 3 groups came most often (each 33 %)"


def test_titles_of_nothing() -> None:
    """Where there is nothing to find the titles say that."""
    empty = summarise([])
    assert finding_title_interruptions(empty.interruptions) == "No interruption was recorded"
    assert finding_title_rates(empty.rates_by_hour) == "No interactions to place in the day"
    assert finding_title_profile(empty.profiles[0]) == "No activity is coded"
    assert finding_title_durations(empty.episodes) == "No duration is known"


@pytest.mark.parametrize(
    ("rule", "words"), [("full", "may pass 100 %"), ("split", "in equal parts"), ("main", "to the first named")]
)
def test_method(rule: str, words: str) -> None:
    """The method says the who rule, the denominators, what was taken out and whether concurrent time is in."""
    told = " ".join(method_lines(summarise([morning()], rule, concurrent=rule == "full")))
    assert words in told
    assert "6 min off the record, 3 min talk with the shadower" in told
    assert ("Concurrent time is in the shares of time" in told) == (rule == "full")


def test_incidents_of_several_days_say_of_which() -> None:
    """An incident has its time, and among those of several days its date and head too."""
    told = []
    for name in ("one", "two"):
        diary = Diary(name)
        diary.episode("a", 20, "teachers")
        told.append(diary.record(notes=(Note("n", EIGHT + 5 * MINUTE, None, f"a word on {name}", incident=True),)))
    assert "* 08:05  a word on one" in report_text(summarise(told[:1]))
    text = report_text(summarise(told))
    assert "* 2026-11-24 H01  08:05  a word on one" in text
    assert "* 2026-11-24 H01  08:05  a word on two" in text


@pytest.mark.parametrize("seed", range(6))
def test_differences_are_those_of_the_shares_beside_them(seed: int) -> None:
    """What sampling would have made of the time differs from it by just what the two shares of the line differ by."""
    text = report_text(summarise([random_day(seed, 40)]))
    lines = text.partition("LOOKED AT EVERY 5 MINUTES INSTEAD\n")[2].partition("\n\n")[0].splitlines()[1:]
    assert lines
    for line in lines:
        marked, _, lasted, _, gap, points = line.split()[-6:]
        assert points == "points"
        assert float(gap) == pytest.approx(float(marked) - float(lasted), abs=0.001)


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (
            Reach(3, None, complete=False, named_share=0, new_per_hour=None),
            "of 3 groups; nobody was given a person code.",
        ),
        (Reach(3, 2, complete=True, named_share=1, new_per_hour=1), "of 3 groups, with 2 people in all."),
        (
            Reach(3, 6, complete=False, named_share=0.06, new_per_hour=1),
            "of 3 groups. 6 people have a person code; 94 % of those met were given none, so how many there were",
        ),
        (
            Reach(1, 1, complete=False, named_share=1, new_per_hour=1),
            "of 1 group. 1 person has a person code; some were met in a group, so how many there were",
        ),
    ],
)
def test_reach(reach: Reach, words: str) -> None:
    """How many people were met is said where every one has a person code, else how many have one and how many not."""
    assert words in reach_sentence(reach)


def test_many_days() -> None:
    """More than five observations are named by their number, heads and dates."""
    text = report_text(summarise([random_day(seed, 6, f"day {seed}") for seed in range(6)]))
    assert text.startswith("6 observations of 2 heads, Tuesday 24 November 2026 to Tuesday 24 November")
