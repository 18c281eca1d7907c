"""``shadowlog codebook``: list, show and check coding schemes."""

from __future__ import annotations

from pathlib import Path

import click

from shadowlog.cli.options import HELP, PATH, say
from shadowlog.domain.codebook import Codebook


@click.group(context_settings=HELP, epilog="Example:  shadowlog codebook show structured-observation")
def codebook() -> None:
    """List, show and check coding schemes."""


@codebook.command("list", context_settings=HELP, epilog="Example:  shadowlog codebook list")
def list_() -> None:
    """List the schemes that come with the program."""
    from shadowlog.codebooks.presets import preset, presets

    for id_ in presets():
        book = preset(id_)
        counts = ", ".join(f"{len(d.codes)} {d.id}" for d in book.dimensions[:2])
        click.echo(f"{id_:32} {book.name}  ({counts})")


@codebook.command("show", context_settings=HELP, epilog="Example:  shadowlog codebook show default")
@click.argument("scheme")
def show(scheme: str) -> None:
    """Show a scheme: a preset by its id, or a TOML file."""
    say("\n".join(_lines(_find(scheme))))


@codebook.command("check", context_settings=HELP, epilog="Example:  shadowlog codebook check our-scheme.toml")
@click.argument("file", type=PATH)
def check(file: Path) -> None:
    """Check a TOML file: every problem with its line and its cure."""
    from shadowlog.codebooks.reader import read

    book = read(file)
    codes = sum(len(d.codes) for d in book.dimensions)
    say(f"{file}: sound. {book.name}, version {book.version}: {len(book.dimensions)} dimensions, {codes} codes.")


def _find(scheme: str) -> Codebook:
    from shadowlog.codebooks.presets import preset, presets
    from shadowlog.codebooks.reader import read

    if scheme in presets() or not Path(scheme).exists():
        return preset(scheme)
    return read(Path(scheme))


def _lines(book: Codebook) -> list[str]:
    lines = [f"{book.name}  ({book.id}, version {book.version})"]
    if book.source:
        lines.append(f"Source: {book.source}")
    for dimension in book.dimensions:
        lines += ["", f"{dimension.label}  [{dimension.id}]"]
        for code in dimension.codes:
            flags = f"  ({', '.join(sorted(code.flags))})" if code.flags else ""
            lines.append(f"  {code.key or ' ':3} {code.label}{flags}")
            if code.definition:
                lines.append(f"        {code.definition}")
    for rollup in book.rollups:
        lines += ["", f"Roll-up of {rollup.dimension}: {rollup.label}  [{rollup.id}]"]
        for id_, label in rollup.headings:
            under = [c.label for c in book.codes(rollup.dimension) if c.rollups.get(rollup.id) == id_]
            lines.append(f"  {label}: {', '.join(under)}")
    return lines
