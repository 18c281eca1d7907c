"""One A4 page that the head takes away: the day as a strip, four sentences, what the head will look at, two questions."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace

from shadowlog.analysis.prompts import KNOWN, LOOK, Prompt, fitting
from shadowlog.analysis.results import Session, Summary
from shadowlog.domain.phrases import day_words, length, time_of_day
from shadowlog.domain.study import IMPORTED
from shadowlog.domain.text import clean
from shadowlog.errors import Refused
from shadowlog.report.page import page_name
from shadowlog.report.rendering import rendered
from shadowlog.report.sections import heading
from shadowlog.report.sentences import four_sentences
from shadowlog.report.session import state
from shadowlog.report.static_strip import Picture, picture
from shadowlog.report.strips import activity_strip

LANES = 9
LONGEST = 230
"""Characters of a sentence, and of each of the head's own words, that find room on the page."""
ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Own:
    """What the head said: to which question, and in which words; a question without words leaves lines to write on."""

    question: str
    words: str


def take_away(summary: Summary) -> str:
    """The page as HTML text. Refused for anything but one observation: a take-away is of one day."""
    if len(summary.observations) != 1:
        raise Refused(f"A take-away is of one day, and these are {len(summary.observations)}.", "Name one observation.")
    about = summary.observations[0]
    strip = activity_strip(summary, about)
    rest = strip.lanes[LANES:]
    session = summary.session(about.id)
    lanes = "; ".join(f"{lane.name}, {lane.total}" for lane in strip.lanes)
    return rendered(
        "take_away.html",
        heading(summary),
        style="take_away.css",
        about=_cut(
            f"{day_words(about.date)}, {time_of_day(about.start_minute)} to {time_of_day(about.end_minute)}; "
            f"{length(about.window_minutes)} on record, by {clean(about.observer)}"
        ),
        state=_cut(state(summary, about.id)),
        imported=about.consent == IMPORTED,
        strip=_short(picture(replace(strip, lanes=strip.lanes[:LANES]))),
        strip_label=f"The day by activity: {lanes}" if lanes else "Nothing was recorded that could be drawn",
        rest=_rest(rest),
        sentences=[_cut(each) for each in four_sentences(summary)],
        own=own_words(session),
        prompts=take_away_prompts(summary, session),
    )


def take_away_name(summary: Summary) -> str:
    """The file name, as H01-2026-11-24-take-away.html."""
    return page_name(summary).replace("-report.html", "-take-away.html")


def own_words(session: Session | None) -> list[Own]:
    """What the head said it would look at; else its answers to the questions asked, the newest first; else lines."""
    answers = sorted(session.answers, key=lambda each: -each.at) if session else []
    looked = [each for each in answers if each.prompt == LOOK.id]
    if not looked:
        told = [Own(_cut(_question(a.prompt)), _cut(clean(a.text))) for a in answers[:ANSWERS]]
        return [*told, Own(LOOK.text, "")]
    return [Own(LOOK.text, _cut(clean(each.text), 2 * LONGEST)) for each in looked[:1]]


def _question(id_: str) -> str:
    return KNOWN[id_].text if id_ in KNOWN else clean(id_)


def take_away_prompts(summary: Summary, session: Session | None) -> list[Prompt]:
    """Two questions that fit the day, those not yet answered first."""
    answered = {each.prompt for each in session.answers} if session else set()
    fit = fitting(summary)
    return [*(p for p in fit if p.id not in answered), *(p for p in fit if p.id in answered)][:2]


def _cut(text: str, most: int = LONGEST) -> str:
    return textwrap.shorten(text, most, placeholder=" …")


def _short(drawn: Picture) -> Picture:
    return replace(drawn, lines=tuple(replace(line, label=_cut(line.label, 90)) for line in drawn.lines))


def _rest(lanes: tuple[object, ...]) -> str:
    return f"{len(lanes)} more {'is' if len(lanes) == 1 else 'are'} in the report." if lanes else ""
