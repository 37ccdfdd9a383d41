"""A case against rules: findings with trace, citation and the facts that are missing."""

from __future__ import annotations
