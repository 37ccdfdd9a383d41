"""Ties between actors, read from documents once and kept counted: what `mapping` draws from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256

from dragoman.alliances.columns import Columns, Tags, columns_of, packed
from dragoman.alliances.counting import Numbers
from dragoman.alliances.kinds import columns_of_kinds, spoken_in
from dragoman.alliances.reader import READ_BY, TieReader
from dragoman.alliances.settings import load_reading, pack_print
from dragoman.lexicon import Lexicon, Phrase
from dragoman.lexicon.actors import ActorRegister
from dragoman.model import Query, ReviewState
from dragoman.model.alliance import Tie
from dragoman.register import Register, Said, TiesState

AT_A_TIME = 500
"""Documents whose states are held at a time."""
Progress = Callable[[int, int | None, str], None]
"""Called with (documents done, documents in all, slug) while ties are read."""


class KeptTies:
    """Ties of the documents of a register, by the lexicon as it is."""

    def __init__(self, register: Register, lexicon_of: Callable[[], Lexicon]) -> None:
        self._register = register
        self._lexicon_of = lexicon_of

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon that ties are read by."""
        return self._lexicon_of()

    @cached_property
    def tags(self) -> Tags:
        """The tags that the bits of packed ties stand for."""
        return Tags(tuple(self.lexicon.technologies.labels), tuple(self.lexicon.instruments.labels))

    @property
    def _read_by(self) -> str:
        """What ties are read by: the rules, and what the lexicon holds."""
        return f"{READ_BY} {pack_print()[:12]} {print_of(self.lexicon.actors)[:12]} {self._terms_print[:8]}"

    @cached_property
    def _terms_print(self) -> str:
        lexicon = self.lexicon
        return phrases_print((*lexicon.technologies.phrases, *lexicon.instruments.phrases))

    def reader(self) -> TieReader:
        """Return what reads ties."""
        return TieReader(self.lexicon, load_reading())

    def refresh(self, slugs: Sequence[str] = (), progress: Progress | None = None) -> int:
        """Read the ties of documents anew where they, their lines or the rules have changed, and count them.

        Args:
            slugs: of the documents; () for all.
            progress: told what is done.

        Returns:
            How many documents were read.
        """
        kept, read_by = self._register.ties, self._read_by
        due = kept.due(read_by, slugs)
        reader: TieReader | None = None
        read = 0
        for done, state in enumerate(self._stale(read_by, slugs), start=1):
            rests_on = f"{read_by} {state.basis}"
            content = kept.pack(state.version) if state.kept == rests_on else None
            if content is None:
                reader = reader or self.reader()
                content = packed(self._read(reader, state.slug), self.tags)
                read += 1
            kept.keep(state, rests_on, content, said_in(content))
            if progress:
                progress(done, max(done, due), state.slug)
        if not slugs and kept.read_by() != read_by:
            kept.all_read_by(read_by)
        return read

    def _stale(self, read_by: str, slugs: Sequence[str]) -> Iterator[TiesState]:
        """Yield how the ties of documents that are due stand, some at a time: all may be due at once."""
        after = ""
        while some := self._register.ties.states(read_by, slugs, after, AT_A_TIME):
            yield from some
            after = some[-1].slug

    def _read(self, reader: TieReader, slug: str) -> tuple[Tie, ...]:
        """Return the ties of a document; lines that people rejected count for nothing."""
        page = self._register.provisions(Query(documents=(slug,), limit=None))
        lines = {
            entry.provision.id: entry.provision
            for entry in page.entries
            if entry.state is not ReviewState.REJECTED
        }
        return reader.read(self._register.document(slug), lines.values())

    def of_documents(self, slugs: Sequence[str]) -> Columns:
        """Return the ties of documents; () for all."""
        return columns_of(self._register.ties.packs(slugs), self.tags)

    def said(self) -> tuple[Columns, Numbers]:
        """Return what the sentences of the whole register say, and number and day of the kind of each."""
        return columns_of_kinds(*self._register.ties.kinds(), self.tags)

    def of_those_saying(self, sayings: Numbers, most: int) -> Columns:
        """Return the ties of documents, so many for each, that say kinds on days: number and day of each."""
        return columns_of(self._register.ties.packs_saying(_pairs(sayings), most), self.tags)

    def of_the_first_saying(self, days: Sequence[Numbers], most: int) -> Columns:
        """Return the ties of the documents that hold the first sentences, so many, that say kinds, day by day."""
        return columns_of(self._register.ties.packs_saying_first(map(_pairs, days), most), self.tags)

    def of_all_saying(self, sayings: Numbers) -> Columns:
        """Return the ties of all documents that say some kinds, on whatever day."""
        return columns_of(self._register.ties.packs_of_kinds(kind for kind, _ in _pairs(sayings)), self.tags)


def _pairs(sayings: Numbers) -> list[tuple[int, int]]:
    return [(int(kind), int(day)) for kind, day in sayings]


def said_in(content: bytes) -> tuple[Said, ...]:
    """Return what the sentences of packed ties say, as it is kept."""
    return tuple(Said(*one) for one in spoken_in(content))


@lru_cache(maxsize=4)
def print_of(actors: ActorRegister) -> str:
    """Return a hash of the names, members and states of a register of actors."""
    about = [(one.name, one.type, one.of, one.members) for one in actors.actors.values()]
    return sha256(f"{phrases_print(actors.phrases)} {about}".encode()).hexdigest()


def phrases_print(phrases: Iterable[Phrase]) -> str:
    """Return a hash of phrases."""
    return sha256(repr([(one.text, one.key) for one in phrases]).encode()).hexdigest()
