"""Decks for tests of slides: the demonstration's, and one in which everything is as long and as many as it may be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from shadowlog.analysis.deck import deck
from shadowlog.analysis.deck_shape import Deck
from shadowlog.domain.versions import Version, record_of
from shadowlog.exchange.demo import demo_days
from shadowlog.report.present import present
from tests.driven import Driven
from tests.workshop import talked

COUNT = "document.querySelectorAll('.slide').length"

_SEEN = """(() => {
  const luminance = (c) => { const v = c.map(x => x / 255).map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) { return c.slice(0, 3); } } return [255, 255, 255]; };
  const found = [];
  document.querySelectorAll(WHICH).forEach(e => {
    const own = Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length) { return; }
    const style = getComputedStyle(e), one = luminance(rgb(style.color)), two = luminance(ground(e));
    const contrast = (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
    found.push([e.textContent.trim().slice(0, 30), parseFloat(style.fontSize), contrast]);
  });
  return found;
})()"""


def seen(selector: str) -> str:
    """A script that tells of each word that is shown: how it begins, its size in pixels, its contrast."""
    return _SEEN.replace("WHICH", repr(selector))


@cache
def demonstration() -> Deck:
    """The demonstration's days, heads in the order of their codes."""
    records = []
    for made in demo_days():
        day = talked(made).day
        records.append(record_of(day, Version.AMENDED, day.track[-1].at))
    return deck(records, lambda _: None)


def written(made: Deck, folder: Path) -> Path:
    """The slides of a deck in a file."""
    path = folder / "deck.html"
    path.write_text(present(made, "workshop"), encoding="utf-8")
    return path


def here(window: Driven) -> int:
    """Which slide is shown, counted from 1."""
    return int(window.run("[...document.querySelectorAll('.slide')].findIndex(e => e.classList.contains('here'))")) + 1


def first(window: Driven, kind: str) -> int:
    """The number of the first slide of a kind, or that a selector names."""
    found = f"[...document.querySelectorAll('.slide')].findIndex(e => e.matches({kind!r}))"
    return int(window.run(found)) + 1


def visible(window: Driven, selector: str) -> bool:
    """Whether something on this slide can be seen."""
    return bool(window.run(f"getComputedStyle(document.querySelector('.here {selector}')).visibility === 'visible'"))
