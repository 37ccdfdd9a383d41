"""`dragoman track`: was it done, by when, and who says so. Further commands of the group: `evidence`."""

from __future__ import annotations

import typer

app = typer.Typer(
    no_args_is_help=True, help="Follow what was promised: due, delivered, assessed.", rich_markup_mode=None
)


@app.callback()
def track() -> None:
    """Follow what was promised: due, delivered, assessed."""
