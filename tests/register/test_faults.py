"""What goes wrong around a register: killed, crowded, full, locked, damaged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import event, text

import dragoman.register
from dragoman.model import Query, StoreError, UsageError
from dragoman.register import Register
from dragoman.register import engine as engine_module
from dragoman.register.engine import MIGRATING, Store, store_at
from dragoman.register.migrate import HEAD, bring_up_to_date, revision_of
from tests.register.making import CODER, NOON, document, provision

pytestmark = pytest.mark.long

REPOSITORY = Path(__file__).resolve().parents[2]
MIGRATIONS = Path(dragoman.register.__file__).parent / "migrations"
SENTENCES = 100

WRITER = """
import sys
from dragoman.register import Register
from tests.register.making import CODER, NOON, document, provision

place, name, number, sentences = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
register = Register.open(place)
for n in range(number):
    text = "\\n".join(f"We will do {name} {n} {k}." for k in range(sentences))
    doc = document(text, f"{name}-{n}" if name != "same" else "same")
    register.save(doc, [provision(doc, k) for k in range(sentences)], coder=CODER, at=NOON)
    print(n, flush=True)
register.close()
"""


def writer(place: str, name: str, number: int, sentences: int = SENTENCES) -> subprocess.Popen[bytes]:
    """Start a process that keeps documents until it has kept `number` of them."""
    words = [sys.executable, "-c", WRITER, place, name, str(number), str(sentences)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(words, stdout=subprocess.PIPE, env=environment)


def whole(register: Register, sentences: int = SENTENCES) -> int:
    """Check that every document is whole in every part; return how many there are."""
    library = register.documents()
    for summary in library:
        doc = register.document(summary.slug)
        assert len(doc.sentences) == sentences == sum(summary.provisions.values())
        assert register.provisions(Query(documents=(doc.slug,), text="will")).total == sentences
        assert register.provisions(Query(documents=(doc.slug,), actors=("Freedonia",))).total == sentences
    assert register.search("will").total == sentences * len(library)
    return len(library)


@pytest.mark.parametrize("delay", [0.0, 0.03])
def test_a_killed_reader_leaves_whole_documents(place: str, delay: float) -> None:
    process = writer(place, "killed", 10_000)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(2)]
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    register = Register.open(place)
    assert whole(register) >= len(said)
    later = document("We will go on.", "later")
    assert register.save(later, [], coder=CODER, at=NOON)[0].status == "new"
    register.close()


def test_two_readers_at_once_both_finish(new_place: str) -> None:
    processes = [writer(new_place, name, 4) for name in ("one", "two")]
    assert [process.communicate() and process.returncode for process in processes] == [0, 0]
    register = Register.open(new_place)
    assert whole(register) == 8
    register.close()


def test_two_readers_of_the_same_document_agree_on_its_versions(place: str) -> None:
    processes = [writer(place, "same", 4, 3) for _ in range(2)]
    assert [process.communicate() and process.returncode for process in processes] == [0, 0]
    register = Register.open(place)
    assert whole(register, 3) == 1
    (summary,) = register.documents()
    assert [register.document("same", n).slug for n in range(1, summary.version + 1)] == ["same"] * summary.version
    register.close()


OPENER = """
import sys
from dragoman.register import Register
print("opening", flush=True)
Register.open(sys.argv[1]).close()
print("opened", flush=True)
"""


def to_oldest_form(place: str) -> None:
    """Take a register back to its first form, as an early version left it."""
    store, config = store_at(place), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.writing("test") as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    store.engine.dispose()


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.15])
def test_a_killed_migration_leaves_the_old_form_or_the_new(place: str, delay: float) -> None:
    register = Register.open(place)
    doc = document("We will meet.\nThey will pay.")
    register.save(doc, [provision(doc, 0), provision(doc, 1)], coder=CODER, at=NOON)
    register.close()
    to_oldest_form(place)
    words = [sys.executable, "-c", OPENER, place]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    assert process.stdout is not None
    assert process.stdout.readline() == b"opening\n"
    time.sleep(delay)
    process.kill()
    process.communicate()
    store = store_at(place)
    with store.reading() as connection:
        assert revision_of(connection) in {"0001", HEAD}
    store.engine.dispose()
    register = Register.open(place)
    assert whole(register, 2) == 1
    register.close()


def test_what_another_version_has_rebuilt_is_not_written(place: str) -> None:
    register, newer = Register.open(place), store_at(place)
    doc = document("We will meet.")
    with newer.writing(MIGRATING) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(
        StoreError, match=r"to 9999 while it was open here; nothing was written\. Start this program"
    ):
        register.save(doc, [], coder=CODER, at=NOON)
    assert register.documents() == ()
    with newer.writing(MIGRATING) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
    newer.engine.dispose()
    assert register.save(doc, [], coder=CODER, at=NOON)[0].status == "new"
    register.close()


def write_while_the_server_goes_away(store: Store, place: str) -> None:
    with store.writing("x") as own:
        with psycopg.connect(place, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        own.execute(text("SELECT 1"))


@pytest.mark.postgres
def test_a_server_that_goes_away_and_comes_back_needs_no_new_start(postgres_place: str) -> None:
    register = Register.open(postgres_place)
    register.save(document("We will meet.", "before"), [], coder=CODER, at=NOON)
    store = store_at(postgres_place)
    with pytest.raises(StoreError, match=r"went away .* Try again when the server answers"):
        write_while_the_server_goes_away(store, postgres_place)
    store.engine.dispose()
    register.save(document("We will meet.", "after"), [], coder=CODER, at=NOON)
    assert [one.slug for one in register.documents()] == ["after", "before"]
    register.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Register]:
    """A register on a disk with room for 1 MB, of which the empty one takes more than half."""
    store = store_at(tmp_path / "register.sqlite")
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 250"))
    bring_up_to_date(store)
    register = Register(store)
    yield register
    register.close()


def keep_until_full(register: Register) -> None:
    """Keep documents of 50 sentences until the disk is full."""
    for number in range(1000):
        doc = document("\n".join(f"We will {number} {k} do." for k in range(50)), f"doc-{number}")
        register.save(doc, [provision(doc, k) for k in range(50)], coder=CODER, at=NOON)


def test_a_full_disk_is_named_and_leaves_whole_documents(small_disk: Register) -> None:
    with pytest.raises(StoreError, match=r"No room is left .* Make room"):
        keep_until_full(small_disk)
    assert whole(small_disk, 50) > 0


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(b"This is no database at all. " * 100)
    with pytest.raises(StoreError, match="damaged or is not a register"):
        Register.open(path)


def test_a_torn_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    register = Register.open(path)
    register.save(document("We will meet."), [], coder=CODER, at=NOON)
    register.close()
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(StoreError, match="damaged or is not a register"):
        Register.open(path).documents()


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be opened .* Check that the folder exists"):
        Register.open(tmp_path)


def test_a_read_only_file_is_named(
    open_folder: Path, without_rights: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_folder / "register.sqlite"
    register = Register.open(path)
    register.save(document("We will meet.", "before"), [], coder=CODER, at=NOON)
    register.close()
    path.chmod(0o444)
    with without_rights():
        register = Register.open(path)
        with pytest.raises(StoreError, match="cannot be written"):
            register.save(document("We will meet.", "after"), [], coder=CODER, at=NOON)
        register.close()
    register = Register.open(path)
    assert [one.slug for one in register.documents()] == ["before"]
    register.close()


def test_a_register_that_only_reads_is_named(tmp_path: Path) -> None:
    store = store_at(tmp_path / "register.sqlite")
    bring_up_to_date(store)
    event.listen(store.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA query_only = 1"))
    with pytest.raises(StoreError, match=r"cannot be written\. Give yourself the right"):
        Register(store).save(document("We will meet."), [], coder=CODER, at=NOON)
    store.engine.dispose()


def test_a_register_held_by_another_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
    path = tmp_path / "register.sqlite"
    register, other = Register.open(path), store_at(path)
    with other.writing("test"), pytest.raises(StoreError, match="Another process has held"):
        register.save(document("We will meet."), [], coder=CODER, at=NOON)
    register.close()
    other.engine.dispose()


@pytest.mark.parametrize("address", ["mysql://root@localhost/x", "postgresql://:::", "http://example.org"])
def test_an_address_that_is_no_database_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="postgresql://user@host/name"):
        Register.open(address)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match="driver is not installed"):
        Register.open("postgresql://ann@localhost/x")


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    for address in (f"postgresql://ann:secret@/x?host={tmp_path}", "postgresql://ann:secret@no-host.invalid/x"):
        with pytest.raises(StoreError, match="server is running") as caught:
            Register.open(address)
        assert "secret" not in str(caught.value)
