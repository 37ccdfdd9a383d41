"""The only room that knows SQL: SQLite by default, PostgreSQL by URL; search, history, migrations.

Contract: `Register.open(url) -> Register`, see docs/contracts.md.
"""

from __future__ import annotations
