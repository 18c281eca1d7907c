"""``shadowlog codebook``: list, show, check, write out and take in coding schemes."""

from __future__ import annotations

from pathlib import Path

import click

from shadowlog.cli.options import HELP, PATH, database, opened, say
from shadowlog.domain.clock import SystemClock
from shadowlog.domain.codebook import Codebook
from shadowlog.errors import BadInput, NotFound, Refused, StoreError
from shadowlog.tui.ports import Shelf

AUTHOR = "command line"
"""Who takes a scheme into a study here, in the study's journal."""


@click.group(context_settings=HELP, epilog="Example:  shadowlog codebook show structured-observation")
def codebook() -> None:
    """List, show, check, export and add coding schemes. `c` on the home screen edits them.

    SCHEME is what `list` calls it: an id for its newest version, or id@version. Your own schemes are TOML files in the
    folder codebooks/ beside the database, or in $SHADOWLOG_CODEBOOKS.
    """


@codebook.command("list", context_settings=HELP, epilog="Example:  shadowlog codebook list")
def list_() -> None:
    """List the schemes: those that come with the program, your own, and those that studies have adopted."""
    from shadowlog.tui.scheme_lines import state_of

    shelf = _shelf()
    for each in shelf.schemes:
        book = each.codebook
        counts = ", ".join(f"{len(d.codes)} {d.id}" for d in book.dimensions[:2])
        say(f"{each.choice or f'({book.id}@{book.version})':32} {book.name}  ({counts}; {state_of(each)})")
    for trouble in shelf.troubles:
        say(f"Not read: {trouble}", err=True)


@codebook.command("show", context_settings=HELP, epilog="Example:  shadowlog codebook show default")
@click.argument("scheme")
def show(scheme: str) -> None:
    """Show a scheme: one that `list` names, or a TOML file."""
    say("\n".join(_lines(_find(scheme))))


@codebook.command("check", context_settings=HELP, epilog="Example:  shadowlog codebook check our-scheme.toml")
@click.argument("file", type=PATH)
def check(file: Path) -> None:
    """Check a TOML file: every problem with its line and its cure."""
    from shadowlog.codebooks.reader import read

    book = read(file)
    codes = sum(len(d.codes) for d in book.dimensions)
    say(f"{file}: sound. {book.name}, version {book.version}: {len(book.dimensions)} dimensions, {codes} codes.")


@codebook.command("export", context_settings=HELP, epilog="Example:  shadowlog codebook export default -o ours.toml")
@click.argument("scheme")
@click.option("-o", "--output", type=PATH, help="A file; else it is printed.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def export(scheme: str, output: Path | None, force: bool) -> None:
    """Write a scheme out whole as TOML, to change in an editor or to hand on."""
    from shadowlog.codebooks import own

    text = own.text_of(_find(scheme), mark="")
    if output is None:
        say(text.rstrip("\n"))
        return
    from shadowlog.exchange.files import save

    save({output: text.encode()}, overwrite=force)
    say(f"Written: {output}")


@codebook.command("add", context_settings=HELP, epilog="Example:  shadowlog codebook add ours.toml --study Autumn")
@click.argument("file", type=PATH)
@click.option("--study", help="Adopt it for this study too, in the study's journal.")
def add(file: Path, study: str | None) -> None:
    """Take a TOML file in among your own schemes, so that a new observation can choose it.

    The file itself stays as it is; a copy is kept beside the database. A version that is there already with other
    content is refused.
    """
    from shadowlog import paths
    from shadowlog.codebooks import own
    from shadowlog.codebooks.reader import read
    from shadowlog.tui import shelf as shelves

    book = read(file)
    shelf = _shelf()
    same = [each for each in shelf.schemes if (each.codebook.id, each.codebook.version) == (book.id, book.version)]
    if any(each.codebook != book for each in same):
        newest = max(each.codebook.version for each in shelf.schemes if each.codebook.id == book.id)
        raise Refused(
            f"There is a {book.id} version {book.version} already, with other content.",
            f"Write version = {newest + 1} in {file}, or give it another id.",
        )
    target = own.file_of(paths.codebooks(database()), book)
    there = any(each.file or each.shipped for each in same)
    if not there and target.exists():
        raise BadInput("the file is there already and holds something else", "Move it away first.", str(target))
    if study is not None:
        # The study may refuse; then nothing is kept either.
        _adopt(study, book)
        say(f"Adopted by {study}: {book.id}, version {book.version}.")
    if there:
        say(f"{book.id}, version {book.version}, is there already.")
        return
    shelves.put(target, file.read_text(encoding="utf-8-sig"))
    say(f"Kept: {target}")


def _adopt(name: str, book: Codebook) -> None:
    from shadowlog.store import library

    with opened(writing=True) as store:
        library.adopt_codebook(store, library.find_study(store, name).id, book, author=AUTHOR, clock=SystemClock())


def _shelf() -> Shelf:
    from shadowlog import paths
    from shadowlog.tui import shelf

    path = database()
    if path.exists():
        from shadowlog.tui.desk import shelf_of

        try:
            with opened(writing=False) as store:
                return shelf_of(store)
        except StoreError as error:
            say(f"The database is not looked at: {error}", err=True)
    return shelf.look((), paths.codebooks(path))


def _find(scheme: str) -> Codebook:
    from shadowlog.codebooks.reader import read
    from shadowlog.tui.shelf import choose

    try:
        return choose(_shelf(), scheme)
    except NotFound:
        if not Path(scheme).exists():
            raise
    return read(Path(scheme))


def _lines(book: Codebook) -> list[str]:
    lines = [f"{book.name}  ({book.id}, version {book.version})"]
    if book.source:
        lines.append(f"Source: {book.source}")
    for dimension in book.dimensions:
        lines += ["", f"{dimension.label}  [{dimension.id}]{', in order' if dimension.ordered else ''}"]
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
