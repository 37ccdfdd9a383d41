"""The dashboards of the docket at hand: counted anew when something was done to a case, or the day is over."""

from __future__ import annotations

from datetime import date
from threading import Lock

from dragoman.docketing import Docketing
from dragoman.model.docket import Person
from dragoman.model.docket_board import Board

MOST = 64
"""Dashboards that are held, one for each person."""


class Boards:
    """Dashboards by who looks; safe to use from several threads."""

    def __init__(self) -> None:
        self._state: tuple[int, date] | None = None
        self._found: dict[Person, Board] = {}
        self._lock = Lock()

    def of(self, docketing: Docketing) -> Board:
        """Return the dashboard of all cases that a person sees, as they stand now."""
        state = docketing.state()
        with self._lock:
            if state != self._state:
                self._state, self._found = state, {}
            held = self._found.get(docketing.person)
        if held is not None:
            return held
        board = docketing.board()
        with self._lock:
            if state == self._state and len(self._found) < MOST:
                self._found[docketing.person] = board
        return board
