"""Questions for the talk about a day: those that fit what the day showed, each with the source it goes back to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from shadowlog.analysis.results import Summary

MOST = 9
HANDFUL = 10
"""From fewer episodes than these nothing is said of which side or of how few."""
HOUR = 60
"""Minutes: a rate an hour of less than that says nothing of a day."""

MACBEATH = "after MacBeath, Oduro and Waterhouse, Distributed Leadership: A Developmental Process"
COURSE = "after a course text on distributed leadership"
THINKPIECE = "after West-Burnham, think piece on distributed leadership"
ECONOMICS = "after West-Burnham, on the economics of distributed leadership"
DARTON = "after the Darton College blog on leadership"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, where it comes from, and when a day asks for it."""

    id: str
    text: str
    source: str
    fits: Callable[[Summary], bool]


def _count(summary: Summary, dimension: str, codes: Collection[str] = ()) -> float:
    """Episodes with one of the codes (with any but "none" when no code is named); 0 where there is no such dimension."""
    try:
        rows = summary.table(dimension).rows
    except KeyError:
        return 0
    return sum(r.count for r in rows if r.code and (r.code in codes if codes else r.code != "none"))


def _coded(dimension: str, *codes: str) -> Callable[[Summary], bool]:
    return lambda summary: _count(summary, dimension, codes) > 0


def _beyond(summary: Summary) -> bool:
    return _count(summary, "role", ("heads", "external")) > 0 or summary.presence.row("offsite").minutes > 0


def _few_people(summary: Summary) -> bool:
    """Two groups hold three quarters of the time with others."""
    rows = [r for r in summary.table("role").rows if r.code and r.code not in summary.alone.codes]
    minutes = sorted((r.minutes for r in rows), reverse=True)
    return summary.interactions.count >= HANDFUL and sum(minutes[:2]) >= 0.75 * sum(minutes) > 0


def _one_sided(summary: Summary) -> bool:
    told = summary.initiative
    return told.head_count_share is not None and told.coded >= HANDFUL and not 0.4 < told.head_count_share < 0.6


def _many_switches(summary: Summary) -> bool:
    return summary.window.minutes >= HOUR and 60 * summary.episodes.count / summary.window.minutes >= 8


def _much_admin(summary: Summary) -> bool:
    table = summary.table("activity")
    return sum(r.time_share or 0 for r in table.rows if r.code == "admin") > 1 / 3


def _many_interruptions(summary: Summary) -> bool:
    return summary.window.minutes >= HOUR and (summary.interruptions.per_hour or 0) > 2


def _many_teachers(summary: Summary) -> bool:
    return _count(summary, "role", ("teacher",)) >= 10


def _tagged(summary: Summary) -> bool:
    """An incident is tagged with a way of distributing leadership."""
    return any(session.tags for session in summary.sessions) or _count(summary, "distribution") > 0


def _met(summary: Summary) -> bool:
    return summary.interactions.count > 0


def _any(summary: Summary) -> bool:
    return summary.episodes.count > 0


#: The most particular first: what fits few days says most about one.
PROMPTS = (
    Prompt(
        "hold",
        "Of control, delegation, empowerment and subsidiarity, which did this day look most like? Where did it differ "
        "from what you would have said?",
        THINKPIECE,
        _coded("hold"),
    ),
    Prompt(
        "processes",
        "In the incident that you tagged: by what route did responsibility reach that person: role, need, plan, growth, own "
        "initiative, or habit?",
        MACBEATH,
        _tagged,
    ),
    Prompt("benefit", "What went well because the work was shared, for you and for others?", COURSE, _tagged),
    Prompt("cost", "Where did sharing the work slow things down or leave people unclear?", COURSE, _tagged),
    Prompt(
        "forms",
        "In that incident, was responsibility given, asked for, taken up, or simply there? Who would agree?",
        MACBEATH,
        _tagged,
    ),
    Prompt(
        "coached",
        "When did you coach rather than advise? When were you last coached yourself?",
        THINKPIECE,
        _coded("activity", "coaching"),
    ),
    Prompt(
        "interruptions",
        "Which interruptions were the work, and which kept you from it? What happened to what was interrupted?",
        f"{MACBEATH}; {DARTON}",
        _many_interruptions,
    ),
    Prompt("stuff", "What drew you away from teaching and learning, and who else could hold it?", DARTON, _much_admin),
    Prompt(
        "standing-back",
        "When did you stand back on purpose? What happened?",
        MACBEATH,
        _coded("lead", "watches", "other_leads"),
    ),
    Prompt(
        "observed",
        "When you watched a lesson: what did the teacher learn from it? What did you?",
        DARTON,
        _coded("activity", "observing"),
    ),
    Prompt(
        "barriers",
        "What stands in the way of others taking the lead in your school? What on this day shows it, and what would "
        "remove it?",
        f"{THINKPIECE}; {MACBEATH}",
        _one_sided,
    ),
    Prompt("trust", "Whom did you not meet today whose trust you depend on?", ECONOMICS, _few_people),
    Prompt(
        "many-roles",
        "How do you hold so many roles in one day? Which would you give away first?",
        MACBEATH,
        _many_switches,
    ),
    Prompt(
        "monitoring",
        "Which facts about pupils' progress did you look at with colleagues today, and what followed?",
        COURSE,
        _coded("activity", "progress_data", "observing"),
    ),
    Prompt(
        "dialogue",
        "Who talked with whom about learning because you made room for it?",
        COURSE,
        _coded("activity", "teaching_learning"),
    ),
    Prompt(
        "model",
        "What did people see you do today, and is it what you ask of them?",
        COURSE,
        lambda s: _count(s, "influence", ("modelling",)) + _count(s, "activity", ("duty",)) > 0,
    ),
    Prompt(
        "beyond", "What did the time beyond your own school give back to its pupils?", f"{COURSE}; {ECONOMICS}", _beyond
    ),
    Prompt(
        "coach-talk",
        "Which of these conversations did you steer as a coach, and which ran by themselves?",
        THINKPIECE,
        _many_teachers,
    ),
)

ALWAYS = (
    Prompt("classrooms", "How often were you in classrooms, and for how long? Is that a usual day?", COURSE, _any),
    Prompt("initiative", "Who began what today? Where does initiative lie in your school?", MACBEATH, _met),
    Prompt("presence", "Were you conspicuous by presence or by absence, and where?", MACBEATH, _any),
    Prompt("typical", "How usual was this day? What would a colleague say was missing from it?", MACBEATH, _any),
)

LOOK = Prompt("look-at", "What will you look at, now that you have seen this day?", "for the page to take away", _any)
"""What the talk ends with; the answer stands first on the page that the head takes away."""

KNOWN = {prompt.id: prompt for prompt in (*PROMPTS, *ALWAYS, LOOK)}
"""Every prompt there is, by its id."""

DEPTHS = (
    ("Clarify", "What happened, when, and who was there?"),
    ("Purpose", "Why, and for whom?"),
    ("Consequence", "And then what? What did it tell you?"),
)


def fitting(summary: Summary) -> tuple[Prompt, ...]:
    """The prompts that fit what was seen: at most nine, the ones that every day asks for last."""
    always = tuple(p for p in ALWAYS if p.fits(summary))
    return (*[p for p in PROMPTS if p.fits(summary)][: MOST - len(always)], *always)


def asked(summary: Summary) -> tuple[Prompt, ...]:
    """The prompts that fit what was seen, and the one that a talk ends with."""
    return (*fitting(summary), *([LOOK] if LOOK.fits(summary) else []))
