"""A recorded day as the list that a researcher puts right: its items in order of time, sifted, searched, walked through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from shadowlog.domain.codebook import INITIATOR, MEDIUM, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.day import Day
from shadowlog.domain.sentences import clock_time, state_words, what, who
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

    @property
    def lacks(self) -> tuple[str, ...]:
        """What is missing: "who?", "what?", both or neither."""
        each = self.episode
        if each is None or each.complete:
            return ()
        return (*(() if each.parties else ("who?",)), *(() if each.what is not None or each.closed else ("what?",)))

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


def named(book: Codebook, item: Item) -> tuple[str, str]:
    """Give who and what of an item as words."""
    if item.episode is not None:
        return who(book, item.episode.parties), what(book, item.episode)
    if item.contact is not None:
        return book.label(ROLE, item.contact.role), "contact"
    if item.state is not None:
        return "", state_words(item.state)
    return "", "note on the day"


VIEWS: Mapping[str, str] = {"agree": "agrees", "amend": "amends", "dispute": "disputes", "strike": "strikes out"}


def marks(item: Item, zone: str) -> tuple[str, ...]:
    """Give what there is to know of an item beside its fields, in a word or two each; times are local."""
    each = item.episode
    if each is None:
        return _note_marks(item)
    return (
        *item.lacks,
        *(("unsure",) if each.unsure else ()),
        *(("suspended",) if item.suspended else ()),
        *((f"late {clock_time(each.entered, zone)[:5]}",) if each.entered is not None else ()),
        *(("amended",) if each.amended else ()),
        *((f"head {VIEWS[each.verification]}",) if each.verification is not None else ()),
        *(("beside",) if each.concurrent else ()),
        *(("interrupts",) if each.interrupts is not None else ()),
        *((f"{len(item.spells)} spells",) if len(item.spells) > 1 else ()),
        *(("end unknown",) if not each.duration_known else ()),
        *_note_marks(item),
    )


def _note_marks(item: Item) -> tuple[str, ...]:
    plain = len(item.notes) - item.stars
    return (*(("★",) if item.stars else ()), *((f"{plain} note{'' if plain == 1 else 's'}",) if plain else ()))


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
