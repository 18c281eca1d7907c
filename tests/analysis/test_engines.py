"""The same breakdowns on Polars, DuckDB and Spark, of days in memory and of a data set in Parquet.

Spark has ten thousand spells here; with the environment variable SHADOWLOG_PROFILE=long a million.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import narwhals as nw
import polars as pl
import pytest

from shadowlog.analysis.choice import Choice
from shadowlog.analysis.dataset import open_dataset, summarise_dataset
from shadowlog.analysis.dataset_rules import COLUMNS
from shadowlog.analysis.engines import Engine, keeper, scan, spark_session, steps_beside
from shadowlog.analysis.frame import Frames, Lazy, by_each, raw, steps, values
from shadowlog.analysis.prepare import prepare, prepared
from shadowlog.analysis.results import Summary
from shadowlog.analysis.summary import summarise, summarise_frames
from shadowlog.exchange.parquet import write, write_frames
from tests.analysis.alike import differences
from tests.analysis.days import SCHEME, random_day
from tests.analysis.many_days import many, parts
from tests.installing import program

# The sockets of a Spark that ends with the tests are closed by the interpreter, not by us.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

MILLION = 1_000_000
ON_SPARK = MILLION if os.environ.get("SHADOWLOG_PROFILE") == "long" else MILLION // 100


@pytest.fixture(scope="module", autouse=True)
def java() -> str:
    """What Spark runs on."""
    cure = (
        "No Java was found to run Spark on. Install 17 or later (Debian, Ubuntu: apt-get install default-jre-headless)."
    )
    return program(("java",), "default-jre-headless", cure)


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of a million foreground spells and what runs beside them, written in two parts."""
    return write_frames(parts(MILLION, SCHEME, MILLION // 2), tmp_path_factory.mktemp("million") / "set")


@pytest.fixture(scope="module")
def expected(million: Path) -> Summary:
    """What Polars says of it."""
    return summarise_dataset(million, "polars")


def few() -> list[Frames]:
    """About three hundred spells with everything in them that a record can hold, and three days made with Polars."""
    return [prepared([random_day(seed, 12, f"day {seed}") for seed in range(25)]), many(300, SCHEME)]


@pytest.mark.parametrize("rule", ["full", "split", "main"])
@pytest.mark.parametrize("concurrent", [False, True])
def test_few_on_duckdb(rule: str, concurrent: bool, tmp_path: Path) -> None:
    """Three hundred spells give the same on DuckDB as on Polars, under every rule; counts exactly."""
    for number, frames in enumerate(few()):
        path = write_frames([frames], tmp_path / str(number))
        one = summarise_frames(frames, rule, concurrent)
        assert list(differences(one, summarise_dataset(path, "duckdb", rule, concurrent))) == []
        assert list(differences(one, summarise_dataset(path, "polars", rule, concurrent))) == []


def test_a_million_on_duckdb(million: Path, expected: Summary) -> None:
    """A million spells give the same on DuckDB as on Polars."""
    assert expected.episodes.count > MILLION * 4 // 5
    assert list(differences(expected, summarise_dataset(million, "duckdb"))) == []


def test_many_on_spark(tmp_path: Path) -> None:
    """Ten thousand spells (a million by the long profile) give the same on Spark as on Polars."""
    path = write_frames(parts(ON_SPARK, SCHEME, ON_SPARK // 2), tmp_path / "set")
    assert list(differences(summarise_dataset(path, "polars"), summarise_dataset(path, "spark"))) == []


def test_a_million_against_plain_sums(million: Path, expected: Summary) -> None:
    """The figures of a million spells are those of one plain pass over the files, on no engine's breakdown."""
    spells = pl.read_parquet(million / "spells/*/*.parquet", hive_partitioning=False).filter(~pl.col("concurrent"))
    coded = spells.select("code_activity", "ms").rows()
    minutes: dict[str | None, int] = {}
    for code, ms in coded:
        minutes[code] = minutes.get(code, 0) + ms
    table = next(each for each in expected.tables if each.dimension == "activity")
    assert {row.code: round(row.minutes * 60_000) for row in table.rows} == minutes
    assert sum(minutes.values()) == round(expected.window.minutes * 60_000)
    assert sum(minutes.values()) > 2**36


def test_an_amount_beyond_32_bits() -> None:
    """A million episodes an hour each in ms: the rate does not wrap, as a 32-bit count times an hour would."""
    frames = many(300_000, SCHEME)
    summary = summarise_frames(frames)
    n = len(values(frames.episodes.filter(nw.col("kind") == "interaction").select("obs")))
    assert summary.interactions.count == n
    assert summary.interactions.per_hour == pytest.approx(60 * n / summary.window.minutes)
    assert n * 3_600_000 > 2**32


def engines_of(path: Path) -> Iterator[Frames]:
    """A small data set on each engine."""
    for engine in ("polars", "duckdb", "spark"):
        yield open_dataset(path, engine)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write([random_day(seed, 12, f"day {seed}") for seed in range(4)], tmp_path_factory.mktemp("small") / "set")


def test_null_is_a_value_on_every_engine(small: Path) -> None:
    """What is uncoded is counted on every engine, though DuckDB's unpivot leaves it out."""
    found = [
        sorted(
            (line["dimension"], line["code"] or "", line["n"])
            for line in values(by_each(f.episodes, ["code_place", "kind"], n=nw.len().cast(nw.Int64)))
        )
        for f in engines_of(small)
    ]
    assert found[0] == found[1] == found[2]
    assert any(code == "" for _, code, _ in found[0])
    relation = duckdb.connect(":default:").sql("unpivot (select null::varchar as code_place) on code_place")
    assert relation.fetchall() == []


def test_sums_are_whole_numbers_on_every_engine(small: Path) -> None:
    """Sums of ms come as int, though DuckDB widens them and a decimal would not do in JSON."""
    for frames in engines_of(small):
        (line,) = values(frames.spells.select(t=nw.col("ms").sum().cast(nw.Int64)))
        assert type(line["t"]) is int


def test_steps_are_the_same_on_every_engine(small: Path) -> None:
    """Every n up to the most has its n lines on every engine."""
    want = sorted((n, k) for n in range(1, 7) for k in range(n))
    for frames in engines_of(small):
        made = values(steps_beside(frames.spells, 6))
        assert sorted((line["n"], line["k"]) for line in made) == want
    assert sorted((line["n"], line["k"]) for line in values(steps(6))) == want


def test_columns_differ_by_more_than_case() -> None:
    """No frame has two columns that Spark, which ignores case, would take for one."""
    for names in COLUMNS.values():
        assert len({name.lower() for name in names}) == len(names)
        assert all(name == name.lower() for name in names)


@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.SPARK])
def test_preparing_on_every_engine(engine: Engine, tmp_path: Path) -> None:
    """Frames that are still to be prepared are clipped, netted and sliced on DuckDB and Spark as on Polars."""
    records = [random_day(seed, 12, f"day {seed}") for seed in range(6)]
    frames = raw(records)
    held: dict[str, Lazy] = {}
    for name in ("observations", "windows", "breaks", "episodes", "spells", "parties", "contacts", "periods", "steps"):
        path = tmp_path / f"{name}.parquet"
        frame: pl.LazyFrame = nw.to_native(getattr(frames, name))
        frame.sink_parquet(path)
        held[name] = scan(engine, [path])
    expected, made = prepared(records), prepare(replace(frames, **held), keeper(held["spells"]))  # type: ignore[arg-type]
    for name in ("episodes", "spells", "recorded", "company", "parties"):
        want, got = ([sorted(line.items()) for line in values(getattr(each, name))] for each in (expected, made))
        assert sorted(got, key=repr) == sorted(want, key=repr), name


def test_of_nothing(tmp_path: Path) -> None:
    """An observation in which nothing was recorded gives the same, defined, summary on every engine."""
    nothing = random_day(1)
    nothing = replace(nothing, track=(), concurrent=(), episodes=(), contacts=(), notes=(), end=nothing.start)
    path = write([nothing], tmp_path / "set")
    plain = replace(summarise([nothing]), lines=(), contact_lines=(), notes=(), sessions=())
    for engine in ("polars", "duckdb", "spark"):
        assert list(differences(plain, summarise_dataset(path, engine))) == []


def test_the_example_of_the_document(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What docs/engines.md shows for a cluster runs as it stands, with a folder in the place of the bucket."""
    text = (Path(__file__).parents[2] / "docs/engines.md").read_text(encoding="utf-8")
    head = summarise_dataset(small).observations[0].head
    code = text.split("```python\n")[1].split("```")[0].replace("H01", head)
    code = code.replace("s3a://bucket/autumn", str(small)).replace('Path("autumn")', f'Path("{small}")')
    exec(code, {})
    expected = summarise_dataset(small, choice=Choice(heads=(head,))).interactions.per_hour
    assert float(capsys.readouterr().out) == pytest.approx(expected)


def test_spark_uses_the_session_that_is_there() -> None:
    """A program that runs on a cluster keeps its own session."""
    assert spark_session() is spark_session()
