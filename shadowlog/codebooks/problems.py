"""All that is wrong with one file, told at once: each problem with its place, what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from shadowlog.errors import BadInput


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file. `column` is a number in TOML, the name of a column in a table, "" for the whole line."""

    line: int
    column: int | str
    what: str
    right: str

    def where(self, name: str) -> str:
        """File, line and column as editors and people read them; line 0 is the file as a whole."""
        if not self.line:
            return name
        if isinstance(self.column, int):
            return f"{name}:{self.line}:{self.column}"
        return f"{name}:{self.line} {self.column}".rstrip()


def refusal(name: str, problems: Collection[Problem], limit: int = 100) -> BadInput:
    """One BadInput that names every problem, the first `limit` in full, in the order of their lines."""
    in_order = sorted(problems, key=lambda p: p.line)
    if len(in_order) == 1:
        return BadInput(f"{in_order[0].what}; {in_order[0].right}", where=in_order[0].where(name))
    told = [f"{p.where(name)}: {p.what}; {p.right}" for p in in_order[:limit]]
    if len(in_order) > limit:
        told.append(f"and {len(in_order) - limit} more")
    return BadInput("\n".join([f"{len(in_order)} problems", *told]), where=name)
