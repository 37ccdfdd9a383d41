"""Passwords: Argon2id by pwdlib, with its recommended parameters."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from dragoman.access.limits import Limits


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobody() -> str:
    """Return the hash that an attempt on an unknown account is held against, so that it takes as long."""
    return _hasher().hash("an account that does not exist")


def hash_of_password(password: str) -> str:
    """Return what is kept of a password."""
    return _hasher().hash(password)


def fits_password(password: str, kept: str | None) -> bool:
    """Return whether a password is the one whose hash is kept; with None, False after as long a time."""
    try:
        fits = _hasher().verify(password, kept or _nobody())
    except PwdlibError:
        return False
    return fits and kept is not None


def password_problem(password: str, name: str, limits: Limits) -> str:
    """Return why a password is not taken ("short", "long", "name", "same"), "" where it is."""
    if len(password) < limits.least:
        return "short"
    if len(password) > limits.most:
        return "long"
    if name.lower() in password.lower():
        return "name"
    return "same" if len(set(password)) < len("abcd") else ""
