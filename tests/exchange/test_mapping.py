from __future__ import annotations

import pytest

from shadowlog.codebooks.presets import preset
from shadowlog.errors import BadInput, NotFound
from shadowlog.exchange.mapping import mapping, mapping_for, mappings, read

HEADER = [
    "start",
    "end",
    "who",
    "n_people",
    "activity",
    "kind",
    "place",
    "initiator",
    "interrupts",
    "confidence",
]

VOCABULARY = {
    "kind": {
        "scheduled_meeting": "scheduled",
        "unscheduled_meeting": "unscheduled",
        "incident": "unscheduled",
        "desk_work": "desk",
        "email_it": "desk",
        "walkabout": "tour",
        "exchange": "exchange",
        "phone": "phone",
        "travel": "trip",
        "private": "personal",
        "break": "personal",
        "supervision_duty": "monitoring",
        "lesson_observation": "observing",
        "classroom_visit": "observing",
        "assembly": "announcement",
        "teaching": "teaching",
        "other": "other",
    },
    "who": {
        "none": "alone",
        "leadership_team": "slt",
        "teacher": "teacher",
        "staff_group": "teacher",
        "support_staff": "support",
        "office_staff": "office",
        "site_staff": "site",
        "pupil": "pupil",
        "class_group": "pupil",
        "parent": "parent",
        "governor": "governor",
        "local_authority": "external",
        "external_agency": "external",
        "other_head": "heads",
        "visitor": "visitor",
        "community": "visitor",
    },
    "initiator": {"head": "head", "other": "other", "scheduled": "clock", "unknown": None},
    "place": {
        "office": "own_office",
        "other_room": "other_office",
        "gate": "outside",
        "playground": "outside",
        "off_site": "offsite",
        "classroom": "classroom",
        "corridor": "corridor",
        "hall": "hall",
        "staffroom": "staffroom",
        "unknown": None,
    },
}

SMALL = """\
id = "small"
name = "Small"
codebook = "default"
[columns]
start = "from"
[codes.activity]
column = "what"
"""


@pytest.mark.parametrize("column", VOCABULARY)
def test_the_whole_vocabulary(column: str) -> None:
    """The shipped mapping knows every value of a timed day, and nothing else."""
    book = preset("structured-observation")
    dimension, codes = next((d, c) for d, c in mapping("timed-day").codes.items() if c.column == column)
    assert {v: codes.code(v, book, dimension) for v in codes.vocabulary(book, dimension)} == VOCABULARY[column]


def test_the_shipped_mapping_fits_its_codebook() -> None:
    """Every code that the mapping writes is in the codebook it names; another codebook would lack some."""
    assert mappings() == ["timed-day"]
    shipped = mapping("timed-day")
    assert shipped.codebook == "structured-observation"
    assert list(shipped.strangers(preset(shipped.codebook))) == []
    assert ("activity", "desk") in list(shipped.strangers(preset("default")))


def test_the_header_chooses_the_mapping() -> None:
    """A header finds its mapping in any order, with a column more or less; a strange one is refused."""
    assert mapping_for(HEADER).id == "timed-day"
    assert mapping_for([h.upper() for h in reversed(HEADER)]).id == "timed-day"
    assert mapping_for([*HEADER[:-2], "weather"]).id == "timed-day"
    with pytest.raises(
        BadInput, match=r"no shipped mapping knows this header\. Name a mapping file, or use the columns of"
    ):
        mapping_for(["time", "event", "subject"])


def test_a_mapping_that_is_not_there() -> None:
    """An unknown mapping is not found, and the likeliest is named."""
    with pytest.raises(NotFound, match="did you mean 'timed-day'"):
        mapping("timed_day")


def test_a_mapping_without_values() -> None:
    """A dimension without values is written in the codebook's own codes."""
    book = preset("default")
    column = read(SMALL).codes["activity"]
    assert column.code("teaching", book, "activity") == "teaching"
    assert len(column.vocabulary(book, "activity")) == 20
    with pytest.raises(KeyError):
        column.code("desk", book, "activity")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('start = "from"', "", "small.toml:4:1: the field 'start' is missing; add start = ..."),
        (
            'start = "from"',
            'start = "from"\nstop = "to"',
            "small.toml:6:1: unknown field 'stop'; known: confidence, end,",
        ),
        (
            'start = "from"',
            'start = "what"',
            "small.toml:7:1: the column 'what' is mapped twice, as 'start' too; map it",
        ),
        ('"from"', '"from"\noptional = ["wat"]', "small.toml:6:1: no column 'wat' is mapped; did you mean 'what'?"),
        ('"default"', '"default"\nunsure_below = 2', "small.toml:4:1: 'unsure_below' is '2'; write 1.0 or less"),
        ('"what"', '"what"\nseparator = ";"', "small.toml:8:1: 'activity' holds one code an episode; leave"),
        (
            '"what"',
            '"what"\nuncoded = ["x"]\nvalues = { x = "other" }',
            "small.toml:8:1: 'x' is both coded and uncoded",
        ),
        ("column = ", "colum = ", "small.toml:7:1: unknown field 'colum'; did you mean 'column'?"),
        ("[codes.activity]", "[codes", "small.toml:6:7: no valid TOML: "),
    ],
)
def test_each_mistake_in_a_mapping(old: str, new: str, said: str) -> None:
    """A mistake in a mapping file is named with its line and what would be right."""
    with pytest.raises(BadInput) as caught:
        read(SMALL.replace(old, new, 1), "small.toml")
    assert said in str(caught.value)
