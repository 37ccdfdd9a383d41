"""The six questions that an assistant can ask, answered from a workspace."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, islice
from typing import Annotated

from pydantic import Field

from dragoman.mcp.coverage_rows import document_row, gaps_of, span_of, unread_of
from dragoman.mcp.delivery_rows import delivery_row
from dragoman.mcp.quoting import (
    LONGEST_QUOTE,
    Links,
    Row,
    answer,
    decision_row,
    fitting,
    line_head,
    line_row,
    quotation,
)
from dragoman.model import (
    BoardQuery,
    BoardRow,
    Kind,
    NotFoundError,
    Query,
    ReviewState,
    SearchHit,
    UsageError,
)
from dragoman.model.interchange import entry_to_row
from dragoman.model.lineage import LineageLabel, LineageLine
from dragoman.workspace import Workspace

MOST_ROWS = 50
MOST_SCANNED = 1_000
"""Hits of a search that are looked through for those of one document."""
MOST_DECISIONS = 10
MOST_WORDS = 8
"""Words of a search that found nothing which are looked up one by one."""
OTHER_WORDS = (
    "A sentence must hold all words, as they are written: try fewer, other forms (chain, chains), or the other "
    "language of the register, as `coverage` tells it."
)
STANDING = tuple(state for state in ReviewState if state is not ReviewState.REJECTED)

Words = Annotated[str, Field(description='Words that the sentence holds, in its language; "..." makes a phrase.')]
Document = Annotated[str, Field(description="Slug of a document, as `coverage` lists it; empty for all.")]
Slug = Annotated[str, Field(description="Slug of a document, as `coverage` lists it.")]
Identifier = Annotated[str, Field(description="Id of a provision, from another answer.")]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows at most.")]
Actor = Annotated[str, Field(description='Who acts, by any of its names: "Japan", "中国".')]
Technology = Annotated[str, Field(description='Tag, for instance "quantum" or "semiconductors".')]
KindName = Annotated[str, Field(description=f"One of: {', '.join(Kind)}; empty for all.")]
Day = Annotated[str, Field(description="Date, 2026-03-31; empty for no bound.")]


class NotADayError(UsageError):
    """A date that is none."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name} `{value}` is not a date.", "Write dates as 2026-03-31.")


class NotAKindError(UsageError):
    """A kind of provision that does not exist."""

    def __init__(self, value: str) -> None:
        super().__init__(f"There is no kind `{value}`.", f"Kinds: {', '.join(Kind)}.")


class NothingAskedError(UsageError):
    """A question on delivery without a line or document."""

    def __init__(self) -> None:
        super().__init__("Whose delivery?", "Give the id of a provision or the slug of a document, one of both.")


class NotThereError(NotFoundError):
    """A name that the register does not have."""

    what = ""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(name, sorted(known), n=3)
        remedy = f"Near it: {', '.join(close)}." if close else "`coverage` tells what the register holds."
        super().__init__(f"The register has no {self.what} `{name}`.", remedy)


class NoDocumentError(NotThereError):
    """A slug that no document has."""

    what = "document"


class NoProvisionError(NotFoundError):
    """An id that no line has, or one whose sentence is gone."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "Take an id from `find_provisions` or `search_sentences`.")


class NoActorError(NotThereError):
    """A name that no actor has."""

    what = "actor"


class NoTechnologyError(NotThereError):
    """A tag that no data pack has."""

    what = "technology"


class Desk:
    """Answers questions; each answer is JSON of bounded size.

    Every question raises NotFoundError for a name that is not in the register, and UsageError for a value that
    makes no sense.
    """

    def __init__(self, workspace: Workspace, links: Links) -> None:
        self._workspace = workspace
        self._links = links

    def search_sentences(self, words: Words, document: Document = "", limit: Limit = 10) -> Row:
        """Find sentences by their words, in English or Chinese, whether or not they carry a provision."""
        if document:
            self._check_document(document)
            return self._search_in(words, document, limit)
        page = self._workspace.search(words, limit=limit)
        return answer(fitting(map(self._hit_row, page.hits), limit), page.total, **self._hint(words, page.total))

    def _search_in(self, words: str, document: str, limit: int) -> Row:
        seen = list(islice(self._hits(words), MOST_SCANNED + 1))
        found = [hit for hit in seen[:MOST_SCANNED] if hit.doc == document]
        rows = fitting(map(self._hit_row, found), limit)
        hint = {} if found else self._hint(words, len(seen))
        return answer(rows, len(found), all_hits_seen=len(seen) <= MOST_SCANNED, **hint)

    def _hint(self, words: str, total: int) -> Row:
        """Return, where no sentence holds all words, in how many each stands by itself, and what to try."""
        each = list(dict.fromkeys(words.replace('"', " ").split()))[:MOST_WORDS]
        if total or not each:
            return {}
        alone = {word: self._workspace.search(word, limit=1).total for word in each}
        return {"sentences_by_word": alone, "remedy": OTHER_WORDS}

    def _hits(self, words: str) -> Iterator[SearchHit]:
        step = 100
        for offset in count(0, step):
            page = self._workspace.search(words, offset=offset, limit=step)
            yield from page.hits
            if offset + step >= page.total:
                return

    def _hit_row(self, hit: SearchHit) -> Row:
        head = quotation(self._links.sentence(hit), hit.text, hit.doc, hit.start)
        return {**head, "title": hit.title, "provisions": list(hit.provisions)}

    def find_provisions(
        self,
        actor: Actor = "",
        technology: Technology = "",
        kind: KindName = "",
        due_from: Day = "",
        due_to: Day = "",
        document: Document = "",
        limit: Limit = 10,
    ) -> Row:
        """Find provisions: who commits to, must, must not, may, is advised to or does what, by when.

        `reviewed` false means that a program found the line and no person has looked at it yet.
        """
        if document:
            self._check_document(document)
        query = Query(
            documents=(document,) if document else (),
            actors=(self._actor(actor),) if actor else (),
            technologies=(self._technology(technology),) if technology else (),
            kinds=(kind_of(kind),) if kind else (),
            reviews=STANDING,
            due_from=day_of("due_from", due_from),
            due_to=day_of("due_to", due_to),
            limit=limit,
        )
        page = self._workspace.provisions(query)
        rows = fitting((line_row(self._links, entry) for entry in page.entries), limit)
        return answer(rows, page.total, **({} if page.exact else {"total_is_at_least": True}))

    def show_provision(self, id: Identifier) -> Row:  # noqa: A002 - the name that assistants see
        """Show everything about one provision: all fields, its reviews, whether it still stands."""
        try:
            entry = self._workspace.provision(id)
        except NotFoundError as gone:
            raise NoProvisionError(gone.message) from gone
        lines, decisions = self._workspace.history(id)
        current = {one.slug: one.version for one in self._workspace.summaries([entry.provision.doc])}
        fields = entry_to_row(entry)
        head = line_row(self._links, entry)
        shown = {key: value for key, value in fields.items() if key not in {*head, "doc", "quote", "start", "end"}}
        row = {
            **head,
            "in_current_version": current.get(entry.provision.doc) == entry.version,
            **shown,
            "coders": sorted({one.provision.coder for one in lines}),
            "decisions": [decision_row(one) for one in decisions[-MOST_DECISIONS:]],
        }
        return answer([row], 1)

    def check_status(
        self,
        id: Identifier = "",  # noqa: A002 - the name that assistants see
        document: Document = "",
        limit: Limit = 10,
    ) -> Row:
        """Tell how delivery stands today, of one provision or of a document's duties, most pressing first.

        `claimed` is what a party says of itself, `verified` what accepted independent evidence shows. No
        evidence does not mean that nothing was done.
        """
        if bool(id) == bool(document):
            raise NothingAskedError
        if id:
            row = self._row_of(id)
            return answer([delivery_row(self._links, row)], 1, as_of=self._today())
        self._check_document(document)
        board = self._workspace.tracking.board(BoardQuery(documents=(document,)))
        rows = fitting((delivery_row(self._links, row) for row in board.rows), limit)
        states = {state.value: number for state, number in board.summary.states.items() if number}
        return answer(rows, len(board.rows), as_of=board.as_of.isoformat(), states=states)

    def _row_of(self, id: str) -> BoardRow:  # noqa: A002 - as above
        try:
            return self._workspace.tracking.row(id)
        except NotFoundError as gone:
            raise NoProvisionError(gone.message) from gone

    def _today(self) -> str:
        return self._workspace.tracking.today().isoformat()

    def compare_documents(self, first: Slug, second: Slug, limit: Limit = 20) -> Row:
        """Compare two documents: which provisions are new, strengthened, weakened, repeated or dropped."""
        for slug in (first, second):
            self._check_document(slug)
        lineage = self._workspace.comparing.lineage([first, second])
        lines = [line for line in lineage.lines if line.dropped_in or not line.first]
        lines.sort(key=lambda line: line.label is LineageLabel.REPEATED)
        rows = fitting((self._lineage_row(line) for line in lines), limit)
        compared = [text.document.slug for text in lineage.texts]
        later = lineage.counts()[compared[-1]]
        counts = {label.value: number for label, number in later.items()}
        return answer(rows, len(lines), earlier_and_later=compared, counts=counts)

    def _lineage_row(self, line: LineageLine) -> Row:
        before = [line_head(self._links, one.provision) for one in line.ancestors[:1]]
        changes = [
            {"field": one.field.value, "before": one.before[:LONGEST_QUOTE], "after": one.after[:LONGEST_QUOTE]}
            for one in line.changes
        ]
        return {
            **line_head(self._links, line.provision),
            "label": line.label.value,
            "reason": line.reason,
            "changes": changes,
            "earlier": before[0] if before else None,
            "likeness": round(line.ancestors[0].score, 2) if before else None,
            "confirmed_by_person": line.correction is not None,
        }

    def coverage(self) -> Row:
        """Tell what is in the register and what is not: documents, dates, languages, gaps, what was not read.

        Ask this before saying that something does not exist.
        """
        documents = self._workspace.documents()
        newest = sorted(documents, key=lambda one: one.date or date.min, reverse=True)
        rows = fitting((document_row(self._links, one) for one in newest), len(newest))
        gaps = gaps_of(documents, self._workspace.facets(Query()), self._workspace.vocabulary())
        unread = unread_of(self._workspace.problems())
        return answer(rows, len(documents), **span_of(documents), not_covered=gaps, **unread)

    def _check_document(self, slug: str) -> None:
        if not self._workspace.summaries([slug]):
            raise NoDocumentError(slug, self._workspace.slugs())

    def _actor(self, name: str) -> str:
        known = self._workspace.vocabulary()["actor"]
        if name in known:
            return name
        try:
            return self._workspace.actor_register.name(name)
        except UsageError as unknown:
            raise NoActorError(name, known) from unknown

    def _technology(self, tag: str) -> str:
        known = self._workspace.vocabulary()["technology"]
        if tag not in known:
            raise NoTechnologyError(tag, known)
        return tag


def kind_of(value: str) -> Kind:
    """Return a kind by its name. Raises NotAKindError."""
    try:
        return Kind(value.strip().lower())
    except ValueError:
        raise NotAKindError(value) from None


def day_of(name: str, value: str) -> date | None:
    """Return a date, None for "". Raises NotADayError."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise NotADayError(name, value) from None
