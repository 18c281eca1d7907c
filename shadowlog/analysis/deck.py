"""What a workshop is shown of several heads: numbers by letter, side by side, with what is about few people left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from shadowlog.analysis.deck_pattern import TOTAL, pattern, pattern_cells
from shadowlog.analysis.deck_shape import Deck, Division, Heading, Measure
from shadowlog.analysis.disclosure import THRESHOLD, Cell, Sum, left_out
from shadowlog.analysis.gate import people
from shadowlog.analysis.results import Row, Summary
from shadowlog.analysis.summary import summarise
from shadowlog.domain.codebook import ACTIVITY, MODE, PLACE, ROLE, Codebook, shared_rollups
from shadowlog.domain.feedback import Phase, Release
from shadowlog.domain.feedback_rules import estimated
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.standing import STANDS
from shadowlog.domain.terms import Episode, Party, Record
from shadowlog.domain.text import clean
from shadowlog.domain.versions import Version, verified_only
from shadowlog.errors import Refused

FEWEST = 3
"""Heads who must share a phase for it to be said, and of whose numbers there is a mean."""
WHOLE = " whole "
"""What stands in the ids of such cells."""
MOST_HEADS = len(ascii_uppercase)


def deck(
    records: Sequence[Record],
    shuffle: Callable[[list[str]], None],
    *,
    who_rule: str = "split",
    threshold: int = THRESHOLD,
) -> Deck:
    """Give what is shown of days as amended that may all be shown. `shuffle` puts a list into an order that nobody can foresee.

    Refused for codebooks without a common roll-up, for too many heads, and for none.
    """
    heads = sorted({record.observation.head for record in records})
    if not heads:
        raise Refused("There is no day that may be shown.", "Have one verified and released first.")
    if len(heads) > MOST_HEADS:
        raise Refused(f"There are {len(heads)} heads and {MOST_HEADS} letters.", "Choose fewer heads.")
    shuffle(heads)
    by_head = [[r for r in records if r.observation.head == head] for head in heads]
    told = [told_of(days, who_rule) for days in by_head]
    tables = _tables(by_head, told)
    cells, sums = system(by_head, told)
    hidden = left_out(cells, sums, threshold, wholes(cells))
    incidents, kept_back = _incidents(records, shuffle)
    return Deck(
        letters=tuple(ascii_uppercase[: len(heads)]),
        days=len(records),
        measures=_measures(told, hidden),
        divisions=tuple(table.shown(told, hidden) for table in tables),
        incidents=incidents,
        phases=_phases(by_head),
        who_rule=who_rule,
        threshold=threshold,
        hidden=len(hidden),
        kept_back=kept_back,
        pattern=pattern(told, hidden),
    )


def system(by_head: Sequence[Sequence[Record]], told: Sequence[Summary]) -> tuple[list[Cell], list[Sum]]:
    """All numbers that a deck of these days could show, by head, and the sums that a reader could make of them."""
    tables = _tables(by_head, told)
    cells = [cell for table in tables for cell in table.cells]
    sums = [each for table in tables for each in table.sums]
    seen = _verified(by_head)
    when, whole = pattern_cells(told, seen)
    return [*cells, *_measured(told, seen), *when], [*sums, *_alone_twice(tables[0], by_head), *whole]


def _alone_twice(who: _Table, by_head: Sequence[Sequence[Record]]) -> Iterator[Sum]:
    """Time alone is shown as a number of its own and as a heading of who was there: one follows from the other."""
    for n, days in enumerate(by_head):
        book = days[0].observation.codebook
        alone = set(book.flagged(ROLE, "alone"))
        for heading, _ in who.division.headings:
            if {code.id for code in book.codes(ROLE) if who.division.of(book, code.id) == heading} == alone:
                yield Sum(who.name(heading, n), (f"measure alone {n}",))


def wholes(cells: Iterable[Cell]) -> frozenset[str]:
    """The cells that all parts come to: a reader knows that shares are parts of a whole.

    Interactions an hour over the day are shown rather than the last of its parts.
    """
    return frozenset(cell.id for cell in cells if WHOLE in cell.id or cell.id.startswith(TOTAL))


def _verified(by_head: Sequence[Sequence[Record]]) -> list[list[Record]]:
    return [[verified_only(record) for record in days] for days in by_head]


def _tables(by_head: Sequence[Sequence[Record]], told: Sequence[Summary]) -> list[_Table]:
    divisions = _shared([record for days in by_head for record in days])
    return [_table(division, told, _verified(by_head)) for division in divisions]


def told_of(days: Sequence[Record], who_rule: str) -> Summary:
    books = {(r.observation.codebook.id, r.observation.codebook.version) for r in days}
    if len(books) > 1:
        names = ", ".join(f"{id_} version {version}" for id_, version in sorted(books))
        raise Refused(
            f"The days of {days[0].observation.head} were coded with different codebooks: {names}.",
            "Show those of one codebook at a time.",
        )
    return summarise(days, who_rule=who_rule, version=Version.VERIFIED)


# Divisions


@dataclass(frozen=True, slots=True)
class _Division:
    id: str
    dimension: str
    label: str
    headings: tuple[tuple[str, str], ...]

    def of(self, book: Codebook, code: str | None) -> str | None:
        """The heading of a code: that of the roll-up, or the code itself."""
        if self.id == self.dimension or code is None or not book.has(self.dimension, code):
            return code
        return book.code(self.dimension, code).rollups.get(self.id)


def _shared(records: Sequence[Record]) -> tuple[_Division, _Division]:
    """The coarse divisions of who and of what that all the codebooks have alike."""
    books = {(r.observation.codebook.id, r.observation.codebook.version): r.observation.codebook for r in records}
    return _common(tuple(books.values()), ROLE), _common(tuple(books.values()), ACTIVITY)


def _common(books: Sequence[Codebook], dimension: str) -> _Division:
    first = books[0]
    wanted = [estimated(first)] if dimension == ACTIVITY else []
    rollups = [r for r in shared_rollups(books) if r.dimension == dimension]
    if rollups:
        each = min(rollups, key=lambda r: r.id not in wanted)
        return _Division(each.id, dimension, each.label, each.headings)
    if len(books) == 1:
        found = first.dimension(dimension)
        return _Division(dimension, dimension, found.label, tuple((c.id, c.label) for c in found.codes))
    names = ", ".join(f"{book.id} version {book.version}" for book in books)
    raise Refused(
        f"These days use codebooks ({names}) that have no roll-up of “{first.dimension(dimension).label}” alike.",
        "Show the days of one codebook at a time, or of codebooks that share a roll-up.",
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A division as cells: minutes by head, minutes and episodes over all, and the sums a reader could make."""

    division: _Division
    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]

    def name(self, heading: str | None, part: object) -> str:
        return f"{self.division.id} {heading or ''} {part}"

    def shown(self, told: Sequence[Summary], hidden: frozenset[str]) -> Division:
        """The table without what is left out."""
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


def _part(value: float | None, whole: float) -> float | None:
    return None if value is None or not whole else round(value / whole, 3)


def _table(division: _Division, told: Sequence[Summary], seen: Sequence[Sequence[Record]]) -> _Table:
    empty = _Table(division, (), ())
    cells, sums = [], []
    headings = (*(id_ for id_, _ in division.headings), None)
    for n, (summary, days) in enumerate(zip(told, seen, strict=True)):
        minutes = {row.code: row.minutes for row in _rows(summary, division)}
        for heading in headings:
            about = people(days, _among(division, heading))
            cells.append(Cell(empty.name(heading, n), minutes.get(heading, 0.0), about))
        cells.append(Cell(f"{division.id}{WHOLE}{n}", summary.window.minutes, 0))
        sums.append(Sum(f"{division.id}{WHOLE}{n}", tuple(empty.name(heading, n) for heading in headings)))
    for heading in headings:
        parts = tuple(empty.name(heading, n) for n in range(len(told)))
        of = [cell for cell in cells if cell.id in parts]
        about = sum(cell.people for cell in of)
        count = sum(row.count for summary in told for row in _rows(summary, division) if row.code == heading)
        cells.append(Cell(empty.name(heading, "all"), sum(cell.value for cell in of), about))
        cells.append(Cell(empty.name(heading, "count"), count, about))
        sums.append(Sum(empty.name(heading, "all"), parts))
    counts = tuple(empty.name(heading, "count") for heading in headings)
    cells.append(Cell(f"{division.id}{WHOLE}count", sum(cell.value for cell in cells if cell.id in counts), 0))
    sums.append(Sum(f"{division.id}{WHOLE}count", counts))
    return _Table(division, tuple(cells), tuple(sums))


def _rows(summary: Summary, division: _Division) -> Sequence[Row]:
    found = next((t for t in summary.rollups if t.rollup == division.id), None)
    return (found or summary.table(division.dimension)).rows


def _among(division: _Division, heading: str | None) -> Callable[[Codebook, Episode], Iterable[Party]]:
    """Whom a heading is about: the parties of its groups, or everybody in the episodes of its activities."""

    def who(book: Codebook, episode: Episode) -> Iterable[Party]:
        if division.dimension == ROLE:
            return (party for party in episode.parties if division.of(book, party.role) == heading)
        return episode.parties if division.of(book, episode.codes.get(division.dimension)) == heading else ()

    return who


# Single numbers

MEASURES: tuple[tuple[str, str, str, Callable[[Summary], float | None]], ...] = (
    ("interactions", "Interactions", "an hour", lambda s: s.interactions.per_hour),
    ("brief", "Episodes under 5 minutes", "%", lambda s: s.episodes.share(5)),
    ("alone", "Time alone", "%", lambda s: s.alone.time_share if s.coded(ROLE) else None),
    ("unplanned", "Time not in the diary", "%", lambda s: s.planned.unscheduled.time_share if s.coded(MODE) else None),
    ("interruptions", "Interruptions", "an hour", lambda s: s.interruptions.per_hour),
    (
        "classrooms",
        "Classroom visits",
        "a day",
        lambda s: s.presence.visits / len(s.observations) if s.coded(PLACE) else None,
    ),
)
"""What is shown of each head as a single number: id, label, unit, and where it is found."""


def _measured(told: Sequence[Summary], seen: Sequence[Sequence[Record]]) -> list[Cell]:
    """A cell for each number of each head: of time alone it is about nobody else, of all others about whoever was there."""
    cells = []
    for n, days in enumerate(seen):
        about = people(days, lambda _, episode: episode.parties)
        for id_, _, _, value in MEASURES:
            # What adds up to others does so in minutes and in numbers, not in shares and rates.
            counted = {"alone": told[n].alone.minutes, "interactions": told[n].interactions.count}
            shown = counted.get(id_, value(told[n]) or 0.0)
            cells.append(Cell(f"measure {id_} {n}", shown, 0 if id_ == "alone" else about))
    return cells


def _measures(told: Sequence[Summary], hidden: frozenset[str]) -> tuple[Measure, ...]:
    made = []
    for id_, label, unit, value in MEASURES:
        found = tuple(None if f"measure {id_} {n}" in hidden else value(each) for n, each in enumerate(told))
        if any(each is not None for each in found):
            made.append(Measure(id_, label, unit, tuple(None if v is None else round(v, 3) for v in found)))
    return tuple(made)


# Words


def _incidents(
    records: Sequence[Record], shuffle: Callable[[list[str]], None]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The wording of incidents whose heads released it, on rows that stand; without those that may name somebody."""
    texts, named = [], 0
    for record in records:
        released = next((said.layers for said in record.feedback if isinstance(said, Release)), ())
        stands = {each.id for each in record.episodes if each.verification in STANDS}
        if "incidents" not in released:
            continue
        for note in record.notes:
            text = clean(note.text).strip()
            if not note.incident or note.episode not in stands or not text:
                continue
            if looks_personal(text):
                named += 1
            else:
                texts.append(text)
    texts = sorted(set(texts))
    shuffle(texts)
    many = "incident looks" if named == 1 else "incidents look"
    return tuple(texts), (f"{named} {many} as if somebody were named in it",) if named else ()


def _phases(by_head: Sequence[Sequence[Record]]) -> tuple[tuple[str, int], ...]:
    """How many heads see their school in each phase, by what each said last; only where three or more share it."""
    counts: dict[str, int] = {}
    for days in by_head:
        said = [each for record in days for each in record.feedback if isinstance(each, Phase)]
        if said:
            newest = max(said, key=lambda each: each.said.wall)
            counts[newest.phase] = counts.get(newest.phase, 0) + 1
    return tuple((phase, count) for phase, count in counts.items() if count >= FEWEST)
