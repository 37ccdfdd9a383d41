"""Commands that are loaded when they are asked for.

A call uses one command of some forty, and loading the modules of all of them takes longer than most of them run.
So the first level knows the names of its commands and where they are written, and no more; its help and the
completion of the shell, which need all of them, load all of them. This is the lazy group of click's manual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.main import get_group


class OnDemand(Mapping[str, Any]):
    """The commands of a group by name, in the order of its help; each is loaded once, when it is taken."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - the type is private to typer
        if name not in self._loaded:
            self._loaded[name] = load(name, self._places[name])
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def load(name: str, place: str) -> Any:  # noqa: ANN401 - the type is private to typer
    """Return the command of a name; its place is `module.function`, or `module.app` of one with commands below."""
    module, _, attribute = place.partition(".")
    found = getattr(import_module(f"dragoman.cli.{module}"), attribute)
    above = typer.Typer(rich_markup_mode=None)
    if isinstance(found, typer.Typer):
        above.add_typer(found, name=name)
    else:
        above.command(name)(found)
    return get_group(above).commands[name]
