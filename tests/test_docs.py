"""The manual tells the truth: fields, tags, targets, commands, problem codes and links are what the code has."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import typer.main
import yaml

import dragoman
from dragoman.cli.app import app
from dragoman.model import (
    Amount,
    Bound,
    Deadline,
    DeadlineKind,
    Kind,
    Language,
    Legalization,
    Provision,
    ReviewState,
    Why,
    quote_at,
)
from dragoman.model.interchange import provision_to_row, why_to_row

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = Path(dragoman.__file__).parent
DOCS = REPOSITORY / "docs"
MANUAL = sorted([*REPOSITORY.glob("README*.md"), REPOSITORY / "CHANGELOG.md", *DOCS.glob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def without_code(text: str) -> str:
    return FENCE.sub("", text)


def anchors(path: Path) -> set[str]:
    """The anchors that a Markdown page gives its headings: lower case, punctuation gone, spaces to hyphens."""
    titles = HEADING.findall(without_code(path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links() -> Iterator[tuple[Path, str]]:
    for path in MANUAL:
        for target in LINK.findall(without_code(path.read_text(encoding="utf-8"))):
            if not re.match(r"[a-z]+:", target):
                yield path, target


def first_cells(text: str) -> set[str]:
    """The code words in the first cell of the rows of a page's tables."""
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| ")]
    return {word for cell in rows for word in re.findall(r"`([^`]+)`", cell)}


def section(text: str, title: str) -> str:
    """The stretch under a heading of the second level."""
    return text.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def make_targets() -> set[str]:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def a_provision() -> Provision:
    text = "We intend to pay up to S$30 million by spring 2026."
    return Provision(
        id="x:0", doc="x", start=0, end=len(text), trigger="intend to", trigger_start=3, kind=Kind.COMMITMENT,
        force=2, quote=quote_at(text, 0, len(text)), language=Language.EN,
        deadline=Deadline("by spring 2026", DeadlineKind.BY, None, "P1Y", "an event"),
        amounts=(Amount("up to S$30 million", "30000000", "SGD", Bound.UP_TO, 17),),
        legalization=Legalization(2, 3, 0),
    )  # fmt: skip


def keys_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_in(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_in(inner)}
    return set()


def test_every_field_of_the_interchange_format_is_described() -> None:
    row = provision_to_row(a_provision())
    fields = first_cells(section(page("provisions.md"), "One line of the interchange format"))
    assert set(row) == fields


def test_every_inner_field_of_the_interchange_format_is_named() -> None:
    text = page("provisions.md")
    inner = keys_in(provision_to_row(a_provision())) | set(why_to_row(Why("kind", "", "rule")))
    assert {key for key in inner | {"date"} if f"`{key}`" not in text} == set()


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("Kinds", set(Kind)),
        ("Deadlines", set(DeadlineKind)),
        ("Identity and review", set(ReviewState)),
        ("Legalization", {"obligation", "precision", "delegation"}),
    ],
)
def test_the_values_of_a_field_are_the_rows_of_its_table(title: str, values: set[str]) -> None:
    assert first_cells(section(page("provisions.md"), title)) == values


def test_the_bounds_of_an_amount_are_named() -> None:
    text = section(page("provisions.md"), "Amounts")
    assert {bound for bound in Bound if f"`{bound}`" not in text} == set()


@pytest.mark.parametrize("pack", ["technologies", "instruments"])
def test_the_table_of_tags_is_the_data_pack(pack: str) -> None:
    content = yaml.safe_load((PACKAGE / "data" / "lexicons" / f"{pack}.yaml").read_text(encoding="utf-8"))
    rows = [f"| `{tag}` | {e['label']['en']} | {e['label']['zh']} |" for tag, e in content["tags"].items()]
    table = section(page("provisions.md"), pack.title())
    assert [line for line in table.splitlines() if line.startswith("| `")] == rows


def test_what_precision_counts_is_described() -> None:
    content = yaml.safe_load((PACKAGE / "data" / "legalization.yaml").read_text(encoding="utf-8"))
    described = section(page("provisions.md"), "Legalization")
    words = {"actor": "the actor", "object": "the act", "date": "a date", "number": "a number"}
    words["named partner"] = "a partner by name"
    assert [words[name] in described for name in content["precision"]] == [True] * len(words)


def constants(tree: ast.Module) -> dict[str, str]:
    """The module's names that stand for texts."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def problem_codes() -> Iterator[str]:
    """The codes in the packs of problems, and those given to `Problem(...)` in the code."""
    for pack in (PACKAGE / "data").rglob("*problems.yaml"):
        yield from yaml.safe_load(pack.read_text(encoding="utf-8"))["problems"]
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                given = [word.value for word in node.keywords if word.arg == "code"] or node.args[:1]
                for code in given:
                    if isinstance(code, ast.Constant):
                        yield str(code.value)
                    elif isinstance(code, ast.Name) and code.id in names:
                        yield names[code.id]


def test_every_code_of_a_problem_is_explained() -> None:
    codes = set(problem_codes())
    assert len(codes) > 20
    text = page("problems.md")
    assert {code for code in codes if f"`{code}`" not in text} == set()


def test_every_make_target_is_described() -> None:
    text = page("development.md")
    assert {target for target in make_targets() if f"make {target}" not in text} == set()


def test_every_make_target_in_the_manual_exists() -> None:
    used = {
        (name_of(path), target)
        for path in MANUAL
        for target in re.findall(r"`?make ([a-z][a-z-]+)", code_in(path.read_text(encoding="utf-8")))
    }
    assert {(path, target) for path, target in used if target not in make_targets()} == set()


def code_in(text: str) -> str:
    """The code of a page: fenced blocks of commands and code words."""
    fenced = [body for language, body in FENCE.findall(text) if language in {"sh", "bash", "console", ""}]
    return "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", without_code(text))])


@cache
def command_tree() -> click.Group:
    command = typer.main.get_command(app)
    assert hasattr(command, "commands")
    return command  # type: ignore[return-value]


def command_lines() -> Iterator[tuple[str, str]]:
    for path in MANUAL:
        for line in code_in(path.read_text(encoding="utf-8")).splitlines():
            found = re.match(r"\s*(?:\$ )?(?:\.venv/bin/)?dragoman ([^#|>]+)", line)
            if found and "..." not in line and "…" not in line:
                yield name_of(path), found[1].strip()


def fault_of(line: str) -> str:
    """What is wrong with a command line, "" where each word is a command, an option or a value."""
    command: Any = command_tree()
    waiting = False
    for word in shlex.split(line):
        default = getattr(command, "default", "")
        if default and word != "--help" and word not in command.commands:
            command = command.commands[default]
        if word.startswith("--"):
            option = next((p for p in command.params if word.split("=")[0] in {*p.opts, *p.secondary_opts}), None)
            if option is None and word != "--help":
                return f"no option {word}"
            waiting = option is not None and not option.is_flag and "=" not in word
        elif waiting:
            waiting = False
        elif hasattr(command, "commands"):
            if word not in command.commands:
                return f"no command {word}"
            command = command.commands[word]
    return ""


def test_a_wrong_command_line_would_be_noticed() -> None:
    assert fault_of("--workspace somewhere provisions --kind obligation") == ""
    assert fault_of("provisions --no-such-option 1") == "no option --no-such-option"
    assert fault_of("no-such-command") == "no command no-such-command"


def test_every_command_line_in_the_manual_can_be_typed() -> None:
    lines = list(command_lines())
    assert lines
    faults = {(path, line, fault_of(line)) for path, line in lines}
    assert {fault for fault in faults if fault[2]} == set()


@pytest.mark.parametrize("name", sorted(command_tree().commands))
def test_every_command_and_option_is_described(name: str) -> None:
    text = page("cli.md")
    command = command_tree().commands[name]
    leaves = list(getattr(command, "commands", {"": command}).values())
    options = {
        option for leaf in leaves for param in leaf.params for option in param.opts if option.startswith("--")
    }
    assert f"dragoman {name}" in text or f"`{name}" in text
    assert {option for option in options if option not in text} == set()


@pytest.mark.parametrize("path", MANUAL, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for target in [target for source, target in links() if source == path]:
        place, _, anchor = target.partition("#")
        aim = (path.parent / place).resolve() if place else path
        assert aim.exists(), target
        assert not anchor or anchor in anchors(aim), target


def test_every_page_is_on_the_map() -> None:
    linked = {
        (DOCS / target.partition("#")[0]).resolve() for source, target in links() if source == DOCS / "index.md"
    }
    assert {name_of(path) for path in MANUAL if path not in linked} <= {"docs/index.md", "README.zh.md"}


@pytest.mark.parametrize("path", MANUAL, ids=name_of)
def test_no_page_has_something_left_to_fill_in(path: Path) -> None:
    assert (
        re.findall(r"^[A-Z]{4,}$|\bTODO\b|\bFIXME\b|\bTBD\b", path.read_text(encoding="utf-8"), re.MULTILINE) == []
    )


@pytest.mark.parametrize("lock", sorted(REPOSITORY.glob("requirements*.lock")), ids=lambda path: path.name)
def test_a_lock_names_no_folder_of_the_machine_that_wrote_it(lock: Path) -> None:
    assert re.findall(r"(?<=[ (])/\S+|file:\S+|https?:\S+", lock.read_text("utf-8")) == []
