"""The desk over a database: everything is handed to the one writer thread; the store is imported there, after first paint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from shadowlog.errors import ShadowlogError, StoreError
from shadowlog.tui.ports import Draft, Listed, Plan, Shelf

if TYPE_CHECKING:
    from shadowlog.domain.clock import Clock
    from shadowlog.domain.codebook import Codebook
    from shadowlog.domain.commands import Command
    from shadowlog.domain.day import Changes, Day
    from shadowlog.domain.diary import Planned
    from shadowlog.store.engine import Store
    from shadowlog.store.writer import Writer

T = TypeVar("T")
LONGEST_COPY = 30.0
"""So many seconds leaving waits for the second copy of the last backup."""
BACKUP_EVERY = 15 * 60
"""Seconds between two backups while a day is recorded."""


class StoreDesk:
    """Keeps days in a database at `path`. The callables are what the screens may not import themselves; each is given
    the store and runs on the writer's thread. `backups` is a second folder for backups.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        write_report: Callable[[Store, str], str],
        summary_text: Callable[[Store, str, int], str],
        make_demo: Callable[[Store], Any],
        zone: str = "UTC",
        backups: Path | None = None,
        unforeseen: Callable[[BaseException], object] | None = None,
    ) -> None:
        self.zone = zone
        self._backups = backups
        self._unforeseen = unforeseen
        self._copying: Thread | None = None
        self._path = path
        self._clock = clock
        self._write_report = write_report
        self._summary_text = summary_text
        self._make_demo = make_demo
        self._writer: Writer | None = None
        self._backed = clock.now().mono

    def open(self, *, writing: bool = True) -> Future[None]:
        """Open the database; raises, through the future, what the store raises."""
        from shadowlog.store.writer import Writer

        self._writer = Writer(self._path, writing=writing, unforeseen=self._unforeseen)
        return self._writer.opened

    def doubts(self) -> Future[Sequence[str]]:
        """What speaks against recording where the database lies."""

        def work(store: Store) -> Sequence[str]:
            from shadowlog.store.place import doubts

            return doubts(store.path)

        return self._call(work)

    def observations(self) -> Future[Sequence[Listed]]:
        """Every observation, study by study, the newest first."""
        return self._call(_listed)

    def codebooks(self) -> Future[Sequence[tuple[str, str]]]:
        """The codebooks that can be chosen: shipped, the user's own, those of studies."""
        return self._call(lambda store: [(s.choice, s.codebook.name) for s in shelf_of(store).schemes if s.choice])

    def shelf(self) -> Future[Shelf]:
        """Every codebook there is."""
        return self._call(shelf_of)

    def keep_codebook(self, codebook: Codebook, edited: Codebook | None) -> Future[Codebook]:
        """Keep what was made of a codebook, beside the database."""

        def work(store: Store) -> Codebook:
            from shadowlog import paths
            from shadowlog.store import library
            from shadowlog.tui import shelf

            return shelf.keep(library.studies(store), paths.codebooks(store.path), codebook, edited)

        return self._call(work)

    def load(self, observation: str) -> Future[Day]:
        """The day of an observation; Refused for one that has not begun and may not, since consent was withdrawn."""
        from shadowlog.store import journal, library

        def work(store: Store) -> Day:
            day = journal.load(store, observation)
            if not day.begun:
                library.require_consent(store, observation)
            return day

        return self._call(work)

    def save(self, observation: str, told: Sequence[tuple[Command, Changes]]) -> Future[None]:
        """Append an act to the journal, whole and once; a second try of the same commands is harmless."""
        from shadowlog.domain.commands import Begin, End
        from shadowlog.store import journal

        def work(store: Store) -> None:
            with store.write():
                for command, changes in told:
                    journal.append(store, observation, command, changes)

        saved = self._call(work)
        self._back_up(now=any(isinstance(command, Begin | End) for command, _ in told))
        return saved

    def _back_up(self, *, now: bool) -> None:
        """Copy the database behind what was saved, at the beginning, at the end, and every 15 minutes between.

        The copy goes beside it, and another one into the folder that the user chose. A copy that fails takes nothing from the recording; `doctor` and `backup` say why.
        """
        from shadowlog.store import backup

        since = self._clock.now().mono - self._backed
        if now or since > BACKUP_EVERY * 1_000_000_000:
            self._backed += since
            # Of the chains, those written to now: every key waits behind this.
            copied = self._call(lambda store: backup.if_due(store, minutes=0))
            if self._backups is not None:
                copied.add_done_callback(self._copy_on)

    def _copy_on(self, copied: Future[Path | None]) -> None:
        """Copy a backup to the second folder, on a thread of its own: a slow stick holds no key up."""
        from shadowlog.store import backup

        made, folder = None if copied.exception() else copied.result(), self._backups
        if made is None or folder is None:
            return

        def work() -> None:
            # A stick that was pulled out takes nothing from the recording; `doctor` says what lies there.
            with suppress(ShadowlogError):
                backup.copy_to(made, self._path, folder)

        self._copying = Thread(target=work, name="shadowlog-backup", daemon=True)
        self._copying.start()

    def releasable(self, observation: str) -> Future[tuple[str, ...]]:
        """The layers that the head's consent record allows a day to be released for."""
        from shadowlog.store import library

        return self._call(lambda store: library.releasable(store, observation))

    def diary(self, observation: str) -> Future[tuple[Planned, ...]]:
        """What the head has planned for the day of an observation."""
        from shadowlog.store import library

        return self._call(lambda store: library.diary(store, observation))

    def keep_diary(self, observation: str, events: tuple[Planned, ...]) -> Future[None]:
        """Keep what the head has planned, as a whole."""
        from shadowlog.store import library

        def work(store: Store) -> None:
            author = library.observation(store, observation).observer
            library.keep_diary(store, observation, events, author=author, clock=self._clock)

        return self._call(work)

    def keep_draft(self, observation: str, draft: Draft) -> Future[None]:
        """Keep a half-typed note."""
        from shadowlog.store import drafts

        return self._call(lambda store: drafts.keep_draft(store, observation, draft.at, draft.episode, draft.text))

    def draft(self, observation: str) -> Future[Draft | None]:
        """The half-typed note of an observation."""
        from shadowlog.store import drafts

        def work(store: Store) -> Draft | None:
            found = (each for each in drafts.drafts(store) if each.observation == observation)
            return next((Draft(each.at, each.episode, each.text) for each in found), None)

        return self._call(work)

    def drop_draft(self, observation: str) -> Future[None]:
        """Let go of the half-typed note."""
        from shadowlog.store import drafts

        return self._call(lambda store: drafts.drop_draft(store, observation))

    def plan(self, plan: Plan) -> Future[str]:
        """Plan an observation; study, head and observer are added where they are new."""
        return self._call(lambda store: planned(store, plan, self._clock))

    def write_report(self, observation: str) -> Future[str]:
        """Write the report; give its path."""
        return self._call(lambda store: self._write_report(store, observation))

    def summary_text(self, observation: str, width: int) -> Future[str]:
        """The summary as plain text in lines of so many columns."""
        return self._call(lambda store: self._summary_text(store, observation, width))

    def make_demo(self) -> Future[None]:
        """Make the demonstration study."""

        def work(store: Store) -> None:
            self._make_demo(store)

        return self._call(work)

    def close(self) -> None:
        """Finish and give the database back."""
        if self._writer is not None:
            self._writer.close()
        if self._copying is not None:
            self._copying.join(LONGEST_COPY)

    def _call(self, work: Callable[[Store], T]) -> Future[T]:
        if self._writer is None:
            failed: Future[T] = Future()
            failed.set_exception(StoreError("The database is not open."))
            return failed
        return self._writer.call(work)


def shelf_of(store: Store) -> Shelf:
    """Every codebook there is beside and in a database."""
    from shadowlog import paths
    from shadowlog.store import library
    from shadowlog.tui import shelf

    return shelf.look(library.studies(store), paths.codebooks(store.path))


def _listed(store: Store) -> list[Listed]:
    from shadowlog.store import library

    found: list[Listed] = []
    for study in library.studies(store):
        counts: dict[str, int] = {}
        for each in library.observations(store, study.id):
            counts[each.head] = counts.get(each.head, 0) + 1
            plan = study.observations.get(each.id)
            found.append(
                Listed(
                    id=each.id,
                    study=study.name,
                    head=each.head,
                    label=f"S{counts[each.head]}",
                    observer=each.observer,
                    state=each.stage or each.state,
                    zone=plan.zone if plan else "UTC",
                    begun=each.started,
                    ended=each.ended,
                    episodes=each.episodes,
                    date=plan.date if plan else "",
                )
            )
    return sorted(found, key=lambda each: each.state != "recording")


def planned(store: Store, plan: Plan, clock: Clock) -> str:
    """Plan an observation and whatever it needs, in one transaction, so that a refusal leaves nothing half done."""
    from shadowlog.store import library
    from shadowlog.tui.shelf import choose

    book: Codebook = choose(shelf_of(store), plan.codebook)
    by: library.By = {"author": plan.observer, "clock": clock}
    with store.write():
        study = next((each for each in library.studies(store) if each.name == plan.study), None)
        id_ = study.id if study else library.found_study(store, name=plan.study, retention=plan.retention, **by)
        if study is None or plan.head not in study.heads:
            library.add_head(store, id_, plan.head, **by)
        if study is None or plan.observer not in study.observers:
            library.add_observer(store, id_, plan.observer, **by)
        consent = plan.consent
        library.record_consent(
            store, id_, head=plan.head, date=consent.date, wording=consent.wording, how=consent.given,
            layers=consent.layers, **by,
        )  # fmt: skip
        return library.plan_observation(
            store, id_, head=plan.head, observer=plan.observer, codebook=library.adopt_codebook(store, id_, book, **by),
            zone=plan.zone, date=plan.date, periods=plan.periods, **by,
        )  # fmt: skip
