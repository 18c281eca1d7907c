"""Decks for tests of slides: the demonstration's, and one in which everything is as long and as many as it may be."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import ascii_uppercase

from shadowlog.analysis.deck import deck
from shadowlog.analysis.deck_measures import MEASURES
from shadowlog.analysis.deck_shape import Deck, Division, Heading, Measure
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.feedback import PHASES
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


@cache
def hostile() -> Deck:
    """26 heads, 25 activities, labels of 60 letters, an incident of 1,200, all phases, and much that is left out."""
    heads = 26
    share = [round(0.002 * n, 3) for n in range(heads)]

    def label(n: int, words: str = "meetings with partners of the wider network of schools nearby") -> str:
        return f"{n:02} {words}"[:60]

    def heading(n: int, about: str) -> Heading:
        shares = tuple(None if (n + k) % 9 == 0 else round((share[k] * (n % 7)) % 0.4, 3) for k in range(heads))
        return Heading(about, 0.04, None if n % 8 == 5 else 0.04, shares)

    words = "A teacher came to the door and asked who should decide about the pupils from the other school. "
    spreads: tuple[list[float | None], ...] = (
        [9 + k / 10 for k in range(heads)],
        [*share],
        [0.0] * heads,
        [1.0 - each for each in share],
        [None if k % 2 else 123.4 for k in range(heads)],
        [0.0, 40.0] * (heads // 2),
    )
    return Deck(
        letters=tuple(ascii_uppercase),
        days=52,
        measures=tuple(
            Measure(asked.id, asked.label, asked.unit, tuple(spread))
            for asked, spread in zip(MEASURES, spreads, strict=True)
        ),
        divisions=(
            Division("group", ROLE, tuple(heading(n, label(n, "W" * 60)) for n in range(1, 8))),
            Division("activity", ACTIVITY, tuple(heading(n, label(n)) for n in range(1, 26))),
        ),
        incidents=((words * 20)[:1199].strip() + ".", "W" * 1_200, "W " * 110 + "end."),
        phases=tuple((phase, 5) for phase in PHASES),
        who_rule="split",
        threshold=5,
        hidden=1234,
        kept_back=("123 incidents look as if somebody were named in them",),
    )


SPILLS = """(() => {
  const slide = document.querySelector('.here'), found = [], words = [];
  if (slide.scrollHeight > slide.clientHeight || slide.scrollWidth > slide.clientWidth) { found.push('more than the slide holds'); }
  for (const place of [slide, document.querySelector('#where')]) {
    const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode, style = getComputedStyle(node.parentElement);
      if (!node.textContent.trim() || style.visibility !== 'visible') { continue; }
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) { words.push([node, box, parseFloat(style.fontSize)]); }
    }
  }
  for (const [node, box] of words) {
    if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) { found.push('off: ' + node.textContent.trim()); }
  }
  words.forEach(([node, box, size], n) => words.slice(n + 1).forEach(([other, more]) => {
    const high = Math.min(box.bottom, more.bottom) - Math.max(box.top, more.top), wide = Math.min(box.right, more.right) - Math.max(box.left, more.left);
    if (node !== other && high > .3 * size && wide > 1) { found.push(node.textContent.trim() + ' over ' + other.textContent.trim()); }
  }));
  return found;
})()"""
"""A script that tells what is cut off, stands off the slide, or over something else."""
