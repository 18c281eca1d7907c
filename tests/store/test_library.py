"""Studies: codes and never names, no observation without consent, and codebooks that stay as they were used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shadowlog.domain import commands as c
from shadowlog.domain import study as s
from shadowlog.domain import study_commands as asked
from shadowlog.domain.clock import FakeClock, Instant
from shadowlog.domain.feedback import HandOver, Release
from shadowlog.domain.feedback_rules import stage
from shadowlog.domain.payload import pack
from shadowlog.domain.recorder import step
from shadowlog.domain.study_payload import unpack_study
from shadowlog.domain.terms import Party, Period, Verification
from shadowlog.errors import BadInput, Damaged, NotFound, Refused
from shadowlog.store import journal, library
from shadowlog.store.engine import Store
from shadowlog.store.intake import take_in
from shadowlog.store.library import Listed
from shadowlog.store.rebuild import rebuild
from tests.store import house
from tests.store.house import BY, DIGEST
from tests.typist import BOOK, OBSERVATION, Typist


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return house.opened(tmp_path)


def test_a_study_comes_back_as_it_was_told(store: Store) -> None:
    """Its name, retention date, codes, codebook, consent and observations are folded from its journal."""
    study = house.founded(store)
    house.consent(store, study)
    observation = house.plan(store, study, periods=(Period("Lesson 1", 540, 600),))
    (found,) = library.studies(store)
    assert found == library.study_of(store, study)
    assert (found.name, found.retention) == ("Ten days", "2031-08-31")
    assert (found.heads, found.observers) == (("H01",), ("O1",))
    assert found.codebooks == {DIGEST: BOOK}
    assert found.consents["H01"].layers == ("observed", "feedback")
    about = library.observation(store, observation)
    assert (about.head, about.observer, about.zone, about.consent) == ("H01", "O1", "Europe/London", "on paper")
    assert (about.codebook, about.periods) == (BOOK, (Period("Lesson 1", 540, 600),))
    assert library.codebook(store, DIGEST) == BOOK
    assert rebuild(store) == ()
    assert journal.verify(store) == []


@pytest.mark.parametrize("code", ["Mary Smith", "smith", "H", "01", "h01", "H01 ", "HEAD1", "", "H01\n"])
def test_names_never_enter(store: Store, code: str) -> None:
    """Heads and observers are letters and digits; anything else is refused and leaves nothing."""
    study = house.founded(store)
    with pytest.raises(Refused, match="names never enter"):
        library.add_head(store, study, code, **BY)
    with pytest.raises(Refused, match="names never enter"):
        library.add_observer(store, study, code, **BY)
    assert library.study_of(store, study).heads == ("H01",)
    assert rebuild(store) == ()


def test_a_code_is_given_once(store: Store) -> None:
    """A second H01 is refused."""
    study = house.founded(store)
    with pytest.raises(Refused, match="H01 already"):
        library.add_head(store, study, "H01", **BY)


def test_no_observation_without_consent(store: Store) -> None:
    """Nothing is planned for a head who has not agreed to be observed, or no longer does."""
    study = house.founded(store)
    rule = "An observation cannot begin without a consent record"
    with pytest.raises(Refused, match=rule):
        house.plan(store, study)
    house.consent(store, study)
    house.plan(store, study)
    house.consent(store, study, ())
    with pytest.raises(Refused, match=rule):
        house.plan(store, study)
    assert len(library.observations(store)) == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("head", "H02", "no head"),
        ("observer", "O2", "no observer"),
        ("codebook", "none", "not adopted"),
        ("zone", "Mars/Base", "time zone"),
        ("zone", "../../etc", "time zone"),
    ],
)
def test_an_observation_is_of_what_is_there(store: Store, field: str, value: str, says: str) -> None:
    """Unknown heads, observers, codebooks and zones are refused by name."""
    study = house.founded(store)
    house.consent(store, study)
    with pytest.raises(Refused, match=says):
        house.plan(store, study, **{field: value})
    assert library.observations(store) == ()


def test_what_was_used_is_frozen(store: Store) -> None:
    """A codebook may be changed until it is used; then the change makes the next version."""
    study = house.founded(store)
    changed = replace(BOOK, name="Changed")
    first = library.adopt_codebook(store, study, changed, **BY)
    assert list(library.study_of(store, study).codebooks) == [first]
    house.consent(store, study)
    house.plan(store, study, codebook=first)
    with pytest.raises(Refused, match="version 2"):
        library.adopt_codebook(store, study, BOOK, **BY)
    second = library.adopt_codebook(store, study, replace(BOOK, version=2), **BY)
    assert library.adopt_codebook(store, study, changed, **BY) == first
    assert list(library.study_of(store, study).codebooks) == [first, second]
    assert rebuild(store) == ()


@pytest.mark.parametrize("retention", ["soon", "2031-02-30", ""])
def test_a_study_has_a_retention_date(store: Store, retention: str) -> None:
    """A study without a date on which its records are due is not founded."""
    with pytest.raises(Refused, match="not a date"):
        library.found_study(store, name="Ten days", retention=retention, **BY)
    assert library.studies(store) == ()


def test_a_consent_has_known_layers(store: Store) -> None:
    """What a head agreed to is one of the layers that were asked for."""
    study = house.founded(store)
    with pytest.raises(Refused, match="no such layer"):
        house.consent(store, study, ("everything",))


def test_an_observation_is_found_by_the_beginning_or_the_end_of_its_id(store: Store) -> None:
    """A beginning or an end that fits one is enough, one that fits several or none is refused, and % is no wildcard."""
    study = house.founded(store)
    house.consent(store, study)
    first, second = house.plan(store, study), house.plan(store, study)
    assert library.find(store, first) == first
    assert library.find(store, first[:-1]) == library.find(store, first[-12:]) == first
    assert library.find(store, second[-12:].upper()) == second
    with pytest.raises(Refused, match=f"More than one .*{first}.*{second}.*`shadowlog list`"):
        library.find(store, first[:4])
    for none in ("zz", "%"):
        with pytest.raises(NotFound):
            library.find(store, none)
    assert {each.id for each in library.observations(store)} == {first, second}
    assert library.observations(store, "another study") == ()


def test_a_whole_id_names_its_observation_though_another_begins_with_it(store: Store) -> None:
    """An id that another one begins or ends with still names its own observation."""
    study = house.founded(store)
    house.consent(store, study)
    for id_ in ("day", "day-2", "a-day"):
        house.plan(store, study, observation=id_)
    assert library.find(store, "day") == "day"


def test_observations_are_listed_with_how_far_they_are(tmp_path: Path) -> None:
    """Where each day stands, when it began and ended, and how many episodes it has."""
    recorded, typist = house.recorded(tmp_path, "3 t +60 5 a X X")
    o, day = OBSERVATION, typist.day
    bounds = (day.start, day.track[-1].at)
    expected = Listed(o.id, o.study, o.head, o.observer, "2026-11-24", "closed", *bounds, len(day.episodes), "draft")
    with recorded:
        assert library.observations(recorded) == (expected,)
        assert library.observations(recorded, o.study) == (expected,)


def test_a_study_by_the_beginning_of_its_name(store: Store) -> None:
    """A study is found by id, name, or a beginning that only one name has; the exact name goes before a longer one."""
    for name in ("Autumn", "Autumn term", "Spring"):
        library.found_study(store, name=name, retention="2031-08-31", **BY)
    assert library.find_study(store, "Autumn").name == "Autumn"
    assert library.find_study(store, "spr").name == "Spring"
    assert library.find_study(store, library.find_study(store, "Autumn term").id).name == "Autumn term"
    with pytest.raises(Refused, match="Autumn; Autumn term"):
        library.find_study(store, "aut")
    with pytest.raises(NotFound, match="There is: Autumn; Autumn term; Spring"):
        library.find_study(store, "Summer")
    with pytest.raises(NotFound):
        library.find_study(store, "")


def test_an_unknown_study_is_not_found(store: Store) -> None:
    """Nothing is added to a study that is not there."""
    with pytest.raises(NotFound):
        library.study_of(store, "none")
    with pytest.raises(Refused, match="no such study"):
        library.add_head(store, "none", "H01", **BY)


def test_a_study_is_founded_once() -> None:
    """A second founding is refused."""
    said = Instant(1, 1, "b")
    command = asked.FoundStudy(id="1", at=1, author="O1", said=said, name="Ten days", retention="2031-08-31")
    with pytest.raises(Refused, match="founded already"):
        s.fold_study("s", [command, command])


def test_a_command_from_a_newer_version_is_named() -> None:
    """A kind, version or field that is not known is refused, never passed over."""
    said = Instant(1, 1, "b")
    for kind, version, skeleton in [("Sell", 1, {}), ("AddHead", 2, {"code": "H01"}), ("AddHead", 1, {"name": "x"})]:
        with pytest.raises(BadInput):
            unpack_study(kind, version, skeleton, {}, id_="1", at=1, author="O1", said=said)


def test_a_consent_without_its_words_still_folds() -> None:
    """How consent was given may be erased; that it was given stays."""
    said = Instant(1, 1, "b")
    command = asked.RecordConsent(
        id="1",
        at=1,
        author="O1",
        said=said,
        head="H01",
        date="2026-11-20",
        wording="1",
        how="by mail",
        layers=("observed",),
    )
    skeleton, content = pack(command)
    assert content == {"how": "by mail"}
    again = unpack_study("RecordConsent", 1, skeleton, {}, id_="1", at=1, author="O1", said=said)
    assert again == replace(command, how="")


def test_a_codebook_that_was_changed_is_damaged(store: Store) -> None:
    """A codebook that is not what its digest says is not used."""
    study = house.founded(store)
    house.consent(store, study)
    observation = house.plan(store, study)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE codebook SET content = replace(content, 'Planned', 'Played')")
    store.codebooks.clear()
    with pytest.raises(Damaged, match="codebook"):
        journal.load(store, observation)
    assert [(d.table, d.what) for d in rebuild(store)] == [("codebook", "changed")]
    store.codebooks.clear()
    assert journal.load(store, observation).observation.codebook == BOOK


def test_several_days_lie_side_by_side(store: Store) -> None:
    """Two observations of a study are two days, and neither sees the other's rows."""
    study = house.founded(store)
    house.consent(store, study)
    days = [journal.load(store, house.plan(store, study)) for _ in range(2)]
    for n in range(2):
        said: dict[str, Any] = {"at": 10_000 * n, "author": "O1", "said": Instant(10_000 * n, 1, "b")}
        for command in (
            c.Begin(id=f"begin-{n}", codebook=DIGEST, **said),
            c.Start(id=f"start-{n}", episode=f"e-{n}", parties=(Party("teacher"),), **said),
        ):
            days[n], changes = step(days[n], command)
            journal.append(store, days[n].observation.id, command, changes)
    for day in days:
        assert journal.load(store, day.observation.id) == day
    assert rebuild(store) == ()


def _founded_in_vain(store: Store) -> None:
    with store.write():
        house.founded(store)
        raise RuntimeError("pulled out")


def _two_heads_or_none(store: Store, study: str) -> None:
    with store.write():
        library.add_head(store, study, "H02", **BY)
        library.add_head(store, study, "no code", **BY)


def test_acts_within_an_act_are_one(store: Store) -> None:
    """Several acts in one transaction are kept together; one that is refused within it undoes itself alone."""
    with pytest.raises(RuntimeError, match="pulled out"):
        _founded_in_vain(store)
    assert library.studies(store) == ()
    with store.write():
        study = house.founded(store)
        with pytest.raises(Refused):
            _two_heads_or_none(store, study)
        library.add_head(store, study, "H03", **BY)
    assert library.study_of(store, study).heads == ("H01", "H03")
    assert rebuild(store) == ()


def test_a_day_from_elsewhere_does_not_undo_a_consent(store: Store) -> None:
    """An import says that nobody was asked, for its own day alone; the head's consent here stays in force."""
    study = house.founded(store)
    house.consent(store, study)
    clock = FakeClock()
    source = replace(OBSERVATION, study="Ten days")
    typist = Typist("3 t +60 5 a X X", observation=source)
    take_in(store, source, typist.journal, date="2026-11-24", clock=clock)
    assert library.observation(store, source.id).consent == s.IMPORTED
    assert library.study_of(store, study).consents["H01"].layers == ("observed", "feedback")
    house.plan(store, study)
    with pytest.raises(Refused, match="here already"):
        take_in(store, source, typist.journal, date="2026-11-24", clock=clock)
    assert rebuild(store) == ()


def test_a_list_says_how_far_a_day_has_come_with_its_head(tmp_path: Path) -> None:
    """What the tables say at each step is what the folded day says: draft, with the head, verified, disputed, released."""
    recorded, typist = house.recorded(tmp_path, "3 t +60 5 a X X")
    first, second = typist.day.episodes
    told: list[tuple[type[c.Command], dict[str, Any]]] = [
        (HandOver, {}),
        (c.Verify, {"episode": first, "view": Verification.AGREE}),
        (c.Verify, {"episode": second, "view": Verification.AGREE}),
        (c.Verify, {"episode": second, "view": Verification.STRIKE}),
        (c.Verify, {"episode": first, "view": Verification.DISPUTE}),
        (Release, {"layers": ("workshop",)}),
        (Release, {"layers": ()}),
    ]
    stages = ["with the head", "with the head", "verified", "amended", "disputed", "released", "disputed"]
    with recorded:
        assert library.observations(recorded)[0].stage == "draft"
        for (kind, fields), expected in zip(told, stages, strict=True):
            by = "O1" if kind is HandOver else OBSERVATION.head
            typist.say(kind(**fields, **{**typist.moment().envelope(), "author": by}))
            journal.append(recorded, OBSERVATION.id, typist.journal[-1], typist.changes[-1])
            assert library.observations(recorded)[0].stage == stage(typist.day).value == expected


def test_what_may_be_released_is_what_the_consent_record_allows(store: Store) -> None:
    """The uses that the consent in force allows; a later record takes the place of an earlier one."""
    study = house.founded(store)
    house.consent(store, study, ("observed", "workshop"))
    plan = house.plan(store, study)
    assert library.releasable(store, plan) == ("workshop",)
    house.consent(store, study, ("observed",))
    assert library.releasable(store, plan) == ()
    with pytest.raises(NotFound):
        library.releasable(store, "none")
