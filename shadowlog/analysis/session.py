"""What was said of each day with its head, set beside what was observed on that day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from shadowlog.analysis.estimate import valued
from shadowlog.analysis.results import Summary
from shadowlog.analysis.spoken import Answered, Context, Guessed, Rated, Session, Signed, Tagged, Valued, Word
from shadowlog.domain import feedback as f
from shadowlog.domain.commands import Command, Verify
from shadowlog.domain.feedback_rules import stage_of_record
from shadowlog.domain.study import LAYERS
from shadowlog.domain.terms import Record, Standing, Verification

C = TypeVar("C", bound=Command)

OBSERVED: dict[str, Callable[[Summary], float]] = {
    "interactions": lambda seen: seen.interactions.count,
    "interruptions": lambda seen: seen.interruptions.count,
    "alone": lambda seen: seen.alone.minutes,
    "classrooms": lambda seen: seen.presence.visits,
}
"""What was observed of each number that is guessed."""


def compared(record: Record) -> bool:
    """Whether something was guessed of a day, so that its own numbers are needed."""
    return any(isinstance(said, f.Estimate | f.Guess) for said in record.feedback)


def session(record: Record, seen: Summary | None) -> Session:
    """What was said of a day; `seen` is the summary of that day alone, needed only where it is `compared`."""
    day = _Said(record)
    releases = list(day.all(f.Release))
    phase = next(day.all(f.Phase), None)
    places = {said.seen: said.value for said in day.all(f.Place)}
    # Words to what was changed since are not of what is listed.
    standing_views = {episode.id: episode.verification for episode in record.episodes}
    views = [episode.verification for episode in record.episodes]
    spoken = sum(view is not None for view in views)
    standing = record.standing or Standing(stage_of_record(record).value, spoken, len(views))
    return Session(
        observation=record.observation.id,
        stage=standing.stage,
        spoken=standing.spoken,
        episodes=standing.episodes,
        given=next((day.signed(said, "handover", "given to the head") for said in day.all(f.HandOver)), None),
        released=tuple(day.signed(said, layer, LAYERS.get(layer, layer)) for said in releases for layer in said.layers),
        withdrawn=next((day.signed(said, "withdrawn", "taken back") for said in releases if not said.layers), None),
        valued=tuple(_valued(said, seen) for said in day.all(f.Estimate)) if seen else (),
        guessed=tuple(
            Guessed(said.of, f.GUESSES[said.of], said.number, float(OBSERVED[said.of](seen)))
            for said in day.all(f.Guess)
        )
        if seen
        else (),
        typical=tuple(
            Rated(said.author, said.author == record.observation.head, said.rating, said.unusual)
            for said in day.all(f.Typical)
        ),
        place_before=places.get(False),
        place_after=places.get(True),
        answers=tuple(
            Answered(said.prompt, said.text, said.author, said.said.wall, day.date(said)) for said in day.all(f.Answer)
        ),
        tags=tuple(
            Tagged(said.note, said.way, said.evidence, said.author) for said in day.all(f.Tag) if said.way is not None
        ),
        phase=phase.phase if phase else None,
        phase_why=phase.why if phase else "",
        contexts=tuple(Context(said.of, f.FACTORS[said.of], said.text, said.author) for said in day.all(f.Factor)),
        signed=tuple(day.signed(said, said.section, f.SECTIONS[said.section]) for said in day.all(f.SignOff)),
        words=tuple(
            Word(said.episode, said.view.value, said.comment, said.author, said.said.wall, day.date(said))
            for said in day.all(Verify)
            if said.view is not None and standing_views.get(said.episode) is said.view
        ),
        last=next((day.signed(said, "word", "the newest word") for said in reversed([*day.all(Verify)])), None),
        struck=record.standing.struck
        if record.standing
        else sum(said.view is Verification.STRIKE for said in day.all(Verify)),
    )


class _Said:
    """The words of one day."""

    def __init__(self, record: Record) -> None:
        self.words = record.feedback
        self.zone = ZoneInfo(record.observation.zone)

    def all(self, kind: type[C]) -> Iterator[C]:
        """Those of one kind, the earliest first."""
        return (said for said in self.words if isinstance(said, kind))

    def date(self, said: Command) -> str:
        """The local date on which it was said."""
        return datetime.fromtimestamp(said.said.wall / 1000, UTC).astimezone(self.zone).date().isoformat()

    def signed(self, said: Command, what: str, label: str) -> Signed:
        """Who did it, and when."""
        return Signed(what, label, said.author, said.said.wall, self.date(said))


def _valued(said: f.Estimate, seen: Summary) -> Valued:
    table = seen.by(said.of)
    known = {row.code for row in table.rows}
    shares = {code: share for code, share in said.shares.items() if code in known}
    weights = {code: float(weight) for code, weight in said.importance.items() if code in known}
    rows = valued(table, shares, weights)
    return Valued(said.of, table.label, tuple(r for r in rows if r.estimate is not None or r.importance is not None))
