"""The command line: one module a command group, over the workspace."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from dragoman.cli.app import app  # noqa: PLC0415 - so that importing the package costs nothing

    app(prog_name="dragoman")
