"""A copy of a shipped pack for people to edit, and to put in force where they agree what it proposes."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from dragoman.check.library import data_folder
from dragoman.check.packs import NoSuchPackError, shipped_names
from dragoman.model import Standing, UsageError

_STANDING = re.compile(r"^standing: .*$", re.MULTILINE)
_SINCE = re.compile(r"^since: .*$", re.MULTILINE)
_UNTIL = re.compile(r"^until:.*\n", re.MULTILINE)


class CopyTargetError(UsageError):
    """The folder for a copy is there already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is there already; nothing was copied.", "Name a folder that does not exist yet."
        )


class CopyDaysError(UsageError):
    """An agreement that ends before it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(f"An agreement cannot end on {until}, before it begins on {since}.", "Check both days.")


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two sides agreed of the proposed rules of a pack: the first day, and the last where there is one."""

    since: date
    until: date | None = None


def in_force(text: str, agreement: Agreement) -> str:
    """Return the file of a proposed rule with its one version put in force; another file as it is.

    Only rules without a list of versions are changed: whoever has versions decides on each by hand.
    """
    if f"standing: {Standing.PROPOSED}" not in text or "\nversions:" in text:
        return text
    last = f"\nuntil: {agreement.until}" if agreement.until else ""
    plain = _UNTIL.sub("", text)
    dated = _SINCE.sub("", plain).replace("\n\n", "\n")
    return _STANDING.sub(f"since: {agreement.since}{last}\nstanding: {Standing.IN_FORCE}", dated)


def copy_pack(name: str, folder: Path, agreement: Agreement | None = None) -> int:
    """Copy a shipped pack, without its own tests where its rules are put in force, and return the rules changed.

    The tests of a pack say what follows while its rules are proposed; they would be false of the copy.

    Raises:
        NoSuchPackError: no such pack ships.
        CopyTargetError: the folder is there.
        CopyDaysError: the last day is before the first.
    """
    if name not in shipped_names():
        raise NoSuchPackError(name, shipped_names())
    if folder.exists():
        raise CopyTargetError(folder)
    if agreement and agreement.until and agreement.until < agreement.since:
        raise CopyDaysError(agreement.since, agreement.until)
    with resources.as_file(data_folder().joinpath("packs", name)) as source:
        skipped = shutil.ignore_patterns("cases") if agreement else None
        shutil.copytree(source, folder, ignore=skipped)
    return sum(_agreed(path, agreement) for path in sorted(folder.glob("rules/*.yaml"))) if agreement else 0


def _agreed(path: Path, agreement: Agreement) -> bool:
    text = path.read_text(encoding="utf-8")
    changed = in_force(text, agreement)
    path.write_text(changed, encoding="utf-8")
    return changed != text
