"""What each word of feedback asks of the day, and how far a day has come with its head."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from enum import StrEnum
from math import isfinite
from typing import Any

from shadowlog.domain import feedback as f
from shadowlog.domain.checks import check_length
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook
from shadowlog.domain.commands import Command, Verify
from shadowlog.domain.day import Day
from shadowlog.domain.draft import Draft
from shadowlog.domain.study import LAYERS, USES
from shadowlog.domain.terms import Record, State, Verification
from shadowlog.errors import Refused


def tell(draft: Draft, command: f.Feedback) -> None:
    """Keep a word of feedback beside the day; Refused where a rule forbids it."""
    if draft.track[-1].state is not State.END:
        raise Refused("The day has not ended.", "What is said with the head is said of a day that is over.")
    for each in fields(command):
        if each.metadata.get("content"):
            check_length(getattr(command, each.name))
    if isinstance(command, OF_HEAD):
        check_head(draft, command)
    if check := CHECKS.get(type(command)):
        check(draft, command)
    draft.put("feedback", command.question, command)


def check_head(draft: Draft, command: Command) -> None:
    """Refused for what only the head says, said by somebody else or before the day was given to the head."""
    head = draft.day.observation.head
    if command.author != head:
        raise Refused(f"That is the head's to say, and {command.author} is not {head}.", "Say it in the head's name.")
    _check_given(draft)


def _check_given(draft: Draft) -> None:
    if f.HandOver.__name__ not in draft.feedback:
        raise Refused("The head has not had this day before it.", "Give it to the head first.")


def _hand_over(draft: Draft, command: f.HandOver) -> None:
    if command.author == draft.day.observation.head:
        raise Refused("A day is given to its head by the observer.")
    if command.question in draft.feedback:
        raise Refused("The day is with the head already.")


def _estimate(draft: Draft, command: f.Estimate) -> None:
    book = draft.day.observation.codebook
    headings = book.headings(command.of)
    if headings is None:
        raise Refused("The codebook has no such dimension or roll-up.", f"It has {', '.join(book.divisions())}.")
    _unseen(draft, command.of)
    if not command.shares and not command.importance:
        raise Refused("An estimate names a share or an importance.")
    known = {id_ for id_, _ in headings}
    if strange := {*command.shares, *command.importance} - known:
        raise Refused(f"There is no heading {min(strange)}.", f"There are {', '.join(sorted(known))}.")
    if any(not isfinite(s) or not 0 <= s <= 1 for s in command.shares.values()) or sum(command.shares.values()) > 1.005:
        raise Refused("Shares are 0 to 1 and together no more than 1.", "As 0.4 for 40 %.")
    if any(not 1 <= i <= f.IMPORTANCE for i in command.importance.values()):
        raise Refused(f"An importance is 1 to {f.IMPORTANCE}.")


def _guess(draft: Draft, command: f.Guess) -> None:
    _one_of(command.of, f.GUESSES, "number to guess")
    _unseen(draft, command.of)
    if not 0 <= command.number <= f.MOST_GUESSED:
        raise Refused(f"A guess is a number from 0 to {f.MOST_GUESSED}.")


def _unseen(draft: Draft, of: str) -> None:
    if is_shown(draft.feedback, of, draft.day.observation.codebook):
        raise Refused("The head has seen that already.", "An estimate is given before.")


def is_shown(feedback: Mapping[str, Command], of: str, book: Codebook) -> bool:
    """Whether the head has been shown this: by itself, in what was shown of the groups, or with the whole day.

    Who says a word of a row has seen the rows.
    """
    shown = (said.of for said in feedback.values() if isinstance(said, f.Reveal))
    return any(of in shows(each, book) for each in shown) or any(isinstance(said, Verify) for said in feedback.values())


def shows(of: str, book: Codebook) -> frozenset[str]:
    """All that a reader knows who was shown this; how long the head was alone stands among the groups."""
    turn = shown_in_turn(book)
    if of == f.WHOLE:
        divisions = (*(d.id for d in book.dimensions), *(r.id for r in book.rollups))
        return frozenset({f.WHOLE, *turn, *divisions})
    groups = {ROLE, *(r.id for r in book.rollups if r.dimension == ROLE)}
    return frozenset({of, *(["alone"] if of in groups else [])})


def _reveal(draft: Draft, command: f.Reveal) -> None:
    _check_given(draft)
    if command.of not in {*f.GUESSES, f.WHOLE} and draft.day.observation.codebook.headings(command.of) is None:
        raise Refused("There is nothing of that name to be shown.")
    for question, said in list(draft.feedback.items()):
        if said.at > command.at and _guessed_of(said, shows(command.of, draft.day.observation.codebook)):
            # It was said earlier than that it was shown, but it comes later: no guess.
            draft.put("feedback", question, None)


def _guessed_of(said: Command, shown: frozenset[str]) -> bool:
    """Whether something was said that is no guess once this was shown."""
    if isinstance(said, f.Estimate | f.Guess):
        return said.of in shown
    return isinstance(said, f.Place) and not said.seen


def _typical(draft: Draft, command: f.Typical) -> None:
    del draft
    if not 1 <= command.rating <= f.TYPICAL:
        raise Refused(f"How typical a day was is 1 to {f.TYPICAL}.")


def _place(draft: Draft, command: f.Place) -> None:
    if not command.seen and is_anything_shown(draft.feedback):
        raise Refused("The head has seen some of the day already.", "A place before it is given before.")
    if not 0 <= command.value <= f.CONTINUUM:
        raise Refused(f"A place on the continuum is 0 to {f.CONTINUUM}.")


def is_anything_shown(feedback: Mapping[str, Command]) -> bool:
    """Whether the head has been shown anything of the day."""
    return any(isinstance(said, f.Reveal | Verify) for said in feedback.values())


def _answer(draft: Draft, command: f.Answer) -> None:
    del draft
    if not command.prompt.strip() or not command.text.strip():
        raise Refused("An answer says to which prompt, and what.")


def _tag(draft: Draft, command: f.Tag) -> None:
    note = draft.notes.get(command.note)
    if note is None or not note.incident:
        raise Refused("Only an incident is tagged.", "Star the note first.")
    if command.way is None:
        return
    _one_of(command.way, f.WAYS, "way of distributing leadership")
    if not command.evidence.strip():
        raise Refused("A tag needs its evidence.", "Write down what was seen or heard that shows it.")


def _sign_off(draft: Draft, command: f.SignOff) -> None:
    _one_of(command.section, f.SECTIONS, "section")
    if command.section in f.WHOLE_SECTIONS and not is_shown(draft.feedback, f.WHOLE, draft.day.observation.codebook):
        raise Refused("The head has not been shown the day yet.", "It is shown first, then signed off.")


def _one_of(word: str, known: Mapping[str, str], what: str) -> None:
    if word not in known:
        raise Refused(f"There is no such {what}.", f"There are {', '.join(known)}.")


def _release(draft: Draft, command: f.Release) -> None:
    del draft
    uses = {use: LAYERS[use] for use in USES}
    for layer in command.layers:
        _one_of(layer, uses, "layer of release")


OF_HEAD = (Verify, f.Estimate, f.Guess, f.Place, f.Answer, f.SignOff, f.Release)
"""What is the head's to say, and only of a day that was given to the head."""

CHECKS: Mapping[type[f.Feedback], Callable[[Draft, Any], None]] = {
    f.HandOver: _hand_over,
    f.Estimate: _estimate,
    f.Guess: _guess,
    f.Reveal: _reveal,
    f.Typical: _typical,
    f.Place: _place,
    f.Answer: _answer,
    f.Tag: _tag,
    f.Release: _release,
    f.Phase: lambda _, command: _one_of(command.phase, f.PHASES, "phase"),
    f.Factor: lambda _, command: _one_of(command.of, f.FACTORS, "kind of context"),
    f.SignOff: _sign_off,
}


LEAST_HEADINGS = 5


def estimated(book: Codebook) -> str:
    """The id of what a head is asked shares and importance of: a coarse roll-up of what was done, else that dimension.

    Of several the one with the fewest headings, though at least five: fewer say little, more are hard to guess.
    """
    rollups = sorted((r for r in book.rollups if r.dimension == ACTIVITY), key=lambda r: len(r.headings))
    if not rollups:
        return ACTIVITY
    return next((r.id for r in rollups if len(r.headings) >= LEAST_HEADINGS), rollups[-1].id)


class Stage(StrEnum):
    """How far a day has come with its head."""

    DRAFT = "draft"
    WITH_HEAD = "with the head"
    VERIFIED = "verified"
    AMENDED = "amended"
    DISPUTED = "disputed"
    RELEASED = "released"


def stage(day: Day) -> Stage:
    """How far a day has come with its head."""
    released = day.feedback.get("Release")
    return stage_of(
        {episode.verification for episode in day.episodes.values()},
        handed="HandOver" in day.feedback,
        released=isinstance(released, f.Release) and bool(released.layers),
    )


def stage_of_record(record: Record) -> Stage:
    """How far a finished picture has come with its head; what was struck counts also where it is no longer in it."""
    known = {episode.id for episode in record.episodes}
    views = {episode.verification for episode in record.episodes}
    gone = {said.view for said in record.feedback if isinstance(said, Verify) and said.episode not in known}
    return stage_of(
        {*views, *(gone & {Verification.STRIKE})},
        handed=any(isinstance(each, f.HandOver) for each in record.feedback),
        released=any(isinstance(each, f.Release) and each.layers for each in record.feedback),
    )


def stage_of(views: Collection[Verification | None], *, handed: bool, released: bool) -> Stage:
    """How far a day has come whose episodes have these views of the head's.

    With the head from the hand-over until every episode has the head's word (a day of none stays there); then disputed where any is, amended where any
    was amended or struck, else verified. Released while a release names a layer, and nothing is without the head's word.
    """
    if not handed:
        return Stage.DRAFT
    if None in views or not views:
        return Stage.WITH_HEAD
    if released:
        return Stage.RELEASED
    if Verification.DISPUTE in views:
        return Stage.DISPUTED
    return Stage.AMENDED if {*views} & {Verification.AMEND, Verification.STRIKE} else Stage.VERIFIED


def comment(day: Day, episode: str) -> str:
    """What the head said to an episode as it is now, "" if nothing: words to what was changed since are of that."""
    said, now = day.feedback.get(f"Verify {episode}"), day.episodes[episode].verification
    return said.comment if isinstance(said, Verify) and said.view is now is not None else ""


def shown_in_turn(book: Codebook) -> tuple[str, ...]:
    """What is revealed, one after the other: the single numbers, what the day went on, with whom."""
    what = estimated(book) if book.codes(ACTIVITY) else ""
    groups = next((r.id for r in book.rollups if r.dimension == ROLE), ROLE if book.codes(ROLE) else "")
    return (*f.GUESSES, *(each for each in (what, groups) if each))
