"""A recorded day as somebody who stands by would see it: short plain lines at their instants, for practice in coding.

What is told is who and how many, what, where, when, the mode, who began it, the medium and a closed door; names, notes,
rooms and person codes are never told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from shadowlog.domain import scene_words as words
from shadowlog.domain.codebook import ACTIVITY, INITIATOR, MEDIUM, MODE, PLACE, ROLE
from shadowlog.domain.terms import Contact, Episode, Party, Record, State, Stretch


@dataclass(frozen=True, slots=True)
class SceneLine:
    """What is seen at an instant (ms)."""

    at: int
    text: str


def scene_lines(record: Record, start: int, end: int) -> tuple[SceneLine, ...]:
    """Tell [start, end) ms of a day, in order of time. The same day is always told in the same words."""
    return tuple(_Teller(record).lines(start, end))


def first_sight(record: Record) -> int:
    """Where there is something to see at first: the start of the first episode, else of the day (ms)."""
    return next((s.start for s in record.track if s.state is State.EPISODE), record.start)


class _Teller:
    """Tells one day. Wordings of one kind are used in turn, so that none becomes another label of its code."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.book = record.observation.codebook
        self.episodes: Mapping[str, Episode] = {each.id: each for each in record.episodes}
        self._turns: dict[str, int] = {}
        self._place: str | None = None

    def lines(self, start: int, end: int) -> Iterator[SceneLine]:
        """The lines of [start, end)."""
        told: list[tuple[int, int, str]] = []
        begun: set[str] = set()
        for before, stretch in pairwise((None, *self.record.track)):
            if stretch is None:
                continue
            going = before is not None and before.episode is not None and before.episode == stretch.episode
            ends = stretch.end if stretch.end is not None else end
            if ends > start and stretch.start < end and not going:
                told.append((max(stretch.start, start), 0, self._stretch(stretch, start, begun)))
                told += self._comings(stretch, start, end)
            if stretch.episode is not None:
                begun.add(stretch.episode)
        for span in self.record.concurrent:
            told += self._beside(span, start, end)
        told += [(c.at, 2, self._contact(c)) for c in self.record.contacts if start <= c.at < end]
        if start < self.record.end <= end:
            told.append((self.record.end, 9, words.OVER))
        for at, _, text in sorted(told):
            yield SceneLine(at, text)

    # Pieces

    def _stretch(self, stretch: Stretch, start: int, begun: set[str]) -> str:
        if stretch.state is State.OFF:
            return words.OFF
        if stretch.state is State.UNSEEN:
            return words.UNSEEN
        episode = self.episodes.get(stretch.episode or "")
        if episode is None:
            return self._turn("gap", words.GAPS)
        at = max(stretch.start, start)
        if episode.id in begun and stretch.start >= start:
            here = self._where(episode)
            text = self._turn("again", words.RESUMED).format(before=self._before(episode, at))
            return f"{_capital(here)}. {text}" if here else text
        return self._episode(episode, at)

    def _episode(self, episode: Episode, at: int) -> str:
        where = self._where(episode)
        here = f"{_capital(where)}: " if where else ""
        parties = [p for p in episode.parties if p.present(at)]
        alone = bool(parties) and all(self.book.is_flagged(ROLE, p.role, "alone") for p in parties)
        if episode.closed:
            text = words.CLOSED_ALONE if alone else self._turn("closed", words.CLOSED)
            return here + text.format(who=self._who(parties))
        about = self._about(episode.what, alone=alone)
        mode = self._mode(episode)
        if alone:
            leads = words.ALONE_LEADS.get(mode)
            return here + (f"{self._turn(f'alone {mode}', leads)}: {_small(about)}" if leads else about)
        if parties and all(self.book.is_flagged(ROLE, p.role, "shadower") for p in parties):
            return here + self._turn("shadower", words.SHADOWER)
        return f"{here}{self._lead(episode, mode).format(who=self._who(parties))}. {about}"

    def _lead(self, episode: Episode, mode: str) -> str:
        """How company begins: by its mode and by who began it; at a distance, by its medium."""
        begun_by, medium = episode.codes.get(INITIATOR) or "", episode.codes.get(MEDIUM) or ""
        if mode == "unscheduled" and (medium, "") in words.MEDIA_LEADS:
            key = (medium, begun_by) if (medium, begun_by) in words.MEDIA_LEADS else (medium, "")
            return self._turn(" ".join(key), words.MEDIA_LEADS[key])
        key = next(k for k in ((mode, begun_by), (mode, ""), ("", "")) if k in words.LEADS)
        further = words.MEDIA.get(medium, "")
        return self._turn(" ".join(key), words.LEADS[key]) + (f", {further}" if further else "")

    def _mode(self, episode: Episode) -> str:
        """The mode by its flags, so that any codebook's default and interruption are told as such."""
        code = episode.codes.get(MODE)
        if episode.interrupts is not None or self.book.is_flagged(MODE, code, "interruption"):
            return "interruption"
        if self.book.is_flagged(MODE, code, "scheduled"):
            return "scheduled"
        return "unscheduled" if self.book.is_flagged(MODE, code, "default") else code or ""

    def _where(self, episode: Episode) -> str:
        """Where it is, if that is elsewhere than before."""
        if episode.place is None or episode.place == self._place:
            return ""
        self._place = episode.place
        known = words.PLACES.get(episode.place)
        if known:
            return self._turn(f"place {episode.place}", known)
        code = self.book.code(PLACE, episode.place)
        return f"at this place: {_plain(code.definition or code.label)}"

    def _who(self, parties: list[Party]) -> str:
        named = [self._party(p.role, p.count) for p in parties if not self.book.is_flagged(ROLE, p.role, "alone")]
        if not named:
            return self._turn("unnamed", words.UNNAMED)
        return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]

    def _party(self, role: str, count: int | None) -> str:
        people = words.PEOPLE.get(role)
        if people is None:
            label = self.book.label(ROLE, role).lower()
            return f"{_number(count)} of: {label}" if count else label
        if count is None:
            return people.some
        return self._turn(role, people.one) if count == 1 else people.many.format(n=_number(count))

    def _about(self, activity: str | None, *, alone: bool) -> str:
        if activity is None:
            return self._turn("unheard", words.UNHEARD)
        known = words.ALONE.get(activity) if alone else None
        known = known or words.TOGETHER.get(activity)
        if known:
            return self._turn(f"{'alone' if alone else 'with'} {activity}", known)
        code = self.book.code(ACTIVITY, activity)
        return f"What goes on: {_plain(code.definition or code.label)}."

    def _before(self, episode: Episode, at: int) -> str:
        """What was broken off, short and without a new word for it."""
        parties = [p for p in episode.parties if p.present(at)]
        if parties and all(self.book.is_flagged(ROLE, p.role, "alone") for p in parties):
            return "work alone"
        return f"the time with {self._known(parties)}"

    def _known(self, parties: list[Party]) -> str:
        """Those who were named before: as a group, whichever of them it was."""
        named = [p for p in parties if not self.book.is_flagged(ROLE, p.role, "alone")]
        return " and ".join(self._party(p.role, None) for p in named) or "whoever it was"

    def _comings(self, stretch: Stretch, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        episode = self.episodes.get(stretch.episode or "")
        if episode is None:
            return
        until = min(end, stretch.end if stretch.end is not None else end)
        for party in episode.parties:
            if party.joined is not None and max(stretch.start, start) < party.joined < until:
                yield party.joined, 1, self._turn("joined", words.JOINED).format(who=self._who([party]))
            if party.left is not None and max(stretch.start, start) < party.left < until:
                yield (
                    party.left,
                    1,
                    self._turn("left", words.LEFT).format(who=self._known([party])),
                )

    def _beside(self, span: Stretch, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        episode = self.episodes.get(span.episode or "")
        if episode is None:
            return
        ends = span.end if span.end is not None else end
        if ends > start and span.start < end:
            about = self._about(episode.what, alone=False)
            text = self._turn("beside", words.BESIDE).format(who=self._who(list(episode.parties)), about=about)
            yield max(span.start, start), 3, text
        if start < ends < end:
            yield ends, 3, words.BESIDE_OVER

    def _contact(self, contact: Contact) -> str:
        return _capital(self._turn("contact", words.CONTACTS).format(who=self._party(contact.role, 1)))

    def _turn(self, kind: str, choices: tuple[str, ...]) -> str:
        """The next wording of a kind; where the turns begin differs from day to day."""
        n = self._turns.get(kind, crc32(f"{self.record.observation.id} {kind}".encode()))
        self._turns[kind] = n + 1
        return choices[n % len(choices)]


def _number(count: int | None) -> str:
    if count is None:
        return "some"
    return words.NUMBERS[count] if count < len(words.NUMBERS) else str(count)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _plain(text: str) -> str:
    """The first sentence of a definition, to stand within another."""
    first = text.split(". ", maxsplit=1)[0].rstrip(".")
    return _small(first)
