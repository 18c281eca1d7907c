"""What the head says of a row: agreed, disputed, struck out, or in words; of a row where no words are kept, without any."""

from __future__ import annotations

from shadowlog.domain import commands as c
from shadowlog.domain.company import is_quiet
from shadowlog.domain.feedback_rules import comment
from shadowlog.domain.phrases import many
from shadowlog.domain.terms import Verification
from shadowlog.errors import Refused
from shadowlog.tui.head_talk import YES_NO, Talk, words_of
from shadowlog.tui.review_asks import Choice, Flow, Option

NO_WORDS = "No words are kept here: the door was closed, or somebody asked not to be recorded."


def episode_of(talk: Talk) -> str:
    """The episode under the cursor; Refused where there is none, or the day is not with the head."""
    talk.with_head()
    if talk.item is None or talk.item.episode is None:
        raise Refused("There is no row here.")
    return talk.item.id


def view_of(talk: Talk) -> Verification | None:
    """The head's view of the row under the cursor."""
    return talk.day.episodes[episode_of(talk)].verification


def quiet(talk: Talk) -> bool:
    """Whether no words are kept of the row under the cursor."""
    return is_quiet(talk.day.observation.codebook, talk.day.episodes[episode_of(talk)])


def agree(talk: Talk) -> Flow:
    """It was so."""
    id_ = episode_of(talk)
    # What was said to another view does not belong to this one.
    kept = comment(talk.day, id_) if view_of(talk) is Verification.AGREE else ""
    if talk.heard(c.Verify, episode=id_, view=Verification.AGREE, comment=kept):
        talk.onward()
    yield from ()


def agree_rest(talk: Talk) -> Flow:
    """Everything else was so: asked once."""
    talk.with_head()
    rows = talk.open_rows
    if not rows:
        raise Refused("Every row has a word of the head.")
    count = "the row" if len(rows) == 1 else f"all {len(rows)} rows"
    if not (yield Choice(f"agree to {count} without a word?", YES_NO)):
        raise Refused("They stay open.")
    told = [(c.Verify, {"episode": id_, "view": Verification.AGREE}) for id_ in rows]
    if talk.heard_all(*told, sentence=f"{many(len(rows), 'row', 'rows')} agreed to"):
        talk.together = rows


def take_back(talk: Talk) -> Flow:
    """The row, or all that were agreed to at one stroke, has no word of the head's again."""
    id_ = episode_of(talk)
    view = view_of(talk)
    if view is None:
        raise Refused("There is no word on this row to take back.")
    if view is Verification.AMEND:
        raise Refused("It was amended, and stays as it is now.", "m amends it again, a agrees to it.")
    rows = tuple(each for each in talk.together if talk.day.episodes[each].verification is Verification.AGREE)
    if id_ in rows and len(rows) > 1:
        options = (Option("r", "this row alone", (id_,)), Option("a", f"all {len(rows)} rows agreed to at once", rows))
        rows = yield Choice("take back which words?", options)
    else:
        rows = (id_,)
    told = [(c.Verify, {"episode": each, "view": None}) for each in rows]
    words = "the word is" if len(rows) == 1 else f"{len(rows)} words are"
    talk.heard_all(*told, sentence=f"{words} taken back")


def dispute(talk: Talk) -> Flow:
    """It was not so: both words stay."""
    id_, words = episode_of(talk), ""
    if not quiet(talk):
        words = yield words_of(
            "dispute", "In the head's words: what was it? Both stay.", needed="A dispute needs the head's words."
        )
    if talk.heard(c.Verify, episode=id_, view=Verification.DISPUTE, comment=words):
        talk.onward()


def strike(talk: Talk) -> Flow:
    """It goes from the record: asked once."""
    id_, words = episode_of(talk), ""
    if not quiet(talk):
        words = yield words_of("strike out", "Why, if the head likes to say; Enter alone: no reason.")
    sure = yield Choice("strike it out? It becomes time off the record, without who or what", YES_NO)
    if not sure:
        raise Refused("It stays.")
    if talk.heard(c.Verify, episode=id_, view=Verification.STRIKE, comment=words):
        talk.onward()


def remark(talk: Talk) -> Flow:
    """The head's words on a row; one without a view is asked for it."""
    id_ = episode_of(talk)
    if quiet(talk):
        raise Refused(NO_WORDS, "The row can be agreed to, disputed or struck out.")
    view = view_of(talk)
    if view is None:
        # Asked first, so that no words are typed and then lost.
        options = (Option("a", "agrees", Verification.AGREE), Option("d", "disputes", Verification.DISPUTE))
        view = yield Choice("does the head agree to the row?", options)
    words = yield words_of("comment", "The head's words on this row.", comment(talk.day, id_))
    talk.heard(c.Verify, episode=id_, view=view, comment=words)
