"""What became of workshops as tidy tables: a line for each thing that was kept of one, and what the frozen sets are of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shadowlog.domain.feedback import WAYS
from shadowlog.domain.study import Study
from shadowlog.domain.study_commands import RecordWorkshop
from shadowlog.exchange.tidy_columns import Column

Row = dict[str, Any]

COLUMNS: Mapping[str, Sequence[Column]] = {
    "workshops": (
        Column("workshop", "integer", "Which workshop of the study, in the order in which they were kept"),
        Column("date", "date", "The day of the workshop, as 2027-02-03"),
        Column("set", "id", "The frozen set that was shown; a value in sets.csv"),
        Column(
            "what",
            "text",
            "there (who was there); guess (of the room); hands (raised for a way); aid, barrier (in a story that was "
            "told); empty: nothing else was kept of this workshop",
        ),
        Column("of", "text", "For a guess: the slide; for hands: the incident, as the slides call it"),
        Column("way", "text", f"For hands: the way of distributing leadership, {', '.join(WAYS)}"),
        Column(
            "value",
            "number",
            "For a guess: the number, in the unit of the slide (%, an hour, a day); for hands: how many",
        ),
        Column(
            "text",
            "text",
            "For there, aid, barrier: what was typed, by role; an apostrophe keeps it from being a formula",
        ),
    ),
    "sets": (
        Column("set", "id", "A frozen set of slides; `shadowlog present --set` shows it again"),
        Column(
            "observation",
            "id",
            "An observation that it was made of, as it was then; which letter was whose is not kept",
        ),
    ),
}
"""The tables and their columns; each is written for a study that has something to put in it."""


def kept(study: Study) -> dict[str, list[Row]]:
    """Give the rows of each table that has any."""
    found = {
        "workshops": [row for number, each in enumerate(study.workshops, 1) for row in _workshop(number, each)],
        "sets": [
            {"set": set_, "observation": observation}
            for set_, frozen in study.sets.items()
            for observation in frozen.made_of
        ],
    }
    return {name: rows for name, rows in found.items() if rows}


def _workshop(number: int, said: RecordWorkshop) -> Iterator[Row]:
    about = {"workshop": number, "date": said.date, "set": said.set}
    things = list(_things(said))
    # One of which nothing else was kept took place all the same.
    yield from ({**about, **each} for each in things or [{}])


def _things(said: RecordWorkshop) -> Iterator[Row]:
    for words in said.there:
        yield {"what": "there", "text": words}
    for slide, number in said.guesses.items():
        yield {"what": "guess", "of": slide, "value": number}
    for incident, hands in said.hands.items():
        for way, raised in hands.items():
            yield {"what": "hands", "of": incident, "way": way, "value": raised}
    for what, lines in (("aid", said.aids), ("barrier", said.barriers)):
        for line in filter(None, lines.split("\n")):
            yield {"what": what, "text": line}
