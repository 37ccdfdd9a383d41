"""Links that persons set by hand, over those that were computed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dragoman.model import Problem
from dragoman.model.bilingual import Alignment, Link, LinkAction, LinkCorrection, Span
from dragoman.terms.problems import problem


def standing(corrections: Iterable[LinkCorrection]) -> list[LinkCorrection]:
    """Return the corrections that count: of those about one sentence the last, none where it takes others back."""
    kept: list[LinkCorrection] = []
    for one in corrections:
        kept = [other for other in kept if not one.touches(other)]
        if one.action is LinkAction.LINK:
            kept.append(one)
    return kept


def corrected(alignment: Alignment, corrections: Iterable[LinkCorrection]) -> Alignment:
    """Return an alignment with the links that persons set; what they leave of computed links stays.

    Corrections that were made on another text are open again: they are left out, with a problem.

    Args:
        alignment: what was computed.
        corrections: all of the two documents, oldest first.
    """
    texts = alignment.english.text_sha256, alignment.chinese.text_sha256
    kept = standing(corrections)
    held = [one for one in kept if one.texts == texts]
    problems = tuple(reopened(alignment, len(kept) - len(held)))
    if not held:
        return replace(alignment, problems=(*alignment.problems, *problems))
    en, zh = ({span for one in held for span in getattr(one, side)} for side in ("en", "zh"))
    links = [
        *(rest for link in alignment.links for rest in left_of(link, en, zh)),
        *(Link(one.en, one.zh, 1.0, one.person) for one in held),
    ]
    return replace(alignment, links=tuple(in_order(links)), problems=(*alignment.problems, *problems))


def left_of(link: Link, en: set[Span], zh: set[Span]) -> Iterator[Link]:
    """Yield what stays of a computed link when sentences are taken from it."""
    english = tuple(span for span in link.en if span not in en)
    chinese = tuple(span for span in link.zh if span not in zh)
    if (english, chinese) == (link.en, link.zh):
        yield link
    elif english and chinese:
        yield replace(link, en=english, zh=chinese)
    else:
        yield from (Link((span,), (), 0.5) for span in english)
        yield from (Link((), (span,), 0.5) for span in chinese)


def in_order(links: Sequence[Link]) -> list[Link]:
    """Return links in the order of the English sentences, Chinese ones alone behind the link of the one before."""
    before = sorted((link.zh[-1], link.en[0]) for link in links if link.en and link.zh)

    def place(link: Link) -> tuple[Span, int, Span]:
        if link.en:
            return link.en[0], 0, link.en[0]
        earlier = bisect_left(before, (link.zh[0], (-1, -1)))
        return (before[earlier - 1][1] if earlier else (-1, -1)), 1, link.zh[0]

    return sorted(links, key=place)


def reopened(alignment: Alignment, count: int) -> Iterator[Problem]:
    """Yield that corrections were made on another text."""
    if count:
        yield problem("link-reopened", alignment.english.slug, other=alignment.chinese.slug, count=count)
