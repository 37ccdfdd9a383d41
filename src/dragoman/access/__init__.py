"""Who may open what: passwords, locks after failed attempts, the policy of addresses. Only secrets are random."""

from __future__ import annotations

from dragoman.access.limits import Limits, load_limits
from dragoman.access.lock import locked_until
from dragoman.access.passwords import Passwords, password_problem, recommended_passwords
from dragoman.access.policy import Verdict, verdict_on
from dragoman.access.secrets import hash_of_secret, new_secret, token_parts, token_text

__all__ = [
    "Limits",
    "Passwords",
    "Verdict",
    "hash_of_secret",
    "load_limits",
    "locked_until",
    "new_secret",
    "password_problem",
    "recommended_passwords",
    "token_parts",
    "token_text",
    "verdict_on",
]
