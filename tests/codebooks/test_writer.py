from __future__ import annotations

from hypothesis import given

from shadowlog.codebooks.presets import preset, presets
from shadowlog.codebooks.reader import read
from shadowlog.codebooks.writer import write
from shadowlog.domain.codebook import Codebook
from tests.codebook_strategies import codebooks


@given(codebooks())
def test_what_is_written_reads_again(codebook: Codebook) -> None:
    """A codebook written as TOML and read again is the same codebook, whatever its texts, keys and order."""
    assert read(write(codebook)) == codebook


def test_every_preset_survives_a_round_trip() -> None:
    """A preset written out whole needs no other preset to be read again."""
    for each in presets():
        text = write(preset(each))
        assert "take" not in text.split("[[", 1)[0]
        assert read(text) == preset(each)
