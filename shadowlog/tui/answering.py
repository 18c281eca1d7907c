"""Typing an answer while the clock goes on: the line at the bottom, and the half-typed note that survives everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shadowlog.domain.answers import typed_end
from shadowlog.domain.clock import Instant
from shadowlog.domain.commands import AddNote
from shadowlog.domain.diary import checked, parsed
from shadowlog.domain.hand import Ask
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.sentences import clock_time
from shadowlog.errors import BadInput
from shadowlog.tui import asking
from shadowlog.tui.ports import Draft
from shadowlog.tui.widgets.answer import AnswerLine

if TYPE_CHECKING:
    from shadowlog.tui.record import RecordScreen
    from shadowlog.tui.session import Session

DRAFT_EVERY = 0.5
"""A half-typed note is kept so often (s) while it is typed: no more of it can be lost."""
SOON = "S begins it, from ten minutes before"
NOT_KEPT = "What is planned could not be saved; it is known until you leave"
IT_ENDED = ("it ended at", 8)


class Answering:
    """What is asked on a record screen, and what stands in the line so far."""

    def __init__(self, screen: RecordScreen) -> None:
        self.screen = screen
        self.ask: Ask | None = None
        self.draft: Draft | None = None
        """The half-typed note as it was kept last."""
        self._notes: set[str] = set()
        self._warned = ""
        self._resting = False

    @property
    def _line(self) -> AnswerLine:
        return self.screen.query_one(AnswerLine)

    # Opening and closing

    def open(self, ask: Ask, text: str = "") -> None:
        """Ask."""
        session = self.screen.session
        if session is None:
            return
        self.ask = ask
        prompt, longest = IT_ENDED if ask.what == "end" else asking.prompt_of(ask, session.day)
        self._line.open(prompt, longest, text)
        hint = "Enter keeps it · Esc leaves it as a draft" if ask.what == "note" else "Enter answers · Esc leaves"
        self.screen.painter.say(hint, "quiet")

    def close(self) -> None:
        """Ask no more."""
        self.ask = None
        self._line.close()

    @property
    def offer(self) -> str:
        """What to say while a half-typed note waits."""
        session = self.screen.session
        if self.draft is None or self.ask is not None or session is None:
            return ""
        return f"half-typed note of {clock_time(self.draft.at, session.day.observation.zone)}: N takes it up"

    def take_up(self) -> bool:
        """Open the half-typed note again at its own instant; False if there is none."""
        if self.draft is None:
            return False
        self.open(Ask("note", self.draft.at, self.draft.episode), self.draft.text)
        return True

    # Keys

    def type(self, key: str, character: str | None, said: Instant) -> bool:
        """Take a key into the line; False while nothing is asked."""
        ask, editor = self.ask, self._line.editor
        if ask is None or editor is None:
            return False
        if key == "escape":
            self.close()
            self._keep(ask, editor.text)
            self.screen.painter.say("", "quiet")
        elif key == "enter":
            self._answer(ask, editor.text, said)
        elif editor.press(key, character):
            self._changed(ask)
        return True

    def paste(self, text: str) -> None:
        """Take pasted text into the line; say what was cut, or that nothing takes it."""
        editor = self._line.editor
        if self.ask is None or editor is None:
            self.screen.painter.say("Pasted text is taken only where something is typed: N for a note", "quiet")
            return
        if editor.insert(text):
            self.screen.painter.say(f"Cut to {editor.longest} characters", "accent")
        self._changed(self.ask)

    def _answer(self, ask: Ask, text: str, said: Instant) -> None:
        screen, session = self.screen, self.screen.session
        if session is None:
            return
        if ask.what == "end":
            self._ended(session, text, said)
            return
        if ask.what == "planned":
            self._planned(session, text)
            return
        held = looks_personal(text) if ask.what == "note" else ""
        if held and text != self._warned:
            self._warned = text
            screen.painter.say(
                f"That looks like {held}. Names stay out of the record: change it, or Enter again", "accent"
            )
            return
        outcome = session.reply(ask, text, said)
        if not outcome.entries and text.strip():
            screen.painter.say(outcome.message, "accent")
            return
        self.close()
        self._notes |= {each.command.id for each in outcome.entries if isinstance(each.command, AddNote)}
        if not outcome.entries:
            self._keep(ask, "")
        screen.take(outcome)

    def _ended(self, session: Session, text: str, said: Instant) -> None:
        day = session.day
        end = typed_end(text, day.observation.zone, day.track[-1].at, max(said.wall, session.now(said)))
        if end is None and text.strip():
            since = clock_time(day.track[-1].at, day.observation.zone)
            self.screen.painter.say(f"That is no time of day since {since}; as 9:05 or 09:05:30", "accent")
            return
        self.close()
        if end is not None and self.screen.question is not None:
            self.screen.recover(session, said, "end", end)

    def _planned(self, session: Session, text: str) -> None:
        say = self.screen.painter.say
        if not text.strip():
            self.close()
            return
        try:
            event = parsed(text, session.day.observation.codebook)
            diary = checked((*session.hand.diary, event))
        except BadInput as error:
            say(str(error), "accent")
            return
        self.close()
        session.hand = replace(session.hand, diary=diary)
        self.screen.painter.all()
        say(f"Planned: {event.times}. {SOON}", "")
        kept = self.screen.desk.keep_diary(self.screen.listed.id, diary)
        kept.add_done_callback(lambda done: done.exception() and self.screen.app.call_later(say, NOT_KEPT, "alert"))

    # The draft

    def keep(self) -> None:
        """Keep what stands in the line now."""
        editor = self._line.editor
        if self.ask is not None and editor is not None:
            self._keep(self.ask, editor.text)

    def saved(self, command: str) -> None:
        """A command is on disk; if it was the note, its draft has done its work."""
        if command in self._notes:
            self._notes.discard(command)
            self.draft = None
            self.screen.desk.drop_draft(self.screen.listed.id)

    def _changed(self, ask: Ask) -> None:
        self._line.repaint()
        if ask.what == "note":
            self._rest(ask)

    def _rest(self, ask: Ask) -> None:
        if self._resting:
            return
        self._resting = True

        def keep() -> None:
            self._resting = False
            if self.ask is ask:
                self.keep()

        self.screen.set_timer(DRAFT_EVERY, keep)

    def _keep(self, ask: Ask, text: str) -> None:
        if ask.what != "note":
            return
        draft = Draft(ask.at, ask.episode, text) if text.strip() else None
        if draft == self.draft:
            return
        self.draft = draft
        if draft is None:
            self.screen.desk.drop_draft(self.screen.listed.id)
        else:
            self.screen.desk.keep_draft(self.screen.listed.id, draft)
