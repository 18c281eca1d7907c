"""The engines that hold frames: how each reads Parquet, makes the steps, and keeps what is read more than once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import narwhals as nw
import polars as pl

from shadowlog.analysis.frame import Lazy, steps
from shadowlog.analysis.prepare import Keep, in_memory
from shadowlog.errors import NotFound, ShadowlogError


class Engine(StrEnum):
    """What breaks down a data set: in the process (polars, duckdb) or on the user's cluster (spark)."""

    POLARS = "polars"
    DUCKDB = "duckdb"
    SPARK = "spark"


_MODULES = {Engine.POLARS: "polars", Engine.DUCKDB: "duckdb", Engine.SPARK: "pyspark"}


def check_installed(engine: Engine) -> None:
    """NotFound if the extra that brings the engine is missing."""
    if find_spec(_MODULES[engine]) is None:
        raise NotFound(f"The engine {engine} is not installed.", f'pip install "shadowlog[{engine}]" brings it.')


def spark_session() -> Any:
    """The Spark session of the program around, or else one on this machine; ShadowlogError if Java is missing."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    found = SparkSession.getActiveSession()
    if found is not None:
        return found
    quiet: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.appName("shadowlog").config(map=quiet)
    # 200 slices, the default for a cluster, are 200 small tasks for each join on one machine.
    builder = builder.config("spark.sql.shuffle.partitions", str(2 * (os.cpu_count() or 1)))
    try:
        session = builder.getOrCreate()
    except PySparkException as error:
        raise ShadowlogError("Spark does not start here.", "It needs Java 17 or later (JAVA_HOME).") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def scan(engine: Engine, files: Sequence[Path]) -> Lazy:
    """The Parquet files as one lazy frame. The folders' names are no columns."""
    names = [str(each) for each in files]
    if engine is Engine.POLARS:
        return nw.from_native(pl.scan_parquet(names, hive_partitioning=False, glob=False))
    if engine is Engine.DUCKDB:
        import duckdb

        # Frames of another connection than the default one cannot be joined.
        relation: Lazy = nw.from_native(duckdb.connect(":default:").read_parquet(names, hive_partitioning=False))
        return relation
    frame: Lazy = nw.from_native(spark_session().read.parquet(*names))
    return frame


def steps_beside(frame: Lazy, most: int) -> Lazy:
    """The lines (n, k) for every n up to `most` and 0 <= k < n, on the engine that holds the frame."""
    kind = frame.implementation
    if kind.is_polars():
        return steps(most)
    if kind.is_duckdb():
        import duckdb

        lines = f"select n, unnest(range(n)) as k from range(1, {most + 1}) as counted(n)"  # noqa: S608 - a number
        made: Lazy = nw.from_native(duckdb.connect(":default:").sql(lines))
        return made
    session = nw.to_native(frame).sparkSession
    rows = session.range(1, most + 1).selectExpr("id as n", "explode(sequence(cast(0 as bigint), id - 1)) as k")
    exploded: Lazy = nw.from_native(rows)
    return exploded


def keeper(frame: Lazy) -> Keep:
    """How the engine that holds the frame keeps what is read more than once: in memory, as a temporary table, cached."""
    if frame.implementation.is_polars():
        return in_memory
    return _tabled if frame.implementation.is_duckdb() else _cached


def _tabled(frame: Lazy) -> Lazy:
    import duckdb

    name, connection = f"kept_{uuid4().hex}", duckdb.connect(":default:")
    connection.execute(f"create temp table {name} as {nw.to_native(frame).sql_query()}")
    held: Lazy = nw.from_native(connection.table(name))
    return held


def _cached(frame: Lazy) -> Lazy:
    held: Lazy = nw.from_native(nw.to_native(frame).cache())
    return held
