"""A TOML file from outside, read within bounds, and what is wrong with it told in our own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path as File
from types import UnionType
from typing import Any, NoReturn, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from shadowlog.codebooks.positions import Path, positions
from shadowlog.codebooks.problems import Problem, refusal
from shadowlog.domain.codebook_rules import nearest
from shadowlog.domain.text import clean, shown
from shadowlog.errors import BadInput, NotFound

MAX_BYTES = 1_000_000
_MAX_LINE = 4_900
_MAX_LINES = 20_000
# Each dot of a key makes a table: without a bound, one file of 200 kB makes the reader use gigabytes.
_MAX_DOTS = 20
# A line that is one name and one text in quotes; three quotes in it might end a text that began on a line above.
_TEXT_LINE = re.compile(r"""\s*[A-Za-z0-9_-]+ *= *"(?:[^"\\]|\\.)*+"\s*""")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_KINDS = {str: "text in quotes", int: "a whole number", float: "a number", bool: "true or false", list: "a list"}


class Document:
    """The values of a TOML file, and where they stand in it. `name` is what messages call the file."""

    def __init__(self, source: File | str | bytes, name: str = "") -> None:
        """Read a file, its text or its bytes; BadInput for what is no TOML, NotFound for a file that is not there."""
        self.name = clean(name or (str(source) if isinstance(source, File) else "text"))
        self._text = self._decoded(source)
        self._bounded()
        try:
            self.values: dict[str, Any] = tomllib.loads(self._text)
        except RecursionError:
            self._fail(0, 0, "lists or tables are nested too deeply", "a handful of levels is enough")
        except ValueError as error:
            self._fail(*self._syntax(str(error)))

    def place(self, path: Path) -> tuple[int, int]:
        """The line and column of a value, or of the nearest table around it where it is missing."""
        while path and path not in self._positions:
            path = path[:-1]
        return self._positions.get(path, (1, 1))

    def problem(self, path: Path, what: str, right: str) -> Problem:
        """A problem at the place of a value."""
        return Problem(*self.place(path), what, right)

    def problems(self, model: type[BaseModel]) -> dict[Path, Problem]:
        """What keeps the values from fitting the model, by path: unknown, missing and mistyped fields."""
        try:
            model.model_validate(self.values)
        except ValidationError as error:
            found = {}
            for each in error.errors(include_url=False, include_context=True):
                path = tuple(p for p in each["loc"] if p != "[key]")
                found[path] = self.problem(path, *_own_words(model, path, dict(each)))
            return found
        return {}

    @cached_property
    def _positions(self) -> dict[Path, tuple[int, int]]:
        return positions(self._text)

    def _decoded(self, source: File | str | bytes) -> str:
        if isinstance(source, str):
            data = source.encode(errors="surrogatepass")
        elif isinstance(source, bytes):
            data = source
        else:
            try:
                with source.open("rb") as file:
                    data = file.read(MAX_BYTES + 1)
            except FileNotFoundError:
                raise NotFound(f"there is no file {self.name}", "Check the path.") from None
            except OSError as error:
                raise BadInput(f"cannot be read ({error.strerror})", "Name a readable file.", self.name) from None
        if len(data) > MAX_BYTES:
            self._fail(0, 0, "the file is larger than 1 MB", "name a codebook or a mapping; they are a few kB")
        try:
            # Some editors put a byte order mark before the text, which TOML does not know.
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            start = data.rfind(b"\n", 0, error.start) + 1
            line = data.count(b"\n", 0, error.start) + 1
            self._fail(line, error.start - start + 1, "this is not UTF-8", "save the file as UTF-8")

    def _bounded(self) -> None:
        lines = self._text.split("\n")
        if len(lines) > _MAX_LINES:
            self._fail(0, 0, f"the file has {len(lines)} lines", f"use {_MAX_LINES} at most")
        for number, line in enumerate(lines, 1):
            if len(line) > _MAX_LINE:
                self._fail(number, 1, f"the line has {len(line)} characters", f"use {_MAX_LINE} at most")
            if _dotted(line):
                self._fail(number, 1, "the line has too many dots in one stretch", f"use {_MAX_DOTS} at most")

    def _syntax(self, message: str) -> tuple[int, int, str, str]:
        at = _AT.search(message)
        what = clean(_AT.sub("", message).replace("(at end of document)", "").strip())
        what = what[:1].lower() + what[1:]
        if "integer string conversion" in message:
            return 0, 0, "a number has thousands of digits", "write a sensible one"
        last = self._text.split("\n")
        line, column = (int(at[1]), int(at[2])) if at else (len(last), len(last[-1]) + 1)
        return line, column, f"no valid TOML: {what}", 'a line is a [table], a name = "value" or a # comment'

    def _fail(self, line: int, column: int, what: str, right: str) -> NoReturn:
        raise refusal(self.name, [Problem(line, column, what, right)])


def _dotted(line: str) -> bool:
    """Whether a name in the line may have too many dots; those of a sentence in quotes make no table."""
    if line.count(".") <= _MAX_DOTS or (_TEXT_LINE.fullmatch(line) and "'''" not in line):
        return False
    return any(part.count(".") > _MAX_DOTS for part in line.split("="))


def _own_words(model: type[BaseModel], path: Path, error: dict[str, Any]) -> tuple[str, str]:
    name = path[-1] if path else ""
    match error["type"]:
        case "missing":
            return f"the field '{name}' is missing", f"add {name} = ..."
        case "extra_forbidden":
            return f"unknown field {shown(str(name))}", nearest(str(name), sorted(_fields(model, path[:-1])))
        case "too_long":
            return f"'{name}' has too many entries", f"use {error['ctx']['max_length']} at most"
        case "too_short":
            return f"'{name}' is empty", "give one entry at least"
        case "string_type":
            right = "write text in quotes"
        case "int_type":
            right = "write a whole number"
        case "greater_than_equal":
            right = f"write {error['ctx']['ge']} or more"
        case "less_than_equal":
            right = f"write {error['ctx']['le']} or less"
        case "bool_type":
            right = "write true or false"
        case "list_type" | "tuple_type":
            right = "write a list in square brackets, or tables with [[ ]]"
        case "dict_type" | "model_type" | "model_attributes_type":
            right = "write a table"
        case _:
            right = str(error["msg"])[:1].lower() + str(error["msg"])[1:]
    value = error["input"]
    kind = next((words for known, words in _KINDS.items() if type(value) is known), "a table or a date")
    return f"'{name}' is {shown(str(value)) if type(value) in {int, float} else kind}", right


def _fields(model: type[BaseModel], path: Sequence[str | int]) -> Iterator[str]:
    """The names of the fields that the table at this path may have."""
    found: Any = model
    for part in path:
        found = _plain(found)
        if isinstance(found, type) and issubclass(found, BaseModel):
            field = found.model_fields.get(str(part))
            found = field.annotation if field else None
        else:
            found = get_args(found)[-1] if get_args(found) else None
    found = _plain(found)
    if isinstance(found, type) and issubclass(found, BaseModel):
        yield from found.model_fields


def _plain(annotation: Any) -> Any:
    if get_origin(annotation) in {Union, UnionType}:
        return next(a for a in get_args(annotation) if a is not type(None))
    return annotation
