"""The command line: one module a command group, over the workspace."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
