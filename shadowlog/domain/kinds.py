"""Every kind of command that a day's journal can hold, by its name."""

from __future__ import annotations

from collections.abc import Mapping

from shadowlog.domain import commands as c
from shadowlog.domain.feedback import FEEDBACK_KINDS

KINDS: Mapping[str, type[c.Command]] = {
    kind.__name__: kind
    for kind in (
        c.Begin,
        c.Start,
        c.Pause,
        c.Resume,
        c.ResumeBefore,
        c.EndConcurrent,
        c.SetCompany,
        c.Join,
        c.Leave,
        c.SetSize,
        c.SetPerson,
        c.SetCode,
        c.SetPlace,
        c.MakeContact,
        c.AddNote,
        c.SetIncident,
        c.SetUnsure,
        c.GoOff,
        c.ComeBack,
        c.MoveStart,
        c.Recover,
        c.ClockEvent,
        c.End,
        c.Undo,
        c.Redo,
        c.Amend,
        c.Split,
        c.Merge,
        c.Insert,
        c.Retime,
        c.Retract,
        c.Verify,
        *FEEDBACK_KINDS.values(),
    )
}
