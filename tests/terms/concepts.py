"""Concepts for tests: some by hand, and strategies that make any."""

from __future__ import annotations

from hypothesis import strategies as st

from dragoman.model import Language
from dragoman.model.term import (
    Concept,
    ConceptKind,
    ConceptStatus,
    Definition,
    Term,
    TermSource,
    TermType,
    TermUse,
)
from dragoman.terms.tbx_form import PARTS_OF_SPEECH
from dragoman.terms.termbase import tidied

EN, ZH = Language.EN, Language.ZH
KILN = Concept(
    "kiln",
    (
        Term("kiln", EN, part_of_speech="noun"),
        Term("pottery oven", EN, TermUse.DEPRECATED, note="too wide"),
        Term("窑", ZH, source='a "guild" & <others>'),
        Term("窑炉", ZH, TermUse.ADMITTED, party="China"),
    ),
    definitions=(Definition("An oven for clay.", EN), Definition("烧制陶土的炉。", ZH, "China", "guild")),
    sources=(
        TermSource("They fired\nthe kiln.", EN, "memo", 4, 24),
        TermSource("窑很热。", ZH, citation="a letter"),
    ),
    note="Wider in the north.",
    subjects=("pottery", "heat; fire"),
    tags=("materials",),
    kind=ConceptKind.GENERAL,
    status=ConceptStatus.CONTESTED,
    accepted=("United States",),
    contested=("China",),
)

WORDS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Co"]) | st.sampled_from("<>&\"';；[=\n\t 窑"),
    max_size=12,
)
SAID = WORDS.filter(lambda text: any(sign.isalnum() for sign in text))
PARTIES = st.sampled_from(["", "China", "United States", "A;B"])
TERMS = st.builds(
    Term,
    text=SAID,
    language=st.sampled_from(Language),
    use=st.sampled_from(TermUse),
    party=PARTIES,
    type=st.none() | st.sampled_from(TermType),
    part_of_speech=st.sampled_from(["", *sorted(PARTS_OF_SPEECH)]),
    note=WORDS,
    source=WORDS,
)
DEFINITIONS = st.builds(Definition, text=SAID, language=st.sampled_from(Language), party=PARTIES, source=WORDS)
OUTSIDE = st.builds(TermSource, quote=SAID, language=st.sampled_from(Language), citation=WORDS)
INSIDE = st.builds(
    TermSource,
    quote=SAID,
    language=st.sampled_from(Language),
    doc=st.just("memo"),
    start=st.just(3),
    end=st.just(9),
)
LISTS = st.lists(SAID, max_size=2).map(tuple)
MANY = st.lists(
    st.builds(
        Concept,
        id=st.just("x"),
        terms=st.lists(TERMS, min_size=1, max_size=3).map(tuple),
        definitions=st.lists(DEFINITIONS, max_size=2).map(tuple),
        sources=st.lists(OUTSIDE | INSIDE, max_size=2).map(tuple),
        note=WORDS.filter(lambda text: not text.startswith("dragoman.")),
        subjects=LISTS,
        tags=st.lists(st.sampled_from(["ai", "materials"]), max_size=2).map(tuple),
        kind=st.sampled_from(ConceptKind),
        status=st.sampled_from([one for one in ConceptStatus if one is not ConceptStatus.WITHDRAWN]),
        accepted=LISTS,
        contested=LISTS,
    ).map(tidied),
    min_size=1,
    max_size=3,
)
