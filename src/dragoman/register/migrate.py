"""Bringing a register to the form this version works with. The steps are in `migrations/versions/`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from dragoman.register.engine import MIGRATING, Store
from dragoman.register.faults import NewerRegisterError

HEAD = "0024"
"""The form this version works with: the newest step. Held here so that opening need not load Alembic."""


def bring_up_to_date(store: Store) -> None:
    """Create the tables, or run the steps that are missing. Raises StoreError."""
    with store.reading() as connection:
        if revision_of(connection) == HEAD:
            return
    with store.writing(MIGRATING) as connection:
        found = revision_of(connection)
        if found != HEAD:
            _upgrade(store, connection, found)


def revision_of(connection: Connection) -> str | None:
    """Return the form a register has, None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _upgrade(store: Store, connection: Connection, found: str | None) -> None:
    from alembic import command  # noqa: PLC0415 - slow, and needed once in a register's life
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as fault:
        raise NewerRegisterError(store.place, str(found)) from fault
