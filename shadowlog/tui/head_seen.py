"""What was seen, beside what the head guessed: a breakdown at a time, and the prompts that fit the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shadowlog.analysis.prompts import HOUR, KNOWN, Prompt, asked
from shadowlog.analysis.session import OBSERVED
from shadowlog.domain import feedback as f
from shadowlog.domain.feedback_rules import estimated, is_shown, shown_in_turn
from shadowlog.domain.phrases import bar, brief_length, brief_percent, many, number
from shadowlog.tui.head_sheets import MARGIN, WIDEST, paragraph, scaled
from shadowlog.tui.head_talk import Talk, estimates
from shadowlog.tui.widgets.panel import Line, fit, fit_label

if TYPE_CHECKING:
    from shadowlog.analysis.results import Summary

WHAT = "What did the day go on?"
WHOM = "With whom did the day go by?"


def first_hidden(talk: Talk) -> int:
    """Which of what is revealed in turn was not shown by itself yet; the last one where all was."""
    turn = shown_in_turn(talk.day.observation.codebook)
    return next((n for n, of in enumerate(turn) if talk.said(f.Reveal, f"Reveal {of}") is None), len(turn) - 1)


def veil_lines(talk: Talk, width: int) -> list[Line]:
    """What stands on a page that shows the day before the head was shown it."""
    room = min(width - 2 * len(MARGIN), WIDEST)
    if talk.said(f.HandOver) is None:
        ask = f"The day is not with {talk.head} yet. On the first page Enter gives it."
    else:
        ask = "Enter shows it. After that nothing of it can be guessed, and the school is not placed “before” any more."
    words = "From here on stands the whole day: the picture of it, its rows, and the questions that it raises."
    return [
        [],
        *paragraph("The day has not been shown yet.", room, "strong"),
        [],
        *paragraph(words, room),
        [],
        *paragraph(ask, room, "accent"),
    ]


def reveal_lines(talk: Talk, summary: Summary | None, at: int, width: int) -> list[Line]:
    """The question, the guess, and once it is revealed what was seen beside it."""
    turn = shown_in_turn(talk.day.observation.codebook)
    of = turn[at]
    room = min(width - 2 * len(MARGIN), WIDEST)
    shown = is_shown(talk.day.feedback, of, talk.day.observation.codebook)
    question = f.QUESTIONS.get(of) or (WHAT if of == estimated(talk.day.observation.codebook) else WHOM)
    lines: list[Line] = [
        [],
        [(f"{MARGIN}{at + 1} of {len(turn)}", "quiet")],
        [],
        *paragraph(question, room, "strong"),
        [],
    ]
    if shown and summary is None:
        return [*lines, *paragraph("working it out …", room, "quiet")]
    if of in f.GUESSES:
        lines += _single(talk, summary if shown else None, of, room)
    else:
        lines += _table(talk, summary if shown else None, of, room)
    if not shown:
        given = talk.said(f.HandOver) is not None
        ask = "Enter reveals what was seen. After that it can no longer be guessed."
        not_yet = f"The day is not with {talk.head} yet. On the first page Enter gives it."
        lines += [[], *paragraph(ask if given else not_yet, room, "accent")]
    return lines


def _single(talk: Talk, summary: Summary | None, of: str, room: int) -> list[Line]:
    said = talk.said(f.Guess, f"Guess {of}")
    guess = said.number if said else None
    if summary is None:
        words = f"you guessed {number(guess)}" if guess is not None else "no guess was written down; say one aloud"
        return paragraph(words, room)
    seen, beside = OBSERVED[of](summary), _beside(summary, of)
    most = max(seen, guess or 0) or 1
    wide = room - 26
    lines: list[Line] = []
    pair = (("you guessed", guess, "quiet"), ("seen", seen, "lane"))
    for label, value, tone in pair if guess is not None else pair[1:]:
        drawn = number(round(value)) if value is not None else "–"
        # One bar alone is as long as it is and compares nothing.
        shown = bar(value / most if value is not None and guess is not None else None, wide)
        lines += [[(f"{MARGIN}{label:<14}{drawn:>6}  ", "strong"), (shown, tone)], []]
    if guess is not None:
        lines += paragraph(_gap(round(seen) - round(guess), " min" if of == "alone" else ""), room)
    return [*lines, *paragraph(beside, room, "quiet")]


def _gap(more: int, unit: str) -> str:
    less = "less" if unit else "fewer"
    return "As you guessed." if not more else f"{abs(more)}{unit} {'more' if more > 0 else less} than you guessed."


def _beside(summary: Summary, of: str) -> str:
    """The other kind of number beside one that was seen: how long, or how often."""
    window = brief_length(summary.window.minutes)
    if of == "interactions":
        return f"{brief_length(summary.interactions.durations.total_minutes)} with others, of {window} observed."
    if of == "interruptions":
        told = summary.interruptions
        rated = told.per_hour is not None and summary.window.minutes >= HOUR
        hourly = f", {told.per_hour:.1f} an hour" if rated else ""
        return f"{brief_length(told.minutes)} in all{hourly}. An interruption may well be the work itself."
    if of == "alone":
        alone = summary.alone
        return f"{many(alone.count, 'stretch', 'stretches')}, {brief_percent(alone.time_share)} of {window} observed."
    minutes = summary.presence.row("classroom").minutes
    return f"{brief_length(minutes)} in classrooms, of {window} observed."


def _table(talk: Talk, summary: Summary | None, of: str, room: int) -> list[Line]:
    shares, importance = estimates(talk.day, of)
    book = talk.day.observation.codebook
    if summary is None:
        if not shares:
            return paragraph(
                "Say aloud what you think; it was not written down."
                if of != estimated(book)
                else "no guess was written down; say one aloud",
                room,
            )
        guesses = [(label, shares.get(id_)) for id_, label in book.headings(of) or ()]
        wide = room - 36
        return [
            [(f"{MARGIN}{fit_label(label, 26)}{brief_percent(share):>6}  ", ""), (bar(share, wide), "quiet")]
            for label, share in guesses
        ]
    table = summary.by(of)
    label = 26 if room >= 80 else 22
    valued = bool(shares or importance)
    left = label + (36 if valued else 23)
    wide = max(4, room - left)
    most = max([*(row.time_share or 0 for row in table.rows), *shares.values()], default=0) or 1
    names = f"{'':{label}}{'guess':>6}{'seen':>7}{'gap':>6}" if valued else f"{'':{label}}{'seen':>7}"
    lines: list[Line] = [[(f"{MARGIN}{names}{'how long':>9}{'often':>6}", "quiet")]]
    rows = [row for row in table.rows if row.minutes or row.count or row.code in shares or row.code in importance]
    if not valued:
        rows = list(table.ranked)
    for row in rows:
        guess, seen = shares.get(row.code or ""), row.time_share
        points = None if guess is None or seen is None else round((seen - guess) * 100)
        gap = "" if points is None else f"{points:+}" if points else "0"
        text = fit_label(row.label, label - 1) + " "
        text += f"{'' if guess is None else brief_percent(guess):>6}" if valued else ""
        text += f"{brief_percent(seen):>7}" + (f"{gap:>6}" if valued else "")
        text += f"{brief_length(row.minutes):>9}{brief_percent(row.count_share):>6} "
        weight = importance.get(row.code or "", 0)
        dots = f" {scaled(weight, f.IMPORTANCE) if weight else '':{f.IMPORTANCE}}" if importance else ""
        lines.append([(MARGIN + text, ""), *_bars(seen, guess, most, wide - len(dots)), (dots, "quiet")])
    legend = "█ seen" + (" · ◆ your guess · gap: seen less guessed, in points" if shares else "")
    legend += " · ● how important" if importance else ""
    return [*lines, [], *paragraph(legend, room, "quiet")]


def _bars(seen: float | None, guess: float | None, most: float, wide: int) -> list[tuple[str, str]]:
    """What was seen as a bar, with a mark where the guess was: it needs no colour."""
    drawn = fit(bar((seen or 0) / most, wide), wide)
    if guess is None:
        return [(drawn, "lane")]
    at = min(wide - 1, int(guess / most * wide))
    return [(drawn[:at], "lane"), ("◆", "accent"), (drawn[at + 1 :], "lane")]


# Questions


def prompts_of(talk: Talk, summary: Summary | None) -> tuple[Prompt, ...]:
    """The prompts that fit the day, and any others that were answered."""
    fit_ = asked(summary) if summary is not None else ()
    answered = [p for p in KNOWN.values() if p not in fit_ and talk.said(f.Answer, f"Answer {p.id}")]
    return (*fit_, *answered)


def question_lines(talk: Talk, prompts: tuple[Prompt, ...], at: int, width: int) -> list[Line]:
    """One question, where it comes from, and what was answered."""
    room = min(width - 2 * len(MARGIN), WIDEST)
    if not prompts:
        return [[], *paragraph("This day raises no question of ours: nothing was seen.", room)]
    prompt = prompts[at]
    said = talk.said(f.Answer, f"Answer {prompt.id}")
    answered = sum(talk.said(f.Answer, f"Answer {p.id}") is not None for p in prompts)
    lines: list[Line] = [[], [(f"{MARGIN}{at + 1} of {len(prompts)}   {answered} answered", "quiet")], []]
    lines += [*paragraph(prompt.text, min(room, 66), "strong"), [], *paragraph(prompt.source, room, "quiet"), []]
    if said is not None:
        return [*lines, *paragraph(f"“{said.text}”", room)]
    words = "Enter writes down what is answered. Or talk, and go on: ↓ is the next question."
    return [*lines, *paragraph(words, room, "accent")]
