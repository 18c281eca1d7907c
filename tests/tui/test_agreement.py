"""The agreement screen: two recordings of one day, to talk about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.agreement import agreement
from shadowlog.tui.agreement import AgreementScreen, Differences
from shadowlog.tui.agreement_lines import AROUND, Pair, talk, versions
from shadowlog.tui.home import HomeScreen, others_of
from shadowlog.tui.ports import Listed
from shadowlog.tui.widgets.panel import width_of
from shadowlog.tui.widgets.says import Says
from tests.analysis.days import random_day
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.stage import Stage, golden, play

FIRST = "3 t +600 7 e +300 I 1 t +60 R +900 i a +1200 P c 7 t +400 X X"
SECOND = "3 t +620 7 e +290 I 2 t +70 R +880 i d +1190 P c 7 o +400 X X"


def two() -> FakeDesk:
    """A desk with what two observers recorded of one morning."""
    desk = FakeDesk(an_observation(), replace(an_observation("o-2"), observer="O2"))
    for observation, keys in (("o-1", FIRST), ("o-2", SECOND)):

        async def script(stage: Stage, keys: str = keys) -> None:
            await stage.type(keys)

        play(script, desk=desk, observation=observation)
    return desk


async def opened(stage: Stage) -> AgreementScreen:
    """Home, and the comparison of its first observation."""
    await stage.until(lambda: "Autumn" in stage.text)
    await stage.type("a")
    await stage.until(lambda: isinstance(stage.app.screen, AgreementScreen))
    screen = stage.app.screen
    assert isinstance(screen, AgreementScreen)
    await stage.until(lambda: screen.query_one(Differences).pair is not None)
    await stage.settled()
    return screen


@pytest.mark.parametrize(("size", "name"), [((120, 40), "120x40"), ((80, 24), "80x24")])
def test_both_pages(size: tuple[int, int], name: str) -> None:
    """The differences with both versions of the one under the cursor, and the figures."""

    async def script(stage: Stage) -> None:
        await opened(stage)
        shown = [stage.text]
        await stage.type("down")
        await stage.settled()
        shown.append(stage.text)
        await stage.pilot.press("tab")
        await stage.settled()
        shown.append(stage.text)
        golden(f"agreement-screen-{name}.txt", "\n".join(shown))

    play(script, desk=two(), observation=None, size=size)


def test_ways_of_looking() -> None:
    """d narrows it to one dimension, s sorts by the clock, t and u compare anew, and the line below says so."""

    async def script(stage: Stage) -> None:
        screen = await opened(stage)
        panel = screen.query_one(Differences)

        def told() -> str:
            return screen.query_one("#says", Says).words

        assert "beyond 5 s · units of 1 s · the longest first" in told()
        every = len(panel.chosen)
        await stage.type("d")
        assert 0 < len(panel.chosen) < every
        await stage.type("s")
        assert [each.start for each in panel.chosen] == sorted(each.start for each in panel.chosen)
        await stage.type("t")
        await stage.until(lambda: "beyond 15 s" in told())
        await stage.until(lambda: panel.pair is not None and panel.pair.found.tolerance_seconds == 15)
        await stage.type("u")
        await stage.until(lambda: panel.pair is not None and panel.pair.found.unit_seconds == 10)
        await stage.type("⎋")
        await stage.until(lambda: isinstance(stage.app.screen, HomeScreen))

    play(script, desk=two(), observation=None)


def test_nobody_else_was_there() -> None:
    """With one observer only Home says so and stays."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.type("a")
        await stage.until(lambda: "Nobody else recorded H03" in stage.text)
        assert isinstance(stage.app.screen, HomeScreen)

    play(script, observation=None)


def test_who_is_another_observer_of_that_day() -> None:
    """The same head of the same study on the same local day, begun, by somebody else."""
    noon = 1_793_620_800_000
    here = Listed("1", "Autumn", "H03", "S1", "O1", "closed", "Europe/London", noon)
    there = replace(here, id="2", observer="O2")
    not_there = [
        replace(there, id="3", observer="O1"),
        replace(there, id="4", head="H04"),
        replace(there, id="5", study="Spring"),
        replace(there, id="6", begun=noon + 86_400_000),
        replace(there, id="7", begun=None),
    ]
    assert others_of(here, [here, *not_there, there]) == [there]
    assert others_of(replace(here, begun=None), [here, there]) == []


def test_the_stretch_is_marked_where_it_is() -> None:
    """The mark under the two versions covers the stretch, and what stands above it is what each observer said."""
    one, other = random_day(1, 16), random_day(2, 16)
    other = replace(other, observation=replace(one.observation, id="other", observer="O2"))
    pair = Pair(one, other, agreement(one, other, offset=0))
    for each in pair.found.disagreements[:20]:
        lines = ["".join(text for text, _ in line) for line in versions(pair, each, 116)]
        left = max(len(pair.found.first_observer), len(pair.found.second_observer)) + 2
        cell = (each.end - each.start + 2 * AROUND) / (116 - left)
        marks = [n - left for n, sign in enumerate(lines[3]) if sign == "▔"]
        assert abs(marks[0] * cell - AROUND) <= cell
        assert abs((marks[-1] + 1) * cell - AROUND - (each.end - each.start)) <= 2 * cell
        middle = (marks[0] + marks[-1]) // 2
        for line, words in ((lines[1], each.first), (lines[2], each.second)):
            drawn = line[left:]
            begin = drawn.rindex("▏", 0, middle + 1)
            until = drawn.find("▏", begin + 1)
            block = drawn[begin + 1 : None if until < 0 else until].rstrip()
            assert block == words or (block.endswith("…") and words.startswith(block[:-1].rstrip())), (block, words)


@pytest.mark.parametrize(("width", "height"), [(76, 17), (116, 33)])
@pytest.mark.parametrize("seed", range(4))
def test_it_fits(width: int, height: int, seed: int) -> None:
    """No line is wider than the screen, and the row under the cursor is always there."""
    one, other = random_day(seed, 16), random_day(seed + 50, 16)
    other = replace(other, observation=replace(one.observation, id="other", observer="O2"))
    pair = Pair(one, other, agreement(one, other, offset=0))
    chosen = pair.found.disagreements
    for at in range(len(chosen)):
        lines = talk(pair, chosen, at, width, height)
        assert len(lines) <= height
        assert max(map(width_of, lines)) <= width
        assert sum(line[0][0].startswith("▸") for line in lines if line) == 1


def test_it_is_drawn_at_any_size() -> None:
    """From 1x1 on there is a screen: no line of the list is wider, none is too many, and the chosen row is there."""
    one, other = random_day(3, 16), random_day(53, 16)
    one = replace(one, observation=replace(one.observation, observer="a long name"))
    other = replace(other, observation=replace(one.observation, id="other", observer="姓名 wide"))
    pair = Pair(one, other, agreement(one, other, offset=0))
    chosen = pair.found.disagreements
    for width in range(1, 131):
        for height in (*range(1, 16), 33):
            for at in (0, len(chosen) // 2, len(chosen) - 1):
                lines = talk(pair, chosen, at, width, height)
                assert len(lines) <= height
                assert max(map(width_of, lines)) <= width
                assert [line[0][0][:1] for line in lines if line and line[0][1] == "mark"] == [
                    "▸" if width > 1 else "…"
                ]
        assert width_of(talk(pair, [], 0, width, 1)[0]) <= width


@pytest.mark.parametrize("pages", [[], ["tab"]])
def test_the_screen_stands_any_size(pages: list[str]) -> None:
    """The window may shrink to 1x1 and grow again with either page open."""

    async def script(stage: Stage) -> None:
        screen = await opened(stage)
        for key in pages:
            await stage.pilot.press(key)
        before = stage.text
        for size in ((15, 6), (9, 20), (6, 24), (3, 3), (1, 1), (1, 40), (120, 40)):
            await stage.pilot.resize_terminal(*size)
            await stage.settled()
            await stage.pilot.press("down", "up")
        assert stage.app.screen is screen
        assert stage.text == before

    play(script, desk=two(), observation=None, size=(120, 40))
