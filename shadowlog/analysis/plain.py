"""A Summary as plain values for JSON. `docs/summary.md` documents every field; a changed meaning is a new version."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from shadowlog.analysis.results import EpisodeLine, EpisodeStats, Summary

FORMAT = "shadowlog-summary"
VERSION = 1


def to_json(summary: Summary, lists: bool = True) -> dict[str, Any]:
    """The summary as what json.dumps takes; without `lists` no episode, contact or note is listed, so no free text."""
    made: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "observations": plain(summary.observations),
        "record_version": summary.version.value,
        "chosen": list(summary.chosen),
        "who_rule": summary.who_rule.value,
        "concurrent": summary.concurrent,
        "window_minutes": summary.window.minutes,
        "window": plain(summary.window),
        "episodes": _episodes(summary.episodes),
    }
    skipped = {*made, "lines", "contact_lines", "notes", "sessions"}
    made |= {f.name: plain(getattr(summary, f.name)) for f in fields(summary) if f.name not in skipped}
    if lists:
        made["episode_list"] = [_line(line) for line in summary.lines]
        made["contact_list"] = plain(summary.contact_lines)
        made["notes"] = plain(summary.notes)
        made["sessions"] = plain(summary.sessions)
    return made


def _episodes(stats: EpisodeStats) -> dict[str, Any]:
    known = plain(stats.durations)
    limits = {f"{'over' if b.over else 'under'}_{b.limit_minutes}_share": b.count_share for b in stats.brevity}
    return {
        "count": stats.count,
        "known_duration": known.pop("count"),
        "unknown_duration": stats.unknown_duration,
        "concurrent": stats.concurrent,
        **known,
        **limits,
        "brevity": plain(stats.brevity),
    }


def _line(line: EpisodeLine) -> dict[str, Any]:
    made: dict[str, Any] = plain(line)
    made["codes"] = {
        dimension: {"label": label, "code": code, "code_label": code_label}
        for dimension, label, code, code_label in line.codes
    }
    return made


def plain(value: Any) -> Any:
    """Frozen results as dictionaries, lists and plain values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
