from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shadowlog.codebooks.presets import preset
from shadowlog.codebooks.reader import read
from shadowlog.errors import BadInput, NotFound

SOUND = """\
id = "mine"
name = "Mine"
take = { place = "default" }

[[dimensions]]
id = "role"
label = "Who"
[[dimensions.codes]]
id = "teacher"
label = "Teachers"
key = "3"
person = "T"
[[dimensions.codes]]
id = "alone"
label = "Alone"
key = "i"
flags = ["alone"]

[[dimensions]]
id = "activity"
label = "What"
[[dimensions.codes]]
id = "desk"
label = "Desk work"
key = "d"
rollups.two = "inside"
[[dimensions.codes]]
id = "trip"
label = "Trip"
key = "va"
[[rollups]]
id = "two"
label = "Inside or not"
dimension = "activity"
headings = { inside = "Inside", outside = "Outside" }
"""

RIGHT = "use a lower-case letter, a digit or a sign that no act has"


def message(text: str | bytes | Path, name: str = "mine.toml") -> str:
    """What the reader says of a file that is wrong."""
    with pytest.raises(BadInput) as caught:
        read(text, name)
    return str(caught.value)


def test_a_sound_file() -> None:
    """A file gives its dimensions and those it takes, in the order of recording."""
    book = read(SOUND, "mine.toml")
    assert [d.id for d in book.dimensions] == ["role", "activity", "place"]
    assert book.dimension("place") == preset("default").dimension("place")
    assert book.code("activity", "desk").rollups == {"two": "inside"}
    assert (book.version, book.rollups[0].headings) == (1, (("inside", "Inside"), ("outside", "Outside")))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('label = "Who"', 'lable = "Who"', "mine.toml:5:1: the field 'label' is missing; add label = ..."),
        ('label = "Who"', 'lable = "Who"', "mine.toml:7:1: unknown field 'lable'; did you mean 'label'?"),
        ('label = "Who"', 'label = 7\nx = ""', "mine.toml:7:1: 'label' is '7'; write text in quotes"),
        ('id = "mine"', "", "mine.toml:1:1: the field 'id' is missing; add id = ..."),
        ('name = "Mine"', 'name = "Mine"\nversion = 0', "mine.toml:3:1: 'version' is '0'; write 1 or more"),
        ('id = "trip"', 'id = "desk"', "mine.toml:28:1: the id 'desk' is given to two codes; give each its own id"),
        ('id = "activity"', 'id = "role"', "the id 'role' is given to two dimensions"),
        ('id = "desk"', 'id = "Desk work"', "mine.toml:23:1: 'Desk work' cannot be an id; use lower-case letters"),
        ('key = "d"', 'key = "3"', "mine.toml:25:1: the key '3' of activity 'desk' is already that of role 'teacher'"),
        ('key = "d"', 'key = "D"', "mine.toml:25:1: the key 'D' has a capital, and capitals are acts; use"),
        ('key = "d"', 'key = "dD"', "the key 'dD' has a capital"),
        ('key = "d"', 'key = "*"', "mine.toml:25:1: the key '*' is the key of an act"),
        ('key = "d"', 'key = " "', "mine.toml:25:1: the key ' ' is the key of an act"),
        ('key = "d"', 'key = "\\u00a0"', "cannot be typed as one key"),
        ('key = "d"', 'key = "desk"', "mine.toml:25:1: the key 'desk' has 4 characters; use one or two"),
        ('key = "d"', 'key = "v"', "mine.toml:30:1: the key 'va' of activity 'trip' begins with 'v', the whole key of"),
        ('key = "3"', 'key = "v1"\n[[dimensions.codes]]\nid = "x"\nlabel = "X"\nkey = "v"', "also begins the two-char"),
        ('["alone"]', '["alon"]', "mine.toml:17:1: unknown flag 'alon'; did you mean 'alone'?"),
        ('["alone"]', '["office"]', "mine.toml:17:1: the flag 'office' means nothing in 'role'; its flags: alone"),
        ('["alone"]', '"alone"', "mine.toml:17:1: 'flags' is text in quotes; write a list in square brackets"),
        ('= "inside"', '= "insid"', "mine.toml:26:1: the roll-up 'two' has no heading 'insid'; did you mean 'inside'?"),
        ("rollups.two", "rollups.tow", "mine.toml:26:1: there is no roll-up 'tow' of 'activity'; did you mean 'two'?"),
        ('dimension = "act', 'dimension = "fact', "mine.toml:34:1: there is no dimension 'factivity' to roll up; did you"),
        ('"Desk work"', '"Desk\\u001b[31m"', "mine.toml:24:1: the label holds control characters; write plain text"),
        ('"Desk work"', '"Desk\\nwork"', "mine.toml:24:1: the label holds control characters; write plain text"),
        ('"Desk work"', '"[b]Desk[/b]"', "mine.toml:24:1: the label holds markup; write plain text; use round brackets"),
        ('"Desk work"', '"<b>Desk"', "mine.toml:24:1: the label holds markup"),
        ('"Desk work"', '"  "', "mine.toml:24:1: the label is empty; write what people will read"),
        ('"Desk work"', f'"{"x" * 81}"', "mine.toml:24:1: the label has 81 characters; use 80 at most"),
        ('person = "T"', 'person = "t"', "mine.toml:12:1: person codes cannot begin with 't'; use one to three capitals"),
        ('flags = ["alone"]', 'flags = ["alone"]\nperson = "A"', "'alone' may not carry a person code"),
        ('"default"', '"defualt"', "mine.toml:3:10: there is no shipped codebook 'defualt'; did you mean 'default'?"),
        ("place =", "plaec =", "mine.toml:3:10: the codebook 'default' has no dimension 'plaec'; did you mean 'place'?"),
        ("place =", "role =", "mine.toml:3:10: the dimension 'role' is both given and taken; leave out one of the two"),
        ('name = "Mine"', 'name = "Mine"\nextends = "x"', "mine.toml:3:1: there is no shipped codebook 'x'; known: "),
        ('id = "activity"', 'id = "activty"', "mine.toml:1:1: there is no dimension 'activity'; add [[dimensions]] with"),
        ("[[rollups]]", "[[rollups]", "mine.toml:31:10: no valid TOML: expected ']]' at the end of an array declaration"),
        ('id = "two"', 'id = "two', "mine.toml:32:10: no valid TOML: "),
        ('headings = { inside = "Inside", outside = "Outside" }', "headings = [", "mine.toml:36:1: no valid TOML: "),
        ('id = "two"', 'id = "two"\nid = "three"', "mine.toml:33:13: no valid TOML: cannot overwrite a value"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_where_it_stands(old: str, new: str, said: str) -> None:
    """A mistake is named with file, line and column, what is wrong and what would be right."""
    assert old in SOUND
    assert said in message(SOUND.replace(old, new, 1))


def test_all_problems_at_once() -> None:
    """One reading names everything that is wrong, in the order of the lines, and only that."""
    text = SOUND.replace('key = "d"', 'key = "D"').replace('label = "Trip"', 'lbl = "Trip"').replace('"T"', "9")
    assert message(text).split("\n") == [
        "mine.toml: 4 problems",
        "mine.toml:12:1: 'person' is '9'; write text in quotes",
        "mine.toml:25:1: the key 'D' has a capital, and capitals are acts; " + RIGHT,
        "mine.toml:27:1: the field 'label' is missing; add label = ...",
        "mine.toml:29:1: unknown field 'lbl'; did you mean 'label'?",
    ]


def test_two_mistakes_in_one_value() -> None:
    """A second mistake in the same value is told too."""
    text = SOUND.replace('"Desk work"', '"<b>\\u0007"')
    assert message(text).startswith("mine.toml: 2 problems\nmine.toml:24:1: the label holds control characters")


def test_places_clash_among_places_only() -> None:
    """A place may have the key of an activity, as places follow P; two places may not share one."""
    place = '[[dimensions]]\nid = "place"\nlabel = "Place"\n'
    first = '[[dimensions.codes]]\nid = "a"\nlabel = "A"\nkey = "d"\n'
    text = SOUND.replace('take = { place = "default" }\n', "") + place + first
    assert read(text).code("place", "a").key == read(text).code("activity", "desk").key == "d"
    clash = message(text + first.replace('"a"', '"b"'))
    assert clash.startswith("mine.toml:45:1: the key 'd' of place 'b' is already that of place 'a'")


def test_own_keys_clash_with_taken_ones() -> None:
    """A clash with a dimension taken from a preset is told at the file's own line."""
    roles = SOUND[SOUND.index("[[dimensions]]") : SOUND.index('[[dimensions]]\nid = "activity"')]
    text = SOUND.replace(roles, "").replace("place =", "role =").replace('key = "d"', 'key = "i"')
    assert message(text).startswith("mine.toml:11:1: the key 'i' of activity 'desk' is already that of role 'alone'")


@pytest.mark.parametrize("key", [*"&é\"'(-è_çà", "ab", "²", "ß"])
def test_keys_of_other_keyboards(key: str) -> None:
    """Any sign that is typed with one press and is no act can be a key, as digits are shifted on some keyboards."""
    quoted = key.replace('"', '\\"')
    assert read(SOUND.replace('key = "d"', f'key = "{quoted}"')).code("activity", "desk").key == key


def test_extending_a_preset() -> None:
    """What a file gives takes the place of the preset's dimension; the rest, with its roll-ups, is the preset's."""
    text = """
id = "ours"
name = "Ours"
extends = "default"
[[dimensions]]
id = "activity"
label = "What"
[[dimensions.codes]]
id = "all"
label = "All"
key = "a"
rollups.sam = "management"
"""
    book, base = read(text), preset("default")
    assert [d.id for d in book.dimensions] == [d.id for d in base.dimensions]
    assert [c.id for c in book.codes("activity")] == ["all"]
    assert {r.id for r in book.rollups} == {"study_group", "sam"}
    assert book.dimension("role") == base.dimension("role")


def test_bounds() -> None:
    """A file that is too large, no UTF-8, too deep or made to exhaust the reader is refused in one sentence."""
    assert (
        message("#" * 1_000_001)
        == "mine.toml: the file is larger than 1 MB; name a codebook or a mapping; they are a few kB"
    )
    assert message(b'id = "a"\nname = "\xff"') == "mine.toml:2:9: this is not UTF-8; save the file as UTF-8"
    assert "nested too deeply" in message("a = " + "[\n" * 10_000)
    assert "too many dots" in message("a" + ".a" * 100 + " = 1")
    assert "too many dots" in message("x = \"'''" + ", a" + ".a" * 100 + ' = "')
    assert "too many dots" in message('k = { x = """\n""", a' + ".a" * 100 + ' = 1, y = "" }')
    assert read(SOUND.replace('name = "', 'name = "' + ". " * 25)).name.startswith(". . ")
    assert "the file has 30001 lines" in message("\n" * 30_000)
    assert "the line has 5000 characters" in message("#" * 5000)
    assert "too many entries" in message('id = "a"\nname = "b"\n' + '[[rollups]]\nid = "a"\n' * 51)
    assert "and " in message("\n".join(f"x{n} = 1" for n in range(200))).split("\n")[-1]


def test_byte_order_mark_and_line_ends() -> None:
    """Files saved by Windows editors read as they are, and their lines are counted right."""
    text = b"\xef\xbb\xbf" + SOUND.replace("\n", "\r\n").encode()
    assert read(text) == read(SOUND)
    assert message(text.replace(b'"d"', b'"D"')).startswith("mine.toml:25:1: ")


def test_files(tmp_path: Path) -> None:
    """A path is read as a file, which messages call by its path; what is not there is not found."""
    path = tmp_path / "mine.toml"
    path.write_text(SOUND, encoding="utf-8")
    assert read(path) == read(SOUND)
    with pytest.raises(NotFound, match="there is no file"):
        read(tmp_path / "yours.toml")
    assert "cannot be read" in message(tmp_path, "")


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_nonsense_is_refused(nonsense: str | bytes) -> None:
    """Whatever is handed in that is no codebook is refused as bad input, never in another way."""
    with pytest.raises(BadInput):
        read(nonsense)


@given(st.integers(0, len(SOUND) - 1), st.integers(1, 40), st.text("\"'[]{}=.\n#ad3", max_size=6))
def test_a_file_that_was_garbled(start: int, length: int, instead: str) -> None:
    """A sound file with a piece torn out or overwritten reads or is refused, with a place in the file."""
    text = SOUND[:start] + instead + SOUND[start + length :]
    try:
        found = read(text, "mine.toml").id
    except BadInput as refused:
        found = refused.where
    assert found.startswith("mine") or 'id = "mine"' not in text


def test_pydantic_is_here_and_not_in_the_domain() -> None:
    """The rules of codebooks and their plain form load without pydantic, so that help stays light."""
    code = "import sys, shadowlog.domain.codebook_rules, shadowlog.domain.codebook_json; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_order_of_codes() -> None:
    """A dimension with ordered = true says that its codes are steps; only true and false will do, and never for who."""
    activity = 'id = "activity"\nlabel = "What"\n'
    assert not read(SOUND).dimension("activity").ordered
    assert read(SOUND.replace(activity, activity + "ordered = true\n")).dimension("activity").ordered
    assert not read(SOUND.replace(activity, activity + "ordered = false\n")).dimension("activity").ordered
    assert "write true or false" in message(SOUND.replace(activity, activity + "ordered = 1\n"))
    role = 'id = "role"\nlabel = "Who"\n'
    assert "the codes of who is there have no order" in message(SOUND.replace(role, role + "ordered = true\n"))
