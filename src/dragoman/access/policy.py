"""Who may open which address, from `data/access/policy.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dragoman.lexicon import load_pack
from dragoman.model.procedure import Role

PACK = "access/policy.yaml"
ANYONE, ACCOUNT = "anyone", "account"
SAFE = {"HEAD": "GET", "OPTIONS": "GET"}
"""Methods that are allowed where another is."""


class Verdict(StrEnum):
    """What the policy says of a request."""

    OPEN = "open"
    SIGN_IN = "sign in"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Rule:
    """Addresses, methods and who may use them."""

    paths: tuple[str, ...]
    methods: frozenset[str]
    whom: frozenset[str]

    def fits(self, path: str, method: str) -> bool:
        """Return whether the rule is about a request."""
        return method in self.methods and any(_fits(pattern, path) for pattern in self.paths)


def verdict_on(path: str, method: str, roles: frozenset[Role] | None) -> Verdict:
    """Return whether a request may pass.

    Args:
        path: as it was asked for.
        method: of HTTP.
        roles: of who is signed in; None where nobody is.
    """
    known = SAFE.get(method, method)
    rule = next((one for one in _rules() if one.fits(path, known)), None)
    if rule is not None and ANYONE in rule.whom:
        return Verdict.OPEN
    if roles is None:
        return Verdict.SIGN_IN
    allowed = rule is not None and (ACCOUNT in rule.whom or bool(rule.whom & {role.value for role in roles}))
    return Verdict.OPEN if allowed else Verdict.REFUSED


def _fits(pattern: str, path: str) -> bool:
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(tuple(entry["paths"]), frozenset(entry["methods"]), frozenset(entry["for"]))
        for entry in load_pack(PACK)["rules"]
    )
