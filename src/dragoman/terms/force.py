"""Where the two versions of a text differ in force: link by link, then over the whole text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dragoman.lexicon import Lexicon
from dragoman.model import Language, Provision
from dragoman.model.bilingual import Alignment, Span
from dragoman.model.force_difference import ForceDifference, ForceReport, Gravity, Remark
from dragoman.terms.extraction import ranked_terms
from dragoman.terms.figures import compare_figures
from dragoman.terms.force_markers import compare_markers
from dragoman.terms.force_names import compare_names, inconsistent_names, inconsistent_terms, mixed_numbering
from dragoman.terms.force_negation import compare_negation
from dragoman.terms.markers import Marker, markers
from dragoman.terms.meanings import load_meanings
from dragoman.terms.omissions import compare_phrases, compare_words
from dragoman.terms.witness import left_out, witnessed
from dragoman.terms.wordlinks import Pairing, pairings

ORDER = list(Gravity)


def compare_force(
    alignment: Alignment, lexicon: Lexicon, provisions: Sequence[tuple[Provision, ...]] = ((), ())
) -> ForceReport:
    """Return where two versions differ, the most serious first.

    Args:
        alignment: of the versions.
        lexicon: names that both have.
        provisions: what was read from the English and from the Chinese document, as a second witness.
    """
    text = Text(alignment, lexicon)
    found: dict[int, list[Remark]] = defaultdict(list)
    for pair in text.pairs:
        found[pair.number] += compare_link(pair, alignment, lexicon)
    for number, one in (*whole_text(text), *witnessed(alignment, *provisions), *left_out(alignment)):
        found[number].append(one)
    differences = [difference_of(alignment, number, remarks) for number, remarks in found.items() if remarks]
    return ForceReport(alignment, tuple(sorted(differences, key=seriousness)), len(text.pairs))


class Text:
    """The links of two versions word by word.

    Attributes:
        pairs: the links that have two sides.
    """

    def __init__(self, alignment: Alignment, lexicon: Lexicon) -> None:
        self.alignment, self.lexicon = alignment, lexicon
        self.pairs = pairings(alignment, lexicon, load_meanings())


def whole_text(text: Text) -> Iterator[tuple[int, Remark]]:
    """Yield what is inconsistent over the text, each with the number of its link."""
    yield from inconsistent_names(text.alignment, text.lexicon)
    terms = ranked_terms(text.pairs, text.alignment, text.lexicon)
    yield from inconsistent_terms(terms)
    yield from mixed_numbering(text.alignment)


def compare_link(pair: Pairing, alignment: Alignment, lexicon: Lexicon) -> Iterator[Remark]:
    """Yield what a link with two sides differs in."""
    english, chinese = alignment.words(pair.link)
    first = [one for span in pair.link.en for one in shifted(alignment.english.slice(*span), span, Language.EN)]
    second = [one for span in pair.link.zh for one in shifted(alignment.chinese.slice(*span), span, Language.ZH)]
    yield from compare_markers(pair, first, second)
    yield from compare_negation(english, chinese)
    yield from compare_figures(english, chinese)
    yield from compare_phrases(english, chinese)
    yield from compare_words(pair, alignment, first, load_meanings())
    yield from compare_names(alignment, pair.link, lexicon)


def shifted(text: str, span: Span, language: Language) -> Iterator[Marker]:
    """Yield the markers of a sentence with their offsets in the document."""
    for one in markers(text, language):
        yield Marker(one.start + span[0], one.end + span[0], one.text, one.force)


def difference_of(alignment: Alignment, number: int, remarks: Iterable[Remark]) -> ForceDifference:
    """Return a link with its remarks, the gravest first."""
    graded = sorted(remarks, key=lambda one: ORDER.index(one.gravity))
    kept: list[Remark] = []
    for one in graded:
        if not any(repeats(one, other) for other in kept):
            kept.append(one)
    sides = (side(alignment, number, "en"), side(alignment, number, "zh"))
    return ForceDifference(*sides, number, tuple(kept))


def side(alignment: Alignment, number: int, language: str) -> Span:
    """Return from where to where one side of a link reaches; where it is empty, the end of the one before."""
    spans: Sequence[Span] = getattr(alignment.links[number], language)
    if spans:
        return spans[0][0], spans[-1][1]
    before = [getattr(link, language) for link in alignment.links[:number]]
    last = next((found[-1][1] for found in reversed(before) if found), 0)
    return last, last


def repeats(remark: Remark, other: Remark) -> bool:
    """Return whether a remark says of the same words what a graver one has said."""
    same = bool(remark.en) and (remark.en in other.en or other.en in remark.en)
    return same and (remark.zh == other.zh or not remark.zh or not other.zh)


def seriousness(difference: ForceDifference) -> tuple[int, int, int]:
    """Return by what differences are ordered: the gravest first, those with more remarks, then as they stand."""
    remarks = difference.remarks
    grave = sum(one.gravity is difference.gravity for one in remarks)
    return ORDER.index(difference.gravity), -grave, difference.en[0]
