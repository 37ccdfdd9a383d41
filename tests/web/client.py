"""The test client of Starlette, and the address under which it asks."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Starlette's test client prefers a fork of httpx that nothing else here needs.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BASE = "http://127.0.0.1:8765"

__all__ = ["BASE", "TestClient"]
