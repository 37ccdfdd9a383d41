from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.check.copying import Agreement, CopyDaysError, CopyTargetError, copy_pack, in_force
from dragoman.check.packs import NoSuchPackError, find_pack
from dragoman.model import Standing

SIGNED, ENDS = date(2027, 1, 1), date(2027, 12, 31)
PROPOSED = """id: lanterns-lit
since: 2023-12-10
standing: proposed
as_of: 2026-11-22
"""
AGREED = """id: lanterns-lit
since: 2027-01-01
until: 2027-12-31
standing: in force
as_of: 2026-11-22
"""


def test_a_proposed_rule_is_put_in_force() -> None:
    assert in_force(PROPOSED, Agreement(SIGNED, ENDS)) == AGREED


def test_a_rule_in_force_stays_as_it_is() -> None:
    assert in_force(AGREED, Agreement(SIGNED)) == AGREED


def test_a_copy_is_a_sound_pack_whose_rules_bind_between_the_days(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    changed = copy_pack("green-channel", folder, Agreement(SIGNED, ENDS))
    pack = find_pack(str(folder)).pack
    assert pack is not None
    versions = [version.version for ready in pack.rules for version in ready.versions]
    binding = [
        version for version in versions if version.standing is Standing.IN_FORCE and version.since == SIGNED
    ]
    assert len(binding) == changed > 0
    assert all(version.until == ENDS for version in binding)
    assert not (folder / "cases").exists()


def test_a_plain_copy_keeps_everything(tmp_path: Path) -> None:
    assert copy_pack("green-channel", tmp_path / "ours") == 0
    assert (tmp_path / "ours" / "cases").is_dir()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(CopyTargetError):
        copy_pack("green-channel", tmp_path)


def test_days_the_wrong_way_round_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CopyDaysError):
        copy_pack("green-channel", tmp_path / "ours", Agreement(ENDS, SIGNED))
    assert not (tmp_path / "ours").exists()


def test_an_unknown_pack_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPackError):
        copy_pack("no-such-pack", tmp_path / "ours")
