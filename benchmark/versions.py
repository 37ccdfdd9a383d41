"""The texts at hand in two language versions: the declaration, both in one file, and the order."""

from __future__ import annotations

from annotated import shared_folder
from dragoman.model import Document
from dragoman.read import read_text

ORDER = ("eo-14320-ai-exports-2025.en", "eo-14320-ai-exports-2025.zh")


def declaration() -> Document:
    """Return the declaration with both its versions."""
    return read_text(
        (shared_folder() / "docs" / "atlantic-declaration.txt").read_text("utf-8"), slug="declaration"
    )


def order() -> tuple[Document, Document]:
    """Return the English and the Chinese version of the order."""
    folder = shared_folder() / "corpus" / "parallel"
    first, second = (read_text((folder / f"{name}.txt").read_text("utf-8"), slug=name) for name in ORDER)
    return first, second
