"""The garbage collector at rest while a document is read.

What is found in a document lives until its last line is read and holds hardly a circle, so that a collector that
looks through it again and again finds nothing; it took a tenth of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector from starting by itself; one that was off before stays off.

    The collector is the whole process's: of threads that overlap, the first that found it on turns it on again,
    and the others go on with it as they would have without this.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
