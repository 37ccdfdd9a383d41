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


def test_a_link_set_by_hand_counts_until_it_is_taken_back(run: Run, versions: tuple[str, str]) -> None:
    computed = run("terms", "align", *versions).rows
    assert run("terms", "links", *versions).err == "Nobody has set a link of these versions.\n"
    apart = ("--by", "Ada", "--reason", "not said in Chinese")
    assert run("terms", "link", *versions, "--en", "42-87", *apart).code == 0
    rows = run("terms", "align", *versions).rows
    assert {"en": [[42, 87]], "zh": [], "confidence": 1.0, "by": "Ada"} in rows
    assert {"en": [], "zh": [[17, 30]], "confidence": 0.5} in rows
    assert run("terms", "unlink", *versions, "--en", "42-87", "--by", "Bo", "--reason", "it is").code == 0
    assert run("terms", "align", *versions).rows == computed
    run("terms", "link", *versions, "--zh", "17-30", *apart)
    assert "set by Ada" in run("terms", "align", *versions, "--format", "md").out
    run("terms", "unlink", *versions, "--zh", "17-30", "--by", "Bo", "--reason", "it is")
    history = run("--json", "terms", "links", *versions).rows
    assert [(row["action"], row["by"], row["reason"]) for row in history] == [
        ("link", "Ada", "not said in Chinese"),
        ("unlink", "Bo", "it is"),
    ] * 2
    assert "link  en 42-87  zh -  by Ada: not said in Chinese" in run("terms", "links", *versions).out


def test_a_link_set_by_hand_is_open_again_when_a_text_changes(run: Run, versions: tuple[str, str]) -> None:
    run("terms", "link", *versions, "--en", "0-41", "--zh", "0-30", "--by", "Ada", "--reason", "one sentence")
    with Path(versions[0]).open("a", encoding="utf-8") as file:
        file.write("Work starts in May.\n")
    ran = run("terms", "align", *versions)
    assert ran.code == 1
    assert "set by hand on another version of the text" in " ".join(ran.err.split())
    assert all("by" not in row for row in ran.rows)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--en", "0-41", "--by", "Ada"), "needs the name of who sets it, and a reason"),
        (("--en", "0-41", "--reason", "so"), "needs the name of who sets it, and a reason"),
        (("--en", "0-40", "--by", "Ada", "--reason", "so"), "0-40 does not hold whole sentences of the English"),
        (
            ("--zh", "500-510", "--by", "Ada", "--reason", "so"),
            "500-510 does not hold whole sentences of the Chinese",
        ),
        (("--en", "first", "--by", "Ada", "--reason", "so"), "`first` is no offsets"),
        (("--by", "Ada", "--reason", "so"), "No sentence was named"),
    ],
)
def test_what_is_wrong_with_a_link_is_said(
    run: Run, versions: tuple[str, str], options: tuple[str, ...], message: str
) -> None:
    ran = run("terms", "link", *versions, *options)
    assert ran.code == 2
    assert message in " ".join(ran.err.split())


def test_nothing_is_taken_back_where_nothing_was_set(run: Run, versions: tuple[str, str]) -> None:
    ran = run("terms", "unlink", *versions, "--en", "0-41", "--by", "Ada", "--reason", "so")
    assert ran.code == 2
    assert "No link of these sentences was set by hand" in " ".join(ran.err.split())


def test_what_was_used_is_said(run: Run, versions: tuple[str, str]) -> None:
    ran = run("terms", "align", *versions, "--no-dictionary", "--no-encoder")
    assert "Linked by signs." in ran.err
    assert "Linked by signs and dictionary." in run("terms", "align", *versions, "--no-encoder").err


FORCE_ENGLISH = (
    "Peru must open two observatories in 2032.\n\nNorway will fund the observatories with 40 million crowns.\n\n"
    "The observatories need clear skies.\n"
)
FORCE_CHINESE = "秘鲁可以在2032年开放两座天文台。\n\n挪威将为天文台出资4000万克朗。\n\n天文台需要晴朗的天空。\n"


@pytest.fixture
def unlike(tmp_path: Path) -> tuple[str, str]:
    """Two versions of which one binds less."""
    first, second = tmp_path / "unlike.en.txt", tmp_path / "unlike.zh.txt"
    first.write_text(FORCE_ENGLISH, encoding="utf-8")
    second.write_text(FORCE_CHINESE, encoding="utf-8")
    return str(first), str(second)


def test_terms_come_as_a_table_with_english_chinese_and_score_first(run: Run, unlike: tuple[str, str]) -> None:
    ran = run("terms", "extract", *unlike)
    assert ran.code == 0
    head, *rows = [line.split("\t") for line in ran.out.splitlines()]
    assert head[:3] == ["en", "zh", "score"]
    scores = [float(row[2]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    assert ["observatories", "天文台"] in [row[:2] for row in rows]


def test_a_given_term_is_translated(run: Run, unlike: tuple[str, str]) -> None:
    ran = run("terms", "extract", *unlike, "--term", "observatory")
    assert ran.out.splitlines()[0].split("\t")[:2] == ["天文台", "3"]
    assert run("terms", "extract", *unlike, "--term", "telescope").code == 1


def test_terms_are_written_in_every_format(run: Run, unlike: tuple[str, str], tmp_path: Path) -> None:
    for form, sign in (
        ("html", "All terms, ranked"),
        ("tbx", "<conceptEntry"),
        ("md", "天文台"),
        ("jsonl", '"variants"'),
    ):
        path = tmp_path / f"terms.{form}"
        assert run("terms", "extract", *unlike, "--format", form, "--output", str(path)).code == 0
        assert sign in path.read_text(encoding="utf-8")


def test_differences_of_force_come_as_lines_of_five_keys(run: Run, unlike: tuple[str, str]) -> None:
    ran = run("terms", "force", *unlike)
    assert ran.code == 0
    assert ran.rows == [
        {
            "en": [0, 41],
            "zh": [0, 18],
            "severity": "major",
            "kind": "obligation",
            "reason": "“must” (duty) stands as “可以” (permission or ability); the Chinese binds less",
        }
    ]


def test_the_report_of_force_has_both_sentences(run: Run, unlike: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "force.html"
    assert run("terms", "force", *unlike, "--format", "html", "--language", "zh", "--output", str(path)).code == 0
    written = path.read_text(encoding="utf-8")
    assert "Peru must open two observatories in 2032." in written
    assert "秘鲁可以在2032年开放两座天文台。" in written
    assert "中文约束较弱" in written


@pytest.mark.parametrize("command", ["extract", "force"])
def test_versions_that_do_not_match_give_code_1_and_nothing(
    run: Run, versions: tuple[str, str], command: str
) -> None:
    ran = run("terms", command, versions[0])
    assert ran.code == 1
    assert len(ran.out.splitlines()) == (command == "extract")
    assert "has no Chinese text" in " ".join(ran.err.split())
