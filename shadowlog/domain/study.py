"""What a study comes to from all that was said to it: heads, observers, codebooks, consents, plans, sets, workshops.

A study has a journal of its own. Heads and observers are codes, so that names never enter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from shadowlog.domain.almanac import DATE_RULE, date_of, zone_named
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest, from_dict
from shadowlog.domain.diary import Planned, checked, fits
from shadowlog.domain.study_commands import (
    AddHead,
    AddObserver,
    AdoptCodebook,
    FoundStudy,
    FreezeSet,
    KeepDiary,
    PlanObservation,
    RecordConsent,
    RecordWorkshop,
    StudyCommand,
)
from shadowlog.domain.text import clean
from shadowlog.errors import BadInput, Refused

IMPORTED = "imported, not asked"
"""How consent was given for a day that comes from elsewhere: not at all, as far as anybody here knows."""
CODE = re.compile(r"[A-Z]{1,3}[0-9]{1,4}")
NAME_LENGTH = 200
"""The longest name of a study, in characters."""
LAYERS: Mapping[str, str] = {
    "observed": "be observed",
    "feedback": "see the record and comment on it",
    "workshop": "anonymised use in a workshop",
    "incidents": "the wording of incidents",
    "archive": "keep the record in an archive",
}
"""What a head can agree to, one by one."""


@dataclass(frozen=True, slots=True)
class Study:
    """A research project as its journal tells it. Made by `step_study`; everything here is read only."""

    id: str
    name: str = ""
    retention: str = ""
    founded: int = 0
    """When it was founded, in ms since the epoch (UTC)."""
    heads: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    codebooks: Mapping[str, Codebook] = field(default_factory=dict)
    """By digest."""
    consents: Mapping[str, RecordConsent] = field(default_factory=dict)
    """The one in force, by head."""
    observations: Mapping[str, PlanObservation] = field(default_factory=dict)
    """By id."""
    diaries: Mapping[str, tuple[Planned, ...]] = field(default_factory=dict)
    """By observation."""
    sets: Mapping[str, FreezeSet] = field(default_factory=dict)
    """What workshops were shown, by the set's id."""
    workshops: tuple[RecordWorkshop, ...] = ()


USES = tuple(layer for layer in LAYERS if layer not in {"observed", "feedback"})
"""What a day can be released for; being observed and seeing the record come before there is anything to release."""


def releasable(study: Study, observation: str) -> tuple[str, ...]:
    """The layers that the consent record in force of an observation's head allows it to be released for.

    Of a day that came from elsewhere nobody was asked: none, until the head's consent is recorded.
    """
    plan = study.observations.get(observation)
    consent = study.consents.get(plan.head) if plan is not None else None
    return () if plan is None or consent is None else tuple(use for use in USES if use in consent.layers)


def step_study(study: Study, command: StudyCommand) -> Study:
    """Do one command: give the study after it; Refused (the study stays as it was) where a rule forbids it."""
    if not study.founded and not isinstance(command, FoundStudy):
        raise Refused("There is no such study.", "Found it first.")
    match command:
        case FoundStudy():
            return _found(study, command)
        case AddHead():
            return replace(study, heads=_added(study.heads, command.code, "head", "H01"))
        case AddObserver():
            return replace(study, observers=_added(study.observers, command.code, "observer", "O1"))
        case AdoptCodebook():
            return _adopt(study, command)
        case RecordConsent():
            return _consent(study, command)
        case PlanObservation():
            return _plan(study, command)
        case KeepDiary():
            return _diary(study, command)
        case FreezeSet():
            return _freeze(study, command)
        case RecordWorkshop():
            return _workshop(study, command)
    raise Refused(f"A study does not know {type(command).__name__}.")


def fold_study(id_: str, journal: Iterable[StudyCommand]) -> Study:
    """Give the study that a journal tells of; Refused if the journal is none that could have been written."""
    study = Study(id_)
    for command in journal:
        study = step_study(study, command)
    return study


def _found(study: Study, command: FoundStudy) -> Study:
    if study.founded:
        raise Refused("The study is founded already.")
    if fault := name_fault(command.name):
        raise Refused(f"A study's name {fault}.", NAME_RULE)
    _date(command.retention)
    return replace(study, name=command.name, retention=command.retention, founded=command.at)


def name_fault(name: str) -> str:
    """Say what keeps a text from being a study's name, as "is empty"; "" if nothing does."""
    if not name.strip():
        return "is empty"
    if len(name) > NAME_LENGTH:
        return f"has {len(name)} characters"
    return "holds characters that cannot be seen" if clean(name) != name else ""


NAME_RULE = f"It is one line of plain text, of 1 to {NAME_LENGTH} characters."


def _added(codes: tuple[str, ...], code: str, what: str, example: str) -> tuple[str, ...]:
    if not CODE.fullmatch(code):
        raise Refused(
            f"{'An' if what[0] in 'aeiou' else 'A'} {what} is known by a code of letters and digits.",
            f"As {example}; names never enter.",
        )
    if code in codes:
        raise Refused(f"There is a {what} {code} already.")
    return (*codes, code)


def _adopt(study: Study, command: AdoptCodebook) -> Study:
    codebook = from_dict(command.codebook)
    if digest(codebook) != command.digest:
        raise Refused("The codebook and its digest do not belong together.")
    others = dict(study.codebooks)
    used = {plan.codebook for plan in study.observations.values()}
    for known, other in study.codebooks.items():
        if known == command.digest or (other.id, other.version) != (codebook.id, codebook.version):
            continue
        if known in used:
            raise Refused(
                f"Codebook {codebook.id} version {codebook.version} is in use and frozen.",
                f"Make the changed one version {codebook.version + 1}.",
            )
        del others[known]
    return replace(study, codebooks={**others, command.digest: codebook})


def _consent(study: Study, command: RecordConsent) -> Study:
    _known(study.heads, command.head, "head")
    _date(command.date)
    for layer in command.layers:
        if layer not in LAYERS:
            raise Refused("Consent has no such layer.", f"It has {', '.join(LAYERS)}.")
    if not command.wording.strip():
        raise Refused("A consent record names the version of its wording.")
    return replace(study, consents={**study.consents, command.head: command})


def _plan(study: Study, command: PlanObservation) -> Study:
    _known(study.heads, command.head, "head")
    _known(study.observers, command.observer, "observer")
    if command.observation in study.observations:
        raise Refused("That observation is planned already.")
    if command.codebook not in study.codebooks:
        raise Refused("The study has not adopted that codebook.", "Adopt it first.")
    consent = study.consents.get(command.head)
    if consent is None or not (command.imported or "observed" in consent.layers):
        raise Refused("An observation cannot begin without a consent record.", f"Record the consent of {command.head}.")
    _date(command.date)
    if zone_named(command.zone) is None:
        raise Refused("There is no such time zone.", "As Europe/London.")
    for period in command.periods:
        if not 0 <= period.start < period.end <= 24 * 60:
            raise Refused("A period has a start before its end, both within the day.")
    spans = sorted((period.start, period.end) for period in command.periods)
    if any(start < end for (_, end), (start, _) in pairwise(spans)):
        raise Refused("Two periods of the school day overlap.", "A minute belongs to one of them.")
    return replace(study, observations={**study.observations, command.observation: command})


def _diary(study: Study, command: KeepDiary) -> Study:
    plan = study.observations.get(command.observation)
    if plan is None:
        raise Refused("The study has no such observation.")
    book = study.codebooks[plan.codebook]
    try:
        events = checked(command.events)
    except BadInput as error:
        raise Refused(error.what, error.cure) from None
    if any(not fits(event, book) for event in events):
        raise Refused("An event has a code that the codebook does not know.")
    return replace(study, diaries={**study.diaries, command.observation: events})


def _freeze(study: Study, command: FreezeSet) -> Study:
    if command.set in study.sets:
        raise Refused("That set is frozen already.", "It can be shown again as it is.")
    if strange := set(command.made_of) - study.observations.keys():
        raise Refused(f"The study has no observation {min(strange)}.")
    return replace(study, sets={**study.sets, command.set: command})


def _workshop(study: Study, command: RecordWorkshop) -> Study:
    if command.set not in study.sets:
        raise Refused("The study has no such set.", "`shadowlog present --sets` lists them.")
    _date(command.date)
    return replace(study, workshops=(*study.workshops, command))


def _known(codes: tuple[str, ...], code: str, what: str) -> None:
    if code not in codes:
        raise Refused(f"The study has no {what} of that code.", f"Add the {what} first.")


def _date(text: str) -> None:
    if date_of(text) is None:
        raise Refused("That is not a date.", DATE_RULE)
