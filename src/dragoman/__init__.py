"""dragoman reads technology-policy texts into a register of provisions, each pinned to its sentence."""

from __future__ import annotations

__version__ = "0.1.0"
