"""The page that a head fills in at home, in a real browser: typed into, saved, taken in; silent, and asking nobody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shadowlog.analysis.summary import summarise
from shadowlog.cli import run
from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.terms import Verification
from shadowlog.exchange.answers import heard, read
from shadowlog.report.home import home_page, sheet_of
from shadowlog.store import journal
from shadowlog.store.engine import open_store
from tests import axe
from tests.answering import Talk, with_head
from tests.driven import Driven
from tests.report.days import HOSTILE
from tests.typist import BOOK, OBSERVATION

USES = ("workshop", "incidents")
DEMO = "01a1a05b-fc02-7412-9b26-8d30e5936a07"
UNNAMED = """Array.from(document.querySelectorAll('input, select, textarea, button'))
  .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !(e.tagName === 'BUTTON' && e.textContent.trim()))
  .map(e => e.outerHTML)"""


def written(talk: Talk, folder: Path) -> Path:
    """The page of a day, as a file."""
    day = talk.day
    summary = summarise([day.record(day.track[-1].at)])
    path = folder / "page.html"
    path.write_text(home_page(day, sheet_of(day, summary, USES)), encoding="utf-8")
    return path


def row(talk: Talk, number: int) -> str:
    """The selector of the row of the episode of that number."""
    return f"[data-q='view {list(talk.day.episodes)[number]}']"


def silent(window: Driven) -> bool:
    """Whether nothing was said on the console and no address was asked for, so far."""
    return (window.console, window.requests) == ([], [])


def test_typed_saved_and_taken_in(
    window: Driven, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a head types, saves and sends back stands in the journal with author and time, and in the next report."""
    monkeypatch.chdir(tmp_path)

    def program(*words: object, code: int = 0) -> str:
        capfd.readouterr()
        assert run(["--db", str(tmp_path / "days.db"), *map(str, words)]) == code
        return "".join(capfd.readouterr())

    program("demo", "--no-tui")
    program("page", DEMO, "-o", "home.html")
    before = window.run("Date.now()")
    window.open(tmp_path / "home.html")
    window.type("[data-share=curriculum]", "20")
    window.run("document.querySelector('[data-importance=admin]').focus()")
    window.press("ArrowDown", "ArrowDown")
    window.type("#guess-interruptions", "12")
    window.run("document.querySelector('[data-q=\"place before\"] input').focus()")
    window.press("ArrowLeft", "ArrowLeft")
    window.click("[data-reveal=ntps]")
    window.click("[data-reveal=interruptions]")
    window.click("#open")
    rows = window.run("Array.from(document.querySelectorAll('.row')).map(e => e.dataset.q)")
    for number, word in enumerate(("agree", "amend", "dispute", "strike")):
        window.click(f"[data-q='{rows[number]}'] input[value={word}]")
    window.click(f"[data-q='{rows[1]}'] .who input[value=slt]")
    window.type(f"[data-q='{rows[1]}'] textarea", "the deputy came along")
    window.type(f"[data-q='{rows[2]}'] textarea", "that was <b>about</b> the budget")
    window.click("#rest")
    window.click("input[name=typical][value='4']")
    window.type("#unusual", "no lessons after two")
    window.type("[data-q='answer initiative'] textarea", "=mostly(me)")
    window.click("[data-q='signoff timeline']")
    window.click("[data-q=release] input[value=workshop]")
    file = window.downloaded("#save")
    assert re.fullmatch(r"H01-\d{4}-\d\d-\d\d-answers\.json", file.name)
    assert silent(window)

    said = program("answers", file, "--dry-run")
    assert "Dry run" in said
    assert "that was <b>about</b> the budget" in said
    assert "Imported: " in program("answers", file)
    assert "Nothing in that file is new" in program("answers", file)
    with open_store(tmp_path / "days.db", writing=False) as store:
        told = [each for each in journal.commands(store, DEMO) if each.author == "H01"]
        day = journal.load(store, DEMO)
    assert [type(each).__name__ for each in told[:5]] == ["Estimate", "Guess", "Place", "Reveal", "Reveal"]
    assert all(before <= each.at <= each.said.wall for each in told)
    assert [each.at for each in told] == sorted(each.at for each in told)
    estimate, typical = day.feedback["Estimate ntps"], day.feedback["Typical H01"]
    assert isinstance(estimate, f.Estimate)
    assert (estimate.shares, estimate.importance) == ({"curriculum": 0.2}, {"admin": 2})
    assert isinstance(typical, f.Typical)
    assert (typical.rating, typical.unusual) == (4, "no lessons after two")
    views = [day.episodes[each.split()[1]].verification for each in rows]
    assert views[:4] == list(Verification)
    assert set(views[4:]) == {Verification.AGREE}
    history = program("show", DEMO, "--history")
    assert re.search(r"H01 .*head: dispute, “that was <b>about</b> the budget”", history)
    assert re.search(r"H01 .*answer to initiative: =mostly\(me\)", history)
    program("report", DEMO, "-o", "next.html")
    assert "and disputes 1" in (tmp_path / "next.html").read_text(encoding="utf-8")
    program("doctor", "--rebuild")
    program("page", DEMO, "-o", "again.html")
    assert "You said before: disputed: that was &lt;b&gt;about" in (tmp_path / "again.html").read_text(encoding="utf-8")
    changed = json.loads(file.read_text(encoding="utf-8"))
    changed["said"][0]["at"] += 1
    (tmp_path / "changed.json").write_text(json.dumps(changed, sort_keys=True, separators=(",", ":")), encoding="utf-8")
    assert "not the answers as a page of this day saved them" in program("answers", "changed.json", code=2)


def test_numbers_show_when_asked_for_and_a_guess_then_stays(window: Driven, tmp_path: Path) -> None:
    """An observed number is hidden until its button is pressed, by key too; then the guess beside it is locked."""
    window.open(written(with_head(), tmp_path))
    shown = "[data-panel=interactions] .shown"
    assert window.run(f"document.querySelector('{shown}').hidden")
    window.type("#guess-interactions", "7")
    window.run("document.querySelector('[data-reveal=interactions]').focus()")
    window.press("Enter")
    assert window.run(f"document.querySelector('{shown}').innerText").split() == [
        "3",
        "observed",
        "you",
        "guessed",
        "7",
    ]
    assert window.run(f"document.activeElement === document.querySelector('{shown}')")
    assert window.run("document.querySelector('#guess-interactions').disabled")
    assert not window.run("document.querySelector('#guess-interruptions').disabled")
    assert window.run("document.querySelector('#timeline .after').hidden")
    window.click("#open")
    assert window.run("document.querySelector('#guess-interruptions').disabled")
    assert window.run("document.querySelector('[data-q=\"place before\"]').disabled")
    kinds = [(each.kind, getattr(each, "of", "")) for each in read(window.downloaded("#save")).file.said]
    assert kinds == [("guess", "interactions"), ("reveal", "interactions"), ("reveal", "day")]
    assert silent(window)


def test_a_day_that_was_shown_is_open(window: Driven, tmp_path: Path) -> None:
    """A page written after the whole day was shown on the screen shows its rows at once and takes no guess."""
    talk = with_head()
    talk.tell(f.Reveal, author="O1", of=f.WHOLE)
    window.open(written(talk, tmp_path))
    assert window.run("document.querySelector('#gate').hidden")
    locked = (
        "Array.from(document.querySelectorAll('#before input, #before select')).filter(e => !e.matches(':disabled'))"
    )
    assert window.run(f"{locked}.map(e => e.dataset.q)") == ["signoff estimate"]
    window.click(f"{row(talk, 0)} input[value=agree]")
    found = heard(read(window.downloaded("#save")), talk.day, USES, (), talk.clock)
    assert [type(command) for command, _ in found.told] == [c.Verify]


def test_what_was_said_before_stands_there(window: Driven, tmp_path: Path) -> None:
    """All that was said on the screen stands on a page written since; unticking what was released takes it back."""
    talk = with_head()
    for kind, fields in (
        (f.Place, {"value": 30, "seen": False}),
        (f.Guess, {"of": "alone", "number": 12}),
        (f.Estimate, {"of": "activity", "shares": {"admin": 0.4}, "importance": {"admin": 2}}),
        (f.Reveal, {"of": f.WHOLE}),
        (f.Typical, {"rating": 2, "unusual": "a flood"}),
        (f.Place, {"value": 45, "seen": True}),
        (f.Answer, {"prompt": "initiative", "text": "mostly me"}),
        (f.SignOff, {"section": "timeline"}),
        (f.Release, {"layers": ("workshop", "archive")}),
    ):
        talk.tell(kind, **fields)
    window.open(written(talk, tmp_path))
    seen = window.run(
        "[...document.querySelectorAll('output')].slice(0, 1).map(e => e.value).concat("
        "['#guess-alone', '[data-share=admin]', '[data-importance=admin]', '#unusual', \"[data-q='answer initiative'] textarea\"]"
        ".map(s => document.querySelector(s).value))"
    )
    assert seen == ["30 of 100", "12", "40", "2", "a flood", "mostly me"]
    ticked = "[...document.querySelectorAll('input:checked')].map(e => e.value)"
    assert window.run(ticked) == ["on", "2", "workshop", "archive"]
    assert window.run("document.querySelector(\"[data-q='signoff timeline']\").disabled")
    assert "Nothing is answered yet" in window.run("document.querySelector('#count').innerText")
    window.click("[data-q=release] input[value=workshop]")
    window.click("[data-q=release] input[value=archive]")
    found = heard(read(window.downloaded("#save")), talk.day, USES, (), talk.clock)
    assert [command.layers for command, _ in found.told if isinstance(command, f.Release)] == [()]
    assert len(found.told) == 1


def test_two_tabs_of_a_page_lose_nothing(window: Driven, tmp_path: Path) -> None:
    """What another tab said is taken over where it is newer; what was said and shown here stays, and is told back once."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.type("#guess-interruptions", "5")
    window.click("[data-reveal=interruptions]")
    window.run("window.store = Object.keys(localStorage)[0]; window.mine = JSON.parse(localStorage[store]).said")
    theirs = (
        "[['guess interruptions', {kind: 'guess', of: 'interruptions', number: 9, at: mine[0][1].at - 1}],"
        "['guess alone', {kind: 'guess', of: 'alone', number: 7, at: Date.now() + 1}]]"
    )
    heard_ = "window.dispatchEvent(new StorageEvent('storage', {key: store, newValue: localStorage[store]}))"
    window.run(f"localStorage[store] = JSON.stringify({{said: {theirs}}}); {heard_}")
    kept = "JSON.parse(localStorage[store]).said.map(each => [each[0], each[1].number ?? null])"
    both = [["guess interruptions", 5], ["reveal interruptions", None], ["guess alone", 7]]
    assert window.run(kept) == both
    assert window.run(
        "[document.querySelector('#guess-alone').value, document.querySelector('#guess-interruptions').disabled]"
    ) == [
        "7",
        True,
    ]
    window.run(f"window.writes = 0; Storage.prototype.setItem = () => {{ window.writes += 1; }}; {heard_}")
    assert window.run("window.writes") == 0


def test_each_mistake_has_a_link_of_its_own(window: Driven, tmp_path: Path) -> None:
    """However often it was tried to save, a link leads to the row that it names."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.click("#open")
    for number in (0, 2):
        window.click(f"{row(talk, number)} input[value=amend]")
        window.click("#save")
    window.click(f"{row(talk, 0)} input[value=agree]")
    window.click("#save")
    (link,) = window.run("[...document.querySelectorAll('#problems a')].map(e => e.getAttribute('href'))")
    assert window.run(f"document.querySelectorAll('{link}').length") == 1
    assert window.run(f"document.querySelector('{link}').dataset.q") == f"view {list(talk.day.episodes)[2]}"


def test_a_later_file_changes_the_heads_mind(window: Driven, tmp_path: Path) -> None:
    """A head saves an amendment, which is taken in, then agrees after all: the second file of the same page is taken too."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.click("#open")
    window.click(f"{row(talk, 1)} input[value=amend]")
    window.click(f"{row(talk, 1)} .who input[value=parent]")
    for words, roles in (("amend", ["office", "parent"]), ("agree", ["office"])):
        window.click(f"{row(talk, 1)} input[value={words}]")
        known = [command.id for command in talk.journal]
        for command, _ in heard(read(window.downloaded("#save")), talk.day, USES, known, talk.clock).told:
            talk.say(command)
        episode = list(talk.day.episodes.values())[1]
        assert [party.role for party in episode.parties] == roles
    assert silent(window)


NAMED = [
    *("Talk with Mrs Example about cover", "asked Priya to lead it", "cover for Year 4; Owen's class waits"),
    *("sent J. S. home", "pupil, 3/4/2017, new", "new pupil, DOB asked for", "with Émilie’s class", "a Trust matter"),
    *("Asked for cover. Then the boiler: Caretaker called.", "T3 and the SENCO on the IEP, Friday, Year 6, Maths"),
    *(
        "met O'Brien",
        "mrs. smith rang",
        "asked (Sarah) again",
        "the IEP's end",
        "2017-04-03",
        "12 March 2010",
        "2 March past",
    ),
    *("[IMPORTANT] 09:30 moved to 10.15", "ofsted call at 9.30-10.00", "with “Priya” (Owen)", "the Ofsted's letter"),
]


def test_a_name_is_asked_about(window: Driven, tmp_path: Path) -> None:
    """What looks as if it named somebody to the recorder does so to the page; it is saved only when that is asked for again."""
    window.open(written(with_head(), tmp_path))
    window.click("#open")
    window.click("input[name=typical][value='4']")
    for text in NAMED:
        window.run("document.querySelector('#unusual').value = ''")
        window.type("#unusual", text)
        window.run("document.querySelector('#unusual').dispatchEvent(new Event('change', {bubbles: true}))")
        held = looks_personal(text)
        assert window.run("document.querySelector('#unusual + .doubt').hidden") == (not held), text
        assert f"held {held}." in window.run("document.querySelector('#unusual + .doubt').textContent") or not held
    window.run("document.querySelector('#unusual').value = ''")
    window.type("#unusual", "asked Priya")
    window.click("#save")
    assert "press Save my answers again" in window.run("document.querySelector('#saved').innerText")
    assert "looks as if it held a name" in window.run("document.querySelector('#problems').innerText")
    assert len(read(window.downloaded("#save")).file.said) == 2
    assert window.run("document.querySelector('#problems').hidden")


def test_what_is_kept_comes_back_and_is_cleared_when_asked(window: Driven, tmp_path: Path) -> None:
    """A page that is closed and opened again stands as it was left; clearing leaves nothing in the browser."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.type("[data-share=admin]", "30")
    window.click("#open")
    window.click(f"{row(talk, 1)} input[value=amend]")
    window.click(f"{row(talk, 1)} .who input[value=parent]")
    window.type(f"{row(talk, 1)} textarea", "she had rung before")
    window.click("[data-q='signoff timeline']")
    window.again()
    seen = window.run(
        f"[document.querySelector('[data-share=admin]').value, document.querySelector(\"{row(talk, 1)} textarea\").value,"
        f'document.querySelector("{row(talk, 1)} .who input[value=parent]").checked,'
        "document.querySelector(\"[data-q='signoff timeline']\").checked]"
    )
    assert seen == ["30", "she had rung before", True, True]
    first = read(window.downloaded("#save"))
    assert [each.kind for each in first.file.said] == ["estimate", "reveal", "view", "signoff"]
    window.click("#clear")
    window.click("#clear-yes")
    window.await_("document.querySelector('[data-share=admin]').value === ''")
    assert (
        window.run("Object.keys(localStorage).filter(name => localStorage[name].includes('rung before')).length") == 0
    )
    assert silent(window)


def test_the_seal_of_the_page_is_that_of_the_program(window: Driven, tmp_path: Path) -> None:
    """Letters of every plane and files of many lengths are sealed by the page as the program seals them."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.click("#open")
    for text in ("é", " 你好 𝕳 🏫", "\u2028x", '"\\', "x" * 9_000):
        window.type("#unusual", text)
        window.click("input[name=typical][value='4']")
        found = heard(read(window.downloaded("#save")), talk.day, USES, (), talk.clock)
        assert len(found.told) == 2


def test_hostile_words_are_words(window: Driven, tmp_path: Path) -> None:
    """Labels, notes and what the head types are letters: nothing of them runs, and all of it comes back."""
    texts = iter(HOSTILE * 12)
    book = replace(
        BOOK,
        dimensions=tuple(
            replace(d, codes=tuple(replace(each, label=f"{each.label} {next(texts)}") for each in d.codes))
            for d in BOOK.dimensions
        ),
    )
    talk = Talk("3 t +60 5 a +60 X X", replace(OBSERVATION, codebook=book))
    first = next(iter(talk.day.episodes))
    note = " ".join(HOSTILE)
    talk.tell(c.AddNote, author="O1", note="n-1", episode=first, text=f"{note}\x1b[31m\x00\u202e", incident=True)
    talk.tell(f.HandOver, author="O1")
    talk.clock.advance(3600)
    window.open(written(talk, tmp_path))
    window.click("#open")
    assert note in window.run("document.querySelector('#incidents').innerText")
    assert window.run("['img', 'main b', 'main i'].map(each => document.querySelectorAll(each).length)") == [0, 0, 0]
    assert window.run("document.querySelectorAll('script').length") == 2
    window.click(f"{row(talk, 0)} input[value=dispute]")
    window.type(f"{row(talk, 0)} textarea", f"{note} =cmd() \u202e\x07\tend")
    # The words of attack hold capitals, which are asked about.
    window.click("#save")
    said = read(window.downloaded("#save")).file.said
    assert [getattr(each, "comment", "") for each in said] == ["", f"{note} =cmd()  end"]
    assert silent(window)


def test_what_is_too_long_is_asked_to_be_shortened(window: Driven, tmp_path: Path) -> None:
    """A note of 125,000 characters is not cut: it stays, the page says how many can be saved, and saves nothing."""
    window.open(written(with_head(), tmp_path))
    window.click("#open")
    window.type("[data-q^='answer '] textarea", "word " * 25_000)
    window.click("#save")
    assert "124,999 characters; 120,000 can be saved" in window.run("document.querySelector('#problems').innerText")
    assert "Not saved yet" in window.run("document.querySelector('#saved').innerText")
    assert window.run("document.querySelector('#talk textarea').value.length") == 125_000


def test_an_amendment_is_finished_before_it_is_saved(window: Driven, tmp_path: Path) -> None:
    """An amendment without anything else than was recorded is named when the answers are saved, with a link to it."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.click("#open")
    window.click(f"{row(talk, 0)} input[value=amend]")
    window.click("#save")
    assert "if neither, dispute it" in window.run("document.querySelector('#problems').innerText")
    window.click("#problems a")
    window.click(f"{row(talk, 0)} .who input[value=alone]")
    assert window.run(f'document.querySelectorAll("{row(talk, 0)} .who input:checked").length') == 1
    _, said = read(window.downloaded("#save")).file.said
    assert (getattr(said, "who", None), getattr(said, "what", None)) == (("alone",), None)


def test_agreeing_to_the_rest_leaves_what_was_said(window: Driven, tmp_path: Path) -> None:
    """Agree to all the rest is for rows without a word, and can be taken back."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    window.click("#open")
    window.click(f"{row(talk, 1)} input[value=strike]")
    window.click("#rest")
    words = "Array.from(document.querySelectorAll('.row input:checked')).map(e => e.value)"
    assert window.run(words) == ["agree", "strike", "agree"]
    window.click("#rest-back")
    assert window.run(words) == ["strike"]


def test_more_than_the_whole_day_is_no_estimate(window: Driven, tmp_path: Path) -> None:
    """Parts that come to more than 100 are said to, and nothing is shown before that is mended."""
    window.open(written(with_head(), tmp_path))
    window.type("[data-share=admin]", "70")
    window.type("[data-share=teaching]", "40")
    window.click("[data-reveal=activity]")
    assert "Together that is 110 %" in window.run("document.querySelector('#before').innerText")
    assert window.run("document.querySelector('[data-panel=activity] .shown').hidden")


@pytest.mark.parametrize("width", [320, 390, 600, 1200])
def test_everything_has_a_name_and_room(window: Driven, tmp_path: Path, width: int) -> None:
    """Every control has its label, and nothing stands out of the window, on a phone and at 200 and 400 %."""
    talk = with_head()
    window.open(written(talk, tmp_path), width)
    for panel in window.run("Array.from(document.querySelectorAll('[data-reveal]')).map(e => e.dataset.reveal)"):
        window.click(f"[data-reveal={panel}]")
    window.click("#open")
    window.click(f"{row(talk, 1)} input[value=amend]")
    assert window.run(UNNAMED) == []
    assert window.run("document.documentElement.scrollWidth") <= width
    assert silent(window)


def test_keys_alone_are_enough(window: Driven, tmp_path: Path) -> None:
    """From the top of the page Tab leads to the first question, and no control is passed over or traps the focus."""
    window.open(written(with_head(), tmp_path))
    window.press("Tab")
    assert window.focus() == "To the first question"
    seen = set()
    for _ in range(40):
        window.press("Tab")
        seen.add(window.focus())
    assert {"clear", "guess-alone", "open", "save"} <= seen


def grave(window: Driven, checker: str) -> list[dict[str, Any]]:
    """What axe-core finds serious or critical in the page as it stands."""
    window.run("document.querySelector('#axe-told')?.remove()")
    window.run(checker)
    window.await_("document.querySelector('#axe-told') !== null")
    return axe.grave(str(window.run("document.documentElement.outerHTML")))


def test_no_grave_fault_for_assistive_technology(window: Driven, checker: str, tmp_path: Path) -> None:
    """As it is opened, and with everything shown, amended, doubted and refused, axe-core finds nothing serious or critical."""
    talk = with_head()
    window.open(written(talk, tmp_path))
    assert grave(window, checker) == []
    for panel in window.run("Array.from(document.querySelectorAll('[data-reveal]')).map(e => e.dataset.reveal)"):
        window.click(f"[data-reveal={panel}]")
    window.click("#open")
    window.click(f"{row(talk, 0)} input[value=amend]")
    window.click(f"{row(talk, 1)} input[value=dispute]")
    window.type(f"{row(talk, 1)} textarea", "it was Mrs Example")
    window.type("#unusual", "rain")
    window.click("#rest")
    window.click("#save")
    assert window.run("document.querySelectorAll('#problems li').length") == 2
    assert grave(window, checker) == []
    window.run(
        "document.querySelector('#save').removeAttribute('class'); document.querySelector('#unusual').labels[0].remove()"
    )
    assert {each["id"] for each in grave(window, checker)} == {"label"}


def test_an_error_would_be_seen(window: Driven, tmp_path: Path) -> None:
    """Negative control: a page whose script is another one than its policy names says so on the console."""
    path = written(with_head(), tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('"use strict"', '"use  strict"'), encoding="utf-8")
    window.open(path)
    assert any("Content Security Policy" in line for line in window.console)


def test_prints_what_is_shown(window: Driven, tmp_path: Path) -> None:
    """Printed, the page is A4, with the rows on it only once they were opened."""
    window.open(written(with_head(), tmp_path))
    window.pdf(tmp_path / "closed.pdf")
    window.click("#open")
    window.pdf(tmp_path / "open.pdf")
    for name in ("closed.pdf", "open.pdf"):
        made = (tmp_path / name).read_bytes()
        boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", made)}
        assert boxes == {(0, 0, 595, 842)}
    pages = [len(re.findall(rb"/Type /Page\b", (tmp_path / name).read_bytes())) for name in ("closed.pdf", "open.pdf")]
    assert pages[0] < pages[1]
