"""Small numbers are left out, and with them whatever would give them away."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shadowlog.analysis.disclosure import THRESHOLD, Cell, Sum, following, left_out


def table(rows: list[list[tuple[int, int]]]) -> tuple[list[Cell], list[Sum]]:
    """A table of (value, people) with its margins and its total."""
    width = len(rows[0])
    cells = [Cell(f"{r},{c}", v, p) for r, row in enumerate(rows) for c, (v, p) in enumerate(row)]
    sums = []
    for r, row in enumerate(rows):
        cells.append(Cell(f"{r},all", sum(v for v, _ in row), sum(p for _, p in row)))
        sums.append(Sum(f"{r},all", tuple(f"{r},{c}" for c in range(width))))
    for c in range(width):
        cells.append(Cell(f"all,{c}", sum(row[c][0] for row in rows), sum(row[c][1] for row in rows)))
        sums.append(Sum(f"all,{c}", tuple(f"{r},{c}" for r in range(len(rows)))))
    every = [pair for row in rows for pair in row]
    cells.append(Cell("all", sum(v for v, _ in every), sum(p for _, p in every)))
    sums.append(Sum("all", tuple(f"{r},all" for r in range(len(rows)))))
    sums.append(Sum("all", tuple(f"all,{c}" for c in range(width))))
    return cells, sums


def worked_out(cells: list[Cell], sums: list[Sum], hidden: frozenset[str]) -> set[str]:
    """An attack by another road: what stays the same along every direction that the sums leave free, by singular values."""
    order = {id_: n for n, id_ in enumerate(sorted(hidden))}
    if not order:
        return set()
    matrix = np.zeros((len(sums), len(order)))
    for line, each in zip(matrix, sums, strict=True):
        for id_, sign in ((each.total, -1), *((part, 1) for part in each.parts)):
            if id_ in order:
                line[order[id_]] += sign
    _, values, free = np.linalg.svd(matrix)
    rank = int((values > 1e-9).sum())
    return {id_ for id_, n in order.items() if np.abs(free[rank:, n]).max(initial=0) < 1e-9}


def test_few_people_are_left_out_and_so_is_one_beside_them() -> None:
    """Three of twenty are hidden; so that the total does not give them away the smallest of the others is hidden too."""
    cells = [Cell("a", 30, 3), Cell("b", 40, 9), Cell("c", 50, 8), Cell("nobody", 10, 0), Cell("all", 130, 20)]
    sums = [Sum("all", ("a", "b", "c", "nobody"))]
    assert left_out(cells, sums) == {"a", "all"}
    assert left_out(cells, sums, fixed={"all"}) == {"a", "b"}


def test_as_many_numbers_as_they_come_to_are_one_each() -> None:
    """Two hidden numbers that come to two can only be one each, so that a third goes too; minutes may be any two."""
    cells = [Cell("a", 1, 1, counted=True), Cell("b", 1, 1, counted=True), Cell("c", 9, 9, counted=True)]
    cells += [Cell("d", 12, 9, counted=True), Cell("all", 23, 20, counted=True)]
    sums = [Sum("all", ("a", "b", "c", "d"))]
    assert left_out(cells, sums, fixed={"all"}) == {"a", "b", "c"}
    minutes = [Cell(each.id, each.value, each.people) for each in cells]
    assert left_out(minutes, sums, fixed={"all"}) == {"a", "b"}


def test_what_is_left_out_beside_is_no_smaller() -> None:
    """Beside 100 minutes not the two minutes next to them are left out, which would tell them to within two."""
    cells = [Cell("few", 100, 2), Cell("little", 2, 9), Cell("more", 130, 8), Cell("all", 232, 19)]
    assert left_out(cells, [Sum("all", ("few", "little", "more"))], fixed={"all"}) == {"few", "more"}


def test_nobody_and_many_are_shown() -> None:
    """What is about nobody, and about as many as the threshold, stays; four do not."""
    cells = [Cell("none", 0, 0), Cell("some", 7, THRESHOLD), Cell("few", 7, THRESHOLD - 1)]
    assert left_out(cells, []) == {"few"}
    assert left_out(cells, [], threshold=2) == frozenset()


def test_a_roll_up_gives_nothing_away() -> None:
    """What follows only from two tables together is found: a part of a heading whose other parts stand elsewhere."""
    cells = [
        Cell("a", 1, 2),
        Cell("b", 2, 9),
        Cell("c", 3, 9),
        Cell("ab", 3, 11),
        Cell("bc", 5, 18),
        Cell("abc", 6, 20),
    ]
    sums = [Sum("ab", ("a", "b")), Sum("bc", ("b", "c")), Sum("abc", ("a", "b", "c"))]
    hidden = left_out(cells, sums)
    known = {cell.id: cell for cell in cells}
    assert "a" in hidden
    assert following({"a", "b"}, sums, known) == {"a", "b"}
    assert following(hidden, sums, known) == frozenset()


def test_hidden_cells_of_nothing_follow() -> None:
    """Where the hidden cells of a total add up to nothing a reader knows that each is nothing."""
    known = {cell.id: cell for cell in (Cell("a", 0, 2), Cell("b", 0, 3), Cell("c", 4, 9), Cell("all", 4, 14))}
    assert following({"a", "b"}, [Sum("all", ("a", "b", "c"))], known) == {"a", "b"}
    assert following({"a", "c"}, [Sum("all", ("a", "b", "c"))], known) == frozenset()


PEOPLE = st.sampled_from([0, 1, 2, 4, 5, 6, 12])
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(
            PEOPLE.flatmap(lambda p: st.tuples(st.integers(p, 40) if p else st.just(0), st.just(p))),
            min_size=width,
            max_size=width,
        ),
        min_size=1,
        max_size=4,
    )
)


@settings(deadline=None)
@given(TABLES, st.data())
def test_no_difference_gives_a_hidden_cell(rows: list[list[tuple[int, int]]], data: st.DataObject) -> None:
    """Of random tables with margins and roll-ups of their columns nothing that is left out can be worked out again."""
    cells, sums = table(rows)
    width = len(rows[0])
    cut = sorted(data.draw(st.sets(st.integers(1, max(1, width - 1)), max_size=width - 1))) if width > 1 else []
    for first, last in pairwise([0, *cut, width]):
        part = tuple(f"all,{c}" for c in range(first, last))
        if len(part) > 1:
            some = [cell for cell in cells if cell.id in part]
            cells.append(Cell(f"roll {first}", sum(s.value for s in some), sum(s.people for s in some)))
            sums.append(Sum(f"roll {first}", part))
    hidden = left_out(cells, sums)
    assert {cell.id for cell in cells if 0 < cell.people < THRESHOLD} <= hidden
    assert worked_out(cells, sums, hidden) == set()
    assert following(hidden, sums, {cell.id: cell for cell in cells}) == frozenset()
    assert hidden or all(not 0 < cell.people < THRESHOLD for cell in cells)


def test_the_attack_works() -> None:
    """Negative control: with the cells of few people alone left out, the attack gets one back from its row."""
    cells, sums = table([[(3, 2), (9, 9)], [(8, 8), (7, 7)]])
    assert worked_out(cells, sums, frozenset({"0,0"})) == {"0,0"}
    assert worked_out(cells, sums, left_out(cells, sums)) == set()


@pytest.mark.parametrize("threshold", [1, 0])
def test_without_a_threshold_all_is_shown(threshold: int) -> None:
    """A threshold of one or none leaves nothing out."""
    cells, sums = table([[(3, 2), (9, 9)], [(8, 8), (7, 7)]])
    assert left_out(cells, sums, threshold) == frozenset()
