"""Whether two summaries say the same, told by what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from math import isclose


def differences(one: object, other: object, where: str = "") -> Iterator[str]:
    """Where two results differ: numbers by more than 1e-9 of their size, all else at all."""
    if isinstance(one, bool) or isinstance(other, bool):
        if one is not other:
            yield f"{where}: {one} {other}"
    elif isinstance(one, (int, float)) and isinstance(other, (int, float)):
        # Whole numbers are counts and instants: those are exact.
        exact = isinstance(one, int) and isinstance(other, int)
        if one != other if exact else not isclose(one, other, rel_tol=1e-9, abs_tol=1e-9):
            yield f"{where}: {one} {other}"
    elif is_dataclass(one) and type(one) is type(other):
        for each in fields(one):
            yield from differences(getattr(one, each.name), getattr(other, each.name), f"{where}.{each.name}")
    elif isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        for number, (a, b) in enumerate(zip(one, other, strict=True)):
            yield from differences(a, b, f"{where}[{number}]")
    elif one != other:
        yield f"{where}: {one!r:.100} {other!r:.100}"
