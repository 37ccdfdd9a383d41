"""Traditional Chinese read with the lexicon of simplified Chinese.

The grammar looks at a copy of the document in simplified characters, which has the same offsets; what is shown
of a provision - quote, trigger, names, dates, sums - comes from the document as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.lexicon.script import simplified
from dragoman.model import Amount, Deadline, Document, Language, Sentence, Why

HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Script:
    """A document as it is written and as it is matched.

    Attributes:
        written: the document.
        plain: the same in simplified characters; the document itself where it has no others.
    """

    written: Document
    plain: Document

    @property
    def is_plain(self) -> bool:
        """Whether both are the same."""
        return self.plain is self.written

    def names(self, names: tuple[str, ...], near: int) -> tuple[str, ...]:
        """Return names with those taken from the text as it writes them, nearest to an offset."""
        return names if self.is_plain else tuple([self.name(name, near) for name in names])

    def name(self, name: str, near: int) -> str:
        """Return a name as the text writes it; one that is not in the text stays as it is."""
        if HAN.search(name) is None:
            return name
        text = self.plain.text
        at = text.find(name, near)
        if at < 0:
            at = text.rfind(name)
        return name if at < 0 else self.written.text[at : at + len(name)]

    def reasons(self, reasons: tuple[Why, ...], near: int) -> tuple[Why, ...]:
        """Return the reasons of a provision with the names as the text writes them."""
        if self.is_plain:
            return reasons
        return tuple([replace(why, value=self.name(why.value, near)) for why in reasons])

    def deadline(self, deadline: Deadline | None) -> Deadline | None:
        """Return a deadline in the words of the text."""
        if self.is_plain or deadline is None:
            return deadline
        end = deadline.start + len(deadline.text)
        event = self.name(deadline.event, deadline.start)
        return replace(deadline, text=self.written.text[deadline.start : end], event=event)

    def amounts(self, amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
        """Return sums in the words of the text."""
        if self.is_plain:
            return amounts
        text = self.written.text
        return tuple([replace(sum_, text=text[sum_.start : sum_.start + len(sum_.text)]) for sum_ in amounts])


def script_of(document: Document) -> Script:
    """Return how a document is written and how it is matched."""
    text = simplified(document.text) if Language.ZH in document.languages else document.text
    if text is document.text:
        return Script(document, document)
    return Script(
        document,
        replace(
            document,
            title=simplified(document.title),
            text=text,
            sections=tuple(
                replace(section, title=simplified(section.title), path=tuple(map(simplified, section.path)))
                for section in document.sections
            ),
            sentences=plain_sentences(document.sentences),
        ),
    )


def plain_sentences(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences with the titles above them in simplified characters."""
    paths = {path: tuple(map(simplified, path)) for path in {sentence.section for sentence in sentences}}
    return tuple(
        [
            sentence
            if paths[sentence.section] == sentence.section
            else replace(sentence, section=paths[sentence.section])
            for sentence in sentences
        ]
    )
