"""The one table of acts: bindings, the key strip, the help screen, the command palette and the README are made from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from textual.binding import Binding

from shadowlog.domain.codebook_rules import ACT_KEYS as SIGNS
from shadowlog.domain.text import shown as shown_text
from shadowlog.errors import BadInput

RECORD = "record"
HOME = "home"
TRAINING = "training"
REVIEW = "review"
SHELF = "codebooks"
SCHEME = "codebook"
SUMMARY = "summary"
PROJECTOR = "projector"
AGREEMENT = "agreement"
HEAD = "head"
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


SHOWN: Mapping[str, str] = {
    "f1": "F1",
    "f2": "F2",
    "f5": "F5",
    "enter": "Enter",
    "escape": "Esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}

_EPISODES, _DETAILS, _TIME, _KEEP, _MOVE = "Episodes", "Details", "Time", "Taking back and keeping", "Getting about"
_ROWS = "Row by row"
_RIGHT, _MARK, _LOOK = "Capitals put right, each with a reason", "Marks and taking back", "Lower case only looks"

REGISTRY: tuple[Act, ...] = (
    Act("pause", ("space",), "end", "the running episode ends; then uncoded", RECORD, 4, _EPISODES, True),
    Act("interrupt", ("I",), "interrupt", "the next episode suspends this one", RECORD, 1, _EPISODES),
    Act("resume", ("R",), "resume", "back to what was interrupted; again: older", RECORD, 2, _EPISODES),
    Act("concurrent", ("C",), "beside", "the next runs beside this one; again ends it", RECORD, 8, _EPISODES),
    Act("contact", ("F",), "contact", "and a role: a fleeting contact, counted only", RECORD, 9, _EPISODES, True),
    Act("scheduled", ("S",), "scheduled", "begin what was planned, as its line says", RECORD, 0, _EPISODES),
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
    Act("unsure", ("?",), "unsure", "mark it unsure, or sure again", RECORD, 0, _DETAILS),
    Act("note", ("N",), "note", "a note on the running episode; time goes on", RECORD, 3, _DETAILS, True),
    Act("incident", ("*",), "star", "star it as an incident for discussion", RECORD, 0, _DETAILS),
    Act("earlier", ("[", ","), "earlier", "the running episode began 15 s earlier", RECORD, 0, _TIME),
    Act("later", ("]", "."), "later", "the running episode began 15 s later", RECORD, 0, _TIME),
    Act("minute_earlier", ("{", "<"), "1 min earlier", "the running episode began 1 min earlier", RECORD, 0, _TIME),
    Act("minute_later", ("}", ">"), "1 min later", "the running episode began 1 min later", RECORD, 0, _TIME),
    Act("type_start", ("T",), "type start", "type the time at which it began", RECORD, 0, _TIME),
    Act("edit", ("E",), "put right", "the day as a table: this row is amended there", RECORD, 0, _KEEP),
    Act("agenda", ("A",), "add planned", "type what is planned: 10:30-11:00 9 e", RECORD, 0, _KEEP),
    Act("name_later", ("Q",), "name later", "walk through what lacks who or what", RECORD, 11, _KEEP),
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
    Act("new", ("n",), "new day", "plan an observation: head, observer, consent", HOME, 2),
    Act("review", ("v",), "put right", "look a recorded day over and put it right", HOME, 3),
    Act("summary", ("s",), "summary", "the day broken down, in charts", HOME, 3),
    Act("words", ("w",), "in words", "the same in sentences and tables", HOME, 0),
    Act("head", ("h",), "with the head", "the head looks at the day, corrects it, decides what it is for", HOME, 4),
    Act("agreement", ("a",), "agreement", "beside what another observer recorded of that day", HOME, 0),
    Act("report", ("r",), "report", "write the report to a file", HOME, 5),
    Act("tour", ("g",), "guided tour", "two minutes with the real keys; nothing is kept", HOME, 0),
    Act("demonstration", ("d",), "demonstration", "make the demonstration study", HOME, 6),
    Act("codebooks", ("c",), "codebooks", "coding schemes: look, change keys, make your own", HOME, 8),
    Act("train", ("t",), "train", "code a day played as text: the chosen one, or an invented one", HOME, 7),
    Act("stand_still", ("f5",), "stand still", "the day that is played waits; again: it goes on", TRAINING, 0),
    Act("amend", ("E", "enter"), "amend", "another who, what, place, mode and so on", REVIEW, 2, _RIGHT),
    Act("split", ("S",), "split", "from a typed time on it is another episode", REVIEW, 3, _RIGHT),
    Act("merge", ("M",), "merge", "one with the episode before, after, or marked", REVIEW, 4, _RIGHT),
    Act("insert", ("I",), "late entry", "what was forgotten: start, end, who, what", REVIEW, 5, _RIGHT),
    Act("retime", ("T",), "re-time", "type start and end; the neighbours follow", REVIEW, 6, _RIGHT),
    Act("retract", ("R",), "retract", "it was none: its time becomes a gap", REVIEW, 7, _RIGHT),
    Act("unsure", ("?",), "unsure", "mark it unsure, or sure again", REVIEW, 0, _MARK),
    Act("note", ("N",), "note", "a note on it, kept at its start", REVIEW, 0, _MARK),
    Act("incident", ("*",), "star", "star its newest note, or take the star away", REVIEW, 0, _MARK),
    Act("undo", ("U",), "undo", "take back what was put right last; any number", REVIEW, 8, _MARK),
    Act("redo", ("Y",), "redo", "make again what was taken back", REVIEW, 0, _MARK),
    Act("next", ("n",), "next to do", "the next that is incomplete or unsure", REVIEW, 1, _LOOK),
    Act("search", ("/",), "search", "words in labels, rooms, person codes, notes", REVIEW, 9, _LOOK),
    Act("filter", ("f",), "filter", "all, to do, incomplete, unsure, amended, late", REVIEW, 10, _LOOK),
    Act("by_role", ("w",), "by who", "only one role", REVIEW, 0, _LOOK),
    Act("by_activity", ("t",), "by what", "only one activity", REVIEW, 0, _LOOK),
    Act("clear", ("c",), "clear", "show all: no filter, no search", REVIEW, 0, _LOOK),
    Act("mark", ("m",), "mark", "mark it, to merge another one with it", REVIEW, 0, _LOOK),
    Act("history", ("h",), "history", "all that was said of it, the first word first", REVIEW, 11, _LOOK),
    Act("up", ("up", "k"), "up", "the row above", REVIEW, 0, _LOOK),
    Act("down", ("down", "j"), "down", "the row below", REVIEW, 0, _LOOK),
    Act("page_up", ("pageup",), "page up", "rows above", REVIEW, 0, _LOOK),
    Act("page_down", ("pagedown",), "page down", "rows below", REVIEW, 0, _LOOK),
    Act("first", ("home",), "first", "the first row", REVIEW, 0, _LOOK),
    Act("last", ("end",), "last", "the last row", REVIEW, 0, _LOOK),
    Act("back", ("escape",), "back", "to the home screen; what is saved stays", REVIEW, 0, _LOOK),
    Act("next", ("right", "tab", "space"), "next page", "the next of the five pages", SUMMARY, 1),
    Act("before", ("left", "shift+tab"), "page before", "the page before", SUMMARY, 2),
    Act("by", ("b",), "by", "how often beside how long by the next dimension or roll-up", SUMMARY, 3),
    Act("lanes", ("l",), "lanes", "lanes by what, or by who", SUMMARY, 4),
    Act("bins", ("m",), "bins", "15, 30, 60 minutes, school-day periods", SUMMARY, 5),
    Act("who_rule", ("W",), "who rule", "several groups: split, full, main in turn", SUMMARY, 6),
    Act("concurrent", ("C",), "concurrent", "concurrent time in it, or left out", SUMMARY, 7),
    Act(
        "project",
        ("p",),
        "projector",
        "before a room: one idea a screen, guessed first; only what was released",
        SUMMARY,
        8,
    ),
    Act("up", ("up", "k"), "up", "a line up", SUMMARY, 0),
    Act("down", ("down", "j"), "down", "a line down", SUMMARY, 0),
    Act("page_up", ("pageup",), "page up", "lines above", SUMMARY, 0),
    Act("page_down", ("pagedown",), "page down", "lines below", SUMMARY, 0),
    Act("back", ("escape",), "back", "to the home screen", SUMMARY, 9),
    Act("next", ("space", "right"), "reveal, go on", "what the card asks about, then the next card", PROJECTOR, 1),
    Act("before", ("left",), "before", "the card before", PROJECTOR, 2),
    Act("back", ("escape",), "back", "to the summary", PROJECTOR, 3),
    Act("next", ("right", "tab"), "next", "the next page of the talk", HEAD, 1),
    Act("before", ("left", "shift+tab"), "before", "the page before", HEAD, 9),
    Act("answer", ("enter",), "answer", "type, choose or reveal what the cursor is on", HEAD, 2),
    Act("agree", ("a",), "agree", "the head agrees to the row", HEAD, 3, _ROWS),
    Act("amend", ("m",), "amend", "another who, what, place: as the head says", HEAD, 4, _ROWS),
    Act("dispute", ("d",), "dispute", "the head says that it was not so; both words stay", HEAD, 5, _ROWS),
    Act("strike", ("x",), "strike", "it becomes time off the record; asked once", HEAD, 6, _ROWS),
    Act("comment", ("c",), "comment", "the head's words on the row", HEAD, 7, _ROWS),
    Act("agree_rest", ("A",), "agree to all", "to every row without a word; asked once", HEAD, 8, _ROWS),
    Act(
        "unsay", ("u",), "take back", "the row has no word of the head again, or all agreed to at once", HEAD, 9, _ROWS
    ),
    Act("open", ("n",), "next open", "the next row without a word of the head", HEAD, 10, _ROWS),
    Act("history", ("h",), "history", "all that was said of the row, the first word first", HEAD, 11, _ROWS),
    Act("lenses", ("L",), "lenses on/off", "coding leading, influence and the like together", HEAD, 3),
    Act("up", ("up", "k"), "up", "the line, row or question above", HEAD),
    Act("down", ("down", "j"), "down", "the next line, row or question", HEAD),
    Act("page_up", ("pageup",), "page up", "rows above", HEAD),
    Act("page_down", ("pagedown",), "page down", "rows below", HEAD),
    Act("first", ("home",), "first", "the first line or row", HEAD),
    Act("last", ("end",), "last", "the last line or row", HEAD),
    Act("back", ("escape",), "back", "to the home screen; it goes on from there another time", HEAD, 9),
    Act("up", ("up", "k"), "up", "the difference above, or a line up", AGREEMENT, 0),
    Act("down", ("down", "j"), "down", "the next difference, or a line down", AGREEMENT, 1),
    Act(
        "page",
        ("tab", "right", "left", "space"),
        "figures",
        "from the differences to the figures and back",
        AGREEMENT,
        2,
    ),
    Act("dimension", ("d",), "who, what …", "only differences in who, in what, and so on", AGREEMENT, 3),
    Act("sort", ("s",), "sort", "the longest first, or by the clock", AGREEMENT, 4),
    Act("tolerance", ("t",), "tolerance", "codings may be 0, 5, 15 or 60 s apart", AGREEMENT, 5),
    Act("unit", ("u",), "unit", "units of 1, 10 or 60 s", AGREEMENT, 6),
    Act("other", ("o",), "other", "the next of several other observers", AGREEMENT, 0),
    Act("back", ("escape",), "back", "to the home screen", AGREEMENT, 7),
    Act("open", ("enter",), "open", "look into it, change it", SHELF, 1),
    Act("copy", ("c",), "copy", "a scheme of your own under another name", SHELF, 2),
    Act("back", ("escape",), "back", "to the home screen", SHELF, 3),
    Act("edit", ("enter",), "change", "type what the chosen field says", SCHEME, 1),
    Act("key", ("k",), "key", "another key for this code; clashes are shown as typed", SCHEME, 2),
    Act("label", ("l",), "label", "another label", SCHEME, 8),
    Act("definition", ("d",), "definition", "another definition", SCHEME, 9),
    Act("add", ("a",), "add", "a code or heading below this one; on the scheme, a dimension", SCHEME, 3),
    Act("remove", ("x",), "remove", "take this code, heading, dimension or roll-up out", SCHEME, 4),
    Act("earlier", ("<",), "move up", "this one stands one place earlier", SCHEME),
    Act("later", (">",), "move down", "this one stands one place later", SCHEME),
    Act("roll_up", ("r",), "roll-up", "a new roll-up of this dimension's codes", SCHEME),
    Act("azerty", ("z",), "digits", "digits as French keyboards type them unshifted, or back", SCHEME),
    Act("undo", ("u",), "undo", "take the newest edit back; any number", SCHEME, 6),
    Act("redo", ("y",), "redo", "make again what was taken back", SCHEME),
    Act("keep", ("ctrl+s",), "keep", "keep the edits; one in use gets its next version", SCHEME, 5),
    Act("pane", ("tab", "left", "right"), "pane", "the codes, or what is said of one", SCHEME),
    Act("back", ("escape",), "back", "to the codebooks; unkept edits are asked about once", SCHEME, 7),
    Act("safeguarding", ("f2",), "safeguarding", "what to do with a concern about a child", ANYWHERE, 0, _MOVE),
    Act("palette", ("ctrl+p",), "palette", "every act by its name", ANYWHERE, 12, _MOVE),
    Act("help", ("f1",), "help", "the keys of this screen", ANYWHERE, 13, _MOVE),
    Act("quit", ("ctrl+q",), "leave", "the recording is safe; it can be resumed", ANYWHERE, 14, _MOVE),
)
"""Every act, in the order of the help screen."""


NAMED_KEYS = re.compile(r"f([3-9]|1[0-2])|insert|delete|home|end|pageup|pagedown|up|down|left|right|enter|tab|space")
"""Keys that are no character and may be given to an act; F1, F2, Esc and ctrl with a letter stay as they are."""

_chosen: dict[str, tuple[str, ...]] = {}


def choose_keys(keys: Mapping[str, tuple[str, ...]], where: str = "") -> None:
    """Give acts of the record screen other keys; their own go on working unless another act takes them over.

    BadInput, naming `where`, for an act there is not, a key that cannot be one, and a key given to two acts; nothing is
    chosen then.
    """
    acts = {act.name: act for act in REGISTRY if act.screen == RECORD}
    given: dict[str, str] = {}
    for name, wanted in keys.items():
        if name not in acts:
            near = get_close_matches(name, acts, n=1)
            cure = f"Did you mean {near[0]}?" if near else "`shadowlog settings` lists every act."
            raise BadInput(f"There is no act {shown_text(name)}", cure, where)
        for key in wanted:
            # Any other sign may be the key of a code: there are keyboards without digits in the first row.
            if not (len(key) == 1 and key.isupper()) and key not in SIGNS and not NAMED_KEYS.fullmatch(key):
                signs = " ".join(sorted(SIGNS - {" "}))
                cure = f"A capital, one of {signs}, f3 to f12, or a key's name as insert; the others are for codes."
                raise BadInput(f"{name}: {shown_text(key)} cannot be the key of an act", cure, where)
            if given.setdefault(key, name) != name:
                raise BadInput(f"{key} is given to {given[key]} and to {name}", "One key, one act.", where)
    chosen: dict[str, tuple[str, ...]] = {}
    for name, act in acts.items():
        mine = dict.fromkeys((*keys.get(name, ()), *(key for key in act.keys if given.get(key, name) == name)))
        if not mine:
            raise BadInput(f"{name} has no key left", f"Give it one: {name} = [...].", where)
        chosen[name] = tuple(mine)
    _chosen.clear()
    _chosen.update(chosen)
    for cached in (acts_of, by_key, strip_of):
        cached.cache_clear()


def registry() -> tuple[Act, ...]:
    """Every act with the keys it has now, in the order of the help screen."""
    return tuple(
        replace(act, keys=_chosen[act.name]) if act.screen == RECORD and act.name in _chosen else act
        for act in REGISTRY
    )


@cache
def acts_of(screen: str) -> tuple[Act, ...]:
    """The acts of a screen, with those that work anywhere."""
    return tuple(act for act in registry() if act.screen in (screen, ANYWHERE))


@cache
def by_key(screen: str) -> Mapping[str, Act]:
    """Characters and names of keys to the acts of one screen; those that work anywhere are bindings of the app."""
    return {key: act for act in registry() if act.screen == screen for key in act.keys}


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
    """The acts as Markdown tables, one for each screen, for the README."""
    parts = []
    for title, screen in (
        ("Recording", RECORD),
        ("Home", HOME),
        ("Training", TRAINING),
        ("Review", REVIEW),
        ("Summary", SUMMARY),
        ("Projector", PROJECTOR),
        ("With the head", HEAD),
        ("Agreement of two observers", AGREEMENT),
        ("Coding schemes", SHELF),
        ("A coding scheme", SCHEME),
        ("Everywhere", ANYWHERE),
    ):
        rows = [f"| `{act.all_keys}` | {act.label} | {act.help} |" for act in REGISTRY if act.screen == screen]
        parts.append("\n".join([f"**{title}**", "", "| key | act | what it does |", "|---|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"
