"""What a head answered at home, as commands: all of a file or nothing, each with the head's code and when it was said."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from shadowlog.analysis.prompts import KNOWN
from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.clock import Clock, Instant
from shadowlog.domain.codebook import ACTIVITY, PLACE, Codebook
from shadowlog.domain.company import is_quiet
from shadowlog.domain.day import Changes, Day
from shadowlog.domain.feedback_rules import is_anything_shown, is_shown
from shadowlog.domain.feedback_words import said as phrases
from shadowlog.domain.hand import parties_of
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.recorder import step
from shadowlog.domain.sealing import FORMAT, LARGEST, VERSION, as_marked, canonical, key_of, marks, seal
from shadowlog.domain.sentences import clock_time, described
from shadowlog.domain.terms import Episode, Party, Verification
from shadowlog.errors import BadInput, NotFound, Refused
from shadowlog.exchange import answers_form as form
from shadowlog.exchange.lossless_form import fault, spelled

CHANGED = "It was changed or cut short on its way. Ask for the file as the page saved it."


@dataclass(frozen=True, slots=True)
class Answers:
    """A file that keeps to its form, and what it was sealed over."""

    file: form.AnswersPart
    values: dict[str, Any]
    """The file as plain values."""
    name: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What a file comes to: commands in the head's order with what they change, and what of it was left out."""

    told: tuple[tuple[c.Command, Changes], ...]
    words: tuple[str, ...]
    """What each of them says, as a line with the local time of the answer."""
    day: Day
    known: int
    """Answers that were imported before."""
    late: tuple[str, ...]
    """Answers in place of which something newer stands, or that came after it was shown, in words."""
    doubtful: tuple[str, ...]
    """The lines of `words` whose text looks as if it held a name, initials or a date of birth, and which."""


def read(path: Path) -> Answers:
    """Give what a file of answers holds; NotFound if it cannot be read, BadInput for what no page wrote."""
    try:
        if path.exists() and not path.is_file():
            raise BadInput("is no file", "Name the file that the head's page saved.", path.name)
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise NotFound(f"{path}: {error.strerror or 'cannot be read'}.", "Name a file that is there.") from error
    return parsed(raw, path.name)


def parsed(raw: bytes, name: str) -> Answers:
    """Give what the bytes of a file of answers hold; BadInput for what no page wrote."""
    if len(raw) > LARGEST:
        raise BadInput(f"the file is larger than {LARGEST // 1_000_000} MB", "No page saves as much.", name)
    try:
        text = raw.decode("utf-8-sig").strip("\r\n")
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("is no file of answers", CHANGED, name) from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise BadInput("is no file of answers", "Name the file that the head's page saved.", name)
    if values.get("version") != VERSION:
        raise BadInput("was made by a page of another version of shadowlog", "Use that version.", name)
    try:
        made = form.AnswersPart.model_validate_json(text)
    except ValidationError as error:
        where, what = fault(error)
        raise BadInput(what, CHANGED, ": ".join(filter(None, (name, spelled(where))))) from None
    # Names that stand twice, other spellings of a number: whatever two readers could read in two ways.
    if canonical(values) != text:
        raise BadInput("is not written as a page writes it", CHANGED, name)
    if twice := next(made.twice(), None):
        raise BadInput("answers what was answered before", CHANGED, f"{name}: said[{twice}]")
    return Answers(made, values, name)


def heard(answers: Answers, day: Day, layers: Collection[str], known: Collection[str], clock: Clock) -> Heard:
    """Give what a file of answers says to its day; nothing is kept yet.

    `layers` are those that the head's consent allows, `known` the ids of all commands of the day's journal. BadInput for a
    file that no page of this day saved; Refused where the day was put right since then, naming the rows.
    """
    file = answers.file
    key = key_of(day, file.page)
    if seal(key, {name: value for name, value in answers.values.items() if name != "digest"}) != file.digest:
        raise BadInput(
            "these are not the answers as a page of this day saved them",
            "The file was changed, or its page is of another database.",
            answers.name,
        )
    fresh = [
        (entry, ids)
        for entry, value in zip(file.said, answers.values["said"], strict=True)
        if (ids := _ids(key, entry.at, value))[0] not in known
    ]
    said, late, doubtful = clock.now(), list[str](), list[str]()
    told, words = list[tuple[c.Command, Changes]](), list[str]()
    taken = []
    for entry, ids in fresh:
        by = _Envelope(day, entry.at, said, ids)
        answer = _answer(entry, by)
        if why := _overtaken(day, answer):
            late.append(why)
        else:
            taken.append((entry, by, answer))
    # What is left out needs no row as it was.
    shown = _check_rows(day, [entry for entry, _, _ in taken if isinstance(entry, form.ViewSaid)])
    for entry, by, answer in taken:
        _check(entry, day, layers, answers.name)
        amended = [] if not isinstance(entry, form.ViewSaid) else _amended(entry, day, shown[entry.episode], by)
        for command in (*amended, answer):
            before = day
            day, changes = step(before, command)
            told.append((command, changes))
            words.append(_words(before, day, command))
            gone = before.feedback.keys() - day.feedback.keys()
            late += [
                f"{_asked(before, before.feedback[each])}: it had been shown before that was said" for each in gone
            ]
            if what := _personal(command):
                doubtful.append(f"{what}: {words[-1]}")
    return Heard(tuple(told), tuple(words), day, len(file.said) - len(fresh), tuple(late), tuple(doubtful))


def _personal(command: c.Command) -> str:
    """What the head's words look as if they held, "" if nothing; those of an amendment are looked at in its view."""
    if isinstance(command, c.Amend):
        return ""
    texts = (getattr(command, each.name) for each in fields(command) if each.metadata.get("content"))
    return next((what for text in texts if (what := looks_personal(text))), "")


def _words(before: Day, after: Day, command: c.Command) -> str:
    zone, book = after.observation.zone, after.observation.codebook
    when = f"{datetime.fromtimestamp(command.at / 1000, ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    if isinstance(command, c.Amend):
        return f"{when}  {described(before, command.episode)} → {described(after, command.episode)}"
    about = f"{_asked(after, command)}: " if isinstance(command, c.Verify) else ""
    return f"{when}  {about}{'; '.join(phrases(command, book))}"


def _ids(key: str, at: int, value: object) -> tuple[str, str]:
    """The ids of the commands of an answer: the same answer of the same page has the same, so that it is said once."""
    return tuple(_uuid7(at, f"{key} {n} {canonical(value)}") for n in range(2))  # type: ignore[return-value]


def _uuid7(at: int, text: str) -> str:
    """A UUIDv7 of an instant (ms) whose random part is a digest."""
    rest = int.from_bytes(hashlib.sha256(text.encode()).digest()[:10], "big")
    bits = (at << 80) | rest
    bits = (bits & ~(0xF << 76) & ~(0x3 << 62)) | (0x7 << 76) | (0x2 << 62)
    return str(uuid.UUID(int=bits))


class _Envelope:
    """Who says it and when: when the head answered, but after the end of the day and no later than now."""

    def __init__(self, day: Day, at: int, said: Instant, ids: tuple[str, str]) -> None:
        # The day is over: what the clock on the wall says is the time, wherever and whenever the day was recorded.
        end = day.track[-1].at
        now = max(end, said.wall)
        self._fields = {"at": min(max(at, end), now), "author": day.observation.head, "said": said}
        self._ids = ids

    def __call__(self, number: int = 0) -> dict[str, Any]:
        return {"id": self._ids[number], **self._fields}


def _check_rows(day: Day, views: list[form.ViewSaid]) -> dict[str, Episode]:
    """Give the episodes as the page showed them; Refused where one was put right since."""
    here, zone = marks(day), day.observation.zone
    shown = {
        each.episode: day.episodes[each.episode]
        if here.get(each.episode) == each.mark
        else as_marked(day, each.episode, each.mark)
        for each in views
    }
    starts = {s.episode: s.start for s in reversed([*day.stretches(day.track[-1].at), *day.spans.values()])}
    gone = [each for each in views if each.episode not in here]
    changed = [
        f"{clock_time(starts[each.episode], zone)[:5]} ({described(day, each.episode)})"
        for each in views
        if each.episode in here and shown[each.episode] is None
    ]
    rows = changed + ([f"{len(gone)} that {'is' if len(gone) == 1 else 'are'} no longer there"] if gone else [])
    if rows:
        more = f" and {len(rows) - 10} more" if len(rows) > 10 else ""
        raise Refused(
            f"Rows were put right since the page was written: {'; '.join(rows[:10])}{more}. Nothing was imported.",
            "`shadowlog page` writes the page anew; what is kept of the old one is in its file.",
        )
    return {id_: each for id_, each in shown.items() if each is not None}


def _overtaken(day: Day, command: c.Command) -> str:
    """Why an answer is left out, "" if it is not: what stands was said later, or it had been shown by then."""
    question = _asked(day, command)
    standing = day.feedback.get(getattr(command, "question", ""))
    book = day.observation.codebook
    seen = isinstance(command, f.Estimate | f.Guess) and is_shown(day.feedback, command.of, book)
    if seen or (isinstance(command, f.Place) and not command.seen and is_anything_shown(day.feedback)):
        return f"{question}: it was shown before this was imported"
    if isinstance(command, f.Reveal) and standing is not None:
        return f"{question}: said before"
    return f"{question}: a newer answer stands" if standing is not None and standing.at > command.at else ""


def _asked(day: Day, command: c.Command) -> str:
    """What a command answers, in words: a row by its time."""
    if isinstance(command, c.Verify):
        spells = day.stretches(day.track[-1].at)
        start = next((s.start for s in (*spells, *day.spans.values()) if s.episode == command.episode), None)
        if start is not None:
            return f"row {clock_time(start, day.observation.zone)[:5]}, {described(day, command.episode)}"
    return str(getattr(command, "question", ""))


def _answer(entry: form.Said, by: _Envelope) -> c.Command:
    """The command that answers the question of an entry."""
    match entry:
        case form.PlaceSaid():
            return f.Place(value=entry.value, seen=entry.seen, **by())
        case form.EstimateSaid():
            shares = {code: percent / 100 for code, percent in entry.shares.items()}
            return f.Estimate(of=entry.of, shares=shares, importance=entry.importance, **by())
        case form.GuessSaid():
            return f.Guess(of=entry.of, number=float(entry.number), **by())
        case form.RevealSaid():
            return f.Reveal(of=entry.of, **by())
        case form.ViewSaid():
            view = Verification(entry.view)
            return c.Verify(episode=entry.episode, view=view, comment=entry.comment, **by())
        case form.TypicalSaid():
            return f.Typical(rating=entry.rating, unusual=entry.unusual, **by())
        case form.AnswerSaid():
            return f.Answer(prompt=entry.prompt, text=entry.text, **by())
        case form.SignOffSaid():
            return f.SignOff(section=entry.section, **by())
        case form.ReleaseSaid():
            return f.Release(layers=entry.layers, **by())


def _check(entry: form.Said, day: Day, layers: Collection[str], name: str) -> None:
    """BadInput for what no page asks or says, and for a release that the consent record does not allow."""
    if isinstance(entry, form.ViewSaid):
        if entry.view != "amend" and (entry.who is not None or entry.what is not None):
            raise BadInput(f"says who or what it was beside “{entry.view}”", CHANGED, name)
        words = entry.comment.strip() or is_quiet(day.observation.codebook, day.episodes[entry.episode])
        if entry.view == "dispute" and not words:
            raise BadInput("disputes a row without a word of what it was", "Have it said, and saved again.", name)
    if isinstance(entry, form.ReleaseSaid) and len(set(entry.layers)) < len(entry.layers):
        raise BadInput("releases the day twice for the same", CHANGED, name)
    if isinstance(entry, form.AnswerSaid) and entry.prompt not in KNOWN:
        raise BadInput(f"answers a question {entry.prompt}, which is none of ours", CHANGED, name)
    if isinstance(entry, form.ReleaseSaid) and (strange := set(entry.layers) - set(layers)):
        raise BadInput(
            f"releases the day for {min(strange)}, to which the head's consent does not agree",
            "Record the consent first.",
        )


def _amended(entry: form.ViewSaid, day: Day, shown: Episode, by: _Envelope) -> list[c.Command]:
    """What the head's word on a row changes of it; what the head had changed and took back is as it was."""
    book = day.observation.codebook
    if entry.comment and is_quiet(book, shown, map(Party, entry.who or ())):
        raise Refused("No words are kept of a closed door, nor beside somebody who asked not to be recorded.")
    meant = shown
    if entry.view == "amend":
        if entry.who is None and entry.what is None:
            raise Refused("An amendment says who else or what else it was.")
        named = {party.role for party in shown.parties}
        if entry.what in {None, shown.what} and (entry.who is None or set(entry.who) == named):
            raise Refused("An amendment to what is there already is none.")
        meant = replace(
            shown,
            parties=shown.parties if entry.who is None else _parties(book, shown, entry.who),
            codes={**shown.codes, **({} if entry.what is None else {ACTIVITY: entry.what})},
        )
    changed = _changed(day.episodes[entry.episode], meant)
    reason = entry.comment or f.AS_SAID
    return [c.Amend(episode=entry.episode, reason=reason, **changed, **by(1))] if changed else []


def _changed(now: Episode, meant: Episode) -> dict[str, Any]:
    """What an amendment says to make of an episode what was meant, of what a page shows; nothing where it is so."""
    codes = {each: meant.codes.get(each) for each in (ACTIVITY, PLACE) if now.codes.get(each) != meant.codes.get(each)}
    return {
        **({"parties": meant.parties} if now.parties != meant.parties else {}),
        **({"codes": codes} if codes else {}),
        **({"room": meant.room or ""} if now.room != meant.room else {}),
    }


def _parties(book: Codebook, shown: Episode, who: tuple[str, ...]) -> tuple[Party, ...]:
    """Those of the roles that were there as they were, and the others as one press would name them."""
    kept = [party for party in shown.parties if party.role in who]
    there = {party.role for party in kept}
    return (*kept, *(party for role in dict.fromkeys(who) if role not in there for party in parties_of(book, role)))
