"""`dragoman backup` and `dragoman restore`: the workspace as one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.session import print_json, say, session_of

if TYPE_CHECKING:
    from dragoman.archiving import Manifest

File = Annotated[Path, typer.Argument(help="The backup.", metavar="FILE")]


def backup(ctx: typer.Context, file: File) -> None:
    """Write register, evidence corpus and fetched bytes to one file, and verify it by restoring it."""
    session = session_of(ctx)
    with session.open() as workspace:
        _tell(workspace.archiving.backup(file), f"{file}: written and verified by restoring it", json=session.json)


def restore(ctx: typer.Context, file: File) -> None:
    """Bring a backup back into a new workspace; nothing is overwritten."""
    from dragoman.archiving import restore as bring_back  # noqa: PLC0415 - slow to load

    session = session_of(ctx)
    manifest = bring_back(file, session.folder, session.database_url)
    _tell(manifest, f"{session.folder}: restored from {file}", json=session.json)


def _tell(manifest: Manifest, done: str, *, json: bool) -> None:
    if json:
        print_json(asdict(manifest))
        return
    rows = manifest.rows
    size = sum(one.bytes for one in manifest.files)
    say(
        f"{done}. {rows['documents']:,} documents, {rows['entries']:,} provisions, {rows['reviews']:,} decisions, "
        f"{manifest.audit_lines:,} lines of the audit log, {len(manifest.files):,} files, {size:,} bytes."
    )
    if manifest.audit_hash:
        say(f"Last hash of the audit log: {manifest.audit_hash}")
