from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from shadowlog.domain.codebook import Code, Codebook, Dimension
from shadowlog.domain.codebook_json import canonical, digest, from_dict, to_dict
from shadowlog.errors import BadInput
from tests.codebook_strategies import codebooks

SMALL = Codebook(
    id="small",
    version=2,
    name="Small",
    dimensions=(Dimension("role", "Who", (Code("alone", "Alone", key="i", flags=frozenset({"alone"})),)),),
)


@given(codebooks())
def test_round_trip_through_json(codebook: Codebook) -> None:
    """A codebook survives JSON whole, and so does its digest."""
    again = from_dict(json.loads(json.dumps(to_dict(codebook))))
    assert again == codebook
    assert digest(again) == digest(codebook)


def test_the_digest_is_stable() -> None:
    """The digest names a frozen version for ever, so its bytes may not change."""
    assert canonical(SMALL) == (
        b'{"dimensions":[{"codes":[{"definition":"","flags":["alone"],"id":"alone","key":"i","label":"Alone","person":"",'
        b'"rollups":{}}],"id":"role","label":"Who"}],"format":1,"id":"small","name":"Small","rollups":[],"source":"",'
        b'"version":2}'
    )
    assert digest(SMALL) == "c2ff5ea05adaf8603bc00d2e5f98e9e917ee5ac1934009e49bbb94d1114c15c6"


def test_the_digest_sees_every_change() -> None:
    """Another version, a remapped key or another order is another digest; the order of roll-ups in a code is not."""
    code = SMALL.dimensions[0].codes[0]
    other = replace(SMALL, dimensions=(Dimension("role", "Who", (replace(code, key="j"),)),))
    assert len({digest(SMALL), digest(replace(SMALL, version=3)), digest(other)}) == 3

    def rolled(rollups: dict[str, str]) -> str:
        return digest(replace(SMALL, dimensions=(Dimension("role", "Who", (replace(code, rollups=rollups),)),)))

    assert rolled({"a": "x", "b": "y"}) == rolled({"b": "y", "a": "x"})


def test_an_order_of_codes_is_kept_where_there_is_one() -> None:
    """A dimension says that its codes are ordered only where they are; the flag is true or false and nothing else."""
    role = SMALL.dimensions[0]
    ordered = replace(SMALL, dimensions=(replace(role, ordered=True),))
    assert from_dict(to_dict(ordered)) == ordered
    assert digest(ordered) != digest(SMALL)
    assert "ordered" not in to_dict(SMALL)["dimensions"][0]
    values = to_dict(ordered)
    values["dimensions"][0]["ordered"] = 1
    with pytest.raises(BadInput, match=r"dimensions\[0\].ordered: should be true or false"):
        from_dict(values)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"extra": 1}, "codebook: unknown field 'extra'"),
        ({"version": "2"}, "codebook.version: should be a whole number"),
        ({"version": True}, "codebook.version: should be a whole number"),
        ({"format": 2}, "the codebook is in format 2, known is 1. Use a newer shadowlog."),
        ({"name": "half \ud800"}, "codebook.name: holds half a character"),
        ({"dimensions": {}}, "codebook.dimensions: should be a list"),
        ({"dimensions": [7]}, r"dimensions\[0\]: should be an object with named fields"),
        ({"rollups": [{"id": "a", "label": "A", "dimension": "role", "headings": ["ab"]}]}, "a pair of id and label"),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, Any], said: str) -> None:
    """An unknown field, a wrong type and another format are refused, and the field is named."""
    with pytest.raises(BadInput, match=said):
        from_dict(to_dict(SMALL) | change)


@pytest.mark.parametrize("name", sorted(to_dict(SMALL)))
def test_a_missing_field_is_refused(name: str) -> None:
    """No field is filled in by guess."""
    values = to_dict(SMALL)
    del values[name]
    with pytest.raises(BadInput, match=f"codebook.{name}: is missing"):
        from_dict(values)
