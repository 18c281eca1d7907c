from __future__ import annotations

from itertools import pairwise

import pytest

from shadowlog.codebooks.presets import preset, presets
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE, Codebook
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.codebook_rules import FLAGS_OF, faults
from shadowlog.errors import NotFound

ALL = [
    "default",
    "distributed-perspective",
    "instruction-management-personal",
    "manager-diary",
    "stanford",
    "structured-observation",
    "survey-headings",
]


@pytest.fixture(params=ALL)
def book(request: pytest.FixtureRequest) -> Codebook:
    return preset(request.param)


def test_what_ships() -> None:
    """Seven codebooks come with the program, the default one first."""
    assert presets() == ALL


def test_a_preset_that_is_not_there() -> None:
    """An unknown id is not found, and the likeliest one is named."""
    with pytest.raises(NotFound, match="did you mean 'stanford'"):
        preset("standford")


def test_every_preset_is_sound(book: Codebook) -> None:
    """No preset breaks a rule: no clash of keys, no heading that is not there."""
    assert book.id in ALL
    assert faults(book) == ()


def test_every_code_is_defined(book: Codebook) -> None:
    """Every code says in a sentence what it means."""
    for dimension in book.dimensions:
        for code in dimension.codes:
            assert code.definition.endswith("."), code.id
            assert len(code.definition.split()) >= 4, code.id


def test_every_role_and_activity_has_a_key(book: Codebook) -> None:
    """Whatever is pressed bare can be pressed."""
    assert all(code.key for dimension in (ROLE, ACTIVITY, PLACE) for code in book.codes(dimension))


def test_rollups_cover_every_code(book: Codebook) -> None:
    """A roll-up has a heading for each code of its dimension, and a code for each heading."""
    for rollup in book.rollups:
        given = [code.rollups[rollup.id] for code in book.codes(rollup.dimension)]
        assert set(given) == {heading for heading, _ in rollup.headings}


def test_a_rollup_is_the_same_everywhere() -> None:
    """Days of two codebooks can be compared by a roll-up that both have, as it has the same headings in both."""
    shared: dict[str, tuple[tuple[str, str], ...]] = {}
    for each in presets():
        for rollup in preset(each).rollups:
            if each == "default":
                shared[rollup.id] = rollup.headings
            elif rollup.id in shared:
                assert rollup.headings == shared[rollup.id]
    assert {"horng", "sam", "study_group"} <= shared.keys()


def test_what_is_from_memory_is_labelled() -> None:
    """Every preset names its source, and says what of it is from memory."""
    assert all(preset(each).source for each in presets())
    assert "from memory" in preset("structured-observation").source
    assert "TALIS 2018 from memory" in preset("default").source
    for each in ("distributed-perspective", "survey-headings"):
        assert "from memory, not checked" in preset(each).name
        assert "from memory, not checked" in preset(each).source
    assert "codes ours" in preset("manager-diary").name


def test_flags_of_the_default_codebook() -> None:
    """The rules find what they ask for by flag."""
    book = preset("default")
    flagged = {
        flag: list(book.flagged(dimension, flag)) for dimension, flags in FLAGS_OF.items() for flag in sorted(flags)
    }
    assert flagged | {"default": [*book.flagged(MODE, "default"), *book.flagged("medium", "default")]} == {
        "alone": ["alone"],
        "shadower": ["shadower"],
        "group": ["pupil"],
        "pupils": ["pupil"],
        "no_person_code": ["pupil", "parent", "alone", "shadower", "other_person"],
        "no_note": ["other_person"],
        "moving": ["moving"],
        "point": [],
        "interruption": ["interruption"],
        "scheduled": ["scheduled"],
        "default": ["unscheduled", "f2f"],
        "office": ["own_office"],
        "classroom": ["classroom"],
        "around": ["corridor", "outside"],
        "offsite": ["offsite"],
    }


def test_roles_with_person_codes_have_letters() -> None:
    """Each role that may carry a person code has letters of its own, and no other role has any."""
    book = preset("default")
    for code in book.codes(ROLE):
        assert bool(code.person) != ("no_person_code" in code.flags)


def test_taken_dimensions_are_those_of_the_default() -> None:
    """Roles are the same in every preset, so days can be compared by who."""
    assert all(preset(each).dimension(ROLE) == preset("default").dimension(ROLE) for each in presets())
    for id_ in set(ALL) - {"stanford", "default"}:
        for each in {PLACE, MODE, "initiator", "medium", "observed"} - (
            {"medium"} if id_ == "manager-diary" else set()
        ):
            assert preset(id_).dimension(each) == preset("default").dimension(each)


def test_tasks_share_their_category_as_leader() -> None:
    """The forty-eight Stanford tasks have two-character keys; a category is one leader."""
    tasks = [code for code in preset("stanford").codes(ACTIVITY) if len(code.key) == 2]
    assert len(tasks) == 48
    for one, next_ in pairwise(tasks):
        assert (one.key[0] == next_.key[0]) == (one.rollups["horng"] == next_.rollups["horng"])


def test_presets_are_drawn_who_first() -> None:
    """Dimensions stand in the order of recording, wherever they were taken from."""
    for each in presets():
        ids = [dimension.id for dimension in preset(each).dimensions]
        assert ids[:6] == ["role", "activity", "mode", "initiator", "medium", "place"]


def test_the_default_codebook_is_frozen() -> None:
    """The digest of the default codebook names it in every journal that uses it: what ships is what shipped."""
    assert digest(preset("default")) == "1f808a86f6efab0d1d9cea3db1cd53178a6bd230a91401a86777e30f5f3dc171"
    assert not any(each.ordered for id_ in ALL for each in preset(id_).dimensions)
