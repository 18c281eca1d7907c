"""Feedback in words, for the line that says what was done and for the history of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shadowlog.domain import feedback as f
from shadowlog.domain.codebook import Codebook
from shadowlog.domain.commands import Command, Verify
from shadowlog.domain.study import LAYERS

FEEDBACK_WORDS: Mapping[type[f.Feedback], str] = {
    f.HandOver: "given to the head",
    f.Estimate: "estimate kept",
    f.Guess: "guess kept",
    f.Reveal: "shown to the head",
    f.Typical: "how typical: kept",
    f.Place: "place on the continuum kept",
    f.Answer: "answer kept",
    f.Tag: "incident tagged",
    f.Phase: "phase kept",
    f.Factor: "context kept",
    f.SignOff: "signed off",
    f.Release: "release kept",
}
SHOWN = {**f.GUESSES, f.WHOLE: "the whole day"}


def _division(book: Codebook, of: str) -> str:
    labels = {**{d.id: d.label for d in book.dimensions}, **{r.id: r.label for r in book.rollups}}
    return labels.get(of, of)


def said(command: Command, book: Codebook) -> Iterator[str]:
    """What a word of feedback says, a phrase each."""
    match command:
        case Verify(view=view, comment=comment):
            yield view.value if view is not None else "word taken back"
            if comment:
                yield f"“{comment}”"
        case f.HandOver():
            yield "given to the head"
        case f.Estimate():
            names = dict(book.headings(command.of) or ())
            for code in {**command.shares, **command.importance}:
                share, weight = command.shares.get(code), command.importance.get(code)
                parts = [
                    *([] if share is None else [f"{share * 100:.0f} % of the day"]),
                    *([] if weight is None else [f"importance {weight} of {f.IMPORTANCE}"]),
                ]
                yield f"estimate, {names.get(code, code)}: {', '.join(parts)}"
        case f.Guess():
            yield f"guess: {command.number:g} {f.GUESSES[command.of]}"
        case f.Reveal():
            yield f"shown: {SHOWN.get(command.of) or _division(book, command.of)}"
        case f.Typical():
            yield f"how typical: {command.rating} of {f.TYPICAL}"
            if command.unusual:
                yield f"unusual: {command.unusual}"
        case f.Place():
            yield f"place on the continuum, {'after' if command.seen else 'before'} seeing the day: {command.value} of {f.CONTINUUM}"
        case f.Answer():
            yield f"answer to {command.prompt}: {command.text}"
        case f.Tag():
            yield "tag taken away" if command.way is None else f"incident, {command.way}: {command.evidence}"
        case f.Phase():
            yield f"phase: {command.phase}{f', {command.why}' if command.why else ''}"
        case f.Factor():
            yield f"context, {f.FACTORS[command.of]}: {command.text}"
        case f.SignOff():
            yield f"signed off: {f.SECTIONS[command.section]}"
        case f.Release():
            yield "released for: " + (", ".join(LAYERS[layer] for layer in command.layers) or "nothing (taken back)")
