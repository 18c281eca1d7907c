"""What the head agreed to stands only as long as it is what it was: whatever changes an episode asks for a word again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shadowlog.domain.codebook import LENSES
from shadowlog.domain.commands import Verify
from shadowlog.domain.day import Changes, Put, Splice, Switch
from shadowlog.domain.draft import Draft
from shadowlog.domain.terms import Episode, State, Verification

STANDS = frozenset({Verification.AGREE, Verification.AMEND})
"""What the head may have said of an episode for it to be verified."""


def ask_again(draft: Draft) -> None:
    """Take the head's agreement, or amendment, from every episode that is another one after the changes of a draft.

    A dispute and a strike stay: they say that it was not so. A lens is a reading of an episode and no change of it.
    """
    for id_ in dict.fromkeys(changed(tuple(draft.changes))):
        episode = draft.episodes.get(id_)
        if episode is not None and episode.verification in STANDS:
            draft.edit(id_, verification=None)


def as_seen(draft: Draft, command: Verify) -> Verification | None:
    """The head's view of an episode, as far as the episode is what it was when that was said.

    What an undo or a redo tells anew was said of what there was then.
    """
    now = (_content(draft.episodes[command.episode]), draft.lies(command.episode))
    same = draft.saw(command.id, now) == now
    return command.view if same or command.view not in STANDS else None


def changed(changes: Changes) -> Iterator[str]:
    """The episodes whose who, what, where or times these changes made others, or which are new."""
    for change in changes:
        if isinstance(change, Splice):
            yield from _moved(change)
        elif (isinstance(change, Put) and change.table == "spans") or (
            isinstance(change, Put) and change.table == "episodes" and _another(change.before, change.after)
        ):
            yield change.id


def _another(before: Episode | None, after: Episode | None) -> bool:
    return after is not None and (before is None or _content(before) != _content(after))


def _content(each: Episode) -> object:
    codes = {dimension: code for dimension, code in each.codes.items() if dimension not in LENSES}
    return each.parties, codes, each.room, each.closed, each.duration_known, each.interrupts


def _moved(change: Splice) -> Iterator[str]:
    """The episodes with other spells after a splice than before it."""
    before = _spells(change, change.before)
    after = _spells(change, change.after)
    yield from (each for each in {**before, **after} if before.get(each) != after.get(each))


def _spells(change: Splice, middle: Iterable[Switch]) -> dict[str, list[tuple[int, int | None]]]:
    line = [each for each in (change.left, *middle) if each is not None]
    found: dict[str, list[tuple[int, int | None]]] = {}
    for switch, following in zip(line, [*line[1:], change.right], strict=True):
        if switch.episode is None or switch.state is not State.EPISODE:
            continue
        spells = found.setdefault(switch.episode, [])
        end = following.at if following is not None else None
        if spells and spells[-1][1] == switch.at:
            # Two switches to the same episode are one spell.
            spells[-1] = (spells[-1][0], end)
        else:
            spells.append((switch.at, end))
    return found
