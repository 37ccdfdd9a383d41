"""Accounts, sessions and tokens. Each change is kept with its line of the audit log, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from dragoman.model import ConflictError, NotFoundError
from dragoman.model.access import Account, Scope, Token
from dragoman.model.procedure import Role
from dragoman.register.audit import LOCK, note
from dragoman.register.engine import Store
from dragoman.register.rows import column_text, json_of
from dragoman.register.schema import accounts, attempts, sessions, tokens
from dragoman.register.texts import AnyRow, stamp


class NoSuchAccountError(NotFoundError):
    """No account has the name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account `{name}`.", "`dragoman account list` lists them.")


class AccountTakenError(ConflictError):
    """An account has the name already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account `{name}` already.", "Choose another name, or change the account.")


class NoSuchTokenError(NotFoundError):
    """No token has the id."""

    def __init__(self, identifier: str) -> None:
        super().__init__(f"There is no token `{identifier}`.", "`dragoman account tokens NAME` lists them.")


class AccountRegister:
    """Accounts of a team; each call is one transaction. Raises StoreError."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, account: Account, password: str, by: str) -> None:
        """Keep a new account with the hash of its password. Raises AccountTakenError."""
        row = {"name": account.name, "password": password, **_columns(account), "created": stamp(account.created)}
        with self._store.writing(LOCK) as connection:
            if _row(connection, account.name) is not None:
                raise AccountTakenError(account.name)
            connection.execute(insert(accounts), row)
            note(connection, account.created, by, "account.added", account.name, _noted(account))

    def change(self, account: Account, by: str) -> None:
        """Keep how an account is now; one that is not active any more loses its sessions."""
        with self._store.writing(LOCK) as connection:
            self._known(connection, account.name)
            connection.execute(update(accounts).where(accounts.c.name == account.name).values(_columns(account)))
            if not account.active:
                connection.execute(delete(sessions).where(sessions.c.account == account.name))
            note(connection, account.changed, by, "account.changed", account.name, _noted(account))

    def set_password(self, name: str, password: str, at: datetime, by: str) -> None:
        """Keep the hash of another password and end the sessions of the account."""
        with self._store.writing(LOCK) as connection:
            self._known(connection, name)
            values = {"password": password, "changed": stamp(at)}
            connection.execute(update(accounts).where(accounts.c.name == name).values(values))
            connection.execute(delete(sessions).where(sessions.c.account == name))
            connection.execute(delete(attempts).where(attempts.c.account == name))
            note(connection, at, by, "account.password", name, {})

    def account(self, name: str) -> Account:
        """Return an account. Raises NoSuchAccountError."""
        with self._store.reading() as connection:
            return account_of(self._known(connection, name))

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with self._store.reading() as connection:
            return tuple(map(account_of, connection.execute(select(accounts).order_by(accounts.c.name))))

    def count(self) -> int:
        """Return how many accounts may sign in."""
        with self._store.reading() as connection:
            question = select(func.count()).select_from(accounts).where(accounts.c.active == 1)
            return connection.execute(question).scalar() or 0

    def secret(self, name: str) -> tuple[Account | None, str | None]:
        """Return an active account with the hash of its password; nothing for another."""
        with self._store.reading() as connection:
            row = _row(connection, name)
        return (account_of(row), str(row.password)) if row is not None and row.active else (None, None)

    def failures(self, name: str) -> tuple[datetime, ...]:
        """Return the attempts that failed since the last that did not, oldest first."""
        question = select(attempts.c.at).where(attempts.c.account == name).order_by(attempts.c.id)
        with self._store.reading() as connection:
            return tuple(datetime.fromisoformat(row.at) for row in connection.execute(question))

    def failed(self, name: str, at: datetime, *, locks: bool) -> None:
        """Note an attempt that failed; `locks` says that it locks the account."""
        with self._store.writing(LOCK) as connection:
            connection.execute(insert(attempts), {"account": name, "at": stamp(at)})
            note(connection, at, name, "account.locked" if locks else "login.failed", name, {})

    def unlock(self, name: str, at: datetime, by: str) -> None:
        """Forget the attempts that failed."""
        with self._store.writing(LOCK) as connection:
            self._known(connection, name)
            connection.execute(delete(attempts).where(attempts.c.account == name))
            note(connection, at, by, "account.unlocked", name, {})

    def begin(self, name: str, session: str, at: datetime, replaces: str = "") -> None:
        """Begin a session; the one that the browser held before is ended, and failed attempts are forgotten."""
        row = {"hash": session, "account": name, "created": stamp(at), "used": stamp(at)}
        with self._store.writing(LOCK) as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == replaces))
            connection.execute(delete(attempts).where(attempts.c.account == name))
            connection.execute(insert(sessions), row)
            note(connection, at, name, "login.ok", name, {})

    def session(self, session: str) -> tuple[Account, datetime, datetime] | None:
        """Return the active account of a session, when it began and was last used; None where there is none."""
        question = (
            select(accounts, sessions.c.created.label("begun"), sessions.c.used.label("used"))
            .join(sessions, sessions.c.account == accounts.c.name)
            .where(sessions.c.hash == session, accounts.c.active == 1)
        )
        with self._store.reading() as connection:
            row = connection.execute(question).first()
        if row is None:
            return None
        return account_of(row), datetime.fromisoformat(row.begun), datetime.fromisoformat(row.used)

    def use(self, session: str, at: datetime) -> None:
        """Note that a session is used."""
        with self._store.writing("sessions") as connection:
            connection.execute(update(sessions).where(sessions.c.hash == session).values(used=stamp(at)))

    def end(self, session: str, name: str, at: datetime) -> None:
        """End a session."""
        with self._store.writing(LOCK) as connection:
            connection.execute(delete(sessions).where(sessions.c.hash == session))
            note(connection, at, name, "logout", name, {})

    def add_token(self, token: Token, digest: str, by: str) -> None:
        """Keep a token by the hash of its secret."""
        row = {
            "id": token.id,
            "hash": digest,
            "account": token.account,
            "name": column_text(token.name),
            "scopes": json_of(sorted(token.scopes)),
            "created": stamp(token.created),
            "expires": stamp(token.expires),
        }
        noted = {"id": token.id, "name": token.name, "scopes": sorted(token.scopes)}
        with self._store.writing(LOCK) as connection:
            self._known(connection, token.account)
            connection.execute(insert(tokens), row)
            note(connection, token.created, by, "token.added", token.account, noted)

    def token(self, identifier: str) -> tuple[Token, str, Account] | None:
        """Return a token with the hash of its secret and its active account; None where there is none."""
        with self._store.reading() as connection:
            row = connection.execute(select(tokens).where(tokens.c.id == identifier)).first()
            owner = None if row is None else _row(connection, row.account)
        return (
            None
            if row is None or owner is None or not owner.active
            else (token_of(row), row.hash, account_of(owner))
        )

    def tokens(self, name: str) -> tuple[Token, ...]:
        """Return the tokens of an account, oldest first."""
        question = select(tokens).where(tokens.c.account == name).order_by(tokens.c.created)
        with self._store.reading() as connection:
            return tuple(map(token_of, connection.execute(question)))

    def token_used(self, identifier: str, at: datetime) -> None:
        """Note that a token is used."""
        with self._store.writing("tokens") as connection:
            connection.execute(update(tokens).where(tokens.c.id == identifier).values(used=stamp(at)))

    def revoke(self, identifier: str, at: datetime, by: str, owner: str = "") -> None:
        """Take a token back. Raises NoSuchTokenError, also where it is not the owner's that is named."""
        with self._store.writing(LOCK) as connection:
            row = connection.execute(select(tokens).where(tokens.c.id == identifier)).first()
            if row is None or (owner and row.account != owner):
                raise NoSuchTokenError(identifier)
            connection.execute(update(tokens).where(tokens.c.id == identifier).values(revoked=stamp(at)))
            note(connection, at, by, "token.revoked", row.account, {"id": identifier})

    def _known(self, connection: Connection, name: str) -> AnyRow:
        row = _row(connection, name)
        if row is None:
            raise NoSuchAccountError(name)
        return row


def _row(connection: Connection, name: str) -> AnyRow | None:
    return connection.execute(select(accounts).where(accounts.c.name == name)).first()


def _columns(account: Account) -> dict[str, Any]:
    return {
        "roles": json_of(sorted(role.value for role in account.roles)),
        "seat": column_text(account.seat),
        "organisation": column_text(account.organisation),
        "active": int(account.active),
        "changed": stamp(account.changed),
    }


def _noted(account: Account) -> Mapping[str, Any]:
    return {
        "roles": sorted(role.value for role in account.roles),
        "seat": account.seat,
        "organisation": account.organisation,
        "active": account.active,
    }


def account_of(row: AnyRow) -> Account:
    """Return the account of a row."""
    return Account(
        name=row.name,
        roles=frozenset(Role(role) for role in json.loads(row.roles)),
        seat=row.seat,
        organisation=row.organisation,
        active=bool(row.active),
        created=datetime.fromisoformat(row.created),
        changed=datetime.fromisoformat(row.changed),
    )


def token_of(row: AnyRow) -> Token:
    """Return the token of a row."""
    return Token(
        id=row.id,
        account=row.account,
        name=row.name,
        scopes=frozenset(Scope(scope) for scope in json.loads(row.scopes)),
        created=datetime.fromisoformat(row.created),
        expires=datetime.fromisoformat(row.expires),
        used=datetime.fromisoformat(row.used) if row.used else None,
        revoked=datetime.fromisoformat(row.revoked) if row.revoked else None,
    )
