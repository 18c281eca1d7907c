"""Eight breakdowns of a data set by our functions, by hand in Polars and by hand in DuckDB's SQL: seconds and memory.

    uv run --group dev python -m benchmarks.breakdowns [--spells 1e6 1e7] [--times 3] [--folder .]

All three read the same Parquet files. Each runs in a process of its own, in turn; the results must be the same first.
Seconds are the least of so many times; memory is the most that the process held, its libraries included.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

QUARTER = 15 * 60_000
OFFICE = "own_office"
BREAKDOWNS = ("role", "activity", "durations", "brevity", "profile", "interruptions", "place", "transitions")
Found = dict[str, Any]
Work = Mapping[str, Callable[[], Found]]


def ours(folder: Path) -> Work:
    """By the functions that `shadowlog summary --data` calls."""
    import narwhals as nw

    from shadowlog.analysis import basis, duration, frequency, interruption, presence, profile, sequence
    from shadowlog.analysis.dataset import open_dataset
    from shadowlog.analysis.frame import by_each, values
    from shadowlog.analysis.results import WhoRule

    base = basis.basis(open_dataset(folder), WhoRule.FULL, concurrent=False)

    def of(dimension: str) -> Found:
        found = by_each(base.timed(base.frames.spells), [f"code_{dimension}"], t=nw.col("ms").sum())
        return {str(line["code"]): line["t"] for line in values(found)}

    def lasted() -> Found:
        known = base.frames.episodes.filter(nw.col("known"))
        told = values(by_each(known, ["code_activity"], **duration.FIGURES))
        return {str(line["code"]): [line[k] for k in duration.FIGURES] for line in told}

    def brief() -> Found:
        return {
            str(b.limit_minutes): [b.count, round(b.minutes * 60_000)] for b in duration.brevity(base, duration.NONE)
        }

    def day() -> Found:
        found = profile.quarters(base)
        begun = {f"begun {n}": cell.begun for n, cell in found.items() if cell.begun}
        return {**begun, **{f"{n} {code}": ms for n, cell in found.items() for code, ms in cell.ms.items() if ms}}

    def broken() -> Found:
        told = interruption.interruptions(base)
        rows = {str(row.code): [row.count, row.minutes] for row in told.by_role.used}
        returned = [told.never_resumed, told.resumed_within_10, told.median_minutes_until_resumed]
        return {"n": [told.count, told.interrupted], "minutes": told.minutes, "returned": returned, **rows}

    def around() -> Found:
        told = presence.alone(base)
        return {**of("place"), "alone": [told.minutes, told.office_minutes]}

    def moves() -> Found:
        return {f"{a} {b}": n for (a, b), n in sequence.pairs(base, "activity").items()}

    def by_role() -> Found:
        return {str(role): n for role, n in frequency.counts_by_role(base).items()}

    return dict(
        zip(BREAKDOWNS, (by_role, lambda: of("activity"), lasted, brief, day, broken, around, moves), strict=True)
    )


def by_hand(folder: Path) -> Work:
    """The same, written for Polars alone."""
    import polars as pl

    def read(frame: str) -> pl.LazyFrame:
        return pl.scan_parquet(folder / frame / "*/*.parquet", hive_partitioning=False)

    c = pl.col
    episodes, spells, parties, company = map(read, ("episodes", "spells", "parties", "company"))
    keys, front = ["obs", "episode"], ~c("concurrent")

    def pairs(lines: pl.LazyFrame) -> Found:
        return {str(name): n for name, n in lines.collect().rows()}

    def by_role(lines: pl.LazyFrame | None = None) -> Found:
        chosen = episodes if lines is None else lines
        present = chosen.select(keys).join(parties.select(*keys, "role"), on=keys, how="left").unique()
        return pairs(present.group_by("role").agg(pl.len()))

    def lasted() -> Found:
        net = c("net")
        figures = [
            pl.len(),
            net.mean().alias("mean"),
            net.median(),
            *(net.quantile(q, "linear").alias(str(q)) for q in (0.25, 0.75)),
            net.max().alias("most"),
            net.sum().alias("t"),
        ]
        lines = episodes.filter("known").group_by("code_activity").agg(figures).collect()
        return {str(code): found for code, *found in lines.rows()}

    def brief() -> Found:
        net, made = c("net"), []
        for limit in (2, 5, 9, 10, 60):
            held = net > limit * 60_000 if limit == 60 else net < limit * 60_000
            made += [held.sum().alias(f"n{limit}"), net.filter(held).sum().alias(f"t{limit}")]
        line = episodes.filter("known").select(made).collect().row(0)
        return {str(limit): list(line[2 * n : 2 * n + 2]) for n, limit in enumerate((2, 5, 9, 10, 60))}

    def day() -> Found:
        lines = spells.filter(front).select("s", "e", code="code_activity")
        begun = episodes.filter(c("kind") == "interaction").group_by(c("local") // QUARTER).agg(pl.len())
        bins = (
            lines.with_columns(bin=pl.int_ranges(c("s") // QUARTER, (c("e") - 1) // QUARTER + 1))
            .explode("bin")
            .with_columns(
                ms=pl.min_horizontal("e", (c("bin") + 1) * QUARTER) - pl.max_horizontal("s", c("bin") * QUARTER)
            )
        )
        found, started = pl.collect_all([bins.group_by("bin", "code").agg(c("ms").sum()), begun])
        return {
            **{f"begun {n}": number for n, number in started.rows()},
            **{f"{n} {code}": ms for n, code, ms in found.rows() if ms},
        }

    def broken() -> Found:
        chosen = episodes.filter(c("interrupts").is_not_null())
        suspended = chosen.select("obs", at="start", by="episode", episode="interrupts").join(
            episodes.select(keys), on=keys, how="semi"
        )
        waits = (
            suspended.join(read("recorded"), on=keys)
            .filter(c("start") >= c("at"), c("end") > c("at"))
            .group_by("obs", "by")
            .agg(wait=(c("start") - c("at")).min() / 60_000)
        )
        present = chosen.select(keys).join(parties.select(*keys, "role"), on=keys, how="left").unique()
        beside = company.filter(front).join(chosen.select(keys), on=keys, how="semi")
        n, ms, times, told, roles, minutes = pl.collect_all(
            [
                chosen.select(pl.len()),
                spells.filter(front).join(chosen.select(keys), on=keys, how="semi").select(c("ms").sum() / 60_000),
                suspended.group_by(keys).len().select(pl.len().alias("interrupted"), c("len").sum()),
                waits.select(pl.len(), (c("wait") <= 10).sum().alias("soon"), c("wait").median().alias("median")),
                present.group_by("role").agg(pl.len()),
                beside.select("spell", "piece", "lo", "ms", "role")
                .unique()
                .group_by("role")
                .agg(c("ms").sum() / 60_000),
            ]
        )
        (interrupted, all_times), (back, soon, median) = times.row(0), told.row(0)
        by_minutes = dict(minutes.rows())
        return {
            "n": [n.item(), interrupted],
            "minutes": ms.item(),
            "returned": [all_times - back, soon, median],
            **{str(role): [number, by_minutes.get(role, 0)] for role, number in roles.rows()},
        }

    def around() -> Found:
        found = pairs(spells.filter(front).group_by("code_place").agg(c("ms").sum()))
        alone = company.filter(front, c("role") == "alone").select("spell", "piece", "lo", "ms").unique()
        office = spells.filter(c("code_place") == OFFICE).select("spell", "piece", office=1)
        sums = [(c("ms") * each).sum().alias(str(n)) / 60_000 for n, each in enumerate((pl.lit(1), c("office")))]
        return {
            **found,
            "alone": list(alone.join(office, on=["spell", "piece"], how="left").select(sums).collect().row(0)),
        }

    def moves() -> Found:
        lines = spells.filter(front).select(*keys, "start", "end", code="code_activity").sort("obs", "start")
        before = {f"b_{name}": c(name).shift(1) for name in ("obs", "episode", "end", "code")}
        moved = lines.with_columns(**before).filter(
            c("obs") == c("b_obs"), c("episode") != c("b_episode"), c("b_end") == c("start")
        )
        found = moved.group_by("b_code", "code").agg(pl.len()).collect()
        return {f"{a} {b}": n for a, b, n in found.rows()}

    def by_activity() -> Found:
        return pairs(spells.filter(front).group_by("code_activity").agg(c("ms").sum()))

    return dict(zip(BREAKDOWNS, (by_role, by_activity, lasted, brief, day, broken, around, moves), strict=True))


def by_sql(folder: Path) -> Work:
    """The same in DuckDB's SQL."""
    import duckdb

    base = duckdb.connect()
    for name in ("episodes", "spells", "parties", "company", "recorded"):
        files = f"read_parquet('{folder}/{name}/*/*.parquet', hive_partitioning = false)"
        base.execute(f"create view {name} as select * from {files}")

    def lines(query: str) -> list[tuple[Any, ...]]:
        return base.execute(query).fetchall()

    def pairs(query: str) -> Found:
        return {str(name): int(n) for name, n in lines(query)}

    def roles(of: str) -> str:
        return (
            f"select role, count(*) from (select distinct e.obs, e.episode, role from {of} e "
            "left join parties p on e.obs = p.obs and e.episode = p.episode) group by role"
        )

    def lasted() -> Found:
        found = lines(
            "select code_activity, count(*), avg(net), median(net), quantile_cont(net, 0.25), quantile_cont(net, 0.75), "
            "max(net), sum(net) from episodes where known group by code_activity"
        )
        return {str(code): [float(each) for each in figures] for code, *figures in found}

    def brief() -> Found:
        limits = (2, 5, 9, 10, 60)
        held = [f"net {'>' if limit == 60 else '<'} {limit * 60_000}" for limit in limits]
        parts = ", ".join(f"count(*) filter ({h}), sum(net) filter ({h})" for h in held)
        line = lines(f"select {parts} from episodes where known")[0]
        return {str(limit): [int(each or 0) for each in line[2 * n : 2 * n + 2]] for n, limit in enumerate(limits)}

    def day() -> Found:
        found = lines(
            f"with cut as (select s, e, code_activity as code, unnest(range(s // {QUARTER}, (e - 1) // {QUARTER} + 1)) as bin "
            "from spells where not concurrent) "
            f"select bin, code, sum(least(e, (bin + 1) * {QUARTER}) - greatest(s, bin * {QUARTER})) from cut group by all"
        )
        begun = lines(f"select local // {QUARTER}, count(*) from episodes where kind = 'interaction' group by all")
        return {
            **{f"begun {n}": number for n, number in begun},
            **{f"{n} {code}": int(ms) for n, code, ms in found if ms},
        }

    def broken() -> Found:
        chosen = "(select * from episodes where interrupts is not null)"
        same = "using (obs, episode)"
        n = lines(f"select count(*) from {chosen}")[0][0]
        ms = lines(f"select sum(ms) / 60000 from spells semi join {chosen} c {same} where not concurrent")[0][0]
        suspended = (
            f"(select c.obs, c.start as at, c.episode as by, c.interrupts as episode from {chosen} c "
            "semi join episodes e on c.obs = e.obs and c.interrupts = e.episode)"
        )
        interrupted, times = lines(f"select count(distinct (obs, episode)), count(*) from {suspended}")[0]
        back, soon, median = lines(
            "select count(*), count(*) filter (wait <= 10), median(wait) from (select min(r.start - s.at) / 60000 as wait "
            f'from recorded r join {suspended} s {same} where r.start >= s.at and r."end" > s.at group by s.obs, s.by)'
        )[0]
        minutes = dict(
            lines(
                "select role, sum(ms) / 60000 from (select distinct spell, piece, lo, ms, role from company "
                f"semi join {chosen} c {same} where not concurrent) group by role"
            )
        )
        counts = lines(roles(chosen))
        return {
            "n": [n, interrupted],
            "minutes": float(ms),
            "returned": [times - back, soon, median],
            **{str(role): [number, float(minutes.get(role, 0))] for role, number in counts},
        }

    def around() -> Found:
        found = pairs("select code_place, sum(ms) from spells where not concurrent group by code_place")
        alone = lines(
            "select sum(ms) / 60000, sum(ms) filter (office) / 60000 from (select distinct spell, piece, lo, ms from company "
            "where role = 'alone' and not concurrent) left join "
            f"(select spell, piece, true as office from spells where code_place = '{OFFICE}') using (spell, piece)"
        )
        return {**found, "alone": [float(each) for each in alone[0]]}

    def moves() -> Found:
        found = lines(
            "with seen as (select episode, start, code_activity as code, lag(episode) over w as b_episode, "
            'lag("end") over w as b_end, lag(code_activity) over w as b_code from spells where not concurrent '
            "window w as (partition by obs order by start)) "
            "select b_code, code, count(*) from seen where episode <> b_episode and b_end = start group by all"
        )
        return {f"{a} {b}": n for a, b, n in found}

    def by_activity() -> Found:
        return pairs("select code_activity, sum(ms) from spells where not concurrent group by code_activity")

    work = (lambda: pairs(roles("episodes")), by_activity, lasted, brief, day, broken, around, moves)
    return dict(zip(BREAKDOWNS, work, strict=True))


WAYS = {"ours": ours, "polars": by_hand, "sql": by_sql}


def child(way: str, folder: Path, times: int) -> None:
    """Do the eight so many times; print results, seconds and memory as JSON."""
    work = WAYS[way](folder)
    took: dict[str, float] = {}
    found: Found = {}
    for name, do in work.items():
        for _ in range(times):
            began = time.perf_counter()
            found[name] = do()
            took[name] = min(took.get(name, math.inf), time.perf_counter() - began)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"found": found, "seconds": took, "memory": memory}))


def same(one: Any, other: Any) -> bool:
    """Whether two results are the same, to 1e-9 of their size."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return math.isclose(one, other, rel_tol=1e-9)


def write(folder: Path, spells: int) -> None:
    """The data set that is broken down, made and written part by part."""
    from shadowlog.exchange.parquet import write_frames
    from tests.analysis.days import SCHEME
    from tests.analysis.many_days import parts

    write_frames(parts(spells, SCHEME), folder)


def run(*arguments: str) -> str:
    """This file in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.breakdowns", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent).stdout


def measure(folder: Path, spells: int, times: int) -> None:
    """Print the table of one size."""
    run("--write", str(folder), "--spells", str(spells))
    told = {way: json.loads(run("--child", way, str(folder), "--times", str(times))) for way in WAYS}
    for way in WAYS:
        for name in BREAKDOWNS:
            one, other = told["ours"]["found"][name], told[way]["found"][name]
            if not same(one, other):
                sys.exit(f"{name}: ours and {way} differ\n{one}\n{other}")
    print(f"\n{spells:,} spells, the results are the same\n{'':14}{'ours':>9}{'Polars':>9}{'SQL':>9}  ratio to each")
    seconds = {way: each["seconds"] for way, each in told.items()}
    for name in (*BREAKDOWNS, "all"):
        line = {way: sum(each.values()) if name == "all" else each[name] for way, each in seconds.items()}
        ratios = "".join(f"{line['ours'] / line[way]:8.2f}" for way in ("polars", "sql"))
        print(f"{name:14}" + "".join(f"{line[way]:8.2f}s" for way in WAYS) + ratios)
    print(f"{'peak memory':14}" + "".join(f"{each['memory']:7.2f}GB" for each in told.values()), flush=True)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spells", nargs="+", type=float, default=[1e6])
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=Path(), help="where the files are made: the disk measured")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]), options.times)
        return
    if options.write:
        write(options.write, int(options.spells[0]))
        return
    with tempfile.TemporaryDirectory(dir=options.folder.resolve(), prefix=".bench-") as name:
        for spells in options.spells:
            measure(Path(name) / f"{spells:.0f}", int(spells), options.times)


if __name__ == "__main__":
    main()
