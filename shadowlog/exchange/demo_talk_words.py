"""What invented heads say of their days, and what is worth talking about in them. Every line is invented, by role alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened with whom while what went on; a room can argue by which of the six ways responsibility passed."""

    role: str
    activity: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A head's words on a row with this company and this activity; `to` is the activity that the head says it was."""

    role: str
    activity: str | None
    words: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """How an invented head sees the own school: the phase, the continuum before and after, what is expected and valued."""

    phase: str
    why: str
    before: int
    after: int
    shares: Mapping[str, float]
    importance: Mapping[str, int]
    guesses: tuple[int, int, int, int]
    """Interactions, interruptions, minutes alone, classroom visits."""
    unusual: str
    answers: Mapping[str, str]
    """By prompt."""
    factors: Mapping[str, str]


COVER = Incident(
    "teacher",
    "staffing",
    "Two teachers had covered a colleague's lesson between them since first thing. Nobody had asked them to, and the list "
    "in the office still showed the gap. The head thanked them and went on to the next thing.",
)
EVENING = Incident(
    "slt",
    "strategy",
    "The open evening stood on the agenda under the head's name. The deputy said that it was as good as planned, and read "
    "out who would do what. The head crossed the item out.",
)
GROUPS = Incident(
    "middle",
    "progress_data",
    "The subject leader put the results on the table and said which pupils would change groups after half-term: the team "
    "had settled it last week. The head asked only to hear in the spring how it had gone.",
)
BREAKFAST = Incident(
    "support",
    "welfare",
    "A teaching assistant had already rung the family support worker about a pupil who came without breakfast. The "
    "procedure gives that to the pastoral lead, who was away on a course. The head asked to be told what comes of it.",
)
COUNCIL = Incident(
    "pupil",
    "pupil_contact",
    "Two pupils of the school council asked for ten minutes of the next staff meeting, to speak about homework. The head "
    "said that the deputy chairs it. They knew: the deputy had sent them to ask for more than ten.",
)
HOUR = Incident(
    "teacher",
    "teaching_learning",
    "A teacher asked whether the next training hour could be about feedback. The head said yes, if you lead it. The teacher "
    "had led ten minutes of one in the spring, and half of one in the summer.",
)
GATE = Incident(
    "site",
    "resources",
    "The caretaker had shut the lower gate and turned a delivery away before anybody in the office knew of the burst pipe. "
    "The emergency plan says that the head decides. The head asked whether the plan should say something else.",
)
QUARREL = Incident(
    "slt",
    "behaviour",
    "The assistant head had heard both sides of a quarrel and rung both families before the head came out. It used to come "
    "to the head's door every time, the assistant head said. Nobody could say when that had stopped.",
)
DIARY = Incident(
    "office",
    "admin",
    "The office had moved two appointments, booked a supply teacher and turned a salesman away, each with a line in the "
    "diary. The head read the lines and changed nothing. They only ask about what is new, the office manager said.",
)
CONCERT = Incident(
    "teacher",
    "staff_relations",
    "A new colleague asked in the staffroom who organises the winter concert. It gets organised, somebody said. By the end "
    "of the talk the new colleague had the programme and two helpers, and the head had filled the kettle.",
)

MISSING = (
    Remark("parent", None, "It was about how the child gets to school", "parents"),
    Remark("teacher", None, "It was about the next unit", "teaching_learning"),
    Remark("pupil", None, "They wanted to show me something", "pupil_contact"),
    Remark("slt", None, "Who would take the assembly", "staffing"),
    Remark("office", None, "The post", "admin"),
    Remark("support", None, "How a pupil was", "welfare"),
    Remark("middle", None, "What the test had shown", "progress_data"),
    Remark("site", None, "The heating", "resources"),
)
"""What the head says of rows whose what nobody had named."""

AMENDED = (
    Remark("alone", "admin", "Those were the figures for the governors", "progress_data"),
    Remark("slt", "behaviour", "It was about how the pupil was, not about what had happened", "welfare"),
    Remark("office", "staffing", "It was about the order of the week, nobody had to be found", "admin"),
    Remark("alone", "admin", "I was writing the plan for the spring", "strategy"),
    Remark("teacher", "staff_relations", "It was about going part-time", "staffing"),
    Remark("pupil", "pupil_contact", "I asked them about the quarrel in the morning", "behaviour"),
    Remark("support", "welfare", "We agreed what to do at lunchtime", "behaviour"),
    Remark("alone", "resources", "That was a form, not the budget", "admin"),
    Remark("teacher", "teaching_learning", "I was asked to listen, and did", "coaching"),
    Remark("slt", "strategy", "It began with the plan, and was about who would do it", "staffing"),
    Remark("site", "resources", "It was mostly about the new rota, and who is unhappy with it", "staff_relations"),
    Remark("pupil", "behaviour", "They had come to tell me how it went", "pupil_contact"),
    Remark("office", "admin", "It was next week's cover", "staffing"),
    Remark("middle", "progress_data", "The figures were the way into what to teach next", "teaching_learning"),
)

DISPUTED = (
    Remark("alone", "admin", "The letter was open, but I was thinking about the afternoon"),
    Remark("pupil", "duty", "I was not on duty; I waited for somebody, and the pupils came"),
    Remark("office", "admin", "I had gone to them, they had not come to me"),
    Remark("slt", "staffing", "Nothing was decided there; it was decided the day before"),
    Remark("pupil", "behaviour", "Nobody had misbehaved; they had come with a question"),
    Remark("teacher", "teaching_learning", "It was longer: we went on talking on the way"),
    Remark("alone", "admin", "I had the sheet before me and listened to what went on outside"),
    Remark("pupil", "observing", "I was looking for a colleague and did not look at the lesson"),
    Remark("pupil", "duty", "For half of that I talked with the supervisor"),
)

STRUCK = (
    Remark("parent", "parents", "A family would know itself in it"),
    Remark("support", "welfare", "It was told to me alone"),
    Remark("pupil", "welfare", "It was not mine to share"),
    Remark("teacher", "staffing", "It was about somebody's health"),
    Remark("parent", "parents", "I would rather it were not kept"),
)

COMMENTED = (
    Remark("pupil", "observing", "This is the part of the day of which I would like more"),
    Remark("slt", "strategy", "On other days the deputy does this without me"),
    Remark("pupil", "duty", "People find me there who would not come to the office"),
    Remark("office", "admin", "They could have settled it; they like to tell me"),
    Remark("teacher", "staff_relations", "Two minutes that save an hour"),
    Remark("pupil", "observing", "I go in so that it is nothing special when I go in"),
    Remark("site", "resources", "I am asked because I always answer"),
)

OUTLOOKS: Mapping[str, Outlook] = {
    "W01": Outlook(
        phase="widening",
        why="The year teams hold their own meetings now, and tell me afterwards",
        before=40,
        after=50,
        shares={"admin": 0.3, "curriculum": 0.35, "student": 0.2, "parent": 0.1, "other": 0.05},
        importance={"admin": 2, "curriculum": 5, "student": 5, "parent": 3, "other": 2},
        guesses=(60, 8, 60, 6),
        unusual="Two colleagues were away",
        answers={
            "initiative": "More lies with the office than I would have said",
            "look-at": "Who could take the calls before nine",
        },
        factors={"head": "Third year in this school", "school": "Two new leaders of year groups since the summer"},
    ),
    "W02": Outlook(
        phase="cautious",
        why="Last year things were handed out and came back half done; now it is one at a time",
        before=25,
        after=20,
        shares={"admin": 0.4, "curriculum": 0.2, "student": 0.2, "parent": 0.15, "other": 0.05},
        importance={"admin": 4, "curriculum": 5, "student": 4, "parent": 4, "other": 1},
        guesses=(45, 15, 90, 3),
        unusual="The boiler",
        answers={
            "initiative": "It comes to me, and I take it",
            "look-at": "Which three things of this day need not have come to my door",
        },
        factors={"school": "An inspection is due", "external": "The budget has to go in by the end of the month"},
    ),
    "W03": Outlook(
        phase="widening",
        why="Subject leaders decide about groups and books; a year ago they asked",
        before=55,
        after=55,
        shares={"admin": 0.25, "curriculum": 0.4, "student": 0.2, "parent": 0.05, "other": 0.1},
        importance={"admin": 2, "curriculum": 5, "student": 4, "parent": 3, "other": 3},
        guesses=(70, 6, 75, 8),
        unusual="Visitors at lunch",
        answers={
            "classrooms": "Fewer than I tell others, and shorter",
            "look-at": "To go into two classrooms before the post",
        },
        factors={"head": "Was deputy here before", "external": "The partner school shares its training days"},
    ),
    "W04": Outlook(
        phase="standing back",
        why="Meetings begin without me, and I read the notes",
        before=60,
        after=70,
        shares={"admin": 0.2, "curriculum": 0.35, "student": 0.25, "parent": 0.1, "other": 0.1},
        importance={"admin": 1, "curriculum": 5, "student": 5, "parent": 4, "other": 3},
        guesses=(80, 5, 120, 5),
        unusual="",
        answers={
            "presence": "At the gate and in the yard; hardly in the staffroom",
            "look-at": "Whether those who lead have somebody to talk to",
        },
        factors={"head": "Ten years in this school", "school": "Few colleagues leave"},
    ),
    "W05": Outlook(
        phase="widening",
        why="Whoever wants to try something says so at the staff meeting, and mostly does",
        before=45,
        after=40,
        shares={"admin": 0.35, "curriculum": 0.25, "student": 0.25, "parent": 0.1, "other": 0.05},
        importance={"admin": 3, "curriculum": 5, "student": 5, "parent": 5, "other": 2},
        guesses=(65, 10, 45, 4),
        unusual="A rehearsal in the hall all morning",
        answers={
            "initiative": "With a few, always the same; I had not seen that",
            "look-at": "Whom I never ask",
        },
        factors={"school": "Two sites, and a road between them"},
    ),
}
"""By head. Three of the five see their schools in one phase."""
