"""What the head said of the day, and how far the day has come with its head, in words and plain tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shadowlog.analysis.results import Guessed, Session, Signed, Summary
from shadowlog.domain.feedback import CONTINUUM, PHASES, TYPICAL, WAYS
from shadowlog.domain.phrases import day_words, length, many, number, time_of_day
from shadowlog.domain.text import clean
from shadowlog.domain.versions import Version
from shadowlog.report.charts import PlainTable, sentence_case

Told = tuple[str, str]
"""What a word is about, and the word."""
OF_ROWS = {"agree": "The head agrees", "amend": "The head changed it to this", "dispute": "The head disputes it"}


def state(summary: Summary, observation: str) -> str:
    """How far an observation has come with its head, by whom and when; empty where nobody can know."""
    told = summary.session(observation)
    if told is None:
        return ""
    if summary.version is Version.RECORDED and told.stage != "draft":
        return f"Since it was recorded the day has come as far as: {told.stage}"
    return {
        "draft": lambda _: "Draft, not yet handed over to the head",
        "with the head": _with_head,
        "verified": lambda told: f"Verified{_by_last(told)}",
        "amended": lambda told: f"Verified with changes: {_changes(told)}{_by_last(told)}",
        "disputed": lambda told: f"In dispute: {_disputed(told)}{_by_last(told)}",
        "released": _released,
    }[told.stage](told)


def _with_head(told: Session) -> str:
    given = f" since {_when(told.given)}, given by {clean(told.given.author)}" if told.given else ""
    return f"With the head{given}; the head has spoken of {told.spoken} of {many(told.episodes, 'episode', 'episodes')}"


def _changes(told: Session) -> str:
    views = [word.view for word in told.words]
    counts = ((views.count("dispute"), "disputed"), (views.count("amend"), "amended"), (told.struck, "struck out"))
    named = [(count, what) for count, what in counts if count]
    return ", ".join(
        f"{many(count, 'episode', 'episodes') if not n else count} {what}" for n, (count, what) in enumerate(named)
    )


def _disputed(told: Session) -> str:
    disputed = sum(word.view == "dispute" for word in told.words)
    return "the head disputes every episode" if disputed == told.episodes > 1 else _changes(told)


def _by_last(told: Session) -> str:
    return f", by {clean(told.last.author)} on {_when(told.last)}" if told.last else ""


def _released(told: Session) -> str:
    first = told.released[0]
    for_what = ", ".join(each.label for each in told.released)
    changed = _changes(told)
    also = f"; {changed}" if changed else ""
    return f"Released by {clean(first.author)} on {_when(first)} for: {for_what}{also}"


def _when(act: Signed) -> str:
    return day_words(act.date)


def told_lines(session: Session) -> Iterator[Told]:
    """What was said of the day as a whole, one line each; nothing for what was not said."""
    for rated in session.typical:
        who = "The head" if rated.by_head else f"The observer, {clean(rated.author)}"
        unusual = f" Unusual: {clean(rated.unusual, lines=True)}" if rated.unusual.strip() else ""
        yield (
            "How typical the day was",
            f"{who}: {rated.rating} of {TYPICAL} (1 not at all, {TYPICAL} as any other).{unusual}",
        )
    if places := _places(session):
        yield f"The school between one who decides everything (0) and nobody who decides ({CONTINUUM})", places
    if session.phase is not None:
        why = f" {clean(session.phase_why, lines=True)}" if session.phase_why.strip() else ""
        about = PHASES.get(session.phase)
        yield "Where the school is seen to be", f"{sentence_case(session.phase)}{f' ({about})' if about else ''}.{why}"
    for context in session.contexts:
        yield f"Context, {context.label}", clean(context.text, lines=True)
    if session.signed:
        gone = "; ".join(f"{each.label} ({_when(each)})" for each in session.signed)
        yield "Gone through and signed off", sentence_case(gone)
    if session.released:
        layers = "; ".join(f"{each.label} ({_when(each)})" for each in session.released)
        holds = session.stage == "released"
        yield (
            "Released for" if holds else "Agreed to be used for",
            layers if holds else f"{layers}. It holds once every episode has the head's word.",
        )
    elif session.withdrawn is not None:
        yield "Released for", f"Nothing, said on {_when(session.withdrawn)}"


def rows_told(summary: Summary, session: Session) -> Iterator[Told]:
    """What the head disputes, changed or remarked, a row a line, with the head's own words; nothing of what was just agreed to."""
    said = {word.episode: word for word in session.words if word.view != "agree" or word.comment.strip()}
    for line in summary.lines:
        if line.observation != session.observation or line.id not in said:
            continue
        word = said[line.id]
        words = f" “{clean(word.comment, lines=True)}”" if word.comment.strip() else ""
        about = f"{sentence_case(clean(line.who))}; {clean(line.what_label)}"
        yield f"{time_of_day(line.start_minute)} {about}", f"{OF_ROWS[word.view]}.{words}"
    if session.struck:
        struck = many(session.struck, "episode", "episodes")
        yield (
            "Struck out",
            f"{struck}; of {'it' if session.struck == 1 else 'them'} only that time passed is kept here.",
        )


def _places(session: Session) -> str:
    before, after = session.place_before, session.place_after
    told = [
        *([] if before is None else [f"{before} before seeing the day"]),
        *([] if after is None else [f"{after} after"]),
    ]
    moved = "" if before is None or after is None else "; not moved" if before == after else ""
    return f"{', '.join(told)}{moved}" if told else ""


def way_words(way: str) -> str:
    """One of the six ways with what it means."""
    about = WAYS.get(way)
    return f"{sentence_case(clean(way))}: {about}" if about else sentence_case(clean(way))


def guess_tables(summary: Summary) -> tuple[PlainTable, ...]:
    """What single numbers were guessed to be, and what they were."""
    several = len(summary.observations) > 1
    dates = {about.id: about.date for about in summary.observations}
    rows = tuple(
        (
            (f"{dates.get(session.observation, '')} " if several else "") + sentence_case(guess.label),
            _amount(guess, guess.guess),
            _amount(guess, guess.observed),
        )
        for session in summary.sessions
        for guess in session.guessed
    )
    return (PlainTable("Guessed before it was shown", ("What", "Guessed", "Observed"), rows),) if rows else ()


def _amount(guess: Guessed, value: float) -> str:
    return length(value) if guess.of == "alone" else number(value)


def sessions_told(summary: Summary) -> Sequence[tuple[str, tuple[Told, ...]]]:
    """For each observation of which something was said: its date where there are several, and the words."""
    several = len(summary.observations) > 1
    made = []
    for about in summary.observations:
        session = summary.session(about.id)
        words = (*told_lines(session), *rows_told(summary, session)) if session else ()
        if words:
            made.append((f"{day_words(about.date)}, {clean(about.head)}" if several else "", words))
    return made
