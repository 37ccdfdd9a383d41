"""The pages and the JSON API: one module a page, over the workspace."""

from __future__ import annotations

from dragoman.web.app import create_app
from dragoman.web.settings import LOOPBACK_HOSTS, Settings

__all__ = ["LOOPBACK_HOSTS", "Settings", "create_app"]
