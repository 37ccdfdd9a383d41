"""The same rows from Spark, in a cluster of two executors on this machine: what is sent there must really travel."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from dragoman.bulk import BulkSettings, read_bulk
from dragoman.bulk.claims import claimed
from dragoman.bulk.columns import TABLES
from dragoman.bulk.errors import AnotherRunError
from dragoman.bulk.output import CLAIMS
from dragoman.bulk.store_folder import StoreFolder
from dragoman.model import UsageError
from dragoman.workspace import Workspace
from tests.bulk.conftest import SENTENCES, rows_in
from tests.conftest import REPOSITORY

OWN = REPOSITORY / ".venv-spark" / "bin" / "python"
CLUSTER = "local-cluster[2,1,1024]"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def python() -> Path:
    """An interpreter that has PySpark; skipped where there is none, or no Java."""
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java is installed (Spark needs Java 17)")
    python = Path(sys.executable) if find_spec("pyspark") else OWN
    if not python.exists():
        pytest.skip("PySpark is not installed (make test-spark sets up an environment with it)")
    return python


@pytest.fixture(scope="module")
def run(python: Path) -> Run:
    """Runs the command by that interpreter."""

    def go(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "dragoman", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return go


@pytest.mark.spark
def test_spark_gives_the_same_rows_and_goes_on_where_it_stopped(
    collection: Path, table: Path, tmp_path: Path, run: Run, settings: BulkSettings
) -> None:
    near, far = [str(collection), str(table)], tmp_path / "far"
    far.mkdir()
    (far / "seaside 1.txt").write_text(SENTENCES[0], encoding="utf-8")
    (far / "more.jsonl").write_text('{"id": "meeting-3", "text": "We will act."}\n', encoding="utf-8")
    output, alike = tmp_path / "spark", tmp_path / "alike"
    words = ["bulk", "read", *near, f"file://{far}", str(output), "--engine", "spark", "--part-megabytes", "0.008"]
    first = run(*words, "--master", CLUSTER)
    assert first.returncode == 1, first.stderr  # some inputs give no document
    read_bulk(near, str(alike), settings)
    near_inputs = len((alike / "inputs.jsonl").read_text(encoding="utf-8").splitlines())
    for name in TABLES:
        assert [row for row in rows_in(output, name) if row["input"] < near_inputs] == rows_in(alike, name)
    far_rows = [row for row in rows_in(output, "documents") if row["input"] >= near_inputs]
    assert [row["doc"].rpartition("-")[0] for row in far_rows] == ["meeting-3", "seaside"]
    assert [row["text"] for row in far_rows] == ["We will act.", SENTENCES[0]]
    with Workspace.open(tmp_path / "ws") as workspace:
        assert workspace.bulk.load(output).statuses == {"new": 31}

    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    (output / "manifest.json").write_text(json.dumps(manifest | {"state": "running"}), encoding="utf-8")
    (output / "_commits" / "00001.json").unlink()
    before = {name: rows_in(output, name) for name in TABLES}
    kept = (output / "_commits" / "00000.json").stat().st_mtime_ns
    assert run(*words, "--master", "local[1]").returncode == 1
    assert {name: rows_in(output, name) for name in TABLES} == before
    assert (output / "_commits" / "00000.json").stat().st_mtime_ns == kept


CLAIMED = """
import sys, time
from dragoman.bulk import BulkSettings
from dragoman.bulk.claims import claimed
from dragoman.bulk.spark_session import HadoopFolder, spark_session
with spark_session(BulkSettings("spark", master="local[1]")) as session:
    folder = HadoopFolder(session, sys.argv[1])
    assert folder.read("none.json") is None and folder.infos("none") == [] and folder.remove("none.json") is None
    with claimed(folder, 1.0) as check:
        print("held", flush=True)
        until = time.monotonic() + 3.0
        while time.monotonic() < until:
            check()
    print([one.base_name for one in folder.infos("_claims")], flush=True)
    with claimed(folder, 1.0):
        print("held again", flush=True)
        time.sleep(600)
"""


@pytest.mark.spark
def test_runs_of_either_engine_exclude_each_other_on_a_store(
    collection: Path, tmp_path: Path, run: Run, python: Path
) -> None:
    output = tmp_path / "out"
    words = ["bulk", "read", str(collection), f"file://{output}", "--engine", "spark", "--master", CLUSTER]
    with claimed(StoreFolder(f"file://{output}")):
        refused = run(*words)
        assert refused.returncode == 2
        assert f"process {os.getpid()} on " in refused.stderr
    command = [str(python), "-c", CLAIMED, f"file://{output}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as spark:
        try:
            assert spark.stdout is not None
            assert spark.stdout.readline() == "held\n"
            with pytest.raises(AnotherRunError, match=f"process {spark.pid} on "):
                read_bulk([str(collection)], f"file://{output}", BulkSettings(workers=1))
            assert spark.stdout.readline() == "[]\n"
            assert spark.stdout.readline() == "held again\n"
        finally:
            os.killpg(spark.pid, signal.SIGKILL)
    with claimed(StoreFolder(f"file://{output}"), 0.0):
        pass
    assert run(*words).returncode == 1  # some inputs give no document
    assert list((output / CLAIMS).glob("*.json")) == []


def test_without_java_the_engine_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    with pytest.raises(UsageError, match=r"PySpark cannot be loaded|Spark needs Java 17"):
        read_bulk([str(tmp_path)], str(tmp_path / "out"), BulkSettings("spark"))
