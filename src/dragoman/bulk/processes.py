"""The engine of one machine: processes beside each other, parts handed out in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.bulk.claims import claimed
from dragoman.bulk.errors import WebInputError
from dragoman.bulk.items import items_of, parts_of
from dragoman.bulk.listing import Listed, list_inputs
from dragoman.bulk.names import Census, census
from dragoman.bulk.output import Folder, LocalFolder, Output, Part, adopt, alone
from dragoman.bulk.pool import Pool
from dragoman.bulk.report import BulkReport, Progress, report_of
from dragoman.bulk.settings import BulkSettings
from dragoman.bulk.store_folder import StoreFolder
from dragoman.bulk.stores import is_far, list_far
from dragoman.bulk.worker import Job


def read_by_processes(
    inputs: Sequence[str], output: str, settings: BulkSettings, progress: Progress | None = None
) -> BulkReport:
    """Read a collection with the processors of this machine; see `read_bulk`."""
    place = _place_of(output)
    target = Output(place.folder)
    known = {one.name: one for one in target.listing()}
    listing = list(_listed(inputs, settings, known))
    with place.taken() as (work, check):
        if not target.begin(settings.identity(), listing):
            _read_parts(listing, target, partial(_adopt, place, check, work), work, settings, progress)
            check()
            target.finish()
    return report_of(target)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an output is written.

    Attributes:
        folder: of its small files.
        taken: gives a folder of this machine for parts that are being written, to one run at a time, and what
            raises ClaimLostError where another run has taken over.
        adopt: gives the files of a part their names there.
    """

    folder: Folder
    taken: Callable[[], AbstractContextManager[tuple[Path, Callable[[], None]]]]
    adopt: Callable[[Path, int], None]


def _place_of(output: str) -> _Place:
    """Return a folder of this machine, or one of a store."""
    if is_far(output):
        store = StoreFolder(output)
        return _Place(store, partial(_aside, store), store.adopt)
    path = Path(output).expanduser()
    return _Place(LocalFolder(path), partial(_beside, path), partial(adopt, path))


@contextmanager
def _aside(store: StoreFolder) -> Iterator[tuple[Path, Callable[[], None]]]:
    with claimed(store) as check, TemporaryDirectory(prefix="dragoman-bulk-") as folder:
        yield Path(folder), check


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, Callable[[], None]]]:
    with alone(path) as work:
        yield work, lambda: None  # the system's lock is held until the process ends


def _adopt(place: _Place, check: Callable[[], None], work: Path, number: int) -> None:
    """Give the files of a part their names while the output is this run's."""
    check()
    place.adopt(work, number)


def _listed(inputs: Sequence[str], settings: BulkSettings, known: Mapping[str, Listed]) -> Iterator[Listed]:
    """Yield the inputs in the order given, numbered. Raises UsageError."""
    for name in inputs:
        if name.startswith(("http://", "https://")):
            raise WebInputError(name)
    listings = (list_far(name) if is_far(name) else list_inputs([name], settings.limits, known) for name in inputs)
    for number, one in enumerate(chain.from_iterable(listings)):
        yield one._replace(input=number)


def _read_parts(
    listing: Sequence[Listed],
    target: Output,
    adopted: Callable[[int], None],
    work: Path,
    settings: BulkSettings,
    progress: Progress | None,
) -> None:
    """Read the parts that are not finished."""
    counted = census(lambda: items_of(listing, settings.limits))
    told = _Told(counted.documents, progress)
    jobs = _jobs(listing, target, work, settings, counted, told)
    with Pool(settings.workers or os.cpu_count() or 1, settings.limits, settings.seconds, told.at) as pool:
        for done in pool.run(jobs):
            adopted(done.number)
            target.commit(Part(done.number, done.rows))
            told.done(done.number)


def _jobs(
    listing: Sequence[Listed], target: Output, work: Path, settings: BulkSettings, counted: Census, told: _Told
) -> Iterator[Job]:
    for number, items in enumerate(parts_of(items_of(listing, settings.limits), settings.part_size)):
        told.sizes[number] = len(items)
        if target.is_done(number):
            told.done(number)
        else:
            yield Job(number, [counted.placed(item) for item in items], work)


class _Told:
    """Tells how far a run is: documents of finished parts."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.sizes: dict[int, int] = {}
        self._total, self._progress, self._done = total, progress, 0

    def at(self, source: str) -> None:
        """Tell what is being read."""
        if self._progress:
            self._progress(self._done, self._total, source)

    def done(self, number: int) -> None:
        """Count the documents of a part."""
        self._done += self.sizes.pop(number)
        self.at("")
