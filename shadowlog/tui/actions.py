"""The one table of acts: bindings, the key strip, the help screen, the command palette and the README are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from textual.binding import Binding

RECORD = "record"
HOME = "home"
ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Act:
    """Something a key does. `keys` are characters or names of keys, the first one is shown."""

    name: str
    keys: tuple[str, ...]
    label: str
    help: str
    screen: str = RECORD
    strip: int = 0
    """Its place on the key strip, from 1; 0 leaves it to the help screen."""
    group: str = ""
    begins: bool = False
    """Pressed on a day that has not begun, it begins it."""

    @property
    def shown(self) -> str:
        """The first key as it is drawn."""
        return SHOWN.get(self.keys[0], self.keys[0])

    @property
    def all_keys(self) -> str:
        """Every key as it is drawn."""
        return " ".join(SHOWN.get(key, key) for key in self.keys)


SHOWN: Mapping[str, str] = {"f1": "F1", "f2": "F2", "enter": "Enter", "escape": "Esc", "up": "↑", "down": "↓"}

_EPISODES, _DETAILS, _TIME, _KEEP, _MOVE = "Episodes", "Details", "Time", "Taking back and keeping", "Getting about"

REGISTRY: tuple[Act, ...] = (
    Act("pause", ("space",), "end", "the running episode ends; then uncoded", RECORD, 4, _EPISODES, True),
    Act("interrupt", ("I",), "interrupt", "the next episode suspends this one", RECORD, 1, _EPISODES),
    Act("resume", ("R",), "resume", "back to what was interrupted; again: older", RECORD, 2, _EPISODES),
    Act("concurrent", ("C",), "beside", "the next runs beside this one; again ends it", RECORD, 8, _EPISODES),
    Act("contact", ("F",), "contact", "and a role: a fleeting contact, counted only", RECORD, 9, _EPISODES, True),
    Act("closed", ("D",), "closed door", "duration only, no content; again leaves a gap", RECORD, 0, _EPISODES, True),
    Act("off", ("O",), "off the record", "nothing is kept until O again", RECORD, 10, _EPISODES, True),
    Act("end", ("X",), "end of day", "X twice ends the day", RECORD, 0, _EPISODES),
    Act("join", ("J",), "join", "and a role: joins the running episode", RECORD, 6, _DETAILS),
    Act("leave", ("L",), "leave", "and a role: leaves the running episode", RECORD, 0, _DETAILS),
    Act("group", ("G",), "group size", "and 1-9: how many the last named are; 0 asks", RECORD, 0, _DETAILS),
    Act("person", ("K",), "person", "and 1-9: who of the last named; 0 asks", RECORD, 0, _DETAILS),
    Act("place", ("P",), "place", "and a place: stays so until changed", RECORD, 7, _DETAILS, True),
    Act("room", ("enter",), "room", "after P and a place: a label for the room", RECORD, 0, _DETAILS),
    Act("mode", ("M",), "mode", "scheduled, unscheduled, and so on in turn", RECORD, 0, _DETAILS),
    Act("initiator", ("H",), "who began", "head, other, mutual, clock in turn", RECORD, 0, _DETAILS),
    Act("medium", ("V",), "medium", "face to face, phone and the others in turn", RECORD, 0, _DETAILS),
    Act("unsure", ("?",), "unsure", "mark the running episode unsure, or sure again", RECORD, 0, _DETAILS),
    Act("note", ("N",), "note", "a note on the running episode; time goes on", RECORD, 3, _DETAILS, True),
    Act("incident", ("*",), "star", "star it as an incident for discussion", RECORD, 0, _DETAILS),
    Act("earlier", ("[", ","), "earlier", "the running episode began 15 s earlier", RECORD, 0, _TIME),
    Act("later", ("]", "."), "later", "the running episode began 15 s later", RECORD, 0, _TIME),
    Act("minute_earlier", ("{", "<"), "1 min earlier", "the running episode began 1 min earlier", RECORD, 0, _TIME),
    Act("minute_later", ("}", ">"), "1 min later", "the running episode began 1 min later", RECORD, 0, _TIME),
    Act("type_start", ("T",), "type start", "type the time at which it began", RECORD, 0, _TIME),
    Act(
        "name_later", ("Q",), "name later", "walk through what lacks who or what; recording goes on", RECORD, 11, _KEEP
    ),
    Act("undo", ("U",), "undo", "take the newest act back; any number, always", RECORD, 5, _KEEP),
    Act("redo", ("Y",), "redo", "make again what was taken back", RECORD, 0, _KEEP),
    Act("pane_next", ("tab",), "next pane", "log, who, what; Enter presses the code there", RECORD, 0, _MOVE),
    Act("pane_before", ("shift+tab",), "pane before", "the other way round", RECORD, 0, _MOVE),
    Act("up", ("up",), "up", "an older row, the code above", RECORD, 0, _MOVE),
    Act("down", ("down",), "down", "a newer row, the code below", RECORD, 0, _MOVE),
    Act("left", ("left",), "left", "the code to the left", RECORD, 0, _MOVE),
    Act("right", ("right",), "right", "the code to the right", RECORD, 0, _MOVE),
    Act("page_up", ("pageup",), "page up", "older rows", RECORD, 0, _MOVE),
    Act("page_down", ("pagedown",), "page down", "newer rows", RECORD, 0, _MOVE),
    Act("newest", ("end",), "newest", "the newest row of the log", RECORD, 0, _MOVE),
    Act("open", ("enter",), "open", "record, or go on recording", HOME, 1),
    Act("new", ("n",), "new observation", "plan an observation: head, observer, consent", HOME, 2),
    Act("summary", ("s",), "summary", "the day in words and numbers", HOME, 3),
    Act("report", ("r",), "report", "write the report to a file", HOME, 4),
    Act("demonstration", ("d",), "demonstration", "make the demonstration study", HOME, 5),
    Act("safeguarding", ("f2",), "safeguarding", "what to do with a concern about a child", ANYWHERE, 0, _MOVE),
    Act("palette", ("ctrl+p",), "palette", "every act by its name", ANYWHERE, 12, _MOVE),
    Act("help", ("f1",), "help", "the keys of this screen", ANYWHERE, 13, _MOVE),
    Act("quit", ("ctrl+q",), "leave", "the recording is safe; it can be resumed", ANYWHERE, 14, _MOVE),
)
"""Every act, in the order of the help screen."""


@cache
def acts_of(screen: str) -> tuple[Act, ...]:
    """The acts of a screen, with those that work anywhere."""
    return tuple(act for act in REGISTRY if act.screen in (screen, ANYWHERE))


@cache
def by_key(screen: str) -> Mapping[str, Act]:
    """Characters and names of keys to the acts of one screen; those that work anywhere are bindings of the app."""
    return {key: act for act in REGISTRY if act.screen == screen for key in act.keys}


@cache
def strip_of(screen: str) -> tuple[Act, ...]:
    """The acts of the key strip, in order."""
    return tuple(sorted((act for act in acts_of(screen) if act.strip), key=lambda act: act.strip))


def bindings() -> list[Binding]:
    """The bindings of the app: what works on every screen, once nothing on it took the key."""
    return [
        Binding(key, f"anywhere('{act.name}')", act.label, show=False)
        for act in REGISTRY
        if act.screen == ANYWHERE
        for key in act.keys
    ]


def key_table() -> str:
    """The acts as Markdown tables, one for recording and one for Home, for the README."""
    parts = []
    for title, screen in (("Recording", RECORD), ("Home", HOME), ("Everywhere", ANYWHERE)):
        rows = [f"| `{act.all_keys}` | {act.label} | {act.help} |" for act in REGISTRY if act.screen == screen]
        parts.append("\n".join([f"**{title}**", "", "| key | act | what it does |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"
