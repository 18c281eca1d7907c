"""What every page that is written has: an autoescaping template, words made safe, a policy that lets in nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from shadowlog.domain.text import clean

UNIT = re.compile(r"(?<=\d) (?=%|min\b|s\b|h \d)|(?<=\d h) (?=\d\d)")


def text_of(name: str) -> str:
    """Give the text of one of the templates' files."""
    return (files("shadowlog.report") / "templates" / name).read_text(encoding="utf-8")


def environment() -> Environment:
    """Give an environment whose templates escape what they are given, clean it and keep numbers beside their units."""
    return Environment(
        loader=FunctionLoader(text_of),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finished,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finished(value: Any) -> Any:
    return UNIT.sub("\u00a0", clean(value, lines=True)) if type(value) is str else value


def own(text: str) -> Markup:
    """Mark our own text, or JSON made safe for where it stands: the only things that are not escaped."""
    return Markup(text)  # noqa: S704 - never called with a user's words


def policy(*scripts: str) -> str:
    """Give the policy under which these scripts alone run, none if there is none, and nothing is fetched or sent."""
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
    hashes = " ".join(digests) or "'none'"
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def script_json(value: Any) -> str:
    """Give JSON that may stand between script tags: nothing in it can end the tag or a line."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
