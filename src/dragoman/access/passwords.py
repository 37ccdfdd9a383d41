"""Passwords: Argon2id by pwdlib, with its recommended parameters."""

from __future__ import annotations

from functools import cache, cached_property

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError

from dragoman.access.limits import Limits


class Passwords:
    """What is kept of passwords.

    Args:
        hashing: the function and its parameters: they say how long each attempt takes.
    """

    def __init__(self, hashing: PasswordHash) -> None:
        self._hashing = hashing

    @cached_property
    def _nobody(self) -> str:
        """The hash that an attempt on an unknown account is held against, so that it takes as long."""
        return self._hashing.hash("an account that does not exist")

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        return self._hashing.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Return whether a password is the one whose hash is kept; with None, False after as long a time."""
        try:
            fits = self._hashing.verify(password, kept or self._nobody)
        except PwdlibError:
            return False
        return fits and kept is not None


@cache
def recommended_passwords() -> Passwords:
    """Return the hashing of everybody's passwords."""
    return Passwords(PasswordHash.recommended())


def password_problem(password: str, name: str, limits: Limits) -> str:
    """Return why a password is not taken ("short", "long", "name", "same"), "" where it is."""
    if len(password) < limits.least:
        return "short"
    if len(password) > limits.most:
        return "long"
    if name.lower() in password.lower():
        return "name"
    return "same" if len(set(password)) < len("abcd") else ""
