"""What the review screen asks before it puts something right, one question after the other. Knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from shadowlog.domain.codebook import PLACE, ROLE, Code, Codebook
from shadowlog.domain.terms import Party
from shadowlog.errors import Refused

NONE_KEYS = "-0_=~.;:+"
"""For what takes a code away: the first of these signs that begins no key of a code."""
SPARE_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen: the key that chooses it, its words, and what is answered."""

    key: str
    label: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several. `at` is where the cursor begins."""

    title: str
    options: tuple[Option, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Typed:
    """A line to type; `parse` gives the answer or refuses, saying why. `text` stands there at first."""

    prompt: str
    parse: Callable[[str], Any]
    longest: int = 8
    text: str = ""
    hint: str = "Enter takes it · Esc leaves everything as it is"
    free: bool = False
    """Whether anything may be typed, so that names must be looked for."""
    live: Callable[[str], str] | None = None
    """What is said of the text while it is typed."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is there: parties put together with the keys of the recording."""

    title: str
    parties: tuple[Party, ...]


Ask = Choice | Typed | People
Flow = Generator[Ask, Any, None]
"""Questions in turn; each is sent its answer. A Refused that leaves it ends it, and nothing was changed."""


def reason(last: str) -> Typed:
    """Ask for the reason; an empty line takes the last one again."""

    def parse(text: str) -> str:
        given = text.strip() or last
        if not given:
            raise Refused("A reason is needed.", "In a few words: what was wrong, or how you know.")
        return given

    offer = f"Enter alone: “{last}”" if last else "Why: what was wrong, or how you know. No names."
    return Typed("reason", parse, LONGEST_REASON, hint=offer, free=True)


def options_of(codes: Sequence[Code], now: str | None, *, none: str = "") -> Choice:
    """Offer codes by the keys that the codebook gives them, or by the next free one; `none` takes the code away."""
    taken = {code.key for code in codes if code.key}
    leaders = {key[0] for key in taken}
    spare = iter(key for key in SPARE_KEYS if key not in taken and key not in leaders)
    found = [Option(code.key or next(spare, ""), code.label, code.id) for code in codes]
    if none:
        found.append(Option(next((sign for sign in NONE_KEYS if sign not in leaders), ""), none))
    at = next((n for n, option in enumerate(found) if now is not None and option.value == now), 0)
    return Choice("", tuple(found), at)


def key_of(options: Sequence[Option], pressed: str) -> tuple[int | None, bool]:
    """Give which option the characters pressed so far choose, and whether another character could still."""
    found = next((n for n, option in enumerate(options) if option.key == pressed), None)
    return found, any(option.key.startswith(pressed) and option.key != pressed for option in options)


@dataclass
class PeopleEditor:
    """Parties being put together: a role adds, G how many, K who, Backspace takes the last one off."""

    book: Codebook
    parties: tuple[Party, ...] = ()
    pending: str = ""
    """G or K while a number is typed for it."""
    digits: str = ""
    message: str = field(default="", init=False)

    def add(self, role: str) -> None:
        """One more of a role; alone is with nobody."""
        self.settle()
        self.message = ""
        group = self.book.is_flagged(ROLE, role, "group")
        new = Party(role, None if group else 1)
        alone = self.book.is_flagged(ROLE, role, "alone")
        others = tuple(p for p in self.parties if not self.book.is_flagged(ROLE, p.role, "alone"))
        last = self.parties[-1] if self.parties else None
        if alone:
            self.parties = (new,)
        elif last is not None and last.role == role and last.person is None and (group or last.count is not None):
            # A group is named once; how many were stated for it stays.
            self._last(last.person, last.count if group else (last.count or 0) + 1)
        else:
            self.parties = (*others, new)

    def back(self) -> None:
        """Take back the last digit, the prefix, or the last party."""
        self.message = ""
        if self.digits:
            self.digits = self.digits[:-1]
        elif self.pending:
            self.pending = ""
        else:
            self.parties = self.parties[:-1]

    def prefix(self, key: str) -> None:
        """G or K: a number for the last party follows."""
        self.settle()
        self.message = ""
        last = self.parties[-1] if self.parties else None
        if last is None:
            self.message = "Name somebody first"
        elif key == "G" and self.book.is_flagged(ROLE, last.role, "alone"):
            self.message = f"{self.book.label(ROLE, last.role)}: nobody to count"
        elif key == "K" and not self._letters(last):
            self.message = f"{self.book.label(ROLE, last.role)}: no person codes, counts only"
        else:
            self.pending = key

    def digit(self, key: str) -> None:
        """One digit of the number."""
        self.digits = (self.digits + key)[: 4 if self.pending == "G" else 3]

    def settle(self) -> None:
        """What was typed for the last party holds; no number, or 0, is unknown."""
        pending, number = self.pending, int(self.digits or "0")
        self.pending = self.digits = ""
        last = self.parties[-1] if self.parties else None
        if pending == "G" and last is not None:
            self._last(last.person, number or None)
        elif pending == "K" and last is not None:
            self._last(f"{self._letters(last)}{number}" if number else None, last.count)

    def _letters(self, party: Party) -> str:
        known = self.book.has(ROLE, party.role) and not self.book.is_flagged(ROLE, party.role, "no_person_code")
        return self.book.code(ROLE, party.role).person if known else ""

    def _last(self, person: str | None, count: int | None) -> None:
        last = self.parties[-1]
        self.parties = (*self.parties[:-1], Party(last.role, count, person, last.joined, last.left))

    def words(self) -> str:
        """Who is there so far."""
        parts = []
        for party in self.parties:
            number = "" if party.count == 1 else f" ×{party.count}" if party.count else " ×?"
            person = f" {party.person}" if party.person else ""
            parts.append(f"{self.book.label(ROLE, party.role)}{number}{person}")
        waiting = f"  {'how many' if self.pending == 'G' else 'person'}: {self.digits}_" if self.pending else ""
        return (" + ".join(parts) or "nobody named") + waiting


def fields(book: Codebook, *, closed: bool) -> tuple[Option, ...]:
    """What of an episode can be amended: who, every dimension of the codebook, the room; behind a closed door who."""
    found = [Option("w", "who", ROLE)]
    if closed:
        return tuple(found)
    free = list("bcefghjklnoqsuvxyz")
    chosen = {"activity": "t", PLACE: "p", "mode": "m", "initiator": "i", "medium": "d"}
    for dimension in book.dimensions:
        if dimension.id == ROLE or not dimension.codes:
            continue
        key = chosen.get(dimension.id) or (free.pop(0) if free else "")
        found.append(Option(key, dimension.label.lower(), dimension.id))
    return (*found, Option("r", "room", "room"))
