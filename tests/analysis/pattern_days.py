"""The days of `days.py` with what the breakdowns of pattern read besides: person codes, who leads, influence."""

from __future__ import annotations

import random
from dataclasses import replace

from shadowlog.domain.codebook import Codebook, Dimension
from shadowlog.domain.terms import Episode, Party, Record
from tests.analysis.days import SCHEME, code, random_day

LENSES = (
    Dimension("lead", "Who leads", (code("leads"), code("co_leads"), code("other_leads"), code("watches"))),
    Dimension("influence", "Influence", (code("modelling"), code("monitoring"), code("dialogue"))),
)
WIDE = Codebook("wide", 1, "A wider scheme", (*SCHEME.dimensions, *LENSES), SCHEME.rollups)


def patterned_day(seed: int, episodes: int = 12, observation: str = "") -> Record:
    """A day made at random in which some people are named and some episodes looked at through the lenses."""
    dice = random.Random(seed)
    record = random_day(seed, episodes, observation)
    about = replace(record.observation, codebook=WIDE)
    return replace(record, observation=about, episodes=tuple(_seen(each, dice) for each in record.episodes))


def _seen(episode: Episode, dice: random.Random) -> Episode:
    codes = dict(episode.codes) | {d.id: dice.choice(d.codes).id for d in LENSES if dice.random() < 0.5}
    return replace(episode, codes=codes, parties=tuple(_named(p, dice) for p in episode.parties))


def _named(party: Party, dice: random.Random) -> Party:
    if party.count != 1 or party.role in {"alone", "pupils"} or dice.random() < 0.3:
        return party
    return replace(party, person=f"{party.role[0].upper()}{dice.randrange(1, 5)}")
