"""Which part of what was recorded a breakdown is made of: filters over prepared frames, for every breakdown and engine.

* Observations are chosen by study, head, observer and date. Everything of the others is gone.
* Periods of the school day cut the window: time is what lies in them, an episode counts where it began in one, its
  duration is whole.
* Episodes are chosen by code, by heading of a roll-up and by verification. Shares are then of the chosen episodes and of
  the chosen time, so that they still sum to 1; rates stay per observed hour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import narwhals as nw

from shadowlog.analysis.choice import ABOUT, Choice, as_written
from shadowlog.analysis.frame import Frames, Lazy, column, dimensions, values
from shadowlog.analysis.visits import with_visits
from shadowlog.domain.codebook import PLACE, ROLE, Codebook
from shadowlog.domain.standing import STANDS
from shadowlog.domain.versions import Version


def chosen(frames: Frames, choice: Choice) -> Frames:
    """The frames of what is chosen; BadInput for a study, head, observer, dimension, code, heading or period that there is none of."""
    return picked(frames, as_written(choice, [frames]))


def picked(frames: Frames, choice: Choice) -> Frames:
    """The frames of what is chosen, by names as they are written: a code that this codebook does not know chooses nothing of it."""
    codes = _codes(frames.scheme, choice)
    frames = _days(frames, choice)
    if choice.periods or choice.of_episodes:
        # What is one visit is told by all that happened, also by what is not chosen.
        frames = replace(frames, spells=with_visits(frames.spells, frames.scheme))
    if choice.periods:
        frames = _in_periods(frames, choice.periods)
    without = ""
    if choice.verified:
        frames, without = _spoken_of(frames)
    if choice.of_episodes:
        frames = _episodes(frames, codes, choice)
    version = Version.VERIFIED if choice.verified else frames.version
    words = (*choice.words(frames.scheme), *([without] if without else []))
    return replace(frames, chosen=(*frames.chosen, *words), version=version)


def grouped(frames: Frames, by: str) -> Iterator[tuple[str, Frames]]:
    """The frames of each observation, head, observer, date or study, in order; an observation is named by its day."""
    key = {"observation": "obs"}.get(by, by)
    found = values(frames.observations.select("obs", "study", "head", "observer", "date"))
    if by in {"head", "observer"}:
        # A code means one head of one study.
        names = apart(sorted({(line[by], line["study"]) for line in found}))
        for (code, study), label in names.items():
            yield label, _of(frames, frames.observations.filter(nw.col(by) == code, nw.col("study") == study))
        return
    labels: dict[str, str] = {}
    for line in sorted(found, key=lambda each: (each["date"], each["head"], each["obs"])):
        label = f"{line['date']} {line['head']}" if by == "observation" else line[key]
        labels.setdefault(line[key], label)
    for value, label in labels.items() if by == "observation" else sorted(labels.items()):
        yield label, _of(frames, frames.observations.filter(nw.col(key) == value))


def apart(known: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """What to call codes of studies, as (code, study): by the code alone where no other study has one of that name."""
    keys = list(known)
    codes = Counter(code for code, _ in keys)
    return {(code, study): f"{code} of {study}" if codes[code] > 1 else code for code, study in keys}


def _codes(scheme: Codebook, choice: Choice) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The codes that will do, by dimension; several demands on one dimension must each be met."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for dimension, codes in choice.codes.items():
        found.setdefault(dimension, []).append(tuple(codes))
    rollups = {r.id: r for r in scheme.rollups}
    for rollup, headings in choice.headings.items():
        dimension = rollups[rollup].dimension
        meant = tuple(c.id for c in scheme.codes(dimension) if c.rollups.get(rollup) in headings)
        found.setdefault(dimension, []).append(meant)
    return found


def _days(frames: Frames, choice: Choice) -> Frames:
    c, kept = nw.col, frames.observations
    for many, name in ABOUT.items():
        if wanted := list(getattr(choice, many)):
            kept = kept.filter(c(name).is_in(wanted))
    kept = kept.filter(c("date") >= choice.since) if choice.since else kept
    kept = kept.filter(c("date") <= choice.until) if choice.until else kept
    if kept is frames.observations:
        return frames
    return _of(frames, kept)


def _of(frames: Frames, kept: Lazy) -> Frames:
    """The frames of these observations."""
    ids = kept.select("obs")
    names = ("windows", "breaks", "episodes", "spells", "recorded", "company", "parties", "contacts", "periods")
    rest = {name: getattr(frames, name).join(ids, on="obs", how="semi") for name in names}
    for name in ("observed", "present"):
        frame = getattr(frames, name)
        rest[name] = frame if frame is None else frame.join(ids, on="obs", how="semi")
    return replace(frames, observations=kept, **rest)


def _spoken_of(frames: Frames) -> tuple[Frames, str]:
    """The days of which something is verified, and in words how many are not: their hours are nobody's verified hours."""
    stands = frames.timed_episodes.filter(nw.col("verification").is_in(sorted(STANDS))).select("obs").unique()
    every = [line["obs"] for line in values(frames.observations.select("obs"))]
    kept = frames.observations.join(stands, on="obs", how="semi")
    left = len(every) - len(values(kept.select("obs")))
    if not left or left == len(every):
        return frames, ""
    return _of(frames, kept), f"{left} of {len(every)} days left out, of which nothing is verified"


def _in_periods(frames: Frames, labels: Sequence[str]) -> Frames:
    c = nw.col
    periods = frames.periods.filter(c("label").is_in(list(labels)))
    spans = periods.select("obs", first=c("lo"), last=c("hi"))

    def cut(frame: Lazy) -> Lazy:
        names = frame.collect_schema().names()
        ends = ("lo", "hi") if "lo" in names else ("start", "end")
        return (
            frame.join(spans, on="obs", how="inner")
            .filter(c("s") < c("last"), c("e") > c("first"))
            .with_columns(s2=nw.max_horizontal("s", "first"), e2=nw.min_horizontal("e", "last"))
            .with_columns(
                (c(ends[0]) + c("s2") - c("s")).alias(ends[0]), (c(ends[1]) + c("e2") - c("e")).alias(ends[1])
            )
            .with_columns(s=c("s2"), e=c("e2"), ms=c("e2") - c("s2"))
            .drop("first", "last", "s2", "e2")
        )

    def begun(frame: Lazy) -> Lazy:
        inside = frame.join(spans, on="obs", how="inner").filter(c("local") >= c("first"), c("local") < c("last"))
        return inside.drop("first", "last")

    # A spell that crosses two chosen periods is two pieces from now on, and its company is cut with it.
    was = cut(frames.spells.with_columns(was=c("piece"))).with_columns(piece=c("start"))
    pieces = was.select("obs", "episode", "spell", "was", "piece", "start", "end")
    company = (
        frames.company.rename({"piece": "was"})
        .join(pieces.drop("episode"), on=["obs", "spell", "was"], how="inner")
        .filter(c("lo") < c("end"), c("hi") > c("start"))
        .with_columns(lo=nw.max_horizontal("lo", "start"), hi=nw.min_horizontal("hi", "end"))
        .with_columns(ms=c("hi") - c("lo"))
        .drop("was", "start", "end")
    )
    return replace(
        frames,
        windows=cut(frames.windows),
        breaks=cut(frames.breaks),
        episodes=begun(frames.episodes),
        present=frames.episodes.join(pieces.select("obs", "episode").unique(), on=["obs", "episode"], how="semi"),
        spells=was.drop("was"),
        company=company,
        contacts=begun(frames.contacts),
        periods=periods,
    )


def _episodes(frames: Frames, codes: Mapping[str, Sequence[tuple[str, ...]]], choice: Choice) -> Frames:
    c, keys = nw.col, ["obs", "episode"]
    contacts = frames.contacts
    # A contact has neither what nor verification; every one has an observation.
    none = c("obs").is_null()
    for dimension, demands in codes.items():
        for demand in demands:
            if dimension == ROLE:
                contacts = contacts.filter(c("role").is_in(list(demand)))
            else:
                contacts = contacts.filter(c("place").is_in(list(demand)) if dimension == PLACE else none)
    if choice.verified:
        contacts = contacts.filter(none)

    def meeting(kept: Lazy) -> Lazy:
        for dimension, demands in codes.items():
            for demand in demands:
                if dimension == ROLE:
                    with_role = frames.parties.filter(c("role").is_in(list(demand))).select(*keys).unique()
                    kept = kept.join(with_role, on=keys, how="semi")
                elif dimension in dimensions(frames.scheme):
                    kept = kept.filter(c(column(dimension)).is_in(list(demand)))
                else:
                    kept = kept.filter(none)
        return kept.filter(c("verification").is_in(sorted(STANDS))) if choice.verified else kept

    present = meeting(frames.timed_episodes)
    ids = present.select(*keys)
    spells = frames.spells.join(ids, on=keys, how="semi")
    windows, observed = (
        frame.filter(~c("concurrent"))
        .select("obs", "s", "e", "ms", lo=c("start"), hi=c("end"))
        .select("obs", "lo", "hi", "s", "e", "ms")
        for frame in (spells, frames.spells)
    )
    return replace(
        frames,
        windows=windows,
        # What was taken out of the day is no part of the chosen time.
        breaks=frames.breaks.filter(none),
        episodes=meeting(frames.episodes),
        present=None if frames.present is None else present,
        spells=spells,
        company=frames.company.join(ids, on=keys, how="semi"),
        parties=frames.parties.join(ids, on=keys, how="semi"),
        contacts=contacts,
        observed=observed if frames.observed is None else frames.observed,
    )
