"""The shelf of codebooks: what can be chosen, what is frozen, where edits are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shadowlog.codebooks import own
from shadowlog.codebooks.presets import preset, presets
from shadowlog.codebooks.reader import read
from shadowlog.domain import codebook_edits as e
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.codebook import ROLE, Codebook
from shadowlog.domain.codebook_json import digest
from shadowlog.errors import BadInput, NotFound, Refused, StoreError
from shadowlog.store import journal, library
from shadowlog.store.engine import open_store
from shadowlog.tui import shelf
from shadowlog.tui.desk import StoreDesk, planned
from shadowlog.tui.ports import Scheme
from tests.tui.subject import PLAN, a_desk

TEACHER = e.Spot(e.CODE, ROLE, "teacher")


def with_key(book: Codebook, key: str) -> Codebook:
    """The codebook with another key for teachers."""
    return e.changed(book, TEACHER, "key", key)


def one(folder: Path, id_: str, version: int) -> Scheme:
    """The codebook of an id and a version on a shelf without studies."""
    found = shelf.look((), folder).schemes
    return next(each for each in found if (each.codebook.id, each.codebook.version) == (id_, version))


def test_the_presets_are_on_the_shelf(tmp_path: Path) -> None:
    """Where nobody has schemes of their own, the presets can be chosen, the default first."""
    found = shelf.look((), tmp_path / "none")
    assert [each.choice for each in found.schemes] == presets()
    assert all(each.shipped and each.edit == each.codebook.version + 1 for each in found.schemes)
    assert not (tmp_path / "none").exists()


def test_an_edit_of_a_preset_is_its_next_version(tmp_path: Path) -> None:
    """What is made of a preset is version 2 in a file of its own; the newest is what its id now means."""
    kept = shelf.keep((), tmp_path, with_key(preset("default"), "é"), preset("default"))
    assert (kept.id, kept.version, kept.code(ROLE, "teacher").key) == ("default", 2, "é")
    found = shelf.look((), tmp_path)
    assert [each.choice for each in found.schemes][:2] == ["default", "default@1"]
    assert shelf.choose(found, "default") == kept == shelf.choose(found, "default@2")
    assert shelf.choose(found, "default@1") == preset("default")
    assert read(tmp_path / "default.v2.toml") == kept


def test_one_that_nobody_uses_is_edited_in_place(tmp_path: Path) -> None:
    """A second edit writes the same file anew; the preset can still be edited, which never touches that file."""
    first = shelf.keep((), tmp_path, with_key(preset("default"), "é"), preset("default"))
    second = shelf.keep((), tmp_path, with_key(first, "à"), first)
    assert second.version == 2
    third = shelf.keep((), tmp_path, with_key(preset("default"), "ç"), preset("default"))
    assert third.version == 3
    assert sorted(file.name for file in tmp_path.iterdir()) == ["default.v2.toml", "default.v3.toml"]
    assert read(tmp_path / "default.v2.toml") == second


def test_a_file_written_by_hand_is_never_touched(tmp_path: Path) -> None:
    """An edit of a user's own file goes beside it, as the next version; the file keeps every byte."""
    text = "# by hand\n" + own.text_of(replace(preset("default"), id="ours"), mark="")
    (tmp_path / "ours.toml").write_text(text, encoding="utf-8")
    scheme = one(tmp_path, "ours", 1)
    assert (scheme.file, scheme.edit, scheme.choice) == ("ours.toml", 2, "ours")
    kept = shelf.keep((), tmp_path, with_key(scheme.codebook, "é"), scheme.codebook)
    assert kept.version == 2
    assert (tmp_path / "ours.toml").read_text(encoding="utf-8") == text


def test_a_copy_is_version_one_and_moves_no_file(tmp_path: Path) -> None:
    """A scheme under a new id begins at 1; a file of that name that is something else is left alone."""
    copy = replace(preset("stanford"), id="ours", name="Ours")
    assert shelf.keep((), tmp_path, copy, None).version == 1
    (tmp_path / "theirs.v1.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(Refused, match=r"theirs\.v1\.toml already"):
        shelf.keep((), tmp_path, replace(copy, id="theirs"), None)
    assert (tmp_path / "theirs.v1.toml").read_text(encoding="utf-8") == "nonsense"


def test_what_cannot_be_read_is_told_and_hides_nothing(tmp_path: Path) -> None:
    """A broken file is named with its line; every other scheme is there."""
    (tmp_path / "broken.toml").write_text('id = "broken"\n', encoding="utf-8")
    found = shelf.look((), tmp_path)
    assert len(found.schemes) == len(presets())
    assert "broken.toml" in found.troubles[0]


def test_what_was_changed_elsewhere_is_not_overwritten(tmp_path: Path) -> None:
    """An edit of a state that is there no more is refused; nothing is kept."""
    first = shelf.keep((), tmp_path, with_key(preset("default"), "é"), preset("default"))
    second = shelf.keep((), tmp_path, with_key(first, "à"), first)
    with pytest.raises(Refused, match="changed elsewhere"):
        shelf.keep((), tmp_path, with_key(first, "ç"), first)
    assert read(tmp_path / "default.v2.toml") == second


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """Where a file stands in the folder's place the error says so, and nothing is left behind."""
    (tmp_path / "codebooks").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        shelf.keep((), tmp_path / "codebooks", with_key(preset("default"), "é"), preset("default"))
    assert [file.name for file in tmp_path.iterdir()] == ["codebooks"]


def test_what_breaks_a_rule_is_not_kept(tmp_path: Path) -> None:
    """A codebook with a clash never reaches a file, whoever hands it in."""
    with pytest.raises(BadInput, match="the key 't'"):
        shelf.keep((), tmp_path, with_key(preset("default"), "t"), preset("default"))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_choice_names_the_likeliest(tmp_path: Path) -> None:
    """A choice that is not there is not found."""
    with pytest.raises(NotFound, match="did you mean 'default'"):
        shelf.choose(shelf.look((), tmp_path), "defualt")


@pytest.fixture
def desk(tmp_path: Path) -> StoreDesk:
    found = a_desk(tmp_path / "a.db")
    found.open().result()
    return found


def closing(desk: StoreDesk, script: Callable[[], None]) -> None:
    try:
        script()
    finally:
        desk.close()


def test_a_planned_observation_freezes_its_codebook(desk: StoreDesk, tmp_path: Path) -> None:
    """An own scheme is edited in place until an observation is planned with it; then its next version is made, the
    observation keeps what it was planned with, and a new one gets the newest.
    """

    def script() -> None:
        first = desk.keep_codebook(with_key(preset("default"), "é"), preset("default")).result()
        one_ = desk.plan(PLAN).result()
        assert desk.load(one_).result().observation.codebook == first
        scheme = next(each for each in desk.shelf().result().schemes if each.codebook == first)
        assert (scheme.used, scheme.edit, scheme.studies) == (1, 3, ("Autumn",))
        second = desk.keep_codebook(with_key(first, "à"), first).result()
        assert second.version == 3
        two = desk.plan(replace(PLAN, date="2026-11-25")).result()
        assert desk.load(one_).result().observation.codebook == first
        assert desk.load(two).result().observation.codebook == second
        old = desk.plan(replace(PLAN, date="2026-11-26", codebook="default@1")).result()
        assert desk.load(old).result().observation.codebook == preset("default")
        names = [choice for choice, _ in desk.codebooks().result()]
        assert names[:3] == ["default", "default@2", "default@1"]

    closing(desk, script)
    with open_store(tmp_path / "a.db", writing=False) as store:
        (study,) = library.studies(store)
        assert {book.version for book in study.codebooks.values()} == {1, 2, 3}


def test_a_codebook_of_another_study_can_be_chosen(tmp_path: Path) -> None:
    """What one study has adopted is offered to the next, also where its file is gone."""
    path, folder = tmp_path / "a.db", tmp_path / "codebooks"
    kept = shelf.keep((), folder, replace(with_key(preset("default"), "é"), id="ours"), None)
    with open_store(path, writing=True) as store:
        planned(store, replace(PLAN, codebook="ours"), SystemClock())
        own.file_of(folder, kept).unlink()
        other = planned(store, replace(PLAN, study="Spring", codebook="ours"), SystemClock())
        assert journal.load(store, other).observation.codebook == kept
        found = shelf.look(library.studies(store), folder)
    scheme = next(each for each in found.schemes if each.codebook.id == "ours")
    assert (scheme.file, set(scheme.studies), scheme.used, scheme.edit) == ("", {"Autumn", "Spring"}, 2, 2)


def test_two_contents_of_one_version_are_both_shown(tmp_path: Path) -> None:
    """A version that a study uses and a file that calls itself the same: one can be chosen, both are seen, and planning
    in that study refuses rather than mixing them.
    """
    path, folder = tmp_path / "a.db", tmp_path / "codebooks"
    folder.mkdir()
    ours = replace(with_key(preset("default"), "é"), id="ours")
    file = folder / "ours.toml"
    file.write_text(own.text_of(ours, mark=""), encoding="utf-8")
    with open_store(path, writing=True) as store:
        planned(store, replace(PLAN, codebook="ours"), SystemClock())
        file.write_text(own.text_of(with_key(ours, "à"), mark=""), encoding="utf-8")
        found = [each for each in shelf.look(library.studies(store), folder).schemes if each.codebook.id == "ours"]
        assert [(each.choice, each.used) for each in found] == [("ours", 0), ("", 1)]
        with pytest.raises(Refused, match="in use and frozen"):
            planned(store, replace(PLAN, codebook="ours"), SystemClock())
        assert {each.edit for each in found} == {2}
        assert digest(found[1].codebook) == digest(ours)
