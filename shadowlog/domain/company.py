"""Who counts as company: the shadower never does, and talk with the shadower alone leaves the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.terms import Episode, Party, Record


def only_shadower(episode: Episode, codebook: Codebook) -> bool:
    """Whether the episode is talk with the shadower and nobody else."""
    return bool(episode.parties) and all(codebook.is_flagged(ROLE, p.role, "shadower") for p in episode.parties)


def complete(episode: Episode, codebook: Codebook) -> bool:
    """Whether nothing is missing: who and what are named; talk with the shadower alone asks for no what."""
    return episode.complete or only_shadower(episode, codebook)


def is_quiet(codebook: Codebook, episode: Episode, parties: Iterable[Party] = ()) -> bool:
    """Whether no words are kept of an episode: behind a closed door, or beside somebody who asked not to be recorded.

    `parties` are others that it would have.
    """
    there = (*episode.parties, *parties)
    return episode.closed or any(codebook.is_flagged(ROLE, party.role, "no_note") for party in there)


def without_shadower(episode: Episode, codebook: Codebook) -> Episode:
    """The episode without the shadower among its parties; as it is where the shadower is all there is.

    Whoever was alone until the shadower joined is alone still.
    """
    others = tuple(p for p in episode.parties if not codebook.is_flagged(ROLE, p.role, "shadower"))
    if not others or len(others) == len(episode.parties):
        return episode
    if all(codebook.is_flagged(ROLE, p.role, "alone") for p in others):
        others = tuple(replace(p, left=None) for p in others)
    return replace(episode, parties=others)


def as_counted(record: Record) -> Record:
    """The day as breakdowns see it: no shadower among others."""
    book = record.observation.codebook
    episodes = tuple(without_shadower(e, book) for e in record.episodes)
    return record if episodes == record.episodes else replace(record, episodes=episodes)
