"""The day row by row, as a head reads it: a list with what the head said in words, and the row under the cursor large."""

from __future__ import annotations

from collections.abc import Sequence

from shadowlog.domain.codebook import MODE, PLACE
from shadowlog.domain.feedback import Tag
from shadowlog.domain.feedback_rules import comment
from shadowlog.domain.history import history
from shadowlog.domain.phrases import bar, span
from shadowlog.domain.review import Item, named
from shadowlog.domain.sentences import clock_time
from shadowlog.domain.terms import Verification
from shadowlog.tui.head_coding import incidents_of, lenses_of
from shadowlog.tui.head_sheets import MARGIN, WIDEST, paragraph
from shadowlog.tui.head_talk import Talk
from shadowlog.tui.widgets.detail import folded
from shadowlog.tui.widgets.panel import Line, fit

WORDS = {
    None: "no word yet",
    Verification.AGREE: "agreed",
    Verification.AMEND: "amended",
    Verification.DISPUTE: "disputed",
    Verification.STRIKE: "struck out",
}
NO_WORD = "no word of yours yet: was it so?"
TONES = {None: "quiet", Verification.AGREE: "good", Verification.STRIKE: "faint"}
LEAST_DETAIL, MOST_DETAIL = 4, 7
"""So many lines the row under the cursor has, by how much room there is; the rows above it then never jump."""


def rows_lines(talk: Talk, rows: Sequence[Item], at: int, width: int, height: int) -> tuple[list[Line], dict[int, int]]:
    """How far it is, the rows about the cursor, and the one under it; also which line is which row."""
    done = len(rows) - len(talk.open_rows)
    names = f"{'began':5}{'lasted':>8}"
    top: list[Line] = [
        [
            (f"{MARGIN}{done} of {len(rows)} rows have your word  ", "strong"),
            (bar(done / len(rows) if rows else 0, max(4, width - 50)), "lane"),
        ],
        [(f"{MARGIN}{names}", "faint")],
    ]
    return _with_detail(talk, rows, at, width, height, top, lens=False)


def lens_lines(
    talk: Talk, rows: Sequence[Item], at: int, width: int, height: int, *, on: bool
) -> tuple[list[Line], dict[int, int]]:
    """The rows with the lenses that were coded; where they are off, what they are."""
    book = talk.day.observation.codebook
    names = [book.dimension(each).label.lower() for each in lenses_of(book)]
    if not on:
        room = min(width - 6, WIDEST)
        words = (
            f"{', '.join(names).capitalize() if names else 'This codebook has no such dimensions'}; the way in which "
            "responsibility passed, on starred incidents, with the evidence; the phase of the school and its context."
        )
        return [
            [],
            *paragraph("Look at some rows together through another lens.", room, "strong"),
            [],
            *paragraph(words, room),
            [],
            *paragraph("It is talk that is written down. Nothing is counted up, and there is no score.", room),
            [],
            *paragraph("Off. L turns it on; → goes on without.", room, "accent"),
        ], {}
    tagged = sum(isinstance(said, Tag) and said.way is not None for said in talk.day.feedback.values())
    top: list[Line] = [
        [(f"{MARGIN}Enter codes the row: {', '.join(names) or 'no lenses here'}", "strong")],
        [(f"{MARGIN}★ incidents can have a way of distributing; {tagged} have one", "quiet")],
    ]
    return _with_detail(talk, rows, at, width, height, top, lens=True)


def _with_detail(
    talk: Talk, rows: Sequence[Item], at: int, width: int, height: int, top: list[Line], *, lens: bool
) -> tuple[list[Line], dict[int, int]]:
    if not rows:
        return [[], *paragraph("No episode was recorded on this day.", width - 6)], {}
    large = MOST_DETAIL if height > 26 else LEAST_DETAIL
    detail = _detail(talk, rows[at], width, lens=lens)[:large]
    room = max(3, height - len(top) - large - 1)
    first = max(0, min(at - room // 2, len(rows) - room))
    where = {len(top) + n - first: n for n in range(first, min(first + room, len(rows)))}
    lines = [*top, *(_row(talk, rows[n], n == at, width, lens=lens) for n in where.values())]
    lines += [[]] * (room - len(where))
    return [*lines, [("─" * width, "faint")], *detail], where


def _row(talk: Talk, item: Item, here: bool, width: int, *, lens: bool) -> Line:
    day, view = talk.day, item.episode.verification if item.episode else None
    book, zone = day.observation.codebook, day.observation.zone
    struck = view is Verification.STRIKE
    who, what = named(book, item)
    last = _coded(talk, item) if lens else WORDS[view] + (" “…”" if comment(day, item.id) else "")
    wide = 44 if lens and width >= 100 else 24 if lens else 19
    left = width - 22 - wide
    star = "★" if item.stars else " "
    length = span(item.length) if item.length is not None else "?"
    tone = "mark" if here else "faint" if struck else ""
    cells = (
        (f" {'▸' if here else ' '} {clock_time(item.start, zone)[:5]}{length:>8} {star}  ", tone or "quiet"),
        (fit(who, left // 2 - 1) + " ", tone),
        (fit(what, left - left // 2 - 1) + " ", tone),
        (fit(last, wide), tone or (TONES.get(view, "accent") if not lens else "accent")),
    )
    return [(text, style) for text, style in cells]


def _coded(talk: Talk, item: Item) -> str:
    """The lenses of a row, and the ways of its incidents."""
    book = talk.day.observation.codebook
    codes = item.episode.codes if item.episode else {}
    found = [book.label(each, codes[each]) for each in lenses_of(book) if each in codes]
    tags = (talk.said(Tag, f"Tag {note.id}") for note in incidents_of(talk.day, item.id))
    return ", ".join([*found, *(tag.way for tag in tags if tag is not None and tag.way)])


def _detail(talk: Talk, item: Item, width: int, *, lens: bool) -> list[Line]:
    """The row under the cursor: when, who, what, where, notes, what the head said."""
    day, episode = talk.day, item.episode
    book, zone = day.observation.codebook, day.observation.zone
    room = width - 2 * len(MARGIN)
    who, what = named(book, item)
    spells = f" in {len(item.spells)} spells" if len(item.spells) > 1 else ""
    codes = episode.codes if episode else {}
    more = [book.label(each, codes[each]).lower() for each in (PLACE, MODE) if each in codes]
    if episode is not None and episode.room:
        more.append(f"room {episode.room}")
    lines = paragraph(f"{who} · {what}" if what else who, room, "strong")
    when = f"{clock_time(item.start, zone)}–{clock_time(item.end, zone)}{spells}"
    lines += paragraph("   ".join([when, ", ".join(more)]), room, "quiet")
    view = episode.verification if episode else None
    said = comment(day, item.id)
    if view is not None or not lens:
        off = ": time off the record" if view is Verification.STRIKE else ""
        words = f"your word: {WORDS[view]}{off}" + (f" “{said}”" if said else "") if view is not None else NO_WORD
        lines += [[(MARGIN + fit(line, room), "accent")] for line in folded(words, room, 3)]
    if view is Verification.AMEND:
        lines += [[(MARGIN + fit(f"the observer's first word: {history(day, item.id).first}", room), "quiet")]]
    for note in item.notes:
        tag = talk.said(Tag, f"Tag {note.id}")
        way = f"   {tag.way}: {tag.evidence}" if tag is not None and tag.way else ""
        text = f"{'★' if note.incident else '¶'} {note.text or 'starred'}{way}"
        lines += [[(MARGIN + fit(line, room), "")] for line in folded(text, room, 2)]
    if lens and (coded := _coded(talk, item)):
        lines += paragraph(f"coded: {coded}", room)
    return lines
