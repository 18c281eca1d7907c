"""A deck as one HTML file of slides for a projector: guess then reveal, driven by keys, without a network."""

from __future__ import annotations

import hashlib
import json
import re

from shadowlog.analysis.deck_shape import Deck
from shadowlog.analysis.plain import plain
from shadowlog.domain.feedback import WAYS
from shadowlog.domain.phrases import many
from shadowlog.report.html import environment, own, policy, script_json, text_of
from shadowlog.report.slides import PURPOSE, slides


def present(deck: Deck, name: str, set_: str = "") -> str:
    """The file as HTML text; the same deck always gives the same file. `name` begins the names of what it saves.

    `set_` is the id that the deck was frozen under; without one it is that of the deck as it is.
    """
    script = text_of("present.js")
    told = {
        "set": set_ or set_id(deck),
        "name": re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "set",
        "ways": list(WAYS),
    }
    return (
        environment()
        .get_template("present.html")
        .render(
            heading=f"{many(len(deck.letters), 'head', 'heads')}: {PURPOSE.lower()}",
            slides=slides(deck),
            set=str(told["set"])[:8],
            ways=tuple(WAYS.items()),
            style=own(text_of("present.css")),
            script=own(script),
            told=own(script_json(told)),
            policy=policy(script),
        )
    )


def set_id(deck: Deck) -> str:
    """What a deck is known by: a digest of all that it shows."""
    text = json.dumps(plain(deck), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
