"""A realistic stream of presses for a fast morning, and what a journal says apart from its ids and its times."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from itertools import count
from typing import Any

from shadowlog.domain import commands as c
from shadowlog.domain.clock import Instant
from shadowlog.domain.codebook import ACTIVITY, PLACE, ROLE, Codebook
from shadowlog.domain.recorder import new_day
from shadowlog.domain.terms import Observation
from shadowlog.tui import actions
from shadowlog.tui.session import Session

WORDS = ("cover for year four", "asked about the boiler", "will ring back", "a joke, a thank-you", "to be talked over")


def presses(book: Codebook, seed: int) -> Iterator[str]:
    """Presses without end, a text of a note as one: starts, codes, interruptions, joins, sizes, places, notes, undo."""
    chance = random.Random(seed)
    keys = {d: [code.key for code in book.codes(d) if len(code.key) == 1] for d in (ROLE, ACTIVITY, PLACE)}

    def one(dimension: str) -> str:
        return chance.choice(keys[dimension])

    def phrase() -> list[str]:
        who, what = one(ROLE), one(ACTIVITY)
        kinds: list[tuple[int, list[str]]] = [
            (30, [who, what]),
            (6, [what]),
            (3, [who]),
            (5, [what, who]),
            (4, [who, who, what]),
            (10, ["I", who, what]),
            (10, ["R"]),
            (6, ["J", who]),
            (4, ["L", who]),
            (6, ["G", chance.choice("23456789")]),
            (8, ["P", one(PLACE)]),
            (8, ["M"] * chance.randint(1, 3)),
            (4, ["H"]),
            (4, ["V"]),
            (6, ["N", chance.choice(WORDS), "\r"]),
            (6, ["F", who]),
            (5, ["U"]),
            (3, ["U", "Y"]),
            (4, [" "]),
            (2, ["?"]),
            (2, ["["]),
        ]
        return chance.choices([each for _, each in kinds], [weight for weight, _ in kinds])[0]

    while True:
        yield from phrase()


def said_by(observation: Observation, pressed: Sequence[str], instants: Sequence[Instant]) -> list[c.Command]:
    """What a session says to these presses. Each is pressed at the instant of the command that came next on the terminal.

    So a press within the settling time there is within it here, however the machine was held up.
    """
    ids, said, text = count(1), list[c.Command](), ""
    session = Session(new_day(observation), lambda: f"id-{next(ids)}")
    table = actions.by_key(actions.RECORD)
    ask = None
    # Where a note is not taken, its text is pressed as keys, as it is on a terminal.
    for key in (key for press in pressed for key in press):
        now = instants[min(len(said), len(instants) - 1)]
        if ask is not None and key != "\r":
            text += key
            continue
        if ask is not None:
            outcome = session.reply(ask, text, now)
        elif act := table.get({" ": "space", "\r": "enter"}.get(key, key)):
            outcome = session.act(act.name, now, begins=act.begins)
        else:
            outcome = session.sign(key, now)
        ask, text = outcome.ask, ""
        said += [entry.command for entry in outcome.entries]
    return said


def told(journal: Sequence[c.Command]) -> list[Any]:
    """A journal as plain values: every id by where it first came up, and no times."""
    known: dict[str, int] = {}
    ids = {
        getattr(each, name) for each in journal for name in ("id", "episode", "contact", "note") if hasattr(each, name)
    }

    def plain(value: Any) -> Any:
        if isinstance(value, str) and value in ids:
            return f"#{known.setdefault(value, len(known))}"
        if is_dataclass(value):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name not in TIMES}
        if isinstance(value, list | tuple):
            return [plain(each) for each in value]
        return dict(value) if isinstance(value, dict) else value

    return [(type(each).__name__, plain(each)) for each in journal]


TIMES = {"at", "said", "to", "joined", "left"}
