"""The codebook of a BORIS ethogram: behaviours are activities, categories a roll-up, modifier sets dimensions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shadowlog.domain.codebook import ACTIVITY, Code, Codebook, Dimension, RollUp
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.codebook_rules import LIMITS
from shadowlog.domain.text import clean
from shadowlog.exchange.boris_coding import Behaviour, Coding, Strays

MOST_VALUES = 300
"""A modifier with more values is a measurement, not a code."""
CATEGORY = "category"

_PLAIN = str.maketrans({"[": "(", "]": ")", "<": "(", ">": ")"})


@dataclass(frozen=True, slots=True)
class Scheme:
    """A codebook, and where the words of a file stand in it."""

    codebook: Codebook
    activities: Mapping[str, str]
    """Behaviour to activity."""
    dimensions: Mapping[tuple[str, int], str]
    """(behaviour, position of the set) to dimension; a set that has none is missing."""
    values: Mapping[tuple[str, str], str]
    """(dimension, value) to code."""

    def codes(self, behaviour: str, modifiers: Iterable[str]) -> dict[str, str]:
        """The codes of an occurrence."""
        found = {ACTIVITY: self.activities[behaviour]}
        for position, value in enumerate(modifiers):
            dimension = self.dimensions.get((behaviour, position))
            if dimension is not None and value:
                found[dimension] = self.values[dimension, value]
        return found


def scheme_of(coding: Coding, strays: Strays) -> Scheme:
    """Give the codebook that holds everything that a coding can say; what it cannot hold is counted in `strays`.

    The same ethogram gives the same codebook, so that several files of one project can be broken down together; so no
    name of a file or project is in it, which may name somebody besides.
    """
    used: dict[tuple[str, int], dict[str, None]] = {}
    for sitting in coding.sittings:
        for bout in sitting.bouts:
            for position, value in enumerate(bout.modifiers):
                if value:
                    used.setdefault((bout.code, position), {})[value] = None
    named: dict[str, dict[str, None]] = {}
    sets: dict[tuple[str, int], str] = {}
    for behaviour in coding.behaviours.values():
        many = max([len(behaviour.sets), *(p + 1 for code, p in used if code == behaviour.code)])
        for position in range(many):
            listed = behaviour.values[position] if position < len(behaviour.values) else ()
            found = dict.fromkeys((*(v for v in listed if v), *used.get((behaviour.code, position), ())))
            if found:
                name = _set_name(behaviour, position)
                sets[behaviour.code, position] = name
                named.setdefault(name, {}).update(found)
    for name, values in [*named.items()]:
        if len(values) > MOST_VALUES:
            strays.add(f"modifier with more than {MOST_VALUES} values, which is a measurement and no code")
            del named[name]
    return _scheme(coding, sets, named)


def _set_name(behaviour: Behaviour, position: int) -> str:
    name = clean(behaviour.sets[position]) if position < len(behaviour.sets) else ""
    return name or f"Modifier {position + 1}"


def _scheme(coding: Coding, sets: Mapping[tuple[str, int], str], named: Mapping[str, Mapping[str, None]]) -> Scheme:
    activities, categories, dimensions = _Ids(), _Ids(), _Ids("m_")
    used = dict.fromkeys((*coding.categories, *(b.category for b in coding.behaviours.values())))
    headings = {name: categories.id(name) for name in used if name.strip()}
    codes = tuple(
        Code(
            activities.id(b.code),
            label(b.code),
            definition=label(b.description, "definition", empty=""),
            flags=frozenset({"point"} if b.point else ()),
            rollups={CATEGORY: headings[b.category]} if b.category in headings else {},
        )
        for b in coding.behaviours.values()
    )
    made = [Dimension(ACTIVITY, "Behaviour", codes)] if codes else []
    values: dict[tuple[str, str], str] = {}
    for name, found in named.items():
        ids, dimension = _Ids(), dimensions.id(name)
        values.update({(dimension, value): ids.id(value) for value in found})
        made.append(Dimension(dimension, label(name), tuple(Code(ids.id(v), label(v)) for v in found)))
    rollups = (
        (RollUp(CATEGORY, "Category", ACTIVITY, tuple((id_, label(name)) for name, id_ in headings.items())),)
        if headings and codes
        else ()
    )
    book = Codebook("boris", 1, "BORIS ethogram", tuple(made), rollups, "Made of a BORIS ethogram.")
    return Scheme(
        replace(book, id=f"boris-{digest(book)[:12]}"),
        {b: activities.id(b) for b in coding.behaviours},
        {place: dimensions.id(name) for place, name in sets.items() if name in named},
        values,
    )


def label(text: str, kind: str = "label", empty: str = "–") -> str:
    """Give foreign text as a codebook may hold it: plain, bounded, without anything that could be markup."""
    return clean(text).translate(_PLAIN).strip()[: LIMITS[kind]].strip() or empty


class _Ids:
    """Ids for names: readable, short, each its own."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._found: dict[str, str] = {}
        self._taken: set[str] = set()

    def id(self, name: str) -> str:
        """The id of a name, made when it is asked for first."""
        if name not in self._found:
            plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
            slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
            slug = f"{self._prefix}{slug}" if self._prefix else slug if slug[:1].isalpha() else f"c_{slug}".strip("_")
            base, number = slug[:34].strip("_") or "c", 1
            slug = base
            while slug in self._taken:
                number += 1
                slug = f"{base}_{number}"
            self._taken.add(slug)
            self._found[name] = slug
        return self._found[name]
