"""Days of several codebooks in one comparison: chosen together, none of them lost without a word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.compare import compare
from shadowlog.domain.codebook import Code
from shadowlog.domain.terms import Party, Period, Record, Verification
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput
from shadowlog.report.compare_text import comparison_text
from tests.analysis.days import SCHEME, Diary, random_day
from tests.analysis.test_compare import with_book

close = pytest.approx


def named_by(record: Record, id_: str, **about: Any) -> Record:
    return replace(record, observation=replace(record.observation, id=id_, **about))


def of_two_books() -> list[Record]:
    """A day of H01 by one codebook and O1, a day of H02 by another and O2, two weeks later, with a period of its own."""
    one = named_by(random_day(1, 8, "one"), "one", head="H01", observer="O1")
    two = named_by(with_book(random_day(2, 8, "two")), "two", head="H02", observer="O2")
    two = replace(two, observation=replace(two.observation, periods=(Period("lunch", 0, 700),)))
    one = replace(one, observation=replace(one.observation, periods=(Period("break", 0, 700),)))
    later = 14 * 24 * 3_600_000
    return [
        one,
        replace(
            two,
            start=two.start + later,
            end=two.end + later,
            track=tuple(replace(s, start=s.start + later, end=(s.end or 0) + later) for s in two.track),
            concurrent=tuple(replace(s, start=s.start + later, end=(s.end or 0) + later) for s in two.concurrent),
            episodes=tuple(replace(e, parties=(Party("pupils"),)) for e in two.episodes),
        ),
    ]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    "choice",
    [
        Choice(heads=("H01", "h02")),
        Choice(observers=("o1", "O2")),
        Choice(since="2026-11-24", until="2026-12-08"),
        Choice(periods=("Break", "lunch")),
        Choice(headings={"kinds": ("instruction", "management")}),
        Choice(headings={"Groups": ("pupils", "staff")}),
    ],
)
def test_days_of_several_codebooks_are_chosen_together(choice: Choice, turned: bool) -> None:
    """Heads, observers, dates, periods and headings that one codebook's days have and the other's have not are no mistake."""
    records = of_two_books()
    found = compare(records[::-1] if turned else records, "kinds", "heads", choice=choice)
    assert [group.label for group in found.groups] == ["H01", "H02"]
    assert found.left_out == ()
    alone = [compare([each], "kinds", "heads", choice=_own(choice, n)) for n, each in enumerate(records)]
    for row in found.rows:
        of_each = [[r for r in each.rows if r.code == row.code] for each in alone]
        assert row.lasted.shares == close([these[0].lasted.shares[0] if these else 0 for these in of_each])


def _own(choice: Choice, n: int) -> Choice:
    """What of a choice of both days is about one of them."""
    own = {name: (these[n],) if (these := getattr(choice, name)) else () for name in ("heads", "observers", "periods")}
    return replace(choice, **own)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (Choice(heads=("H03",)), r"no head 'H03'\. There is: H01, H02\."),
        (Choice(observers=("O3",)), r"no observer 'O3'\. There is: O1, O2\."),
        (Choice(periods=("tea",)), r"no period of the school day 'tea'\. There is: break, lunch\."),
        (Choice(headings={"kinds": ("golf",)}), r"no heading of kinds 'golf'\. There is: instruction, management\."),
        (Choice(codes={"activity": ("golf",)}), r"no code of activity 'golf'\. There is: teaching, .*moving, extra\."),
    ],
)
def test_what_no_codebook_has_is_refused_with_all_there_is(choice: Choice, told: str) -> None:
    """A name that there is none of in any codebook or its days is refused, and what all of them have is named."""
    one, two = of_two_books()
    activity = next(d for d in SCHEME.dimensions if d.id == "activity")
    more = replace(activity, codes=(*activity.codes, Code("extra", "Extra")))
    scheme = replace(SCHEME, id="other", dimensions=tuple(more if d is activity else d for d in SCHEME.dimensions))
    two = replace(two, observation=replace(two.observation, codebook=scheme))
    with pytest.raises(BadInput, match=told):
        compare([one, two], "kinds", choice=choice)


def test_a_code_that_one_codebook_has_leaves_out_the_days_of_the_other() -> None:
    """Chosen by a code or a dimension that the other codebook has not, its day is left out and named, and counted in nothing."""
    one, two = of_two_books()
    bare = replace(SCHEME, id="other", dimensions=tuple(d for d in SCHEME.dimensions if d.id != "place"))
    two = replace(two, observation=replace(two.observation, codebook=bare))
    places = tuple(code.id for code in SCHEME.codes("place"))
    for order in ([one, two], [two, one]):
        found = compare(order, "kinds", choice=Choice(codes={"place": places}))
        assert [group.label for group in found.groups] == ["2026-11-24 H01 O1"]
        assert found.left_out == ("2026-12-08 H02 O2: no time of what is chosen",)
        assert found.chosen == (" or ".join(SCHEME.label("place", each) for each in places),)


def test_a_codebook_none_of_whose_days_is_compared_is_skipped() -> None:
    """By a dimension the days of one codebook are compared, though days of another were given: these are named and no more."""
    one, two = of_two_books()
    found = compare([two, one], "activity", choice=Choice(heads=("H01",)))
    assert [group.label for group in found.groups] == ["2026-11-24 H01 O1"]
    assert found.left_out == ("2026-12-08 H02 O2: not among the days chosen",)
    assert found.profiles
    with pytest.raises(BadInput, match="different codebooks"):
        compare([two, one], "activity")


def test_headings_that_do_not_meet_choose_nothing() -> None:
    """Headings of a roll-up that is another in the other codebook are refused, with the roll-ups that are the same."""
    one, two = of_two_books()
    changed = replace(SCHEME.rollups[1], headings=(("instruction", "Teaching"),))
    two = with_book(two, rollups=(SCHEME.rollups[0], changed))
    with pytest.raises(BadInput, match=r"small version 3, other version 3.*under 'kinds'.*that they share: groups;"):
        compare([one, two], "groups", choice=Choice(headings={"kinds": ("instruction",)}))


def verified(record: Record, view: Verification | None) -> Record:
    return replace(record, episodes=tuple(replace(e, verification=view) for e in record.episodes))


@pytest.mark.parametrize("turned", [False, True])
def test_every_day_that_was_given_is_in_a_group_or_named_with_why(turned: bool) -> None:
    """Days without anything verified, without chosen time, or not chosen are named with the reason, in whatever order."""
    one, two = of_two_books()
    talked = verified(one, Verification.AGREE)
    silent = verified(two, None)
    elsewhere = named_by(verified(random_day(7, 8, "three"), Verification.AGREE), "three", head="H03", observer="O1")
    empty = named_by(Diary("four").record(), "four", head="H01", observer="O9")
    records = [talked, silent, elsewhere, empty]
    records = records[::-1] if turned else records
    found = compare(records, "kinds", choice=Choice(heads=("H01", "H02")), version=Version.VERIFIED)
    assert [group.label for group in found.groups] == ["2026-11-24 H01 O1"]
    assert found.left_out == (
        "2026-11-24 H01 O9: nothing of it is verified",
        "2026-11-24 H03 O1: not among the days chosen",
        "2026-12-08 H02 O2: nothing of it is verified",
    )
    assert found.chosen == ("head H01, H02", "verified by the head")
    told = comparison_text(found)
    assert "2026-12-08 H02 O2: nothing of it is verified" in " ".join(told.split())
    assert compare([one, empty], "kinds").left_out == ("2026-11-24 H01 O9: no observed time",)
