"""The form of the file in which a head's page saves its answers, checked strictly and bounded; see docs/answers.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shadowlog.domain import feedback as f
from shadowlog.domain.checks import LONGEST_TEXT
from shadowlog.domain.text import clean
from shadowlog.exchange.lossless_form import At, Id, ObservationId

MOST = 5_000
"""The most answers in a file."""


def _plain(text: str) -> str:
    if clean(text, lines=True) != text:
        message = "holds characters that cannot be seen"
        raise ValueError(message)
    return text


Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_plain)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
Percent = Annotated[int, Field(ge=0, le=100)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Said(_Part):
    at: At
    """When the head answered (ms)."""

    ONE_FOR: ClassVar[str] = ""
    """The field by which one question of a kind is told from another."""

    @property
    def question(self) -> str:
        """What it answers; a file answers each question once."""
        return f"{getattr(self, 'kind', '')} {getattr(self, self.ONE_FOR, '')}"


class PlaceSaid(_Said):
    """Where the head puts the school on the continuum."""

    kind: Literal["place"]
    value: Annotated[int, Field(ge=0, le=f.CONTINUUM)]
    seen: bool
    ONE_FOR: ClassVar[str] = "seen"


class EstimateSaid(_Said):
    """What part of the day (percent) each heading took, and how important it is."""

    kind: Literal["estimate"]
    of: Slug
    shares: Annotated[dict[Slug, Percent], Field(max_length=300)]
    importance: Annotated[dict[Slug, Annotated[int, Field(ge=1, le=f.IMPORTANCE)]], Field(max_length=300)]
    ONE_FOR: ClassVar[str] = "of"


class GuessSaid(_Said):
    """A single number, guessed."""

    kind: Literal["guess"]
    of: Slug
    number: Annotated[int, Field(ge=0, le=f.MOST_GUESSED)]
    ONE_FOR: ClassVar[str] = "of"


class RevealSaid(_Said):
    """The head was shown this."""

    kind: Literal["reveal"]
    of: Slug
    ONE_FOR: ClassVar[str] = "of"


class ViewSaid(_Said):
    """The head's word on an episode; `mark` is what the page showed of it."""

    kind: Literal["view"]
    episode: Id
    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    view: Literal["agree", "amend", "dispute", "strike"]
    comment: Text = ""
    who: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=50)] | None = None
    what: Slug | None = None
    ONE_FOR: ClassVar[str] = "episode"


class TypicalSaid(_Said):
    """How typical the day was."""

    kind: Literal["typical"]
    rating: Annotated[int, Field(ge=1, le=f.TYPICAL)]
    unusual: Text


class AnswerSaid(_Said):
    """An answer to one of the prompts."""

    kind: Literal["answer"]
    prompt: Slug
    text: Text
    ONE_FOR: ClassVar[str] = "prompt"


class SignOffSaid(_Said):
    """A section is signed off."""

    kind: Literal["signoff"]
    section: Slug
    ONE_FOR: ClassVar[str] = "section"


class ReleaseSaid(_Said):
    """What the day may be used for."""

    kind: Literal["release"]
    layers: Annotated[tuple[Slug, ...], Field(max_length=10)]


Said = Annotated[
    PlaceSaid | EstimateSaid | GuessSaid | RevealSaid | ViewSaid | TypicalSaid | AnswerSaid | SignOffSaid | ReleaseSaid,
    Field(discriminator="kind"),
]


class AnswersPart(_Part):
    """A whole file."""

    format: Literal["shadowlog-answers"]
    version: Literal[1]
    observation: ObservationId
    page: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    made_at: At
    said: Annotated[tuple[Said, ...], Field(max_length=MOST)]
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    def twice(self) -> Iterator[int]:
        """The places of answers to what was answered before."""
        known: set[str] = set()
        for number, each in enumerate(self.said):
            if each.question in known:
                yield number
            known.add(each.question)
