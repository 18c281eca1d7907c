from __future__ import annotations

import tomllib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from shadowlog.codebooks.positions import Path, positions
from shadowlog.codebooks.writer import write
from shadowlog.domain.codebook import Codebook
from tests.codebook_strategies import codebooks

AWKWARD = '''\
title = "a # b [c]" # [not.a.table]
a.b . "c.d" = { x = 1, y.z = [ { w = "}" }, [2, 3] ] }
long = """
[[dimensions]]
id = "inside a text \\""" and ""quotes"""""
other = \'\'\'
# no comment '' '\'\'\'
date = 1979-05-27 07:32:00

[[dimensions]]
  id = 'first'
  [[dimensions.codes]]
  id = "x"
  [[ dimensions . codes ]]
  flags = [
    "one", # ]
    "two",
  ]
[[dimensions]]
[dimensions.codes]
"quo\\u0074ed" = +inf
'''


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Every path of a parsed document."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from paths(inner, (*path, key))


def test_awkward_text() -> None:
    """Quoted keys, dotted keys, long texts, comments and nested tables are found where they stand."""
    found = positions(AWKWARD)
    assert set(paths(tomllib.loads(AWKWARD))) == set(found)
    assert found["title",] == (1, 1)
    assert found["a", "b", "c.d"] == (2, 1)
    assert found["a", "b", "c.d", "y", "z", 0, "w"] == (2, 34)
    assert found["long",] == (3, 1)
    assert found["date",] == (8, 1)
    assert found["dimensions", 0, "id"] == (11, 3)
    assert found["dimensions", 0, "codes", 0, "id"] == (13, 3)
    assert found["dimensions", 0, "codes", 1, "flags", 1] == (17, 5)
    assert found["dimensions", 1] == (19, 1)
    assert found["dimensions", 1, "codes", "quoted"] == (21, 1)


@given(codebooks())
def test_every_value_of_a_written_codebook_has_a_place(codebook: Codebook) -> None:
    """Whatever a codebook says, each of its values is found, on a line that names it."""
    text = write(codebook)
    found = positions(text)
    assert set(paths(tomllib.loads(text))) == set(found)
    for path, (line, column) in found.items():
        rest = text.split("\n")[line - 1][column - 1 :]
        assert rest.startswith(("[", "{", str(path[-1]), '"')) or f".{path[-1]} =" in rest or path[-1] == "rollups"


snippets = st.sampled_from(
    [
        'k{n} = "#"',
        "k{n} = '''\n[x]\n'''",
        "[t{n}]",
        "[[t{n}]]",
        "# k = 1",
        "",
        '[q{n}.\'a b\'."c\\""]',
        "k{n} = [[1], [\n], {{a.b = 1}}] # ]",
        'k{n}."a.b" = """\n"" \\""""""',
        "k{n} = 07:32:00",
        "k{n} = {{ }}",
    ]
)


@given(st.lists(snippets, max_size=12))
def test_any_mix_of_toml(parts: list[str]) -> None:
    """Every value that the standard reader finds has a place, and nothing else has one."""
    text = "\n".join(part.format(n=n) for n, part in enumerate(parts))
    assert set(positions(text)) == set(paths(tomllib.loads(text)))
