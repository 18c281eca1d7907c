"""The page of a comparison: every number of it is the comparison's, in words, dots and tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.compare import compare
from shadowlog.analysis.comparison import Comparison
from shadowlog.domain.terms import Record, Verification
from shadowlog.domain.versions import Version
from shadowlog.report.compare_page import compare_name, compare_page, compare_sentences
from shadowlog.report.compare_text import comparison_text
from tests.analysis.talks import viewed
from tests.report.reading import Page
from tests.report.test_page import demo_day

DAYS = [demo_day(n) for n in range(7)]


def heads(count: int, by: str = "talis") -> Comparison:
    wanted = [f"H0{n}" for n in range(1, count + 1)]
    return compare([day for day in DAYS if day.observation.head in wanted], by, "heads")


def text(found: Comparison) -> str:
    return " ".join(Page(compare_page(found)).text.split())


@pytest.mark.parametrize("across", ["days", "heads", "observers"])
@pytest.mark.parametrize("by", ["talis", "role", "activity", "place"])
def test_the_tables_are_the_comparison(across: str, by: str) -> None:
    """Each share, its range and its interval stand in the tables of the page as a percentage with one decimal."""
    found = compare(DAYS, by, across)
    page = Page(compare_page(found))
    for name in ("often", "lasted"):
        words = {"often": "How often", "lasted": "How long"}[name]
        (table,) = (each for each in page.tables if each.caption.startswith(f"{words}, by"))
        assert len(table.body) == len(found.rows)
        for row in found.rows:
            spread = getattr(row, name)
            (line,) = (each for each in table.body if each[0].lower() == row.label.lower())
            ends = [*spread.shares, spread.lowest, spread.highest, *([spread.mean] if across == "heads" else [])]
            assert line[1:-1] == [f"{100 * (part or 0):.1f} %" for part in ends]
            assert line[-1] == " to ".join(f"{100 * part:.1f} %" for part in spread.interval or ())


def test_below_three_heads_there_is_no_mean() -> None:
    """Two heads have no mean in words, tables, charts or terminal, and the page says why; three have one."""
    two, three = text(heads(2)), text(heads(3))
    assert "Fewer than 3 heads: no mean" in two
    assert "Mean of heads" not in two
    assert "triangle" not in two
    assert "Fewer than three heads: no mean." in comparison_text(heads(2))
    assert "Mean of heads" in three
    assert "The triangle is the mean of the heads." in three


def test_the_words_are_the_numbers() -> None:
    """What lies furthest apart, what is often and brief and what is seldom and long are those of the shares."""
    found = heads(3)
    said = list(compare_sentences(found))
    apart = max((r for r in found.rows if r.code), key=lambda r: (r.lasted.highest or 0) - (r.lasted.lowest or 0))
    low, high = apart.lasted.lowest or 0, apart.lasted.highest or 0
    first, last = ("ABC"[apart.lasted.shares.index(end)] for end in (low, high))
    assert said[0] == (
        f"Furthest apart: {apart.label}, from {100 * low:.0f} % ({first}) to {100 * high:.0f} % ({last}) of the time."
    )
    assert any(each.startswith("Often and brief: Pupils") for each in said)
    assert any(each.startswith("Seldom and long: ") for each in said)


def test_days_alike_are_not_told_apart() -> None:
    """Of a day beside itself nothing is said to lie apart."""
    other = replace(DAYS[0], observation=replace(DAYS[0].observation, id="again", head="H09"))
    said = list(compare_sentences(compare([DAYS[0], other], "talis", "heads")))
    assert not [each for each in said if each.startswith("Furthest apart")]


def test_a_head_of_several_days_has_its_average_day() -> None:
    """The profile of a head with three days is a third of its minutes, so that no hour is fuller than an hour."""
    found = heads(3)
    for profile in found.profiles[:1]:
        assert max(each.observed_minutes for each in profile.bins) > 60
    page = Page(compare_page(found))
    caption = "A, H01 (its average of 3 days): minutes by activity in each hour"
    observed = page.table(caption).body[-1]
    assert observed[0] == "Observed"
    assert max(map(float, observed[1:])) <= 60
    assert sum(map(float, observed[1:])) == pytest.approx(found.groups[0].window_minutes / 3, abs=0.6)


def test_hostile_labels_are_text() -> None:
    """A code of a head that is markup is shown and obeyed by nobody, and stays out of the name of the file."""
    odd = [_headed(DAYS[0], "<script>alert(1)</script> %{x} \N{RIGHT-TO-LEFT OVERRIDE} =1+1"), DAYS[3], DAYS[5]]
    found = compare(odd, "talis", "heads")
    made = compare_page(found)
    assert "<script>alert" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert compare_name(replace(found, by="../<b>")) == "heads-by-b-comparison.html"


@pytest.mark.parametrize("across", ["days", "heads"])
def test_what_shares_are_of_is_said_everywhere(across: str) -> None:
    """Of chosen periods and of chosen or verified episodes no caption, table, sentence or method calls the time that observed."""
    days = [viewed(day, Verification.AGREE, 0, 2) for day in DAYS]
    choices = {
        "all": compare(days, "talis", across),
        "head": compare(days, "talis", across, choice=Choice(heads=("H01", "H02"))),
        "period": compare(days, "talis", across, choice=Choice(periods=("Lesson 1",))),
        "only": compare(days, "talis", across, choice=Choice(codes={"role": ("teacher",)})),
        "verified": compare(days, "talis", across, version=Version.VERIFIED),
    }
    one = across.removesuffix("s")
    for name, found in choices.items():
        page, told = Page(compare_page(found)), " ".join(comparison_text(found).split())
        words = " ".join(page.text.split())
        columns = page.tables[0].columns
        if name in {"all", "head"}:
            time, episodes, column = "observed time", "episodes", ("On record", "Episodes")
        elif name == "period":
            time, episodes = "observed time in the chosen periods", "episodes in the chosen periods"
            column = ("On record in the chosen periods", "Episodes in the chosen periods")
        else:
            time, episodes, column = "chosen time", "chosen episodes", ("Chosen time", "Chosen episodes")
            assert "observed time" not in f"{words} {told}"
            assert "filled as far as what is chosen lasted in it" in words
        assert tuple(columns[-2:]) == column
        captions = [each.caption for each in page.tables]
        assert f"How long, by {found.label.lower()}: shares of each {one}'s {time}" in captions
        assert f"How often, by {found.label.lower()}: shares of each {one}'s {episodes}" in captions
        assert f"How often: of that {one}'s {episodes}; how long: of that {one}'s {time}" in words
        assert f"Every share is of that {one}'s own {episodes} or {time}" in words
        assert f"often, of its {episodes}; long, of its {time}" in told
        if name == "period":
            assert "On record," not in words
            assert page.tables[-1].body[-1][0] == "Observed in the chosen periods"
            assert "in these periods" in compare_page(found)


def test_days_are_not_said_to_be_taken_together() -> None:
    """Only of heads and observers, who may have several days, is it said that their days are taken together."""
    assert "taken together" not in text(compare(DAYS[:2], "talis", "days"))
    assert "all days of that head taken together" in text(compare(DAYS[:2], "talis", "heads"))


def test_how_sure_an_interval_across_heads_is() -> None:
    """Where a head has several days page and terminal say that an interval over heads would be wider; few days are a hint only."""
    alike = (
        "The days of one head are alike, and the interval is over days: across heads it is narrower than one over heads"
    )
    few = "of few days it is a hint of that, not a measure of any head"
    by_heads, by_days = heads(3), compare(DAYS, "talis", "days")
    once = compare([day for n, day in enumerate(DAYS) if n in _first_days()], "talis", "heads")
    assert any(row.lasted.interval for row in once.rows)
    assert alike in text(by_heads)
    assert alike in " ".join(comparison_text(by_heads).split())
    for found in (by_days, once):
        assert alike not in text(found)
        assert alike not in " ".join(comparison_text(found).split())
        assert few in text(found)
        assert "of few days a hint, not a measure" in " ".join(comparison_text(found).split())
    assert few not in text(compare(DAYS[:2], "talis", "days"))


def _first_days() -> set[int]:
    """The first day of each head."""
    heads_ = [day.observation.head for day in DAYS]
    return {heads_.index(head) for head in heads_}


def test_why_a_day_is_left_out_is_on_the_page() -> None:
    """A day that was given and is in no group stands on the page with the reason."""
    days = [viewed(DAYS[0], Verification.AGREE, 0, 2), DAYS[1]]
    words = text(compare(days, "talis", version=Version.VERIFIED))
    about = DAYS[1].observation
    assert f"{about.head} {about.observer}: nothing of it is verified." in words


def _headed(record: Record, head: str) -> Record:
    return replace(record, observation=replace(record.observation, head=head))


def test_observers_of_different_days_are_not_taken_for_agreement() -> None:
    """Across observers page and terminal say that days differ and which command compares two observers of one; else not."""
    found = compare(DAYS, "talis", "observers")
    assert "`shadowlog agreement` compares two observers of one day" in text(found)
    assert "`shadowlog agreement`" in " ".join(comparison_text(found).split())
    assert "agreement" not in text(heads(3))
