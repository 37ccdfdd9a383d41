"""Provisions on export controls by meeting and target in the TTC series, beside a reader's counts.

    python benchmark/export_controls.py

The reader's counts: export_controls.yaml.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from annotated import shared_folder
from dragoman.coordinating import CoordinationRequest
from dragoman.workspace import Workspace

READING = Path(__file__).with_suffix(".yaml")


def counted(reading: Mapping[str, Any], folder: Path) -> dict[str, dict[str, int]]:
    """Return the tool's counts by meeting and target."""
    with tempfile.TemporaryDirectory() as made, Workspace.open(Path(made) / "workspace") as workspace:
        list(workspace.read([str(folder / f"{name}.txt") for name in reading["meetings"]]))
        first, second = reading["parties"]
        found = workspace.coordinating.coordination(CoordinationRequest(first, second, reading["topic"]))
        return {doc: {name: len(row) for name, row in rows.items()} for doc, _, rows in found.meetings}


def main() -> None:
    """Print both counts side by side."""
    reading = yaml.safe_load(READING.read_text(encoding="utf-8"))
    tool = counted(reading, shared_folder() / "corpus" / "ttc")
    print(f"| meeting | {' | '.join(reading['targets'])} |")
    print(f"|---|{'---|' * len(reading['targets'])}")
    apart = []
    for doc, row in reading["meetings"].items():
        pairs = [(tool[doc].get(name, 0), row.get(name, 0)) for name in reading["targets"]]
        apart += [abs(ours - theirs) for ours, theirs in pairs]
        print(f"| {doc} | {' | '.join(f'{ours} ({theirs})' for ours, theirs in pairs)} |")
    near = sum(one <= 2 for one in apart)
    print(f"\nThe tool's counts, a reader's in brackets; {near} of {len(apart)} are within two.")


if __name__ == "__main__":
    main()
