"""The digest of watches: which new documents matter, which commitments they touch, which promises come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dragoman.model import Language
from dragoman.model.watch import Return, Sighting, Touch, Watch
from dragoman.report.blocks import (
    Block,
    Callout,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Report,
    Run,
    Style,
    line,
)
from dragoman.wording import Catalogue, catalogue


def digest_of(
    watches: Sequence[Watch], sightings: Sequence[Sighting], language: Language, since: date | None = None
) -> Report:
    """Return the digest of what watches have seen.

    Args:
        watches: those that are told of.
        sightings: what they have seen, oldest first.
        language: of the digest's own words.
        since: day from which sightings were chosen.
    """
    texts = catalogue(language)
    facts = [
        (texts.text("digest.watches"), texts.text("word.between").join(watch.name for watch in watches) or "–")
    ]
    if since:
        facts.append((texts.text("digest.since"), texts.date(since)))
    blocks = [block for watch in watches for block in _of_watch(watch, sightings, texts)]
    if not watches:
        blocks = [Paragraph(line(texts.text("digest.no_watch")))]
    return Report(texts.text("digest.title"), language, tuple(blocks), tuple(facts))


def _of_watch(watch: Watch, sightings: Sequence[Sighting], texts: Catalogue) -> Iterator[Block]:
    own = [one for one in sightings if one.watch == watch.name]
    yield Heading(watch.name)
    yield Paragraph((Run(question_words(watch, texts), Style.SOFT),))
    matter = [one for one in own if matters(one)]
    if not matter:
        yield Paragraph(line(texts.text("digest.nothing")))
    for sighting in sorted(matter, key=lambda one: one.seen, reverse=True):
        yield from _of_document(sighting, texts)
    others = [one for one in own if one.doc and not matters(one)]
    if others:
        names = texts.text("word.between").join(one.title or one.doc for one in others)
        yield Paragraph((Run(texts.count("digest.others", len(others), names=names), Style.SOFT),))
    failed = [one for one in own if one.problem]
    if failed:
        yield Heading(texts.text("digest.failed"), 3)
        yield Items(tuple(line(Run(one.item, Style.CODE), f": {one.problem}") for one in failed))


def matters(sighting: Sighting) -> bool:
    """Return whether a document fits the question, and touches or repeats something or was asked for by words."""
    return sighting.matched and bool(sighting.touches or sighting.returns or sighting.reasons)


def question_words(watch: Watch, texts: Catalogue) -> str:
    """Return what a watch asks, in words."""
    between = texts.text("word.between")
    parts = [
        (texts.text("digest.query"), watch.query),
        (texts.text("field.technologies"), between.join(watch.technologies)),
        (texts.text("field.instruments"), between.join(watch.instruments)),
        (texts.text("field.actors"), between.join(watch.actors)),
        (texts.text("digest.documents"), between.join(watch.documents)),
        (texts.text("digest.place"), watch.feed or watch.folder.replace("\\", "/").rpartition("/")[2]),
    ]
    return "; ".join(f"{name}: {value}" for name, value in parts if value)


def _of_document(sighting: Sighting, texts: Catalogue) -> Iterator[Block]:
    yield Heading(sighting.title or sighting.doc, 3)
    yield Paragraph(_about(sighting, texts))
    if sighting.reasons:
        matched = texts.text("word.between").join(sighting.reasons)
        yield Paragraph(line(texts.text("digest.matched", reasons=matched)))
    for back in sighting.returns:
        yield Callout((Run(texts.text("digest.back", score=f"{back.score:.2f}"), Style.STRONG),), Style.OPEN)
        yield Quotation(back.promise, _return_source(back, texts))
        yield Quotation(back.quote, line(sighting.doc, " · ", Run(back.again, Style.CODE)))
    if sighting.touches:
        yield Paragraph(line(Run(texts.count("digest.touches", len(sighting.touches)), Style.STRONG)))
    for touch in sighting.touches:
        yield Quotation(touch.quote, _touch_source(touch, sighting, texts))


def _about(sighting: Sighting, texts: Catalogue) -> Line:
    day = sighting.day.isoformat() if sighting.day else texts.text("word.unknown")
    seen = texts.time(sighting.seen)
    words = [Run(f"{day} · {sighting.doc} · {texts.text('digest.seen', time=seen)}", Style.SOFT)]
    if sighting.address:
        words += [Run(" · ", Style.SOFT), Run(sighting.address, href=sighting.address)]
    return tuple(words)


def _touch_source(touch: Touch, sighting: Sighting, texts: Catalogue) -> Line:
    place = texts.text("delivery.place", slug=sighting.doc, start=touch.start, end=touch.end)
    return (
        Run(place),
        Run(f" · {texts.text('digest.touched')} "),
        Run(touch.provision, Style.CODE),
        Run(f" “{touch.commitment}”"),
        Run(f" · {texts.text('digest.why', score=f'{touch.score:.2f}', why=_why(touch.why, texts))}", Style.SOFT),
    )


def _return_source(back: Return, texts: Catalogue) -> Line:
    return (
        Run(back.provision, Style.CODE),
        Run(f" · {texts.text('digest.lacking', slug=back.lacking)}"),
        Run(f" · {texts.text('digest.why', score=f'{back.score:.2f}', why=_why(back.why, texts))}", Style.SOFT),
    )


def _why(why: Sequence[str], texts: Catalogue) -> str:
    return texts.text("word.between").join(why)
