"""The summary as JSON, and its description."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shadowlog.analysis.summary import summarise, to_json
from shadowlog.domain.terms import Note
from tests.analysis.days import random_day
from tests.analysis.pattern_days import patterned_day
from tests.analysis.talks import whole_talk

DESCRIPTION = Path(__file__).parents[2] / "docs" / "summary.md"


def described() -> dict[str, frozenset[str]]:
    """The fields of every kind of object by its name, as docs/summary.md lists them."""
    found = {}
    for section in DESCRIPTION.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, _, body = section.partition("\n")
        lines = [line.split("|") for line in body.splitlines() if line.startswith("| `")]
        assert all(unit.strip() and what.strip() for _, _, unit, what, _ in lines)
        found[name] = frozenset(field for line in lines for field in re.findall(r"`(\w+)`", line[1]))
    return found


def objects(value: Any, name: str = "") -> Iterator[frozenset[str]]:
    """The fields of every object in the JSON, whatever its depth."""
    if isinstance(value, list):
        for each in value:
            yield from objects(each)
    elif isinstance(value, dict):
        if name != "codes":
            yield frozenset(value)
        for key, each in value.items():
            yield from objects(each, key)


def whole() -> dict[str, Any]:
    made = [patterned_day(seed, 12, f"day {seed}") for seed in range(6)]
    starred = replace(made[0], notes=(Note("star", made[0].start, None, "A pupil leads", incident=True),))
    return to_json(summarise([whole_talk(starred), *made[1:]]))


def test_every_field_is_described() -> None:
    """Every object of the JSON has exactly the fields that docs/summary.md gives one of its kinds, each with a unit."""
    known = set(described().values())
    assert set(objects(whole())) == known


def test_round_trip() -> None:
    """The JSON is plain: what json writes and reads again is the same, and there is no NaN in it."""
    made = whole()
    assert json.loads(json.dumps(made, allow_nan=False)) == made


def test_key_figures() -> None:
    """The figures that other programs rely on are where they are said to be."""
    records = [random_day(3)]
    summary = summarise(records, "main", concurrent=True)
    made = to_json(summary)
    assert made["window_minutes"] == summary.window.minutes
    stats = summary.episodes
    assert made["episodes"]["count"] == stats.count
    assert made["episodes"]["mean_minutes"] == stats.durations.mean_minutes
    assert made["episodes"]["median_minutes"] == stats.durations.median_minutes
    assert made["episodes"]["under_5_share"] == stats.share(5)
    assert made["episodes"]["under_10_share"] == stats.share(10)
    assert made["interactions"]["per_hour"] == summary.interactions.per_hour
    assert made["contacts"]["count"] == summary.contacts.count
    role = made["tables"][0]
    assert (role["dimension"], role["who_rule"], role["concurrent"]) == ("role", "main", True)
    assert [row["code"] for row in role["rows"]][-1] is None
    assert role["rows"][0]["time_share"] == summary.table("role").rows[0].time_share


@pytest.mark.parametrize("field", ["episode_list", "contact_list", "notes"])
def test_without_lists(field: str) -> None:
    """Without lists there is no episode, no contact and no free text in it."""
    summary = summarise([random_day(2)])
    assert field in to_json(summary)
    made = to_json(summary, lists=False)
    assert field not in made
    assert "A remark" not in json.dumps(made)
