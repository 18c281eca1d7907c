"""What a workshop is shown: only what may be, of five people or more, and nothing from which anything left out follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowlog.analysis.deck import deck, kept_secret, system, told_of
from shadowlog.analysis.deck_shape import Deck, from_plain
from shadowlog.analysis.disclosure import THRESHOLD, Cell
from shadowlog.analysis.gate import Candidate, admitted, people, refusal, taken_back
from shadowlog.analysis.plain import plain
from shadowlog.domain import feedback as f
from shadowlog.domain.codebook import Codebook, RollUp
from shadowlog.domain.feedback import Phase
from shadowlog.domain.terms import Episode, Party, Record, Standing, State, Stretch, Verification
from shadowlog.errors import Refused
from shadowlog.exchange.handout import handout_csv
from shadowlog.report.present import present
from tests.analysis.talks import said, viewed
from tests.analysis.test_disclosure import worked_out
from tests.report import days

ROLES = ("teacher", "pupil", "leader", "alone")
WHAT = ("teaching_learning", "admin", "duty")
RELEASED = Standing("released", 1, 1)


def a_day(number: int, head: str, *episodes: tuple[float, str, int | None, str | None, str]) -> Record:
    """A released day of (minutes, role, how many, person, activity), one after the other, all agreed to."""
    made, track, begun = [], [], 540.0 + 1440 * number
    for n, (minutes, role, count, person, activity) in enumerate(episodes):
        id_ = f"{head}-{number}-{n}"
        party = Party(role, count, person)
        made.append(Episode(id_, (party,), codes={"activity": activity}, verification=Verification.AGREE))
        track.append(Stretch(f"s{id_}", days.at(begun), days.at(begun + minutes), State.EPISODE, id_))
        begun += minutes
    record = Record(
        replace(days.OBSERVATION, id=f"{head}-{number}", head=head),
        days.at(540.0 + 1440 * number),
        days.at(begun),
        running=False,
        track=tuple(track),
        concurrent=(),
        episodes=tuple(made),
        standing=RELEASED,
    )
    return said(record, (f.Release, {"layers": ("workshop",)}))


def many_people(head: str) -> Record:
    """Two hours: forty minutes with six teachers, ten with two leaders, thirty with a class, forty alone."""
    return a_day(
        0, head,
        (40, "teacher", 6, None, "teaching_learning"), (10, "leader", 2, None, "admin"),
        (30, "pupil", 25, None, "teaching_learning"), (40, "alone", 1, None, "admin"),
    )  # fmt: skip


def shown(records: Sequence[Record]) -> Deck:
    """The deck of days, heads in the order of their codes."""
    return deck(records, lambda _: None)


def test_few_people_are_left_out_with_one_beside_them() -> None:
    """Of two leaders nothing is said, nor of whom else it would follow; six teachers and a class are shown."""
    told = shown([many_people(f"H0{n}") for n in range(3)])
    who = told.divisions[0]
    shares = {row.label: row.shares for row in who.rows}
    assert shares["Teachers"] == (0.333, 0.333, 0.333)
    assert shares["Alone"] == (0.333, 0.333, 0.333)
    # The smallest beside it, so that it does not follow.
    assert shares["Pupils"] == (None, None, None)
    assert shares["Leadership team"] == (None, None, None)
    assert told.hidden >= 3


def test_the_numbers_are_the_summarys() -> None:
    """Measures and shares are those of each head's verified days, in the order of the letters."""
    records = [many_people("H01"), a_day(0, "H02", (60, "pupil", 30, None, "duty"), (20, "alone", 1, None, "admin"))]
    told = shown(records)
    assert told.letters == ("A", "B")
    by = {each.id: each.values for each in told.measures}
    assert by["interactions"] == (1.5, 0.75)
    assert by["alone"] == (0.333, 0.25)
    assert told.days == 2


@pytest.mark.parametrize(
    ("episodes", "most"),
    [
        ([("teacher", 1, None)] * 9, 1),
        ([("teacher", 3, None), ("teacher", 2, None)], 3),
        ([("teacher", 1, f"T{n}") for n in range(4)], 4),
        ([("teacher", 1, "T1"), ("teacher", 5, None)], 5),
        ([("teacher", 2, None), ("leader", 2, None)], 4),
        ([("pupil", None, None)], 1),
        ([("alone", 1, None)], 0),
    ],
)
def test_how_many_people_at_the_least(episodes: list[tuple[str, int | None, str | None]], most: int) -> None:
    """Who was there again may be the same: codes told apart, or the most at once; a group of unknown number is one."""
    record = a_day(0, "H01", *((10, role, count, person, "admin") for role, count, person in episodes))
    assert people([record], lambda _, episode: episode.parties) == most
    other = replace(record, observation=replace(record.observation, head="H02"))
    assert people([record, other], lambda _, episode: episode.parties) == 2 * most


REFUSED: dict[str, Callable[[Record], Record]] = {
    "it has not ended": lambda r: replace(r, running=True),
    "it was not handed over to the head": lambda r: replace(r, standing=Standing("draft", 0, 1)),
    "the head has not verified it": lambda r: replace(r, standing=Standing("with the head", 0, 1)),
    "the head has not released it": lambda r: replace(r, feedback=(), standing=Standing("verified", 1, 1)),
    "the head agreed to none of it": lambda r: viewed(r, Verification.DISPUTE),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_day_that_may_not_be_shown_is_named_with_the_reason(reason: str) -> None:
    """A day that runs, a draft, one that was not verified or released, or all disputed, is left out; the others pass."""
    good = many_people("H01")
    bad = REFUSED[reason](many_people("H02"))
    passed, out = admitted([Candidate(good, ("workshop",)), Candidate(bad, ("workshop",))])
    assert passed == (good,)
    assert [(each.head, each.reason.startswith(reason)) for each in out] == [("H02", True)]


def test_a_head_who_withdrew_is_left_out() -> None:
    """Where the consent in force does not agree to a workshop, nothing that was released before counts."""
    assert "no longer agrees" in refusal(Candidate(many_people("H01"), ("observed", "archive")))


def test_a_phase_is_said_where_three_share_it() -> None:
    """Two heads of one phase stay unsaid; three are told, without which."""
    records = [said(many_people(f"H0{n}"), (Phase, {"phase": "widening"})) for n in range(3)]
    assert shown(records).phases == (("widening", 3),)
    assert shown(records[:2]).phases == ()


def test_incidents_are_those_whose_wording_was_released() -> None:
    """A starred note is dealt where its head released the wording, its row stands, and it names nobody."""
    record = days.small_day()
    agreed = viewed(replace(record, standing=RELEASED), Verification.AGREE)
    texts = [note.text for note in record.notes if note.incident]
    assert texts
    open_ = said(agreed, (f.Release, {"layers": ("workshop", "incidents")}))
    assert shown([open_]).incidents == tuple(sorted(texts))
    assert shown([said(agreed, (f.Release, {"layers": ("workshop",)}))]).incidents == ()
    struck = viewed(open_, Verification.DISPUTE)
    assert shown([struck, many_people("H02")]).incidents == ()
    named = replace(open_, notes=tuple(replace(note, text="asked Mrs Example") for note in open_.notes))
    told = shown([named])
    assert told.incidents == ()
    assert "named somebody" in told.kept_back[0]


@pytest.mark.parametrize(
    "text",
    [
        "H01 told T07 to go", "told t07 to go", "in room R12 on that day", "as S1 saw it", "On 06/10 a parent rang",
        "On 6 October a parent rang", "on the 6th of October", "October 6 it was", "on 2026-10-06",
    ],
)  # fmt: skip
def test_wording_with_a_code_or_a_date_is_kept_back(text: str) -> None:
    """Codes of heads, observers, persons and rooms, and dates, keep an incident off the slides; its like without is dealt."""
    record = viewed(replace(days.small_day(), standing=RELEASED), Verification.AGREE)
    open_ = said(record, (f.Release, {"layers": ("workshop", "incidents")}))
    first, *others = open_.episodes
    first = replace(first, room="R12", parties=(Party("teacher", 1, "T07"), Party("teacher", 6)))
    open_ = replace(open_, episodes=(first, *others))

    def worded(words: str) -> Record:
        return replace(open_, notes=tuple(replace(note, text=words) for note in open_.notes))

    assert shown([worded("The deputy decided, and told the room of it in May")]).incidents
    assert shown([worded(text)]).incidents == ()


def test_schemes_that_do_not_meet_are_refused() -> None:
    """Two codebooks without a roll-up alike are refused, naming them; with one alike they are shown by it."""
    one = many_people("H01")
    other = many_people("H02")
    book = replace(other.observation.codebook, id="other", rollups=())
    apart = replace(other, observation=replace(other.observation, codebook=book))
    with pytest.raises(Refused, match="no roll-up of"):
        shown([one, apart])
    small = replace(other.observation.codebook, id="other", rollups=other.observation.codebook.rollups[-1:])
    met = replace(other, observation=replace(other.observation, codebook=small))
    roles = RollUp("sides", "Sides", "role", (("staff", "Staff"), ("rest", "The rest")))
    both = [
        replace(each, observation=replace(each.observation, codebook=_with(each.observation.codebook, roles)))
        for each in (one, met)
    ]
    assert [each.id for each in shown(both).divisions] == ["sides", both[1].observation.codebook.rollups[0].id]


def _with(book: Codebook, rollup: RollUp) -> Codebook:
    return replace(book, rollups=(*book.rollups, rollup))


def test_a_deck_comes_back_from_plain_values() -> None:
    """What is frozen is all of it, to the last number."""
    told = shown([many_people(f"H0{n}") for n in range(3)])
    assert from_plain(plain(told)) == told


EPISODES = st.lists(
    st.tuples(
        st.integers(1, 40).map(float),
        st.sampled_from(ROLES),
        st.sampled_from([1, 2, 4, 5, 9]),
        st.just(None),
        st.sampled_from(WHAT),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(EPISODES, min_size=1, max_size=4))
def test_no_difference_between_tables_gives_what_is_left_out(
    studies: list[list[tuple[float, str, int, None, str]]],
) -> None:
    """Of random small studies nothing that is left out follows from all that is shown, by head, over all, and by sums."""
    records = [a_day(0, f"H0{n}", *episodes) for n, episodes in enumerate(studies)]
    by_head = [[record] for record in records]
    told = [told_of(each, "split") for each in by_head]
    cells, sums = system(by_head, told)
    hidden = kept_secret(cells, sums)
    assert {cell.id for cell in cells if 0 < cell.people < THRESHOLD} <= hidden
    assert worked_out(cells, sums, hidden) == set()
    made = shown(records)
    assert made.hidden == len(hidden)


def with_few(leaders: float, pupils: float, then: float = 20) -> Record:
    """A day with six teachers, two leaders and a class, the last two doing the same."""
    return a_day(
        0, "H01",
        (60, "teacher", 6, None, "teaching_learning"), (leaders, "leader", 2, None, "duty"),
        (pupils, "pupil", 25, None, "duty"), (then, "alone", 1, None, "admin"),
    )  # fmt: skip


def leaving(record: Record) -> str:
    """All that leaves the house of a day: slides and table."""
    told = shown([record])
    return present(told, "workshop") + handout_csv(told)


@pytest.mark.parametrize("leaders", [6, 11, 13, 19])
def test_what_is_left_out_changes_not_a_byte(leaders: int) -> None:
    """Days that differ only in how long two leaders were there give the same slides and the same table, to the byte."""
    first = shown([with_few(20, 20)])
    who = {row.label: row.shares for row in first.divisions[0].rows}
    assert who["Leadership team"] == who["Pupils"] == (None,)
    assert leaving(with_few(leaders, 40 - leaders)) == leaving(with_few(20, 20))


def test_what_is_shown_changes_the_bytes() -> None:
    """Negative control: a number that is shown and differs is seen in both."""
    assert leaving(with_few(20, 20, then=30)) != leaving(with_few(20, 20))


def whole(records: Sequence[Record], who_rule: str = "split") -> dict[str, Cell]:
    """The cells of one head's days, by their ids."""
    cells, _ = system([records], [told_of(records, who_rule)], who_rule)
    return {cell.id: cell for cell in cells}


def with_first(record: Record, **changes: Any) -> Record:
    """The record with its first episode changed."""
    first, *others = record.episodes
    return replace(record, episodes=(replace(first, **changes), *others))


def test_who_leaves_and_comes_back_is_one() -> None:
    """One teacher who joins and leaves five times is one person; five who are there at once are five."""
    day = a_day(0, "H01", (60, "teacher", 1, None, "admin"), (60, "pupil", 25, None, "duty"))
    begun = day.start
    five = [Party("teacher", 1, None, begun + n * 600_000, begun + n * 600_000 + 300_000) for n in range(5)]
    assert whole([with_first(day, parties=tuple(five))])["role teacher 0"].people == 1
    together = [replace(each, left=None) for each in five]
    assert whole([with_first(day, parties=tuple(together))])["role teacher 0"].people == 5


def test_where_the_first_named_has_the_time_the_others_are_not_counted() -> None:
    """Under `main` six teachers who are named second add no time and hide nobody; under `split` they do."""
    day = a_day(0, "H01", (60, "pupil", 25, None, "duty"), (10, "teacher", 1, None, "admin"))
    day = with_first(day, parties=(Party("pupil", 25), Party("teacher", 6)))
    assert whole([day], "main")["role teacher 0"].people == 1
    assert whole([day], "split")["role teacher 0"].people == 6


@pytest.mark.parametrize("changes", [{"concurrent": True}, {"duration_known": False}])
def test_who_adds_no_time_is_not_counted_in_minutes(changes: dict[str, bool]) -> None:
    """Six teachers beside another episode, or of an end nobody knows, do not hide one teacher's ten minutes."""
    day = a_day(0, "H01", (60, "teacher", 6, None, "admin"), (10, "teacher", 1, None, "admin"))
    found = whole([with_first(day, **changes)])
    assert found["role teacher 0"].people == 1
    assert found["role teacher count"].people == 6


def test_a_number_is_about_whom_it_is_of() -> None:
    """One interruption by one teacher is about one person, however many were met elsewhere; and so is all that is brief."""
    day = a_day(
        0, "H01", (60, "pupil", 25, None, "duty"), (4, "teacher", 1, None, "admin"), (60, "teacher", 9, None, "admin")
    )
    first, second, third = day.episodes
    day = replace(day, episodes=(first, replace(second, interrupts=first.id), third))
    found = whole([day])
    assert found["measure interruptions 0"].people == 1
    assert found["measure brief 0"].people == 1
    assert found["measure interactions 0"].people == 25 + 9
    assert shown([day]).measures[0].id == "interactions"
    assert "interruptions" not in {each.id for each in shown([day]).measures}


def test_what_is_long_is_about_somebody_too() -> None:
    """Where all but one meeting with one teacher is brief, the share of brief ones would tell of that one: it is left out."""
    day = a_day(
        0, "H01", (4, "pupil", 25, None, "duty"), (4, "teacher", 9, None, "admin"), (30, "leader", 1, None, "admin")
    )
    assert whole([day])["measure brief 0"].people == 1


def test_of_two_heads_nothing_is_told_over_both() -> None:
    """Each of two heads could take its own away from a number over both; of one, and of three, there is such a number."""
    days_ = [many_people(f"H0{n}") for n in range(3)]
    for heads, told in ((1, True), (2, False), (3, True)):
        row = next(row for row in shown(days_[:heads]).divisions[0].rows if row.label == "Alone")
        assert (row.time_share is not None) is told


def test_rates_are_of_the_time_that_the_head_agreed_to() -> None:
    """Two interactions in two hours agreed to are one an hour, though two disputed hours were observed beside them."""
    day = a_day(
        0, "H01", (60, "teacher", 6, None, "admin"), (60, "pupil", 25, None, "duty"), (120, "teacher", 8, None, "admin")
    )
    *agreed, last = day.episodes
    day = replace(day, episodes=(*agreed, replace(last, verification=Verification.DISPUTE)))
    assert {each.id: each.values for each in shown([day]).measures}["interactions"] == (1.0,)


def test_what_nobody_coded_is_not_called_left_out() -> None:
    """A head whose places nobody coded has no classroom visits; that is not the same as leaving them out."""
    first = with_first(many_people("H01"), codes={"activity": "duty", "place": "classroom"})
    (visits,) = (each for each in shown([first, many_people("H02")]).measures if each.id == "classrooms")
    assert (visits.values, visits.left_out) == ((1.0, None), (False, False))
    assert not visits.gone(1)
    assert replace(visits, left_out=()).gone(1)
    few = a_day(0, "H03", (60, "teacher", 1, None, "admin"))
    few = with_first(few, codes={"activity": "duty", "place": "classroom"})
    (visits,) = (each for each in shown([first, few]).measures if each.id == "classrooms")
    assert (visits.values, visits.left_out) == ((1.0, None), (False, True))


def test_wording_is_shown_while_the_consent_agrees_to_it() -> None:
    """An incident that was released is not dealt once the head's consent no longer agrees to its wording."""
    record = viewed(replace(days.small_day(), standing=RELEASED), Verification.AGREE)
    open_ = said(record, (f.Release, {"layers": ("workshop", "incidents")}))
    (both,), _ = admitted([Candidate(open_, ("workshop", "incidents"))])
    (less,), _ = admitted([Candidate(open_, ("workshop",))])
    assert shown([both]).incidents
    assert shown([less]).incidents == ()


def test_what_may_be_shown_no_longer() -> None:
    """A set is opened again whatever was edited, and not once consent or release is taken back."""
    day = many_people("H01")
    assert taken_back(Candidate(replace(day, standing=Standing("with the head", 0, 1)), ("workshop",))) == ""
    assert "consent" in taken_back(Candidate(day, ("observed",)))
    assert "taken the release" in taken_back(
        Candidate(said(replace(day, feedback=()), (f.Release, {"layers": ()})), ("workshop",))
    )


DRAWN = st.lists(
    st.tuples(
        st.integers(1, 40).map(float),
        st.lists(
            st.tuples(st.sampled_from(ROLES[:3]), st.sampled_from([1, 2, 6]), st.booleans()), min_size=0, max_size=3
        ),
        st.sampled_from(WHAT),
        st.booleans(),
        st.sampled_from([Verification.AGREE, Verification.AGREE, Verification.DISPUTE]),
    ),
    min_size=1,
    max_size=6,
)


def drawn(
    number: int, head: str, rows: Sequence[tuple[float, list[tuple[str, int, bool]], str, bool, Verification]]
) -> Record:
    """A released day of episodes with several groups that come late, some beside others, some disputed."""
    record = a_day(number, head, *((minutes, "alone", 1, None, what) for minutes, _, what, _, _ in rows))
    episodes, track, beside = [], list(record.track), []
    for episode, stretch, (minutes, groups, _, aside, view) in zip(record.episodes, record.track, rows, strict=True):
        late = stretch.start + int(minutes * 30_000)
        parties = tuple(Party(role, count, None, late if comes else None) for role, count, comes in groups)
        elsewhere = aside and len(rows) > 1
        if elsewhere:
            track[track.index(stretch)] = replace(stretch, state=State.GAP, episode=None)
            beside.append(stretch)
        episodes.append(replace(episode, parties=parties or episode.parties, concurrent=elsewhere, verification=view))
    return replace(record, track=tuple(track), concurrent=tuple(beside), episodes=tuple(episodes))


def met(days_: Sequence[Record], role: str, who_rule: str) -> int:
    """Counted another way: the most of a role at any arrival in one foreground episode that the head agreed to."""
    most = 0
    for record in days_:
        for episode in record.episodes:
            if episode.concurrent or episode.verification is not Verification.AGREE:
                continue
            parties = episode.parties[:1] if who_rule == "main" else episode.parties
            for at in {0, *(p.joined or 0 for p in parties)}:
                there = sum(p.count or 1 for p in parties if p.role == role and (p.joined or 0) <= at)
                most = max(most, there)
    return most


@settings(deadline=None, max_examples=60)
@given(st.lists(DRAWN, min_size=1, max_size=3), st.sampled_from(["split", "full", "main"]))
def test_no_share_is_shown_of_few_people(studies: list[Any], who_rule: str) -> None:
    """Whatever the day, a head's share of time with a group is shown only where it is nothing or about five people or more."""
    by_head = [[drawn(0, f"H0{n}", rows)] for n, rows in enumerate(studies)]
    if not any(each.verification is Verification.AGREE for days_ in by_head for r in days_ for each in r.episodes):
        return
    told = deck([record for days_ in by_head for record in days_], lambda _: None, who_rule=who_rule)
    labels = {"Teachers": "teacher", "Pupils": "pupil", "Leadership team": "leader"}
    for row in told.divisions[0].rows:
        for n, share in enumerate(row.shares):
            if share and row.label in labels:
                assert met(by_head[n], labels[row.label], who_rule) >= THRESHOLD


def test_two_sets_are_not_taken_from_one_another() -> None:
    """A set with one day more than one before hides what that day alone would tell of few people, over all heads, too."""
    first = [many_people(f"H0{n}") for n in range(3)]
    more = a_day(
        1, "H00", (60, "teacher", 7, None, "admin"), (20, "leader", 6, None, "admin"), (60, "pupil", 20, None, "duty")
    )
    few = with_first(more, parties=(Party("teacher", 1),))

    def teachers(added: Record, earlier: Sequence[Sequence[Record]]) -> tuple[float | None, float | None]:
        told = deck([*first, added], lambda _: None, earlier=earlier)
        row = next(row for row in told.divisions[0].rows if row.label == "Teachers")
        return row.shares[0], row.time_share

    assert None not in teachers(few, [])
    assert None not in teachers(more, [first])
    assert teachers(few, [first]) == (None, None)
    assert None not in teachers(few, [[many_people("H07")]])
