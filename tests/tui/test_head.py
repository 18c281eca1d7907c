"""The screen that a head sits in front of, an hour with the researcher beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.codebooks.presets import preset
from shadowlog.domain import feedback as f
from shadowlog.domain.codebook import ACTIVITY
from shadowlog.domain.feedback_rules import Stage as HowFar
from shadowlog.domain.feedback_rules import estimated, stage
from shadowlog.domain.history import history
from shadowlog.domain.study import IMPORTED
from shadowlog.domain.terms import Verification
from shadowlog.errors import Refused
from shadowlog.tui import head_sheets as sheets
from shadowlog.tui.head import HeadScreen
from shadowlog.tui.help import WordsScreen
from shadowlog.tui.home import HomeScreen
from tests.tui.fake_desk import FakeDesk, an_observation
from tests.tui.reviewing import DAY, recorded
from tests.tui.stage import Stage, golden, play
from tests.tui.talking import Sitting, talk

SIZES = pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120x40", "80x24"])
AGREE, AMEND, DISPUTE, STRIKE = Verification
LONG = (
    " ".join(f"{who} {what} +60" for who, what in zip("1234567890" * 2, "tochdvsbwgupafenlxmr", strict=True)) + " X X"
)
HOSTILE = "[b]=1+1[/b] <script>alert(1)</script> ${x} {0} %s"


@SIZES
def test_every_page_looks_as_drawn(size: tuple[int, int]) -> None:
    """From the purpose to the release, each page before and after something was said on it, large and small."""
    shown: list[str] = []

    async def script(on: Sitting) -> None:
        shown.append(on.text)
        await on.press("⏎ ⏎ 3 0 ⏎")
        shown.append(on.text)
        await on.press("→ ⏎ 4 0 ⏎ 2 ⏎ 7 5")
        shown.append(on.text)
        await on.press("⌫ ⌫ 3 5 ⏎ 5 ⏎ ⎋")
        on.screen.page.at[sheets.EXPECTED] = 6
        await on.press("⏎ 1 2 ⏎ 5 ⏎ ⎋")
        await on.press("→")
        shown.append(on.text)
        await on.press("⏎ ⏎ ⏎ ⏎ ⏎ ⏎ ⏎ ⏎ ⏎")
        shown.append(on.text)
        await on.press("↓ ⏎")
        shown.append(on.text)
        await on.press("→")
        shown.append(on.text)
        await on.press("⏎")
        shown.append(on.text)
        await on.press("→ a d")
        await on.write("it was the budget")
        await on.press("m")
        shown.append(on.text)
        await on.press("⎋")
        shown.append(on.text)
        await on.press("→")
        shown.append(on.text)
        await on.press("L ⏎ l 2")
        shown.append(on.text)
        await on.press("→ ⏎ 2")
        await on.write("two new leaders")
        shown.append(on.text)
        await on.press("→ ⏎")
        await on.write("mostly I did")
        shown.append(on.text)
        await on.press("→ ⏎ 4")
        await on.write("a flood in the hall")
        shown.append(on.text)
        await on.press("→ ⏎")
        shown.append(on.text)
        golden(f"head-{size[0]}x{size[1]}.txt", "\n".join(shown))

    talk(script, size=size, given=False)


def test_a_whole_talk_says_exactly_this() -> None:
    """Giving, placing, estimating, revealing, every view of a row, questions, rating, signing and releasing, in order."""
    asked: list[str] = []

    async def script(on: Sitting) -> None:
        await on.press("⏎ ⏎ 3 0 ⏎ → ⏎ 4 0 ⏎ 2 ⏎ ⏎ ⏎ ⎋")
        on.screen.page.at[sheets.EXPECTED] = 6
        await on.press("⏎ 1 2 ⏎ ⎋ → ↓ ⏎ → ⏎ → a m w 3 ⏎ ⏎ d")
        await on.write("it was the budget")
        await on.press("x ⏎ y c a")
        await on.write("at the door")
        await on.press("A y → → ⏎")
        asked.append(on.screen.page.prompts[0].id)
        await on.write("mostly I did")
        await on.press("→ ⏎ 4 ⏎ ⏎ 3")
        await on.write("rain")
        await on.press("↓ ⏎ 4 5 ⏎ → ⏎ ⏎ ⏎ ⏎ ⏎ y")

    on = talk(script, given=False)
    rows = list(on.day.episodes)
    of = "ntps"
    first = on.day.episodes[rows[1]].parties
    activity = [code for code, _ in preset("default").headings(of) or ()]
    kept = {"of": of, "shares": {activity[0]: 0.4}}
    expected = [
        ("O1", "HandOver", {}),
        ("H03", "Place", {"value": 30, "seen": False}),
        ("H03", "Estimate", kept),
        ("H03", "Estimate", {**kept, "importance": {activity[0]: 2}}),
        ("H03", "Guess", {"of": "interruptions", "number": 12.0}),
        ("O1", "Reveal", {"of": "interruptions"}),
        ("O1", "Reveal", {"of": "day"}),
        ("H03", "Verify", {"episode": rows[0], "view": AGREE, "comment": ""}),
        ("H03", "Amend", {"episode": rows[1], "parties": first, "reason": "as the head said", "room": None}),
        ("H03", "Verify", {"episode": rows[1], "view": AMEND, "comment": ""}),
        ("H03", "Verify", {"episode": rows[2], "view": DISPUTE, "comment": "it was the budget"}),
        ("H03", "Verify", {"episode": rows[3], "view": STRIKE, "comment": ""}),
        ("H03", "Verify", {"episode": rows[4], "view": AGREE, "comment": "at the door"}),
        *[("H03", "Verify", {"episode": each, "view": AGREE, "comment": ""}) for each in rows[5:]],
        ("H03", "Answer", {"prompt": asked[0], "text": "mostly I did"}),
        ("H03", "Typical", {"rating": 4, "unusual": ""}),
        ("O1", "Typical", {"rating": 3, "unusual": "rain"}),
        ("H03", "Place", {"value": 45, "seen": True}),
        *[("H03", "SignOff", {"section": each}) for each in f.SECTIONS],
        ("H03", "Release", {"layers": ("workshop",)}),
    ]
    assert on.told == expected
    assert [party.role for party in first] == ["teacher", "slt", "teacher"]
    assert stage(on.day) is HowFar.RELEASED


def test_home_says_how_far_the_day_is() -> None:
    """Draft on Home; with the head once it was given; the state stands in the column after coming back."""

    async def script(on: Sitting) -> None:
        await on.press("⎋")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, HomeScreen))
        await on.stage.until(lambda: "draft" in on.text.splitlines()[4])
        await on.press("h")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, HeadScreen) and on.screen.talk is not None)
        await on.settled()
        await on.press("⏎ ⎋")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, HomeScreen))
        await on.stage.until(lambda: "with the head" in on.text.splitlines()[4])

    talk(script, given=False)


def test_a_day_that_runs_is_not_for_the_head() -> None:
    """h on a day that has not ended says so and opens nothing."""

    async def script(stage: Stage) -> None:
        await stage.until(lambda: "Autumn" in stage.text)
        await stage.pilot.press("h")
        await stage.until(lambda: "has not ended" in stage.text)
        assert isinstance(stage.app.screen, HomeScreen)

    play(script, desk=FakeDesk(an_observation()), observation=None)


def test_nothing_is_said_before_the_day_is_given() -> None:
    """An estimate, a view and a release of a draft are refused in words; nothing is kept."""

    async def script(on: Sitting) -> None:
        for page in (sheets.EXPECTED, sheets.ROWS, sheets.PICTURE, sheets.QUESTIONS, sheets.RELEASE):
            await on.to(page)
            await on.press("⏎")
            assert "not with the head yet" in on.said
        await on.to(sheets.ROWS)
        await on.press("a A")
        assert "not been shown yet" in on.said
        assert on.told == []

    talk(script, given=False)


def test_shares_add_up_while_they_are_typed() -> None:
    """The sum is said with each digit; more than the day is refused in words, naming what is left; letters are no share."""

    async def script(on: Sitting) -> None:
        await on.press("→ ⏎ 6 0")
        assert on.said == "together 60 %"
        await on.press("⏎ ⏎ 4 1")
        assert on.said == "together 101 %: 1 % more than the day"
        await on.press("⏎")
        assert "Together that is 101 %" in on.said
        assert "40 % is left" in on.said
        await on.press("⌫ ⌫ x ⏎")
        assert "whole number from 0 to 100" in on.said
        await on.press("⌫ 4 0 ⏎ 6 ⏎")
        assert "1 to 5" in on.said
        await on.press("⌫ 5 ⏎ 1 ⏎")
        assert "0 % is left" in on.said

    on = talk(script)
    shares = [said["shares"] for _, kind, said in on.told if kind == "Estimate"]
    assert list(shares[-1].values()) == [0.6, 0.4]


def test_what_was_seen_is_no_longer_guessed() -> None:
    """After a reveal the guess of it is refused, another one is not; Enter then goes on to the next."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.REVEAL)
        await on.press("⏎ ⏎")
        assert "2 of 6" in on.text
        await on.to(sheets.EXPECTED)
        on.screen.page.at[sheets.EXPECTED] = 5
        await on.press("⏎")
        assert "seen that already" in on.said
        await on.press("↓ ⏎ 7 ⏎ ⎋")
        assert on.told[-1] == ("H03", "Guess", {"of": "interruptions", "number": 7.0})

    talk(script)


@pytest.mark.parametrize("page", [sheets.PICTURE, sheets.ROWS, sheets.LENSES, sheets.QUESTIONS])
def test_the_day_is_shown_when_it_is_asked_for_and_then_nothing_is_guessed(page: str) -> None:
    """A page that shows the day stays veiled until Enter; then no estimate, guess or place before is taken any more."""

    async def script(on: Sitting) -> None:
        on.screen.turn(page)
        await on.settled()
        assert "The day has not been shown yet" in on.text
        await on.press("← →")
        assert on.told == []
        await on.press("⏎")
        assert on.told == [("O1", "Reveal", {"of": "day"})]
        assert "The day has not been shown yet" not in on.text
        for at in (0, 6, 9):
            await on.to(sheets.EXPECTED)
            on.screen.page.at[sheets.EXPECTED] = at
            await on.press("⏎")
            assert "seen that already" in on.said
        await on.to(sheets.PURPOSE)
        await on.press("↓ ⏎ 3 0 ⏎")
        assert "seen some of the day already" in on.said
        assert len(on.told) == 1
        await on.to(sheets.REVEAL)
        assert "Enter reveals" not in on.text
        await on.press("⏎")
        assert "2 of 6" in on.text

    talk(script)


def test_an_amendment_and_its_view_are_one_act() -> None:
    """What the head amends reaches the disk with the head's view of it or not at all; so do all rows agreed to at once."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        on.desk.sent.clear()
        await on.press("m t c")
        await on.write("coaching")
        await on.press("A y")
        assert [[type(each).__name__ for each in act] for act in on.desk.sent] == [
            ["Amend", "Verify"],
            ["Verify"] * (len(on.views) - 1),
        ]
        assert on.said == f"{len(on.views) - 1} rows agreed to"

    talk(script)


def test_what_is_revealed_is_the_summarys() -> None:
    """Each number beside the guess, and each share, is what the summary of the day says."""

    async def script(on: Sitting) -> None:
        told = summarise([on.day.record(on.day.track[-1].at)])
        await on.to(sheets.REVEAL)
        numbers = [told.interactions.count, told.interruptions.count, round(told.alone.minutes), told.presence.visits]
        for number in numbers:
            await on.press("⏎")
            (line,) = [line for line in on.text.splitlines() if line.strip().startswith("seen")]
            assert line.split()[1] == str(number)
            await on.press("⏎")
        await on.press("⏎")
        for row in told.rollup("ntps").rows:
            if row.time_share and row.time_share > 0.01:
                assert any(
                    row.label in line and f"{row.time_share * 100:.0f} %" in line for line in on.text.splitlines()
                )

    talk(script)


def test_a_strike_and_agreeing_to_the_rest_are_asked_once() -> None:
    """Answered with no, or left, nothing is said; the strike says what it does."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("x ⏎")
        assert "time off the record" in on.text
        await on.press("n A")
        assert f"all {len(on.views)} rows" in on.text
        await on.press("n A ⎋")
        assert on.told == []
        await on.press("x ⏎ y")
        assert on.views[0] is STRIKE
        assert "struck out" in on.text

    talk(script)


def test_a_dispute_needs_words_and_a_comment_a_view() -> None:
    """Without words a dispute is refused; a comment on an open row asks for the view; on a disputed one it stays so."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("d ⏎")
        assert "needs the head's words" in on.said
        await on.write("it was money")
        await on.press("↑ c")
        await on.write("a lot of it")
        assert on.told[-1][2]["view"] is DISPUTE
        await on.press("↓ c d")
        await on.write("hm")
        assert on.views[:2] == [DISPUTE, DISPUTE]
        await on.press("a")
        assert on.told[-1][2]["comment"] == ""

    talk(script)


def test_where_no_words_are_kept_none_are_asked_for() -> None:
    """Behind a closed door the head agrees, disputes and strikes without words; a comment is refused, saying why."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        closed = next(n for n, item in enumerate(on.screen.page.rows) if item.episode and item.episode.closed)
        for keys, view in (("d", DISPUTE), ("x y", STRIKE)):
            on.screen.page.go(closed)
            await on.press(keys)
            assert on.told[-1][2] == {"episode": on.screen.page.rows[closed].id, "view": view, "comment": ""}
        on.screen.page.go(closed)
        await on.press("c")
        assert "No words are kept here" in on.said
        await on.press("m w 3 ⏎")
        assert [kind for _, kind, _ in on.told[-2:]] == ["Amend", "Verify"]
        assert on.told[-2][2]["reason"] == "as the head said"

    talk(script, keys="3 t +60 D +60 5 a +60 X X")


def test_a_day_that_cannot_be_summed_up_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the numbers of a day cannot be worked out that is said, and not tried again until the day changes."""
    tried: list[int] = []

    def broken(_: object) -> None:
        tried.append(1)
        raise Refused("There is no such thing.")

    async def script(on: Sitting) -> None:
        on.screen.turn(sheets.REVEAL)
        await on.stage.until(lambda: "no such thing" in on.said)
        for _ in range(5):
            on.screen.refresh_view()
            await on.stage.pilot.pause()
        assert len(tried) == 1

    monkeypatch.setattr("shadowlog.tui.head._summary", broken)
    talk(script)


def test_the_head_amends_by_the_codebooks_keys() -> None:
    """What is another is asked as in the review, without the lenses; the head's words are its reason and its comment."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("m")
        assert "who leads" not in on.text
        await on.press("t c")
        await on.write("I was coaching")
        (amend, verify) = on.told
        assert amend[:2] == ("H03", "Amend")
        assert amend[2]["codes"] == {"activity": "coaching"}
        assert amend[2]["reason"] == verify[2]["comment"] == "I was coaching"
        assert on.views[0] is AMEND
        assert "Coaching, feedback, appraisal" in on.text

    talk(script)


def test_a_word_is_taken_back() -> None:
    """u leaves a row without a word again; of rows agreed to at one stroke it asks whether all; both stay in the history."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("u")
        assert "no word on this row" in on.said
        await on.press("d")
        await on.write("it was money")
        await on.press("↑ u")
        assert on.views[0] is None
        assert on.said == "the word is taken back"
        assert "no word yet" in on.text
        await on.press("A y u r")
        assert on.views[0] is None
        assert set(on.views[1:]) == {AGREE}
        await on.press("↓ u a")
        assert set(on.views) == {None}
        assert on.said == f"{len(on.views) - 1} words are taken back"
        assert stage(on.day) is HowFar.WITH_HEAD
        await on.press("m t c ⏎ ↑ u")
        assert "stays as it is now" in on.said
        await on.press("home h")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, WordsScreen))
        assert "it was money" in on.text
        assert "word taken back" in on.text

    talk(script)


def test_the_picture_rolls() -> None:
    """Where the picture has more lines than there is room for, it says so, and the arrows bring the rest."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.PICTURE)
        assert "more lines" in on.text
        assert "interruptions" not in on.text.lower()
        await on.press("end")
        assert "more lines" not in on.text
        whole = on.text
        await on.press("up down")
        assert on.text == whole

    talk(script, keys=LONG, size=(80, 24))


def test_the_observers_first_word_stays_beside_the_heads() -> None:
    """Of a row that the head amended the observer's first word stands below it."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        first = on.screen.page.rows[0]
        await on.press("m t c")
        await on.write("I was coaching")
        await on.press("↑")
        assert f"the observer's first word: {history(on.day, first.id).first[:40]}" in on.text

    talk(script)


def test_a_comment_on_an_open_row_asks_for_the_view_first() -> None:
    """Left at that question no words were typed yet, so none are lost."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("c")
        assert "does the head agree to the row?" in on.text
        await on.press("⎋")
        assert on.told == []

    talk(script)


def test_the_lenses_are_off_until_they_are_turned_on() -> None:
    """Off, Enter codes nothing; on, a lens is the observer's code and leaves the head's agreement and comment standing."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("c a")
        await on.write("so it was")
        await on.press("→ ⏎")
        assert len(on.told) == 1
        assert sheets.CONTEXT not in on.screen.page.pages
        await on.press("L ⏎ h 3")
        assert [each[:2] for each in on.told[1:]] == [("O1", "Amend")]
        assert on.told[1][2]["reason"] == "coded with the head"
        assert on.told[1][2]["codes"] == {"hold": "delegation"}
        assert on.views[0] is AGREE
        assert "Delegation" in on.text
        await on.press("⏎ h 3")
        assert "coded so already" in on.said

    talk(script)


def test_a_way_of_distributing_stands_on_an_incident_with_its_evidence() -> None:
    """A starred note is offered beside the lenses; without evidence the tag is refused; it can be taken away again."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.LENSES)
        await on.press("L")
        starred = next(n for n, item in enumerate(on.screen.page.rows) if item.stars)
        on.screen.page.go(starred)
        await on.press("⏎ 1 o ⏎")
        assert "needs its evidence" in on.said
        await on.write("nobody had asked her to")
        assert on.told[-1][2]["way"] == "opportunistically"
        assert "opportunistically: nobody had asked her to" in on.text
        await on.press("⏎ 1 -")
        assert on.told[-1][2]["way"] is None
        await on.press("⏎ 1 -")
        assert "no tag" in on.said

    talk(script)


def test_only_what_the_consent_record_allows_is_released() -> None:
    """Layers that were not agreed to are named and not offered; a yes is asked for, and taken back the same way."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.RELEASE)
        assert "Not agreed to in the consent record, so not offered: the wording of incidents." in on.text
        assert "no word of yours yet" in on.text
        await on.press("end ⏎ n")
        assert on.told == []
        await on.press("⏎ y")
        assert on.told[-1] == ("H03", "Release", {"layers": ("archive",)})
        await on.press("⏎ y")
        assert on.told[-1] == ("H03", "Release", {})

    talk(script)


def test_an_imported_day_is_looked_at_and_not_released() -> None:
    """It says so, offers no layer, and everything else of the talk works."""
    desk = recorded(DAY)
    desk.known["o-1"] = replace(desk.known["o-1"], consent=IMPORTED)
    desk.layers = ()

    async def script(on: Sitting) -> None:
        await on.to(sheets.RELEASE)
        assert "imported, not asked" in on.text
        assert "anonymised use" not in on.text
        await on.press("⏎ ⏎ ⏎ ⏎ ⏎ ⏎")
        assert [kind for _, kind, _ in on.told] == ["SignOff"] * len(on.told)
        await on.to(sheets.ROWS)
        await on.press("a")
        assert on.views[0] is AGREE

    talk(script, desk=desk)


@SIZES
def test_hostile_text_is_shown_as_it_was_typed(size: tuple[int, int]) -> None:
    """Markup, formulas, script and format signs in a comment, an answer and a note are kept and drawn as they are."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("d")
        await on.write(HOSTILE + "\x1b[31m\u202e\x07")
        await on.press("↑")
        assert f"“{HOSTILE}”" in on.text
        assert on.told[-1][2]["comment"] == HOSTILE
        await on.press("h")
        await on.stage.until(lambda: isinstance(on.stage.app.screen, WordsScreen))
        assert "head: dispute" in on.text
        assert "<script>" in on.text
        await on.press("⎋")
        await on.to(sheets.QUESTIONS)
        await on.press("⏎")
        await on.write(HOSTILE)
        assert f"“{HOSTILE}”" in on.text
        await on.to(sheets.CLOSE)
        await on.press("⏎ 2")
        await on.write("x" * 5000)
        assert len(on.told[-1][2]["unusual"]) == 5000

    talk(script, size=size)


def test_a_name_is_asked_about() -> None:
    """Words that look as if they held a name are kept only when Enter is pressed again."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        await on.press("d")
        await on.write("it was Mrs Miller")
        assert "a name" in on.said
        assert on.told == []
        await on.press("⏎")
        assert on.told[-1][2]["comment"] == "it was Mrs Miller"

    talk(script)


def test_nothing_is_lost_when_a_write_fails() -> None:
    """A banner says so, the talk goes on in memory, and all is on disk in order once the disk takes it."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.ROWS)
        on.desk.failing = True
        await on.press("a a")
        assert "NOT SAVED" in on.text
        assert on.views[:2] == [AGREE, AGREE]
        assert on.told == []
        await on.press("⎋")
        await on.stage.until(lambda: "not on disk yet" in on.said)
        on.desk.failing = False
        on.screen.tick()
        await on.stage.until(lambda: len(on.told) == 2)
        await on.stage.until(lambda: "NOT SAVED" not in on.text)

    talk(script)


def test_the_talk_goes_on_where_it_stood() -> None:
    """Left and opened again it is on the page where something was said last, at the first row without a word."""
    desk = recorded(DAY)

    async def begun(on: Sitting) -> None:
        await on.to(sheets.REVEAL)
        await on.press("⏎")

    async def first(on: Sitting) -> None:
        assert on.page == sheets.REVEAL
        assert "2 of 6" in on.text
        await on.to(sheets.PICTURE)

    async def seen(on: Sitting) -> None:
        assert on.page == sheets.PICTURE
        await on.to(sheets.ROWS)
        await on.press("a a")

    async def again(on: Sitting) -> None:
        assert on.page == sheets.ROWS
        assert on.screen.page.cursor == 2
        await on.press("n")
        assert on.screen.page.cursor == 3
        await on.to(sheets.LENSES)
        await on.press("L ⏎ l 2")

    async def last(on: Sitting) -> None:
        assert on.page == sheets.LENSES
        assert on.screen.page.lens

    for script in (begun, first, seen, again, last):
        talk(script, desk=desk)


def test_looking_only_says_nothing() -> None:
    """Where another program holds the database the pages can be looked at, and every answer is refused with the reason."""
    desk = recorded(DAY)
    desk.held = True

    async def script(on: Sitting) -> None:
        await on.press("⏎")
        assert "desk-2" in on.said
        await on.to(sheets.ROWS)
        await on.press("a")
        assert on.told == []

    talk(script, desk=desk, given=False)


def test_the_mouse_works() -> None:
    """A click chooses a row, two clicks answer a line, a click on the strip turns the page."""

    async def script(on: Sitting) -> None:
        await on.to(sheets.EXPECTED)
        padding = on.screen.page.content_region.y - on.screen.page.region.y
        line = next(y for y, n in on.screen.page.where.items() if n == 1)
        await on.stage.pilot.click("#page", offset=(20, line + padding), times=2)
        await on.settled()
        assert "Curriculum and teaching: % of the day" in on.text
        await on.press("⎋")
        await on.to(sheets.ROWS)
        row = next(y for y, n in on.screen.page.where.items() if n == 3)
        await on.stage.pilot.click("#page", offset=(20, row + padding))
        await on.settled()
        assert on.screen.page.cursor == 3
        await on.stage.pilot.click("#strip", offset=(2, 0))
        await on.settled()
        assert on.page == sheets.LENSES

    talk(script)


def test_keys_that_belong_elsewhere_say_so() -> None:
    """A row's key on another page, and the ends of the pages, are said quietly; nothing is kept."""

    async def script(on: Sitting) -> None:
        await on.press("a")
        assert "said of a row" in on.said
        await on.press("←")
        assert "first page" in on.said
        await on.to(sheets.RELEASE)
        await on.press("→")
        assert "last page" in on.said
        await on.to(sheets.PICTURE)
        await on.press("⏎")
        assert "nothing to answer" in on.said
        assert on.told == []

    talk(script)


@pytest.mark.parametrize(
    ("book", "of"),
    [
        ("default", "ntps"),
        ("stanford", "horng"),
        ("instruction-management-personal", "sam"),
        ("manager-diary", "inward"),
        ("structured-observation", ACTIVITY),
    ],
)
def test_the_estimate_is_of_a_coarse_roll_up(book: str, of: str) -> None:
    """Of what was done, by the smallest roll-up with five headings or more, else the largest, else code by code."""
    assert estimated(preset(book)) == of


def test_an_empty_day_has_every_page() -> None:
    """A day that ended at once is talked about too: no row, no question, and no fault."""

    async def script(on: Sitting) -> None:
        for page in on.screen.page.pages:
            await on.to(page)
            await on.press("up down end home pagedown pageup")
        await on.to(sheets.ROWS)
        await on.press("a A n h")
        assert "No episode was recorded" in on.text
        assert on.told == []

    talk(script, keys="_ X X")
