"""Secrets of sessions and tokens: random, shown once, kept as their hash."""

from __future__ import annotations

import secrets

from dragoman.model.identity import sha256_of_text

BYTES = 32
"""256 random bits: a plain hash is enough to keep them by."""
PREFIX = "dgm"


def new_secret() -> str:
    """Return a secret, in letters that an address, a header and a cookie carry."""
    return secrets.token_urlsafe(BYTES)


def hash_of_secret(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256_of_text(secret)


def token_text(identifier: str, secret: str) -> str:
    """Return a token as it is handed out."""
    return f"{PREFIX}.{identifier}.{secret}"


def token_parts(text: str) -> tuple[str, str] | None:
    """Return identifier and secret of a token, None for anything else."""
    parts = text.split(".")
    return (parts[1], parts[2]) if len(parts) == len(("prefix", "id", "secret")) and parts[0] == PREFIX else None
