"""Faults tried on a register, and what was lost: processes killed, servers crashed, disks full, files damaged.

    python benchmark/faults.py                     every fault, both engines
    python benchmark/faults.py --tries 50 --fault "killed while reading"

Each try lets a process of its own act (faults_work.py), which writes down what was acknowledged, stops it at a
random moment (SIGKILL, or a crash of the database server), opens the workspace again and compares: "lost" counts
what was acknowledged and is not there, "half" what is there in part, "unnamed" endings that were not one of our
messages. The seed is printed. PostgreSQL runs with fsync here. SIGKILL is not a loss of power: for that the
register asks the engine to flush each transaction, which no test on one machine can show.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config

import dragoman.register
from dragoman.archiving import restore
from dragoman.docket import load_procedure, standing
from dragoman.model import DragomanError, Query
from dragoman.model.docket import Act, ActKind, DocketQuery, Sight
from dragoman.register import Register
from dragoman.register.engine import store_at
from dragoman.workspace import REGISTER_FILE, Workspace
from faults_work import LINES_OF_A_TEXT, TEXT

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.register.server import NoServerError, Server, running_server

WORK = Path(__file__).with_name("faults_work.py")
MIGRATIONS = Path(dragoman.register.__file__).parent / "migrations"
SEED = 20261126
LONGEST = 0.6
"""Seconds after the first sign of life within which a process is stopped."""
PATIENCE = 60.0
OF_OURS = 2
"""Exit code of a process that ended with one of our messages."""
EVERYTHING = Sight(everything=True)
HEAD = f"{'fault':42}{'engine':12}{'tries':>6}{'acknowledged':>14}{'lost':>6}{'half':>6}{'unnamed':>9}"


@dataclass(slots=True)
class Tally:
    """What came of the tries of one fault."""

    tries: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    unnamed: int = 0
    notes: list[str] = field(default_factory=list)

    def lose(self, missing: Mapping[str, object] | set[str]) -> None:
        """Count what was acknowledged and is not there."""
        self.lost += len(missing)
        self.notes += [f"lost: {one}" for one in sorted(missing)]

    def broken(self, why: str) -> None:
        """Count something that is there in part."""
        self.half += 1
        self.notes.append(f"half: {why}")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where one try happens: a folder, and a database of a server or the file in the folder."""

    folder: Path
    place: str | None = None

    def register(self) -> Register:
        """Open the register."""
        self.folder.mkdir(exist_ok=True)
        return Register.open(self.place or self.folder / REGISTER_FILE)

    def workspace(self) -> Workspace:
        """Open the workspace."""
        return Workspace.open(self.folder, self.place)

    def start(self, act: str, log: Path, **options: object) -> subprocess.Popen[str]:
        """Start a process that acts, and return when its first act was acknowledged (migrating: has begun)."""
        words = [sys.executable, str(WORK), act, str(self.folder), self.place or "-", str(log)]
        process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload]
        begun = 0 if act == "migrate" else 1  # the log begins with an empty line
        wait_until(lambda: process.poll() is not None or (log.exists() and log.stat().st_size > begun))
        if not log.exists():
            raise RuntimeError(process.communicate()[1])
        return process  # type: ignore[no-any-return]


def wait_until(so: Callable[[], bool]) -> None:
    """Return when something is so. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.005)


def said(log: Path) -> list[str]:
    """Return what was acknowledged; a line that the kill cut was not."""
    whole, _, _ = log.read_text().rpartition("\n")
    return [line for line in whole.split("\n") if line]


def killed(ground: Ground, act: str, chance: random.Random, log: Path) -> list[str]:
    """Let a process act, kill it at a random moment, return what it had been told."""
    process = ground.start(act, log)
    time.sleep(chance.uniform(0.0, LONGEST))
    process.kill()
    process.communicate()
    return said(log)


def texts(ground: Ground, number: int) -> None:
    """Read some texts."""
    with ground.workspace() as workspace:
        for one in range(number):
            list(workspace.read_bytes(TEXT.format(number=one).encode(), f"lakeside-{one}.txt"))


def examine_texts(ground: Ground, acknowledged: list[str], tally: Tally) -> None:
    """Compare the library with what was acknowledged: every text whole, in its own words, with all its lines."""
    with ground.workspace() as workspace:
        documents = {one.slug: one for one in workspace.documents()}
        tally.lose(set(acknowledged) - set(documents))
        for slug, summary in documents.items():
            text = workspace.document(slug).text
            lines = workspace.provisions(Query(documents=(slug,))).total
            if text != TEXT.format(number=slug.rpartition("-")[2]) or lines != LINES_OF_A_TEXT:
                tally.broken(f"{slug}: {lines} lines of {sum(summary.provisions.values())}")
        if workspace.search("trusted chip").total != len(documents):
            tally.broken("the index of words")


def try_reading(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Kill a process that reads texts."""
    acknowledged = killed(ground, "read", chance, ground.folder.parent / "log")
    tally.acknowledged += len(acknowledged)
    examine_texts(ground, acknowledged, tally)


def try_reviewing(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Kill a process that accepts and rejects lines."""
    texts(ground, 3)
    acknowledged = killed(ground, "review", chance, ground.folder.parent / "log")
    tally.acknowledged += len(acknowledged)
    with ground.workspace() as workspace:
        kept: set[str] = set()
        for entry in workspace.provisions(Query(limit=None)).entries:
            _, reviews = workspace.history(entry.provision.id)
            kept |= {f"{entry.provision.id} {review.reason}" for review in reviews}
            if reviews and reviews[-1].state is not entry.state:
                tally.broken(f"{entry.provision.id}: {entry.state} after {reviews[-1].state}")
        tally.lose(set(acknowledged) - kept)


def try_moving(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Kill a process that moves cases of a docket."""
    procedure, now = load_procedure("ai-exports-program"), datetime.now(UTC)
    first = {"procedure": procedure.name, "title": "x", "stage": procedure.first, "facts": {}, "targets": ["KE"]}
    check = {"version": 1, "outcome": "met", "results": {}, "findings": []}
    acts = [Act("", 1, ActKind.SUBMITTED, now, "a", first), Act("", 2, ActKind.CHECKED, now, "a", check)]
    register = ground.register()
    for _ in range(3):
        register.docket.open(procedure, acts, standing(acts))
    acknowledged = killed(ground, "move", chance, ground.folder.parent / "log")
    tally.acknowledged += len(acknowledged)
    verdict = register.audit.verify()
    kept: set[str] = set()
    for line in register.docket.lines(DocketQuery(limit=None), EVERYTHING):
        own = register.docket.acts(line.number, EVERYTHING)
        kept |= {f"{line.number} {act.number}" for act in own}
        if (standing(own).acts, standing(own).stage) != (line.acts, line.stage):
            tally.broken(f"{line.number}: the list and the acts differ")
    if verdict.broken or verdict.missing:
        tally.broken("the audit log")
    tally.lose(set(acknowledged) - kept)
    register.close()


def try_migrating(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Kill a process that brings a register of the first version up to date."""
    texts(ground, 3)
    store, config = store_at(ground.place or ground.folder / REGISTER_FILE), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.writing("bench") as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    store.engine.dispose()
    killed(ground, "migrate", chance, ground.folder.parent / "log")
    tally.acknowledged += 3
    examine_texts(ground, [f"lakeside-{number}" for number in range(3)], tally)


def try_backing_up(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Kill a process that writes backups; every file under a name of its own must restore to the same library."""
    texts(ground, 3)
    acknowledged = killed(ground, "backup", chance, ground.folder.parent / "log")
    tally.acknowledged += len(acknowledged)
    there = {path.name: path for path in ground.folder.parent.glob("backup-*")}
    tally.lose(set(acknowledged) - set(there))
    for name, path in there.items():
        again = Ground(ground.folder.parent / f"restored-{name}")
        restore(path, again.folder)
        examine_texts(again, [f"lakeside-{number}" for number in range(3)], tally)


def try_full_disk(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Let files grow to a limit only: what the system then refuses must be named, and what was kept stay whole."""
    texts(ground, 1)
    room = (ground.folder / REGISTER_FILE).stat().st_size + chance.randrange(30_000, 300_000)
    log = ground.folder.parent / "log"
    process = ground.start("read", log, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    _, complaint = process.communicate()
    ended(process, complaint, tally)
    acknowledged = said(log)
    tally.acknowledged += len(acknowledged)
    examine_texts(ground, acknowledged, tally)


def try_damage(ground: Ground, chance: random.Random, tally: Tally) -> None:
    """Overwrite some bytes of the file: what can be read must be right, what cannot must be named."""
    texts(ground, 3)
    path = ground.folder / REGISTER_FILE
    with path.open("r+b") as file:
        for _ in range(chance.randrange(1, 12)):
            file.seek(chance.randrange(path.stat().st_size))
            file.write(chance.randbytes(chance.randrange(1, 64)))
    tally.acknowledged += 3
    try:
        with ground.workspace() as workspace:
            for summary in workspace.documents():
                text = workspace.document(summary.slug).text
                if text != TEXT.format(number=summary.slug.rpartition("-")[2]):
                    tally.broken(f"a wrong text of {summary.slug} was shown")
                list(workspace.provisions(Query(documents=(summary.slug,))).entries)
    except DragomanError:
        pass
    except Exception as fault:  # noqa: BLE001 - whatever else it is, is what is counted
        tally.unnamed += 1
        tally.notes.append(f"unnamed: {type(fault).__name__}: {fault}")


def ended(process: subprocess.Popen[str], complaint: str, tally: Tally) -> None:
    """Count a process that ended otherwise than with one of our messages."""
    if process.returncode != OF_OURS or "Traceback" in complaint:
        tally.unnamed += 1
        tally.notes.append(f"unnamed: {process.returncode} {complaint.strip()[-200:]}")


def try_crash_of_server(server: Server) -> Callable[[Ground, random.Random, Tally], None]:
    """Return a try that crashes a server under a process, and starts it again."""

    def attempt(ground: Ground, chance: random.Random, tally: Tally) -> None:
        log = ground.folder.parent / "log"
        process = ground.start("read", log)
        with ground.workspace() as others:
            time.sleep(chance.uniform(0.0, LONGEST))
            server.stop()
            _, complaint = process.communicate()
            ended(process, complaint, tally)
            server.start()
            others.documents()  # one that was open all the time goes on without a new start
        acknowledged = said(log)
        tally.acknowledged += len(acknowledged)
        examine_texts(ground, acknowledged, tally)

    return attempt


KILLS = {
    "killed while reading": try_reading,
    "killed while reviewing": try_reviewing,
    "killed while moving cases": try_moving,
    "killed while migrating": try_migrating,
    "killed while backing up": try_backing_up,
}
ON_FILES = {"disk full while reading": try_full_disk, "bytes of the file overwritten": try_damage}
CRASH = "server crashed while reading, and back"


def grounds(server: Server | None, tries: int) -> Iterator[Ground]:
    """Yield a new place for each try, removed afterwards."""
    for number in range(tries):
        folder, name = Path(tempfile.mkdtemp(prefix="dragoman-fault-")), f"try_{number}"
        yield Ground(folder / "w", server.create(name) if server else None)
        shutil.rmtree(folder)
        if server:
            server.drop(name)


def campaign(name: str, server: Server | None, tries: int, seed: int) -> Tally:
    """Try one fault on one engine some times."""
    attempt = try_crash_of_server(server) if name == CRASH and server else {**KILLS, **ON_FILES}[name]
    chance, tally = random.Random(f"{seed} {name}"), Tally()  # noqa: S311 - chosen moments, no secret
    for ground in grounds(server, tries):
        attempt(ground, chance, tally)
        tally.tries += 1
    return tally


def row(name: str, server: Server | None, tally: Tally) -> str:
    """Return a line of the table, and what there is to say of it."""
    counts = f"{tally.tries:6}{tally.acknowledged:14}{tally.lost:6}{tally.half:6}{tally.unnamed:9}"
    return "\n".join([f"{name:42}{'postgresql' if server else 'sqlite':12}{counts}", *tally.notes[:5]])


def main() -> int:
    """Try the faults and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=20, help="of each fault on each engine")
    parser.add_argument("--fault", choices=[*KILLS, *ON_FILES, CRASH], help="only this one")
    parser.add_argument("--seed", type=int, default=SEED)
    chosen = parser.parse_args()
    bad = 0
    print(f"seed {chosen.seed}\n{HEAD}")
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_server(safe=True))
        except NoServerError:
            print("no PostgreSQL server is installed; its rows are left out")
            server = None
        plan: list[tuple[str, Server | None]] = [(name, None) for name in (*KILLS, *ON_FILES)]
        plan += [(name, server) for name in (*KILLS, CRASH) if server]
        for name, engine in plan:
            if chosen.fault in {None, name}:
                tally = campaign(name, engine, chosen.tries, chosen.seed)
                print(row(name, engine, tally), flush=True)
                bad += tally.lost + tally.half + tally.unnamed
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
