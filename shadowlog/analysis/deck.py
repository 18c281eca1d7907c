"""What a workshop is shown of several heads: numbers by letter, side by side, with what is about few people left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from string import ascii_uppercase

from shadowlog.analysis.comparison import FEWEST_HEADS
from shadowlog.analysis.deck_divisions import WHOLE, CellTable, Divided, cell_table, divided, pooled
from shadowlog.analysis.deck_measures import measure_cells, measures
from shadowlog.analysis.deck_pattern import TOTAL, pattern, pattern_cells
from shadowlog.analysis.deck_shape import Deck
from shadowlog.analysis.disclosure import THRESHOLD, Cell, Sum, left_out
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise
from shadowlog.analysis.tables import WhoRule
from shadowlog.domain.feedback import Phase, Release
from shadowlog.domain.personal import looks_personal
from shadowlog.domain.standing import STANDS
from shadowlog.domain.terms import Record
from shadowlog.domain.text import clean
from shadowlog.domain.versions import Version, verified_only
from shadowlog.errors import Refused

FEWEST = FEWEST_HEADS
"""Heads who must share a phase for it to be said, and of whom a number over all of them is told."""
WORD = re.compile(r"\w+")
WHEN = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}\b|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{1,2}\b|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
"""A date, also one without a year."""
MOST_HEADS = len(ascii_uppercase)


def deck(
    records: Sequence[Record],
    shuffle: Callable[[list[str]], None],
    *,
    who_rule: str = "split",
    threshold: int = THRESHOLD,
    earlier: Sequence[Sequence[Record]] = (),
) -> Deck:
    """Give what is shown of days as amended that may all be shown. `shuffle` puts a list into an order that nobody can foresee.

    `earlier` are the days of each set that was shown before by the same rule: what these days and those differ by is about so
    many people, too. Refused for codebooks without a common roll-up, for too many heads, and for none.
    """
    heads = sorted({record.observation.head for record in records})
    if not heads:
        raise Refused("There is no day that may be shown.", "Have one verified and released first.")
    if len(heads) > MOST_HEADS:
        raise Refused(f"There are {len(heads)} heads and {MOST_HEADS} letters.", "Choose fewer heads.")
    shuffle(heads)
    by_head = [[r for r in records if r.observation.head == head] for head in heads]
    told = [told_of(days, who_rule) for days in by_head]
    tables, cells, sums = _system(by_head, told, WhoRule(who_rule))
    also = {id_ for days in earlier for id_ in _between(records, days, heads, who_rule, threshold)}
    hidden = kept_secret(cells, sums, threshold, also)
    incidents, kept_back = _incidents(records, shuffle)
    return Deck(
        letters=tuple(ascii_uppercase[: len(heads)]),
        days=len(records),
        measures=measures(told, hidden),
        divisions=tuple(table.shown(told, hidden) for table in tables),
        incidents=incidents,
        phases=_phases(by_head),
        who_rule=who_rule,
        threshold=threshold,
        hidden=len(hidden),
        kept_back=kept_back,
        pattern=pattern(told, hidden),
    )


def system(
    by_head: Sequence[Sequence[Record]], told: Sequence[Summary], who_rule: str = "split"
) -> tuple[list[Cell], list[Sum]]:
    """All numbers that a deck of these days could show, by head, and the sums that a reader could make of them."""
    _, cells, sums = _system(by_head, told, WhoRule(who_rule))
    return cells, sums


def _system(
    by_head: Sequence[Sequence[Record]],
    told: Sequence[Summary],
    who_rule: WhoRule,
    divisions: Sequence[Divided] = (),
) -> tuple[list[CellTable], list[Cell], list[Sum]]:
    """The tables, all cells and all sums; by these `divisions`, and then over all heads whatever their number."""
    seen = [[verified_only(record) for record in days] for days in by_head]
    over_all = bool(divisions) or pooled(len(told))
    divisions = divisions or divided([record for days in by_head for record in days])
    tables = [cell_table(division, told, seen, who_rule, over_all=over_all) for division in divisions]
    when, whole = pattern_cells(told, seen)
    cells = [cell for table in tables for cell in table.cells]
    sums = [each for table in tables for each in table.sums]
    return tables, [*cells, *measure_cells(told, seen), *when], [*sums, *tables[0].alone(by_head), *whole]


def _between(
    records: Sequence[Record], earlier: Sequence[Record], heads: Sequence[str], who_rule: str, threshold: int
) -> Iterator[str]:
    """The cells that who was shown both could take from one another, and would so learn of few people."""
    now, before = ({r.observation.id for r in each} for each in (records, earlier))
    apart = [r for r in (*records, *earlier) if (r.observation.id in now) is not (r.observation.id in before)]
    divisions = divided(records)
    apart = [record for record in apart if any(each.verification in STANDS for each in record.episodes)]
    apart = [record for record in apart if all(each.known(record.observation.codebook) for each in divisions)]
    if not now & before or not apart:
        return
    others = sorted({r.observation.head for r in apart} - {*heads})
    theirs = [(n, [r for r in apart if r.observation.head == head]) for n, head in enumerate((*heads, *others))]
    theirs = [(n, days) for n, days in theirs if days]
    told = [told_of(days, who_rule) for _, days in theirs]
    _, cells, _ = _system([days for _, days in theirs], told, WhoRule(who_rule), divisions)
    for cell in cells:
        if 0 < cell.people < threshold:
            about, _, part = cell.id.rpartition(" ")
            yield f"{about} {theirs[int(part)][0]}" if part.isdigit() else cell.id


def kept_secret(
    cells: Sequence[Cell], sums: Sequence[Sum], threshold: int = THRESHOLD, also: Collection[str] = ()
) -> frozenset[str]:
    """The ids of the cells that are not shown. A reader knows that shares are parts of a whole.

    Interactions an hour over the day are shown rather than the last of its parts.
    """
    fixed = [cell.id for cell in cells if WHOLE in cell.id]
    dear = [cell.id for cell in cells if cell.id.startswith(TOTAL)]
    return left_out(cells, sums, threshold, fixed, dear, also)


def told_of(days: Sequence[Record], who_rule: str) -> Summary:
    """What the verified part of a head's days comes to; Refused where they were coded with different codebooks."""
    books = {(r.observation.codebook.id, r.observation.codebook.version) for r in days}
    if len(books) > 1:
        names = ", ".join(f"{id_} version {version}" for id_, version in sorted(books))
        raise Refused(
            f"The days of {days[0].observation.head} were coded with different codebooks: {names}.",
            "Show those of one codebook at a time.",
        )
    return summarise(days, who_rule=who_rule, version=Version.VERIFIED)


def _incidents(
    records: Sequence[Record], shuffle: Callable[[list[str]], None]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The wording of incidents whose heads released it, on rows that stand; without those that may name somebody or a day."""
    texts, named = [], 0
    codes = {code.casefold() for record in records for code in _codes(record)}
    for record in records:
        released = next((said.layers for said in record.feedback if isinstance(said, Release)), ())
        stands = {each.id for each in record.episodes if each.verification in STANDS}
        if "incidents" not in released:
            continue
        for note in record.notes:
            text = clean(note.text).strip()
            if not note.incident or note.episode not in stands or not text:
                continue
            if looks_personal(text) or WHEN.search(text) or codes & {w.casefold() for w in WORD.findall(text)}:
                named += 1
            else:
                texts.append(text)
    texts = sorted(set(texts))
    shuffle(texts)
    which = (
        "incident looks as if it named somebody or a day"
        if named == 1
        else "incidents look as if they named somebody or a day"
    )
    return tuple(texts), (f"{named} {which}",) if named else ()


def _codes(record: Record) -> Iterator[str]:
    """What people and rooms are known by in a record."""
    yield record.observation.head
    yield record.observation.observer
    for episode in record.episodes:
        yield from (party.person for party in episode.parties if party.person)
        if episode.room:
            yield episode.room


def _phases(by_head: Sequence[Sequence[Record]]) -> tuple[tuple[str, int], ...]:
    """How many heads see their school in each phase, by what each said last; only where three or more share it."""
    counts: dict[str, int] = {}
    for days in by_head:
        said = [each for record in days for each in record.feedback if isinstance(each, Phase)]
        if said:
            newest = max(said, key=lambda each: each.said.wall)
            counts[newest.phase] = counts.get(newest.phase, 0) + 1
    return tuple((phase, count) for phase, count in counts.items() if count >= FEWEST)
