"""A further coder: a language model behind an OpenAI-compatible endpoint that the user configures.

Nothing is sent unless the user names an endpoint. What comes back is held to the text: a line whose trigger, aim
or condition does not stand in its sentence is rejected as a Problem. Its lines are marked as the model's own and
are never accepted by themselves.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from dragoman.extract.guarded import PROBLEMS
from dragoman.lexicon import Lexicon, load_pack
from dragoman.lexicon.problems import Place, worded
from dragoman.model import (
    BlockKind,
    Document,
    DragomanError,
    Kind,
    Problem,
    Provision,
    Sentence,
    UsageError,
    Why,
    quote_at,
)
from dragoman.model.identity import provision_id

PACK = "prompts/endpoint.yaml"
FORCES = (1, 2, 3, 4)
UNREAD = (BlockKind.FURNITURE, BlockKind.HEADING)
OK = 200
HIGHEST_PORT = 65_535
UNMEASURED = 0.5
"""Confidence of a model's line: nobody has measured how often this model is right, so it is reviewed early."""

Asked = Callable[[int, int], None]
"""Called with (questions answered, questions in all)."""


class EndpointError(DragomanError):
    """The endpoint cannot be reached or does not answer as an OpenAI-compatible one does."""

    http_status = 502

    def __init__(self, url: str, fault: str) -> None:
        super().__init__(f"The endpoint {url} {fault}.", "Check its address, key and model; nothing was saved.")


class BadEndpointError(UsageError):
    """An endpoint that no question can be sent to."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"The endpoint {fault}.", "For instance http://127.0.0.1:11434/v1 and the model's name.")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers.

    Attributes:
        url: base address up to and without "/chat/completions" ("http://127.0.0.1:11434/v1").
        model: name the endpoint knows it by.
        key: bearer token, "" for none.
        seconds: time allowed for one answer.
        sentences: sentences sent in one question.
    """

    url: str
    model: str
    key: str = ""
    seconds: float = 120.0
    sentences: int = 20

    def checked(self) -> Endpoint:
        """Return the endpoint itself, if a question can be sent to it. Raises BadEndpointError."""
        fault = address_fault(self.url)
        if not fault and not (self.model.strip() and self.model.isprintable()):
            fault = "needs the name of a model"
        if not fault and not (self.key.isascii() and self.key.isprintable()):
            fault = "has a key with characters that cannot be sent"
        if fault:
            raise BadEndpointError(fault)
        return self


def address_fault(address: str) -> str:
    """Return what is wrong with the address of an endpoint, "" where it can be asked."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as fault:
        return f"has a malformed address ({fault})"
    if (url.port or 0) > HIGHEST_PORT:
        return f"has a malformed address (no port {url.port})"
    if url.scheme not in {"http", "https"} or not url.host:
        return "needs an address that begins with http:// or https://"
    return "has a name or password in its address, where everybody sees it" if url.userinfo else ""


@dataclass(frozen=True, slots=True)
class Coded:
    """What a coder made of a document."""

    provisions: tuple[Provision, ...]
    problems: tuple[Problem, ...]
    coder: str


class EndpointCoder:
    """Asks a model for the provisions of a document and holds its answers to the text."""

    def __init__(self, endpoint: Endpoint, lexicon: Lexicon) -> None:
        self.endpoint = endpoint
        self.lexicon = lexicon
        self.name = f"model/{endpoint.model}"

    def code(self, document: Document, asked: Asked | None = None) -> Coded:
        """Return the model's lines and what was rejected.

        Args:
            document: sent sentence by sentence, furniture and headings left out.
            asked: told before the first question and after each.

        Raises:
            EndpointError: no answer, or none in the expected form.
        """
        provisions: list[Provision] = []
        problems: list[Problem] = []
        ordinals: Counter[tuple[str, str]] = Counter()
        tell = asked or (lambda _done, _total: None)
        batches = list(self.batches(document))
        tell(0, len(batches))
        with httpx.Client(timeout=self.endpoint.seconds) as client:
            for done, batch in enumerate(batches, start=1):
                for row in self.ask(client, document, batch):
                    made = self.line(document, batch, row, ordinals)
                    if isinstance(made, Problem):
                        problems.append(made)
                    else:
                        provisions.append(made)
                tell(done, len(batches))
        provisions.sort(key=lambda line: (line.start, line.trigger_start))
        return Coded(tuple(provisions), tuple(problems), self.name)

    def batches(self, document: Document) -> Iterator[Sequence[Sentence]]:
        """Yield the sentences of the text, some at a time."""
        read = [sentence for sentence in document.sentences if sentence.kind not in UNREAD]
        for start in range(0, len(read), self.endpoint.sentences):
            yield read[start : start + self.endpoint.sentences]

    def ask(self, client: httpx.Client, document: Document, batch: Sequence[Sentence]) -> list[Mapping[str, Any]]:
        """Return the rows the model answers with for some sentences. Raises EndpointError."""
        headers = {"Authorization": f"Bearer {self.endpoint.key}"} if self.endpoint.key else {}
        url = f"{self.endpoint.url.rstrip('/')}/chat/completions"
        try:
            response = client.post(url, json=self.question(document, batch), headers=headers)
        except httpx.HTTPError as fault:
            raise EndpointError(url, f"cannot be reached ({fault})") from fault
        if response.status_code != OK:
            raise EndpointError(url, f"answers with status {response.status_code}")
        return rows_of(url, response)

    def question(self, document: Document, batch: Sequence[Sentence]) -> dict[str, Any]:
        """Return the body of the request for some sentences."""
        pack = load_pack(PACK)
        numbered = "\n".join(f"[{s.index}] {document.text[s.start : s.end]}" for s in batch)
        content = pack["user"].format(
            title=document.title,
            kind=document.kind,
            date=document.date or "undated",
            parties=", ".join(document.parties) or "not stated",
            technologies=", ".join(sorted(self.lexicon.technologies.labels)),
            instruments=", ".join(sorted(self.lexicon.instruments.labels)),
            sentences=numbered,
        )
        messages = [{"role": "system", "content": pack["system"]}, {"role": "user", "content": content}]
        form = {"type": "json_object"}
        return {"model": self.endpoint.model, "temperature": 0, "response_format": form, "messages": messages}

    def line(
        self,
        document: Document,
        batch: Sequence[Sentence],
        row: Mapping[str, Any],
        ordinals: Counter[tuple[str, str]],
    ) -> Provision | Problem:
        """Return the provision of one row, or the problem for which it is rejected."""
        sentence = next((s for s in batch if s.index == row.get("sentence")), None)
        if sentence is None:
            return rejected(document, None, f"names sentence {row.get('sentence')!r}, which was not sent")
        fault = self.fault_of(document, sentence, row)
        if fault:
            return rejected(document, sentence, fault)
        quote = quote_at(document.text, sentence.start, sentence.end)
        trigger = row["trigger"]
        at = document.text.index(trigger, sentence.start)
        ordinal = ordinals[quote.exact, trigger]
        ordinals[quote.exact, trigger] += 1
        return Provision(
            id=provision_id(document.slug, quote.exact, trigger, ordinal),
            doc=document.slug,
            start=sentence.start,
            end=sentence.end,
            trigger=trigger,
            trigger_start=at,
            kind=Kind(row["kind"]),
            force=row["force"],
            quote=quote,
            language=sentence.language,
            section=sentence.section,
            actors=tuple(row.get("actors") or ()),
            counterparties=tuple(row.get("counterparties") or ()),
            aim=row.get("aim") or "",
            technologies=tuple(row.get("technologies") or ()),
            instruments=tuple(row.get("instruments") or ()),
            conditions=row.get("conditions") or None,
            confidence=UNMEASURED,
            why=(Why("kind", row["kind"], self.name, at, at + len(trigger)),),
            coder=self.name,
        )

    def fault_of(self, document: Document, sentence: Sentence, row: Mapping[str, Any]) -> str | None:
        """Return what is wrong with a row, None where it can be taken."""
        own = document.text[sentence.start : sentence.end]
        if row.get("kind") not in [kind.value for kind in Kind]:
            return f"has the unknown kind {row.get('kind')!r}"
        if type(row.get("force")) is not int or row["force"] not in FORCES:
            return f"has the unknown force {row.get('force')!r}"
        for field in ("trigger", "aim", "conditions"):
            words = row.get(field)
            if (field == "trigger" and not words) or (words and (not isinstance(words, str) or words not in own)):
                return f"has a {field} that does not stand in the sentence ({words!r})"
        for field, known in self.lists().items():
            values = row.get(field) or []
            if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
                return f"has {field} that are no list of names"
            unknown = [value for value in values if known is not None and value not in known]
            if unknown:
                return f"has the unknown tag {unknown[0]!r}"
        return None

    def lists(self) -> Mapping[str, Mapping[str, Any] | None]:
        """Return the list fields with the values allowed, None for any."""
        technologies, instruments = self.lexicon.technologies.labels, self.lexicon.instruments.labels
        return {
            "actors": None,
            "counterparties": None,
            "technologies": technologies,
            "instruments": instruments,
        }


def rows_of(url: str, response: httpx.Response) -> list[Mapping[str, Any]]:
    """Return the rows in a completion. Raises EndpointError where it has another form."""
    try:
        content = response.json()["choices"][0]["message"]["content"]
        rows = json.loads(content)["provisions"]
    except (ValueError, KeyError, IndexError, TypeError) as fault:
        raise EndpointError(url, "does not answer with the JSON that was asked for") from fault
    if not isinstance(rows, list):
        raise EndpointError(url, "does not answer with a list of provisions")
    return [row for row in rows if isinstance(row, dict)]


def rejected(document: Document, sentence: Sentence | None, fault: str) -> Problem:
    """Return the problem of a row that is not taken."""
    start, end = (sentence.start, sentence.end) if sentence else (None, None)
    place = Place(document.source, document.slug, start, end)
    return worded(PROBLEMS, "model-line-rejected", place, {"why": fault})
