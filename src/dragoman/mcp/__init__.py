"""Tools for assistants: a face that answers from the register over the Model Context Protocol.

Every answer begins with links and exact quotations. What is not in the register, what is there but nobody has
reviewed, and what is claimed but not verified are three different things, and each has a field of its own.
"""

from __future__ import annotations

from dragoman.mcp.desk import Desk
from dragoman.mcp.quoting import BASE_ADDRESS

__all__ = ["BASE_ADDRESS", "Desk"]
