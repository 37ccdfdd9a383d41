"""Hashes and stable identifiers."""

from __future__ import annotations

import hashlib

ID_LENGTH = 12
"""Hexadecimal digits of a provision's id: 48 bits, collision odds below 2e-3 at a million lines a slug."""


def sha256_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8; lone surrogates are hashed as they stand."""
    return sha256_of_bytes(text.encode("utf-8", "surrogatepass"))


def provision_id(doc: str, quote: str, trigger: str, ordinal: int) -> str:
    """Return the id of a provision, stable as long as its sentence and trigger stand.

    Args:
        doc: slug of the document.
        quote: exact text of the sentence.
        trigger: exact text of the trigger.
        ordinal: 0 for the first provision with the same three, 1 for the next, in text order.
    """
    key = "\x1f".join((doc, quote, trigger, str(ordinal)))
    return f"{doc}:{sha256_of_text(key)[:ID_LENGTH]}"
