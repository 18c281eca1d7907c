"""Hypothesis strategies of sound codebooks."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from shadowlog.domain.codebook import ACTIVITY, ROLE, Code, Codebook, Dimension, RollUp
from shadowlog.domain.codebook_rules import ACT_KEYS, FLAGS_OF, SINGLE, faults

slugs = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), exclude_characters="[]<>"), min_size=1, max_size=30
).filter(lambda t: bool(t.strip()))
definitions = st.one_of(st.just(""), texts, st.tuples(texts, texts).map("\n".join))
KEYS = sorted(set(string.ascii_lowercase + string.digits + "&é\"'(-è_çà%|\\=~") - ACT_KEYS)


@st.composite
def codes(draw: st.DrawFn, dimension: str, keys: list[str], rollups: list[RollUp]) -> tuple[Code, ...]:
    """Codes of one dimension; keys are taken off the list, so that none is given twice."""
    ids = draw(st.lists(slugs, min_size=1, max_size=4, unique=True))
    made: list[Code] = []
    for n, id_ in enumerate(ids):
        flags = frozenset(f for f in sorted(FLAGS_OF.get(dimension, frozenset())) if draw(st.booleans()))
        flags -= SINGLE if n else frozenset()
        personal: bool = dimension == ROLE and not flags & {"no_person_code", "alone", "shadower"}
        made.append(
            Code(
                id=id_,
                label=draw(texts),
                definition=draw(definitions),
                key=keys.pop() if draw(st.booleans()) and keys else "",
                flags=flags,
                rollups={r.id: draw(st.sampled_from(r.headings))[0] for r in rollups if draw(st.booleans())},
                person=string.ascii_uppercase[n] if personal else "",
            )
        )
    return tuple(made)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """A codebook that breaks no rule: any order of dimensions, any mix of flags, keys, roll-ups and person codes."""
    others = draw(st.lists(slugs.filter(lambda s: s not in {ROLE, ACTIVITY}), max_size=3, unique=True))
    ids = draw(st.permutations([ROLE, ACTIVITY, *others]))
    rollups = [
        RollUp(
            r, draw(texts), draw(st.sampled_from(ids)), tuple(draw(st.dictionaries(slugs, texts, min_size=1)).items())
        )
        for r in draw(st.lists(slugs, max_size=3, unique=True))
    ]
    singles = list(draw(st.permutations(KEYS)))
    leader = singles.pop()
    shared = [*singles[:20], *(leader + second for second in KEYS[:6])]
    dimensions = []
    for each in ids:
        keys = shared if each in {ROLE, ACTIVITY} else list(singles)
        own = [r for r in rollups if r.dimension == each]
        ordered = each != ROLE and draw(st.booleans())
        dimensions.append(Dimension(each, draw(texts), draw(codes(each, keys, own)), ordered))
    book = Codebook(
        id=draw(slugs),
        version=draw(st.integers(1, 1_000_000)),
        name=draw(texts),
        dimensions=tuple(dimensions),
        rollups=tuple(rollups),
        source=draw(definitions),
    )
    assert faults(book) == ()
    return book
