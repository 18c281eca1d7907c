"""The head's report as text: what it says, that it says it safely, and how it becomes a file."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowlog.analysis.results import Row, Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.recorder import fold
from shadowlog.domain.terms import Note, Record
from shadowlog.exchange.demo import demo_days
from shadowlog.report.method_words import method_lines
from shadowlog.report.page import page, page_name
from shadowlog.report.sentences import key_sentences
from tests.golden_files import golden
from tests.report import days
from tests.report.reading import HtmlTable, Page

SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)


@cache
def demo_day(number: int = 0) -> Record:
    """One day of the demonstration."""
    made = demo_days()[number]
    day = fold(made.observation, made.commands)
    return day.record(day.track[-1].at)


DAYS: dict[str, Callable[[], Record]] = {
    "small": days.small_day,
    "empty": days.empty_day,
    "one row": days.one_row_day,
    "hostile": days.hostile_day,
    "demonstration": demo_day,
}


@pytest.fixture(scope="module", params=DAYS)
def told(request: pytest.FixtureRequest) -> tuple[Summary, str]:
    """A summary and its page."""
    summary = summarise([DAYS[request.param]()])
    return summary, page(summary)


def test_golden() -> None:
    """The page of a small day says, line by line, what was read and found right by hand."""
    golden("page.txt", Page(page(summarise([days.small_day()]))).text)


def test_same_day_same_page() -> None:
    """A page depends on its summary and on nothing else."""
    assert page(summarise([days.small_day()])) == page(summarise([days.small_day()]))


def cells(row: Row) -> list[str]:
    """What a table must say of a row, reckoned here anew."""
    shares = ["–" if s is None else f"{100 * s:.1f} %" for s in (row.count_share, row.time_share)]
    count = f"{row.count:.1f}".removesuffix(".0")
    return [row.label[:1].upper() + row.label[1:], count, shares[0], f"{row.minutes:.1f}", shares[1]]


def said(table: HtmlTable) -> list[list[str]]:
    """The first five cells of every row, in order of the first."""
    return sorted(row[:5] for row in table.body)


def used(rows: tuple[Row, ...]) -> list[list[str]]:
    """What must be said of the rows that hold something."""
    return sorted(cells(row) for row in rows if row.count or row.minutes)


@pytest.mark.parametrize("number", range(7))
def test_numbers_are_the_summarys(number: int) -> None:
    """Every table of codes has every row of the summary that holds something, and each number to the decimal."""
    summary = summarise([demo_day(number)])
    read = Page(page(summary))
    for caption, rows in (
        ("With whom", summary.table("role").rows),
        ("With how many people", summary.company.sizes),
        ("What", summary.table("activity").rows),
        ("Where", summary.presence.rows),
        ("Where, place by place", summary.table("place").rows),
        ("Who began it", summary.table("initiator").rows),
        ("Mode by mode", summary.table("mode").rows),
        ("Interrupted by", summary.interruptions.by_role.rows),
        *(
            (f"{t.label}: the same under broader headings", t.rows)
            for t in summary.rollups
            if t.dimension == "activity"
        ),
    ):
        assert said(read.table(caption)) == used(rows), caption
    assert [(row[0], row[2]) for row in read.table("How much of the day was covered").body] == [
        (p.label[:1].upper() + p.label[1:], f"{100 * (p.share or 0):.1f} %")
        for p in summary.coverage.parts
        if p.minutes
    ]


def test_every_episode_is_listed() -> None:
    """The table of episodes has every one of them, in order, with its length; that of contacts every contact."""
    summary = summarise([demo_day()])
    read = Page(page(summary))
    rows = read.table("Every episode").body
    assert [row[2] for row in rows] == [f"{e.net_minutes:.1f}" if e.duration_known else "–" for e in summary.lines]
    assert [row[3].lower() for row in rows] == [e.who.lower() for e in summary.lines]
    assert len(read.table("Fleeting contacts").body) == len(summary.contact_lines) > 0


def test_profile_table_sums_to_the_day() -> None:
    """The day profile's minutes are those of the summary's periods, code by code."""
    summary = summarise([demo_day()])
    profile = summary.profile(None)
    assert profile is not None
    table = Page(page(summary)).table("Minutes by activity over the day")
    bins = [b for b in profile.bins if b.observed_minutes]
    assert table.columns == ["Activity", *(b.label for b in bins)]
    for row in table.body[:-1]:
        n = profile.labels.index(row[0] if row[0] in profile.labels else row[0].lower())
        assert row[1:] == [f"{b.minutes[n]:.1f}" if b.minutes[n] else "–" for b in bins]


def test_page_says_the_sentences(told: tuple[Summary, str]) -> None:
    """The findings in words and the method are those of every other report."""
    summary, text = told
    lines = [" ".join(line.split()) for line in Page(text).lines]
    assert [s for s in (*key_sentences(summary), *method_lines(summary)) if " ".join(s.split()) not in lines] == []


def test_cover() -> None:
    """The cover says who, when, by whom, with what, and how far it is verified."""
    terms = dict(Page(page(summarise([days.small_day()]))).terms)
    assert terms["Head"] == "H01"
    assert terms["Date"] == "Tuesday 24 November 2026"
    assert terms["Observed"] == "08:00 to 10:00, 1 h 50 of it on record"
    assert terms["Observer"] == "S1"
    assert terms["Codebook"] == "Small scheme, version 3"
    assert terms["Verified"] == "The head agreed to or changed 1 of 5 episodes and disputes 1"
    assert terms["Consent"] == "Given in writing, wording 2"


def test_reflection_not_appraisal(told: tuple[Summary, str]) -> None:
    """Every page says what it is for, at the top."""
    assert Page(told[1]).lines[0] == "For your own reflection, not for appraisal"


def test_imported_record_says_so() -> None:
    """A record for which nobody was asked says that it was imported and cannot be released."""
    day = days.small_day()
    imported = replace(day, observation=replace(day.observation, consent="imported, not asked"))
    text = Page(page(summarise([imported]))).text
    assert "This record was imported from a published or paper record." in text
    assert "no release is possible" in text
    assert "imported from" not in Page(page(summarise([day]))).text


def test_empty_day_has_no_empty_parts() -> None:
    """A day without an episode has no chart, no table and no heading without something under it."""
    read = Page(page(summarise([days.empty_day()])))
    assert read.tables == []
    assert read.tags["figure"] == 0
    assert [text for level, text in read.headings if level == 2] == [
        "The day",
        "In words",
        "To talk about",
        "How to read this",
    ]


def test_no_observation_at_all() -> None:
    """Nothing to report is a page too."""
    assert Page(page(summarise([]))).headings[0] == (1, "No day")


def test_what_was_not_coded_is_said() -> None:
    """A dimension that nobody coded is a sentence and no chart."""
    text = Page(page(summarise([days.one_row_day()]))).text
    for sentence in ("What the head did", "The place", "Who began it", "Whether it was in the diary"):
        assert f"{sentence} was not coded in this record." in text
    assert "No interruption was recorded." in text


def test_several_days() -> None:
    """Several days have a cover and two strips each, and their dates in the table of episodes."""
    read = Page(page(summarise([demo_day(0), demo_day(1)])))
    assert [each for each in read.ids if re.fullmatch(r"day-(who|activity)-\d", each)] == [
        "day-activity-1", "day-who-1", "day-activity-2", "day-who-2",
    ]  # fmt: skip
    assert {row[0][:10] for row in read.table("Every episode").body} == {"2026-11-03", "2026-11-12"}


# Reading without eyes


def test_tables_say_what_their_headings_head(told: tuple[Summary, str]) -> None:
    """Every table has a caption; its first row heads columns, the first cell of every other row heads that row."""
    for table in Page(told[1]).tables:
        assert table.caption
        assert table.scopes == ["col"] * len(table.columns) + ["row"] * len(table.body)
        assert {len(row) for row in table.rows} == {len(table.columns)}


def test_figures_and_headings(told: tuple[Summary, str]) -> None:
    """Figures have captions, headings go down one level at a time, ids are there once, landmarks and language too."""
    read = Page(told[1])
    assert all(read.captioned)
    levels = [level for level, _ in read.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(read.ids) == len(set(read.ids))
    assert [a.get("lang") for tag, a in read.attributes if tag == "html"] == ["en-GB"]
    assert (read.tags["main"], read.tags["header"], read.tags["footer"], read.tags["nav"]) == (1, 1, 1, 1)


def test_references_lead_somewhere(told: tuple[Summary, str]) -> None:
    """Whatever names another element of the page, by link or by label, names one that is there."""
    read = Page(told[1])
    named = [
        word.removeprefix("#")
        for _, found in read.attributes
        for name in ("aria-labelledby", "aria-describedby", "href")
        if not (value := found.get(name, "")).startswith("data:")
        for word in value.split()
    ]
    assert named
    assert [each for each in named if each not in read.ids] == []


def test_every_plot_has_a_title_and_a_table(told: tuple[Summary, str]) -> None:
    """Each chart stands between a heading that says its finding and a table with its numbers."""
    text = told[1]
    articles = re.findall(r'<article class="chart".*?</article>', text, re.DOTALL)
    assert len(articles) == Page(text).tags["figure"]
    for each in articles:
        read = Page(each)
        assert read.headings[0][1]
        assert read.tables
        assert "open" in dict(next(a for tag, a in read.attributes if tag == "details"))


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, by WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_of_text() -> None:
    """Every colour of text stands at 7 to 1 at least on white and on the pale ground."""
    text = page(summarise([days.empty_day()]))
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", text))
    for name in ("ink", "muted", "link"):
        for ground in ("#ffffff", colours["pale"]):
            ratio = (luminance(ground) + 0.05) / (luminance(colours[name]) + 0.05)
            assert ratio >= 7, (name, ground, ratio)


# Safety


def test_hostile_text_is_text() -> None:
    """Labels, notes, rooms, codes and consent that look like markup are read as they were written and make no element."""
    summary = summarise([days.hostile_day()])
    text = page(summary)
    read, plain = Page(text), Page(page(summarise([days.small_day()])))
    for hostile in days.HOSTILE:
        assert hostile in read.text
    assert {tag: n for tag, n in read.tags.items() if tag in {"script", "img", "b", "i", "iframe"}} == {"script": 3}
    assert read.tags["script"] == plain.tags["script"]
    assert not [name for _, found in read.attributes for name in found if name.startswith("on")]
    own = text.replace(SCRIPT.findall(text)[1], "")
    assert "\x1b" not in own
    assert "\x00" not in own
    assert "[31m" not in own


def test_data_cannot_end_its_script(told: tuple[Summary, str]) -> None:
    """The charts' data hold no character that could end the tag, and are JSON."""
    data = next(iter(SCRIPT.findall(told[1])), "{}")
    assert not set(data) & {"<", ">", "&", "\u2028", "\u2029"}
    assert isinstance(json.loads(data), dict)


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_leave_the_page_whole(note: str, room: str) -> None:
    """Whatever is typed as a note or a room, the page has the same elements as without it."""
    day = days.small_day()
    typed = replace(
        day,
        notes=(Note("n1", days.at(515), "e3", note, incident=True), day.notes[1]),
        episodes=tuple(replace(e, room=room) if e.room else e for e in day.episodes),
    )
    assert Page(page(summarise([typed]))).tags == Page(page(summarise([day]))).tags


def test_policy_names_every_script_and_nothing_else(told: tuple[Summary, str]) -> None:
    """The policy allows the two scripts in the page by their digests, and no address at all."""
    text = told[1]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    digests = [
        "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
        for script in SCRIPT.findall(text)[1:]
    ]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == (digests or ["'none'"])
    assert rules["img-src"] == "data: blob:"
    assert "http" not in policy[1]
    assert text.index("Content-Security-Policy") < text.find("<script", 0) or not digests


def test_page_names_no_address() -> None:
    """Outside the charting library the page holds no address of anything but itself."""
    text = page(summarise([demo_day()]))
    own = text.replace(SCRIPT.findall(text)[1], "")
    assert re.findall(r"https?://[^\s\"'<]+", own) == []
    assert text.count("plotly.js v") == 1


def test_default_name() -> None:
    """The page is named after head and date."""
    assert page_name(summarise([days.small_day()])) == "H01-2026-11-24-report.html"
    assert page_name(summarise([demo_day(0), demo_day(1)])) == "H01-2026-11-03-and-1-more-report.html"
    assert page_name(summarise([])) == "empty-report.html"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_names_stay_in_the_folder(head: str) -> None:
    """Whatever a head is called, the file's name is letters, digits and hyphens."""
    day = days.empty_day()
    name = page_name(summarise([replace(day, observation=replace(day.observation, head=head))]))
    assert re.fullmatch(r"[A-Za-z0-9-]{1,90}-report\.html", name)
