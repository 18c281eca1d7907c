"""Small invented days for the tests of reports: spelled out, so that every number can be reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

from shadowlog.domain.codebook import Code, Codebook, Dimension, RollUp
from shadowlog.domain.terms import (
    Contact,
    Episode,
    Note,
    Observation,
    Party,
    Period,
    Record,
    State,
    Stretch,
    Verification,
)

MIDNIGHT = 1_795_478_400_000
"""Tuesday 24 November 2026, 00:00 in London."""
MINUTE = 60_000
HOSTILE = (
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "</script><img src=x onerror=alert(1)>",
    "&lt;i&gt; [/b] %{x} $x^2$",
)

BOOK = Codebook(
    "small",
    3,
    "Small scheme",
    (
        Dimension(
            "role",
            "Who",
            (
                Code("leader", "Leadership team"),
                Code("teacher", "Teachers"),
                Code("pupil", "Pupils", flags=frozenset({"group", "pupils", "no_person_code"})),
                Code("alone", "Alone", flags=frozenset({"alone"})),
                Code("shadower", "The researcher", flags=frozenset({"shadower"})),
            ),
        ),
        Dimension(
            "activity",
            "What",
            (
                Code("teaching_learning", "Teaching and learning", rollups={"two": "core"}),
                Code("admin", "Administration", rollups={"two": "rest"}),
                Code("duty", "Supervision and duty", rollups={"two": "rest"}),
            ),
        ),
        Dimension(
            "mode",
            "Planned",
            (
                Code("scheduled", "Scheduled", flags=frozenset({"scheduled"})),
                Code("unscheduled", "Unscheduled", flags=frozenset({"default"})),
                Code("interruption", "Interruption", flags=frozenset({"interruption"})),
            ),
        ),
        Dimension("initiator", "Begun by", (Code("head", "Head"), Code("other", "Another person"))),
        Dimension(
            "place",
            "Where",
            (
                Code("office", "Own office", flags=frozenset({"office"})),
                Code("classroom", "Classroom", flags=frozenset({"classroom"})),
                Code("yard", "Playground", flags=frozenset({"around"})),
            ),
        ),
        Dimension("lead", "Leading", (Code("leads", "Head leads"), Code("watches", "Head watches"))),
    ),
    (RollUp("two", "Core or not", "activity", (("core", "Core"), ("rest", "Everything else"))),),
)

OBSERVATION = Observation(
    id="obs-1",
    study="Small study",
    head="H01",
    observer="S1",
    zone="Europe/London",
    codebook=BOOK,
    periods=(Period("Before school", 480, 540), Period("Lesson 1", 540, 600)),
    consent="given in writing, wording 2",
)


def at(minute: float) -> int:
    """Minutes after local midnight as an instant."""
    return MIDNIGHT + round(minute * MINUTE)


def small_day() -> Record:
    """08:00 to 10:00 less 10 min off the record: five episodes, one of them interrupted and resumed, a gap, a contact."""
    desk = Episode(
        "e1",
        (Party("alone"),),
        codes={"activity": "admin", "mode": "unscheduled", "initiator": "head", "place": "office"},
        verification=Verification.AGREE,
    )
    stop = Episode(
        "e2",
        (Party("teacher", 1, "T3"),),
        codes={"activity": "teaching_learning", "mode": "interruption", "initiator": "other", "place": "office"},
        interrupts="e1",
        verification=Verification.DISPUTE,
    )
    gate = Episode(
        "e3",
        (Party("pupil", None), Party("teacher", 2)),
        codes={"activity": "duty", "mode": "unscheduled", "initiator": "head", "place": "yard"},
        unsure=True,
    )
    lesson = Episode(
        "e4",
        (Party("pupil", 24), Party("teacher")),
        codes={"activity": "teaching_learning", "mode": "scheduled", "place": "classroom", "lead": "watches"},
        room="4B",
    )
    late = Episode("e5", (Party("leader"),), codes={"place": "office"}, entered=at(610))
    track = (
        Stretch("s1", at(480), at(490), State.EPISODE, "e1"),
        Stretch("s2", at(490), at(494), State.EPISODE, "e2"),
        Stretch("s3", at(494), at(510), State.EPISODE, "e1"),
        Stretch("s4", at(510), at(530), State.EPISODE, "e3"),
        Stretch("s5", at(530), at(535), State.GAP),
        Stretch("s6", at(535), at(575), State.EPISODE, "e4"),
        Stretch("s7", at(575), at(585), State.OFF),
        Stretch("s8", at(585), at(600), State.EPISODE, "e5"),
    )
    return Record(
        OBSERVATION,
        at(480),
        at(600),
        running=False,
        track=track,
        concurrent=(),
        episodes=(desk, stop, gate, lesson, late),
        contacts=(Contact("c1", at(512), "pupil", "yard"),),
        notes=(
            Note("n1", at(515), "e3", "A pupil leads the line in without being asked", incident=True),
            Note("n2", at(492), "e2", "Asks for cover"),
        ),
    )


def empty_day() -> Record:
    """A day on which recording began and nothing else did."""
    return Record(OBSERVATION, at(480), at(480), running=True, track=(), concurrent=(), episodes=())


def one_row_day() -> Record:
    """One episode from 09:00 to 09:20, with nothing coded but who."""
    track = (Stretch("s1", at(540), at(560), State.EPISODE, "e1"),)
    return Record(
        OBSERVATION,
        at(540),
        at(560),
        running=False,
        track=track,
        concurrent=(),
        episodes=(Episode("e1", (Party("teacher"),)),),
    )


def long_day(episodes: int) -> Record:
    """So many episodes of one minute each, one after the other."""
    roles, activities = ("leader", "teacher", "pupil", "alone"), ("teaching_learning", "admin", "duty")
    track = tuple(
        Stretch(f"s{n}", at(480 + n / 10), at(480 + (n + 1) / 10), State.EPISODE, f"e{n}") for n in range(episodes)
    )
    made = tuple(
        Episode(f"e{n}", (Party(roles[n % 4]),), codes={"activity": activities[n % 3], "place": "office"})
        for n in range(episodes)
    )
    return Record(
        OBSERVATION, at(480), at(480 + episodes / 10), running=False, track=track, concurrent=(), episodes=made
    )


def hostile_day() -> Record:
    """The small day with labels, notes, rooms and codes that would be markup if anybody let them."""
    texts = iter(HOSTILE * 12)
    dimensions = tuple(
        replace(
            d,
            label=f"{d.label} {HOSTILE[1]}",
            codes=tuple(replace(c, label=f"{c.label} {next(texts)}") for c in d.codes),
        )
        for d in BOOK.dimensions
    )
    book = replace(BOOK, name=f"Small {HOSTILE[0]}", dimensions=dimensions)
    day = small_day()
    observation = replace(
        OBSERVATION,
        head=HOSTILE[1],
        observer=HOSTILE[2],
        codebook=book,
        periods=tuple(replace(p, label=f"{p.label} {HOSTILE[2]}") for p in OBSERVATION.periods),
        consent=HOSTILE[3],
    )
    notes = tuple(replace(n, text=f"{' '.join(HOSTILE)} \x1b[31mred\x00 \u2028") for n in day.notes)
    episodes = tuple(replace(e, room=HOSTILE[2] if e.room else None) for e in day.episodes)
    return replace(day, observation=observation, notes=notes, episodes=episodes)
