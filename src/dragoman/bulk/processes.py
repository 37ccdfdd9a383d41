"""The engine of one machine: processes beside each other, parts handed out in order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.bulk.errors import RemoteOutputError
from dragoman.bulk.items import items_of, parts_of
from dragoman.bulk.listing import Listed, list_inputs
from dragoman.bulk.names import Census, census
from dragoman.bulk.output import LocalFolder, Output, Part, adopt, alone
from dragoman.bulk.pool import Pool
from dragoman.bulk.report import BulkReport, Progress, report_of
from dragoman.bulk.settings import BulkSettings
from dragoman.bulk.worker import Job


def read_by_processes(
    inputs: Sequence[str], output: str, settings: BulkSettings, progress: Progress | None = None
) -> BulkReport:
    """Read a collection with the processors of this machine; see `read_bulk`."""
    if "://" in output:
        raise RemoteOutputError(output)
    place = Path(output).expanduser()
    target = Output(LocalFolder(place))
    known = {one.name: one for one in target.listing()}
    listing = list(list_inputs(inputs, settings.limits, known))
    with alone(place) as work:
        if not target.begin(settings.identity(), listing):
            _read_parts(listing, target, work, settings, progress)
            target.finish()
    return report_of(target)


def _read_parts(
    listing: Sequence[Listed], target: Output, work: Path, settings: BulkSettings, progress: Progress | None
) -> None:
    """Read the parts that are not finished."""
    counted = census(lambda: items_of(listing, settings.limits))
    told = _Told(counted.documents, progress)
    jobs = _jobs(listing, target, work, settings, counted, told)
    output = work.parent
    with Pool(settings.workers or os.cpu_count() or 1, settings.limits, settings.seconds, told.at) as pool:
        for done in pool.run(jobs):
            adopt(output, work, done.number)
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
