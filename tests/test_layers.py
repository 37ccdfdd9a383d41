"""What import-linter cannot say of the house: what the model may import, how large things may grow, names."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman

PACKAGE = Path(dragoman.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
OF_EVERY_GRAMMAR = {"__init__.py", "propose.py", "deadlines.py", "conditions.py", "amounts.py"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_model_imports_nothing_but_the_standard_library() -> None:
    foreign = {
        (name_of(path), name)
        for path in (PACKAGE / "model").glob("*.py")
        for name in imported(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("dragoman.model")
    }
    assert foreign == set()


def test_the_data_folder_holds_no_code() -> None:
    assert [path for path in MODULES if "data" in path.relative_to(PACKAGE).parts] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for_and_stays_readable(path: Path) -> None:
    tree = tree_of(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert ast.get_docstring(tree)
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}
    assert path.stem not in VAGUE_NAMES


def test_both_grammars_have_the_files_every_grammar_has() -> None:
    for language in ("en", "zh"):
        files = {path.name for path in (PACKAGE / "extract" / language).glob("*.py")}
        assert files >= OF_EVERY_GRAMMAR
