"""The time of several heads divided by who was there and by what was done, as cells of so many people and as what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shadowlog.analysis.comparison import FEWEST_HEADS
from shadowlog.analysis.deck_shape import Division, Heading
from shadowlog.analysis.disclosure import Cell, Sum
from shadowlog.analysis.gate import Who, people, timed
from shadowlog.analysis.results import Row, Summary
from shadowlog.analysis.tables import WhoRule
from shadowlog.domain.codebook import ACTIVITY, ROLE, Codebook, shared_rollups
from shadowlog.domain.feedback_rules import estimated
from shadowlog.domain.terms import Episode, Party, Record
from shadowlog.domain.text import clean
from shadowlog.errors import Refused

WHOLE = " whole "
"""What stands in the ids of the cells that all parts come to."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A dimension, or a roll-up of one, that all the codebooks have alike."""

    id: str
    dimension: str
    label: str
    headings: tuple[tuple[str, str], ...]

    def of(self, book: Codebook, code: str | None) -> str | None:
        """The heading of a code: that of the roll-up, or the code itself."""
        if self.id == self.dimension or code is None or not book.has(self.dimension, code):
            return code
        return book.code(self.dimension, code).rollups.get(self.id)

    def known(self, book: Codebook) -> bool:
        """Whether a codebook has it."""
        return book.headings(self.id) == self.headings

    def rows(self, summary: Summary) -> Sequence[Row]:
        """The table of a summary by this."""
        found = next((t for t in summary.rollups if t.rollup == self.id), None)
        return (found or summary.table(self.dimension)).rows


def divided(records: Sequence[Record]) -> tuple[Divided, Divided]:
    """The coarse divisions of who and of what that all the codebooks have alike; Refused where there is none."""
    books = {(r.observation.codebook.id, r.observation.codebook.version): r.observation.codebook for r in records}
    return _common(tuple(books.values()), ROLE), _common(tuple(books.values()), ACTIVITY)


def _common(books: Sequence[Codebook], dimension: str) -> Divided:
    first = books[0]
    wanted = [estimated(first)] if dimension == ACTIVITY else []
    rollups = [r for r in shared_rollups(books) if r.dimension == dimension]
    if rollups:
        each = min(rollups, key=lambda r: r.id not in wanted)
        return Divided(each.id, dimension, each.label, each.headings)
    if len(books) == 1:
        found = first.dimension(dimension)
        return Divided(dimension, dimension, found.label, tuple((c.id, c.label) for c in found.codes))
    names = ", ".join(f"{book.id} version {book.version}" for book in books)
    raise Refused(
        f"These days use codebooks ({names}) that have no roll-up of “{first.dimension(dimension).label}” alike.",
        "Show the days of one codebook at a time, or of codebooks that share a roll-up.",
    )


@dataclass(frozen=True, slots=True)
class CellTable:
    """A division as cells: minutes by head, minutes and episodes over all, and the sums a reader could make."""

    division: Divided
    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]

    def name(self, heading: str | None, part: object) -> str:
        """What a cell is called; `part` is the number of a head, "all" or "count"."""
        return f"{self.division.id} {heading or ''} {part}"

    def shown(self, told: Sequence[Summary], hidden: frozenset[str]) -> Division:
        """The table without what is left out, as parts of 1."""
        value = {cell.id: cell.value for cell in self.cells if cell.id not in hidden}
        window = sum(each.window.minutes for each in told)
        episodes = sum(each.episodes.count for each in told)
        rows = []
        for heading, label in (*self.division.headings, (None, "uncoded")):
            shares = tuple(_part(value.get(self.name(heading, n)), each.window.minutes) for n, each in enumerate(told))
            row = Heading(
                clean(label),
                _part(value.get(self.name(heading, "count")), episodes),
                _part(value.get(self.name(heading, "all")), window),
                shares,
            )
            if heading is not None or any(each is None or each for each in shares):
                rows.append(row)
        return Division(self.division.id, self.division.dimension, tuple(rows))

    def alone(self, by_head: Sequence[Sequence[Record]]) -> Iterator[Sum]:
        """Time alone is shown as a number of its own and as a heading of who was there: one follows from the other."""
        for n, days in enumerate(by_head):
            book = days[0].observation.codebook
            for heading, _ in self.division.headings:
                if _codes(self.division, book, heading) == set(book.flagged(ROLE, "alone")):
                    yield Sum(self.name(heading, n), (f"measure alone {n}",))


def _codes(division: Divided, book: Codebook, heading: str | None) -> set[str]:
    return {code.id for code in book.codes(ROLE) if division.of(book, code.id) == heading}


def _part(value: float | None, whole: float) -> float | None:
    return None if value is None or not whole else round(value / whole, 3)


def pooled(heads: int) -> bool:
    """Whether numbers over all heads are told: of two heads each could take its own away and have the other's."""
    return heads == 1 or heads >= FEWEST_HEADS


def cell_table(
    division: Divided,
    told: Sequence[Summary],
    seen: Sequence[Sequence[Record]],
    who_rule: WhoRule,
    *,
    over_all: bool,
) -> CellTable:
    """The cells and sums of a division; `seen` are the verified episodes of each head's days, `told` what they come to.

    `over_all` is whether there are cells over all heads, too.
    """
    empty = CellTable(division, (), ())
    cells, sums = [], []
    headings = (*(id_ for id_, _ in division.headings), None)
    for n, (summary, days) in enumerate(zip(told, seen, strict=True)):
        minutes = {row.code: row.minutes for row in division.rows(summary)}
        for heading in headings:
            value = minutes.get(heading, 0.0)
            about = _about(division, heading, days, who_rule, value, in_time=True)
            cells.append(Cell(empty.name(heading, n), value, about))
        cells.append(Cell(f"{division.id}{WHOLE}{n}", summary.window.minutes, 0))
        sums.append(Sum(f"{division.id}{WHOLE}{n}", tuple(empty.name(heading, n) for heading in headings)))
    if not over_all:
        return CellTable(division, tuple(cells), tuple(sums))
    for heading in headings:
        parts = tuple(empty.name(heading, n) for n in range(len(told)))
        of = [cell for cell in cells if cell.id in parts]
        cells.append(Cell(empty.name(heading, "all"), sum(c.value for c in of), sum(c.people for c in of)))
        sums.append(Sum(empty.name(heading, "all"), parts))
        counts = [sum(row.count for row in division.rows(each) if row.code == heading) for each in told]
        about = sum(
            _about(division, heading, days, who_rule, count, in_time=False)
            for days, count in zip(seen, counts, strict=True)
        )
        cells.append(Cell(empty.name(heading, "count"), sum(counts), about, counted=True))
    counted = tuple(empty.name(heading, "count") for heading in headings)
    cells.append(Cell(f"{division.id}{WHOLE}count", sum(c.value for c in cells if c.id in counted), 0))
    sums.append(Sum(f"{division.id}{WHOLE}count", counted))
    return CellTable(division, tuple(cells), tuple(sums))


def _about(
    division: Divided, heading: str | None, days: Sequence[Record], who_rule: WhoRule, value: float, *, in_time: bool
) -> int:
    """How many people a cell is about: nobody where nothing of it is about others, and one at the least where it is."""
    found = people(days, _among(division, heading, who_rule, in_time=in_time))
    if found or not value or heading is None or division.dimension != ROLE:
        return found
    book = days[0].observation.codebook
    nobody = {*book.flagged(ROLE, "alone"), *book.flagged(ROLE, "shadower")}
    return 0 if _codes(division, book, heading) <= nobody else 1


def _among(division: Divided, heading: str | None, who_rule: WhoRule, *, in_time: bool) -> Who:
    """The parties that add to a cell: of a heading of roles its own, of one of activities all that were there.

    Where time goes to the first named alone, the others of an episode add nothing. Concurrent episodes and those whose end
    nobody knows add to numbers and not to minutes.
    """
    counted: dict[int, frozenset[str]] = {}

    def who(record: Record, episode: Episode) -> Iterable[Party]:
        book = record.observation.codebook
        if in_time and episode.id not in counted.setdefault(id(record), timed(record)):
            return ()
        if division.dimension != ROLE:
            return episode.parties if division.of(book, episode.codes.get(division.dimension)) == heading else ()
        parties = episode.parties[:1] if who_rule is WhoRule.MAIN else episode.parties
        return (party for party in parties if division.of(book, party.role) == heading)

    return who
