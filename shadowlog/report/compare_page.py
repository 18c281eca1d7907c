"""A comparison as a page: days, heads or observers as dots on one axis, how often beside how long, and their day profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shadowlog.analysis.comparison import FEWEST_DAYS, FEWEST_HEADS, Across, Compared, Comparison, Spread
from shadowlog.analysis.shapes import Profile
from shadowlog.domain.phrases import length, percent
from shadowlog.domain.text import clean
from shadowlog.domain.versions import MEANING, WORDS
from shadowlog.report.beside import DAY, Each, Of, of
from shadowlog.report.charts import PlainTable, sentence_case
from shadowlog.report.compare_text import ALIKE, OBSERVERS, has_heads_of_several_days, has_interval, has_mean
from shadowlog.report.dots import Line, dot_chart, in_order, letter
from shadowlog.report.method_words import RULES, UNIT
from shadowlog.report.multiples import profiles_chart
from shadowlog.report.rendering import rendered

EACH = {Across.DAYS: DAY, Across.HEADS: Each("head", "heads"), Across.OBSERVERS: Each("observer", "observers")}


def compare_page(found: Comparison) -> str:
    """The whole page as HTML text."""
    each, whole = EACH[found.across], of(found)
    lines = in_order([Line(r.code, sentence_case(clean(r.label)), r.often, r.lasted) for r in found.rows])
    rule = f"; {RULES[found.who_rule]}" if found.dimension == "role" else ""
    chart = dot_chart("shares", found.label, lines, len(found.groups), rule, each, whole)
    profiles = profiles_chart(
        [_average(p, g.days) for p, g in zip(found.profiles, found.groups, strict=False)], _names(found), each, whole
    )
    return rendered(
        "compare.html",
        f"{sentence_case(clean(found.label))}: {each.many(len(found.groups))} side by side",
        [chart, *([profiles] if profiles else [])],
        groups=_groups(found, each, whole),
        sentences=list(compare_sentences(found)),
        shares=chart,
        profiles=profiles,
        method=list(_method(found, each, whole)),
    )


def compare_name(found: Comparison) -> str:
    """The file name: what is compared and by what, nothing in it but letters, digits and hyphens."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", f"{found.across.value}-by-{found.by}").strip("-")[:80]
    return f"{slug}-comparison.html"


def _average(profile: Profile, days: int) -> Profile:
    """The profile of a group's average day."""
    bins = tuple(
        replace(b, observed_minutes=b.observed_minutes / days, minutes=tuple(each / days for each in b.minutes))
        for b in profile.bins
    )
    return replace(profile, bins=bins)


def _names(found: Comparison) -> list[str]:
    return [
        clean(group.label) if group.days == 1 else f"{clean(group.label)} (its average of {group.days} days)"
        for group in found.groups
    ]


def _groups(found: Comparison, each: Each, whole: Of) -> PlainTable:
    several = any(group.days > 1 for group in found.groups)
    rows = tuple(
        (
            letter(n),
            clean(group.label),
            *([str(group.days)] if several else []),
            length(group.window_minutes),
            str(group.episodes),
        )
        for n, group in enumerate(found.groups)
    )
    about = ("Letter", sentence_case(each.one), *(["Days"] if several else []))
    columns = (*about, whole.record, sentence_case(whole.episodes))
    return PlainTable(f"The {each.several}", columns, rows)


def compare_sentences(found: Comparison) -> Iterator[str]:
    """What the comparison shows: where they lie furthest apart, and what comes often and passes quickly, or the other way."""
    whole = of(found)
    coded = [row for row in found.rows if row.code is not None]
    if len(found.groups) > 1:
        yield from _widest([(row, row.lasted) for row in coded], f"of the {whole.brief}")
        yield from _widest([(row, row.often) for row in coded], f"of the {whole.episodes}")
    both = [(often - lasted, row, often, lasted) for row in coded for often, lasted in [_pooled(found, row)]]
    if not both:
        return
    for words, (gap, row, often, lasted) in (
        ("Often and brief", max(both, key=lambda each: each[0])),
        ("Seldom and long", min(both, key=lambda each: each[0])),
    ):
        if percent(often) != percent(lasted) and (gap > 0) is (words == "Often and brief"):
            told = f"{percent(often)} of all {whole.episodes}, {percent(lasted)} of all the {whole.brief}"
            yield f"{words}: {sentence_case(clean(row.label))}, {told}."


def _widest(spreads: Sequence[tuple[Compared, Spread]], what: str) -> Iterator[str]:
    """The heading whose groups lie furthest apart, with the groups at its ends."""
    apart = [
        (spread.highest - spread.lowest, row, spread.lowest, spread.highest, spread.shares)
        for row, spread in spreads
        if spread.lowest is not None and spread.highest is not None
    ]
    if not apart:
        return
    _, row, lowest, highest, shares = max(apart, key=lambda each: each[0])
    if percent(lowest) != percent(highest):
        low, high = letter(shares.index(lowest)), letter(shares.index(highest))
        yield f"Furthest apart: {sentence_case(clean(row.label))}, from {percent(lowest)} ({low}) to {percent(highest)} ({high}) {what}."


def _pooled(found: Comparison, row: Compared) -> tuple[float, float]:
    """The share of all episodes and of all the time, over all groups together."""
    episodes = sum(group.episodes for group in found.groups)
    window = sum(group.window_minutes for group in found.groups)
    often = sum((s or 0) * g.episodes for s, g in zip(row.often.shares, found.groups, strict=True))
    lasted = sum((s or 0) * g.window_minutes for s, g in zip(row.lasted.shares, found.groups, strict=True))
    return often / episodes if episodes else 0.0, lasted / window if window else 0.0


def _method(found: Comparison, each: Each, whole: Of) -> Iterator[str]:
    yield (
        "This page is for those who recorded the days: it names them by their codes. For a room of heads, `shadowlog present` "
        "makes slides that name nobody and leave small numbers out."
    )
    yield from (f"Only: {clean(words)}." for words in found.chosen)
    if found.left_out:
        yield f"Left out: {'; '.join(map(clean, found.left_out))}."
    yield f"The days {WORDS[found.version]}: {MEANING[found.version]}."
    yield UNIT
    together = "" if found.across is Across.DAYS else f", all days of that {each.one} taken together"
    yield f"Every share is of that {each.one}'s own {whole.episodes} or {whole.time}{together}."
    if has_mean(found):
        yield "A mean is of the heads' shares, each head counting once, however many days it has."
    elif found.across is Across.HEADS:
        yield f"Fewer than {FEWEST_HEADS} heads: no mean: from it each of two heads could reckon what the other's share is."
    if has_interval(found):
        yield (
            f"The 95 % interval is of the share over all days taken together, by resampling whole days {found.resamples:,} "
            "times (percentiles, Efron 1979). It tells how much days differ; of few days it is a hint of that, not a measure of "
            "any head. No test is made of single days."
        )
        if has_heads_of_several_days(found):
            yield f"{ALIKE}."
    else:
        yield f"Fewer than {FEWEST_DAYS} days: no interval."
    yield sentence_case(f"who ({found.who_rule.value}): {RULES[found.who_rule]}.")
    yield (
        f"Concurrent time is {'in it' if found.concurrent else 'left out'}. Uncoded is time or an episode that nobody named; it "
        "is not time alone."
    )
    if found.across is Across.OBSERVERS:
        yield OBSERVERS
    yield "Being watched changes a day: read these as pictures to talk about, not as a measure."
