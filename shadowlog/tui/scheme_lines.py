"""How codebooks are drawn: the shelf, the codes of one, and what is said of one code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from shadowlog.domain import codebook_edits as e
from shadowlog.domain.codebook import Codebook
from shadowlog.tui.ports import Scheme
from shadowlog.tui.widgets.panel import Line, fit, width_of
from shadowlog.tui.widgets.says import wrapped

WIDE = 110
"""From so many columns on the shelf has room for names: what the states leave of a line."""
LABELS, WIDE_LABELS = 15, 30
"""Columns of what a field is called, where there is little room and where there is more."""


def times(count: int, what: str) -> str:
    """Say how many of something, as "2 observations"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def state_of(scheme: Scheme) -> str:
    """Where a codebook comes from and whether it is frozen, in a few words."""
    where = "shipped" if scheme.shipped else "yours" if scheme.file else "of a study"
    return f"{where} · {times(scheme.used, 'observation')} · frozen" if scheme.used else where


def edit_of(scheme: Scheme) -> str:
    """What becomes of an edit, in a sentence."""
    makes = f"an edit makes version {scheme.edit}"
    if scheme.used:
        return f"Frozen, {times(scheme.used, 'observation')} {'uses' if scheme.used == 1 else 'use'} it: {makes}."
    if scheme.shipped:
        return f"Comes with the program: {makes}."
    if scheme.edit == scheme.codebook.version:
        return "Yours, and no observation uses it yet: it is edited in place."
    return f"Stays as it is: {makes}, in a file of its own."


def heading_line(book: Codebook, version: int, width: int) -> Line:
    """Which codebook it is: id and version, then its name as far as there is room."""
    first = f" {book.id}, version {version}   "
    return [(fit(first, min(width_of([(first, "")]), width)), "strong"), (fit(book.name, width - len(first)), "quiet")]


def shelf_lines(schemes: Sequence[Scheme], chosen: int, width: int, height: int) -> tuple[list[Line], dict[int, int]]:
    """Draw the shelf, a codebook a line; also say which line is which codebook."""
    lines: list[Line] = []
    names = width - 41 - max((cell_len(state_of(each)) + 3 for each in schemes), default=0) if width >= WIDE else 0
    for n, each in enumerate(schemes):
        book = each.codebook
        here = n == chosen
        cells = f"{'▸' if here else ' '} {book.id:<33.33} {book.version:>3}  {fit(book.name, names)}"
        state = f"  {state_of(each)}"
        left = 41 + names
        lines.append(
            [
                (fit(cells, min(left, width)), "mark" if here else ""),
                (fit(state, width - left), "mark" if here else "quiet"),
            ]
        )
    first = max(0, min(chosen - height // 2, len(lines) - height))
    return lines[first : first + height], {n - first: n for n in range(len(lines))}


def about_lines(scheme: Scheme, folder: str, width: int) -> list[Line]:
    """Draw what there is to know of a codebook on the shelf."""
    book = scheme.codebook
    counts = ", ".join(f"{len(d.codes)} {d.label.lower()}" for d in book.dimensions)
    said = [(book.name, "strong"), (f"Codes: {counts}.", "")]
    if book.rollups:
        said.append((f"Roll-ups: {', '.join(r.label for r in book.rollups)}.", ""))
    said.append((edit_of(scheme), "accent"))
    if scheme.choice:
        said.append((f"For a new observation: {scheme.choice}", ""))
    if scheme.file:
        said.append((f"File: {folder}/{scheme.file}", ""))
    if scheme.studies:
        said.append((f"Adopted by: {', '.join(scheme.studies)}.", ""))
    if book.source:
        said.append((f"Source: {' '.join(book.source.split())}", "quiet"))
    return [[(fit(f" {line}", width), tone)] for words, tone in said for line in wrapped(words, width - 2, 40)]


def spot_lines(
    book: Codebook, chosen: e.Spot, width: int, height: int, *, here: bool
) -> tuple[list[Line], Mapping[int, e.Spot]]:
    """Draw everything in a codebook, a line each; also say which line is which."""
    lines: list[Line] = []
    where: dict[int, e.Spot] = {}
    at = 0
    for spot in e.spots(book):
        if spot.kind in {e.DIMENSION, e.ROLLUP}:
            lines.append([])
        if spot == chosen:
            at = len(lines)
        where[len(lines)] = spot
        lines.append(_spot_line(book, spot, width, mark=spot == chosen, here=here))
    first = max(0, min(at - height // 2, len(lines) - height))
    return lines[first : first + height], {line - first: spot for line, spot in where.items()}


def _spot_line(book: Codebook, spot: e.Spot, width: int, *, mark: bool, here: bool) -> Line:
    tone = "mark" if mark and here else ""
    sign = "▸" if mark else " "
    if spot.kind == e.SCHEME:
        return [(fit(f"{sign}{book.name}", width), tone or "strong")]
    if spot.kind == e.DIMENSION:
        count = f"{len(book.codes(spot.of))}"
        label = book.dimension(spot.of).label
        return [(fit(f"{sign}{label}", width - 5), tone or "strong"), (f"{count:>4} ", "faint")]
    if spot.kind == e.ROLLUP:
        rollup = e.rollup_of(book, spot.of)
        return [(fit(f"{sign}roll-up of {rollup.dimension}: {rollup.label}", width), tone or "strong")]
    if spot.kind == e.HEADING:
        rollup = e.rollup_of(book, spot.of)
        under = sum(c.rollups.get(rollup.id) == spot.id for c in book.codes(rollup.dimension))
        label = dict(rollup.headings)[spot.id]
        return [(fit(f"{sign}   {label}", width - 5), tone), (f"{under:>4} ", "faint")]
    code = book.code(spot.of, spot.id)
    return [(f"{sign} ", tone), (fit(code.key, 3), tone or "accent"), (fit(code.label, width - 5), tone)]


def field_lines(book: Codebook, spot: e.Spot, chosen: int | None, width: int) -> list[Line]:
    """Draw all that is said of a spot, field by field; `chosen` is the field under the cursor while it is here."""
    lines: list[Line] = []
    labels = WIDE_LABELS if width >= 66 else LABELS
    for n, field in enumerate(e.fields_of(book, spot)):
        here = n == chosen
        told = e.value(book, spot, field.name)
        parts = [
            line for part in (told.split("\n") if told else ["–"]) for line in wrapped(part, width - labels - 3, 99)
        ]
        for row, part in enumerate(parts):
            label = fit(f"{'▸' if here else ' '} {field.label}" if row == 0 else "", labels + 1)
            lines.append(
                [
                    (label, "mark" if here and row == 0 else "quiet"),
                    (fit(f" {part}", width - labels - 1), "" if told else "faint"),
                ]
            )
    lines.append([])
    if spot.id or spot.of:
        lines.append([(fit("  id", labels + 1), "faint"), (fit(f" {spot.id or spot.of}", width - labels - 1), "faint")])
    return lines


def title_of(book: Codebook, spot: e.Spot) -> str:
    """What the pane of a spot is called."""
    if spot.kind == e.SCHEME:
        return "the scheme"
    return f"{spot.kind}: {e.value(book, spot, 'label')}"
