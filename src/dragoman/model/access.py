"""Accounts, sessions and tokens of a team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dragoman.model.docket import Person
from dragoman.model.procedure import Role


class Scope(StrEnum):
    """What a token may be used for, within the roles of its account."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Account:
    """An account.

    Attributes:
        name: short, in small letters; it stands in the log.
        roles: what it may be.
        seat: the seat an agency holds; "" for none.
        organisation: whose cases an applicant sees; "" for none.
        active: whether it may sign in.
        created, changed: when.
        locked_until: the end of a lock after failed attempts; None where it is not locked.
    """

    name: str
    roles: frozenset[Role]
    seat: str
    organisation: str
    active: bool
    created: datetime
    changed: datetime
    locked_until: datetime | None = None

    @property
    def person(self) -> Person:
        """Who acts under it."""
        return Person(self.name, self.roles, self.seat, self.organisation)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the API; its secret is shown once and kept nowhere.

    Attributes:
        id: short.
        account: whose it is.
        name: what it is for.
        scopes: see `Scope`.
        created, expires: when.
        used: when it was last used, to the minute; None for never.
        revoked: when it was taken back; None while it counts.
    """

    id: str
    account: str
    name: str
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime
    used: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Who a request comes from.

    Attributes:
        person: who acts.
        scopes: what the request may do; a session may do both.
        session: hash of the session; "" for a token.
    """

    person: Person
    scopes: frozenset[Scope]
    session: str = ""
