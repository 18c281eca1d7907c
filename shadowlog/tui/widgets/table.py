"""The day as a table: time, length, who, what, place, mode, marks; it scrolls with the row under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from shadowlog.domain.codebook import MODE, PLACE, Codebook
from shadowlog.domain.phrases import span
from shadowlog.domain.review import Item, marks, named
from shadowlog.domain.sentences import clock_time
from shadowlog.tui.widgets.panel import Line, Panel, fit, fit_label, fit_names, shared, short_of

WIDE = 100
HEADS = ("who", "what", "place", "mode", "marks")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the table shows: the items, the one under the cursor, the marked one, what is not on disk."""

    items: tuple[Item, ...]
    at: int
    book: Codebook
    zone: str
    marked: str | None = None
    unsaved: frozenset[str] = frozenset()
    empty: str = ""


def widths(width: int, texts: Sequence[tuple[str, ...]] = ()) -> tuple[int, ...]:
    """The columns for who, what, place, mode and marks, in cells, beside the 21 for time and length.

    One whose words are longer takes what the others leave.
    """
    left = width - 21
    if width >= WIDE:
        place, mode, last = 15, 13, 22
    else:
        place, mode, last = 9, 13, 7
    who = (left - place - mode - last) // 2
    usual = (who, left - place - mode - last - who, place, mode, last)
    wanted = [max(short_of(each[n]) + 1 for each in (HEADS, *texts)) for n in range(len(usual))]
    return tuple(shared(usual, wanted, (1, 0, 4, 2, 3)))


def words(shown: Shown, item: Item, width: int) -> tuple[str, str, str, str, str]:
    """Who, what, place, mode and marks of an item."""
    book, each = shown.book, item.episode
    place = (each.place if each else item.contact.place if item.contact else None) or ""
    mode = each.codes.get(MODE, "") if each else ""
    told = marks(item, shown.zone)
    known = ", ".join(mark.words for mark in told) if width >= WIDE else "".join(mark.sign for mark in told)
    last = "not yet saved" if item.id in shown.unsaved else known
    return (
        *named(book, item),
        book.label(PLACE, place) if place else "",
        book.label(MODE, mode).lower() if mode else "",
        last,
    )


def heading(width: int, sizes: tuple[int, ...]) -> Line:
    """The names of the columns."""
    names = "".join(fit(name, room) for name, room in zip(HEADS, sizes, strict=True))
    return [(fit(f"  {'time':<8}{'length':>8}   {names}", width), "quiet")]


def row_line(shown: Shown, n: int, texts: tuple[str, ...], sizes: tuple[int, ...]) -> Line:
    """Draw one item of these words."""
    item = shown.items[n]
    here = n == shown.at
    tone = "mark" if here else ""
    naming, doing, place, mode, last = texts
    each = item.episode
    sign = "▶" if item.running else "‖" if item.suspended else "+" if each is not None and each.concurrent else " "
    length = span(item.lasted) if item.lasted is not None else "·" if item.contact or each is None else "?"
    faint = "faint" if each is None and item.contact is None and not item.notes else "quiet"
    pointer = "▸" if here else "•" if item.id == shown.marked else " "
    cells = (
        (f"{pointer} {clock_time(item.start, shown.zone)}{length:>8} {sign} ", "quiet" if each else faint),
        (fit_names(naming, sizes[0] - 1) + " ", "accent" if "who?" in item.lacks else "" if each else faint),
        (fit_label(doing, sizes[1] - 1) + " ", "accent" if "what?" in item.lacks else "" if each else faint),
        (fit(place, sizes[2] - 1) + " ", "quiet"),
        (fit(mode, sizes[3] - 1) + " ", "quiet"),
        (fit(last, sizes[4]), "alert" if item.id in shown.unsaved else "accent"),
    )
    return [(text, tone or style) for text, style in cells]


class DayTable(Panel):
    """Shows the table; a click puts the cursor on a row."""

    class Chosen(Message):
        """A row was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    shown: Shown | None = None
    first = 0

    @property
    def page(self) -> int:
        """How many rows there is room for."""
        return max(1, self.content_size.height - 1)

    def draw(self, width: int, height: int) -> list[Line]:
        """The heading and the rows about the cursor."""
        shown = self.shown
        if shown is None:
            return [[(" opening …", "quiet")]]
        if not shown.items:
            return [[], [(fit(f"   {shown.empty}", width), "quiet")]]
        room = max(1, height - 1)
        self.first = min(max(self.first, shown.at - room + 1, 0), shown.at, max(0, len(shown.items) - room))
        texts = {n: words(shown, item, width) for n, item in enumerate(shown.items)}
        sizes = widths(width, list(texts.values()))
        rows = range(self.first, min(self.first + room, len(shown.items)))
        return [heading(width, sizes), *(row_line(shown, n, texts[n], sizes) for n in rows)]

    def on_click(self, event: events.Click) -> None:
        """A row is clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is not None and self.shown is not None and 0 < offset.y <= len(self.shown.items) - self.first:
            self.post_message(self.Chosen(self.first + offset.y - 1))
