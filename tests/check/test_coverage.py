from __future__ import annotations

from hashlib import sha256

from dragoman.check.coverage import Coverage, coverage_of
from dragoman.model import (
    Basis,
    Bilingual,
    BlockKind,
    Document,
    Entry,
    Force,
    Kind,
    Language,
    Provision,
    Rule,
    Sentence,
    quote_at,
)

FIRST = "A lantern must not leave without a permit."
SECOND = "The keeper shall answer within ten days."
TEXT = f"{FIRST} {SECOND}"
START = len(FIRST) + 1


def document(text: str = TEXT, first: str = FIRST) -> Document:
    ends = (len(first), len(text))
    starts = (0, len(first) + 1)
    sentences = tuple(
        Sentence(number, start, end, Language.EN, 0, BlockKind.PARAGRAPH)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    return Document(
        slug="lantern-act", title="Lantern Act", date=None, kind="law", parties=(), languages=(Language.EN,),
        source="lantern-act.txt", sha256="", text_sha256="", text=text, sentences=sentences,
    )  # fmt: skip


def line(start: int, end: int, text: str = TEXT, kind: Kind = Kind.OBLIGATION) -> Entry:
    quote = quote_at(text, start, end)
    return Entry(
        Provision(
            id=f"lantern-act:{start}", doc="lantern-act", start=start, end=end, trigger="must", trigger_start=start,
            kind=kind, force=4, quote=quote, language=Language.EN,
        )
    )  # fmt: skip


def rule(name: str, *basis: Basis) -> Rule:
    return Rule(f"lantern/{name}", Bilingual(name, name), Force.MUST, "Lanternland", (), basis=basis)


def covered(*rules: Rule, text: str = TEXT, first: str = FIRST) -> Coverage:
    ends = [(0, len(first)), (len(first) + 1, len(text))]
    return coverage_of(document(text, first), [line(start, end, text) for start, end in ends], rules)


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_a_line_has_the_rules_whose_quotation_lies_in_its_sentence() -> None:
    found = covered(
        rule("permit", Basis("lantern-act", quote="must not leave")),
        rule("other", Basis("another-act", quote="must not leave")),
    )
    assert [one.rules for one in found.lines] == [("lantern/permit",), ()]
    assert (found.review, found.beside) == ((), ())


def test_white_space_does_not_matter() -> None:
    text = TEXT.replace("must not", "must\n   not")
    found = covered(
        rule("permit", Basis("lantern-act", quote="must not leave")), text=text, first=text[: text.index(" The")]
    )
    assert found.lines[0].rules == ("lantern/permit",)


def test_a_quotation_that_is_gone_is_to_be_reviewed() -> None:
    found = covered(rule("permit", Basis("lantern-act", quote="may not leave")))
    assert [(one.rule, one.why) for one in found.review] == [("lantern/permit", "gone")]
    assert found.lines[0].rules == ()


def test_a_quotation_in_another_sentence_is_to_be_reviewed_and_still_shown() -> None:
    basis = Basis("lantern-act", quote="must not leave", sha256=hash_of(FIRST))
    assert covered(rule("permit", basis)).review == ()
    changed = FIRST.replace("a permit", "two permits")
    found = covered(rule("permit", basis), text=f"{changed} {SECOND}", first=changed)
    assert [one.why for one in found.review] == ["changed"]
    assert found.lines[0].rules == ("lantern/permit",)


def test_a_sentence_known_by_its_hash_is_found_where_it_stands_now() -> None:
    basis = Basis("lantern-act", start=START, end=len(TEXT), sha256=hash_of(SECOND))
    found = covered(rule("answer", basis))
    assert [one.rules for one in found.lines] == [(), ("lantern/answer",)]
    longer = f"By night {FIRST}"
    moved = covered(rule("answer", basis), text=f"{longer} {SECOND}", first=longer)
    assert (moved.lines[1].rules, moved.review) == (("lantern/answer",), ())
    gone = covered(rule("answer", basis), text=f"{FIRST} {SECOND.replace('ten', 'two')}")
    assert [one.why for one in gone.review] == ["gone"]


def test_a_rule_on_a_sentence_without_a_line_is_named() -> None:
    found = coverage_of(
        document(), [line(START, len(TEXT))], [rule("permit", Basis("lantern-act", quote="permit"))]
    )
    assert found.beside == ("lantern/permit",)
