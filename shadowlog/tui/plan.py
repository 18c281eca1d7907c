"""The form for a new observation. It can be left and come back to; it does not begin without consent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, TextArea

from shadowlog.domain.almanac import zone_named
from shadowlog.domain.study import CODE, LAYERS
from shadowlog.domain.terms import Period
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, ShadowlogError
from shadowlog.tui.ports import Consent, Desk, Plan
from shadowlog.tui.widgets.says import Says

LONGEST = 200
PERIOD = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})\s+(\S.*)")

FIELDS: tuple[tuple[str, str, str], ...] = (
    ("study", "study", "its name; a new one is founded"),
    ("retention", "keep until", "as 2031-08-31: when a new study's records are erased"),
    ("head", "head", "a code, as H03; never a name"),
    ("observer", "observer", "a code, as O1"),
    ("codebook", "codebook", "↑ ↓ goes through the codebooks; c on the home screen shows and changes them"),
    ("date", "visit on", "as 2026-11-24"),
    ("consent_date", "consent on", "as 2026-11-20"),
    ("consent_wording", "wording", "version of the consent wording, as 2"),
    ("consent_given", "how given", "signed form, email, recorded, …"),
    ("consent_layers", "agreed to", ", ".join(LAYERS)),
    ("zone", "time zone", "as Europe/London"),
)


SCHOOL_DAY = "school day: a period a line, as 08:50-09:10 registration"


def periods_of(text: str) -> tuple[Period, ...]:
    """Read the school day, a period a line as `08:50-09:10 registration`; BadInput names the line."""
    found: list[Period] = []
    for number, line in enumerate(clean(text, lines=True).splitlines(), 1):
        if not line.strip():
            continue
        where = f"school day, line {number}"
        match = PERIOD.fullmatch(line.strip())
        if match is None:
            raise BadInput(f"{shown(line.strip())} is no period", "As 08:50-09:10 registration.", where)
        hours, minutes = (int(match[1]), int(match[3])), (int(match[2]), int(match[4]))
        start, end = hours[0] * 60 + minutes[0], hours[1] * 60 + minutes[1]
        if max(minutes) > 59 or end > 24 * 60 or start >= end:
            raise BadInput(f"{shown(line.strip())} does not end after its start", "Times are 00:00 to 24:00.", where)
        if found and start < found[-1].end:
            raise BadInput(f"{shown(line.strip())} begins before the period above it ends", "Put them in order.", where)
        found.append(Period(match[5][:60], start, end))
    return tuple(found)


def plan_of(values: dict[str, str]) -> Plan:
    """Read the form; BadInput names the first field that is missing or wrong."""
    said = {name: clean(values.get(name, "")).strip()[:LONGEST] for name, _, _ in FIELDS}
    for name, label, _ in FIELDS:
        if not said[name]:
            cure = "An observation does not begin without consent." if name.startswith("consent") else "Fill it in."
            raise BadInput("this is empty.", cure, label)
    for name, label in (("retention", "keep until"), ("date", "visit on"), ("consent_date", "consent on")):
        try:
            date.fromisoformat(said[name])
        except ValueError:
            raise BadInput(f"{shown(said[name])} is no date", "As 2026-11-20.", label) from None
    for name, example in (("head", "H03"), ("observer", "O1")):
        if not CODE.fullmatch(said[name]):
            raise BadInput("this is no code of letters and digits", f"As {example}; names never enter.", name)
    if zone_named(said["zone"]) is None:
        raise BadInput(f"{shown(said['zone'])} is no time zone", "As Europe/London.", "time zone")
    layers = tuple(part for part in re.split(r"[\s,;]+", said["consent_layers"].lower()) if part)
    for layer in layers:
        if layer not in LAYERS:
            raise BadInput(f"{shown(layer)} is nothing to agree to", f"Any of {', '.join(LAYERS)}.", "agreed to")
    if "observed" not in layers:
        raise BadInput("being observed is not agreed to", "An observation does not begin without it.", "agreed to")
    return Plan(
        study=said["study"],
        retention=said["retention"],
        date=said["date"],
        head=said["head"],
        observer=said["observer"],
        codebook=said["codebook"],
        consent=Consent(said["consent_date"], said["consent_wording"], said["consent_given"], layers),
        periods=periods_of(values.get("periods", "")),
        zone=said["zone"],
    )


def defaults(today: date, zone: str) -> dict[str, str]:
    """What stands in the form at first."""
    return {
        "retention": today.replace(year=today.year + 5, day=min(today.day, 28)).isoformat(),
        "date": today.isoformat(),
        "consent_layers": "observed, feedback",
        "zone": zone,
    }


class PlanScreen(Screen[str | None]):
    """Asks for a new observation; gives its id. `values` keeps what stands in the fields when the form is left."""

    AUTO_FOCUS: ClassVar[str | None] = "#study"

    def __init__(self, desk: Desk, values: dict[str, str], today: date) -> None:
        super().__init__()
        self.desk = desk
        self._today = today
        self.values = values
        self._codebooks: Sequence[tuple[str, str]] = ()
        self._wrong = ""
        """The field of which it is said what is wrong; so it stays while the cursor is there."""

    def compose(self) -> ComposeResult:
        """A field a line."""
        first = defaults(self._today, self.desk.zone)
        yield Says(id="title")
        with VerticalScroll(id="form", can_focus=False):
            for name, label, hint in FIELDS:
                with Horizontal(classes="field"):
                    label_line = Says(classes="label")
                    label_line.words = label
                    yield label_line
                    value = self.values.get(name, first.get(name, ""))
                    yield Input(
                        value,
                        placeholder="" if name == "codebook" else hint,
                        id=name,
                        max_length=LONGEST,
                        compact=True,
                        select_on_focus=False,
                    )
            with Horizontal(classes="field tall"):
                label_line = Says(classes="label")
                label_line.words = "school day"
                yield label_line
                area = TextArea(self.values.get("periods", ""), id="periods", compact=True, tab_behavior="focus")
                yield area
        yield Says(id="says")
        yield Says(id="keys")

    def on_mount(self) -> None:
        """Say what this is; fetch the codebooks."""
        self.query_one("#title", Says).say("new observation", "strong")
        self.query_one("#keys", Says).say("tab next field · ctrl+s plan it · Esc leaves, what is typed stays", "quiet")
        self.run_worker(self._fetch())

    def say(self, words: str, tone: str = "quiet") -> None:
        """Say something quietly."""
        self.query_one("#says", Says).say(words, tone)

    async def _fetch(self) -> None:
        try:
            self._codebooks = await asyncio.wrap_future(self.desk.codebooks())
        except ShadowlogError as error:
            self.say(str(error), "alert")
            return
        field = self.query_one("#codebook", Input)
        field.placeholder = ", ".join(id_ for id_, _ in self._codebooks)
        if not field.value and self._codebooks:
            field.value = self._codebooks[0][0]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the field holds, unless something is wrong with it."""
        if event.widget.id != self._wrong:
            self._wrong = ""
            self._hint(event.widget.id or "")

    def _hint(self, field: str) -> None:
        label, hint = next(((label, hint) for name, label, hint in FIELDS if name == field), ("", SCHOOL_DAY))
        if field == "codebook":
            named = dict(self._codebooks).get(self.query_one("#codebook", Input).value.strip(), label)
            self.say(f"{named}  {hint}")
        else:
            self.say(f"{label}: {hint}" if label else hint)

    def _another_codebook(self, by: int) -> None:
        field = self.query_one("#codebook", Input)
        ids = [id_ for id_, _ in self._codebooks]
        at = ids.index(field.value) + by if field.value in ids else 0
        field.value = ids[at % len(ids)]
        self._hint("codebook")

    def on_key(self, event: events.Key) -> None:
        """Plan it, leave, or go through the codebooks."""
        if event.key in {"up", "down"} and self._codebooks and self.query_one("#codebook").has_focus:
            event.stop()
            self._another_codebook(1 if event.key == "down" else -1)
        elif event.key == "ctrl+s":
            event.stop()
            self.run_worker(self._plan(), exclusive=True)
        elif event.key == "escape":
            event.stop()
            self._remember()
            self.dismiss(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.focus_next()

    def _remember(self) -> None:
        for name, _, _ in FIELDS:
            self.values[name] = self.query_one(f"#{name}", Input).value
        self.values["periods"] = self.query_one("#periods", TextArea).text

    async def _plan(self) -> None:
        self._remember()
        try:
            observation = await asyncio.wrap_future(self.desk.plan(plan_of(self.values)))
        except ShadowlogError as error:
            self.say(str(error), "alert")
            self._go_to(getattr(error, "where", ""))
            return
        self.dismiss(observation)

    def _go_to(self, where: str) -> None:
        """Put the cursor where something is missing or wrong."""
        names = {label: name for name, label, _ in FIELDS}
        self._wrong = name = names.get(where, "periods" if where.startswith("school day") else "")
        if name:
            self.query_one(f"#{name}").focus()
