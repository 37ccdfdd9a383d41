"""What goes wrong around a register: killed, crowded, full, locked, damaged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from dragoman.model import Query, StoreError, UsageError
from dragoman.register import Register
from dragoman.register import engine as engine_module
from dragoman.register.engine import store_at
from dragoman.register.migrate import bring_up_to_date
from tests.register.making import CODER, NOON, document, provision

REPOSITORY = Path(__file__).resolve().parents[2]
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
    command = [sys.executable, "-c", WRITER, place, name, str(number), str(sentences)]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)


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


def test_two_readers_at_once_both_finish(place: str) -> None:
    processes = [writer(place, name, 4) for name in ("one", "two")]
    assert [process.communicate() and process.returncode for process in processes] == [0, 0]
    register = Register.open(place)
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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Register]:
    """A register on a disk with room for 600 KB."""
    store = store_at(tmp_path / "register.sqlite")
    event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 150"))
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


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    Register.open(path).close()
    path.chmod(0o400)
    register = Register.open(path)
    with pytest.raises(StoreError, match="cannot be written"):
        register.save(document("We will meet."), [], coder=CODER, at=NOON)
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
    with pytest.raises(StoreError, match="server is running") as caught:
        Register.open(f"postgresql://ann:secret@/x?host={tmp_path}")
    assert "secret" not in str(caught.value)
