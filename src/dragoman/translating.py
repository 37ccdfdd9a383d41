"""The two language versions of a text, for the faces: their sentences side by side, and links set by hand.

with Workspace.open("workspace") as workspace:
    alignment = workspace.translating.align(["declaration.en.txt", "declaration.zh.txt"])
    for link in alignment.links:
        print(link.confidence, link.by, *alignment.words(link))
    workspace.translating.link(["declaration.en.txt", "declaration.zh.txt"], en=[(0, 57)], zh=[(0, 20), (20, 31)],
                               person="Ada", reason="the second sentence belongs with it")
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dragoman import __version__
from dragoman.lexicon import Lexicon, load_lexicon
from dragoman.model import Document, Language, NotFoundError, Problem, Severity, UsageError
from dragoman.model.bilingual import Alignment, LinkAction, LinkCorrection, Span
from dragoman.read import ReadSettings, read_inputs
from dragoman.register import Register
from dragoman.report import ReportFormat, write
from dragoman.report.alignment import report_of
from dragoman.terms import align, corrected, load_aids, sentence_spans, standing, tmx

Clock = Callable[[], datetime]
MOST_DOCUMENTS = 2
MOST_KEPT = 8
"""Computed alignments that are held, so that a link set by hand does not compute the others anew."""
NAMES = {Language.EN: "English", Language.ZH: "Chinese"}


class NoVersionError(NotFoundError):
    """Neither a document of the register nor a file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The register has no document `{name}`, and there is no such file.",
            "`dragoman documents` lists the documents.",
        )


class UnreadableVersionError(UsageError):
    """A file that cannot be read as one text."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        why = next((one for one in problems if one.severity is Severity.ERROR), None)
        super().__init__(f"{name} cannot be read{f': {why.message}' if why else '.'}", why.remedy if why else "")


class VersionCountError(UsageError):
    """Not one document and not two."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} documents were given.",
            "Name one that holds both versions, or the English and the Chinese one.",
        )


class SentenceCutError(UsageError):
    """Offsets that do not hold whole sentences."""

    def __init__(self, span: Span, language: Language) -> None:
        super().__init__(
            f"{span[0]}-{span[1]} does not hold whole sentences of the {NAMES[language]} version.",
            "Take the offsets from `dragoman terms align`.",
        )


class NothingLinkedError(UsageError):
    """No sentence was named."""

    def __init__(self) -> None:
        super().__init__("No sentence was named.", "Give offsets with --en, --zh, or both.")


class NothingSetError(UsageError):
    """Nobody has set a link of these sentences."""

    def __init__(self) -> None:
        super().__init__(
            "No link of these sentences was set by hand.", "`dragoman terms links` lists those that were."
        )


class UnnamedLinkError(UsageError):
    """A correction without a name or a reason."""

    def __init__(self) -> None:
        super().__init__(
            "A link set by hand needs the name of who sets it, and a reason.", "Give them with --by and --reason."
        )


class Translating:
    """Sets the versions of a text side by side. Only links that persons set are kept, in the register.

    Args:
        register: where links are kept.
        clock: gives the time of links.
        extend: adds the words of the termbase to the lexicon.
    """

    def __init__(
        self, register: Register, clock: Clock, extend: Callable[[Lexicon], Lexicon] = lambda lexicon: lexicon
    ) -> None:
        self._register = register
        self._clock = clock
        self._extend = extend
        self._aligned: OrderedDict[tuple[object, ...], tuple[Lexicon, Alignment]] = OrderedDict()

    def align(
        self,
        names: Sequence[str],
        settings: ReadSettings | None = None,
        *,
        dictionary: bool = True,
        encoder: bool = True,
    ) -> Alignment:
        """Return the links between the sentences of two versions; those set by hand win over computed ones.

        Args:
            names: slugs of the register or paths of files, which are read and not kept; one where both versions
                stand in it, else two in either order.
            settings: limits of reading.
            dictionary: whether the dictionary is used.
            encoder: whether the encoder is used where it is installed.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: a file that cannot be read, or more or fewer texts than one or two.
        """
        english, chinese, problems = self._versions(names, settings or ReadSettings())
        aligned = self._computed(english, chinese, dictionary=dictionary, encoder=encoder)
        kept = corrected(aligned, self._register.alignments.history(english.slug, chinese.slug))
        return replace(kept, problems=(*problems, *kept.problems))

    def _computed(self, english: Document, chinese: Document, *, dictionary: bool, encoder: bool) -> Alignment:
        """Return the links that are computed, once for the same texts and the same words of the termbase."""
        lexicon = self._extend(load_lexicon())
        key = (english.slug, english.text_sha256, chinese.slug, chinese.text_sha256, dictionary, encoder)
        held = self._aligned.get(key)
        if held is None or held[0] is not lexicon:
            aids = load_aids(dictionary=dictionary, encoder=encoder)
            held = self._aligned[key] = lexicon, align(english, chinese, lexicon, aids)
            for oldest in list(self._aligned)[:-MOST_KEPT]:
                self._aligned.pop(oldest, None)
        return replace(held[1], english=english, chinese=chinese)

    def link(
        self, names: Sequence[str], *, en: Sequence[Span], zh: Sequence[Span], person: str, reason: str
    ) -> LinkCorrection:
        """Keep that sentences belong together, or stand alone where one side is empty; computed links give way.

        It counts while both texts stay as they are; when one changes, aligning says that it is open again.

        Args:
            names: as for aligning.
            en: offsets of the English sentences, or of stretches that hold whole ones.
            zh: the same of the Chinese ones.
            person: who says so.
            reason: why.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: no name or reason, no sentences, or offsets that cut one.
        """
        return self._keep(LinkAction.LINK, names, (en, zh), person, reason)

    def unlink(
        self, names: Sequence[str], *, en: Sequence[Span], zh: Sequence[Span], person: str, reason: str
    ) -> LinkCorrection:
        """Take back what was set by hand about sentences, so that the computed links count again.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: as for `link`, or nobody has set a link of these sentences.
        """
        return self._keep(LinkAction.UNLINK, names, (en, zh), person, reason)

    def links(self, names: Sequence[str]) -> tuple[LinkCorrection, ...]:
        """Return all that was set by hand and taken back for two versions, oldest first, of any text they had.

        Raises:
            NotFoundError: neither a document nor a file.
            UsageError: a file that cannot be read, or more or fewer texts than one or two.
        """
        english, chinese, _ = self._versions(names, ReadSettings())
        return self._register.alignments.history(english.slug, chinese.slug)

    def _keep(
        self,
        action: LinkAction,
        names: Sequence[str],
        sides: tuple[Sequence[Span], Sequence[Span]],
        person: str,
        reason: str,
    ) -> LinkCorrection:
        if not person.strip() or not reason.strip():
            raise UnnamedLinkError
        english, chinese, _ = self._versions(names, ReadSettings())
        first, second = (
            whole(stretches, sentence_spans(document, language), language)
            for stretches, document, language in zip(
                sides, (english, chinese), (Language.EN, Language.ZH), strict=True
            )
        )
        if not first and not second:
            raise NothingLinkedError
        texts = english.text_sha256, chinese.text_sha256
        correction = LinkCorrection(
            english.slug, chinese.slug, texts, action, first, second, person.strip(), reason.strip(), self._clock()
        )
        if action is LinkAction.UNLINK:
            history = standing(self._register.alignments.history(english.slug, chinese.slug))
            if not any(correction.touches(one) for one in history):
                raise NothingSetError
        self._register.alignments.keep(correction)
        return correction

    def _versions(
        self, names: Sequence[str], settings: ReadSettings
    ) -> tuple[Document, Document, tuple[Problem, ...]]:
        """Return the English and the Chinese version, and what was wrong with reading them."""
        if not 1 <= len(names) <= MOST_DOCUMENTS:
            raise VersionCountError(len(names))
        known = set(self._register.slugs())
        given = [self._stored(name) if name in known else read_one(name, settings) for name in names]
        english, chinese = versions([document for document, _ in given])
        return english, chinese, tuple(problem for _, found in given for problem in found)

    def _stored(self, slug: str) -> tuple[Document, tuple[Problem, ...]]:
        return self._register.document(slug), ()

    def written(self, alignment: Alignment, form: str, language: Language, reproduce: str = "") -> bytes:
        """Return the links as the bytes of a file: "tmx", "html", "docx" or "md".

        Args:
            alignment: what is written.
            form: of the file.
            language: of the report's own words.
            reproduce: the command that makes it again.
        """
        if form == "tmx":
            return tmx(alignment, self._clock(), __version__)
        shape: ReportFormat = "docx" if form == "docx" else "md" if form == "md" else "html"
        return write(report_of(alignment, language, reproduce), shape)


def whole(stretches: Sequence[Span], sentences: Sequence[Span], language: Language) -> tuple[Span, ...]:
    """Return the sentences that stretches of a text hold, in text order.

    Raises:
        UsageError: a stretch cuts a sentence or holds none.
    """
    found: set[Span] = set()
    for start, end in stretches:
        met = [one for one in sentences if one[0] < end and start < one[1]]
        if not met or met[0][0] < start or met[-1][1] > end:
            raise SentenceCutError((start, end), language)
        found.update(met)
    return tuple(sorted(found))


def read_one(name: str, settings: ReadSettings) -> tuple[Document, tuple[Problem, ...]]:
    """Return the text of a file, and what is wrong with it.

    Raises:
        NotFoundError: there is no such file.
        UsageError: it cannot be read, or holds several texts.
    """
    if not Path(name).exists():
        raise NoVersionError(name)
    results = list(read_inputs([name], settings))
    document = results[0].document if len(results) == 1 else None
    if document is None:
        raise UnreadableVersionError(name, [problem for one in results for problem in one.problems])
    return document, tuple(results[0].problems)


def versions(documents: Sequence[Document]) -> tuple[Document, Document]:
    """Return the document with the English and the one with the Chinese version."""
    first, last = documents[0], documents[-1]
    return (last, first) if english_share(last) > english_share(first) else (first, last)


def english_share(document: Document) -> float:
    """Return which share of a text stands in English, 0 to 1."""
    english = sum(run.end - run.start for run in document.runs if run.language is Language.EN)
    return english / max(1, sum(run.end - run.start for run in document.runs))
