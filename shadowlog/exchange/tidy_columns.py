"""The columns of the tidy tables, and what each means: the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Column(NamedTuple):
    """A column: its name, its type (text, integer, number, boolean, time, date, code, id) and its meaning."""

    name: str
    type: str
    meaning: str


def _time(name: str, meaning: str) -> tuple[Column, Column]:
    return (
        Column(name, "time", f"{meaning}; ISO 8601, local time with its offset from UTC"),
        Column(f"{name}_ms", "integer", f"{meaning}; ms since 1970-01-01 UTC"),
    )


_OBSERVATION = Column("observation", "id", "The observation; a row of observations.csv")
_EPISODE = Column("episode", "id", "The episode; a row of episodes.csv")

COLUMNS: Mapping[str, Sequence[Column]] = {
    "observations": (
        Column("observation", "id", "One observer's record of one head over one stretch, usually a day"),
        Column("study", "text", "The study it belongs to"),
        Column("head", "text", "The head's code, never a name"),
        Column("observer", "text", "The observer's code"),
        Column("zone", "text", "The zone of the local times"),
        *_time("start", "Start of the record"),
        *_time("end", "End of the record; for a day that still ran, the instant of the export"),
        Column("running", "boolean", "Whether the day still ran when it was exported"),
        Column("consent", "text", "How consent was given"),
        Column("codebook", "text", "The coding scheme"),
        Column("codebook_version", "integer", "Its version"),
        Column("version", "text", "Which version of the day these tables hold"),
    ),
    "episodes": (
        _OBSERVATION,
        Column("head", "text", "The head's code, never a name"),
        Column("episode", "id", "A stretch with the same who and the same what, interrupted or not"),
        Column("number", "integer", "Its place in the record, in order of first starts"),
        *_time("start", "Start of its first spell"),
        *_time("end", "End of its last spell"),
        Column("elapsed_ms", "integer", "From first start to last end, in ms; empty where its end is unknown"),
        Column("net_ms", "integer", "Sum of its spells, in ms; empty where its end is unknown"),
        Column("spells", "integer", "Number of uninterrupted stretches"),
        Column("who", "text", "Roles of its parties, in order, parted by semicolons; empty is uncoded"),
        Column("people", "integer", "Sum of the parties' counts, 0 alone; empty where one is unknown"),
        Column("alone", "boolean", "No other person was there; empty where who was there is uncoded"),
        Column("shadower", "boolean", "Talk with the researcher: left out of every breakdown"),
        Column("room", "text", "A room's label, where the observer gave one"),
        Column("interrupts", "id", "The episode it suspended"),
        Column("concurrent", "boolean", "It ran beside the foreground; concurrent time may overlap"),
        Column("closed", "boolean", "Behind a closed door: length and, if given, the group only"),
        Column("carried", "boolean", "The who was carried over from the episode before"),
        Column("unsure", "boolean", "The observer was not sure of it"),
        Column("duration_known", "boolean", "False where nobody said when it ended"),
        *_time("entered", "When a late entry was typed in; empty for what was recorded as it happened"),
        Column("amended", "boolean", "Put right after it was recorded"),
        Column("verification", "text", "What the head said of it: agree, amend, dispute or strike; empty: nothing yet"),
    ),
    "spells": (
        _OBSERVATION,
        Column("spell", "id", "A stretch of the record without a switch; those not concurrent fill it without a seam"),
        Column("state", "text", "episode; gap (uncoded); off (off the record); unseen (not observed)"),
        Column("episode", "id", "The episode it is a spell of; empty unless the state is episode"),
        Column("concurrent", "boolean", "A spell beside the foreground"),
        *_time("start", "Its start"),
        *_time("end", "Its end"),
        Column("ms", "integer", "Its length in ms"),
    ),
    "parties": (
        _OBSERVATION,
        _EPISODE,
        Column("position", "integer", "Place among the episode's parties; 1 was named first"),
        Column("role", "code", "Who they were"),
        Column("count", "integer", "How many; empty is unknown"),
        Column("person", "text", "A person's code, never a name"),
        *_time("joined", "When they joined; empty: at the start"),
        *_time("left", "When they left; empty: at the end"),
    ),
    "contacts": (
        _OBSERVATION,
        Column("contact", "id", "A fleeting contact: counted, no duration"),
        *_time("at", "When"),
        Column("role", "code", "With whom"),
        Column("place", "code", "Where"),
    ),
    "notes": (
        _OBSERVATION,
        Column("note", "id", "A remark"),
        *_time("at", "When"),
        Column("episode", "id", "The episode it is on; empty: on the day"),
        Column("incident", "boolean", "Starred for discussion"),
        Column(
            "text", "text", "The remark; an apostrophe before = + - @ tab or a line break keeps it from being a formula"
        ),
    ),
}
"""The tables and their columns; episodes.csv has a further column for each dimension of the codebook."""

DICTIONARY: Sequence[Column] = (
    Column("file", "text", "The file"),
    Column("column", "text", "The column"),
    Column(
        "type",
        "text",
        "time, date, integer, number, boolean (true, false), text, id, code; value: this line explains a code",
    ),
    Column("meaning", "text", "What it says"),
    Column("code", "code", "For a value: the code"),
    Column("codebook", "text", "For a value: the codebook and its version"),
)
