"""Where documents and provisions stand on the pages: the paths that do not change."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from dragoman.model.provision import Provision


def document_path(slug: str) -> str:
    """Return the address of a document's page."""
    return f"/d/{quote(slug, safe='')}"


def sentence_path(slug: str, start: int) -> str:
    """Return the address of a sentence in its document.

    Args:
        slug: of the document.
        start: offset of the sentence.
    """
    return f"{document_path(slug)}#s-{start}"


def permalink(provision: Provision) -> str:
    """Return the address of a provision in its document."""
    return f"{document_path(provision.doc)}#{quote(provision.id, safe=':')}"


def provision_path(identifier: str, tail: str = "") -> str:
    """Return the address under which a provision is known by its id alone."""
    return f"/p/{quote(identifier, safe=':')}{tail}"


def track_path(identifier: str, as_of: date | str | None = None) -> str:
    """Return the address of a commitment's page, as of a day where one is given."""
    day = f"?as_of={quote(str(as_of))}" if as_of else ""
    return f"/track/c/{quote(identifier, safe=':')}{day}"
