"""Keeps numpy to one thread: the arrays of alignment are small, and several threads mostly wait for each other."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which numpy's linear algebra runs in one thread."""
    limited: AbstractContextManager[object] = found_libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def found_libraries() -> ThreadpoolController:
    """Return the libraries that numpy has loaded; they are looked for once."""
    return ThreadpoolController()
