"""What a codebook must keep to, as a list of what breaks it: for files, for the codebook screen, for imports."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from shadowlog.domain.codebook import ACTIVITY, FLAGS, INITIATOR, MEDIUM, MODE, PLACE, ROLE, Code, Codebook
from shadowlog.domain.text import clean, shown

Path = tuple[str | int, ...]

ACT_KEYS = frozenset(" *?[],.{}<>")
"""Keys of acts that are no capitals; capitals are acts too. No code may take one."""

FLAGS_OF: dict[str, frozenset[str]] = {
    ROLE: frozenset({"alone", "shadower", "group", "pupils", "no_person_code", "no_note"}),
    ACTIVITY: frozenset({"moving", "point", "scheduled"}),
    MODE: frozenset({"interruption", "default", "scheduled"}),
    MEDIUM: frozenset({"default"}),
    PLACE: frozenset({"office", "classroom", "around", "offsite"}),
    INITIATOR: frozenset(),
}
"""The flags that mean something in a dimension; other dimensions have none."""
SINGLE = frozenset({"default", "interruption"})
"""Flags that only one code of a dimension may carry: an episode can begin with one only."""

LIMITS = {"id": 40, "label": 80, "name": 160, "definition": 1000, "source": 2000}
"""The longest texts, in characters."""

_SLUG = re.compile(r"[a-z][a-z0-9_-]*")
_PERSON = re.compile(r"[A-Z]{1,3}")
_MARKUP = re.compile(r"\[[/@]?[A-Za-z#$][^\]]*\]|\[/\]|</?[A-Za-z!][^>]*>")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks a rule: where in the codebook, what is wrong, what would be right."""

    path: Path
    what: str
    right: str


def faults(codebook: Codebook) -> tuple[Fault, ...]:
    """Everything in the codebook that breaks a rule, in its order; empty for a sound one."""
    return tuple(_faults(codebook))


def nearest(word: str, known: Collection[str]) -> str:
    """What would be right in place of an unknown word: the likeliest, and otherwise all there are."""
    if found := get_close_matches(word, known, n=1, cutoff=0.6):
        return f"did you mean '{found[0]}'?"
    return f"known: {', '.join(sorted(known))}" if known else "there are none"


def _faults(codebook: Codebook) -> Iterator[Fault]:
    yield from _id((), codebook.id)
    yield from _text(("name",), codebook.name, "name", required=True)
    yield from _text(("source",), codebook.source, "source")
    yield from _twice((("dimensions", n), d.id, "dimension") for n, d in enumerate(codebook.dimensions))
    for n, dimension in enumerate(codebook.dimensions):
        here: Path = ("dimensions", n)
        yield from _id(here, dimension.id)
        yield from _text((*here, "label"), dimension.label, "label", required=True)
        if dimension.ordered and dimension.id == ROLE:
            right = "leave it out: several groups may be present at once"
            yield Fault((*here, "ordered"), "the codes of who is there have no order", right)
        if not dimension.codes:
            yield Fault((*here, "codes"), f"dimension {shown(dimension.id)} has no codes", "give it one code at least")
        yield from _twice(((*here, "codes", m), c.id, "code") for m, c in enumerate(dimension.codes))
        yield from _single_flags(here, dimension.codes)
        for m, code in enumerate(dimension.codes):
            yield from _code(codebook, dimension.id, (*here, "codes", m), code)
    yield from _person_codes(codebook)
    yield from _key_clashes(codebook)
    yield from _rollups(codebook)


def _id(here: Path, value: str) -> Iterator[Fault]:
    right = "use lower-case letters, digits, _ and -, and begin with a letter"
    if not _SLUG.fullmatch(value):
        yield Fault((*here, "id"), f"{shown(value)} cannot be an id", right)
    elif len(value) > LIMITS["id"]:
        yield Fault((*here, "id"), f"the id has {len(value)} characters", f"use {LIMITS['id']} at most")


def _text(path: Path, value: str, name: str, *, required: bool = False) -> Iterator[Fault]:
    if required and not value.strip():
        yield Fault(path, f"the {name} is empty", "write what people will read")
    if len(value) > LIMITS[name]:
        yield Fault(path, f"the {name} has {len(value)} characters", f"use {LIMITS[name]} at most")
    if clean(value, lines=name in {"definition", "source"}) != value:
        yield Fault(path, f"the {name} holds control characters", "write plain text")
    if _MARKUP.search(value):
        yield Fault(path, f"the {name} holds markup", "write plain text; use round brackets")


def _twice(ids: Iterable[tuple[Path, str, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, value, kind in ids:
        if value in seen and value:
            yield Fault((*path, "id"), f"the id {shown(value)} is given to two {kind}s", "give each its own id")
        seen.add(value)


def _code(codebook: Codebook, dimension: str, here: Path, code: Code) -> Iterator[Fault]:
    yield from _id(here, code.id)
    yield from _text((*here, "label"), code.label, "label", required=True)
    yield from _text((*here, "definition"), code.definition, "definition")
    yield from _key((*here, "key"), code.key)
    fitting = FLAGS_OF.get(dimension, frozenset())
    for flag in sorted(code.flags):
        if flag not in FLAGS:
            yield Fault((*here, "flags"), f"unknown flag {shown(flag)}", nearest(flag, fitting or FLAGS))
        elif flag not in fitting:
            right = f"its flags: {', '.join(sorted(fitting))}" if fitting else "leave it out"
            yield Fault((*here, "flags"), f"the flag '{flag}' means nothing in {shown(dimension)}", right)
    headings = {r.id: [h for h, _ in r.headings] for r in codebook.rollups if r.dimension == dimension}
    for rollup, heading in code.rollups.items():
        path = (*here, "rollups", rollup)
        if rollup not in headings:
            what = f"there is no roll-up {shown(rollup)} of {shown(dimension)}"
            yield Fault(path, what, nearest(rollup, headings))
        elif heading not in headings[rollup]:
            what = f"the roll-up '{rollup}' has no heading {shown(heading)}"
            yield Fault(path, what, nearest(heading, headings[rollup]))


def _key(path: Path, key: str) -> Iterator[Fault]:
    right = "use a lower-case letter, a digit or a sign that no act has"
    if len(key) > 2:
        yield Fault(path, f"the key {shown(key)} has {len(key)} characters", "use one or two")
        return
    for each in key:
        if each in ACT_KEYS:
            yield Fault(path, f"the key {shown(key)} is the key of an act", right)
        elif unicodedata.category(each) in {"Lu", "Lt"}:
            yield Fault(path, f"the key {shown(key)} has a capital, and capitals are acts", right)
        elif unicodedata.category(each)[0] in "CZM":
            yield Fault(path, f"the key {shown(key)} cannot be typed as one key", right)


def _single_flags(here: Path, codes: tuple[Code, ...]) -> Iterator[Fault]:
    for flag in sorted(SINGLE):
        for n in [n for n, c in enumerate(codes) if flag in c.flags][1:]:
            yield Fault((*here, "codes", n, "flags"), f"two codes carry the flag '{flag}'", "leave it on one")


def _person_codes(codebook: Codebook) -> Iterator[Fault]:
    owner: dict[str, str] = {}
    for n, dimension in enumerate(codebook.dimensions):
        for m, code in enumerate(dimension.codes):
            if not code.person:
                continue
            path = ("dimensions", n, "codes", m, "person")
            if dimension.id != ROLE:
                yield Fault(path, "only roles have person codes", "leave it out")
            elif code.flags & {"no_person_code", "alone", "shadower"}:
                yield Fault(path, f"{shown(code.id)} may not carry a person code", "leave out 'person' or the flag")
            elif not _PERSON.fullmatch(code.person):
                yield Fault(path, f"person codes cannot begin with {shown(code.person)}", "use one to three capitals")
            elif code.person in owner:
                what = f"person codes of {shown(code.id)} and '{owner[code.person]}' both begin with {code.person}"
                yield Fault(path, what, "give each role its own letters")
            owner.setdefault(code.person, code.id)


def _key_clashes(codebook: Codebook) -> Iterator[Fault]:
    # Roles and activities are both pressed bare, so they share one space; places follow P, others are picked in a list.
    taken: dict[str, dict[str, str]] = {}
    leaders: dict[str, dict[str, str]] = {}
    for n, dimension in enumerate(codebook.dimensions):
        space = ROLE if dimension.id == ACTIVITY else dimension.id
        keys, led = taken.setdefault(space, {}), leaders.setdefault(space, {})
        for m, code in enumerate(dimension.codes):
            key = code.key
            if not key or len(key) > 2:
                continue
            path = ("dimensions", n, "codes", m, "key")
            name = f"{dimension.id} {shown(code.id)}"
            if other := keys.get(key):
                yield Fault(path, f"the key {shown(key)} of {name} is already that of {other}", "give each its own")
            elif len(key) == 1 and (other := led.get(key)):
                what = f"the key {shown(key)} of {name} also begins the two-character key of {other}"
                yield Fault(path, what, "use another key for one of them")
            elif len(key) == 2 and (other := keys.get(key[0])):
                what = f"the key {shown(key)} of {name} begins with {shown(key[0])}, the whole key of {other}"
                yield Fault(path, what, "use another key for one of them")
            keys.setdefault(key, name)
            if len(key) == 2:
                led.setdefault(key[0], name)


def _rollups(codebook: Codebook) -> Iterator[Fault]:
    yield from _twice((("rollups", n), r.id, "roll-up") for n, r in enumerate(codebook.rollups))
    known = [d.id for d in codebook.dimensions]
    for n, rollup in enumerate(codebook.rollups):
        here: Path = ("rollups", n)
        yield from _id(here, rollup.id)
        yield from _text((*here, "label"), rollup.label, "label", required=True)
        if rollup.dimension not in known:
            what = f"there is no dimension {shown(rollup.dimension)} to roll up"
            yield Fault((*here, "dimension"), what, nearest(rollup.dimension, known))
        if not rollup.headings:
            yield Fault((*here, "headings"), f"the roll-up {shown(rollup.id)} has no headings", "give it two at least")
        seen: set[str] = set()
        for heading, label in rollup.headings:
            path = (*here, "headings", heading)
            if not _SLUG.fullmatch(heading):
                right = "use lower-case letters, digits, _ and -, and begin with a letter"
                yield Fault(path, f"{shown(heading)} cannot be the id of a heading", right)
            if heading in seen:
                yield Fault(path, f"the heading {shown(heading)} is given twice", "give each its own id")
            seen.add(heading)
            yield from _text(path, label, "label", required=True)
