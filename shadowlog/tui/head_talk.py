"""What is asked on the screen With the head, and what is then said of the day: by the head, or by the observer beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.day import Day
from shadowlog.domain.feedback_rules import estimated
from shadowlog.domain.review import Item
from shadowlog.domain.study import LAYERS
from shadowlog.domain.text import clean
from shadowlog.errors import Refused
from shadowlog.tui.correcting import Corrector
from shadowlog.tui.review_asks import Choice, Flow, Option, Typed

YES_NO = (Option("n", "no", False), Option("y", "yes", True))

T = TypeVar("T", bound=c.Command)


@dataclass
class Talk:
    """A sitting with the head: who says things, the row under the cursor, what may be released, and how to move on."""

    hand: Corrector
    item: Item | None = None
    layers: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    """The episodes that were agreed to at one stroke last."""
    open_rows: tuple[str, ...] = ()
    """The ids of the episodes without a word of the head."""
    onward: Callable[[], None] = field(default=lambda: None)
    """Put the cursor on what comes next."""
    told: Callable[[str], None] = field(default=lambda _: None)
    """Say something quietly."""

    @property
    def day(self) -> Day:
        """The day as it stands in memory."""
        return self.hand.day

    @property
    def head(self) -> str:
        """The head's code."""
        return self.day.observation.head

    def said(self, kind: type[T], question: str = "") -> T | None:
        """What was last said to a question, by the name of its kind where it needs no more."""
        found = self.day.feedback.get(question or kind.__name__)
        return found if isinstance(found, kind) else None

    def with_head(self) -> None:
        """Refused while the day was not given to the head."""
        if self.said(f.HandOver) is None:
            raise Refused("The day is not with the head yet.", "On the first page Enter gives it.")

    def may(self, kind: type[c.Command], **fields: Any) -> None:
        """Raise the Refused that the head's word would meet; nothing is said."""
        self.hand.check(kind, author=self.head, **fields)

    def heard_all(self, *told: tuple[type[c.Command], dict[str, Any]], sentence: str = "") -> bool:
        """Say several things that the head says as one act: all or none."""
        self.with_head()
        return self.hand.tell_all(
            *((kind, {"author": self.head, **fields}) for kind, fields in told), sentence=sentence
        )

    def heard(self, kind: type[c.Command], **fields: Any) -> bool:
        """Say what the head says."""
        self.with_head()
        return self.hand.tell(kind, **{"author": self.head, **fields})


def words_of(prompt: str, hint: str, text: str = "", *, needed: str = "") -> Typed:
    """Ask for words; `needed` says what is missing where nothing was typed."""

    def parse(typed: str) -> str:
        given = clean(typed).strip()
        if needed and not given:
            raise Refused(needed, "Esc leaves.")
        return given

    return Typed(prompt, parse, LONGEST_TEXT, text, f"{hint} No names.", free=True)


def whole(text: str, most: int, what: str, least: int = 0) -> int:
    """A typed whole number; Refused, naming what it is, where it is none."""
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        raise Refused(f"{what} is a whole number from {least} to {most}.")
    return int(text)


# Before the day is seen


def hand_over(talk: Talk) -> Flow:
    """The observer gives the day to the head."""
    if talk.hand.tell(f.HandOver):
        talk.onward()
    yield from ()


def place(talk: Talk, *, seen: bool) -> Flow:
    """Where the head puts the school on the continuum."""
    talk.with_head()
    talk.may(f.Place, value=0, seen=seen)
    now = talk.said(f.Place, f"Place {'after' if seen else 'before'}")
    given = yield Typed(
        f"place on the continuum, 0 to {f.CONTINUUM}",
        lambda text: whole(text, f.CONTINUUM, "A place on the continuum"),
        3,
        "" if now is None else str(now.value),
        f"0: one person decides everything · {f.CONTINUUM}: nobody decides · Esc leaves it",
    )
    if talk.heard(f.Place, value=given, seen=seen):
        talk.onward()


def estimate(talk: Talk, heading: str) -> Flow:
    """Share and importance of a heading, each kept as it is typed, and then of those below it."""
    talk.with_head()
    of = estimated(talk.day.observation.codebook)
    known = talk.day.observation.codebook.headings(of) or ()
    first = next(n for n, (id_, _) in enumerate(known) if id_ == heading)
    for id_, label in known[first:]:
        talk.may(f.Estimate, of=of, shares={id_: 0.0})
        shares, importance = estimates(talk.day, of)
        percent = yield _share(label, id_, shares)
        if percent is not None and not talk.heard(
            f.Estimate, of=of, shares={**shares, id_: percent / 100}, importance=importance
        ):
            return
        shares, importance = estimates(talk.day, of)
        weight = yield _importance(label, importance.get(id_))
        if weight is not None and not talk.heard(
            f.Estimate, of=of, shares=shares, importance={**importance, id_: weight}
        ):
            return
        talk.onward()
    talk.told("That was the last heading.")


def estimates(day: Day, of: str) -> tuple[Mapping[str, float], Mapping[str, int]]:
    """The shares and importances given so far."""
    said = day.feedback.get(f"Estimate {of}")
    return (said.shares, said.importance) if isinstance(said, f.Estimate) else ({}, {})


def _share(label: str, heading: str, shares: Mapping[str, float]) -> Typed:
    others = round(sum(share for id_, share in shares.items() if id_ != heading) * 100)

    def parse(text: str) -> int | None:
        if not text.strip():
            return None
        percent = whole(text, 100, "A share")
        if others + percent > 100:
            left = max(0, 100 - others)
            raise Refused(f"Together that is {others + percent} %, more than the day.", f"{left} % is left for this.")
        return percent

    def live(text: str) -> str:
        percent = int(text) if text.isdecimal() else 0
        total = others + percent
        return f"together {total} %" + (f": {total - 100} % more than the day" if total > 100 else "")

    now = shares.get(heading)
    hint = f"together {others + round((now or 0) * 100)} % so far · Enter alone leaves it as it is · Esc ends"
    return Typed(f"{label}: % of the day", parse, 3, "" if now is None else f"{now * 100:.0f}", hint, live=live)


def _importance(label: str, now: int | None) -> Typed:
    def parse(text: str) -> int | None:
        return whole(text, f.IMPORTANCE, "An importance", 1) if text.strip() else None

    hint = f"1 none, {f.IMPORTANCE} very great · Enter alone leaves it as it is · Esc ends"
    return Typed(f"{label}: how important, 1 to {f.IMPORTANCE}", parse, 1, "" if now is None else str(now), hint)


def guess(talk: Talk, of: str) -> Flow:
    """A single number, and then those below it."""
    talk.with_head()
    names = list(f.GUESSES)
    for each in names[names.index(of) :]:
        talk.may(f.Guess, of=each, number=0)
        now = talk.said(f.Guess, f"Guess {each}")
        number = yield Typed(
            f.QUESTIONS[each],
            lambda text: whole(text, f.MOST_GUESSED, "A guess") if text.strip() else None,
            4,
            "" if now is None else f"{now.number:g}",
            "Enter alone leaves it as it is · Esc ends",
        )
        if number is not None and not talk.heard(f.Guess, of=each, number=float(number)):
            return
        talk.onward()
    talk.told("That was the last number; → is the next page.")


def reveal(talk: Talk, of: str) -> Flow:
    """The observer shows the head what was seen."""
    talk.with_head()
    talk.hand.tell(f.Reveal, of=of)
    yield from ()


# After it


def answer(talk: Talk, prompt: str) -> Flow:
    """What the head answers to a prompt."""
    talk.with_head()
    now = talk.said(f.Answer, f"Answer {prompt}")
    text = yield words_of("answer", "Enter keeps it.", now.text if now else "", needed="Nothing typed.")
    talk.heard(f.Answer, prompt=prompt, text=text)


def typical(talk: Talk, author: str) -> Flow:
    """How typical the head, or the observer, found the day, and what was unusual."""
    talk.with_head()
    now = talk.said(f.Typical, f"Typical {author}")
    ends = {1: "not at all", f.TYPICAL: "as any other"}
    options = tuple(Option(str(n), f"{n}  {ends.get(n, '')}".rstrip(), n) for n in range(1, f.TYPICAL + 1))
    rating = yield Choice(f"{author}: how typical was this day?", options, (now.rating if now else 3) - 1)
    hint = "What was unusual? Enter alone: nothing."
    unusual = yield words_of("unusual", hint, now.unusual if now else "")
    if talk.heard(f.Typical, author=author, rating=rating, unusual=unusual):
        talk.onward()


def sign_off(talk: Talk, section: str) -> Flow:
    """The head has been through a section."""
    if talk.heard(f.SignOff, section=section):
        talk.onward()
    yield from ()


def release(talk: Talk, layer: str) -> Flow:
    """The head lets the day be used for something, or takes that leave back."""
    talk.with_head()
    now = released(talk.day)
    ask = f"take back: {LAYERS[layer]}?" if layer in now else f"may this day be used: {LAYERS[layer]}?"
    if not (yield Choice(ask, YES_NO)):
        raise Refused("It stays as it was.")
    # What was released before and is no longer agreed to is not released once more.
    kept = {each for each in now if each in talk.layers}
    layers = tuple(each for each in LAYERS if (each in kept) != (each == layer))
    if talk.heard(f.Release, layers=layers):
        talk.onward()


def released(day: Day) -> tuple[str, ...]:
    """The layers that the day is released for."""
    said = day.feedback.get("Release")
    return said.layers if isinstance(said, f.Release) else ()
