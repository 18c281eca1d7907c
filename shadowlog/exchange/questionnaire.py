"""A school's own two-scale questionnaire from two CSV files: its items, and a line of ticks for each respondent.

Respondents are codes or nobody: a column of names, addresses or free text is refused, and no code of a respondent is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

from shadowlog.analysis.questionnaire import Answers, Item, Pair
from shadowlog.codebooks.problems import Problem, refusal
from shadowlog.domain.text import clean, shown
from shadowlog.exchange.table import Kind, Table, read_table

MAX_ITEMS = 300
MAX_RESPONDENTS = 5_000
ITEMS = Kind(
    each="item",
    most=MAX_ITEMS,
    fewer="a questionnaire has no more; is this the file of the items?",
    size="a list of items is a few kB; name the right file",
    separators=",;",
)
ANSWERS = Kind(
    each="respondent",
    most=MAX_RESPONDENTS,
    fewer="make a file of each school",
    size="the ticks of a school are a few hundred kB; name the right file",
    separators=",;",
)
CUT = 40
"""Characters of a column's name that a message quotes."""
RESPONDENT = "respondent"
SCALES = ("x", "y")
_CODE = re.compile(r"[A-Za-z]{0,4}[-_ ]?\d{1,8}", re.ASCII)
_NUMBER = re.compile(r"(-?\d{1,3})(?:[.,]0+)?", re.ASCII)
_PERSONAL = re.compile(r"name|mail|initials|birth|phone|address|signature|anschrift|courriel|pr[eé]nom")


def _upper(value: str) -> str:
    return value.strip().upper()


class ItemLine(BaseModel):
    """A line of the items file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str = Field(pattern=r"^[A-Za-z0-9]{1,8}$")
    section: Annotated[Literal["A", "B"], BeforeValidator(_upper)]
    text: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=300)]
    heading: str = Field(default="", pattern=r"^([^=,\s]{1,60}=[^=,\s]{1,60})?$")
    minimum: int = Field(ge=0, le=98)
    maximum: int = Field(ge=1, le=99)


RIGHT: Mapping[str, tuple[str, str]] = {
    "item": ("is no code of an item", "write letters and digits, 8 at most, as A1"),
    "section": ("is no section", "write A or B"),
    "text": ("is no wording", "write the item as it was asked, in 300 characters at most"),
    "heading": ("is no heading", "write NAME=CODE of a dimension or roll-up, as activity=teaching, or nothing"),
    "minimum": ("is no lower end of a scale", "write a whole number from 0 on, as 1"),
    "maximum": ("is no upper end of a scale", "write a whole number up to 99, as 5"),
}
NEEDED = ("item", "section", "text", "minimum", "maximum")


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, and where each item's heading stands, for whoever finds no such heading."""

    answers: Answers
    places: Mapping[str, str]


def read(answers: Path, items: Path) -> Read:
    """Give the answers of a questionnaire; BadInput names every problem with file, line, column and what would be right."""
    table = read_table(items, kind=ITEMS)
    asked, places = _items(table)
    return Read(Answers(asked, _given(read_table(answers, kind=ANSWERS), asked)), places)


def _items(table: Table) -> tuple[tuple[Item, ...], Mapping[str, str]]:
    problems = list(table.problems)
    needed, known = ", ".join(NEEDED), ", ".join(RIGHT)
    problems += [
        Problem(1, "", f"the column {column} is missing", f"needed are {needed}")
        for column in NEEDED
        if column not in table.header
    ]
    problems += [
        Problem(1, column[:CUT], "is no column of an items file", f"known are {known}")
        for column in table.header
        if column and column not in RIGHT
    ]
    if problems:
        raise refusal(table.name, problems)
    found: dict[str, Item] = {}
    places: dict[str, str] = {}
    for line, record in table.records:
        try:
            each = ItemLine.model_validate(record)
        except ValidationError as error:
            problems += (Problem(line, column, *RIGHT[column]) for column in _columns(error))
            continue
        if each.minimum >= each.maximum:
            problems.append(Problem(line, "maximum", "is not above the minimum", "write the upper end of the scale"))
        if each.item.casefold() in found:
            problems.append(Problem(line, "item", "is there twice", "give each item its own code"))
        division, _, heading = each.heading.partition("=")
        found[each.item.casefold()] = Item(
            each.item,
            each.section,
            each.text,
            each.minimum,
            each.maximum,
            division or None,
            heading or None,
        )
        places[each.item] = Problem(line, "heading", "", "").where(table.name)
    if not found and not problems:
        problems.append(Problem(0, "", "there is no item", "write a line for each"))
    if problems:
        raise refusal(table.name, problems)
    return tuple(found.values()), places


def _columns(error: ValidationError) -> list[str]:
    """The columns that a model found wrong, each once."""
    return list(dict.fromkeys(str(each["loc"][0]) for each in error.errors()))


def _given(table: Table, items: Sequence[Item]) -> tuple[tuple[Pair, ...], ...]:
    places = {(item.id, scale): _column(item, scale, table.header) for item in items for scale in SCALES}
    known = {RESPONDENT, *places.values()}
    problems = [*table.problems, *(_stranger(table, column) for column in table.header if column not in known)]
    for (item, scale), column in places.items():
        if column not in table.header:
            what = f"there is no column for {scale.upper()} of item {item}"
            problems.append(Problem(1, "", what, f"write one headed {shown(f'{item} {scale.upper()}')}"))
    if problems:
        raise refusal(table.name, problems)
    keys = {f"c{n}": (pair, column) for n, (pair, column) in enumerate(places.items())}
    line_of = _model(items, {pair: key for key, (pair, _) in keys.items()})
    scales = {item.id: f"{item.minimum} to {item.maximum}" for item in items}
    seen: set[str] = set()
    made: list[tuple[Pair, ...]] = []
    for line, record in table.records:
        problems += _respondent(line, record, seen)
        try:
            ticks = line_of.model_validate({key: record[column] for key, (_, column) in keys.items()}).model_dump()
        except ValidationError as error:
            for key in _columns(error):
                (item, _), column = keys[key]
                what = f"is no whole number from {scales[item]}"
                problems.append(Problem(line, column, what, "write one, or nothing where nothing was ticked"))
            continue
        held = {pair: ticks[key] for key, (pair, _) in keys.items()}
        made.append(tuple((held[item.id, "x"], held[item.id, "y"]) for item in items))
    if problems:
        raise refusal(table.name, problems)
    return tuple(made)


def _column(item: Item, scale: str, header: Sequence[str]) -> str:
    """The column of one scale of an item: its code and the scale, parted by a space or an underscore."""
    forms = [f"{item.id.casefold()}{sign}{scale}" for sign in (" ", "_")]
    return next((form for form in forms if form in header), forms[0])


def _stranger(table: Table, column: str) -> Problem:
    """Why a column that belongs to no item is refused; none of what stands in it is quoted."""
    values = [record.get(column, "") for _, record in table.records]
    column = column[:CUT]
    if _PERSONAL.search(column) or any("@" in value for value in values):
        what = "looks like names or addresses, which never enter"
        return Problem(1, column, what, f"delete the column; respondents are codes, as R01, in a column {RESPONDENT}")
    if any(value and not _NUMBER.fullmatch(value) for value in values):
        return Problem(1, column, "holds free text, which is not read and not kept", "delete the column")
    return Problem(
        1, column, "belongs to no item", f"list the item, call the column {RESPONDENT} if it numbers them, or delete it"
    )


def _respondent(line: int, record: Mapping[str, str], seen: set[str]) -> Iterator[Problem]:
    if RESPONDENT not in record:
        return
    code = record[RESPONDENT]
    if not _CODE.fullmatch(code):
        what = "is no code of a respondent, and names never enter"
        yield Problem(line, RESPONDENT, what, "write a number, or up to 4 letters and a number, as R01")
    elif code.casefold() in seen:
        yield Problem(line, RESPONDENT, "is there twice", "keep one line for each respondent")
    seen.add(code.casefold())


def _number(value: str) -> str | None:
    """What a spreadsheet writes for a whole number; nothing for an empty cell."""
    if not value.strip():
        return None
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        message = "no whole number"
        raise ValueError(message)
    return match[1]


def _model(items: Sequence[Item], keys: Mapping[tuple[str, str], str]) -> type[BaseModel]:
    """A line of the answers file as these items ask for it."""
    fields: dict[str, Any] = {}
    for item in items:
        ticked = Annotated[int, Field(ge=item.minimum, le=item.maximum)]
        for scale in SCALES:
            fields[keys[item.id, scale]] = (Annotated[ticked | None, BeforeValidator(_number)], ...)
    made: type[BaseModel] = create_model("AnswerLine", **fields)
    return made
