"""What may be chosen of what was recorded, and every name in it as it is written where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw

from shadowlog.analysis.frame import Frames, values
from shadowlog.domain.codebook import Code, Codebook
from shadowlog.domain.text import named, shown
from shadowlog.domain.versions import Version
from shadowlog.errors import BadInput

NOTHING_VERIFIED = (
    "the head has verified nothing of what is chosen",
    "Leave `--as verified` out, or look at the days with the head first.",
)
"""What is wrong and the cure, where only what is verified was asked for and there is none."""
ABOUT = {"studies": "study", "heads": "head", "observers": "observer"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen; an empty field chooses all. Dates are ISO 8601, both included; an episode needs one of each."""

    studies: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    periods: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By dimension; of a role one party is enough."""
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By roll-up."""
    verified: bool = False
    """Only what the head agreed to or amended."""

    @property
    def of_episodes(self) -> bool:
        """Whether single episodes are chosen, not whole days or periods alone."""
        return bool(self.codes or self.headings or self.verified)

    def takes(self, study: str, head: str, observer: str, date: str) -> bool:
        """Whether a day is among those chosen; the names are to be as they are written where they stand."""
        about = {"studies": study, "heads": head, "observers": observer}
        named_ = all(about[many] in wanted for many in ABOUT if (wanted := getattr(self, many)))
        return named_ and self.since <= date and (not self.until or date <= self.until)

    def words(self, *schemes: Codebook) -> tuple[str, ...]:
        """What is chosen, a phrase each; empty where everything is. A code is called as the first codebook calls it that has it."""
        told = [f"{name} {', '.join(getattr(self, many))}" for many, name in ABOUT.items() if getattr(self, many)]
        told += [f"from {self.since}"] if self.since else []
        told += [f"until {self.until}"] if self.until else []
        if self.periods:
            told.append(f"in {', '.join(self.periods)}; an episode counts where it began, with its whole length")
        for dimension, codes in self.codes.items():
            told.append(" or ".join(_called(code, [s.codes(dimension) for s in schemes]) for code in codes))
        headings = {rollup.id: dict(rollup.headings) for scheme in reversed(schemes) for rollup in scheme.rollups}
        for rollup, labels in headings.items():
            told += [" or ".join(labels[h] for h in self.headings[rollup])] if rollup in self.headings else []
        return (*told, *(["verified by the head"] if self.verified else []))


def _called(code: str, every: Iterable[Iterable[Code]]) -> str:
    return next((each.label for codes in every for each in codes if each.id == code), code)


def of_version(choice: Choice | None, version: Version) -> Choice | None:
    """The choice with what a version asks of single episodes."""
    return replace(choice or Choice(), verified=True) if version is Version.VERIFIED else choice


def as_written(choice: Choice, books: Sequence[Frames]) -> Choice:
    """The choice with every name as it is written where it stands, in one codebook and its days at least.

    BadInput for a study, head, observer, dimension, code, heading or period that there is none of in any.
    """
    schemes = [frames.scheme for frames in books]
    known = _gathered((d.id, [c.id for c in d.codes]) for scheme in schemes for d in scheme.dimensions)
    headed = _gathered((r.id, [h for h, _ in r.headings]) for scheme in schemes for r in scheme.rollups)
    codes: dict[str, tuple[str, ...]] = {}
    for name, these in choice.codes.items():
        dimension = _known(name, known, "dimension")
        codes[dimension] = _each_known(these, known[dimension], f"code of {dimension}")
    headings: dict[str, tuple[str, ...]] = {}
    for name, these in choice.headings.items():
        rollup = _known(name, headed, "roll-up")
        headings[rollup] = _each_known(these, headed[rollup], f"heading of {rollup}")
    about: dict[str, Any] = {}
    for many, name in ABOUT.items():
        if wanted := getattr(choice, many):
            there = sorted({str(line[name]) for frames in books for line in values(frames.observations.select(name))})
            about[many] = _each_known(wanted, there, name)
    if choice.periods:
        begun: dict[str, int] = {}
        for frames in books:
            for line in values(frames.periods.group_by("label").agg(at=nw.col("lo").min())):
                begun[line["label"]] = min(line["at"], begun.get(line["label"], line["at"]))
        there = sorted(begun, key=lambda label: (begun[label], label))
        about["periods"] = _each_known(choice.periods, there, "period of the school day")
    return replace(choice, codes=codes, headings=headings, **about)


def _gathered(found: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, Sequence[str]]:
    """The ids under each name, those of all that are called so, in order."""
    made: dict[str, list[str]] = {}
    for name, ids in found:
        these = made.setdefault(name, [])
        these += [each for each in ids if each not in these]
    return made


def _known(name: str, names: Iterable[str], what: str) -> str:
    there = list(names)
    if (found := named(name, there)) is None:
        raise BadInput(f"there is no {what} {shown(name)}", f"There is: {', '.join(there) or 'none'}.")
    return found


def _each_known(wanted: Iterable[str], names: Iterable[str], what: str) -> tuple[str, ...]:
    there = list(names)
    return tuple(_known(each, there, what) for each in wanted)
