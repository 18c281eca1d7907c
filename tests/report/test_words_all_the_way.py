"""Words of every hostile kind go the whole way: typed while recording, onto the page at home, back from it, into the report."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shadowlog.cli import run
from shadowlog.domain.commands import AddNote, Verify
from shadowlog.domain.recorder import fold
from shadowlog.store import journal
from shadowlog.store.engine import open_store
from shadowlog.store.intake import take_in
from shadowlog.tui.widgets.answer import AnswerLine
from tests.driven import Driven, driven
from tests.tui.fake_desk import FakeDesk, a_clock, an_observation
from tests.tui.stage import Stage, play

CORPUS = [
    "<script>document.title='run'</script>",
    "<img src=x onerror=document.title='run'>",
    "</script><svg onload=document.title='run'>",
    "[/b] [@click=app.quit]quit[/] [red]",
    "=cmd()|' /C calc'!A0",
    "+1-1*SUM(A1)",
    "@SUM(1)",
    "{{ 7*7 }} ${7*7} {0} %s %(x)s",
    "javascript:document.title='run'",
    "שלום عالم 你好 é 𝕳",
    "\\u202e \\x1b[31m &lt;b&gt; &amp; '\"`",
    "'; DROP TABLE note; --",
]
TURNED = "abc\u202e\u2066def\x07"
"""What orders a terminal or turns the direction is taken out wherever it comes in; the letters stay."""
LONG = "lang " * 20_000
"""A hundred thousand characters."""


@pytest.fixture(scope="module")
def window(browser: str) -> Iterator[Driven]:
    """One browser for all of it."""
    with driven(browser) as found:
        found.fresh()
        yield found


def recorded(texts: list[str]) -> FakeDesk:
    """A day on the record screen, an episode and a starred note for each text."""
    desk = FakeDesk(an_observation())

    async def script(stage: Stage) -> None:
        from textual import events

        for text in texts:
            await stage.type("3 t +60 N")
            stage.app.post_message(events.Paste(text))
            await stage.pilot.pause()
            await stage.type("⏎")
            # What may be a name is asked about: Enter keeps it.
            if stage.record.query_one(AnswerLine).editor is not None:
                await stage.type("⏎")
            await stage.type("* +60 5 a")
        await stage.type("X X")

    play(script, desk=desk, clock=a_clock())
    return desk


def test_never_run_never_lost_shown_as_typed(
    window: Driven, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Note by note and word by word the corpus is in the journal, on both pages, in the export and in its import, as typed."""
    monkeypatch.chdir(tmp_path)
    texts = [*CORPUS, TURNED, LONG.strip()]
    kept = [*CORPUS, "abcdef", LONG.strip()]
    desk = recorded(texts)
    commands = desk.journals["o-1"]
    assert [each.text for each in commands if isinstance(each, AddNote)] == kept

    def program(*words: object, code: int = 0) -> str:
        capfd.readouterr()
        assert run(["--db", str(tmp_path / "days.db"), *map(str, words)]) == code
        return "".join(capfd.readouterr())

    with open_store(tmp_path / "days.db", writing=True) as store:
        take_in(store, desk.known["o-1"], commands, date="2026-11-24", clock=a_clock())
    program("page", "o-1", "-o", "home.html")
    window.open(tmp_path / "home.html")
    window.click("#open")
    shown = window.run("Array.from(document.querySelectorAll('.row .note')).map(e => e.textContent)")
    assert shown == kept
    rows = window.run("Array.from(document.querySelectorAll('.row')).map(e => e.dataset.q)")[: len(texts)]
    for question, text in zip(rows, texts, strict=True):
        window.click(f"[data-q='{question}'] input[value=dispute]")
        window.type(f"[data-q='{question}'] textarea", text)
    window.click("#save")
    file = window.downloaded("#save")
    quiet(window)

    program("answers", file, "--as-typed")
    with open_store(tmp_path / "days.db", writing=False) as store:
        told = [each for each in journal.commands(store, "o-1") if isinstance(each, Verify)]
    assert [each.comment for each in told] == kept

    program("report", "o-1", "-o", "day.html")
    window.open(tmp_path / "day.html")
    seen = squeezed(window.run("document.body.textContent"))
    assert [text for text in kept if seen.count(squeezed(text)) < 2] == []
    quiet(window)

    history = squeezed(program("show", "o-1", "--history"))
    assert [text for text in kept if squeezed(text) not in history] == []
    program("export", "o-1", "--to", "csv", "-o", "csv")
    cells = [
        cell for line in csv.reader((tmp_path / "csv" / "notes.csv").read_text("utf-8").splitlines()) for cell in line
    ]
    assert [text for text in kept if text not in cells and f"'{text}" not in cells] == []
    assert [cell for cell in cells if re.match(r"[=+@\t\r-]", cell) and not re.fullmatch(r"-?[\d.]+", cell)] == []

    program("export", "o-1", "--to", "json", "-o", "day.json")
    assert run(["--db", str(tmp_path / "other.db"), "import", str(tmp_path / "day.json")]) == 0
    with open_store(tmp_path / "other.db", writing=False) as store:
        there = fold(desk.known["o-1"], journal.commands(store, "o-1"))
    assert [note.text for note in there.notes.values()] == kept


def quiet(window: Driven) -> None:
    """Nothing ran, nothing was said on the console, nobody was asked."""
    assert window.run("document.title") != "run"
    assert (window.console, window.requests) == ([], [])


def squeezed(text: str) -> str:
    """A text without its spaces and line ends, however it was folded."""
    return re.sub(r"\s+", "", text)
