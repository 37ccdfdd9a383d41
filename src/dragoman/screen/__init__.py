"""Who is this party: names in either script against lists of parties, with the reason for each hit."""

from __future__ import annotations
