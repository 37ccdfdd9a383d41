"""dragoman reads technology-policy texts into a register of provisions, each pinned to its sentence.

`from dragoman import Workspace` is the interface for Python, see docs/python.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.workspace import Workspace

__all__ = ["Workspace", "__version__"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load the workspace when it is asked for: the version alone needs none of it."""
    if name != "Workspace":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    from dragoman.workspace import Workspace  # noqa: PLC0415 - slow to load

    return Workspace
