"""What happens in the demonstration study, as words: who comes with what, what is noted. Every line is invented."""

from __future__ import annotations

from collections.abc import Mapping

GATE = (
    ("parent", "parents"),
    ("parent", "welfare"),
    ("pupil", "pupil_contact"),
    ("pupil", "behaviour"),
    ("support", "welfare"),
    ("teacher", "staff_relations"),
    ("site", "resources"),
    ("parent", "parents"),
)
"""Who comes with what at the gate, before and after school: (role, activity), likelier ones twice."""

CORRIDOR = (
    ("teacher", "teaching_learning"),
    ("teacher", "staffing"),
    ("pupil", "pupil_contact"),
    ("pupil", "behaviour"),
    ("support", "welfare"),
    ("middle", "progress_data"),
    ("slt", "behaviour"),
    ("office", "admin"),
    ("site", "resources"),
    ("teacher", "staff_relations"),
    ("visitor", "admin"),
)

PLAYGROUND = (
    ("pupil", "pupil_contact"),
    ("pupil", "behaviour"),
    ("support", "welfare"),
    ("teacher", "staff_relations"),
    ("site", "staff_relations"),
    ("slt", "behaviour"),
    ("pupil", "welfare"),
)

OFFICE = (
    ("slt", "strategy"),
    ("slt", "staffing"),
    ("slt", "behaviour"),
    ("office", "admin"),
    ("office", "staffing"),
    ("middle", "teaching_learning"),
    ("middle", "progress_data"),
    ("teacher", "coaching"),
    ("teacher", "teaching_learning"),
    ("support", "welfare"),
    ("site", "resources"),
    ("parent", "parents"),
    ("pupil", "behaviour"),
)

STAFFROOM = (
    ("teacher", "staff_relations"),
    ("teacher", "teaching_learning"),
    ("support", "welfare"),
    ("middle", "teaching_learning"),
)

PHONE = (
    ("external", "external"),
    ("external", "welfare"),
    ("parent", "parents"),
    ("heads", "external"),
    ("governor", "external"),
    ("office", "staffing"),
)

INTERRUPTERS = (
    ("office", "admin"),
    ("office", "staffing"),
    ("slt", "behaviour"),
    ("teacher", "staffing"),
    ("pupil", "behaviour"),
    ("site", "resources"),
    ("support", "welfare"),
)

DESK = ("admin", "admin", "admin", "progress_data", "strategy", "resources", "staffing", "external", "own_learning")

FOLLOWS: Mapping[str, str] = {
    "staffing": "staff_relations",
    "behaviour": "welfare",
    "strategy": "progress_data",
    "teaching_learning": "coaching",
    "admin": "resources",
    "progress_data": "teaching_learning",
}
"""What the same company turns to next."""

NOTES: Mapping[str, tuple[str, ...]] = {
    "teaching_learning": (
        "Asks what the class found hard before saying anything",
        "Offers to swap rooms so that the practical can go ahead",
        "Points to a display as an example for the next unit",
    ),
    "observing": (
        "Stands at the back, kneels beside one table",
        "Looks into three books, asks what the target means",
        "Thanks the class on leaving",
    ),
    "coaching": ("Listens for most of it, sums up at the end", "Agrees one thing to try before next week"),
    "progress_data": ("Reading results on a printed sheet", "Asks for the same figures by group"),
    "strategy": ("Improvement plan, second priority", "Draft for governors gone through line by line"),
    "staffing": ("Cover for an absence found on the spot", "Room change settled between two doors"),
    "behaviour": ("Both sides heard, then a joint task set", "Sends them back with a question to answer"),
    "welfare": ("Passes it on to the pastoral lead", "Asks to be told how it goes by the end of the day"),
    "pupil_contact": ("Admires a model carried in from home", "Sings along with the last verse"),
    "duty": ("Holds the gate, greets nearly everyone", "Moves the ball game to the other side"),
    "parents": ("Worry about the bus, will ring back", "Thanks for the fair"),
    "admin": ("Return due today, signed", "Timetable query settled"),
    "resources": ("Boiler again, engineer called", "Quote for the fence on the desk"),
    "external": ("Date for the partnership meeting agreed", "Joint training day offered"),
    "staff_relations": ("Laughter, a cake is mentioned", "Asks after a long week"),
}
"""Remarks by activity."""

INCIDENTS: Mapping[str, tuple[str, ...]] = {
    "teaching_learning": ("A teacher proposes leading the next staff session; the head says yes at once",),
    "coaching": ("The colleague names the next step before the head does",),
    "strategy": ("The deputy takes over the plan for the open evening and sets the date",),
    "staffing": ("Two teachers have arranged cover between them and only tell the head",),
    "behaviour": ("A lunchtime supervisor settles a quarrel while the head stands by",),
    "progress_data": ("The subject leader brings own figures and a proposal",),
    "welfare": ("A teaching assistant has already rung the family support worker",),
    "pupil_contact": ("Pupils of the council ask for a slot at the staff meeting and get it",),
    "resources": ("The site team has moved the furniture before anybody asked",),
    "staff_relations": ("A new colleague is drawn into planning the winter concert",),
}
"""Incidents by activity: moments worth talking about afterwards."""
