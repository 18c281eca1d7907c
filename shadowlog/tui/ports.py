"""What the screens are handed: a desk that keeps days, and the words for what lies on it. No store, no screen here."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shadowlog.domain.codebook import Codebook
    from shadowlog.domain.commands import Command
    from shadowlog.domain.day import Changes, Day
    from shadowlog.domain.diary import Planned
    from shadowlog.domain.terms import Period


@dataclass(frozen=True, slots=True)
class Listed:
    """An observation as Home lists it. `state` is one of STATES, `begun` in ms since the epoch (UTC)."""

    id: str
    study: str
    head: str
    label: str
    """Which of the head's observations it is, as S2."""
    observer: str
    state: str
    zone: str = "UTC"
    begun: int | None = None
    ended: int | None = None
    episodes: int | None = None
    date: str = ""
    """The day it is planned for, as 2026-11-24."""


STATES = ("planned", "recording", "draft", "with the head", "verified", "amended", "disputed", "released")
"""Planned, recording, and from the end of the day on how far it has come with its head."""


@dataclass(frozen=True, slots=True)
class Consent:
    """How the head agreed beforehand: the day (ISO date), the version of the wording, how it was given, to what."""

    date: str
    wording: str
    given: str
    layers: tuple[str, ...] = ()
    """Names of study.LAYERS."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A new observation as it is asked for. `codebook` is the id of a codebook the desk offers; dates are ISO dates."""

    study: str
    retention: str
    """When a new study's records are due for erasure."""
    date: str
    head: str
    observer: str
    codebook: str
    consent: Consent
    periods: tuple[Period, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-typed note: the episode and the instant (ms) of its N, and what stands there so far."""

    at: int
    episode: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A codebook that lies on the desk, in one version. `choice` is what a plan calls it; "" where it cannot be chosen."""

    codebook: Codebook
    choice: str
    shipped: bool
    file: str
    """The name of the user's own file that holds it, if one does."""
    studies: tuple[str, ...]
    """Names of the studies that have adopted it."""
    used: int
    """How many observations are planned or recorded with it; with one it is frozen."""
    edit: int
    """The version that an edit makes; its own where it is edited in place."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every codebook on the desk, the default first, newer versions before older; and what is wrong with own files."""

    schemes: tuple[Scheme, ...]
    folder: str
    troubles: tuple[str, ...] = ()


class DayDesk(Protocol):
    """What recording and reviewing one day ask of a desk, and all that they ask. Every call returns at once."""

    def load(self, observation: str) -> Future[Day]:
        """The day of an observation, folded from its journal."""
        ...

    def save(self, observation: str, told: Sequence[tuple[Command, Changes]]) -> Future[None]:
        """Append an act to the journal, whole; done after the commit, an exception if nothing was written."""
        ...

    def diary(self, observation: str) -> Future[tuple[Planned, ...]]:
        """What the head has planned for the day of an observation."""
        ...

    def keep_diary(self, observation: str, events: tuple[Planned, ...]) -> Future[None]:
        """Keep what the head has planned, as a whole."""
        ...

    def keep_draft(self, observation: str, draft: Draft) -> Future[None]:
        """Keep a half-typed note; there is one for each observation."""
        ...

    def draft(self, observation: str) -> Future[Draft | None]:
        """The half-typed note of an observation."""
        ...

    def drop_draft(self, observation: str) -> Future[None]:
        """Let go of the half-typed note."""
        ...


class Desk(DayDesk, Protocol):
    """Where days are kept. Every call returns at once; the future is done by the one writer thread."""

    @property
    def zone(self) -> str:
        """The zone's name of this computer, as Europe/London."""
        ...

    def open(self, *, writing: bool = True) -> Future[None]:
        """Open the database, or open it for looking only; called after the first paint. StoreError where it cannot be."""
        ...

    def doubts(self) -> Future[Sequence[str]]:
        """What speaks against recording where the database lies, as sentences."""
        ...

    def observations(self) -> Future[Sequence[Listed]]:
        """Every observation, the newest first."""
        ...

    def codebooks(self) -> Future[Sequence[tuple[str, str]]]:
        """The codebooks that can be chosen, as (id, name), the default first."""
        ...

    def shelf(self) -> Future[Shelf]:
        """Every codebook there is: shipped, the user's own, and those that studies have adopted."""
        ...

    def keep_codebook(self, codebook: Codebook, edited: Codebook | None) -> Future[Codebook]:
        """Keep what was made of a codebook (None: a new one) as the user's own; give it in the version that it has now."""
        ...

    def releasable(self, observation: str) -> Future[tuple[str, ...]]:
        """The layers that the head's consent record allows a day to be released for."""
        ...

    def plan(self, plan: Plan) -> Future[str]:
        """Make a new observation and give its id; BadInput or Refused for what cannot be."""
        ...

    def write_report(self, observation: str) -> Future[str]:
        """Write the report; give its path."""
        ...

    def summary_text(self, observation: str, width: int) -> Future[str]:
        """The summary as plain text in lines of so many columns."""
        ...

    def make_demo(self) -> Future[None]:
        """Make the demonstration study."""
        ...

    def close(self) -> None:
        """Finish what was handed in and let go of the database; blocks until done."""
        ...
