"""A recorded day as the list that a researcher puts right: its items in order of time, sifted, searched, walked through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shadowlog.domain.codebook import INITIATOR, MEDIUM, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.company import complete
from shadowlog.domain.day import Day
from shadowlog.domain.phrases import apart
from shadowlog.domain.sentences import clock_time, everyone, state_words, what
from shadowlog.domain.terms import Contact, Episode, Note, State, Stretch

SHORTEST_GAP = 1_000
"""A gap below so many ms is the time between two presses and no item of its own."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the day: an episode with all its spells, a stretch that is no episode, a contact, a note on the day.

    Times in ms since the epoch (UTC), lengths in ms.
    """

    id: str
    start: int
    end: int
    """The end of its last spell; for what still runs the instant of the picture."""
    length: int | None = None
    """Net of interruptions; None for what has no length and where nobody said when it ended."""
    state: State | None = None
    episode: Episode | None = None
    spells: tuple[Stretch, ...] = ()
    contact: Contact | None = None
    notes: tuple[Note, ...] = ()
    running: bool = False
    suspended: bool = False
    lacks: tuple[str, ...] = ()
    """What is missing: "who?", "what?", both or neither."""

    @property
    def lasted(self) -> int | None:
        """Its length as the clock times shown of its spells give it."""
        if self.length is None or not self.spells:
            return None if self.length is None else apart(self.start, self.end)
        return sum(apart(s.start, s.end or self.end) for s in self.spells)

    @property
    def asks(self) -> bool:
        """Whether somebody should look at it again: it is incomplete or unsure."""
        return self.episode is not None and (self.episode.unsure or bool(self.lacks))

    @property
    def stars(self) -> int:
        """How many of its notes are incidents."""
        return sum(note.incident for note in self.notes)


def items(day: Day, now: int) -> tuple[Item, ...]:
    """Give the day as items in order of time; what still runs is measured up to `now` (ms)."""
    if not day.begun:
        return ()
    record = day.record(now)
    spells: dict[str, list[Stretch]] = {}
    for stretch in (*record.track, *record.concurrent):
        if stretch.episode is not None:
            spells.setdefault(stretch.episode, []).append(stretch)
    notes: dict[str | None, list[Note]] = {}
    for note in record.notes:
        notes.setdefault(note.episode, []).append(note)
    running = {day.track[-1].episode, day.live.concurrent} - {None}
    found = [
        Item(
            id=each.id,
            start=spells[each.id][0].start,
            end=spells[each.id][-1].end or record.end,
            length=sum((s.end or record.end) - s.start for s in spells[each.id]) if each.duration_known else None,
            state=State.EPISODE,
            episode=each,
            spells=tuple(spells[each.id]),
            notes=tuple(notes.get(each.id, ())),
            running=each.id in running,
            suspended=each.id in day.live.suspended and not day.ended,
            lacks=_lacks(each, day.observation.codebook),
        )
        for each in record.episodes
    ]
    found += [
        Item(s.id, s.start, s.end or record.end, (s.end or record.end) - s.start, s.state)
        for s in record.track
        if s.episode is None and (s.state is not State.GAP or (s.end or record.end) - s.start >= SHORTEST_GAP)
    ]
    found += [Item(each.id, each.at, each.at, contact=each) for each in record.contacts]
    found += [Item(each.id, each.at, each.at, notes=(each,)) for each in notes.get(None, ())]
    return tuple(sorted(found, key=lambda item: (item.start, item.end, item.id)))


def _lacks(each: Episode, book: Codebook) -> tuple[str, ...]:
    if complete(each, book):
        return ()
    return (*(() if each.parties else ("who?",)), *(() if each.what is not None or each.closed else ("what?",)))


def named(book: Codebook, item: Item) -> tuple[str, str]:
    """Give who and what of an item as words; who is everyone who was there at some time of it."""
    if item.episode is not None:
        return everyone(book, item.episode.parties), what(book, item.episode)
    if item.contact is not None:
        return book.label(ROLE, item.contact.role), "contact"
    if item.state is not None:
        return "", state_words(item.state)
    return "", "note on the day"


VIEWS: Mapping[str, str] = {"agree": "agrees", "amend": "amends", "dispute": "disputes", "strike": "strikes out"}


MARKS: Mapping[str, tuple[str, str]] = {
    "who": ("who?", ""),
    "what": ("what?", ""),
    "unsure": ("unsure", "?"),
    "suspended": ("suspended", ""),
    "late": ("late {}", "L"),
    "amended": ("amended", "A"),
    "view": ("head {}", "H"),
    "beside": ("beside", "+"),
    "interrupts": ("interrupts", "I"),
    "spells": ("{} spells", "‖{}"),
    "endless": ("end unknown", ""),
    "star": ("★", "★"),
    "note": ("1 note", "¶"),
    "notes": ("{} notes", "¶"),
}
"""Every kind of mark in a word or two, and as a sign where there is little room; without one where the row shows it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something there is to know of an item beside its fields: one of MARKS, and what of it."""

    kind: str
    detail: str = ""

    @property
    def words(self) -> str:
        """The mark in a word or two."""
        return MARKS[self.kind][0].format(self.detail)

    @property
    def sign(self) -> str:
        """The mark where there is little room; empty where the row shows it anyhow."""
        return MARKS[self.kind][1].format(self.detail)


def marks(item: Item, zone: str) -> tuple[Mark, ...]:
    """Give what there is to know of an item beside its fields; times are local."""
    each = item.episode
    if each is None:
        return tuple(_note_marks(item))
    view, late = each.verification, each.entered
    so = (
        (Mark("who"), "who?" in item.lacks),
        (Mark("what"), "what?" in item.lacks),
        (Mark("unsure"), each.unsure),
        (Mark("suspended"), item.suspended),
        (Mark("late", clock_time(late, zone)[:5] if late is not None else ""), late is not None),
        (Mark("amended"), each.amended),
        (Mark("view", VIEWS[view] if view is not None else ""), view is not None),
        (Mark("beside"), each.concurrent),
        (Mark("interrupts"), each.interrupts is not None),
        (Mark("spells", str(len(item.spells))), len(item.spells) > 1),
        (Mark("endless"), not each.duration_known),
    )
    return (*(mark for mark, holds in so if holds), *_note_marks(item))


def _note_marks(item: Item) -> Iterator[Mark]:
    plain = len(item.notes) - item.stars
    if item.stars:
        yield Mark("star")
    if plain:
        yield Mark("note" if plain == 1 else "notes", str(plain))


ONLY: Mapping[str, Callable[[Item], bool]] = {
    "all": lambda _: True,
    "to do": lambda item: item.asks,
    "incomplete": lambda item: bool(item.lacks),
    "unsure": lambda item: item.episode is not None and item.episode.unsure,
    "amended": lambda item: item.episode is not None and item.episode.amended,
    "late": lambda item: item.episode is not None and item.episode.entered is not None,
}
"""What can be asked for; "to do" is incomplete or unsure."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which items are asked for: one of ONLY, a role, an activity, and words that all occur in it."""

    only: str = "all"
    role: str | None = None
    activity: str | None = None
    search: str = ""

    @property
    def open(self) -> bool:
        """Whether everything goes through."""
        return self == Sieve()

    def following(self) -> Sieve:
        """The sieve with the next of ONLY, in turn."""
        names = list(ONLY)
        return replace(self, only=names[(names.index(self.only) + 1) % len(names)])

    def words(self, book: Codebook) -> str:
        """What is asked for, in words; empty where everything is."""
        parts = [self.only if self.only != "all" else ""]
        parts += [book.label(ROLE, self.role) if self.role else ""]
        parts += [book.label("activity", self.activity) if self.activity else ""]
        parts += [f"“{self.search}”" if self.search else ""]
        return " · ".join(part for part in parts if part)


def sifted(book: Codebook, found: Sequence[Item], sieve: Sieve) -> tuple[Item, ...]:
    """Give the items that go through the sieve, in their order."""
    sought = sieve.search.casefold().split()
    return tuple(
        item
        for item in found
        if ONLY[sieve.only](item)
        and (sieve.role is None or sieve.role in _roles(item))
        and (sieve.activity is None or (item.episode is not None and item.episode.what == sieve.activity))
        and (not sought or _holds(_text(book, item), sought))
    )


def _roles(item: Item) -> frozenset[str]:
    if item.contact is not None:
        return frozenset({item.contact.role})
    return frozenset(p.role for p in item.episode.parties) if item.episode is not None else frozenset()


def _holds(text: str, sought: Sequence[str]) -> bool:
    return all(word in text for word in sought)


def _text(book: Codebook, item: Item) -> str:
    """Everything about an item that is searched, without regard to case."""
    words = [*named(book, item), *(note.text for note in item.notes)]
    each = item.episode
    if each is not None:
        words += [book.label(d, each.codes[d]) for d in each.codes]
        # Who left is not in the words for who is there.
        words += [f"{book.label(ROLE, p.role)} {p.person or ''}" for p in each.parties]
        words.append(each.room or "")
    elif item.contact is not None and item.contact.place is not None:
        words.append(book.label(PLACE, item.contact.place))
    return " ".join(words).casefold()


def to_do(found: Sequence[Item], after: str | None = None) -> tuple[Item | None, int]:
    """Give the next item that is incomplete or unsure behind the one with this id, and how many there are.

    After the last comes the first again.
    """
    asking = [n for n, item in enumerate(found) if item.asks]
    if not asking:
        return None, 0
    here = next((n for n, item in enumerate(found) if item.id == after), -1)
    return found[next((n for n in asking if n > here), asking[0])], len(asking)


def neighbours(found: Sequence[Item], episode: str) -> tuple[Item | None, Item | None]:
    """Give the foreground episodes before and after one, in order of their first starts; None where there is none."""
    line = [item for item in found if item.episode is not None and not item.episode.concurrent]
    here = next((n for n, item in enumerate(line) if item.id == episode), None)
    if here is None:
        return None, None
    return (line[here - 1] if here else None), (line[here + 1] if here + 1 < len(line) else None)


DETAILS = (PLACE, MODE, INITIATOR, MEDIUM)
"""The dimensions beside who and what that every episode may be coded in, in the order in which they are shown."""
