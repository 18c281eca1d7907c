"""A day as plain text, episode by episode: the record screen's and the review's twin on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from shadowlog.domain.codebook import MEDIUM, MODE, PLACE, ROLE
from shadowlog.domain.phrases import apart, span
from shadowlog.domain.review import VIEWS
from shadowlog.domain.sentences import clock_time, everyone, state_words, what
from shadowlog.domain.terms import Episode, Record, State, Stretch, Verification
from shadowlog.domain.versions import without_struck


def day_lines(record: Record) -> list[str]:
    """Give the day line by line: every spell, gap, contact and note in the order of time."""
    seen = record.observation
    local = datetime.fromtimestamp(record.start / 1000, ZoneInfo(seen.zone))
    state = "still running" if record.running else "closed"
    lines = [
        f"{seen.id}",
        f"{seen.study}: head {seen.head}, observer {seen.observer}, {local:%a %d %b %Y}, {seen.zone}, {state}",
        f"codebook {seen.codebook.name}, version {seen.codebook.version}; consent: {seen.consent}",
        "",
    ]
    return lines + [text for _, _, text in sorted(_pieces(record))]


def _pieces(record: Record) -> Iterator[tuple[int, int, str]]:
    episodes = {e.id: e for e in record.episodes}
    struck = {e.id for e in record.episodes if e.verification is Verification.STRIKE}
    spells: dict[str, list[Stretch]] = {}
    for stretch in (*record.track, *record.concurrent):
        if stretch.episode is not None:
            spells.setdefault(stretch.episode, []).append(stretch)
    for order, stretch in enumerate((*record.track, *record.concurrent)):
        if stretch.episode is not None:
            episode = episodes[stretch.episode]
            if episode.verification is Verification.STRIKE:
                text = "· off the record: struck out by the head; --history has the word"
                yield stretch.start, order, _line(record, stretch.start, _length(stretch), text)
                continue
            of = spells[episode.id]
            yield stretch.start, order, _spell(record, episode, stretch, of.index(stretch), len(of))
        elif stretch.end != stretch.start:
            yield (
                stretch.start,
                order,
                _line(record, stretch.start, _length(stretch), f"· {state_words(stretch.state)}"),
            )
    book = record.observation.codebook
    for contact in without_struck(record).contacts:
        place = f", {book.label(PLACE, contact.place)}" if contact.place else ""
        text = f"contact: {book.label(ROLE, contact.role)}{place}"
        yield contact.at, 1_000_000, _line(record, contact.at, "·", text)
    for note in record.notes:
        if note.episode in struck:
            continue
        star = "★ " if note.incident else ""
        yield note.at, 1_000_001, _line(record, note.at, "", f"    {star}{note.text.replace(chr(10), ' ')}".rstrip())


def _length(stretch: Stretch) -> str:
    return span(apart(stretch.start, stretch.end or stretch.start))


def _line(record: Record, at: int, length: str, text: str) -> str:
    return f"{clock_time(at, record.observation.zone)} {length:>8}  {text}"


def _spell(record: Record, episode: Episode, stretch: Stretch, number: int, count: int) -> str:
    book = record.observation.codebook
    details = [book.label(d, episode.codes[d]) for d in (PLACE, MODE, MEDIUM) if d in episode.codes]
    if episode.room:
        details.append(f"room {episode.room}")
    marks = {
        f"spell {number + 1} of {count}": count > 1,
        "interrupts": episode.interrupts is not None and number == 0,
        "concurrent": episode.concurrent,
        "unsure": episode.unsure,
        "late entry": episode.entered is not None,
        "amended": episode.amended,
    }
    details += [mark for mark, holds in marks.items() if holds]
    if episode.verification is not None:
        details.append(f"the head {VIEWS[episode.verification.value]}")
    text = f"{everyone(book, episode.parties)}, {what(book, episode)}"
    known = episode.duration_known and stretch.state is State.EPISODE
    length = _length(stretch) if known else "?"
    return _line(record, stretch.start, length, f"{text}  ({', '.join(details)})" if details else text)
