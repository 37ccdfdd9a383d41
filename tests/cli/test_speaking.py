"""The command line in Chinese: everything it says has Chinese words, and what is quoted stays as it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import dragoman.cli
from dragoman.cli.app import app
from dragoman.cli.session import say
from dragoman.cli.speaking import VARIABLE, speak, word
from dragoman.cli.tables import problem_line, total_of
from dragoman.coordinating import PROFILES
from dragoman.model import Language, Page, Problem, Severity
from dragoman.model.alliance import Axis
from dragoman.wording import catalogue
from tests.cli.conftest import Run

MODULES = sorted(Path(dragoman.cli.__file__).parent.glob("*.py"))
HAN = range(0x4E00, 0xA000)


@pytest.fixture
def chinese() -> Iterator[None]:
    """Speak Chinese for a test."""
    speak(Language.ZH.value)
    yield
    speak(None)


def has_han(text: str) -> bool:
    """Return whether a text has Chinese characters."""
    return any(ord(sign) in HAN for sign in text)


def written(node: ast.expr) -> str:
    """Return a text as it is written in the code, with 7 or a word in its places; "" for what is no text."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append("7" if part.format_spec is not None else "x7")
        else:
            parts.append(str(part.value) if isinstance(part, ast.Constant) else "")
    return "".join(parts)


def called(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of a function in the modules of the command line, with the file they stand in."""
    for file in MODULES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield file.name, node


def says_something(text: str) -> bool:
    """Return whether a text has words of its own beside what fills it."""
    return any(sign.isalpha() for sign in text.replace("x7", "").replace("7", ""))


@pytest.mark.usefixtures("chinese")
def test_every_message_has_chinese_words() -> None:
    texts = {(file, written(node.args[0])) for file, node in called("say") if node.args}
    missing = [(file, text) for file, text in texts if says_something(text) and word("screen", text) == text]
    assert len(texts) > 60
    assert missing == []


@pytest.mark.usefixtures("chinese")
def test_every_head_of_a_table_has_chinese_words() -> None:
    heads = {
        (file, one.value)
        for file, node in called("table_with")
        for one in node.args
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value[:1].isalpha()
    }
    heads |= {
        (file, one.value)
        for file, node in called("print_table")
        for one in getattr(node.args[0], "elts", ())
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
    heads |= {("alliances.py", axis.value) for axis in Axis} | {("profiling.py", by) for by in PROFILES}
    assert len(heads) > 100
    assert [(file, head) for file, head in heads if not has_han(word("head", head))] == []


@pytest.mark.usefixtures("chinese")
def test_every_command_and_option_has_chinese_help() -> None:
    def helps(command: Any) -> Iterator[str]:  # noqa: ANN401 - the type is private to typer
        yield (command.help or "").strip()
        yield from (one.help for one in command.params if getattr(one, "help", None))
        for below in getattr(command, "commands", {}).values():
            yield from helps(below)

    found = set(helps(typer.main.get_command(app)))
    lists = {text for text in found if word("help", text).isascii()}
    assert len(found) > 500
    assert {text for text in lists if any(len(part) > 11 for part in text.strip(".").split())} == set()


def test_a_register_in_chinese(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("read", str(texts))
    monkeypatch.setenv(VARIABLE, "zh")
    lines = run("provisions", "--document", "lakeside")
    assert "承诺 | 力度 3 | United States; Japan | 2027-03-31 到期 | 量子" in lines.out
    assert "will establish a joint quantum research programme" in lines.out
    assert lines.err == "2 条中的 2 条\n"


def test_tables_of_what_is_counted_in_chinese(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("read", str(texts))
    monkeypatch.setenv(VARIABLE, "zh")
    assert re.search(r"合作 +(Japan|United States) +量子 +政府 +1 ", run("alliances").out)
    assert " 量子 " in run("profile", "lakeside", "--by", "technology").out
    assert re.search(r"Japan +国家 ", run("actors", "list", "Japan").out)
    assert re.search(r"不涵盖: .*\n", run("rules", "list", "china-export-control").out)
    assert re.match(r"hupan  \d 消失, \d 强化\n", run("compare", "lakeside", "hupan").out)


@pytest.mark.usefixtures("chinese")
def test_the_least_there_are_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    total = total_of(Page((), 50_000, exact=False))
    say(f"{total} lines to review")
    say(f"{3:,} of {total} lines")
    say(f"{total} lines written to a.csv")
    assert capsys.readouterr().err == (
        "至少 50,000 条待审\n至少 50,000 条中的 3 条\n已将 至少 50,000 行写入 a.csv\n"
    )


def test_the_option_wins_over_the_environment(run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "zh")
    run("read", str(texts))
    assert run("--interface", "en", "provisions", "--limit", "1").err == "1 of 3 lines\n"
    assert run("provisions", "--limit", "1").err == "3 条中的 1 条\n"


def test_an_error_and_its_remedy_in_chinese(run: Run) -> None:
    ran = run("--interface", "zh", "provisions", "--due-to", "soon")
    assert (ran.code, ran.err) == (2, "错误：--due-to `soon` 不是日期。\n日期请写成 2026-03-31。\n")


def test_a_language_that_is_not_spoken(run: Run) -> None:
    ran = run("--interface", "fr", "documents")
    assert ran.code == 2
    assert ran.err == (
        "Error: The command line does not speak `fr`.\nGive --interface or DRAGOMAN_LANGUAGE as en or zh.\n"
    )


def test_json_stays_as_it_is(run: Run, texts: Path) -> None:
    run("read", str(texts))
    kinds = [row["kind"] for row in run("--interface", "zh", "--json", "provisions").rows]
    assert sorted(kinds) == ["commitment", "commitment", "prohibition"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("read",), "缺少参数 `inputs`。"),
        (("nosuch",), "没有命令 `nosuch`。"),
        (("documents", "--nosuch"), "没有选项 `--nosuch`"),
        (("jobs", "cancel", "x"), "`JOB` 的值无效：应为整数。"),
    ],
)
def test_a_mistake_in_use_in_chinese(run: Run, words: tuple[str, ...], said: str) -> None:
    ran = run("--interface", "zh", *words)
    assert (ran.code, ran.err.startswith("用法：dragoman")) == (2, True)
    assert f"\n错误：{said}" in ran.err


def test_a_board_and_what_is_kept_of_an_actor_in_chinese(
    run: Run, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("read", str(texts))
    monkeypatch.setenv(VARIABLE, "zh")
    board = run("track", "board", "--as-of", "2027-03-01").out
    assert re.search(r"30天内到期 +2027-03-31 （还有 30 天） .* \| 力度 3", board.replace("\n", " "))
    assert "截至 2027-03-01: " in board
    assert not re.search("overdue|without|ago|precision", board)
    assert "(国家), " in run("actors", "show", "Japan").out


def test_what_stands_in_brackets_after_a_kind_of_document() -> None:
    said = [catalogue(language).name("document_kind", "fact sheet (US side)") for language in Language]
    assert sorted(said) == ["fact sheet (US side)", "情况说明（美方）"]
    assert catalogue(Language.ZH).name("document_kind", "memo (draft)") == "memo (draft)"


def test_help_in_chinese(run: Run) -> None:
    assert "将文件读入登记册。" in run("--interface", "zh", "read", "--help").out
    assert "Read documents into the register." in run("read", "--help").out


def test_a_report_is_in_the_language_that_is_spoken(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "case.yaml"
    run("--interface", "zh", "case", "new", "transfer", "--output", str(made))
    assert has_han(made.read_text(encoding="utf-8"))
    run("case", "new", "transfer", "--output", str(tmp_path / "english.yaml"))
    assert made.read_text(encoding="utf-8") != (tmp_path / "english.yaml").read_text(encoding="utf-8")


def test_a_problem_in_chinese_has_no_blank_between_its_sentences(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").touch()
    ran = run("--interface", "zh", "read", str(tmp_path / "nothing.txt"))
    assert ran.code == 1
    assert "nothing.txt 是空文件。请重新获取或保存该文件。" in ran.out


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "field",
    ["kind", "force", "actors", "counterparties", "aim", "object", "deadline", "instruments", "confidence"],
)
def test_the_command_line_names_a_field_as_the_pages_do(field: str) -> None:
    assert word("head", field) == catalogue(Language.ZH).text(f"field.{field}")


@pytest.mark.parametrize(
    ("language", "at", "said"),
    [
        ("en", {"doc": "treaty", "page": 2, "start": 40}, "warning treaty, page 2, character 40: Odd. Mend it."),
        ("zh", {"source": "case.yaml", "line": 3}, "警告 case.yaml, 第 3 行: Odd.Mend it."),
        ("en", {}, "warning Odd. Mend it."),
    ],
)
def test_a_problem_says_where_it_is_and_nothing_where_it_stands_in_no_text(
    language: str, at: dict[str, Any], said: str
) -> None:
    speak(language)
    try:
        assert str(problem_line(Problem("odd", Severity.WARNING, "Odd.", "Mend it.", **at))) == said
    finally:
        speak(None)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "reason",
    [
        "no field changed",
        "changes outweigh each other or are too small",
        "no provision of an earlier text is alike enough",
        "first text of the series",
    ],
)
def test_a_reason_without_a_field_is_said_in_chinese_alone(reason: str) -> None:
    assert not any(sign.isascii() and sign.isalpha() for sign in word("cell", reason))
