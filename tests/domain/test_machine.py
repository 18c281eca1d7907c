"""A Hypothesis machine drives the recorder with any sequence of presses and later commands.

The environment variable SHADOWLOG_PROFILE=long runs it 10,000 times.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain import recorder
from shadowlog.domain.answers import recover
from shadowlog.domain.day import Day, Put, stretches_changed
from shadowlog.domain.draft import Draft
from shadowlog.domain.history import history
from shadowlog.domain.payload import pack, unpack
from shadowlog.domain.recorder import HANDLERS, fold, newest_act, step
from shadowlog.domain.review import items
from shadowlog.domain.standing import STANDS
from shadowlog.domain.terms import Party, Record, State, Stretch, Verification
from shadowlog.errors import Refused
from tests.typist import ACT_OF, OBSERVATION, Typist

LONG = os.environ.get("SHADOWLOG_PROFILE") == "long"
SIGNS = ["1", "3", "5", "7", "8", "i", "y", "k", "z", "h", "t", "a", "g", "m", "9", "0", "c", "o"]
KEYS = st.sampled_from([*SIGNS, *SIGNS, *ACT_OF])
SECONDS = st.sampled_from([0, 0, 1, 2, 5, 6, 60, 900])


def check_partition(day: Day, now: int) -> None:
    """Spells, gaps, off the record and not observed fill start to end exactly, and none of them overlap."""
    at = day.start
    for stretch in day.stretches(now):
        assert stretch.start == at, "a seam or an overlap"
        assert stretch.end is not None
        assert stretch.start <= stretch.end
        assert (stretch.episode is not None) == (stretch.state is State.EPISODE)
        at = stretch.end
    assert at == (day.track[-1].at if day.ended else now)


def unsaid(record: Record) -> Record:
    """A day without what the head agreed to."""
    return replace(
        record,
        episodes=tuple(
            replace(each, verification=None) if each.verification in STANDS else each for each in record.episodes
        ),
    )


class Recorder(RuleBasedStateMachine):
    """Any observer, however clumsy, and any corrector."""

    def __init__(self) -> None:
        super().__init__()
        self.typist = Typist()
        self.rows: dict[str, Stretch] = {}
        self.tables: dict[tuple[str, str], Any] = {}
        self.seen = 0

    def say(self, command: c.Command) -> None:
        """Say a command; a refusal must leave the day as it was."""
        before = self.typist.day
        try:
            self.typist.say(command)
        except Refused:
            assert self.typist.day is before

    def envelope(self) -> dict[str, Any]:
        """A command's envelope."""
        return self.typist.moment().envelope()

    def episode(self, data: st.DataObject) -> str:
        """Some episode of the day, or one that is none."""
        known = list(self.typist.day.episodes)
        return data.draw(st.sampled_from([*known, *known, *known, "none"]))

    def instant(self, data: st.DataObject) -> int:
        """Some instant about the day's boundaries, or amid a stretch."""
        bounds = [s.at for s in self.typist.day.track]
        amid = [(one + other) // 2 for one, other in pairwise([*bounds, self.typist.moment_by_wall().at])]
        at = data.draw(st.sampled_from([*bounds, *amid, *amid]))
        return at + data.draw(st.sampled_from([0, 0, 0, -60_000, -1, 1, 500, 60_000]))

    @initialize(keys=st.lists(KEYS, max_size=12), seconds=st.sampled_from([3, 90]), over=st.booleans())
    def morning(self, keys: list[str], seconds: int = 3, over: bool = False) -> None:
        """A day does not start empty; half of the days are over before anything is put right."""
        for key in keys:
            self.press(key, seconds)
        if over and not self.typist.day.ended:
            self.say(c.End(**self.envelope()))

    @rule(key=KEYS, seconds=SECONDS)
    def press(self, key: str, seconds: int) -> None:
        """Press a key after a while."""
        self.typist.clock.advance(seconds)
        before = self.typist.day
        try:
            self.typist.press(key)
        except Refused:
            assert self.typist.day is before

    @precondition(lambda self: self.typist.last.ask is not None)
    @rule(text=st.sampled_from(['"8:10"', '"12"', '"a [/b] note"', '""', '"99999"']))
    def answer(self, text: str) -> None:
        """Answer a question."""
        self.press(text, 1)

    @rule(choice=st.sampled_from(["keep", "last"]), seconds=SECONDS, reboot=st.booleans())
    def crash(self, choice: str, seconds: int, reboot: bool) -> None:
        """The program dies and comes back, perhaps after a reboot."""
        if self.typist.day.ended:
            return
        self.typist.clock.advance(seconds)
        if reboot:
            self.typist.clock.boot += "'"
            self.typist.clock.mono = 17
        self.say(recover(self.typist.day, self.typist.moment_by_wall(), choice))

    @rule(data=st.data(), dimension=st.sampled_from(["activity", "mode", "place"]))
    def amend(self, data: st.DataObject, dimension: str) -> None:
        """Another code, another company."""
        code = data.draw(st.sampled_from([None, "teaching", "scheduled", "corridor"]))
        parties = data.draw(st.sampled_from([None, (Party("teacher"), Party("pupil", None)), (Party("alone"),)]))
        episode = self.episode(data)
        self.say(
            c.Amend(episode=episode, parties=parties, codes={dimension: code}, reason="misread", **self.envelope())
        )

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        """One episode was two."""
        new, when, episode = self.typist.moment().new_id(), self.instant(data), self.episode(data)
        self.say(c.Split(episode=episode, new=new, when=when, reason="two", **self.envelope()))

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        """Two episodes were one."""
        episode, other = self.episode(data), self.episode(data)
        self.say(c.Merge(episode=episode, other=other, reason="one", **self.envelope()))

    @rule(data=st.data(), concurrent=st.booleans())
    def insert(self, data: st.DataObject, concurrent: bool) -> None:
        """Something was forgotten."""
        start, end, new = self.instant(data), self.instant(data), self.typist.moment().new_id()
        self.say(
            c.Insert(
                episode=new, start=start, end=end, concurrent=concurrent, parties=(Party("teacher"),), reason="late",
                **self.envelope(),
            )
        )  # fmt: skip

    @rule(data=st.data(), which=st.sampled_from(["start", "end", "both"]))
    def retime(self, data: st.DataObject, which: str) -> None:
        """It began or ended at another time."""
        start = self.instant(data) if which != "end" else None
        end = self.instant(data) if which != "start" else None
        self.say(c.Retime(episode=self.episode(data), start=start, end=end, reason="late", **self.envelope()))

    @rule(data=st.data())
    def retract(self, data: st.DataObject) -> None:
        """It was none."""
        self.say(c.Retract(episode=self.episode(data), reason="none", **self.envelope()))

    @rule(one_in=st.integers(0, 3))
    def end_of_day(self, one_in: int) -> None:
        """The day ends, so that what follows is said afterwards; undo may take that back."""
        if one_in == 0 and not self.typist.day.ended:
            self.say(c.End(end_known=self.typist.clock.wall % 2 == 0, **self.envelope()))

    @rule(data=st.data(), what=st.sampled_from(["note", "star", "unsure"]))
    def remark(self, data: st.DataObject, what: str) -> None:
        """A note at an instant of the day, a star, a doubt: while it runs and afterwards."""
        episode, day = self.episode(data), self.typist.day
        if what == "unsure":
            self.say(c.SetUnsure(episode=episode, unsure=data.draw(st.booleans()), **self.envelope()))
        elif what == "star" and day.notes:
            note = data.draw(st.sampled_from(list(day.notes)))
            self.say(c.SetIncident(note=note, incident=data.draw(st.booleans()), **self.envelope()))
        else:
            where = {"at": data.draw(st.sampled_from([s.at for s in day.track]))} if day.ended else {}
            new = self.typist.moment().new_id()
            self.say(c.AddNote(note=new, episode=episode, text="seen", **{**self.envelope(), **where}))

    @rule(times=st.integers(1, 4), act=st.sampled_from(["U", "Y"]))
    def several(self, times: int, act: str) -> None:
        """Several acts are taken back, or made again, one after the other."""
        for _ in range(times):
            self.press(act, 0)

    @rule(data=st.data())
    def head(self, data: st.DataObject) -> None:
        """The head says something of an episode."""
        by = {**self.envelope(), "author": data.draw(st.sampled_from(["H01", "H01", "O1"]))}
        said = (
            c.Verify(episode=self.episode(data), view=data.draw(st.sampled_from(list(Verification))), **by),
            f.HandOver(**self.envelope()),
            c.ClockEvent(drift=9, **self.envelope()),
        )
        self.say(data.draw(st.sampled_from(said)))

    @invariant()
    def no_seams(self) -> None:
        """The track is a partition of the day."""
        day = self.typist.day
        now = max(self.typist.moment_by_wall().at, day.track[-1].at)
        check_partition(day, now)
        record = day.record(now)
        assert sum((s.end or 0) - s.start for s in record.track) == record.end - record.start

    @rule(act=st.sampled_from(["undo", "redo"]))
    def other_author(self, act: str) -> None:
        """A second observer, who can only take back what is theirs."""
        self.typist.author = "O2"
        try:
            self.say(c.AddNote(note=self.typist.moment().new_id(), episode=None, text="seen", **self.envelope()))
            self.press("U" if act == "undo" else "Y", 1)
        finally:
            self.typist.author = "O1"

    @invariant()
    def parties_are_there_while_the_episode_is(self) -> None:
        """Nobody joins before the start or after leaving, and behind a closed door there is the group alone."""
        day = self.typist.day
        for episode in day.episodes.values():
            for party in episode.parties:
                if party.joined is not None and party.left is not None:
                    assert party.joined <= party.left
            if episode.closed:
                assert (episode.room, dict(episode.codes)) == (None, {})
                assert all(p.person is None for p in episode.parties)

    @invariant()
    def concurrent_is_one_at_a_time(self) -> None:
        """No two concurrent episodes overlap, and only the one that runs is open."""
        day = self.typist.day
        spans = sorted(day.spans.values(), key=lambda s: (s.start, s.end is None, s.end or 0))
        for one, other in pairwise(spans):
            assert one.end is not None
            assert one.end <= other.start
        assert [s.episode for s in spans if s.end is None] == [e for e in [day.live.concurrent] if e is not None]

    @invariant()
    def everything_points_somewhere(self) -> None:
        """Every episode has a spell; links, notes and the suspended lead to episodes that are there."""
        day = self.typist.day
        on_track = {s.episode for s in day.track if s.episode is not None}
        assert on_track | set(day.spans) == set(day.episodes)
        assert not on_track & set(day.spans)
        running = day.track[-1].episode
        assert len(set(day.live.suspended)) == len(day.live.suspended)
        assert all(e in on_track and e != running for e in day.live.suspended)
        assert all(e.interrupts is None or e.interrupts in day.episodes for e in day.episodes.values())
        assert all(n.episode is None or n.episode in day.episodes for n in day.notes.values())
        assert len({s.id for s in day.track}) == len(day.track)

    @invariant()
    def changes_are_what_changed(self) -> None:
        """Applying every command's changes to tables of their own gives the day: what a store keeps is the day."""
        day = self.typist.day
        for changes in self.typist.changes[self.seen :]:
            for change in changes:
                if isinstance(change, Put):
                    self.tables[change.table, change.id] = change.after
            for id_, stretch in stretches_changed(changes).items():
                if stretch is None:
                    self.rows.pop(id_, None)
                else:
                    self.rows[id_] = stretch
        self.seen = len(self.typist.changes)
        assert self.rows == {s.id: s for s in day.stretches()}
        for table in ("episodes", "spans", "contacts", "notes"):
            kept = {id_: value for (name, id_), value in self.tables.items() if name == table and value is not None}
            assert kept == getattr(day, table)

    @invariant()
    def undo_then_redo_is_identity(self) -> None:
        """Undo gives the day without that act, less what the head agreed to with it; redo gives the day again."""
        day = self.typist.day
        act = newest_act(day, "O1")
        if act is None:
            return
        try:
            less, _ = step(day, c.Undo(target=act.id, **self.envelope()))
        except Refused:
            return
        without = [a.command for a in day.acts if a.command.id != act.id]
        assert unsaid(fold(OBSERVATION, without).record(day.live.last)) == unsaid(less.record(day.live.last))
        again, _ = step(less, c.Redo(target=act.id, **self.envelope()))
        assert (again.track, again.episodes, again.spans) == (day.track, day.episodes, day.spans)
        assert (again.notes, again.contacts, again.live) == (day.notes, day.contacts, day.live)

    def teardown(self) -> None:
        """Folding the journal, through its payloads, gives the same day, and so does going on from any prefix."""
        journal = [_through_payload(command) for command in self.typist.journal]
        assert journal == self.typist.journal
        assert fold(OBSERVATION, journal) == self.typist.day
        half = fold(OBSERVATION, journal[: len(journal) // 2 + 1])
        for command in journal[len(journal) // 2 + 1 :]:
            half, _ = step(half, command)
        assert half == self.typist.day
        self.check_review()

    def check_review(self) -> None:
        """The list to be put right holds the whole day, and every episode has a history that ends with how it stands."""
        day = self.typist.day
        now = max(self.typist.moment_by_wall().at, day.track[-1].at)
        listed = items(day, now)
        assert {i.id for i in listed if i.episode} == set(day.episodes)
        assert sorted(n.id for i in listed for n in i.notes) == sorted(day.notes)
        record = day.record(now)
        spells = sum((s.end or 0) - s.start for s in (*record.track, *record.concurrent) if s.episode is not None)
        assert sum((s.end or 0) - s.start for i in listed for s in i.spells) == spells
        for episode in day.episodes.values():
            told = history(day, episode.id)
            assert told.told, "an episode that nobody made"
            assert told.now != "none"


def _through_payload(command: c.Command) -> c.Command:
    skeleton, content = pack(command)
    return unpack(
        type(command).__name__, command.VERSION, skeleton, content,
        id_=command.id, at=command.at, author=command.author, said=command.said,
    )  # fmt: skip


Recorder.TestCase.settings = settings(
    max_examples=10_000 if LONG else 300,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestRecorder = Recorder.TestCase


@pytest.mark.parametrize("kind", [c.Pause, c.Insert])
def test_the_machine_notices_a_faulty_recorder(kind: type[c.Command], monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: a recorder that moves a boundary without saying so is caught by what the machine holds."""

    def faulty(draft: Draft, command: c.Command) -> None:
        HANDLERS[kind](draft, command)
        draft.track = (*draft.track[:-1], draft.track[-1]._replace(at=draft.track[-1].at - 1))

    def play() -> Recorder:
        machine = Recorder()
        machine.morning(["3", "t"])
        machine.press("7", 60)
        start, new = machine.typist.day.start, machine.typist.moment().new_id()
        machine.say(
            c.Insert(episode=new, start=start + 10_000, end=start + 20_000, reason="late", **machine.envelope())
        )
        machine.press("_", 60)
        return machine

    play().changes_are_what_changed()
    monkeypatch.setattr(recorder, "HANDLERS", {**HANDLERS, kind: faulty})
    with pytest.raises(AssertionError):
        play().changes_are_what_changed()
