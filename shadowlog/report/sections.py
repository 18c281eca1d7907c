"""What stands in the sections of a head's report, in the order of the talk about it: the picture first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from shadowlog.analysis.prompts import KNOWN, fitting
from shadowlog.analysis.results import EpisodeLine, NoteLine, ObservationInfo, Summary
from shadowlog.domain.phrases import day_words, length, many, time_of_day
from shadowlog.domain.study import IMPORTED
from shadowlog.domain.text import clean
from shadowlog.domain.versions import WORDS, Version
from shadowlog.report.charts import Chart, PlainTable, sentence_case
from shadowlog.report.dumbbell import valued_charts
from shadowlog.report.figures import day_charts, what_charts, where_charts, who_charts
from shadowlog.report.flow import began_charts, profile_charts
from shadowlog.report.patterns import pattern_charts
from shadowlog.report.session import guess_tables, state, way_words
from shadowlog.report.static_strip import Picture, picture
from shadowlog.report.strips import activity_strip


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page."""

    key: str
    title: str
    charts: tuple[Chart, ...]
    missing: tuple[str, ...] = ()
    """What this section would show and nobody coded."""
    tables: tuple[PlainTable, ...] = ()
    """Those that belong to no chart."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note as the page shows it: when, on what, in which words."""

    at: str
    about: str
    text: str
    way: str = ""
    """Of an incident: by which way leadership was distributed in it."""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt, where it comes from, and what was answered to it: the words, and who said them when."""

    text: str
    source: str
    answers: tuple[tuple[str, str], ...]


def heading(summary: Summary) -> str:
    """The title of the page."""
    heads = sorted({clean(about.head) for about in summary.observations})
    if not heads:
        return "No day"
    if len(summary.observations) == 1:
        return f"A day with head {heads[0]}"
    return f"{len(summary.observations)} days with {'head' if len(heads) == 1 else 'heads'} {', '.join(heads)}"


def cover(summary: Summary, about: ObservationInfo) -> list[tuple[str, str]]:
    """What an observation is, as terms and what they say here."""
    running = ", still running when this was made" if about.running else ""
    consent = about.consent
    if consent == IMPORTED:
        consent = "Imported from a published or paper record; nobody was asked, so it cannot be released."
    told = [
        ("Head", about.head),
        ("Date", day_words(about.date)),
        (
            "Observed",
            f"{time_of_day(about.start_minute)} to {time_of_day(about.end_minute)}{running}, {length(about.window_minutes)} of it on record",
        ),
        ("Observer", about.observer),
        ("Codebook", f"{about.codebook_name}, version {about.codebook_version}"),
        ("Study", about.study),
        ("Record", WORDS[summary.version]),
        ("State", state(summary, about.id)),
        ("Verified", verification(summary, about.id)),
        ("Consent", consent),
    ]
    return [(term, sentence_case(clean(text))) for term, text in told if text]


def verification(summary: Summary, observation: str | None = None) -> str:
    """How far the head has gone through the episodes, in a sentence."""
    if summary.version is Version.RECORDED:
        return "As recorded, before any word of the head"
    if summary.version is Version.VERIFIED:
        return "Only what the head agreed to or changed is in it"
    lines = [line for line in summary.lines if observation in {None, line.observation}]
    left = sum(line.verification is None for line in lines)
    disputed = sum(line.verification == "dispute" for line in lines)
    also = f" and disputes {disputed}" if disputed else ""
    if not lines:
        struck = any(told.struck for told in summary.sessions)
        return "The head struck out every episode" if struck else "Nothing to verify"
    if left == len(lines):
        return "Not yet verified by the head"
    if left or disputed:
        stands = len(lines) - left - disputed
        return f"The head agreed to or changed {stands} of {many(len(lines), 'episode', 'episodes')}{also}"
    return "Verified by the head"


def parts(summary: Summary) -> Sequence[Part]:
    """The sections with charts; what nobody coded is said, never drawn."""
    if not summary.episodes.count:
        return (Part("day", "The day", day_charts(summary)),)
    where, began = where_charts(summary), began_charts(summary)
    who, what = who_charts(summary), what_charts(summary)
    keys = {chart.key for chart in (*where, *began, *who, *what)}
    absent = [
        ("who", "who", "With whom"),
        ("what", "what", "What the head did"),
        ("what", "where", "The place"),
        ("began", "began", "Who began it"),
        ("began", "planned", "Whether it was in the diary"),
    ]
    missing = {part: tuple(name for p, key, name in absent if p == part and key not in keys) for part, _, _ in absent}
    no_stop = () if summary.interruptions.count else ("No interruption was recorded.",)
    said = {part: tuple(f"{name} was not coded in this record." for name in names) for part, names in missing.items()}
    moves = pattern_charts(summary)
    valued, guessed = valued_charts(summary), guess_tables(summary)
    followed = (Part("moves", "What followed what", moves),) if moves else ()
    return (
        Part("day", "The day", day_charts(summary)),
        Part("who", "With whom", who, missing=said["who"]),
        Part("what", "What and where", (*what, *where), missing=said["what"]),
        Part("run", "How the day ran", profile_charts(summary)),
        *followed,
        Part("began", "Who began it, and interruptions", began, missing=(*said["began"], *no_stop)),
        *((Part("valued", "Expected, observed, valued", valued, tables=guessed),) if valued or guessed else ()),
    )


def pictures(summary: Summary) -> Sequence[Picture]:
    """Each observation's strip for where scripts are off."""
    return [picture(activity_strip(summary, about)) for about in summary.observations]


Lines = Mapping[tuple[str, str], EpisodeLine]


def lines_of(summary: Summary) -> Lines:
    """The episodes by observation and id."""
    return {(line.observation, line.id): line for line in summary.lines}


def remark(summary: Summary, note: NoteLine, lines: Lines) -> Remark:
    """A note with when it was made and on what."""
    line = lines.get((note.observation, note.episode or ""))
    about = f"{clean(line.who)}; {clean(line.what_label)}" if line else ""
    day = ""
    if len(summary.observations) > 1:
        day = next(f"{o.date} " for o in summary.observations if o.id == note.observation)
    told = summary.session(note.observation)
    tag = told.tag(note.id) if told else None
    return Remark(
        f"{day}{time_of_day(note.at_minute)}",
        about,
        clean(note.text, lines=True),
        way_words(tag.way) if tag else "",
        clean(tag.evidence, lines=True) if tag else "",
    )


def questions(summary: Summary) -> list[Question]:
    """The prompts that fit what was seen, with what was answered; then those that were answered without fitting."""
    answered: dict[str, list[tuple[str, str]]] = {}
    for session in summary.sessions:
        for each in session.answers:
            told = (clean(each.text, lines=True), f"{clean(each.author)}, {day_words(each.date)}")
            answered.setdefault(each.prompt, []).append(told)
    fit = [prompt.id for prompt in fitting(summary)]
    made = []
    for id_ in (*fit, *(id_ for id_ in answered if id_ not in fit)):
        text, source = (KNOWN[id_].text, KNOWN[id_].source) if id_ in KNOWN else (clean(id_), "")
        made.append(Question(text, source, tuple(answered.get(id_, ()))))
    return made


def doubts(summary: Summary) -> Iterator[str]:
    """What a reader must know of how sure the record is, counted."""
    told = summary.coverage
    counts = (
        (told.incomplete, "without who or what"),
        (told.unsure, "of which the observer was unsure"),
        (told.late, "entered later"),
        (told.amended, "put right later"),
        (told.struck, "struck out by the head"),
    )
    for count, words in counts:
        if count:
            yield f"{many(count, 'episode', 'episodes')} {words}"
