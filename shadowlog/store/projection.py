"""What a day looks like as rows, whole or just what a command changed. Folding the journal gives the same rows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from shadowlog.domain.commands import Command
from shadowlog.domain.day import Changes, Day, Put, Splice, stretches_changed
from shadowlog.domain.payload import pack
from shadowlog.domain.terms import Contact, Episode, Note, Party, State, Stretch
from shadowlog.store import tables as t
from shadowlog.store.chain import as_json
from shadowlog.store.statements import Prepared, upsert

Values = dict[str, Any]

COLUMNS = ("activity", "mode", "initiator", "medium", "place", "lead", "influence")
"""The dimensions that have a column; the others share one."""

DAY_TABLES = (t.Episode, t.Party, t.Spell, t.Gap, t.Contact, t.Note, t.Feedback)
"""The tables that hold days, in an order in which they can be filled."""


def _delete(row: type[t.Row]) -> Prepared:
    table = t.table(row)
    return Prepared(sa.delete(table).where(table.c.id == sa.bindparam("gone")))


_KEYED: tuple[type[t.Row], ...] = (t.Episode, t.Spell, t.Gap, t.Contact, t.Note, t.Feedback)
_UPSERT = {row: upsert(row) for row in _KEYED}
_DELETE = {row: _delete(row) for row in _UPSERT}
_PARTY = Prepared(sa.insert(t.table(t.Party)))
_NO_PARTY = Prepared(sa.delete(t.table(t.Party)).where(t.table(t.Party).c.episode == sa.bindparam("gone")))
_OBSERVATION = t.table(t.Observation)


def storable(text: str | None) -> str | None:
    """The text, with half a surrogate pair, which no database can hold, as a question mark."""
    return text if text is None or text.isascii() else text.encode("utf-8", "replace").decode()


def episode_row(observation: str, episode: Episode) -> Values:
    """Give the row of an episode."""
    codes = dict(episode.codes)
    return {
        "id": episode.id,
        "observation": observation,
        **{name: codes.pop(name, None) for name in COLUMNS},
        "codes": as_json(codes),
        "room": storable(episode.room),
        "carried": episode.carried,
        "interrupts": episode.interrupts,
        "concurrent": episode.concurrent,
        "closed": episode.closed,
        "unsure": episode.unsure,
        "duration_known": episode.duration_known,
        "entered": episode.entered,
        "amended": episode.amended,
        "verification": episode.verification.value if episode.verification else None,
    }


def party_rows(episode: Episode) -> list[Values]:
    """Give the rows of an episode's parties."""
    return [_party_row(episode.id, n, party) for n, party in enumerate(episode.parties)]


def _party_row(episode: str, position: int, party: Party) -> Values:
    return {
        "episode": episode,
        "position": position,
        "role": party.role,
        "count": party.count,
        "person": party.person,
        "joined": party.joined,
        "left": party.left,
    }


def stretch_row(observation: str, stretch: Stretch, *, concurrent: bool = False) -> tuple[type[t.Row], Values]:
    """Give the row of a stretch, and which table it belongs to."""
    row: Values = {"id": stretch.id, "observation": observation, "started": stretch.start, "ended": stretch.end}
    if stretch.state is State.EPISODE:
        return t.Spell, {**row, "episode": stretch.episode, "concurrent": concurrent}
    return t.Gap, {**row, "state": stretch.state.value}


def contact_row(observation: str, contact: Contact) -> Values:
    """Give the row of a contact."""
    return {
        "id": contact.id,
        "observation": observation,
        "at": contact.at,
        "role": contact.role,
        "place": contact.place,
    }


def note_row(observation: str, note: Note) -> Values:
    """Give the row of a note."""
    return {
        "id": note.id,
        "observation": observation,
        "at": note.at,
        "episode": note.episode,
        "text": storable(note.text),
        "incident": note.incident,
    }


def feedback_row(observation: str, question: str, command: Command) -> Values:
    """Give the row of the newest answer to a question."""
    skeleton, content = pack(command)
    return {
        "id": f"{observation} {question}",
        "observation": observation,
        "question": question,
        "kind": type(command).__name__,
        "author": command.author,
        "at": command.at,
        "said": storable(as_json({**skeleton, **content})),
    }


def rows_of(day: Day) -> dict[type[t.Row], list[Values]]:
    """Give every row of a day, by table."""
    observation = day.observation.id
    found: dict[type[t.Row], list[Values]] = {row: [] for row in DAY_TABLES}
    for episode in day.episodes.values():
        found[t.Episode].append(episode_row(observation, episode))
        found[t.Party] += party_rows(episode)
    for stretch in day.stretches() if day.begun else ():
        table, row = stretch_row(observation, stretch)
        found[table].append(row)
    found[t.Spell] += [stretch_row(observation, s, concurrent=True)[1] for s in day.spans.values()]
    found[t.Contact] = [contact_row(observation, c) for c in day.contacts.values()]
    found[t.Note] = [note_row(observation, n) for n in day.notes.values()]
    found[t.Feedback] = [feedback_row(observation, question, said) for question, said in day.feedback.items()]
    return found


def fill(connection: sa.Connection, day: Day) -> None:
    """Put every row of a day that has none yet, and say of the observation how far it is."""
    for row, values in rows_of(day).items():
        if values:
            connection.execute(sa.insert(t.table(row)), values)
    statement = sa.update(_OBSERVATION).where(_OBSERVATION.c.id == day.observation.id).values(**state_row(day))
    connection.execute(statement)


class _Work:
    """The rows to take out and to put in for one command."""

    def __init__(self) -> None:
        self.gone: dict[type[t.Row], dict[str, None]] = {row: {} for row in _DELETE}
        self.rows: dict[type[t.Row], dict[str, Values]] = {row: {} for row in _UPSERT}
        self.parties: dict[str, list[Values]] = {}

    def put(self, table: type[t.Row], row: Values) -> None:
        self.gone[table].pop(row["id"], None)
        self.rows[table][row["id"]] = row

    def take(self, table: type[t.Row], id_: str) -> None:
        self.rows[table].pop(id_, None)
        self.gone[table][id_] = None

    def do(self, connection: sa.Connection) -> None:
        for episode in self.parties:
            _NO_PARTY.run(connection, {"gone": episode})
        for table, ids in self.gone.items():
            if ids:
                _DELETE[table].run(connection, [{"gone": id_} for id_ in ids])
        for table, rows in self.rows.items():
            if rows:
                # What is closed first: only one spell may be open.
                ordered = sorted(rows.values(), key=lambda row: row.get("ended", 0) is None)
                _UPSERT[table].run(connection, ordered)
        if parties := [row for rows in self.parties.values() for row in rows]:
            _PARTY.run(connection, parties)


def apply(connection: sa.Connection, observation: str, changes: Changes) -> None:
    """Bring the rows of a day up to date with what one command changed, inside the transaction of its journal row."""
    work = _Work()
    for change in changes:
        if isinstance(change, Put):
            _put(work, observation, change)
    _stretches(work, observation, changes)
    work.do(connection)
    _state(connection, observation, changes)


def _put(work: _Work, observation: str, change: Put) -> None:
    before, after = change.before, change.after
    if change.table == "episodes":
        if after is None:
            work.take(t.Episode, change.id)
        else:
            work.put(t.Episode, episode_row(observation, after))
        if (before.parties if before else ()) != (after.parties if after else ()):
            work.parties[change.id] = party_rows(after) if after else []
    elif change.table == "spans":
        if before is not None:
            work.take(t.Spell, before.id)
        if after is not None:
            work.put(*stretch_row(observation, after, concurrent=True))
    elif change.table == "feedback":
        if after is None:
            work.take(t.Feedback, f"{observation} {change.id}")
        else:
            work.put(t.Feedback, feedback_row(observation, change.id, after))
    else:
        table, make = (t.Contact, contact_row) if change.table == "contacts" else (t.Note, note_row)
        if after is None:
            work.take(table, change.id)
        else:
            work.put(table, make(observation, after))


def _kept_in(state: State) -> type[t.Row] | None:
    if state is State.END:
        return None
    return t.Spell if state is State.EPISODE else t.Gap


def _stretches(work: _Work, observation: str, changes: Changes) -> None:
    was: dict[str, type[t.Row] | None] = {}
    for change in changes:
        if isinstance(change, Splice):
            for switch in (*change.before, *((change.left,) if change.left else ())):
                was.setdefault(switch.id, _kept_in(switch.state))
            for switch in change.after:
                was.setdefault(switch.id, None)
    for id_, stretch in stretches_changed(changes).items():
        old = was.get(id_)
        table, row = stretch_row(observation, stretch) if stretch else (None, None)
        if old and old is not table:
            work.take(old, id_)
        if table and row:
            work.put(table, row)


def _state(connection: sa.Connection, observation: str, changes: Changes) -> None:
    """Keep the observation's own row: its start is the first switch, and it is closed while the last one is the end."""
    set_: Values = {}
    for change in changes:
        if not isinstance(change, Splice):
            continue
        if change.left is None and change.after:
            set_["started"] = change.after[0].at
        if any(switch.state is State.END for switch in change.before):
            set_.update(state=t.RECORDING, ended=None)
        if change.after and change.after[-1].state is State.END:
            set_.update(state=t.CLOSED, ended=change.after[-1].at)
        elif change.left is None and not change.before:
            set_["state"] = t.RECORDING
    if set_:
        statement = sa.update(_OBSERVATION).where(_OBSERVATION.c.id == observation).values(**set_)
        connection.execute(statement)


def state_row(day: Day) -> Values:
    """Give what an observation's own row says of its day."""
    if not day.begun:
        return {"state": t.PLANNED, "started": None, "ended": None}
    ended = day.track[-1].at if day.ended else None
    return {"state": t.CLOSED if day.ended else t.RECORDING, "started": day.start, "ended": ended}
