"""What was said of a day with its head, as plain frozen words beside the numbers.

`date` is the local date on which something was said, ISO 8601; `at` the same as ms since the epoch (UTC).
"""

from __future__ import annotations

from dataclasses import dataclass

from shadowlog.analysis.patterns import ValuedRow


@dataclass(frozen=True, slots=True)
class Valued:
    """The head's estimates and importances by the headings of one dimension or roll-up, beside what was observed."""

    of: str
    """The id of the dimension or roll-up."""
    label: str
    rows: tuple[ValuedRow, ...]


@dataclass(frozen=True, slots=True)
class Guessed:
    """One number that was guessed before it was seen."""

    of: str
    label: str
    guess: float
    observed: float


@dataclass(frozen=True, slots=True)
class Rated:
    """How typical somebody found the day, 1 to 5."""

    author: str
    by_head: bool
    rating: int
    unusual: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a prompt."""

    prompt: str
    text: str
    author: str
    at: int
    date: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """By which way leadership was distributed in an incident, and what shows it."""

    note: str
    way: str
    evidence: str
    author: str


@dataclass(frozen=True, slots=True)
class Context:
    """A note on the context of the day."""

    of: str
    label: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A section of the session that the head has been through, or one act of giving: who and when."""

    what: str
    label: str
    author: str
    at: int
    date: str


@dataclass(frozen=True, slots=True)
class Word:
    """The head's word on one episode."""

    episode: str
    view: str
    comment: str
    author: str
    at: int
    date: str


@dataclass(frozen=True, slots=True)
class Session:
    """All that was said of one observation; the newest answer to each question."""

    observation: str
    stage: str
    """draft, with the head, verified, amended, disputed or released: of the whole day, whatever version this is of."""
    spoken: int
    """Episodes of the day that the head has said a word of."""
    episodes: int
    """All episodes of the day."""
    given: Signed | None
    """The hand-over to the head."""
    released: tuple[Signed, ...]
    """The layers released, each with who and when; empty where nothing is."""
    withdrawn: Signed | None
    """A release that was taken back."""
    valued: tuple[Valued, ...]
    guessed: tuple[Guessed, ...]
    typical: tuple[Rated, ...]
    place_before: int | None
    """On the continuum, 0 to 100, before the day was seen."""
    place_after: int | None
    answers: tuple[Answered, ...]
    tags: tuple[Tagged, ...]
    phase: str | None
    phase_why: str
    contexts: tuple[Context, ...]
    signed: tuple[Signed, ...]
    words: tuple[Word, ...]
    """What the head said of the episodes listed, as they are now."""
    last: Signed | None
    """The newest word on any episode, also on one that is struck out."""
    struck: int
    """Episodes that the head struck."""

    def word(self, episode: str) -> Word | None:
        """The head's word on an episode, None if nothing was said."""
        return next((each for each in self.words if each.episode == episode), None)

    def tag(self, note: str) -> Tagged | None:
        """The tag of an incident."""
        return next((each for each in self.tags if each.note == note), None)
