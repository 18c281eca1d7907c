"""How to read the numbers of a report: the unit, what shares are shares of, the rules, what was left out."""

from __future__ import annotations

from shadowlog.analysis.results import Summary, WhoRule
from shadowlog.domain.phrases import length, many
from shadowlog.domain.versions import MEANING, WORDS, Version

BESIDE = "concurrent episodes are counted, and their lengths are in those of all episodes"
UNIT = (
    "A new episode begins when what the head does changes or one company replaces another; an episode that was "
    "interrupted and resumed is still one episode."
)
RULES = {
    WhoRule.FULL: "each group present gets all of the episode, so that shares may pass 100 %",
    WhoRule.SPLIT: "an episode with several groups is split among them in equal parts, so that shares sum to 100 % before rounding",
    WhoRule.MAIN: "an episode with several groups goes to the first named, so that shares sum to 100 % before rounding",
}


def _denominators(summary: Summary, less: str) -> list[str]:
    """What the shares are shares of; nothing where there is nothing to share."""
    window, count = summary.window, summary.episodes.count
    among = "the one episode" if count == 1 else f"all {count} episodes, solo work included"
    taken = f"{length(window.minutes)} observed, start to end{f' less {less}' if less else ''}"
    hours = ""
    if summary.chosen or summary.version is Version.VERIFIED:
        among = f"the chosen {many(count, 'episode', 'episodes')}, solo work included"
        taken = f"{length(window.minutes)} that these lasted"
        hours = " An hour is an hour of the time observed."
    made = [f"How long: shares of the {taken}.{hours}"] if window.minutes else []
    return [*made, *([f"How often: shares of {among}."] if count else [])]


def method_lines(summary: Summary) -> list[str]:
    """How to read the numbers: unit, denominators, who rule, concurrent time, what was left out."""
    window = summary.window
    taken = [
        (window.off_minutes, "off the record"),
        (window.unseen_minutes, "not observed"),
        (window.shadower_minutes, "talk with the shadower"),
    ]
    less = ", ".join(f"{length(minutes)} {what}" for minutes, what in taken if minutes)
    made = [
        f"The {'day' if len(summary.observations) == 1 else 'days'} {WORDS[summary.version]}: {MEANING[summary.version]}.",
        UNIT,
        *_denominators(summary, less),
        f"Who ({summary.who_rule.value}): {RULES[summary.who_rule]}.",
        f"Concurrent time is {'in' if summary.concurrent else 'left out of'} the shares of time; {BESIDE}.",
        "Uncoded is time or an episode that nobody named: gaps, and missing codes. It is not time alone.",
    ]
    if summary.episodes.unknown_duration:
        unknown = many(summary.episodes.unknown_duration, "episode", "episodes")
        made.append(f"{unknown} of unknown duration: counted, in no figure of duration.")
    if summary.contacts.count:
        made.append("Fleeting contacts are counted beside the interactions and have no duration.")
    return made
