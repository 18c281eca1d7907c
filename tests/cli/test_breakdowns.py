"""summary over a head, a study, a part; compare."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from shadowlog.cli import run
from shadowlog.domain.versions import Version
from shadowlog.exchange.compared import HEADER

STUDY = "Demonstration study (invented)"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "x.db"
    assert run(["--db", str(path), "demo", "--no-tui"]) == 0
    return path


def told(database: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(["--db", str(database), *arguments]) == 0
    return capsys.readouterr().out


def test_a_head_is_the_sum_of_its_days(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Frequencies and minutes of a head's days add up to those of the head, and of the heads to the study's."""
    by = ["--by", "head", "--by", "observation", "--by", "study", "--json"]
    groups = json.loads(told(database, capsys, "summary", "--study", STUDY, *by))["groups"]
    whole = next(iter(groups["study"].values()))
    for name in ("head", "observation"):
        these = groups[name].values()
        assert sum(each["interactions"]["count"] for each in these) == whole["interactions"]["count"]
        assert sum(each["window_minutes"] for each in these) == pytest.approx(whole["window_minutes"])
    alone = json.loads(told(database, capsys, "summary", "--head", "H02", "--json"))
    assert alone["interactions"] == groups["head"]["H02"]["interactions"]


def test_groups_are_a_line_each(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each head under columns with two spaces between them, within 80 columns."""
    lines = told(database, capsys, "summary", "--study", STUDY, "--by", "head", "--by", "observation").splitlines()
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines[1:4]] == ["H01", "H02", "H03"]
    assert any(line.startswith("2026-11-03 H01") for line in lines)
    assert re.split(r"\s{2,}", lines[0]) == [
        *("head", "days", "observed", "interactions", "an hour", "median", "under 5 min"),
    ]
    assert re.split(r"\s{2,}", lines[5]) == ["head", "alone", "with pupils", "unplanned", "classroom visits"]


def test_what_is_nowhere_coded_is_no_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a BORIS day, in which who, mode and place are coded nowhere, the key figures are dashes, not 0."""
    talk = Path(__file__).parent.parent / "data" / "boris" / "synthetic_1000.boris.gz"
    told(tmp_path / "x.db", capsys, "import", str(talk), "--study", "B", "--observer", "O1", "--zone", "UTC")
    lines = told(tmp_path / "x.db", capsys, "summary", "--study", "B", "--by", "study").splitlines()
    assert re.split(r"\s{2,}", lines[1])[3:5] == ["–", "–"]
    assert lines[4].split() == ["B", "–", "–", "–", "–"]


def test_a_table_alone(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--by a dimension or a roll-up prints that table, says what it is of, and the lengths of episodes beside it."""
    out = told(
        database, capsys, "summary", "--head", "H01", "--only", "role=pupil,teacher", "--by", "mode", "--by", "talis"
    )
    assert max(map(len, out.splitlines())) <= 80
    assert "Only: Pupils or Teachers" in out.replace("Teachers or Pupils", "Pupils or Teachers")
    assert "of the chosen" in out
    assert "how often" in out
    assert "median" in out
    made = json.loads(told(database, capsys, "summary", "--head", "H01", "--by", "mode", "--json"))
    assert [table["dimension"] for table in made["tables"]] == ["mode"]
    assert sum(row["time_share"] for row in made["tables"][0]["rows"]) == pytest.approx(1)


def test_names_are_read_in_any_case(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Head, observer, period, dimension, roll-up, heading and code are what they are called, in any case of letters."""
    for written, loosely in (
        (("--head", "H01", "--observer", "S1"), ("--head", "h01", "--observer", "s1")),
        (("--study", STUDY, "--period", "Break"), ("--study", STUDY.upper(), "--period", "break")),
        (("--head", "H01", "--only", "role=teacher"), ("--head", "H01", "--only", "Role=TEACHER")),
        (("--head", "H01", "--only", "talis=curriculum"), ("--head", "H01", "--only", "TALIS=Curriculum")),
        (("--head", "H01", "--by", "mode", "--by", "head"), ("--head", "H01", "--by", "Mode", "--by", "HEAD")),
    ):
        assert told(database, capsys, "summary", *written) == told(database, capsys, "summary", *loosely)
    assert told(database, capsys, "compare", "--by", "talis", "--head", "H01") == told(
        database, capsys, "compare", "--by", "Talis", "--head", "h01"
    )


def test_periods_there_are_stand_in_the_order_of_the_day(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A period that there is none of is answered with all there are, the first of the day first."""
    capsys.readouterr()
    assert run(["--db", str(database), "summary", "--study", STUDY, "--period", "teatime"]) == 2
    periods = (
        "Before school, Registration, Lesson 1, Lesson 2, Break, Lesson 3, Lunch, Lesson 4, Lesson 5, After school"
    )
    assert f"There is: {periods}." in capsys.readouterr().err


def test_compare(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Heads are set side by side, as text and as JSON."""
    out = told(database, capsys, "compare", "--study", STUDY, "--across", "heads")
    assert max(map(len, out.splitlines())) <= 80
    assert "ACROSS HEADS" in out
    assert "Mean: of the heads' shares, each head counting once." in out
    words = " ".join(out.split())
    assert "bootstrap over days (2000 resamples); of few days a hint" in words
    assert "The days of one head are alike, and the interval is over days: across heads it is narrower" in words
    made = json.loads(told(database, capsys, "compare", "--study", STUDY, "--across", "heads", "--json"))
    assert (made["format"], len(made["groups"])) == ("shadowlog-comparison", 3)
    assert all(len(row[side]["shares"]) == 3 for row in made["rows"] for side in ("often", "lasted"))


def test_an_interval_is_on_the_axis_and_in_numbers(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The axis goes as far as the furthest interval; lowest, highest, mean and interval stand beside it as in the JSON."""
    options = ("compare", "--study", STUDY, "--across", "heads", "--by", "talis")
    lines = told(database, capsys, *options).splitlines()
    rows = json.loads(told(database, capsys, *options, "--json"))["rows"]
    spreads = [row[side] for row in rows for side in ("often", "lasted")]
    furthest = max(each["interval"][1] for each in spreads)
    assert furthest > max(each["highest"] for each in spreads)
    assert f"0 % {100 * furthest:.0f} %" in " ".join(next(each for each in lines if " 0 % " in each).split())
    (row,) = (each for each in rows if each["code"] == "administrative")
    (at,) = (n for n, each in enumerate(lines) if each.startswith("Administrative tasks"))
    for line, side in ((lines[at], "often"), (lines[at + 1], "lasted")):
        figures = [f"{100 * row[side][name]:.0f} %" for name in ("lowest", "highest", "mean")]
        low, high = (f"{100 * each:.0f}" for each in row[side]["interval"])
        assert " ".join(line.split()).endswith(" ".join([*figures, f"{low}-{high} %"]))


def test_what_is_said_of_a_comparison_s_files(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every field of the JSON and every column of the CSV stands in docs/compare.md, and no other does."""
    made = json.loads(told(database, capsys, "compare", "--study", STUDY, "--json"))
    text = (Path(__file__).parents[2] / "docs" / "compare.md").read_text(encoding="utf-8")
    about, columns = text.split("## The JSON")[1].split("## The CSV")
    fields = {*made, *made["groups"][0], *made["rows"][0], *made["rows"][0]["often"]}
    measures = {"share of episodes", "share of time", "minutes"}
    values = {"split", "full", "main", "true", "false", *Version}
    assert _named(about) == fields - {"bin_minutes"}
    assert _named(columns) == {*HEADER} | measures | values
    first = re.findall(r"^\| `([a-z_]+)` \|", columns, re.MULTILINE)
    assert first == list(HEADER)


def _named(text: str) -> set[str]:
    """What stands in the first column of a table, and between backticks in what a row or a sentence says it holds."""
    found = set(re.findall(r"`([a-z_ ]+)`", text))
    return {each for each in found if not each.startswith("shadowlog")}


def test_a_comparison_as_files(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page and the table hold the numbers of the JSON; a file that is there is refused and nothing is written."""
    page, table = tmp_path / "heads.html", tmp_path / "heads.csv"
    options = ("compare", "--study", STUDY, "--across", "heads", "--by", "talis")
    said = told(database, capsys, *options, "-o", str(page), "--csv", str(table))
    assert said == f"Written: {page}\nWritten: {table}\n"
    rows = json.loads(told(database, capsys, *options, "--json"))["rows"]
    assert "3 heads side by side" in page.read_text(encoding="utf-8")
    lines = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    found = {(line["group"], line["code"], line["measure"]): line for line in lines if not line["hour"]}
    assert len(found) == 3 * 2 * len(rows)
    for row in rows:
        for side, measure in (("often", "share of episodes"), ("lasted", "share of time")):
            for n, head in enumerate(("H01", "H02", "H03")):
                line = found[head, row["code"] or "", measure]
                assert float(line["value"]) == row[side]["shares"][n]
                assert float(line["mean_of_heads"]) == row[side]["mean"]
                assert [float(line["interval_low"]), float(line["interval_high"])] == row[side]["interval"]
    page.unlink()
    assert run(["--db", str(database), *options, "-o", str(page), "--csv", str(table)]) == 2
    assert not page.exists()
    assert run(["--db", str(database), *options, "-o", str(page), "--csv", str(tmp_path / "." / "heads.html")]) == 2
    assert "two files are to be written to that one place" in capsys.readouterr().err
    assert not page.exists()


def test_every_line_of_the_table_says_its_rules(database: Path, tmp_path: Path) -> None:
    """The who rule, concurrent time, the record version and what is chosen stand in every line, as they were asked for."""
    asked = {
        "plain.csv": ((), ("split", "false", "amended", "")),
        "chosen.csv": (
            ("--who", "main", "--concurrent", "--as", "recorded", "--only", "role=teacher", "--period", "break"),
            ("main", "true", "recorded", "in Break; an episode counts where it began, with its whole length; Teachers"),
        ),
    }
    for name, (options, rules) in asked.items():
        table = tmp_path / name
        assert run(["--db", str(database), "compare", "--study", STUDY, *options, "--csv", str(table)]) == 0
        lines = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
        said = {tuple(line[each] for each in ("who_rule", "concurrent", "record_version", "choice")) for line in lines}
        assert said == {rules}


def test_heads_with_a_codebook_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two heads whose days use different codebooks are chosen by head, and by a heading of the roll-up that these share."""
    database = tmp_path / "x.db"
    assert run(["--db", str(database), "demo", "--no-tui"]) == 0
    day = Path(__file__).parent.parent / "data" / "days" / "day-04.csv"
    about = ("--study", "Real", "--head", "H44", "--observer", "O1", "--date", "2007-04-27")
    assert run(["--db", str(database), "import", str(day), *about]) == 0
    options = ("compare", "--by", "study_group", "--across", "heads", "--json")
    for more in ((), ("--only", "study_group=teachers,pupils")):
        made = json.loads(told(database, capsys, *options, "--head", "H44", "--head", "h01", *more))
        assert [(group["label"], group["days"]) for group in made["groups"]] == [("H01", 3), ("H44", 1)]
        assert made["left_out"] == []
    assert run(["--db", str(database), *options, "--head", "H44", "--head", "H01", "--only", "talis=student"]) == 2
    assert "Choose by one that they share: study_group" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["summary"], "say what to break down"),
        (["compare"], "say what to break down"),
        (["compare", "--head", "H01", "--json", "--csv", "a.csv"], "JSON goes to the terminal"),
        (["compare", "--head", "H01", "--pdf"], "no page to print"),
        (["summary", "--study", "Nowhere"], "no study 'Nowhere'. There is: "),
        (["summary", "--head", "Mrs\x1b[31m"], "no head"),
        (["summary", "--head", "H01", "--observer", "S9"], "no observer 'S9'. There is: S1, S2."),
        (["summary", "--head", "H01", "--from", "soon"], "--from"),
        (["summary", "--head", "H01", "--from", "2030-01-01"], "no observation that has begun"),
        (["summary", "--head", "H01", "--only", "role"], "As role=teacher,pupil"),
        (["summary", "--head", "H01", "--only", "role=king"], "no code of role 'king'"),
        (["summary", "--head", "H01", "--only", "colour=red"], "no dimension 'colour'"),
        (["summary", "--head", "H01", "--period", "teatime"], "no period of the school day 'teatime'"),
        (
            ["summary", "--head", "H01", "--as", "verified"],
            "the head has verified nothing of what is chosen. Leave `--as verified`",
        ),
        (
            ["compare", "--head", "H01", "--as", "verified"],
            "the head has verified nothing of what is chosen. Leave `--as verified`",
        ),
        (["summary", "--head", "H01", "--by", "golf"], "nothing to break down by 'golf'"),
        (["summary", "--head", "H01", "--data", "nowhere"], ""),
        (["compare", "--head", "H01", "--by", "golf"], "no dimension or roll-up 'golf'"),
    ],
)
def test_refusals(database: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """What there is none of is refused in a line that names what there is; nothing else is printed."""
    capsys.readouterr()
    assert run(["--db", str(database), *arguments]) != 0
    out = capsys.readouterr()
    assert words in out.err
    assert out.out == ""
    assert "\x1b" not in out.err
    assert "Traceback" not in out.err


def test_a_part_of_a_data_set(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A study of a data set is named by its beginning; what is not in it is refused, never summed up as nothing."""
    folder = str(tmp_path / "data")
    told(database, capsys, "export", "--study", STUDY, "--to", "parquet", "-o", folder)
    whole = told(database, capsys, "summary", "--data", folder, "--by", "role")
    part = told(database, capsys, "summary", "--data", folder, "--by", "role", "--study", STUDY[:4].upper())
    assert part.replace(f"Only: study {STUDY}\n", "") == whole
    for arguments, words in (
        (("--study", "Nowhere"), "no study 'Nowhere'"),
        (("--head", "H99"), "no head 'H99'"),
        (("--observer", "S9"), "no observer 'S9'"),
        (("--from", "2031-01-01"), "no observation is chosen"),
    ):
        assert run(["--db", str(database), "summary", "--data", folder, *arguments]) == 2
        assert words in capsys.readouterr().err
