"""What is said of a day with the head, or to it, once it has ended. It stands beside the record and changes none of it.

Everything is a command with its author. What answers the same question again takes the earlier answer's place; both stay in
the journal. What the head says of single episodes is `commands.Verify`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from shadowlog.domain.commands import CONTENT, Command

IMPORTANCE = 5
"""The importance of a heading is 1 (none) to 5 (very great)."""
TYPICAL = 5
"""How typical a day was is 1 (not at all) to 5 (as any other)."""
CONTINUUM = 100
"""The continuum runs from 0 (one person decides everything) to 100 (nobody decides). After Hargreaves and Fink."""
WAYS: Mapping[str, str] = {
    "formally": "by role or appointment",
    "pragmatically": "because need called for it",
    "strategically": "planned, with an eye to what comes after",
    "incrementally": "step by step, as people showed they could",
    "opportunistically": "somebody able took it up",
    "culturally": "it is simply how things are done here",
}
"""The six ways of distributing leadership (MacBeath, Oduro and Waterhouse); they tag incidents and are never counted up."""
PHASES: Mapping[str, str] = {
    "cautious": "stepping out with care: responsibility is handed to few, and watched",
    "widening": "more people, more of what matters, help at hand",
    "standing back": "others lead without being asked; the head keeps it going",
}
"""The three phases of distributing (MacBeath, Oduro and Waterhouse), in our own words."""
FACTORS: Mapping[str, str] = {"head": "the head's own", "school": "the school's", "external": "from outside"}
"""The three kinds of context that a day is read in."""
SECTIONS: Mapping[str, str] = {
    "estimate": "what was expected and valued",
    "breakdowns": "the day in breakdowns",
    "timeline": "the day, row by row",
    "incidents": "incidents and their wording",
}
"""The parts of a feedback session that a head signs off, one by one."""
WHOLE_SECTIONS = frozenset({"timeline", "incidents"})
"""Those that the head can have been through only where the whole day was shown."""
GUESSES: Mapping[str, str] = {
    "interactions": "interactions",
    "interruptions": "interruptions",
    "alone": "minutes alone",
    "classrooms": "classroom visits",
}
"""Single numbers that a head guesses before they are shown."""
QUESTIONS: Mapping[str, str] = {
    "interactions": "How many times was somebody else with you?",
    "interruptions": "How often did something break off what you were doing?",
    "alone": "For how many minutes were you alone?",
    "classrooms": "How many visits to classrooms were there?",
}
"""What the head is asked for each of them, on the screen as at home."""
MOST_GUESSED = 9_999
AS_SAID = "as the head said"
"""The reason of an amendment for which the head gave no words."""
WHOLE = "day"
"""What `Reveal` calls the whole day: the picture of it, its rows, and all that follows from them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback(Command):
    """Something said of a day that has ended, with or by the head."""

    UNDOABLE: ClassVar[bool] = False
    LIVE: ClassVar[bool] = False
    ONE_FOR: ClassVar[str] = ""
    """The field by which one question of a kind is told from another, if there are several."""

    @property
    def question(self) -> str:
        """What it answers: a later command with the same question takes its place."""
        return f"{type(self).__name__} {getattr(self, self.ONE_FOR)}" if self.ONE_FOR else type(self).__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Feedback):
    """The observer gives the day to the head: from now on it is with the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Feedback):
    """What share (0 to 1) of the day the head thinks a heading took, and how important it is (1 to 5).

    `of` is a dimension's id, or that of one of its roll-ups. Refused once the head has seen that, or the whole day.
    """

    ONE_FOR: ClassVar[str] = "of"
    of: str
    shares: Mapping[str, float] = field(default_factory=dict)
    importance: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess(Feedback):
    """What the head thinks a single number of the day is, one of `GUESSES`. Refused once it, or the whole day, was seen."""

    ONE_FOR: ClassVar[str] = "of"
    of: str
    number: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveal(Feedback):
    """The head has been shown this: a dimension, a roll-up, one of `GUESSES`, or the `WHOLE` day."""

    ONE_FOR: ClassVar[str] = "of"
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical(Feedback):
    """How typical the author found the day, 1 to 5, and what was unusual."""

    ONE_FOR: ClassVar[str] = "author"
    rating: int
    unusual: str = field(default="", metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Feedback):
    """Where the head puts the school on the continuum, 0 to 100, before the day was seen or after.

    Before is refused once anything of the day was shown.
    """

    value: int
    seen: bool

    @property
    def question(self) -> str:
        """Once before, once after."""
        return f"Place {'after' if self.seen else 'before'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Feedback):
    """What was answered to one of the prompts of the interview."""

    ONE_FOR: ClassVar[str] = "prompt"
    prompt: str
    text: str = field(metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Feedback):
    """By which of the six ways leadership was distributed in an incident, with the evidence; None takes the tag away."""

    ONE_FOR: ClassVar[str] = "note"
    note: str
    way: str | None
    evidence: str = field(default="", metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Feedback):
    """In which of the three phases the school is seen to be, and why."""

    phase: str
    why: str = field(default="", metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor(Feedback):
    """A note on the context of the day: the head's, the school's, or from outside."""

    ONE_FOR: ClassVar[str] = "of"
    of: str
    text: str = field(metadata=CONTENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff(Feedback):
    """The head has been through a section of the session."""

    ONE_FOR: ClassVar[str] = "section"
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Feedback):
    """What the head agrees this day may be used for, by layer of the consent; none takes the leave back."""

    layers: tuple[str, ...] = ()


FEEDBACK_KINDS: Mapping[str, type[Feedback]] = {
    kind.__name__: kind
    for kind in (HandOver, Estimate, Guess, Reveal, Typical, Place, Answer, Tag, Phase, Factor, SignOff, Release)
}
"""Every kind of feedback by its name, as it stands in a journal."""
