"""Studies and what belongs to them: each act is a command of the study's journal, kept with what it changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa
import uuid6

from shadowlog.domain import study as s
from shadowlog.domain import study_commands as asked
from shadowlog.domain.clock import Clock, Instant
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.codebook_json import digest, to_dict
from shadowlog.domain.commands import Payload
from shadowlog.domain.diary import Planned
from shadowlog.domain.study_payload import unpack_study
from shadowlog.domain.terms import Observation, Period
from shadowlog.domain.text import by_beginning, shown
from shadowlog.errors import NotFound, Refused
from shadowlog.store import journal
from shadowlog.store import tables as t
from shadowlog.store.chain import as_json, decode
from shadowlog.store.engine import Store
from shadowlog.store.faults import damaged
from shadowlog.store.standing import standing
from shadowlog.store.statements import upsert

STUDY_TABLES: tuple[type[t.Row], ...] = (t.Study, t.Head, t.Observer, t.Codebook, t.Consent, t.Observation)
"""The tables that hold studies, in an order in which they can be filled."""

_ROWS = {row: upsert(row) for row in STUDY_TABLES}


@dataclass(frozen=True, slots=True)
class Listed:
    """One observation as a list shows it; `started` and `ended` in ms since the epoch (UTC), None while they are not."""

    id: str
    study: str
    head: str
    observer: str
    date: str
    state: str
    """planned, recording or closed."""
    started: int | None
    ended: int | None
    episodes: int
    stage: str = ""
    """How far it has come with its head, as `feedback_rules.Stage`; "" before it has ended."""


class By(TypedDict):
    """Who says it and by which clock."""

    author: str
    clock: Clock


class _Envelope(TypedDict):
    id: str
    at: int
    author: str
    said: Instant


def new_id() -> str:
    """Give a fresh id, a UUIDv7 as text: later ones sort after earlier ones."""
    return str(uuid6.uuid7())


def found_study(store: Store, *, name: str, retention: str, **by: Unpack[By]) -> str:
    """Found a study whose records are due for erasure on a date; give its id. Refused for an impossible date."""
    study = new_id()
    _say(store, study, asked.FoundStudy(name=name, retention=retention, **_envelope(by)))
    return study


def add_head(store: Store, study: str, code: str, **by: Unpack[By]) -> None:
    """Let a head take part, by code; Refused for what is no code, as a name, or is taken."""
    _say(store, study, asked.AddHead(code=code, **_envelope(by)))


def add_observer(store: Store, study: str, code: str, **by: Unpack[By]) -> None:
    """Let an observer take part, by code; Refused for what is no code, as a name, or is taken."""
    _say(store, study, asked.AddObserver(code=code, **_envelope(by)))


def adopt_codebook(store: Store, study: str, codebook: Codebook, **by: Unpack[By]) -> str:
    """Let observations use a codebook; give its digest. Refused where that version is in use with other content."""
    name = digest(codebook)
    if name not in study_of(store, study).codebooks:
        _say(store, study, asked.AdoptCodebook(codebook=to_dict(codebook), digest=name, **_envelope(by)))
    return name


def record_consent(
    store: Store, study: str, *, head: str, date: str, wording: str, how: str, layers: Iterable[str], **by: Unpack[By]
) -> None:
    """Record what a head agreed to (layers of `study.LAYERS`), when (a date), to which wording, and how it was given."""
    command = asked.RecordConsent(head=head, date=date, wording=wording, how=how, layers=tuple(layers), **_envelope(by))
    _say(store, study, command)


def plan_observation(
    store: Store,
    study: str,
    *,
    head: str,
    observer: str,
    codebook: str,
    zone: str,
    date: str,
    periods: Iterable[Period] = (),
    observation: str = "",
    imported: bool = False,
    **by: Unpack[By],
) -> str:
    """Plan an observation with an adopted codebook (its digest); give its id, a fresh one unless it has one already.

    Refused for an unknown head, observer, codebook or zone, and for a head without a consent record.
    """
    observation = observation or new_id()
    command = asked.PlanObservation(
        observation=observation,
        head=head,
        observer=observer,
        codebook=codebook,
        zone=zone,
        date=date,
        periods=tuple(periods),
        imported=imported,
        **_envelope(by),
    )
    _say(store, study, command)
    return observation


def keep_diary(store: Store, observation: str, events: Iterable[Planned], **by: Unpack[By]) -> None:
    """Keep what the head has planned for the day of an observation; Refused for codes its codebook does not know."""
    study = _study_with(store, observation)
    _say(store, study.id, asked.KeepDiary(observation=observation, events=tuple(events), **_envelope(by)))


def freeze_set(store: Store, study: str, *, set_: str, made_of: Iterable[str], deck: Payload, **by: Unpack[By]) -> None:
    """Keep what a workshop is shown, as plain values, with the observations that it was made of."""
    numbers = {name: value for name, value in deck.items() if name != "incidents"}
    incidents = tuple(deck.get("incidents", ()))
    command = asked.FreezeSet(set=set_, made_of=tuple(made_of), deck=numbers, incidents=incidents, **_envelope(by))
    _say(store, study, command)


def record_workshop(store: Store, study: str, *, by: By, **said: Any) -> None:
    """Keep what became of a frozen set in a room: the fields of `study_commands.RecordWorkshop`."""
    _say(store, study, asked.RecordWorkshop(**said, **_envelope(by)))


def diary(store: Store, observation: str) -> tuple[Planned, ...]:
    """Give what the head has planned for the day of an observation, in order of time."""
    return _study_with(store, observation).diaries.get(observation, ())


def _study_with(store: Store, observation: str) -> s.Study:
    for study in studies(store):
        if observation in study.observations:
            return study
    raise NotFound("There is no such observation.", "`shadowlog list` shows those there are.")


def studies(store: Store) -> tuple[s.Study, ...]:
    """Give every study, the oldest first."""
    table = t.table(t.Study)
    with store.read() as connection:
        ids = connection.execute(sa.select(table.c.id).order_by(table.c.founded, table.c.id)).scalars().all()
        return tuple(_fold(store, connection, each) for each in ids)


def study_of(store: Store, study: str) -> s.Study:
    """Give a study by folding its journal; NotFound if there is none, Damaged where its chain does not hold."""
    with store.read() as connection:
        found = _fold(store, connection, study)
    if not found.founded:
        raise NotFound("There is no such study.", "`shadowlog list` shows those there are.")
    return found


def find_study(store: Store, name: str) -> s.Study:
    """Give the study of that id or name, or the only one whose name begins so; NotFound or Refused, naming those there are."""
    there = {each.name: each for each in reversed(studies(store))}
    exact = next((each for each in there.values() if each.id == name), None)
    found = [exact.name] if exact else by_beginning(name, there)
    if len(found) == 1:
        return there[found[0]]
    names = "; ".join(found or sorted(there)) or "none yet"
    if found:
        raise Refused(f"More than one study begins so: {names}.", "Give more.")
    raise NotFound(f"There is no study {shown(name)}.", f"There is: {names}.")


def observations(store: Store, study: str | None = None) -> tuple[Listed, ...]:
    """List the observations, of one study or of all, by date and then in the order in which they were planned."""
    table, episode = t.table(t.Observation), t.table(t.Episode)
    count = sa.select(sa.func.count()).where(episode.c.observation == table.c.id).scalar_subquery()
    names = ("id", "study", "head", "observer", "date", "state", "started", "ended")
    query = sa.select(*(table.c[name] for name in names), count.label("episodes")).order_by(table.c.date, table.c.id)
    if study is not None:
        query = query.where(table.c.study == study)
    with store.read() as connection:
        stages = standing(connection)
        found = connection.execute(query).mappings().all()
    return tuple(Listed(**row, stage=stages(row["id"]) if row["state"] == t.CLOSED else "") for row in found)


def releasable(store: Store, observation: str) -> tuple[str, ...]:
    """Give the layers that an observation may be released for, as its head's consent record says; NotFound for none such."""
    return s.releasable(_study_with(store, observation), observation)


def find(store: Store, part: str) -> str:
    """Give the one observation's id that is so, or begins or ends so; NotFound for none, Refused, naming them, for several."""
    table = t.table(t.Observation)
    with store.read() as connection:
        query = sa.select(table.c.id, table.c.date, table.c.head).order_by(table.c.date)
        begins, ends = (match(part, autoescape=True) for match in (table.c.id.startswith, table.c.id.endswith))
        found = connection.execute(query.where(begins | ends)).all()
        ids = [row.id for row in found]
    if part in ids:
        return part
    if not ids:
        raise NotFound("There is no such observation.", "`shadowlog list` shows those there are.")
    if len(ids) > 1:
        those = "; ".join(f"{row.id} ({row.head}, {row.date})" for row in found[:5])
        raise Refused(
            f"More than one observation begins or ends so: {those}{'; and more' if len(ids) > 5 else ''}.",
            "Give more of the end of one: the first column of `shadowlog list` is enough.",
        )
    return str(ids[0])


def observation(store: Store, part: str) -> Observation:
    """Give what an observation was planned as, by its id or the beginning or end of it; raises what `find` raises."""
    id_ = find(store, part)
    with store.read() as connection:
        return journal.describe(store, connection, id_)


def require_consent(store: Store, observation: str) -> None:
    """Refuse an observation whose head has not agreed, or no longer agrees, to be observed; NotFound for an unknown one."""
    id_ = find(store, observation)
    for study in studies(store):
        plan = study.observations.get(id_)
        if plan is None:
            continue
        consent = study.consents.get(plan.head)
        if consent is None or "observed" not in consent.layers:
            raise Refused(f"{plan.head} has not agreed to be observed.", "Record the consent first.")


def codebook(store: Store, digest: str) -> Codebook:
    """Give the codebook with this digest; NotFound if there is none, Damaged if it is not as it was adopted."""
    with store.read() as connection:
        return journal.codebook(store, connection, digest)


def _envelope(by: By) -> _Envelope:
    said = by["clock"].now()
    return {"id": new_id(), "at": said.wall, "author": by["author"], "said": said}


def _say(store: Store, study: str, command: asked.StudyCommand) -> None:
    with store.write() as connection:
        after = s.step_study(_fold(store, connection, study), command)
        journal.add(store, connection, study, command)
        for row, values in rows_of(after, command):
            _ROWS[row].run(connection, values)


def _fold(store: Store, connection: sa.Connection, study: str) -> s.Study:
    found = s.Study(study)
    for found, _ in _steps(store, connection, study):  # noqa: B007, the last one is the study
        pass
    return found


def _steps(store: Store, connection: sa.Connection, study: str) -> Iterator[tuple[s.Study, asked.StudyCommand]]:
    state = s.Study(study)
    try:
        for row in journal.rows(store, connection, study):
            if row["skeleton"] is not None:
                command = unpack_study(**decode(row))
                state = s.step_study(state, command)
                yield state, command
    except Refused as error:
        raise damaged(store.path, f"holds a study that does not follow from its journal ({error.what})") from None


def told(store: Store, connection: sa.Connection) -> Iterator[tuple[s.Study, asked.StudyCommand]]:
    """Give everything that was said to every study, each with the study after it."""
    table = t.table(t.Journal)
    founded = (
        sa.select(table.c.stream).where(table.c.kind == asked.FoundStudy.__name__).distinct().order_by(table.c.stream)
    )
    for study in connection.execute(founded).scalars().all():
        yield from _steps(store, connection, study)


def rows_of(study: s.Study, command: asked.StudyCommand) -> list[tuple[type[t.Row], dict[str, Any]]]:
    """Give the rows that a command leaves behind in the study after it."""
    match command:
        case asked.FoundStudy():
            return [
                (t.Study, {"id": study.id, "name": study.name, "retention": study.retention, "founded": command.at})
            ]
        case asked.AddHead():
            return [(t.Head, {"study": study.id, "code": command.code})]
        case asked.AddObserver():
            return [(t.Observer, {"study": study.id, "code": command.code})]
        case asked.AdoptCodebook():
            book = study.codebooks[command.digest]
            row = {"digest": command.digest, "id": book.id, "version": book.version, "name": book.name}
            return [(t.Codebook, {**row, "content": as_json(command.codebook)})]
        case asked.RecordConsent():
            names = ("id", "head", "date", "wording", "how")
            row = {name: getattr(command, name) for name in names}
            layers = json.dumps(command.layers)
            return [(t.Consent, {**row, "study": study.id, "layers": layers, "recorded": command.at})]
        case asked.PlanObservation():
            return [(t.Observation, _observation_row(study, command))]
    return []


def _observation_row(study: s.Study, plan: asked.PlanObservation) -> dict[str, Any]:
    return {
        "id": plan.observation,
        "study": study.id,
        "head": plan.head,
        "observer": plan.observer,
        "codebook": plan.codebook,
        "zone": plan.zone,
        "date": plan.date,
        "periods": json.dumps([list(asdict(period).values()) for period in plan.periods]),
        "consent": s.IMPORTED if plan.imported else study.consents[plan.head].how,
        "state": t.PLANNED,
        "started": None,
        "ended": None,
    }
