"""What heads agreed to: listed, recorded anew, taken back."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import click

from shadowlog.cli.options import HELP, day_given, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.study import IMPORTED, LAYERS
from shadowlog.domain.text import clean, named, shown
from shadowlog.errors import BadInput

if TYPE_CHECKING:
    from shadowlog.domain.study import Study
    from shadowlog.domain.study_commands import RecordConsent


@click.command(
    "consent",
    context_settings=HELP,
    epilog="Example:  shadowlog consent H01 --study Pilot --agreed observed,feedback,workshop --wording 2 --how 'signed form'",
)
@click.argument("head", required=False)
@click.option("--study", required=True, help="The study, by the beginning of its name.")
@click.option("--agreed", help=f"What the head agrees to from now on, all of it: {', '.join(LAYERS)}.")
@click.option("--withdrawn", is_flag=True, help="The head agrees to nothing any more.")
@click.option("--date", help="The day on which it was said, as 2026-11-20; else today.")
@click.option("--wording", help="The version of the consent wording, as 2; else the one of before.")
@click.option("--how", help="How it was given: a signed form, an email, recorded.")
def consent(
    head: str | None,
    study: str,
    agreed: str | None,
    withdrawn: bool,
    date: str | None,
    wording: str | None,
    how: str | None,
) -> None:
    """Record what a head agrees to from now on, in the place of what was agreed before; without it, list what is in force.

    What a head no longer agrees to is used no longer: a day is left out of slides, a frozen set with it is not shown again.
    """
    from shadowlog.store import library

    if agreed is None and not withdrawn:
        if stray := [n for n, v in (("--date", date), ("--wording", wording), ("--how", how)) if v is not None]:
            raise BadInput("it says nothing of what is agreed to", "Say --agreed or --withdrawn.", stray[0])
        with opened(writing=False) as store:
            _list(library.find_study(store, study), head)
        return
    if agreed is not None and withdrawn:
        raise BadInput("the head agrees, and to nothing", "Say one of --agreed and --withdrawn.", "--withdrawn")
    if head is None:
        raise BadInput("say whose consent it is", "Name the head, as H01.")
    if not (how or "").strip():
        raise BadInput("say how it was given", "As --how 'signed form'.", "--how")
    layers = _layers(agreed) if agreed is not None else ()
    day = day_given(date, "--date") if date else datetime.now().astimezone().date()
    if day > datetime.now().astimezone().date():
        raise BadInput("that day has not come yet", "Give the day on which it was said.", "--date")
    with opened(writing=True) as store:
        found = library.find_study(store, study)
        code = _head(found, head)
        before = found.consents.get(code)
        if (words := wording or (before.wording if before else None)) is None:
            raise BadInput("say which wording was agreed to", "As --wording 2.", "--wording")
        library.record_consent(
            store,
            found.id,
            head=code,
            date=day.isoformat(),
            wording=clean(words),
            how=clean(how or ""),
            layers=layers,
            author="researcher",
            clock=SystemClock(),
        )
        _list(library.study_of(store, found.id), code)


def _layers(text: str) -> tuple[str, ...]:
    """The layers named, each once; BadInput for one that there is not, and for none."""
    wanted = [part for part in re.split(r"[\s,;]+", text.strip().lower()) if part]
    if strange := [part for part in wanted if part not in LAYERS]:
        raise BadInput(f"consent has no layer {shown(strange[0])}", f"It has: {', '.join(LAYERS)}.", "--agreed")
    if not wanted:
        raise BadInput("nothing is agreed to", "Say --withdrawn, if that is meant.", "--agreed")
    return tuple(dict.fromkeys(wanted))


def _head(study: Study, head: str) -> str:
    if (found := named(head, study.heads)) is None:
        raise BadInput(f"the study has no head {shown(head)}", f"It has: {', '.join(study.heads) or 'none'}.")
    return found


def _list(study: Study, head: str | None) -> None:
    for code in study.heads if head is None else [_head(study, head)]:
        say(f"{code}  {_told(study.consents.get(code))}")


def _told(consent: RecordConsent | None) -> str:
    if consent is None:
        return "no consent is on record"
    if consent.how == IMPORTED:
        return "imported from elsewhere: nobody was asked here"
    what = "; ".join(LAYERS[layer] for layer in consent.layers) or "nothing any more"
    return f"{consent.date}, wording {consent.wording}, {consent.how or 'how is not known'}: {what}"
