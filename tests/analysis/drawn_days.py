"""Days that Hypothesis draws: whatever a record can hold, in any order, down to days with nothing in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from shadowlog.domain.terms import Contact, Party, Period, Record, State
from tests.analysis.days import EIGHT, MINUTE, SCHEME, Diary

LENGTHS = st.one_of(st.sampled_from([0, 1, 5, 15, 61, 200]), st.floats(0.01, 90).map(lambda m: round(m, 3)))
ROLES: st.SearchStrategy[list[str]] = st.lists(
    st.sampled_from(["leaders", "teachers", "pupils", "parents", "alone", "shadower", "unknown"]),
    max_size=3,
    unique=True,
)
CODES: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        d.id: st.sampled_from([c.id for c in d.codes]) for d in SCHEME.dimensions if d.id not in {"role", "observed"}
    },
)
YES_OR_NO = st.booleans()
STATES = st.sampled_from([State.EPISODE] * 5 + [State.GAP, State.OFF, State.UNSEEN])


@st.composite
def days(draw: st.DrawFn, observation: str = "day", most: int = 8) -> Record:
    """A day of up to so many pieces."""
    diary = Diary(observation, EIGHT + draw(st.integers(0, 90)) * MINUTE)
    for n in range(draw(st.integers(0, most))):
        state = draw(STATES)
        if state is not State.EPISODE:
            diary.stretch(draw(LENGTHS), state)
            continue
        start = diary.now
        diary.episode(f"e{n}", draw(LENGTHS), *_met(draw(ROLES)), **draw(CODES))
        before = [e.id for e in diary.episodes.values() if not e.concurrent and e.id != f"e{n}"]
        breaks, returns = draw(YES_OR_NO), draw(YES_OR_NO)
        if before and breaks:
            diary.mark(f"e{n}", interrupts=before[-1])
            if returns:
                diary.again(before[-1], draw(LENGTHS))
        company = diary.episodes[f"e{n}"].parties
        if diary.now > start and Party("alone") not in company and draw(st.integers(0, 3)) == 0:
            joiner = Party("parents", None, None, draw(st.integers(start, diary.now)))
            diary.mark(f"e{n}", parties=(*company, joiner))
        if draw(st.integers(0, 4)) == 0:
            diary.beside(f"c{n}", (start - EIGHT) / MINUTE, draw(LENGTHS), *_met(draw(ROLES)), **draw(CODES))
        diary.mark(f"e{n}", duration_known=draw(st.integers(0, 5)) > 0, unsure=draw(st.booleans()))
    contacts = tuple(
        Contact(f"k{n}", draw(st.integers(diary.track[0].start if diary.track else EIGHT, diary.now)), role)
        for n, role in enumerate(draw(st.lists(st.sampled_from(["pupils", "parents"]), max_size=2)))
    )
    periods = draw(st.sampled_from([(), (Period("lesson", 500, 560), Period("break", 570, 600))]))
    return diary.record(contacts=contacts, periods=periods, head=draw(st.sampled_from(["H01", "H02"])))


def _met(roles: list[str]) -> list[str]:
    """Alone is with nobody."""
    return ["alone"] if "alone" in roles else roles
