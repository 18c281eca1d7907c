"""The summary screen: pages of charts, the same numbers as the summary."""

from __future__ import annotations

import pytest

from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.terms import State
from shadowlog.tui.summary import Charts, SummaryScreen
from shadowlog.tui.summary_lines import PAGES, Look, foot, page_lines, tables_of
from tests.analysis.days import Diary, random_day
from tests.tui.stage import Stage, a_day, golden, play

LANES = (ACTIVITY, ROLE)
MORNING = "3 t +600 7 e +300 I 1 t +60 R +900 i a +1200 F 7 X X"


async def opened(stage: Stage) -> SummaryScreen:
    """Home, and its summary of the day."""
    await stage.until(lambda: "Autumn" in stage.text)
    await stage.type("s")
    await stage.until(lambda: isinstance(stage.app.screen, SummaryScreen))
    screen = stage.app.screen
    assert isinstance(screen, SummaryScreen)
    await stage.until(lambda: screen.query_one(Charts).told is not None)
    await stage.settled()
    return screen


@pytest.mark.parametrize(("size", "name"), [((120, 40), "120x40"), ((80, 24), "80x24")])
def test_every_page(size: tuple[int, int], name: str) -> None:
    """Five pages, one idea each, at both sizes; after the last comes the first."""

    async def script(stage: Stage) -> None:
        await opened(stage)
        shown = []
        for page in PAGES:
            assert page in stage.text
            shown.append(stage.text)
            await stage.pilot.press("right")
            await stage.settled()
        assert PAGES[0] in stage.text
        golden(f"summary-screen-{name}.txt", "\n".join(shown))

    play(script, desk=a_day(MORNING), observation=None, size=size)


def test_ways_of_looking() -> None:
    """b goes on to the next table, l to lanes by who, m to other bins; W and C change the rule, and the foot says so."""

    async def script(stage: Stage) -> None:
        screen = await opened(stage)
        charts = screen.query_one(Charts)
        await stage.type("right")
        assert "who: split" in stage.text
        await stage.type("W")
        await stage.until(lambda: "who: full" in stage.text)
        await stage.type("C")
        await stage.until(lambda: "concurrent time in it" in stage.text)
        await stage.type("l")
        await stage.until(lambda: "swim lanes by who" in stage.text)
        await stage.type("b")
        await stage.until(lambda: "2 of" in stage.text)
        assert charts.told is not None
        assert f"by {tables_of(charts.told)[1].label}" in stage.text
        await stage.type("m")
        await stage.until(lambda: "30 minutes" in stage.text)
        await stage.type("⎋")
        await stage.until(lambda: not isinstance(stage.app.screen, SummaryScreen))

    play(script, desk=a_day(MORNING), observation=None)


def texts(record_seed: int, width: int) -> list[str]:
    """Every page of a random day in every way of looking."""
    told = summarise([random_day(record_seed, 16)])
    looks = [
        Look(page, table, lanes, bins)
        for page in range(5)
        for table in range(9)
        for lanes in ("activity", "role")
        for bins in range(4)
    ]
    return ["".join(text for text, _ in line) for look in looks for line in page_lines(told, look, width)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("width", [76, 116])
def test_nothing_is_wider_than_the_screen(seed: int, width: int) -> None:
    """No page of any day is wider than the screen."""
    assert max(map(len, texts(seed, width))) <= width


def test_the_numbers_are_the_summarys() -> None:
    """What a page says is what the summary says."""
    told = summarise([random_day(3, 16)])
    for n, table in enumerate(tables_of(told)):
        lines = ["".join(text for text, _ in line) for line in page_lines(told, Look(1, n), 116)]
        for row in table.ranked:
            line = next(each for each in lines if each[2:].startswith(row.label[:30]))
            assert f"{row.count:.1f}".removesuffix(".0") in line
            if row.time_share and row.time_share >= 0.005:
                assert f"{row.time_share * 100:.0f} %" in line
    moves = ["".join(text for text, _ in line) for line in page_lines(told, Look(3), 116)]
    assert moves[0].startswith(f"{told.transitions.total} moves")


@pytest.mark.parametrize("page", range(5))
def test_days_with_little_in_them(page: int) -> None:
    """An empty day, one episode, and nothing coded have their page too."""
    one, bare = Diary(), Diary()
    one.episode("a", 5, "teachers", activity="paper")
    bare.episode("a", 5)
    for diary in (Diary(), one, bare):
        assert page_lines(summarise([diary.record()]), Look(page), 76)


def row(told: Summary, look: Look, name: str, width: int = 116) -> str:
    """The first line of a page that holds a name."""
    lines = ["".join(text for text, _ in line) for line in page_lines(told, look, width)]
    return next(line for line in lines if name in line)


def test_uncoded_is_as_long_on_every_page() -> None:
    """The lane of what is uncoded holds gaps too, by what and by who, as table and pattern of the day count them."""
    diary = Diary()
    diary.episode("a", 30, "teachers", activity="paper")
    diary.stretch(15, State.GAP)
    diary.episode("b", 20, "pupils")
    diary.episode("c", 10)
    told = summarise([diary.record()])
    by_what = [row(told, look, "uncoded") for look in (Look(0), Look(1, 1), Look(2))]
    assert ["45 min" in line for line in by_what] == [True] * 3
    assert ["25 min" in row(told, look, "uncoded") for look in (Look(0, lanes=ROLE), Look(1, 0))] == [True] * 2
    assert "×" in row(told, Look(0), "gap, off")
    only_gaps = Diary()
    only_gaps.episode("a", 30, "teachers", activity="paper")
    only_gaps.stretch(12, State.GAP)
    assert "12 min" in row(summarise([only_gaps.record()]), Look(0), "uncoded")


def test_the_foot_says_what_the_numbers_are_of() -> None:
    """Lanes by what know no rule of who, lanes by who show each group in full, and lengths are of concurrent ones too."""
    alone, beside = Diary(), Diary()
    for diary in (alone, beside):
        diary.episode("a", 30, "teachers", activity="paper")
    beside.beside("b", 5, 10, "pupils", activity="visiting")
    plain, both = (summarise([diary.record()]) for diary in (alone, beside))
    assert "who" not in foot(plain, Look(0))
    assert "each group in its own lane, in full" in foot(plain, Look(0, lanes=ROLE))
    assert "split" not in foot(plain, Look(0, lanes=ROLE))
    assert foot(plain, Look(4)).endswith("who: split · concurrent time left out")
    assert foot(both, Look(1)).endswith("who: split · concurrent time left out")
    assert foot(both, Look(4)).endswith("who: split · lengths are of all episodes, concurrent ones too")


@pytest.mark.parametrize("page", range(5))
def test_what_is_below_the_screen_is_said(page: int) -> None:
    """The last line says how many lines follow and, scrolled, how many came before; a page that fits says nothing."""
    charts = Charts()
    charts.told, charts.look = summarise([random_day(3, 16)]), Look(page)

    def shown(first: int, height: int) -> list[str]:
        charts.first = first
        return ["".join(text for text, _ in line) for line in charts.draw(116, height)]

    whole = shown(0, 100)
    count = len(whole)
    assert not any("more line" in line for line in whole)
    assert shown(3, count) == whole
    assert shown(0, 6) == [*whole[:5], f"↓ {count - 5} more lines"]
    assert shown(2, 6) == [*whole[2:7], f"↑ 2  ↓ {count - 7} more lines"]
    assert shown(count, 6) == [*whole[-5:], f"↑ {count - 5} more lines"]


def test_the_ribbon_names_what_filled_most_of_each_cell() -> None:
    """Half an hour, a quarter of an hour without anything, a quarter of another thing: the letters last as long."""
    diary = Diary()
    diary.episode("a", 30, "teachers", activity="paper")
    diary.stretch(15, State.GAP)
    diary.episode("b", 15, "pupils", activity="visiting")
    ribbon = page_lines(summarise([diary.record()]), Look(), 100)[3][1][0]
    cells = 100 - 28 - 9
    assert [ribbon.count(letter) for letter in "a·b"] == pytest.approx([cells / 2, cells / 4, cells / 4], abs=1)
    assert sorted(ribbon, key="a·b".index) == list(ribbon)


@pytest.mark.parametrize(("times", "marked"), [(3, False), (30, True)])
def test_a_move_is_called_hardly_chance_where_enough_were_expected(times: int, marked: bool) -> None:
    """The same two activities in turn, and two others: three times are too few to say so, thirty are enough."""
    diary = Diary()
    for n in range(times):
        for code in ("paper", "visiting"):
            diary.episode(f"{code}{n}", 1, "teachers", activity=code)
    for n in range(times):
        for code in ("teaching", "money"):
            diary.episode(f"{code}{n}", 1, "teachers", activity=code)
    told = summarise([diary.record()])
    lines = ["".join(text for text, _ in line) for line in page_lines(told, Look(3), 116)]
    (move,) = [m for m in told.transitions.moves if (m.before, m.after) == ("Paper", "Visiting")]
    assert move.residual is not None
    assert move.residual > 2
    assert move.telling is marked
    assert [line.endswith("!") for line in lines[3:]] == [m.telling for m in told.transitions.moves]


@pytest.mark.parametrize("page", range(len(PAGES)))
def test_every_page_is_drawn_at_any_width(page: int) -> None:
    """From one cell on there is a page, whatever it is of and however it is looked at."""
    told = [summarise([random_day(seed, episodes)], concurrent=seed % 2 == 0) for seed, episodes in ((1, 3), (2, 40))]
    for width in range(1, 131):
        for each in told:
            for n in range(3):
                assert page_lines(each, Look(page=page, table=n, bins=n, lanes=LANES[n % 2]), width)


def test_the_screen_stands_any_size() -> None:
    """The window may shrink to 1x1 and grow again on every page."""

    async def script(stage: Stage) -> None:
        screen = await opened(stage)
        for _ in PAGES:
            before = stage.text
            for size in ((15, 6), (6, 24), (1, 1), (1, 40), (80, 24)):
                await stage.pilot.resize_terminal(*size)
                await stage.settled()
            assert stage.app.screen is screen
            assert stage.text == before
            await stage.pilot.press("right")
            await stage.settled()

    play(script, desk=a_day(MORNING), observation=None, size=(80, 24))
