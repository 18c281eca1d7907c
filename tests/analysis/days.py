"""Days made by hand and days made at random, for the breakdowns' tests."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from shadowlog.domain.codebook import Code, Codebook, Dimension, RollUp
from shadowlog.domain.terms import (
    Contact,
    Episode,
    Note,
    Observation,
    Party,
    Period,
    Record,
    State,
    Stretch,
    Verification,
)

MINUTE = 60_000
EIGHT = 1_795_507_200_000
"""Tuesday 24 November 2026, 08:00 in London (UTC)."""


def code(id_: str, *flags: str, **rollups: str) -> Code:
    return Code(id_, id_.replace("_", " ").capitalize(), flags=frozenset(flags), rollups=rollups)


SCHEME = Codebook(
    "small",
    3,
    "A small scheme",
    (
        Dimension(
            "role",
            "Role",
            (
                code("leaders", groups="staff"),
                code("teachers", groups="staff"),
                code("pupils", "group", "pupils", groups="pupils"),
                code("parents", groups="outside"),
                code("alone", "alone"),
                code("shadower", "shadower"),
                code("unknown"),
            ),
        ),
        Dimension(
            "activity",
            "Activity",
            (
                code("teaching", kinds="instruction"),
                code("visiting", kinds="instruction"),
                code("paper", kinds="management"),
                code("money", kinds="management"),
                code("moving", "moving"),
            ),
        ),
        Dimension(
            "mode",
            "Mode",
            (code("scheduled", "scheduled"), code("unscheduled", "default"), code("interruption", "interruption")),
        ),
        Dimension("initiator", "Initiator", (code("head"), code("other"), code("mutual"), code("clock"))),
        Dimension("medium", "Medium", (code("face_to_face", "default"), code("phone"))),
        Dimension(
            "place",
            "Place",
            (
                code("own_office", "office"),
                code("classroom", "classroom"),
                code("corridor", "around"),
                code("playground", "around"),
                code("hall"),
                code("town", "offsite"),
            ),
        ),
        Dimension("observed", "Observed", (code("full"), code("partial"), code("closed"))),
    ),
    (
        RollUp("groups", "Groups", "role", (("staff", "Staff"), ("pupils", "Pupils"), ("outside", "From outside"))),
        RollUp("kinds", "Kinds", "activity", (("instruction", "Instruction"), ("management", "Management"))),
    ),
)

PERIODS = (Period("before school", 0, 520), Period("lesson 1", 520, 580), Period("break", 580, 600))


@dataclass
class Diary:
    """A day written down minute by minute: each call adds a piece of the track where the one before ended."""

    observation: str = "day"
    now: int = EIGHT
    track: list[Stretch] = field(default_factory=list)
    concurrent: list[Stretch] = field(default_factory=list)
    episodes: dict[str, Episode] = field(default_factory=dict)

    def stretch(self, minutes: float, state: State, episode: str | None = None) -> None:
        end = self.now + round(minutes * MINUTE)
        self.track.append(Stretch(f"s{len(self.track)}", self.now, end, state, episode))
        self.now = end

    def episode(self, id_: str, minutes: float, *roles: str, parties: Sequence[Party] = (), **codes: str) -> None:
        self.episodes[id_] = Episode(id_, tuple(parties) or tuple(Party(r) for r in roles), codes=codes)
        self.stretch(minutes, State.EPISODE, id_)

    def again(self, id_: str, minutes: float) -> None:
        self.stretch(minutes, State.EPISODE, id_)

    def beside(self, id_: str, start: float, minutes: float, *roles: str, **codes: str) -> None:
        """A concurrent episode from `start` minutes after eight."""
        self.episodes[id_] = Episode(id_, tuple(Party(r) for r in roles), codes=codes, concurrent=True)
        lo = EIGHT + round(start * MINUTE)
        self.concurrent.append(
            Stretch(f"c{len(self.concurrent)}", lo, lo + round(minutes * MINUTE), State.EPISODE, id_)
        )

    def mark(self, id_: str, **changes: object) -> None:
        self.episodes[id_] = replace(self.episodes[id_], **changes)  # type: ignore[arg-type]

    def record(
        self,
        scheme: Codebook = SCHEME,
        periods: tuple[Period, ...] = PERIODS,
        contacts: tuple[Contact, ...] = (),
        notes: tuple[Note, ...] = (),
        head: str = "H01",
        zone: str = "Europe/London",
    ) -> Record:
        about = Observation(self.observation, "S1", head, "ob1", zone, scheme, periods, "asked and given")
        start = self.track[0].start if self.track else EIGHT
        return Record(
            about,
            start,
            self.now,
            False,
            tuple(self.track),
            tuple(self.concurrent),
            tuple(self.episodes.values()),
            contacts,
            notes,
        )


def random_day(seed: int, episodes: int = 12, observation: str = "") -> Record:
    """A small day with everything in it that a record can hold."""
    dice = random.Random(seed)
    diary = Diary(observation or f"day {seed}", EIGHT + dice.randrange(0, 90 * MINUTE))
    while len(diary.episodes) < episodes:
        chance = dice.random()
        if chance < 0.15:
            diary.stretch(_minutes(dice), dice.choice([State.GAP, State.GAP, State.OFF, State.UNSEEN]))
            continue
        id_ = f"e{len(diary.episodes)}"
        _episode(diary, dice, id_)
        if dice.random() < 0.35:
            other = f"e{len(diary.episodes)}"
            _episode(diary, dice, other, interrupts=id_)
            if dice.random() < 0.5:
                diary.stretch(_minutes(dice), dice.choice([State.GAP, State.OFF]))
            if dice.random() < 0.7:
                diary.again(id_, _minutes(dice))
        if dice.random() < 0.2:
            _beside(diary, dice)
    contacts = tuple(
        Contact(f"c{n}", dice.randrange(EIGHT, diary.now + 1), dice.choice(["pupils", "parents", "shadower"]))
        for n in range(dice.randrange(5))
    )
    notes = (Note("n0", diary.now, "e0", "A remark", incident=True), Note("n1", diary.now, None, "Another"))
    periods = PERIODS if dice.random() < 0.7 else ()
    return diary.record(contacts=contacts, notes=notes, periods=periods, head=dice.choice(["H01", "H02"]))


def _minutes(dice: random.Random) -> float:
    return dice.choice([0, 1, 2, 5, 10, 45, 61, dice.randrange(1, 5000) / 100, dice.randrange(1, 2000) / 100])


def _episode(diary: Diary, dice: random.Random, id_: str, interrupts: str | None = None) -> None:
    start, minutes = diary.now, _minutes(dice)
    diary.episode(id_, minutes)
    diary.mark(
        id_,
        codes=_codes(dice),
        parties=_parties(dice, start, diary.now),
        interrupts=interrupts,
        room=dice.choice([None, "1A", "2B"]),
        closed=dice.random() < 0.1,
        unsure=dice.random() < 0.1,
        duration_known=dice.random() > 0.1,
        entered=diary.now if dice.random() < 0.1 else None,
        amended=dice.random() < 0.1,
        verification=dice.choice([None, *Verification]),
    )


def _beside(diary: Diary, dice: random.Random) -> None:
    id_ = f"e{len(diary.episodes)}"
    start = dice.randrange(diary.track[0].start, diary.now + 1)
    diary.beside(id_, (start - EIGHT) / MINUTE, min(_minutes(dice), (diary.now - start) / MINUTE))
    diary.mark(id_, parties=_parties(dice, start, diary.now), codes=_codes(dice))


def _codes(dice: random.Random) -> Mapping[str, str]:
    found = {d.id: dice.choice(d.codes).id for d in SCHEME.dimensions if d.id != "role" and dice.random() < 0.8}
    if dice.random() < 0.1:
        found["activity"] = "of another scheme"
    return found


def _parties(dice: random.Random, start: int, end: int) -> tuple[Party, ...]:
    chance = dice.random()
    if chance < 0.1:
        return ()
    if chance < 0.3:
        return (Party("alone"),)
    roles = ["leaders", "teachers", "pupils", "parents", "unknown", *(["shadower"] if dice.random() < 0.3 else [])]
    return tuple(
        Party(
            dice.choice(roles),
            dice.choice([None, 1, 1, 2, 3, 6, 12]),
            joined=_instant(dice, start, end),
            left=_instant(dice, start, end),
        )
        for _ in range(dice.choice([1, 1, 2, 3]))
    )


def _instant(dice: random.Random, start: int, end: int) -> int | None:
    return None if dice.random() < 0.6 or start == end else dice.randrange(start, end + 1)
