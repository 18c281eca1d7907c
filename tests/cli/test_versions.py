"""One day through all its states, and what is so of it as recorded, as amended and verified only, worked out by hand.

10 min teacher, teaching, with one fleeting contact; 5 office, admin; 4 pupil, general; 2 alone, admin; 1 leaders, general; and
a second of gap before them. Then the observer makes admin of the first, the head leaders of the second, disputes the third
and strikes the fourth.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from shadowlog.cli import run
from shadowlog.domain import commands as c
from shadowlog.domain import feedback as f
from shadowlog.domain.clock import FakeClock
from shadowlog.domain.feedback_rules import Stage, stage
from shadowlog.domain.terms import Party, Verification
from shadowlog.store.engine import open_store
from shadowlog.store.intake import take_in
from tests.domain.test_feedback import AGREE, AMEND, DISPUTE, HEAD, STRIKE, Talk

KEYS = "3 t +296 F 8 +300 5 a +298 7 g +238 i a +118 1 g +58 X X"
VERSIONS = ("recorded", "amended", "verified")
WORDS = {"recorded": "as recorded", "amended": "as amended", "verified": "verified only"}
GAP = 1 / 60
ROLES: Mapping[str, Mapping[str | None, float]] = {
    "recorded": {"teacher": 10, "office": 5, "pupil": 4, "alone": 2, "leaders": 1, None: GAP},
    "amended": {"teacher": 10, "leaders": 6, "pupil": 4, None: GAP},
    "verified": {"teacher": 10, "leaders": 6},
}
COUNTS: Mapping[str, Mapping[str, int]] = {
    "recorded": {"teacher": 1, "office": 1, "pupil": 1, "alone": 1, "leaders": 1},
    "amended": {"teacher": 1, "leaders": 2, "pupil": 1},
    "verified": {"teacher": 1, "leaders": 2},
}
ACTIVITIES: Mapping[str, Mapping[str | None, float]] = {
    "recorded": {"teaching": 10, "admin": 7, "general": 5, None: GAP},
    "amended": {"admin": 15, "general": 5, None: GAP},
    "verified": {"admin": 15, "general": 1},
}
WINDOWS = {"recorded": 22 + GAP, "amended": 20 + GAP, "verified": 16}
CONTACTS = {"recorded": 1, "amended": 1, "verified": 0}
close = pytest.approx


def through_all_states() -> tuple[Talk, list[Stage]]:
    """The day, and the state it was in after each thing said of it."""
    talk, states = Talk(KEYS), []
    ids = list(talk.day.episodes)

    def say(kind: type[c.Command], **fields: Any) -> None:
        talk.clock.advance(60)
        talk.tell(kind, **fields)
        states.append(stage(talk.day))

    def view(number: int, word: Verification, comment: str = "") -> None:
        say(c.Verify, episode=ids[number], view=word, comment=comment)

    states.append(stage(talk.day))
    say(f.HandOver, author="O1")
    for number in range(5):
        view(number, AGREE)
    say(c.Amend, author="O1", episode=ids[0], codes={"activity": "admin"}, reason="it was the budget")
    view(0, AGREE)
    say(c.Amend, author=HEAD, episode=ids[1], parties=(Party("leaders", 1),), reason="as the head said")
    view(1, AMEND, "that was my deputy")
    view(2, DISPUTE, "they came to say goodbye")
    view(3, STRIKE, "private")
    say(f.Release, layers=("workshop",))
    return talk, states


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("versions") / "x.db"
    talk, _ = through_all_states()
    with open_store(path, writing=True) as store:
        take_in(store, talk.day.observation, talk.journal, date="2026-11-24", clock=FakeClock())
    return path


@pytest.fixture
def program(database: Path, capfd: pytest.CaptureFixture[str]) -> Any:
    def told(*arguments: str | Path, code: int = 0) -> str:
        capfd.readouterr()
        got = run(["--db", str(database), *map(str, arguments)])
        out, err = capfd.readouterr()
        assert got == code, (out, err)
        assert "Traceback" not in out + err
        return err if code else out

    return told


def test_all_states() -> None:
    """Draft, with the head, verified, with the head again where the observer amended, amended, disputed, released."""
    _, states = through_all_states()
    with_head, verified = Stage.WITH_HEAD, Stage.VERIFIED
    assert states == [
        Stage.DRAFT,
        *[with_head] * 5,
        verified,
        with_head,
        verified,
        with_head,
        Stage.AMENDED,
        Stage.DISPUTED,
        Stage.DISPUTED,
        Stage.RELEASED,
    ]


def rows(table: Mapping[str, Any], field: str) -> dict[str | None, float]:
    return {row["code"]: row[field] for row in table["rows"] if row[field]}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_numbers_by_hand(program: Any, version: str) -> None:
    """Counts, minutes and shares of the three versions, by role and by activity; verified shares are of what is verified."""
    told = json.loads(program("summary", "o-1", "--as", version, "--json"))
    assert told["record_version"] == version
    role, activity = told["tables"][:2]
    assert rows(role, "minutes") == close(ROLES[version])
    assert rows(role, "count") == close(COUNTS[version])
    assert rows(activity, "minutes") == close(ACTIVITIES[version])
    total = sum(COUNTS[version].values())
    assert told["episodes"]["count"] == total
    assert told["window_minutes"] == close(WINDOWS[version])
    assert rows(role, "time_share") == close({k: v / WINDOWS[version] for k, v in ROLES[version].items()})
    assert rows(role, "count_share") == close({k: v / total for k, v in COUNTS[version].items()})
    assert told["contacts"]["count"] == CONTACTS[version]
    met = total - (version == "recorded")
    observed = WINDOWS["recorded" if version == "recorded" else "amended"]
    assert told["interactions"]["count"] == met
    assert told["interactions"]["per_hour"] == close(60 * met / observed)
    # What was struck is off the record; of chosen time nothing is taken out.
    assert told["window"]["off_minutes"] == (2 if version == "amended" else 0)
    assert len(told["episode_list"]) == total


def test_amended_unless_said(program: Any) -> None:
    """Without --as the day is as amended."""
    for command in ("summary", "compare", "budget"):
        assert json.loads(program(command, "o-1", "--json"))["record_version"] == "amended"


@pytest.mark.parametrize("version", VERSIONS)
def test_compare_and_budget(program: Any, version: str) -> None:
    """A comparison and a budget are of the version asked for, and say so."""
    compared = json.loads(program("compare", "o-1", "--as", version, "--json"))
    assert (compared["record_version"], compared["version"]) == (version, 2)
    shares = {row["code"]: row["lasted"]["shares"][0] for row in compared["rows"]}
    assert shares == close({k: v / WINDOWS[version] for k, v in ACTIVITIES[version].items()})
    budget = json.loads(program("budget", "o-1", "--as", version, "--json"))
    assert budget["record_version"] == version
    known = {code: minutes for code, minutes in ACTIVITIES[version].items() if code}
    assert {row["codes"][0]: row["total"] / 60 for row in budget["rows"]} == close(known)
    assert budget["windows"] == [{"observation": "o-1", "name": "o-1", "seconds": close(WINDOWS[version] * 60)}]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_text_says_which(program: Any, version: str, tmp_path: Path) -> None:
    """The summary, one table of it, a line a group, the comparison, the budget and the page name their version."""
    page = tmp_path / "day.html"
    program("report", "o-1", "--as", version, "-o", page)
    made = [
        program("summary", "o-1", "--as", version),
        program("summary", "o-1", "--as", version, "--by", "mode"),
        program("summary", "o-1", "--as", version, "--by", "head"),
        program("compare", "o-1", "--as", version),
        program("budget", "o-1", "--as", version),
        page.read_text(encoding="utf-8"),
    ]
    for text in made:
        said = " ".join(text.split()).replace("of the day as amended what the head", "").lower()
        assert [word for word in WORDS.values() if re.search(rf"\b{word}\b", said)] == [WORDS[version]]
        assert max(map(len, text.splitlines())) <= 80 or text in made[-2:]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_tables(program: Any, version: str, tmp_path: Path) -> None:
    """The CSV tables hold the episodes and the time of their version alone; the dictionary says which it is."""
    program("export", "o-1", "--to", "csv", "--as", version, "-o", tmp_path / "csv")
    read = {
        path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in (tmp_path / "csv").glob("*.csv")
    }
    assert Counter(line["who"] for line in read["episodes"]) == COUNTS[version]
    there = {line["episode"] for line in read["episodes"]}
    assert {line["episode"] for line in read["spells"]} - {""} == there
    assert {line["episode"] for line in read["parties"]} == there
    assert len(read["contacts"]) == CONTACTS[version]
    spent = sum(int(line["ms"]) for line in read["spells"] if line["state"] in {"episode", "gap"}) / 60_000
    assert spent == close(WINDOWS[version])
    assert [line["version"] for line in read["observations"]] == [version]
    (meaning,) = (line["meaning"] for line in read["dictionary"] if line["column"] == "version")
    assert f": {WORDS[version]}," in meaning


@pytest.mark.parametrize("version", VERSIONS)
def test_state_sequences(program: Any, version: str, tmp_path: Path) -> None:
    """At each whole minute stands what the version says of it: nothing where something was struck or is not verified."""
    program("export", "o-1", "--to", "traminer", "--as", version, "-o", tmp_path)
    with (tmp_path / "sts.csv").open(encoding="utf-8") as file:
        _, line = csv.reader(file)
    found = Counter(state for state in line[1:] if state)
    assert found == {code: minutes for code, minutes in ACTIVITIES[version].items() if code}
    with (tmp_path / "observations.csv").open(encoding="utf-8") as file:
        assert [each["version"] for each in csv.DictReader(file)] == [version]


def test_a_data_set(program: Any, tmp_path: Path) -> None:
    """A data set holds days as amended or as recorded and says so; what is verified is chosen of the former."""
    for version in ("recorded", "amended"):
        program("export", "o-1", "--to", "parquet", "--as", version, "-o", tmp_path / version)
        manifest = json.loads((tmp_path / version / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["record_version"] == version
        told = json.loads(program("summary", "--data", tmp_path / version, "--json"))
        assert told["record_version"] == version
        assert rows(told["tables"][0], "minutes") == close(ROLES[version])
    verified = json.loads(program("summary", "--data", tmp_path / "amended", "--as", "verified", "--json"))
    assert verified["record_version"] == "verified"
    assert rows(verified["tables"][0], "minutes") == close(ROLES["verified"])
    assert verified["interactions"]["per_hour"] == close(3 * 60 / WINDOWS["amended"])
    refused = program("summary", "--data", tmp_path / "amended", "--as", "recorded", code=2)
    assert "--as: the data set holds the days as amended" in refused
    assert "as recorded" in program("summary", "--data", tmp_path / "recorded", "--as", "verified", code=2)
    assert "hold days as amended and as recorded" in program("summary", "--data", f"{tmp_path}/*", code=2)


def renamed(command: c.Command) -> c.Command:
    """The command under ids that no other day has."""
    ids = {each.name: getattr(command, each.name) for each in fields(command)}
    others: dict[str, Any] = {n: f"x{v}" for n, v in ids.items() if isinstance(v, str) and v.startswith("id-")}
    return replace(command, **others)


def test_days_of_which_nothing_is_verified_are_left_out(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Verified only, a day that nobody went through lends its hours to no rate, and that it is left out is said."""
    path = tmp_path / "two.db"
    talk, _ = through_all_states()
    other = Talk(KEYS, replace(talk.day.observation, id="o-2", head="H01"))
    other.clock.advance(7 * 24 * 3600)
    with open_store(path, writing=True) as store:
        take_in(store, talk.day.observation, talk.journal, date="2026-11-24", clock=FakeClock())
        take_in(store, other.day.observation, list(map(renamed, other.journal)), date="2026-11-24", clock=FakeClock())

    def told(*arguments: str, code: int = 0) -> str:
        capfd.readouterr()
        assert run(["--db", str(path), *arguments]) == code
        return "".join(capfd.readouterr())

    alone = json.loads(told("summary", "o-1", "--as", "verified", "--json"))
    both = json.loads(told("summary", "--head", "H01", "--as", "verified", "--json"))
    assert len(both["observations"]) == 1
    assert both["interactions"] == alone["interactions"]
    assert both["interruptions"]["per_hour"] == alone["interruptions"]["per_hour"]
    assert "1 of 2 days left out, of which nothing is verified" in both["chosen"]
    assert "1 of 2 days left out" in " ".join(told("summary", "--head", "H01", "--as", "verified").split())
    assert "Of these days 1 has anything that the head verified" in told(
        "report", "--head", "H01", "--as", "verified", code=1
    )


def test_what_the_head_struck_is_not_shown(program: Any) -> None:
    """The day as text has struck time as off the record, and each row's view; only the history has the words."""
    told = program("show", "o-1")
    assert "off the record: struck out by the head" in told
    assert "alone" not in told
    assert "the head disputes" in told
    assert "private" not in told
    assert "private" in program("show", "o-1", "--history")


def test_what_has_no_version(program: Any, tmp_path: Path) -> None:
    """The lossless JSON holds every version and takes no --as; nor does a data set take verified, or a file any."""
    assert "every version" in program("export", "o-1", "--to", "json", "--as", "amended", code=2)
    assert "summary --data" in program("export", "o-1", "--to", "parquet", "--as", "verified", code=2)
    file = tmp_path / "day.boris"
    file.write_text("{}", encoding="utf-8")
    assert "as it stands" in program("budget", file, "--as", "recorded", code=2)
    program("export", "o-1", "--to", "json", "-o", tmp_path / "day.json")
    kinds = [each["kind"] for each in json.loads((tmp_path / "day.json").read_text(encoding="utf-8"))["journal"]]
    assert kinds.count("Verify") == 9


def test_who_said_what_when(program: Any) -> None:
    """The history has every word of observer and head on an episode with its time and comment, the first word first."""
    first, second, third, fourth, *_ = program("show", "o-1", "--history").strip().split("\n\n")
    at = "  2026-11-24 08:"
    assert [line.strip() for line in first.splitlines()[1:] if line.startswith(("  first", "  now"))] == [
        "first word: teacher, teaching, 08:00:01–08:10:01, unscheduled, f2f",
        "now: teacher, admin, 08:00:01–08:10:01, unscheduled, f2f, agree",
    ]
    assert [line for line in first.splitlines() if line.startswith(at) and line[len(at) :] > "22"] == [
        "  2026-11-24 08:24:03 H01 (head)  head: agree",
        "  2026-11-24 08:29:03 O1  amended: what: teaching → admin; head's view: agree → nothing  because: it was the budget",
        "  2026-11-24 08:30:03 H01 (head)  head: agree",
    ]
    assert "H01 (head)  amended: who: office → leaders" in second
    assert "because: as the head said\n" in second
    assert "08:32:03 H01 (head)  head: amend, “that was my deputy”\n" in second
    assert "08:33:03 H01 (head)  head: dispute, “they came to say goodbye”\n" in third
    assert "08:34:03 H01 (head)  head: strike, “private”\n" in fourth
    assert "first word: alone, admin" in fourth
