"""Two observers of one day: what is compared, what is left out, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from shadowlog.analysis.agreement import agreement, weights
from shadowlog.analysis.agreement_words import agreement_lines
from shadowlog.analysis.told import Told, meeting
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.terms import Party, Record, State
from shadowlog.errors import BadInput
from tests.analysis.days import EIGHT, MINUTE, SCHEME, Diary, random_day

close = pytest.approx


def by(record: Record, observer: str, later: int = 0, head: str = "") -> Record:
    """The same day by another observer, every instant so many ms later."""
    about = record.observation
    observation = replace(about, id=f"of {observer}", observer=observer, head=head or about.head)

    def moved(at: int | None) -> int | None:
        return None if at is None else at + later

    episodes = tuple(
        replace(e, parties=tuple(replace(p, joined=moved(p.joined), left=moved(p.left)) for p in e.parties))
        for e in record.episodes
    )
    track = tuple(replace(s, start=s.start + later, end=moved(s.end)) for s in record.track)
    return replace(
        record,
        observation=observation,
        track=track,
        episodes=episodes,
        start=record.start + later,
        end=record.end + later,
    )


def morning(parent_at: float = 10) -> Diary:
    """An hour: teachers, a parent, alone."""
    diary = Diary("first")
    diary.episode("a", parent_at, "teachers", activity="visiting", place="classroom")
    diary.episode("b", 30 - parent_at, "parents", activity="paper", place="own_office")
    diary.episode("c", 30, "alone", activity="money", place="own_office")
    return diary


@pytest.mark.parametrize("seed", range(12))
def test_the_same_day_agrees(seed: int) -> None:
    """A day and its copy agree in every unit of every dimension, event for event, and there is nothing to talk about."""
    record = random_day(seed, 14)
    found = agreement(record, by(record, "two"), offset=0)
    assert found.first_only_minutes == found.second_only_minutes == 0
    for each in found.dimensions:
        assert each.agreed == 1
        assert each.kappa in (1, None)
        assert each.near_agreed == (1, 1)
    assert found.events.agreements == found.events.length
    assert found.disagreements == ()
    assert found.lengths.concordance in (None, close(1))


@pytest.mark.parametrize("seed", range(6))
def test_a_clock_that_is_off(seed: int) -> None:
    """A second clock that is 95 s late is found out, and then nothing differs."""
    record = random_day(seed, 14)
    found = agreement(record, by(record, "two", 95_000))
    assert (found.offset_seconds, found.offset_estimated) == (-95, True)
    assert all(each.agreed == 1 for each in found.dimensions)
    assert found.disagreements == ()


def test_an_hour_by_hand() -> None:
    """One observer has the parent begin five minutes later: 55 of 60 minutes agree, and that is the one disagreement."""
    one, two = morning(10).record(), by(morning(15).record(), "two")
    found = agreement(one, two, offset=0)
    assert (found.common_minutes, found.offset_estimated) == (60, False)
    role = found.dimensions[0]
    assert (role.dimension, role.units) == ("role", 3600)
    assert role.agreed == close(55 / 60)
    assert role.codes == ("teachers", "parents", "alone")
    assert role.table == ((600, 0, 0), (300, 900, 0), (0, 0, 1800))
    chance = (10 * 15 + 20 * 15 + 30 * 30) / 3600
    assert role.kappa == close((55 / 60 - chance) / (1 - chance))
    most = ((10 + 15 + 30) / 60 - chance) / (1 - chance)
    assert role.maximum_kappa == close(most)
    place = next(each for each in found.dimensions if each.dimension == "place")
    assert place.codes == ("own_office", "classroom")
    assert place.table == ((2700, 300), (0, 600))
    first = found.disagreements[0]
    assert (first.minutes, first.start, first.start_minute) == (5, EIGHT + 10 * MINUTE, 490)
    assert {(d.dimension, d.first, d.second) for d in found.disagreements} == {
        ("role", "Parents", "Teachers"),
        ("activity", "Paper", "Visiting"),
        ("place", "Own office", "Classroom"),
    }
    assert found.lengths.pairs == 3
    assert found.lengths.mean_difference_minutes == close(0)


def test_a_delay_within_the_tolerance_is_agreement() -> None:
    """Four seconds late is no disagreement at five of tolerance, and is one at three."""
    one, two = morning(10).record(), by(morning(10 + 4 / 60).record(), "two")
    assert agreement(one, two, offset=0).disagreements == ()
    assert agreement(one, two, offset=0).dimensions[0].near_agreed == (1, 1)
    assert len(agreement(one, two, offset=0, tolerance=3_000).disagreements) == 3


@pytest.mark.parametrize("unit", [1_000, 2_000, 3_000, 7_000, 10_000, 60_000])
@pytest.mark.parametrize("tolerance", [0, 3_000, 5_000, 45_000])
@pytest.mark.parametrize("seed", range(3))
def test_the_tolerance_is_time(unit: int, tolerance: int, seed: int) -> None:
    """However long a unit is, it is agreed where the other says the same at most so many ms from its beginning."""
    one, two = random_day(seed, 10), by(random_day(seed, 10), "two", 4_000)
    found = agreement(one, two, offset=0, unit=unit, tolerance=tolerance)
    (mine, theirs) = (Told.of(each, 0) for each in (one, two))
    window = [(max(a, c), min(b, d)) for a, b in mine.window for c, d in theirs.window if max(a, c) < min(b, d)]
    for each in found.dimensions:
        spans = [
            [
                (max(lo, a), min(hi, b), code)
                for lo, hi in window
                for a, b, code in meeting(told.spans(each.dimension), lo, hi)
            ]
            for told in (mine, theirs)
        ]
        beginnings = [at for at in range(window[0][0], window[-1][1], unit) if any(lo <= at < hi for lo, hi in window)]
        assert each.units == len(beginnings)
        for n in (0, 1):
            agreed = 0
            for at in beginnings:
                (code,) = (code for lo, hi, code in spans[n] if lo <= at < hi)
                agreed += any(
                    code == other and at - tolerance < hi and lo <= at + tolerance for lo, hi, other in spans[1 - n]
                )
            assert each.near_agreed[n] == close(agreed / len(beginnings))


def test_a_tolerance_shorter_than_the_unit() -> None:
    """With units of ten seconds a tolerance of five still is one: the unit four seconds before a change is agreed."""
    one, two = morning(10).record(), by(morning(10 + 4 / 60).record(), "two")
    role = agreement(one, two, offset=0, unit=10_000, tolerance=5_000).dimensions[0]
    assert role.agreed == close(359 / 360)
    assert role.near_agreed == (1, 1)
    role = agreement(one, two, offset=0, unit=10_000, tolerance=3_000).dimensions[0]
    # The unit begins with the change: the first said the second's code just before, the second the first's not yet.
    assert role.near_agreed[0] == close(359 / 360)
    assert role.near_agreed[1] == 1


def test_what_either_did_not_see_is_left_out() -> None:
    """Off the record, not observed, with the shadower: no unit of those counts, and how much that was is said."""
    diary, other = Diary("first"), Diary("second")
    diary.episode("a", 10, "teachers", activity="paper")
    diary.stretch(10, State.OFF)
    diary.episode("b", 10, "parents", activity="paper")
    diary.episode("s", 10, "shadower", activity="paper")
    other.episode("a", 25, "teachers", activity="paper")
    other.stretch(5, State.UNSEEN)
    other.episode("c", 10, "alone", activity="paper")
    found = agreement(diary.record(), other.record(), offset=0)
    assert (found.common_minutes, found.first_only_minutes, found.second_only_minutes) == (15, 5, 20)
    assert found.dimensions[0].units == 900
    assert found.dimensions[0].agreed == close(10 / 15)


def paper_after(teaching: float, *, away: float = 0, since: float = 0) -> Record:
    """Teaching until so many minutes after eight, then paper and a visit; away in its midst, recorded since so late."""
    diary = Diary(f"away {away} since {since}", EIGHT + round(since * MINUTE))
    before = 20 if away else teaching - since
    diary.episode("m", before, "teachers", activity="teaching")
    if away:
        diary.stretch(away, State.OFF)
        diary.again("m", teaching - before - away)
    diary.episode("p", 10, "alone", activity="paper")
    diary.episode("v", 20, "pupils", activity="visiting")
    return diary.record()


def test_lengths_are_of_common_time() -> None:
    """Half an hour off the record within one of two like codings changes no figure: neither kappa nor any length."""
    one = paper_after(60)
    found = agreement(one, paper_after(60, away=30), offset=0)
    assert (found.common_minutes, found.first_only_minutes) == (60, 30)
    assert all(each.kappa in {1, None} for each in found.dimensions)
    assert [a.net_minutes for a, _ in found.events.pairs if a] == [30, 10, 20]
    assert found.lengths.concordance == close(1)
    assert found.lengths.intraclass.two_one == found.lengths.intraclass.three_one == close(1)
    assert found.lengths.mean_difference_minutes == 0


def test_a_late_start_within_an_episode_misses_nothing() -> None:
    """Who begins to record in the midst of an episode has it too: beginnings are those within the common time."""
    found = agreement(paper_after(60), paper_after(60, since=5.5), offset=0)
    assert (found.events.agreements, found.events.length, found.events.kappa) == (3, 3, 1)
    assert {a.start - b.start for a, b in found.events.pairs if a and b} == {0}
    assert found.lengths.mean_difference_minutes == 0


def test_a_moment_of_what_was_before_is_no_episode() -> None:
    """Of an episode that was over within the tolerance when common time began nothing is missed; of a longer one it is."""
    two = Diary("two", EIGHT + 60 * MINUTE)
    two.episode("p", 10, "alone", activity="paper")
    two.episode("v", 20, "pupils", activity="visiting")
    for seconds, length in ((4, 2), (6, 3)):
        found = agreement(paper_after(60 + seconds / 60), two.record(), offset=0)
        assert (found.events.agreements, found.events.length) == (2, length)


def test_an_instant_in_common_time_is_an_event() -> None:
    """An episode that was counted as an instant is laid beside the other's, and the two have no length."""
    days = []
    for name in ("one", "two"):
        diary = Diary(name)
        diary.episode("m", 30, "teachers", activity="teaching")
        diary.episode("i", 0, "pupils", activity="visiting")
        diary.episode("p", 30, "alone", activity="paper")
        days.append(diary.record())
    found = agreement(*days, offset=0)
    assert (found.events.agreements, found.events.length) == (3, 3)
    assert [a.net_minutes for a, _ in found.events.pairs if a] == [30, 0, 30]


def test_two_codes_with_one_label_are_two() -> None:
    """Codes are compared, not what they are called; where both are called the same, a difference names the codes."""
    codes = {"paper", "money"}
    scheme = replace(
        SCHEME,
        dimensions=tuple(
            replace(d, codes=tuple(replace(c, label="Desk") if c.id in codes else c for c in d.codes))
            for d in SCHEME.dimensions
        ),
    )
    days = []
    for activity in sorted(codes):
        diary = Diary(activity)
        diary.episode("a", 30, "teachers", activity="teaching")
        diary.episode("b", 30, "teachers", activity=activity)
        days.append(diary.record(scheme=scheme))
    found = agreement(*days, offset=0)
    assert (found.events.agreements, found.events.length) == (1, 2)
    assert found.events.kappa == close(1 / 3)
    assert found.lengths.pairs == 1
    assert [(d.first, d.second) for d in found.disagreements] == [("Desk (money)", "Desk (paper)")]
    assert [(a.what, a.what_label) for a, _ in found.events.pairs if a] == [("teaching", "Teaching"), ("money", "Desk")]


def test_uncoded_is_a_code_of_its_own() -> None:
    """A gap of one observer is not agreement with anything the other coded; how much each left uncoded is told."""
    diary, other = Diary("first"), Diary("second")
    diary.episode("a", 30, "teachers", activity="paper")
    other.episode("a", 20, "teachers")
    other.stretch(10, State.GAP)
    found = agreement(diary.record(), other.record(), offset=0)
    role, activity = found.dimensions[:2]
    assert role.agreed == close(2 / 3)
    assert (role.uncoded_first, role.uncoded_second) == (0, 600)
    assert (activity.agreed, activity.kappa, activity.uncoded_second) == (0, 0, 1800)


def test_several_groups_are_one_answer() -> None:
    """Teachers with pupils is the same answer whoever is named first, and another than teachers alone."""
    diary, other = Diary("first"), Diary("second")
    diary.episode("a", 10, "teachers", "pupils", activity="paper")
    other.episode("a", 5, "pupils", "teachers", activity="paper")
    other.episode("b", 5, "teachers", activity="paper")
    found = agreement(diary.record(), other.record(), offset=0)
    assert found.dimensions[0].labels == ("Teachers", "Teachers + Pupils")
    assert found.dimensions[0].agreed == close(0.5)


def test_whoever_joins_counts_from_then() -> None:
    """A party that joins half way is company for half of the units."""
    diary, other = Diary("first"), Diary("second")
    diary.episode("a", 10, parties=(Party("teachers"), Party("pupils", None, joined=EIGHT + 5 * MINUTE)))
    other.episode("a", 10, "teachers")
    found = agreement(diary.record(), other.record(), offset=0)
    assert found.dimensions[0].agreed == close(0.5)


def test_one_code_throughout_says_nothing_beyond_chance() -> None:
    """Both saw one thing all day: full agreement, and no kappa."""
    diary, other = Diary("first"), Diary("second")
    diary.episode("a", 10, "alone", activity="paper")
    other.episode("a", 10, "alone", activity="paper")
    role = agreement(diary.record(), other.record(), offset=0).dimensions[0]
    assert (role.agreed, role.kappa, role.maximum_kappa) == (1, None, None)


def test_three_contacts_within_moments() -> None:
    """Events a second apart agree or do not, whatever the unit: kappa does not swing with it.

    BORIS 9.15 gives .274, -.019, -.038 and 1.0 for such a pair at units of 0.5, 1, 2 and 3 s.
    """
    one, two = morning(10).record(), by(morning(10 + 1.3 / 60).record(), "two")
    found = [agreement(one, two, offset=0, unit=unit).dimensions[0].kappa or 0 for unit in (500, 1_000, 2_000, 3_000)]
    assert min(found) > 0.998


def test_refusals() -> None:
    """One observation twice, another head, another scheme, no time in common, no unit: each is refused with its reason."""
    one = morning().record()
    two = by(one, "two")
    with pytest.raises(BadInput, match="one observation twice"):
        agreement(one, one)
    with pytest.raises(BadInput, match="different heads"):
        agreement(one, by(one, "two", head="H02"))
    other = replace(two, observation=replace(two.observation, codebook=replace(SCHEME, version=4)))
    with pytest.raises(BadInput, match="small version 3 and small version 4"):
        agreement(one, other)
    with pytest.raises(BadInput, match="no observed time in common"):
        agreement(one, by(one, "two", 5 * 60 * MINUTE))
    with pytest.raises(BadInput, match="unit"):
        agreement(one, two, unit=0)
    empty = Diary("empty").record()
    with pytest.raises(BadInput, match="no observed time in common"):
        agreement(one, empty)
    off = Diary("off")
    off.stretch(60, State.OFF)
    with pytest.raises(BadInput, match="no observed time in common"):
        agreement(one, off.record())


def with_order(*dimensions: str) -> Codebook:
    """The scheme in which the codes of these dimensions are steps of a scale."""
    return replace(SCHEME, dimensions=tuple(replace(d, ordered=d.id in dimensions) for d in SCHEME.dimensions))


def steps(name: str, *codes: str | None) -> Record:
    """A minute of each place in turn; None is not coded."""
    diary = Diary(name)
    for n, each in enumerate(codes):
        diary.episode(f"e{n}", 1, "alone")
        diary.mark(f"e{n}", codes={} if each is None else {"place": each})
    return diary.record(scheme=with_order("place"))


@given(st.data())
def test_weighted_kappa_is_that_of_scikit_learn(data: st.DataObject) -> None:
    """Where a dimension's codes are ordered, a step on its scale costs one, whether or not a step between is used."""
    scale = [code.id for code in SCHEME.codes("place")]
    both = data.draw(st.lists(st.tuples(st.sampled_from(scale), st.sampled_from(scale)), min_size=1, max_size=12))
    one, two = ([pair[n] for pair in both] for n in (0, 1))
    found = agreement(steps("one", *one), steps("two", *two), offset=0, unit=60_000)
    place = next(each for each in found.dimensions if each.dimension == "place")
    if len({*one, *two}) == 1:
        assert place.weighted_kappa is None
    else:
        assert place.weighted_kappa == close(cohen_kappa_score(one, two, labels=scale, weights="linear"), abs=1e-12)
    assert [each.dimension for each in found.dimensions if each.weighted_kappa is not None] in ([], ["place"])


def test_uncoded_is_no_step_of_a_scale() -> None:
    """What one left uncoded differs from every code as the two ends of the scale do: five steps of six codes."""
    one = steps("one", "own_office", "own_office", "corridor", None)
    two = steps("two", "own_office", "classroom", None, None)
    place = next(d for d in agreement(one, two, offset=0, unit=60_000).dimensions if d.dimension == "place")
    assert place.codes == ("own_office", "classroom", "corridor", "uncoded")
    # Seen: a step and a whole scale in four. By chance: rows 2, 0, 1, 1 beside columns 1, 1, 0, 2.
    chance = (2 * (0 + 1 + 2 * 5) + 1 * (2 + 1 + 2 * 5) + 1 * (5 + 5 + 0)) / 4
    assert place.weighted_kappa == close(1 - (1 + 5) / chance)


def test_weights_need_an_order() -> None:
    """Without an order of its codes a dimension has no weighted kappa, and weights for it are refused."""
    found = agreement(morning().record(), by(morning(15).record(), "two"), offset=0)
    assert {each.weighted_kappa for each in found.dimensions} == {None}
    with pytest.raises(BadInput, match="the codes of place have no order"):
        weights(SCHEME.dimension("place"), ["own_office"])
    assert "Cohen 1968" not in "\n".join(agreement_lines(found))


def test_weighted_kappa_is_told() -> None:
    """The text names each ordered dimension with its weighted kappa beside what it is."""
    found = agreement(steps("one", "own_office", "hall"), steps("two", "own_office", "town"), offset=0)
    told = " ".join(" ".join(agreement_lines(found)).split())
    assert "Kappa with linear weights (Cohen 1968)" in told
    assert "as the whole scale): Place 0.80." in told
