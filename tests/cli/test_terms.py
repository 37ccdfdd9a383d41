from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

ENGLISH = "Peru will open two observatories in 2032. Norway will fund them with 40 million crowns.\n"
CHINESE = "秘鲁将于2032年开放两座天文台。挪威将出资4000万克朗。\n"


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    """The two versions of a text as files."""
    first, second = tmp_path / "stars.en.txt", tmp_path / "stars.zh.txt"
    first.write_text(ENGLISH, encoding="utf-8")
    second.write_text(CHINESE, encoding="utf-8")
    return str(first), str(second)


def test_files_in_either_order_are_linked(run: Run, versions: tuple[str, str]) -> None:
    ran = run("terms", "align", *versions)
    assert ran.code == 0
    assert [(row["en"], row["zh"]) for row in ran.rows] == [([[0, 41]], [[0, 17]]), ([[42, 87]], [[17, 30]])]
    assert run("terms", "align", *reversed(versions)).rows == ran.rows


def test_a_report_and_a_translation_memory_are_written(
    run: Run, versions: tuple[str, str], tmp_path: Path
) -> None:
    for form, sign in (("html", "Two versions side by side"), ("tmx", '<tmx version="1.4">'), ("md", "天文台")):
        path = tmp_path / f"links.{form}"
        assert run("terms", "align", *versions, "--format", form, "--output", str(path)).code == 0
        assert sign in path.read_text(encoding="utf-8")


def test_a_text_without_its_other_version_gives_code_1(run: Run, versions: tuple[str, str]) -> None:
    ran = run("terms", "align", versions[0])
    assert ran.code == 1
    assert "has no Chinese text" in " ".join(ran.err.split())


def test_a_name_that_is_nothing_gives_code_2(run: Run, versions: tuple[str, str]) -> None:
    assert run("terms", "align", "no-such-text").code == 2
    assert run("terms", "align", *versions, versions[0]).code == 2
