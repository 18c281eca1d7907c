"""The words of scenes: how people and matters look to somebody who stands by.

No what and no mode is told by its label; people, places and media may be, where that is the everyday word (teachers,
alone, the staffroom). Keys are ids of the shipped codebooks, not of all their codes: a what or a place that has no words
here is told by the first sentence of its definition, or its label where it has none, and a who by its label.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class People(NamedTuple):
    """How a group is spoken of: one of them, so many of them ({n}), and some."""

    one: tuple[str, ...]
    many: str
    some: str


PEOPLE: Mapping[str, People] = {
    "slt": People(("the deputy head", "an assistant head", "the other deputy"), "{n} deputies", "the deputies"),
    "middle": People(
        ("the head of science", "a year leader", "the head of English"),
        "{n} heads of department",
        "some heads of department",
    ),
    "teacher": People(
        ("a teacher", "a class teacher", "a teacher with a pile of books"), "{n} teachers", "some teachers"
    ),
    "support": People(("a teaching assistant", "a learning mentor"), "{n} teaching assistants", "teaching assistants"),
    "office": People(
        ("the secretary", "the receptionist", "a clerk"), "{n} clerks from the front office", "the clerks"
    ),
    "site": People(
        ("the caretaker", "the cook", "a midday supervisor"), "{n} of the kitchen staff", "the kitchen staff"
    ),
    "pupil": People(("a child", "a boy with a note", "a girl from year five"), "{n} children", "children"),
    "parent": People(("a mother", "a father", "somebody's grandmother"), "{n} parents", "parents"),
    "governor": People(("the chair of governors", "a governor"), "{n} governors", "some governors"),
    "external": People(
        ("an adviser from the authority", "an inspector", "a social worker"),
        "{n} people from the authority",
        "people from the authority",
    ),
    "heads": People(
        ("the head of the next school", "a head from across town"), "{n} heads of other schools", "other heads"
    ),
    "visitor": People(("a visitor with a badge", "a book salesman"), "{n} visitors with badges", "visitors"),
    "shadower": People(("you",), "you", "you"),
    "unknown": People(("someone you cannot place",), "{n} people you cannot place", "people you cannot place"),
    "other_person": People(
        ("someone who asked to be left out",), "{n} people who asked to be left out", "people who asked to be left out"
    ),
}

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "teaching_learning": (
        "They go through how fractions are taught.",
        "Next term's history topics come up.",
        "They compare two ways to begin a lesson.",
    ),
    "observing": (
        "A lesson goes on; the head takes a place at the back.",
        "The head looks over shoulders while a class works.",
        "The head slips in to see how the lesson goes.",
    ),
    "coaching": (
        "They look back on a lesson: what went well, what next.",
        "The head asks questions and lets the other find the way.",
        "They go through the year's targets for one colleague's own work.",
    ),
    "teaching": (
        "The head takes the class: its teacher is away.",
        "The head stands at the board and explains.",
        "The head hands out the worksheets and teaches on.",
    ),
    "progress_data": (
        "They pore over test results.",
        "A sheet of marks lies between them.",
        "Who is behind in reading? They go down the list.",
    ),
    "strategy": (
        "Where should the school be in three years? They draft it.",
        "The improvement plan is on the table.",
        "They weigh up what to change first.",
    ),
    "staffing": (
        "Somebody is off sick; who can take the class?",
        "A post is to be filled; they read applications.",
        "It is about a contract that runs out.",
    ),
    "behaviour": (
        "There was a fight; who began it?",
        "It is about a window somebody broke on purpose.",
        "Somebody swore at a dinner lady; what follows from that?",
    ),
    "welfare": (
        "A child has been in tears; how to help?",
        "Someone has not been at school all week.",
        "It is about what one child needs to get through the day.",
    ),
    "pupil_contact": (
        "A good deal of laughing; the head admires a drawing.",
        "The head asks how the match went.",
        "Praise, a song, a birthday.",
    ),
    "duty": (
        "The head keeps an eye on who runs and who climbs.",
        "The head sees everybody safely across.",
        "The head watches the queue and calls for order.",
    ),
    "parents": (
        "It is about a letter that went home.",
        "A complaint about homework, heard to the end.",
        "When is the next evening for families? They settle it.",
    ),
    "admin": (
        "Forms want a signature.",
        "A message is passed on; the timetable needs a correction.",
        "They go through the post.",
    ),
    "resources": (
        "The boiler is cold again.",
        "They count what is left for books.",
        "The fire door sticks; can it be mended today?",
    ),
    "external": (
        "They prepare what the board is to hear.",
        "It is about what the authority wants to know.",
        "A project with the school down the road is planned.",
    ),
    "staff_relations": (
        "How was the weekend? A joke, a thank-you.",
        "Two colleagues are at odds; the head smooths it over.",
        "A kind word after a bad morning.",
    ),
    "own_learning": (
        "The head is being coached and takes notes.",
        "A course for heads: slides, then questions.",
        "The head asks how others do it, in order to learn.",
    ),
    "personal": ("They eat together; it is nobody's business what is said.", "Tea, a biscuit, a rest.", "A break."),
    "moving": ("They walk and wait for a door to be unlocked.", "On the way somewhere; nothing is said."),
    "other": ("You cannot make out what it is about.", "It fits nothing you know.", "Too far off to hear."),
    "instruction": (
        "How is reading taught here? They compare.",
        "A lesson is looked at and talked over.",
        "They plan what staff should learn next.",
    ),
    "management": ("The budget and a leaking roof.", "Who covers whom tomorrow.", "A form the authority wants back."),
    "desk": ("Papers are sorted together at the desk.", "An assistant hands over letter after letter to sign."),
    "phone": ("The receiver at the ear, for a while.", "A call; the head listens and jots things down."),
    "scheduled": ("It was fixed days ago; there is an agenda.", "The appointment in the diary begins on time."),
    "unscheduled": (
        "It was not fixed beforehand, and they sit down for it all the same.",
        "What began at the door turns into a proper sit-down.",
    ),
    "tour": (
        "A walk through the school, to see and be seen.",
        "They stroll from corridor to corridor with nothing special to do.",
    ),
    "exchange": ("A quick word on one thing, in passing.", "Half a minute, one question, one answer."),
    "monitoring": ("The head stands where the children are and keeps order.", "Watching that nobody gets hurt."),
    "announcement": ("The head speaks to the whole room.", "A hush, then the head addresses everybody."),
    "trip": ("On the road, away from the school.", "In a car, on the way to another place."),
    "disciplining": ("The head tells a culprit what follows from it.", "Eyes down: what was done is gone over."),
    "supporting": ("The head has come to cheer at what the children put on.", "Applause from the front row."),
}
"""By activity: what is seen or heard of it in company."""

ALONE: Mapping[str, tuple[str, ...]] = {
    "teaching_learning": ("The head marks up a lesson plan.", "The head reads a scheme of work."),
    "progress_data": ("The head studies columns of marks.", "Test results on the screen; the head sorts them."),
    "strategy": ("The head writes at the improvement plan.", "The head sketches where the school should be going."),
    "staffing": ("The head works out who covers which lesson.", "The head reads an application for a post."),
    "behaviour": ("The head writes up what a culprit did and what follows.", "The head reads the incident book."),
    "welfare": ("The head writes a referral for a child in need.", "The head goes through who has been absent."),
    "parents": ("The head drafts the newsletter for families.", "The head answers a complaint from a home."),
    "admin": ("The head works through emails and forms.", "The head signs letter after letter."),
    "resources": ("The head adds up invoices.", "The head reads the report on the roof."),
    "external": ("The head writes a report for the governors.", "The head prepares for the inspectors."),
    "own_learning": ("The head reads a journal on school leadership.", "The head follows a course on the screen."),
    "personal": ("The head eats a sandwich.", "The head takes a short rest.", "A private call, by the look of it."),
    "moving": ("The head walks off, on the way somewhere.", "The head waits for a door to be unlocked."),
    "duty": ("The head stands guard; nobody comes near.", "The head patrols an empty yard."),
    "observing": (
        "The head looks into an empty classroom and its displays.",
        "The head reads what hangs on the walls.",
    ),
    "other": ("You cannot make out what the head is doing.", "The head does something that fits nothing you know."),
    "desk": ("The head sits over papers.", "The head types at the screen."),
    "trip": ("The head drives, away from the school.", "The head is on the road."),
    "tour": ("The head walks the building, to see and be seen.", "The head strolls from wing to wing."),
    "monitoring": ("The head takes up a post where children will come by.", "The head watches the yard."),
    "phone": ("The head waits with the receiver at the ear.", "The head dials and holds."),
    "instruction": ("The head prepares a talk on better lessons.", "The head reads pupils' work."),
    "management": ("The head works out tomorrow's cover.", "The head goes through bills."),
}
"""By activity: what is seen of it when nobody else is there."""

LEADS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("unscheduled", "head"): ("The head stops {who}", "The head goes over to {who}", "The head calls in {who}"),
    ("unscheduled", "other"): (
        "The head is stopped by {who}",
        "Somebody wants a word, unannounced: {who}",
        "The head is sought out by {who}",
    ),
    ("unscheduled", ""): (
        "The head and {who} run into each other",
        "By chance the head meets {who}",
        "Now the head is with {who}",
    ),
    ("scheduled", ""): (
        "As the diary has it, the head meets {who}",
        "An appointment: {who}",
        "The next thing in the diary: {who}",
    ),
    ("routine", ""): ("As every day, the head is with {who}", "The usual round of the day: {who}"),
    ("interruption", ""): ("In bursts {who}", "A knock, and it cannot wait: {who}", "The head is broken off by {who}"),
    ("", ""): ("Now the head is with {who}", "Next, {who}"),
}
"""By mode and, where that matters, who began it: how company begins."""

ALONE_LEADS: Mapping[str, tuple[str, ...]] = {
    "scheduled": ("Time set aside in the diary", "As the diary has it"),
    "routine": ("As every day at this time", "The usual round of the day"),
    "interruption": ("It cannot wait, and needs nobody else",),
}
"""By mode: what comes before a matter alone; an unscheduled one needs no words."""

MEDIA_LEADS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("phone", "head"): ("The head rings {who}", "The head dials and asks for {who}"),
    ("phone", ""): ("The telephone rings: {who}", "A call comes through: {who}"),
    ("video", ""): ("On a video call: {who}", "Faces on the screen: {who}"),
    ("message", ""): ("A message to and fro with {who}", "The head types to {who}"),
    ("paper", ""): ("Letters to and fro with {who}", "On paper, with {who}"),
}
"""By medium and, where that matters, who began it: how unplanned company at a distance begins."""

MEDIA: Mapping[str, str] = {
    "phone": "by telephone",
    "video": "on a video call",
    "message": "in writing, on the screen",
    "paper": "on paper",
    "watching": "the head only looks on",
    "address": "the head speaks, the others listen",
}

PLACES: Mapping[str, tuple[str, ...]] = {
    "own_office": ("in the head's own room", "at the head's own desk"),
    "other_office": ("at the front desk", "in somebody else's office"),
    "classroom": ("in a classroom", "where a class is at work"),
    "corridor": ("in the corridor", "on the stairs"),
    "hall": ("in the hall", "among the dining tables"),
    "outside": ("at the gate", "out on the playground"),
    "staffroom": ("in the staffroom", "where the staff have their tea"),
    "meeting_room": ("in the meeting room", "at the long table of the meeting room"),
    "offsite": ("away from the school", "off the school's grounds"),
}

SHADOWER = ("The head turns to you and thinks aloud.", "The head asks what you make of it all.")
UNNAMED = ("somebody you cannot see from here", "somebody behind a door left ajar")
UNHEARD = ("You cannot hear what it is about.", "What about? It cannot be heard from here.")
RESUMED = (
    "That is over; the head goes back to what was broken off: {before}.",
    "Back to what went on before: {before}.",
)
GAPS = ("For a moment nothing goes on that could be told.", "That is over; nothing has begun yet.")
OFF = "The head asks you to put the keyboard aside: this is not for the record."
UNSEEN = "You lose sight of the head."
CLOSED = ("The door closes on the head and {who}.", "The head and {who} go in; you stay outside the door.")
CLOSED_ALONE = "The head closes the door and is alone."
JOINED = ("Now {who} as well, to stay.", "It grows: {who}, too.")
LEFT = ("Gone again: {who}; the others go on.", "It goes on without {who}.")
CONTACTS = ("A hello in passing: {who}.", "A nod to {who}, no more.", "A greeting on the way: {who}.")
BESIDE = ("At the same time, while that goes on: {who}. {about}", "While that runs on, also {who}. {about}")
BESIDE_OVER = "What was done at the same time is over; the rest goes on."
OVER = "The observation ends here."
