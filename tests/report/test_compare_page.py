"""The page of a comparison: every number of it is the comparison's, in words, dots and tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.compare import compare
from shadowlog.analysis.comparison import Comparison
from shadowlog.domain.terms import Record
from shadowlog.report.compare_page import compare_name, compare_page, compare_sentences
from shadowlog.report.compare_text import comparison_text
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


def _headed(record: Record, head: str) -> Record:
    return replace(record, observation=replace(record.observation, head=head))
