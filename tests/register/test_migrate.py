from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import dragoman.register
from dragoman.model import Query, StoreError
from dragoman.register import Register
from dragoman.register.engine import store_at
from dragoman.register.migrate import HEAD, revision_of
from dragoman.register.schema import metadata
from tests.register.making import CODER, NOON, document, provision

MIGRATIONS = Path(dragoman.register.__file__).parent / "migrations"
SEARCH = "sentence_index"


def test_the_newest_step_is_the_one_the_code_works_with() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_steps_build_the_tables_that_the_code_describes(place: str) -> None:
    Register.open(place).close()
    store = store_at(place)
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = {name for name in inspect(connection).get_table_names() if not name.startswith(SEARCH)}
        assert found == {*metadata.tables, "alembic_version"}
        differences = [
            d
            for d in compare_metadata(context, metadata)
            if SEARCH not in repr(d) and "search_text" not in repr(d)
        ]
    store.engine.dispose()
    assert differences == []


def test_an_older_register_is_brought_up_to_date_with_what_it_holds(place: str) -> None:
    register = Register.open(place)
    doc = document("We will meet.\nThey will pay.")
    register.save(doc, [provision(doc, 0), provision(doc, 1)], coder=CODER, at=NOON)
    before = register.provisions(Query())
    register.close()
    store = store_at(place)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.writing("test") as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        assert revision_of(connection) == "0001"
    store.engine.dispose()
    register = Register.open(place)
    assert register.provisions(Query(coders=(CODER,))) == before
    register.close()


def test_a_register_of_a_newer_version_is_refused_unharmed(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    Register.open(path).close()
    store = store_at(path)
    with store.writing("test") as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer dragoman"):
        Register.open(path)
    with store.reading() as connection:
        assert revision_of(connection) == "9999"
    store.engine.dispose()
