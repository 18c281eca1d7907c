"""Edits of a codebook: each gives another codebook, and `breaks` says what it breaks that was whole before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from shadowlog.domain.codebook import ACTIVITY, INITIATOR, MEDIUM, MODE, PLACE, ROLE, Code, Codebook, Dimension, RollUp
from shadowlog.domain.codebook_rules import FLAGS_OF, LIMITS, Fault, faults
from shadowlog.errors import Refused

SCHEME, DIMENSION, CODE, ROLLUP, HEADING = "scheme", "dimension", "code", "roll-up", "heading"
PRESSED = (ROLE, ACTIVITY, PLACE)
"""Dimensions whose codes have keys; those of others are picked in turn or in a list."""
RECORDED = frozenset({ROLE, ACTIVITY, MODE, INITIATOR, MEDIUM, PLACE})
"""Dimensions that recording asks for; a scheme keeps them."""
UNDER = "rollup:"
"""A field that says under which heading of a roll-up a code stands begins so."""
AZERTY = str.maketrans("1234567890", "&é\"'(-è_çà")
_BACK = {to: source for source, to in AZERTY.items()}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Spot:
    """Something in a codebook that can be edited: of which kind, in which dimension or roll-up, which one there."""

    kind: str
    of: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that can be said of a spot, at most so many characters; `choices` are all that it may say, if few."""

    name: str
    label: str
    longest: int
    choices: tuple[str, ...] = ()


def spots(book: Codebook) -> tuple[Spot, ...]:
    """Everything in a codebook that can be edited, in the order in which it is drawn."""
    found = [Spot(SCHEME)]
    for dimension in book.dimensions:
        found += [Spot(DIMENSION, dimension.id), *(Spot(CODE, dimension.id, c.id) for c in dimension.codes)]
    for rollup in book.rollups:
        found += [Spot(ROLLUP, rollup.id), *(Spot(HEADING, rollup.id, h) for h, _ in rollup.headings)]
    return tuple(found)


def fields_of(book: Codebook, spot: Spot) -> tuple[Field, ...]:
    """What can be said of a spot."""
    label = Field("label", "label", LIMITS["label"])
    if spot.kind == SCHEME:
        return Field("name", "name", LIMITS["name"]), Field("source", "source", LIMITS["source"])
    if spot.kind != CODE:
        return (label,)
    found = [label, Field("definition", "definition", LIMITS["definition"])]
    if spot.of in PRESSED or book.code(spot.of, spot.id).key:
        found.insert(0, Field("key", "key", 2))
    if FLAGS_OF.get(spot.of):
        found.append(Field("flags", "flags", 80))
    if spot.of == ROLE:
        found.append(Field("person", "person codes", 3))
    for rollup in book.rollups:
        if rollup.dimension == spot.of:
            choices = ("", *_headings(rollup))
            found.append(Field(f"{UNDER}{rollup.id}", rollup.label, LIMITS["label"], choices))
    return tuple(found)


def value(book: Codebook, spot: Spot, field: str) -> str:
    """What a field of a spot says now, as it is typed."""
    if spot.kind == SCHEME:
        return str(getattr(book, field))
    if spot.kind == DIMENSION:
        return book.dimension(spot.of).label
    if spot.kind == ROLLUP:
        return rollup_of(book, spot.of).label
    if spot.kind == HEADING:
        return dict(rollup_of(book, spot.of).headings)[spot.id]
    code = book.code(spot.of, spot.id)
    if field == "flags":
        return ", ".join(sorted(code.flags))
    if field.startswith(UNDER):
        id_ = field.removeprefix(UNDER)
        heading = code.rollups.get(id_, "")
        return next((text for text, h in _headings(rollup_of(book, id_)).items() if h == heading), heading)
    return str(getattr(code, field))


def changed(book: Codebook, spot: Spot, field: str, text: str) -> Codebook:
    """Give the codebook in which a field of a spot says something else."""
    if spot.kind == SCHEME:
        return replace(book, name=text) if field == "name" else replace(book, source=text)
    if spot.kind == DIMENSION:
        return _with_dimension(book, replace(book.dimension(spot.of), label=text))
    if spot.kind == ROLLUP:
        return _with_rollup(book, replace(rollup_of(book, spot.of), label=text))
    if spot.kind == HEADING:
        rollup = rollup_of(book, spot.of)
        headings = tuple((h, text if h == spot.id else name) for h, name in rollup.headings)
        return _with_rollup(book, replace(rollup, headings=headings))
    code = book.code(spot.of, spot.id)
    if field == "flags":
        code = replace(code, flags=frozenset(part for part in re.split(r"[\s,;]+", text) if part))
    elif field.startswith(UNDER):
        id_ = field.removeprefix(UNDER)
        rest = {r: h for r, h in code.rollups.items() if r != id_}
        heading = _heading(rollup_of(book, id_), text)
        code = replace(code, rollups={**rest, id_: heading} if heading else rest)
    elif field in {"key", "label", "definition", "person"}:
        code = Code(code.id, **{**_texts(code), field: text}, flags=code.flags, rollups=code.rollups)
    else:
        raise KeyError(field)
    return _with_code(book, spot.of, code)


def added(book: Codebook, spot: Spot, label: str) -> tuple[Codebook, Spot]:
    """Give the codebook with one more of what stands at a spot, behind it, and where that is: a code beside a code or
    in a dimension, a heading likewise, a dimension (with one code) where the spot is the scheme.
    """
    if spot.kind == SCHEME:
        id_ = slug(label, [d.id for d in book.dimensions])
        other = Code("other", "Other, cannot tell")
        return replace(book, dimensions=(*book.dimensions, Dimension(id_, label, (other,)))), Spot(DIMENSION, id_)
    if spot.kind in {CODE, DIMENSION}:
        dimension = book.dimension(spot.of)
        ids = [c.id for c in dimension.codes]
        id_, at = slug(label, ids), ids.index(spot.id) + 1 if spot.id else len(ids)
        codes = (*dimension.codes[:at], Code(id_, label), *dimension.codes[at:])
        return _with_dimension(book, replace(dimension, codes=codes)), Spot(CODE, spot.of, id_)
    rollup = rollup_of(book, spot.of)
    ids = [h for h, _ in rollup.headings]
    id_, at = slug(label, ids), ids.index(spot.id) + 1 if spot.id else len(ids)
    headings = (*rollup.headings[:at], (id_, label), *rollup.headings[at:])
    return _with_rollup(book, replace(rollup, headings=headings)), Spot(HEADING, spot.of, id_)


def rolled_up(book: Codebook, dimension: str, label: str) -> tuple[Codebook, Spot]:
    """Give the codebook with one more roll-up of a dimension, which has one heading and no codes under it yet."""
    id_ = slug(label, [r.id for r in book.rollups])
    rollup = RollUp(id_, label, dimension, (("other", "Other"),))
    return replace(book, rollups=(*book.rollups, rollup)), Spot(ROLLUP, id_)


def removed(book: Codebook, spot: Spot) -> Codebook:
    """Give the codebook without what stands at a spot; codes lose a heading that goes. Refused where recording needs it."""
    if spot.kind == SCHEME:
        raise Refused("The scheme itself is not removed here.")
    if spot.kind == DIMENSION:
        if spot.of in RECORDED:
            raise Refused(f"Recording asks for {book.dimension(spot.of).label.lower()}; the dimension stays.")
        return replace(
            book,
            dimensions=tuple(d for d in book.dimensions if d.id != spot.of),
            rollups=tuple(r for r in book.rollups if r.dimension != spot.of),
        )
    if spot.kind == CODE:
        dimension = book.dimension(spot.of)
        return _with_dimension(book, replace(dimension, codes=tuple(c for c in dimension.codes if c.id != spot.id)))
    rollup = rollup_of(book, spot.of)
    codes = book.codes(rollup.dimension)
    if spot.kind == HEADING:
        book = _with_rollup(book, replace(rollup, headings=tuple(h for h in rollup.headings if h[0] != spot.id)))
        codes = tuple(c for c in codes if c.rollups.get(rollup.id) == spot.id)
    else:
        book = replace(book, rollups=tuple(r for r in book.rollups if r.id != spot.of))
    for code in codes:
        rest = {r: h for r, h in code.rollups.items() if r != rollup.id}
        book = _with_code(book, rollup.dimension, replace(code, rollups=rest))
    return book


def moved(book: Codebook, spot: Spot, by: int) -> Codebook:
    """Give the codebook in which a code, heading, dimension or roll-up stands one place earlier (-1) or later (1)."""
    if spot.kind == SCHEME:
        return book
    if spot.kind == DIMENSION:
        return replace(book, dimensions=_shifted(book.dimensions, [d.id for d in book.dimensions].index(spot.of), by))
    if spot.kind == ROLLUP:
        return replace(book, rollups=_shifted(book.rollups, [r.id for r in book.rollups].index(spot.of), by))
    if spot.kind == CODE:
        dimension = book.dimension(spot.of)
        at = [c.id for c in dimension.codes].index(spot.id)
        return _with_dimension(book, replace(dimension, codes=_shifted(dimension.codes, at, by)))
    rollup = rollup_of(book, spot.of)
    at = [h for h, _ in rollup.headings].index(spot.id)
    return _with_rollup(book, replace(rollup, headings=_shifted(rollup.headings, at, by)))


def swapped(book: Codebook, spot: Spot, key: str) -> Codebook | None:
    """Give the codebook in which a code has the key of another, and that one its; None where no other has that key."""
    together = (ROLE, ACTIVITY) if spot.of in {ROLE, ACTIVITY} else (spot.of,)
    old = book.code(spot.of, spot.id).key
    for dimension in together:
        for other in book.codes(dimension):
            if key and other.key == key and (dimension, other.id) != (spot.of, spot.id):
                book = _with_code(book, dimension, replace(other, key=old))
                return changed(book, spot, "key", key)
    return None


def clash_of(book: Codebook, spot: Spot, key: str) -> str:
    """Say which other code stands in the way of a key, as a sentence; "" if none does."""
    for dimension in (ROLE, ACTIVITY) if spot.of in {ROLE, ACTIVITY} else (spot.of,):
        for other in book.codes(dimension):
            if (dimension, other.id) == (spot.of, spot.id) or not key or not other.key:
                continue
            if other.key == key:
                return f"{key} is already the key of {other.label}."
            if len(key) == 1 and other.key[0] == key:
                return f"{key} also begins {other.key}, the key of {other.label}."
            if len(key) == 2 and other.key == key[0]:
                return f"{key} begins with {other.key}, the whole key of {other.label}."
    return ""


def digits_turned(book: Codebook) -> Codebook:
    """Give the codebook with the digits of its keys as a French keyboard types them without shift, or back."""
    keys = "".join(c.key for d in book.dimensions for c in d.codes)
    table = _BACK if any(ord(sign) in _BACK for sign in keys) else AZERTY
    for dimension in book.dimensions:
        codes = tuple(replace(c, key=c.key.translate(table)) for c in dimension.codes)
        book = _with_dimension(book, replace(dimension, codes=codes))
    return book


def breaks(before: Codebook, after: Codebook) -> Fault | None:
    """The first thing that an edit breaks; None where it breaks nothing."""
    known = {(f.what, f.right) for f in faults(before)}
    return next((f for f in faults(after) if (f.what, f.right) not in known), None)


def slug(label: str, taken: Collection[str], joint: str = "_") -> str:
    """Give an id for a label: letters and digits, words joined so, none of those taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode("ascii").lower()
    stem = re.sub(r"[^a-z0-9]+", joint, plain).strip(joint)
    stem = (stem if stem[:1].isalpha() else f"x{joint}{stem}")[: LIMITS["id"] - 4].rstrip(joint)
    return stem if stem not in taken else next(i for n in range(2, 1000) if (i := f"{stem}{joint}{n}") not in taken)


def rollup_of(book: Codebook, id_: str) -> RollUp:
    """The roll-up with this id; KeyError if there is none."""
    for each in book.rollups:
        if each.id == id_:
            return each
    raise KeyError(id_)


def _headings(rollup: RollUp) -> dict[str, str]:
    """What is typed for each heading: its label, or its id where another has that label or is called so."""
    names = [name for _, name in rollup.headings]
    ids = {h for h, _ in rollup.headings}
    return {(name if names.count(name) == 1 and name not in ids - {h} else h): h for h, name in rollup.headings}


def _heading(rollup: RollUp, text: str) -> str:
    # The beginning of a label that no other has will do.
    known = _headings(rollup)
    wanted = text.strip().casefold()
    exact = [h for name, h in known.items() if wanted in {h, name.casefold()}]
    begun = [h for name, h in known.items() if wanted and name.casefold().startswith(wanted)]
    return known.get(text) or (exact[0] if exact else begun[0] if len(begun) == 1 else text.strip())


def _texts(code: Code) -> dict[str, str]:
    return {"key": code.key, "label": code.label, "definition": code.definition, "person": code.person}


def _with_code(book: Codebook, dimension: str, code: Code) -> Codebook:
    known = book.dimension(dimension)
    return _with_dimension(book, replace(known, codes=tuple(code if c.id == code.id else c for c in known.codes)))


def _with_dimension(book: Codebook, dimension: Dimension) -> Codebook:
    return replace(book, dimensions=tuple(dimension if d.id == dimension.id else d for d in book.dimensions))


def _with_rollup(book: Codebook, rollup: RollUp) -> Codebook:
    return replace(book, rollups=tuple(rollup if r.id == rollup.id else r for r in book.rollups))


def _shifted(items: Sequence[_T], at: int, by: int) -> tuple[_T, ...]:
    to = min(max(at + by, 0), len(items) - 1)
    rest = [*items[:at], *items[at + 1 :]]
    return (*rest[:to], items[at], *rest[to:])
