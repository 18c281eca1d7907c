"""Looking a day over without changing it: the cursor, what is sifted out, the search, the whole history of a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual.screen import Screen

from shadowlog.domain.answers import clean
from shadowlog.domain.codebook import ACTIVITY, ROLE
from shadowlog.domain.day import Day
from shadowlog.domain.history import History, gone, history
from shadowlog.domain.review import Item, Sieve, items, named, sifted, to_do
from shadowlog.domain.sentences import clock_time
from shadowlog.domain.text import clean as text_clean
from shadowlog.tui.review_asks import Flow, Typed, options_of
from shadowlog.tui.widgets.detail import facts, when

if TYPE_CHECKING:
    from shadowlog.tui.review import ReviewScreen

LONGEST_SEARCH = 100
_NONE = Item("", 0, 0)


class View:
    """What of a day is looked at: the items, those that go through the sieve, and the cursor among them."""

    def __init__(self) -> None:
        self.items: tuple[Item, ...] = ()
        self.shown: tuple[Item, ...] = ()
        self.at = 0
        self.chosen: str | None = None
        self.wanted: str | None = None
        """An item that the cursor goes to once it is there."""
        self.marked: str | None = None
        self.sieve = Sieve()
        self._told: tuple[Day, str, History | None] | None = None

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.shown[self.at] if self.shown else None

    def look(self, day: Day, now: int) -> None:
        """Look at the day as it is; the cursor stays on its item, or where that was."""
        was = self.item.start if self.item is not None else None
        self.items = items(day, now)
        self.shown = sifted(day.observation.codebook, self.items, self.sieve)
        places = {item.id: n for n, item in enumerate(self.shown)}
        if self.chosen not in places and was is not None and self.shown:
            # It is gone: what is there now, or before it, stands nearest.
            self.chosen = max((i for i in self.shown if i.start <= was), key=lambda i: i.start, default=_NONE).id
        if self.wanted in places:
            self.at_index(places[self.wanted])
        else:
            wanted = self.wanted
            self.at_index(places.get(self.chosen or "", self.at))
            self.wanted = wanted

    def at_index(self, at: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        self.wanted = None
        self.at = min(max(at, 0), max(0, len(self.shown) - 1))
        if self.shown:
            self.chosen = self.shown[self.at].id

    def history(self, day: Day) -> History | None:
        """What was said of the item under the cursor; of a gap, what was retracted there."""
        item = self.item
        if item is None:
            return None
        if self._told is None or self._told[0] is not day or self._told[1] != item.id:
            self._told = (day, item.id, _history(day, item))
        return self._told[2]

    def title(self, sieve: str) -> str:
        """The title of the table: what is asked for, and how much of the day that is."""
        count = f"{len(self.shown)} of {len(self.items)}"
        return f"the day · {sieve} · {count} · c shows all" if sieve else "the day"


def _history(day: Day, item: Item) -> History | None:
    if item.episode is not None:
        return history(day, item.id)
    lost = gone(day, item.start, item.end) if item.state is not None else ()
    return history(day, lost[-1]) if lost else None


def move(view: View, name: str, page: int) -> tuple[str, str]:
    """Do an act that only looks and asks nothing; give what there is to say, and its tone."""
    steps = {"up": -1, "down": 1, "page_up": -page, "page_down": page, "first": -(10**9), "last": 10**9}
    if name in steps:
        view.at_index(view.at + steps[name])
    elif name == "next":
        return _next(view)
    elif name == "filter":
        view.sieve = view.sieve.following()
        return f"shown: {view.sieve.only}; f goes on", "quiet"
    elif name == "clear":
        view.sieve = Sieve()
        return "all of the day", "quiet"
    elif name == "mark":
        return _mark(view)
    return "", "quiet"


def _next(view: View) -> tuple[str, str]:
    found, count = to_do(view.shown, view.chosen)
    if found is None:
        _, elsewhere = to_do(view.items)
        if elsewhere:
            return f"{elsewhere} to do, but none of them is shown: c shows all", "accent"
        return "Nothing is incomplete or unsure", "quiet"
    place = next(n for n, item in enumerate(view.shown) if item.id == found.id)
    again = ", from the top again" if place <= view.at and count > 1 else ""
    view.at_index(place)
    why = " ".join([*found.lacks, *(["unsure"] if found.episode is not None and found.episode.unsure else [])])
    return f"{why}   {count} left{again}; E amends, n goes on", "accent"


def _mark(view: View) -> tuple[str, str]:
    item = view.item
    if item is None or item.episode is None:
        return "That is no episode; only episodes are merged", "accent"
    view.marked = None if view.marked == item.id else item.id
    return ("Marked: M on another row can merge it with this one" if view.marked else "Not marked any more"), "quiet"


# What asks before it looks


def search(screen: ReviewScreen) -> Flow:
    """Ask for words."""
    view = screen.view
    hint = "words in labels, rooms, person codes and notes, all of them · empty: no search"
    text = yield Typed("search", lambda typed: clean(typed, LONGEST_SEARCH), LONGEST_SEARCH, view.sieve.search, hint)
    view.sieve = replace(view.sieve, search=text)
    screen.say(f"Esc leaves, c shows all: “{text}”" if text else "no search")


def by_role(screen: ReviewScreen) -> Flow:
    """Ask for a role."""
    if screen.session is not None:
        codes = screen.session.day.observation.codebook.codes(ROLE)
        role = yield replace(options_of(codes, screen.view.sieve.role, none="all"), title="only who?")
        screen.view.sieve = replace(screen.view.sieve, role=role)
        screen.say("")


def by_activity(screen: ReviewScreen) -> Flow:
    """Ask for an activity."""
    if screen.session is not None:
        codes = screen.session.day.observation.codebook.codes(ACTIVITY)
        what = yield replace(options_of(codes, screen.view.sieve.activity, none="all"), title="only what?")
        screen.view.sieve = replace(screen.view.sieve, activity=what)
        screen.say("")


FLOWS: Mapping[str, Callable[[ReviewScreen], Flow]] = {
    "search": search,
    "by_role": by_role,
    "by_activity": by_activity,
}


def show_history(screen: Screen[None], day: Day, item: Item, told: History | None) -> None:
    """Open everything about an item as a screen of words."""
    from shadowlog.tui.help import WordsScreen

    zone = day.observation.zone
    naming, doing = named(day.observation.codebook, item)
    text = Text()
    for name, words in facts(day, item):
        text.append(f"{name:<9}", "bold")
        text.append(f"{text_clean(words, lines=True)}\n")
    if told is not None:
        text.append(f"\nfirst word: {text_clean(told.first)}\n\n", "bold")
        for each in told.told:
            text.append(f"{when(each.said, zone)} {text_clean(each.author)}\n", "bold" if each.later else "")
            text.append(f"    {text_clean(each.words)}\n")
            if each.reason:
                text.append(f"    because: {text_clean(each.reason)}\n")
        text.append(f"\nnow: {text_clean(told.now)}\n", "bold")
    heading = f"{clock_time(item.start, zone)} {', '.join(part for part in (naming, doing) if part)}"
    screen.app.push_screen(WordsScreen(heading, text))
