"""Watching folders and feeds, for the faces: which commitments new documents touch, and which promises come back.

    with Workspace.open("workspace") as workspace:
        watching = workspace.watching
        watching.add(Watch("allies", technologies=("quantum",), folder="inbox"))
        for sighting in watching.run():
            print(sighting.doc, [touch.provision for touch in sighting.touches])

The questions stand in `watches.yaml` in the folder of the workspace, where a person can read and mend them; what
was seen is added line by line to `watch-log.jsonl`, and nothing is taken from it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml

from dragoman.lexicon import load_lexicon, load_pack
from dragoman.lexicon.words import load_words
from dragoman.model import (
    DUTIES,
    ConflictError,
    Document,
    DocumentSummary,
    Language,
    NotFoundError,
    Problem,
    Query,
    ReadOutcome,
    ReviewState,
    StoreError,
    UsageError,
)
from dragoman.model.watch import Sighting, Watch, sighting_of_row, sighting_to_row, watch_of_row, watch_to_row
from dragoman.read import ReadSettings
from dragoman.read.feeds import SCHEMES, read_feed
from dragoman.register import Register
from dragoman.report import Report, write
from dragoman.report.digest import digest_of
from dragoman.report.syndication import as_atom, as_rss
from dragoman.track.terms import Tagger
from dragoman.track.touching import PACK, Promise, by_document, promise_of, reasons_of, returns_of, touches_of

WATCHES_FILE, LOG_FILE = "watches.yaml", "watch-log.jsonl"
DIGEST_FORMATS = ("md", "html", "docx", "rss", "atom")
DigestFormat = Literal["md", "html", "docx", "rss", "atom"]
READ = frozenset({"new", "version", "recoded", "unchanged"})

Reader = Callable[[Sequence[str], ReadSettings], Iterator[ReadOutcome]]
"""Reads inputs into the register."""
Clock = Callable[[], datetime]


class NoSuchWatchError(NotFoundError):
    """A watch that is not there."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        remedy = f"There are: {', '.join(known)}." if known else "Add one: dragoman watch add NAME --folder PATH."
        super().__init__(f"There is no watch `{name}`.", remedy)


class WatchExistsError(ConflictError):
    """A watch of that name is there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a watch `{name}` already.", f"Remove it first: dragoman watch remove {name}.")


class NamelessWatchError(UsageError):
    """A watch without a name."""

    def __init__(self) -> None:
        super().__init__("A watch needs a name.", "Name it: dragoman watch add NAME ...")


class OnePlaceError(UsageError):
    """A watch of nothing, or of two places."""

    def __init__(self) -> None:
        super().__init__("A watch looks at one place.", "Give either --folder or --feed.")


class NotWebError(UsageError):
    """A feed that is not on the web."""

    def __init__(self, address: str) -> None:
        super().__init__(f"`{address}` is not an http or https address.", "Give the address of the feed.")


class WatchFileError(StoreError):
    """A file of the watches that cannot be read or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be used ({reason}).", "Mend it by hand, or move it away to begin anew.")


class Watching:
    """The watches of a workspace."""

    def __init__(self, folder: Path, register: Register, read: Reader, clock: Clock) -> None:
        self._folder = folder
        self._register = register
        self._read = read
        self._clock = clock

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger(load_lexicon(), load_words())

    def watches(self) -> tuple[Watch, ...]:
        """Return the watches by name. Raises WatchFileError."""
        path = self._folder / WATCHES_FILE
        if not path.exists():
            return ()
        try:
            rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
            return tuple(sorted((watch_of_row(row) for row in rows), key=lambda watch: watch.name))
        except (OSError, yaml.YAMLError, TypeError, AttributeError, UnicodeDecodeError) as fault:
            raise WatchFileError(path, str(fault)) from fault

    def watch(self, name: str) -> Watch:
        """Return a watch by its name. Raises NoSuchWatchError."""
        found = {watch.name: watch for watch in self.watches()}
        if name not in found:
            raise NoSuchWatchError(name, sorted(found))
        return found[name]

    def add(self, watch: Watch) -> Watch:
        """Save a watch; a folder is kept by its whole path.

        Raises:
            UsageError: no name, neither or both of folder and feed, a feed that is not http or https.
            WatchExistsError: the name is taken.
            NotFoundError: no such document.
        """
        kept = self._checked(watch)
        there = self.watches()
        if any(one.name == kept.name for one in there):
            raise WatchExistsError(kept.name)
        self._save((*there, kept))
        return kept

    def remove(self, name: str) -> Watch:
        """Remove a watch; what it has seen stays in the log. Raises NoSuchWatchError."""
        gone = self.watch(name)
        self._save(tuple(watch for watch in self.watches() if watch.name != name))
        return gone

    def _checked(self, watch: Watch) -> Watch:
        name = " ".join(watch.name.split())
        if not name:
            raise NamelessWatchError
        if bool(watch.folder) == bool(watch.feed):
            raise OnePlaceError
        if watch.feed and (urlsplit(watch.feed).scheme not in SCHEMES or not urlsplit(watch.feed).hostname):
            raise NotWebError(watch.feed)
        for slug in watch.documents:
            self._register.version(slug)
        folder = str(Path(watch.folder).resolve()) if watch.folder else ""
        return replace(watch, name=name, folder=folder)

    def _save(self, watches: Sequence[Watch]) -> None:
        path = self._folder / WATCHES_FILE
        rows = [watch_to_row(watch) for watch in sorted(watches, key=lambda watch: watch.name)]
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            partial.write_text(yaml.safe_dump(rows, allow_unicode=True, sort_keys=False), encoding="utf-8")
            partial.replace(path)
        except OSError as fault:
            raise WatchFileError(path, fault.strerror or str(fault)) from fault

    def sightings(self, names: Sequence[str] = (), since: date | None = None) -> tuple[Sighting, ...]:
        """Return what watches have seen, oldest first. Raises WatchFileError."""
        path = self._folder / LOG_FILE
        if not path.exists():
            return ()
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
            found = [sighting_of_row(json.loads(line)) for line in lines if line.strip()]
        except (OSError, ValueError, TypeError, KeyError) as fault:
            raise WatchFileError(path, str(fault)) from fault
        return tuple(
            one
            for one in found
            if (not names or one.watch in names) and (since is None or one.seen.date() >= since)
        )

    def _note(self, sighting: Sighting) -> None:
        path = self._folder / LOG_FILE
        try:
            with path.open("a", encoding="utf-8") as log:
                log.write(json.dumps(sighting_to_row(sighting), ensure_ascii=False) + "\n")
        except OSError as fault:
            raise WatchFileError(path, fault.strerror or str(fault)) from fault

    def run(
        self,
        names: Sequence[str] = (),
        *,
        allow_private: bool = False,
        problems: list[Problem] | None = None,
    ) -> Iterator[Sighting]:
        """Read what is new in folders and feeds, and yield what each document has to do with commitments.

        Args:
            names: of the watches; all.
            allow_private: whether addresses inside this machine's networks may be read.
            problems: takes what was wrong with feeds and documents.

        Raises:
            NoSuchWatchError: a name that is not there.
        """
        found = [] if problems is None else problems
        for watch in [self.watch(name) for name in names] or self.watches():
            for outcome in self._outcomes(watch, allow_private=allow_private, problems=found):
                found += outcome.problems
                sighting = self._sighting(watch, outcome)
                if sighting is not None:
                    self._note(sighting)
                    yield sighting

    def _outcomes(self, watch: Watch, *, allow_private: bool, problems: list[Problem]) -> Iterator[ReadOutcome]:
        """Yield what is read for a watch; entries of a feed that were read before are passed over."""
        settings = ReadSettings(allow_private=allow_private)
        if watch.folder:
            yield from self._read([watch.folder], settings)
            return
        limits = load_pack(PACK)["feed"]
        narrow = replace(settings, max_bytes=limits["bytes"], max_seconds=limits["seconds"])
        items, wrong = read_feed(watch.feed, narrow, limits["entries"])
        problems += wrong
        known = {one.item for one in self.sightings((watch.name,)) if not one.problem}
        for item in items:
            if item.key not in known:
                for outcome in self._read([item.address], settings):
                    yield replace(outcome, source=item.key)

    def _sighting(self, watch: Watch, outcome: ReadOutcome) -> Sighting | None:
        """Return what a watch makes of a document; None for one it has seen, or whose commitments it watches."""
        now = self._clock()
        before = self.sightings((watch.name,))
        if outcome.doc is None or outcome.status not in READ:
            wrong = "; ".join(problem.message for problem in outcome.problems)
            if any((one.item, one.problem) == (outcome.source, wrong) for one in before):
                return None
            return Sighting(watch.name, "", 0, outcome.source, "", None, "", now, matched=False, problem=wrong)
        version = self._register.version(outcome.doc)
        if outcome.doc in watch.documents or any(
            (one.doc, one.version) == (outcome.doc, version) for one in before
        ):
            return None
        document = self._register.document(outcome.doc)
        made = Sighting(
            watch=watch.name,
            doc=document.slug,
            version=version,
            item=outcome.source,
            title=document.title,
            day=document.date,
            address=document.source if "://" in document.source else "",
            seen=now,
            matched=False,
        )
        return self._looked_at(made, watch, document)

    def _looked_at(self, sighting: Sighting, watch: Watch, document: Document) -> Sighting:
        """Return a sighting with what the document has to do with the watch."""
        reasons = reasons_of(watch, document, self._tagger)
        if reasons is None:
            return sighting
        promises = self._promises(watch.documents)
        series = self._series(watch, document, by_document(promises))
        fresh = self._promises((document.slug,))
        return replace(
            sighting,
            matched=True,
            reasons=reasons,
            touches=touches_of(document, promises, self._tagger),
            returns=returns_of(series, fresh, self._tagger),
        )

    def _promises(self, documents: Sequence[str]) -> list[Promise]:
        query = Query(documents=tuple(documents), kinds=DUTIES, limit=None)
        entries = self._register.export(query)
        return [
            promise_of(one.provision, self._tagger) for one in entries if one.state is not ReviewState.REJECTED
        ]

    def _series(
        self, watch: Watch, document: Document, promises: Mapping[str, list[Promise]]
    ) -> list[list[Promise]]:
        """Return the lines of the earlier documents of a series, oldest first.

        The series is the documents that the watch names, else those of the same kind between the same parties.
        """
        earlier = [one for one in self._register.each_document() if is_earlier(one, document)]
        if watch.documents:
            chosen = [one for one in earlier if one.slug in watch.documents]
        else:
            parties = set(document.parties)
            chosen = [
                one for one in earlier if parties and set(one.parties) == parties and one.kind == document.kind
            ]
        ordered = sorted(chosen, key=lambda one: (one.date or date.min, one.slug))
        return [promises[one.slug] for one in ordered if one.slug in promises]

    def digest(
        self, names: Sequence[str] = (), since: date | None = None, language: Language = Language.EN
    ) -> Report:
        """Return what watches have seen as a report. Raises NoSuchWatchError."""
        chosen = [self.watch(name) for name in names] or list(self.watches())
        return digest_of(chosen, self.sightings(names, since), language, since)

    def digest_bytes(
        self,
        form: DigestFormat,
        names: Sequence[str] = (),
        since: date | None = None,
        language: Language = Language.EN,
    ) -> bytes:
        """Return the digest as a file; RSS and Atom have one entry for each document that matters."""
        if form == "rss" or form == "atom":  # noqa: PLR1714 - a set would not narrow the type
            for name in names:
                self.watch(name)
            writer = as_rss if form == "rss" else as_atom
            return writer(self.sightings(names, since), language)
        return write(self.digest(names, since, language), form)


def is_earlier(one: DocumentSummary, document: Document) -> bool:
    """Return whether a document of the register is another one than this and not younger."""
    if one.slug == document.slug:
        return False
    return one.date is None or document.date is None or one.date <= document.date
