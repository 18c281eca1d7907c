"""Words are true of the day: of five minutes, of a day alone, of one meeting, of nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from shadowlog.analysis.prompts import fitting
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.feedback import HandOver
from shadowlog.domain.terms import Episode, Party, Record, State, Stretch, Verification
from shadowlog.domain.versions import without_struck
from shadowlog.report.page import page
from shadowlog.report.sentences import four_sentences, key_sentences
from shadowlog.report.titles import finding_title_profile, finding_title_rates, finding_title_who
from tests.analysis.talks import said, viewed, whole_talk
from tests.report import days
from tests.report.reading import Page


def day(*episodes: tuple[float, str, str, str]) -> Record:
    """A day from 09:00 on of (minutes, role, activity, mode), one after the other."""
    made, track, begun = [], [], 540.0
    for n, (minutes, role, activity, mode) in enumerate(episodes):
        codes = {"activity": activity, "mode": mode, "initiator": "head", "place": "office"}
        made.append(Episode(f"e{n}", (Party(role),), codes=codes))
        track.append(Stretch(f"s{n}", days.at(begun), days.at(begun + minutes), State.EPISODE, f"e{n}"))
        begun += minutes
    return Record(
        days.OBSERVATION,
        days.at(540),
        days.at(begun),
        running=False,
        track=tuple(track),
        concurrent=(),
        episodes=tuple(made),
    )


def five_minutes() -> Summary:
    """Two minutes with a teacher, three alone."""
    return summarise([
        day((2, "teacher", "teaching_learning", "unscheduled"), (3, "alone", "admin", "unscheduled"))
    ])  # fmt: skip


def all_alone() -> Summary:
    """Six hours at the desk and in the yard, with nobody."""
    return summarise([day((202, "alone", "admin", "unscheduled"), (198, "alone", "duty", "unscheduled"))])


def test_five_minutes() -> None:
    """Of five minutes nothing is said an hour, no share is made of all, and nothing comes most often that came once."""
    summary = five_minutes()
    said = key_sentences(summary)
    assert said[:3] == [
        "1 interaction in 5 min.",
        "Both episodes took under 5 minutes; the longest took 3 min.",
        "The only group met: Teachers, in 50 % of the episodes and 40 % of the time.",
    ]
    assert "Teaching and learning and Administration came equally often (each 50 % of the episodes)." in " ".join(said)
    assert "None of the episodes was in the diary." in said
    assert "Who and what are named for all of the time." in said
    assert "hour" not in " ".join(said)
    text = Page(page(summary)).text
    assert "Interactions began only in parts of the day that were observed for under 10 minutes" in text
    assert "One move from one activity to the next: Teaching and learning, then Administration" in text
    assert "stands in each of their lanes" not in text
    assert {"many-roles", "interruptions"} & {prompt.id for prompt in fitting(summary)} == set()


def test_all_alone() -> None:
    """A day alone says that nobody was met, and asks nothing about others' lead."""
    summary = all_alone()
    assert finding_title_who(summary) == "Nobody was met; alone for 6 h 40 (100 % of the time)"
    assert "None of the 2 episodes took under 5 minutes; the longest took 3 h 22." in key_sentences(summary)
    profile = summary.profile(None)
    assert profile is not None
    assert (
        finding_title_profile(profile)
        == "The fullest block: Supervision and duty, 3 h 18 of the 5 h 40 observed outside these periods"
    )
    assert finding_title_rates(summary.rates_by_period) == "No interactions to place in the day"
    text = Page(page(summary)).text
    assert "With nobody at any time" in text
    assert "nothing coded" not in text
    assert "barriers" not in [prompt.id for prompt in fitting(summary)]


def test_one_episode() -> None:
    """One episode is one: not all of them, and not a share."""
    summary = summarise([days.one_row_day()])
    assert "The one episode took 20 min." in key_sentences(summary)
    text = Page(page(summary)).text
    assert "shares of the one episode" in text
    assert not re.search(r"all 1\b", text)


def test_nothing() -> None:
    """Where nothing was seen nothing is a share of anything."""
    text = Page(page(summarise([days.empty_day()]))).text
    assert "shares of the 0" not in text
    assert "of all 0" not in text


def test_a_number_nobody_noted_is_said() -> None:
    """Company of unknown number is part of the finding about company."""
    assert "with two or more 36 %, with a number nobody noted 18 %" in Page(page(summarise([days.small_day()]))).text


def test_what_was_not_coded_is_not_said_not_to_have_been() -> None:
    """Where who, or the diary, is coded of some episodes only, "nobody" and "none" are said of those alone."""
    some = summarise([unnamed(day(*((10, "alone", "admin", "unscheduled") for _ in range(5))), 1, 2, 3, 4)])
    text = Page(page(some)).text
    assert "Nobody was met in the 1 of 5 episodes whose who is coded; alone for 10 min" in text
    assert "With nobody, as far as who was there is coded" in text
    assert "None of the 1 episode coded so was in the diary" in text
    assert "Nobody was met;" not in text
    assert "With nobody at any time" not in text
    none = summarise([unnamed(day((10, "alone", "admin", "unscheduled")), 0)])
    assert "Nobody was met" not in Page(page(none)).text


def unnamed(record: Record, *numbers: int) -> Record:
    """The day without who and diary of some episodes."""
    return replace(
        record,
        episodes=tuple(
            replace(each, parties=(), codes={k: v for k, v in each.codes.items() if k != "mode"})
            if n in numbers
            else each
            for n, each in enumerate(record.episodes)
        ),
    )


def test_episodes_without_an_end_are_episodes() -> None:
    """Where nobody said when anything ended, episodes were recorded all the same."""
    record = day((10, "teacher", "admin", "unscheduled"), (20, "pupil", "duty", "unscheduled"))
    endless = replace(record, episodes=tuple(replace(each, duration_known=False) for each in record.episodes))
    text = Page(page(summarise([endless]))).text
    assert "2 episodes, none with a known end, from 09:00 to 09:30" in text
    assert "Nothing was coded" not in text


def in_no_time() -> Summary:
    """Three episodes that began and ended at one instant."""
    return summarise([day(*((0, role, "admin", "unscheduled") for role in ("teacher", "pupil", "office")))])


def test_no_time_is_no_share() -> None:
    """Of a day in which no time passed no dash stands for a share, in its sentences and its titles."""
    summary = in_no_time()
    told = " ".join([*key_sentences(summary), finding_title_who(summary)])
    assert "3 groups came most often (each 33 % of the episodes); no time passed." in told
    assert "The only activity: Administration, in 100 % of the episodes and no time." in told
    assert "–" not in told
    titles = [line for line in Page(page(summary)).text.splitlines() if line.startswith("### ")]
    assert titles
    assert not [line for line in titles if "–" in line]


def test_what_was_struck_is_not_said_to_have_been_nothing() -> None:
    """Where the head struck out everything, the page says so, and not that nothing was coded or nobody met."""
    record = viewed(whole_talk(days.small_day()), Verification.STRIKE)
    text = Page(page(summarise([without_struck(record)]))).text
    assert "Everything was struck out from" in text
    assert "The head struck out every episode." in text
    assert "Nothing was coded" not in text
    assert "Nobody was met" not in text


def test_what_is_disputed_whole_is_said_first() -> None:
    """Where the head disputes every episode the numbers are said to be the observer's word; where one is not, they are not."""
    words = "The head disputes every episode: what is told here is the observer's word."
    record = viewed(said(days.small_day(), (HandOver, {}), author="S1"), Verification.DISPUTE)
    summary = summarise([record])
    assert key_sentences(summary)[0] == four_sentences(summary)[0] == words
    assert "In dispute: the head disputes every episode" in Page(page(summary)).text
    assert words not in key_sentences(summarise([whole_talk(days.small_day())]))
