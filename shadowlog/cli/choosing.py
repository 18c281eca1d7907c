"""Which days a command looks at: those named, or those of a study, a head, an observer or some dates; and in which version."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from shadowlog.cli.look import WHO, WHO_HELP, record_of
from shadowlog.cli.options import OBSERVATION, as_version, day_given, opened
from shadowlog.domain.text import named, shown
from shadowlog.errors import BadInput

if TYPE_CHECKING:
    from shadowlog.analysis.choice import Choice
    from shadowlog.domain.codebook import Codebook
    from shadowlog.domain.terms import Record
    from shadowlog.domain.versions import Version
    from shadowlog.store.engine import Store


Decorated = Callable[..., Any]

_WHICH = (
    click.argument("observations", type=OBSERVATION, nargs=-1),
    click.option("--study", help="All observations of this study; the beginning of its name will do."),
    click.option("--head", "heads", multiple=True, help="Those of this head; may be said several times."),
    click.option("--observer", "observers", multiple=True, help="Those of this observer."),
    click.option("--from", "since", help="Those from this day on, as 2026-11-24."),
    click.option("--to", "until", help="Those until this day."),
    click.option("--period", "periods", multiple=True, help="Only a period of the school day, by its name."),
    click.option(
        "--only",
        multiple=True,
        metavar="NAME=CODE[,CODE]",
        help="Only episodes with one of these codes of a dimension, or headings of a roll-up, as role=teacher,pupil.",
    ),
    as_version,
    click.option("--who", "who_rule", type=WHO, default="split", show_default=True, help=WHO_HELP),
    click.option("--concurrent", is_flag=True, help="Count concurrent episodes' time too; every table says so."),
)


def days_chosen(command: Decorated) -> Decorated:
    """Add the argument and the options that say what is broken down."""
    for each in reversed(_WHICH):
        command = each(command)
    return command


def version_of(which: Mapping[str, Any]) -> Version:
    """The version that --as names, or amended where it was not said."""
    from shadowlog.domain.versions import Version

    return Version(which["version"] or "amended")


def records(which: Mapping[str, Any]) -> list[Record]:
    """The days that are named, or those of the study, head and observer that are named, in the version asked for."""
    from shadowlog.store import library

    said = [which["study"], *which["heads"], *which["observers"], which["since"], which["until"]]
    if which["observations"] and which["study"] is not None:
        raise BadInput("observations are named and a study too", "Name either.", "--study")
    if not which["observations"] and not any(said):
        raise BadInput(
            "say what to break down",
            "Name an observation, or say --study, --head or --observer; `shadowlog list` has them.",
        )
    with opened(writing=False) as store, progress() as told:
        ids = list(which["observations"]) or _matching(store, library, which)
        found = []
        for id_ in ids:
            told(id_)
            found.append(record_of(store, id_, version_of(which)))
    return found


def _matching(store: Store, library: Any, which: Mapping[str, Any]) -> list[str]:
    study = None if which["study"] is None else library.find_study(store, which["study"]).id
    begun = [each for each in library.observations(store, study) if each.started is not None]
    for name, many in (("head", "heads"), ("observer", "observers")):
        known = sorted({getattr(each, name) for each in begun})
        wanted = set()
        for code in which[many]:
            if (found := named(code, known)) is None:
                raise BadInput(f"there is no {name} {shown(code)}", f"There is: {', '.join(known) or 'none'}.")
            wanted.add(found)
        begun = [each for each in begun if not wanted or getattr(each, name) in wanted]
    since, until = (_date(which[name], option) for name, option in (("since", "--from"), ("until", "--to")))
    begun = [each for each in begun if (not since or each.date >= since) and (not until or each.date <= until)]
    if not begun:
        raise BadInput("no observation that has begun is chosen so", "`shadowlog list` shows those there are.")
    return [each.id for each in begun]


def _date(text: str | None, option: str) -> str:
    return "" if text is None else day_given(text, option).isoformat()


def choice_of(which: Mapping[str, Any], schemes: Iterable[Codebook]) -> Choice:
    """What the options choose; codes and headings are told apart by the codebooks."""
    from shadowlog.analysis.choice import Choice

    known = list(schemes)
    rollups = {r.id for scheme in known for r in scheme.rollups}
    names = [*rollups, *(d.id for scheme in known for d in scheme.dimensions)]
    codes: dict[str, tuple[str, ...]] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for each in which["only"]:
        match = re.fullmatch(r"([^=,]+)=(.+)", each)
        if match is None:
            raise BadInput(f"{shown(each)} chooses nothing", "As role=teacher,pupil.", "--only")
        chosen = tuple(part.strip() for part in match[2].split(",") if part.strip())
        if not chosen:
            raise BadInput(f"{shown(each)} chooses nothing", "As role=teacher,pupil.", "--only")
        name = named(match[1], names) or match[1]
        if name in {**codes, **headings}:
            raise BadInput(f"{shown(name)} is chosen twice", f"As {name}={','.join(chosen)},...", "--only")
        (headings if name in rollups else codes)[name] = chosen
    return Choice(
        heads=which["heads"],
        observers=which["observers"],
        since=_date(which["since"], "--from"),
        until=_date(which["until"], "--to"),
        periods=which["periods"],
        codes=codes,
        headings=headings,
    )


class _Progress:
    """Says on a terminal what is at work, on one line of stderr that is gone at the end."""

    def __init__(self) -> None:
        self._seen = sys.stderr.isatty()

    def __enter__(self) -> Callable[[str], None]:
        return self._told

    def __exit__(self, *_: object) -> None:
        if self._seen:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _told(self, what: str) -> None:
        if self._seen:
            click.echo(f"\r\x1b[K{what} ...", nl=False, err=True)


progress = _Progress
