"""Pages of the reference, written from the code: commands, endpoints, Python, data packs."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer.main
import yaml

import dragoman
from dragoman import model
from dragoman.cli.app import app as commands
from dragoman.web import create_app
from dragoman.workspace import Workspace

ORDER = (
    "register",
    "checking",
    "screening",
    "tracking",
    "comparing",
    "alliances",
    "actors",
    "terms",
    "docket",
    "office",
)
"""Parts of the API in the order of the page; further ones follow."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

PARTS = (
    "dragoman.workspace.Workspace",
    "dragoman.parts.Parts",
    "dragoman.checking.Checker",
    "dragoman.screening.Screener",
    "dragoman.tracking.Tracking",
    "dragoman.delivery.Delivery",
    "dragoman.evidence.Finder",
    "dragoman.watching.Watching",
    "dragoman.comparing.Comparing",
    "dragoman.coordinating.Coordinating",
    "dragoman.process_tracing.ProcessTracing",
    "dragoman.mapping.Mapper",
    "dragoman.briefing.Briefings",
    "dragoman.actor_register.ActorBook",
    "dragoman.translating.Translating",
    "dragoman.terminology.Terminology",
    "dragoman.termbank.Termbank",
    "dragoman.docketing.Docketing",
    "dragoman.jobs.Jobs",
    "dragoman.accounts.Accounts",
    "dragoman.archiving.Archivist",
)
"""Classes of the facade, in the order of the page."""


def cell(text: str) -> str:
    """Return a text that fits into a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "\\<")


def of_commands() -> str:
    """Return the page of all commands with their arguments and options."""
    root = typer.main.get_command(commands)
    return "\n".join(["# Commands and options", "", *_command(root, "dragoman", 2)]) + "\n"


def _command(command: Any, name: str, level: int) -> Iterator[str]:  # noqa: ANN401 - a fork of click
    yield f"{'#' * min(level, 4)} {name}\n"
    yield f"{cell(command.help or '')}\n"
    rows = [row for one in command.params if (row := _parameter(one))]
    if rows:
        yield "| | | |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    for inner, found in sorted(getattr(command, "commands", {}).items()):
        yield from _command(found, f"{name} {inner}", level + 1)


def _parameter(one: Any) -> str:  # noqa: ANN401 - a fork of click
    if one.name == "help":
        return ""
    names = ", ".join(f"`{name}`" for name in one.opts) if one.param_type_name == "option" else f"`{one.name}`"
    standard = "" if callable(one.default) or one.default in {None, False, ()} else f"default: `{one.default}`"
    return f"| {names} | {cell(getattr(one, 'help', '') or '')} | {cell(standard)} |"


def of_endpoints() -> str:
    """Return the page of all endpoints of the JSON API."""
    with TemporaryDirectory() as folder, Workspace.open(folder) as workspace:
        description = create_app(workspace).openapi()
    lines = [
        "# Endpoints",
        "",
        "Written from the OpenAPI description that the server has at `/api/openapi.json`.",
        "",
    ]
    by_tag: dict[str, list[str]] = {}
    examples = {
        name: one["examples"][0] for name, one in description["components"]["schemas"].items() if "examples" in one
    }
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            by_tag.setdefault(operation["tags"][0], []).extend(
                _endpoint(f"{method.upper()} {path}", operation, examples)
            )
    for tag, found in sorted(
        by_tag.items(), key=lambda one: ORDER.index(one[0]) if one[0] in ORDER else len(ORDER)
    ):
        lines += [f"## {tag}", "", *found]
    return "\n".join(lines) + "\n"


def _endpoint(address: str, operation: Mapping[str, Any], examples: Mapping[str, Any]) -> Iterator[str]:
    yield f"### `{address}`\n"
    yield f"{cell(operation['description'])}\n"
    given = operation.get("parameters", [])
    if given:
        rows = (f"| `{one['name']}` | {one['in']} | {cell(one.get('description', ''))} |" for one in given)
        yield "| parameter | in | |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    body = operation.get("requestBody", {}).get("content", {})
    if body:
        yield "Body: " + ", ".join(f"`{kind}`" for kind in body) + "\n"
    for kind in body.values():
        name = kind["schema"].get("$ref", "").rpartition("/")[2]
        if name in examples:
            yield f"```json\n{json.dumps(examples[name], ensure_ascii=False, indent=2)}\n```\n"
    yield "Answers: " + ", ".join(f"`{status}`" for status in sorted(operation["responses"])) + "\n"


def of_python() -> str:
    """Return the page of the facade's classes and the nouns of the model, by their docstrings."""
    lines = [
        "# Python",
        "",
        "Written from the docstrings. [python](python.md) shows it at work.",
        "",
        "## The facade",
        "",
    ]
    for name in PARTS:
        module, _, last = name.rpartition(".")
        lines += _class(getattr(importlib.import_module(module), last), name)
    lines += ["## The nouns", "", "All of `dragoman.model`.", ""]
    for name in sorted(model.__all__):
        found = getattr(model, name)
        if inspect.isclass(found):
            lines += _class(found, f"dragoman.model.{name}", members=False)
    return "\n".join(lines) + "\n"


def _class(found: type, name: str, *, members: bool = True) -> Iterator[str]:
    yield f"### `{name}`\n"
    yield _said(found)
    for own, member in sorted(vars(found).items()) if members else ():
        inner = (
            getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
        )
        if not own.startswith("_") and callable(inner) and inner.__doc__:
            yield f"#### `{own}{_signature(inner)}`\n"
            yield _said(inner)


def _signature(function: Callable[..., Any]) -> str:
    return str(inspect.signature(function)).replace("(self, ", "(").replace("(self)", "()").replace("'", "")


def _said(found: object) -> str:
    return f"```text\n{inspect.getdoc(found) or ''}\n```\n"


def of_data() -> str:
    """Return the page of all data packs with their source and day."""
    folder = Path(dragoman.__file__).parent / "data"
    rows = []
    for path in sorted(folder.rglob("*.yaml")):
        head = yaml.load(path.read_text("utf-8"), LOADER)  # noqa: S506 - a safe one
        if isinstance(head, dict):
            said = [cell(str(head.get(name, ""))) for name in ("title", "source", "as_of")]
            rows.append(f"| `{path.relative_to(folder).as_posix()}` | {' | '.join(said)} |")
    return "\n".join(["# Data packs", "", "| file | what | source | as of |", "|---|---|---|---|", *rows]) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "reference-cli": of_commands,
    "reference-api": of_endpoints,
    "reference-python": of_python,
    "reference-data": of_data,
}
"""Pages written from the code, by name."""
