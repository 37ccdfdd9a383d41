"""Accounts of a team, for the faces: signing in, sessions, tokens, and who may do what.

with Workspace.open("workspace") as workspace:
    workspace.accounts.add("dora", "a long sentence as password", [Role.DESK])
    secret = workspace.accounts.sign_in("dora", "a long sentence as password")
    entry = workspace.accounts.entry_of_session(secret)
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus

from dragoman.access import (
    Limits,
    Passwords,
    Verdict,
    hash_of_secret,
    load_limits,
    locked_until,
    new_secret,
    password_problem,
    recommended_passwords,
    token_parts,
    token_text,
    verdict_on,
)
from dragoman.model import UsageError
from dragoman.model.access import Account, Entry, Scope, Token
from dragoman.model.docket import Person
from dragoman.model.procedure import Role
from dragoman.register import AccountRegister

__all__ = ["Accounts", "Limits", "NotSignedInError", "Verdict", "load_limits", "verdict_on"]

Clock = Callable[[], datetime]
NAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
LOCAL = "local"
"""Who works without an account; no account may have the name."""
MINUTE = timedelta(minutes=1)
BOTH = frozenset(Scope)
A_ROLE, A_SEAT = "role", "seat"


class BadNameError(UsageError):
    """A name that no account may have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`{name}` cannot be the name of an account.",
            "Use 2 to 32 small letters, digits, dots, dashes and underscores, a letter first; not `local`.",
        )


class WeakPasswordError(UsageError):
    """A password that is not taken."""

    http_status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, problem: str, limits: Limits) -> None:
        words = {
            "short": f"The password is shorter than {limits.least} characters.",
            "long": f"The password is longer than {limits.most} characters.",
            "name": "The password holds the name of the account.",
            "same": "The password consists of the same few characters.",
        }
        super().__init__(words[problem], "A sentence that only you would think of is long and easy to keep.")


class NotSignedInError(UsageError):
    """Name and password do not fit, or the account is locked or closed; which of these is not said."""

    http_status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(
            "Name and password do not fit, or the account is locked.",
            "Check both; after too many attempts wait a quarter of an hour, or ask who keeps the accounts.",
        )


class NoRolesError(UsageError):
    """An account that could do nothing, or an agency without a seat."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The account needs a {what}.", "Name it: --role desk, --role agency --seat energy.")


class Accounts:
    """Accounts of a team. Every change and every attempt to sign in has its line in the audit log."""

    def __init__(
        self,
        register: AccountRegister,
        clock: Clock,
        limits: Limits | None = None,
        passwords: Passwords | None = None,
    ) -> None:
        self._register = register
        self._clock = clock
        self._limits = limits or load_limits()
        self._passwords = passwords or recommended_passwords()

    def exist(self) -> bool:
        """Return whether there is an account that may sign in; then nobody works without one."""
        return self._register.count() > 0

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts by name, with locks."""
        at = self._clock()
        return tuple(
            replace(one, locked_until=locked_until(self._register.failures(one.name), self._limits, at))
            for one in self._register.accounts()
        )

    def person(self, name: str) -> Person:
        """Return who acts under an account. Raises NotFoundError."""
        return self._register.account(name).person

    def add(
        self,
        name: str,
        password: str,
        roles: Iterable[Role],
        *,
        seat: str = "",
        organisation: str = "",
        by: str = LOCAL,
    ) -> Account:
        """Add an account.

        Args:
            name: 2 to 32 small letters, digits, dots, dashes, underscores.
            password: at least 12 characters; only its Argon2id hash is kept.
            roles: at least one.
            seat: of an agency.
            organisation: of an applicant.
            by: who adds it.

        Raises:
            UsageError: the name, password, roles or seat cannot be.
            ConflictError: there is one of that name.
        """
        account = self.planned(name, roles, seat=seat, organisation=organisation)
        self._register.add(account, self._hashed(password, name), by)
        return account

    def planned(self, name: str, roles: Iterable[Role], *, seat: str = "", organisation: str = "") -> Account:
        """Return an account as it would be added, so that what is wrong shows before a password is asked for.

        Raises:
            UsageError: the name, roles or seat cannot be.
        """
        if not NAME.fullmatch(name) or name == LOCAL:
            raise BadNameError(name)
        at = self._clock()
        account = Account(name, frozenset(roles), seat, organisation, active=True, created=at, changed=at)
        return self._sound(account)

    def change(
        self,
        name: str,
        *,
        roles: Iterable[Role] | None = None,
        seat: str | None = None,
        organisation: str | None = None,
        active: bool | None = None,
        by: str = LOCAL,
    ) -> Account:
        """Change what an account may do; what is not named stays. Raises NotFoundError, UsageError."""
        old = self._register.account(name)
        account = Account(
            name=name,
            roles=old.roles if roles is None else frozenset(roles),
            seat=old.seat if seat is None else seat,
            organisation=old.organisation if organisation is None else organisation,
            active=old.active if active is None else active,
            created=old.created,
            changed=self._clock(),
        )
        self._register.change(self._sound(account), by)
        return account

    def set_password(self, name: str, password: str, by: str = LOCAL) -> None:
        """Set another password; all sessions of the account end. Raises NotFoundError, UsageError."""
        self._register.set_password(name, self._hashed(password, name), self._clock(), by)

    def change_own_password(self, name: str, old: str, new: str) -> None:
        """Let somebody change the password, who knows the old one. Raises NotSignedInError, UsageError."""
        self._try(name, old)
        self.set_password(name, new, name)

    def unlock(self, name: str, by: str = LOCAL) -> None:
        """Lift a lock. Raises NotFoundError."""
        self._register.unlock(name, self._clock(), by)

    def sign_in(self, name: str, password: str, replaces: str = "") -> str:
        """Return the secret of a new session.

        Args:
            name: of the account.
            password: as it was given.
            replaces: secret of the session that the browser held before; it is ended.

        Raises:
            NotSignedInError: they do not fit, or the account is locked or closed.
        """
        self._try(name, password)
        secret = new_secret()
        old = hash_of_secret(replaces) if replaces else ""
        self._register.begin(name, hash_of_secret(secret), self._clock(), old)
        return secret

    def _try(self, name: str, password: str) -> None:
        at = self._clock()
        account, kept = self._register.secret(name)
        failures = self._register.failures(name) if account else ()
        locked = locked_until(failures, self._limits, at) is not None
        if self._passwords.fits(password[: self._limits.most], kept) and not locked:
            return
        if account is not None and not locked:
            locks = locked_until((*failures, at), self._limits, at) is not None
            self._register.failed(name, at, locks=locks)
        raise NotSignedInError

    def entry_of_session(self, secret: str) -> Entry | None:
        """Return who a session belongs to; None where it does not hold any more."""
        digest, at = hash_of_secret(secret), self._clock()
        found = self._register.session(digest)
        if found is None:
            return None
        account, begun, used = found
        if at - begun > self._limits.session or at - used > self._limits.idle:
            self._register.end(digest, account.name, at)
            return None
        if at - used > MINUTE:
            self._register.use(digest, at)
        return Entry(account.person, BOTH, digest)

    def sign_out(self, entry: Entry) -> None:
        """End a session."""
        self._register.end(entry.session, entry.person.account, self._clock())

    def add_token(
        self, name: str, what: str, scopes: Iterable[Scope], days: int | None = None, by: str = LOCAL
    ) -> tuple[Token, str]:
        """Return a new token of an account, with its text, which is shown this once.

        Args:
            name: of the account.
            what: what it is for.
            scopes: what it may be used for.
            days: how long it holds, at most a year.
            by: who adds it.

        Raises:
            NotFoundError: no such account.
        """
        at, secret = self._clock(), new_secret()
        holds = min(timedelta(days=days) if days else self._limits.token, self._limits.most_token)
        given = frozenset(scopes) or frozenset({Scope.READ})
        token = Token(secrets.token_hex(4), name, what.strip() or "–", given, at, at + holds)
        self._register.add_token(token, hash_of_secret(secret), by)
        return token, token_text(token.id, secret)

    def tokens(self, name: str) -> tuple[Token, ...]:
        """Return the tokens of an account."""
        return self._register.tokens(name)

    def revoke_token(self, identifier: str, by: str = LOCAL, owner: str = "") -> None:
        """Take a token back. Raises NotFoundError, also where it is not the owner's that is named."""
        self._register.revoke(identifier, self._clock(), by, owner)

    def entry_of_token(self, text: str) -> Entry | None:
        """Return who a token belongs to and what it may do; None where it does not count."""
        parts = token_parts(text)
        found = self._register.token(parts[0]) if parts else None
        if parts is None or found is None:
            return None
        token, digest, account = found
        at = self._clock()
        if not hmac.compare_digest(digest, hash_of_secret(parts[1])) or token.revoked or at > token.expires:
            return None
        if token.used is None or at - token.used > MINUTE:
            self._register.token_used(token.id, at)
        return Entry(account.person, token.scopes)

    def _hashed(self, password: str, name: str) -> str:
        problem = password_problem(password, name, self._limits)
        if problem:
            raise WeakPasswordError(problem, self._limits)
        return self._passwords.hash(password)

    def _sound(self, account: Account) -> Account:
        if not account.roles:
            raise NoRolesError(A_ROLE)
        if Role.AGENCY in account.roles and not account.seat:
            raise NoRolesError(A_SEAT)
        return account
