"""The shapes of the breakdowns of pattern: stretches, switching, what followed what, entropy, reach, concentration, lenses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shadowlog.analysis.tables import Row


class Order(StrEnum):
    """In which order episodes follow one another: as the clock had their spells, or each once by its first start."""

    SPELLS = "spells"
    EPISODES = "episodes"


@dataclass(frozen=True, slots=True)
class StretchLimit:
    """Uninterrupted stretches of at least so many minutes."""

    limit_minutes: int
    count: int
    minutes: float
    time_share: float | None
    """Of the window."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of one foreground episode without a switch; what is of unknown duration is in none."""

    count: int
    longest_minutes: float | None
    limits: tuple[StretchLimit, ...]


@dataclass(frozen=True, slots=True)
class Switching:
    """Moves from one episode straight to another, and those of them that change the activity."""

    moves: int
    changes: int
    """Both activities coded, and not the same one."""
    unnamed: int
    """Moves from or to an episode without an activity: in no count of changes."""
    moves_per_hour: float | None
    changes_per_hour: float | None


@dataclass(frozen=True, slots=True)
class Move:
    """One cell of what followed what."""

    before: str
    after: str
    count: int
    share: float
    """Of the moves from `before`."""
    expected: float
    residual: float | None

    @property
    def telling(self) -> bool:
        """Whether it came clearly more often or less than expected: residual beyond 2, and 5 or more moves expected.

        A hint and no test: a table has many cells. With fewer expected the residual is no longer about normal (Cochran 1954; Bakeman and Quera 2011).
        """
        return self.residual is not None and abs(self.residual) > 2 and self.expected >= 5


@dataclass(frozen=True, slots=True)
class Transitions:
    """What followed what: k x k over the codes that occur, lines are what came before, columns what came after."""

    dimension: str
    label: str
    order: Order
    across: bool
    """Whether moves over gaps, off the record and time not observed are in it."""
    total: int
    unnamed: int
    """Moves from or to an episode without a code: in no cell."""
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float | None, ...], ...]
    """Of the moves from the line's code; None in a line without any."""
    expected: tuple[tuple[float, ...], ...]
    """If what comes after did not depend on what came before."""
    residuals: tuple[tuple[float | None, ...], ...]
    """Adjusted residuals; None where the expected number leaves no room for any other."""
    g2: float | None
    """Likelihood ratio of the whole table, (k - 1) squared degrees of freedom; None without moves."""

    @property
    def moves(self) -> tuple[Move, ...]:
        """The cells that hold a move, the most frequent first."""
        found = [
            Move(self.labels[i], self.labels[j], n, n / sum(line), self.expected[i][j], self.residuals[i][j])
            for i, line in enumerate(self.counts)
            for j, n in enumerate(line)
            if n
        ]
        return tuple(sorted(found, key=lambda move: -move.count))


@dataclass(frozen=True, slots=True)
class Entropy:
    """How evenly time, events or moves are spread over the codes of a dimension: 0 for all in one, H = ln k for even."""

    dimension: str
    label: str
    of: str
    """events, time or transitions."""
    k: int
    """The codes there are to spread over; for transitions all pairs of them."""
    entropy: float | None
    """H = -sum p ln p over what is coded; None where nothing is."""
    evenness: float | None
    """H / ln k; None where k is below 2."""


@dataclass(frozen=True, slots=True)
class Reach:
    """With how many different roles and people the head interacted."""

    roles: int
    persons: int | None
    """Distinct person codes; None where nobody was named. A lower bound unless `complete`."""
    complete: bool
    """Whether every party of every interaction is one person with a code."""
    named_share: float | None
    """Of the parties of the interactions, those with a person code."""
    new_per_hour: float | None
    """Persons met for the first time in these observations, per hour of the window."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the events or of the time is in few hands."""

    dimension: str
    """role, or person."""
    label: str
    of: str
    """events or time."""
    k: int
    """Roles of the scheme but being alone; persons named."""
    hhi: float | None
    blau: float | None
    blau_normalised: float | None
    gini: float | None
    """Over persons; None for roles."""
    largest_share: float | None
    largest: str | None
    """The label of the role that has it; None where several have as much, and for persons, whose codes stay out."""


@dataclass(frozen=True, slots=True)
class LensRow:
    """One code of a lens: its row among all episodes, and its shares among those that the lens was laid on."""

    row: Row
    coded_count_share: float | None
    coded_time_share: float | None


@dataclass(frozen=True, slots=True)
class Lens:
    """A dimension coded for some episodes only, alone and by role."""

    dimension: str
    label: str
    coded: int
    """Episodes with a code of it."""
    coded_minutes: float
    rows: tuple[LensRow, ...]
    roles: tuple[str | None, ...]
    """The roles that occur with it; None, last, where nobody was named."""
    role_labels: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]
    """Episodes: a line for each row, a column for each role, by the who rule."""
    minutes: tuple[tuple[float, ...], ...]
    """Net minutes in the same order."""


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One code at the marks, beside its continuous share."""

    code: str | None
    label: str
    marks: int
    mark_share: float | None
    time_share: float | None
    difference: float | None
    """Mark share less time share."""


@dataclass(frozen=True, slots=True)
class IntervalView:
    """The state at each mark of the clock, and what a study that sampled would have made of it."""

    dimension: str
    interval_minutes: float
    marks: int
    rows: tuple[IntervalRow, ...]


@dataclass(frozen=True, slots=True)
class SequenceFigures:
    """The state sequence of one observation, one state a step: its length and longitudinal entropy."""

    observation: str
    step_minutes: float
    states: int
    """Steps with a coded state."""
    blank: int
    """Steps of the window without one."""
    entropy: float | None
    evenness: float | None


@dataclass(frozen=True, slots=True)
class ValuedRow:
    """One heading: the head's guess and importance beside what was observed; shares of 0 to 1."""

    code: str | None
    label: str
    estimate: float | None
    observed: float | None
    importance: float | None
    """As the head gave it."""
    valued: float | None
    """The importance as a share of all importances given."""
    estimate_gap: float | None
    """Estimate less observed."""
    value_gap: float | None
    """Observed less valued: above 0 the heading takes more than it is held to be worth."""
