"""Elements of a list in XML, one at a time, whatever namespace they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from dragoman.screen.importers.faults import Faults, UnreadableList, limit, unreadable
from dragoman.screen.importers.source import Source

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def elements(source: Source, faults: Faults, *names: str) -> Iterator[Element]:
    """Yield the elements of these names, each with all it holds; it is emptied afterwards.

    The document's first element comes first, when it begins, with its attributes alone.

    Raises:
        UnreadableList: the file is not well-formed, or an element is too large.
    """
    with source.bytes() as file:
        events = etree.iterparse(
            file, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False
        )
        root: Element | None = None
        try:
            for event, element in events:
                if root is None:
                    root = element
                    yield element
                elif event == "end" and local(element) in names:
                    _refuse_large(element, faults)
                    yield element
                    _drop(element)
        except etree.XMLSyntaxError as fault:
            raise _broken(fault, faults) from fault


def _broken(fault: Any, faults: Faults) -> UnreadableList:  # noqa: ANN401 - lxml states no types
    line, reason = fault.lineno or 1, fault.msg or "no element"
    if "huge" in reason.lower():  # the parser's own guard, far above ours
        return unreadable(faults, "list-cell-too-large", line, limit=int(limit("cell")))
    return unreadable(faults, "list-not-xml", line, reason=reason)


def _refuse_large(element: Element, faults: Faults) -> None:
    most = int(limit("cell"))
    for part in element.iter():
        if any(len(text) > most for text in (part.text or "", *part.attrib.values())):
            raise unreadable(faults, "list-cell-too-large", part.sourceline or 1, limit=most)


def _drop(element: Element) -> None:
    """Let go of an element and of those before it."""
    element.clear()
    while element.getprevious() is not None and (parent := element.getparent()) is not None:
        del parent[0]


def children(element: Element, *names: str) -> list[Element]:
    """Return the children of these names."""
    return [child for child in element if local(child) in names]


def text_of(element: Element, *path: str) -> str:
    """Return the text of the first element at a path below, "" where there is none."""
    for name in path:
        found = children(element, name)
        if not found:
            return ""
        element = found[0]
    return (element.text or "").strip()


def texts_of(element: Element, name: str, inner: str | None = None) -> list[str]:
    """Return the texts of all children of a name, or of their children of another."""
    found = children(element, name)
    if inner is not None:
        found = [part for one in found for part in children(one, inner)]
    return [text for one in found if (text := (one.text or "").strip())]
