"""Days of any length for measuring: an open observation of so many episodes in a database of its own."""

from __future__ import annotations

from pathlib import Path

from shadowlog.codebooks.presets import preset
from shadowlog.domain import commands as c
from shadowlog.domain.clock import Instant, SystemClock
from shadowlog.domain.codebook_json import digest
from shadowlog.domain.terms import Observation, Party
from shadowlog.store.engine import open_store
from shadowlog.store.intake import take_in
from shadowlog.store.library import new_id


def long_day(database: Path, episodes: int) -> str:
    """Make a database with one running observation of so many episodes that ends now; give its id."""
    codebook, now = preset("default"), SystemClock().now()
    observation = Observation(new_id(), "Bench", "H01", "O1", "UTC", codebook, consent="invented")
    roles = [code.id for code in codebook.codes("role")[:8]]
    activities = [code.id for code in codebook.codes("activity")]
    step = min(60_000, 36_000_000 // episodes)
    before = step * (episodes + 1)

    def envelope(ago: int) -> dict[str, object]:
        said = Instant(now.wall - ago, now.mono - ago * 1_000_000, now.boot)
        return {"id": new_id(), "at": said.wall, "author": "O1", "said": said}

    commands: list[c.Command] = [c.Begin(codebook=digest(codebook), **envelope(before))]  # type: ignore[arg-type]
    commands += [
        c.Start(
            episode=new_id(),
            parties=(Party(roles[n % len(roles)]),),
            codes={"activity": activities[n % len(activities)], "mode": "unscheduled", "place": "corridor"},
            **envelope(before - step * (n + 1)),  # type: ignore[arg-type]
        )
        for n in range(episodes)
    ]
    with open_store(database, writing=True) as store:
        return take_in(store, observation, commands, date="2026-11-24", clock=SystemClock(), imported=False)
