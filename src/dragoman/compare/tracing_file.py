"""Reading a workbook of process tracing from YAML; every fault is noted with its line."""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

import yaml

from dragoman.compare.remarks import remark
from dragoman.compare.tracing import TracingRules
from dragoman.model import Document, Problem, Severity
from dragoman.model.tracing import DatedEvent, EvidenceItem, Hypothesis, Pin, Workbook

MOST_BYTES = 2_000_000
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Node: TypeAlias = yaml.Node
BOOK = ("title", "question", "author", "hypotheses", "evidence")
HYPOTHESIS = ("id", "title", "prior")
ITEM = ("id", "title", "pin", "event", "cluster", "kind", "relevance", "likelihoods", "note")
PIN = ("doc", "start", "end", "quote")
EVENT = ("date", "source", "url")
KINDS = {"documentary": False, "interpretive": True}
FEWEST = 2
SHOWN = 80
"""Characters of the text of a document shown in a message."""


class WorkbookReader:
    """Reads one workbook."""

    def __init__(self, source: str, rules: TracingRules) -> None:
        self._source = source
        self._rules = rules
        self.problems: list[Problem] = []

    def read(self, data: bytes) -> Workbook | None:
        """Return the workbook, None where something is wrong with it."""
        root = self._parsed(data)
        if root is None:
            return None
        fields = self._fields(root, BOOK, ("title", "hypotheses", "evidence"), "the workbook")
        stated = [
            one for node in self._items(fields.get("hypotheses"), "hypotheses") if (one := self._hypothesis(node))
        ]
        self._unique((one.id, one.line) for one in stated)
        nodes = self._items(fields.get("evidence"), "evidence")
        hypotheses = self._completed(stated)
        names = [one.id for one in hypotheses]
        items = [item for node in nodes if (item := self._item(node, names))]
        self._unique((one.id, one.line) for one in items)
        if len(stated) < FEWEST or not nodes:
            self._note("tracing-few", root)
        self._clusters(items)
        if any(one.severity is Severity.ERROR for one in self.problems):
            return None
        texts = [self._text(fields.get(key)) for key in ("title", "question", "author")]
        return Workbook(texts[0], texts[1], texts[2], hypotheses, tuple(items))

    def _note(self, code: str, node: Node | int, **values: Any) -> None:  # noqa: ANN401 - words of a message
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.problems.append(remark(code, source=self._source, line=line or None, **values))

    def _parsed(self, data: bytes) -> Node | None:
        if len(data) > MOST_BYTES:
            self._note("tracing-too-large", 1, most=MOST_BYTES)
            return None
        try:
            text = data.decode("utf-8-sig")
            if alias := first_alias(text):
                self._note("tracing-alias", alias)
                return None
            root: Node | None = yaml.compose(text, Loader=LOADER)
        except (yaml.YAMLError, UnicodeDecodeError) as fault:
            mark = getattr(fault, "problem_mark", None)
            why = getattr(fault, "problem", None) or str(fault)
            self._note("tracing-yaml", mark.line + 1 if mark else 1, fault=why)
            return None
        if root is None:
            self._note("tracing-few", 1)
        return root

    def _fields(self, node: Node, known: Collection[str], needed: Collection[str], what: str) -> dict[str, Node]:
        """Return the values of a mapping by key; unknown and missing keys are noted."""
        if not isinstance(node, yaml.MappingNode):
            self._note("tracing-form", node, key=what, wanted="a mapping of keys and values")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                near = f"Did you mean `{close[0]}`?" if close else f"Known: {', '.join(known)}."
                self._note("tracing-unknown-key", key, key=name, what=what, near=near)
            elif self._given(value):
                found[name] = value
        for name in needed:
            if name not in found:
                self._note("tracing-missing", node, key=name, what=what)
        return found

    @staticmethod
    def _given(node: Node) -> bool:
        return not (isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null")

    def _items(self, node: Node | None, key: str) -> list[Node]:
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._note("tracing-form", node, key=key, wanted="a list")
            return []
        return list(node.value)

    @staticmethod
    def _text(node: Node | None) -> str:
        return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""

    def _number(self, node: Node, key: str, wanted: str) -> float:
        """Return a number, NaN where there is none."""
        try:
            value = float(self._text(node))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self._note("tracing-form", node, key=key, wanted=wanted)
            return math.nan
        return value

    def _offset(self, node: Node, key: str) -> int:
        value = self._number(node, key, "a whole number")
        return int(value) if value >= 0 else -1

    def _unique(self, named: Iterable[tuple[str, int]]) -> None:
        seen: set[str] = set()
        for name, line in named:
            if name in seen:
                self._note("tracing-doubled", line, id=name)
            seen.add(name)

    def _hypothesis(self, node: Node) -> Hypothesis | None:
        fields = self._fields(node, HYPOTHESIS, ("id", "title"), "a hypothesis")
        if "id" not in fields:
            return None
        name = self._text(fields["id"])
        prior = self._prior(fields["prior"], name) if "prior" in fields else 1.0
        return Hypothesis(name, self._text(fields.get("title")), prior, node.start_mark.line + 1)

    def _prior(self, node: Node, name: str) -> float:
        word = self._text(node)
        value = self._rules.scale.get(word)
        value = self._number(node, "prior", "a number above 0") if value is None else value
        if value <= 0:
            self._note("tracing-prior", node, id=name)
        return value if value > 0 else 1.0

    def _completed(self, stated: list[Hypothesis]) -> tuple[Hypothesis, ...]:
        """Return the hypotheses with a residual one, priors adding up to 1."""
        rules = self._rules
        left = 1.0
        added: tuple[Hypothesis, ...] = ()
        if stated and all(one.id != rules.residual for one in stated):
            left -= rules.residual_prior
            added = (Hypothesis(rules.residual, "None of these", rules.residual_prior),)
            self._note("tracing-residual", 0, prior=rules.residual_prior)
        total = math.fsum(one.prior for one in stated)
        scaled = (Hypothesis(one.id, one.title, one.prior / total * left, one.line) for one in stated)
        return (*scaled, *added)

    def _item(self, node: Node, hypotheses: list[str]) -> EvidenceItem | None:
        fields = self._fields(node, ITEM, ("id", "title", "likelihoods"), "an item of evidence")
        if "id" not in fields or "likelihoods" not in fields:
            return None
        name = self._text(fields["id"])
        pin = self._pin(fields["pin"]) if "pin" in fields else None
        event = self._event(fields["event"]) if "event" in fields else None
        if "pin" not in fields and "event" not in fields:
            self._note("tracing-pin", node, id=name)
        relevance = (
            self._number(fields["relevance"], "relevance", "a number from 0 to 1")
            if "relevance" in fields
            else 1.0
        )
        return EvidenceItem(
            id=name,
            title=self._text(fields.get("title")),
            likelihoods=self._likelihoods(fields["likelihoods"], name, hypotheses),
            pin=pin,
            event=event,
            cluster=self._text(fields.get("cluster")),
            interpretive=self._kind(fields.get("kind")),
            relevance=relevance,
            note=self._text(fields.get("note")),
            line=node.start_mark.line + 1,
        )

    def _kind(self, node: Node | None) -> bool:
        word = self._text(node) or "documentary"
        if node is not None and word not in KINDS:
            self._note("tracing-form", node, key="kind", wanted=" or ".join(KINDS))
        return KINDS.get(word, False)

    def _pin(self, node: Node) -> Pin | None:
        fields = self._fields(node, PIN, PIN, "a pin")
        if set(PIN) - set(fields):
            return None
        start, end = (self._offset(fields[key], key) for key in ("start", "end"))
        return Pin(self._text(fields["doc"]), start, end, self._text(fields["quote"]))

    def _event(self, node: Node) -> DatedEvent | None:
        fields = self._fields(node, EVENT, ("date", "source"), "an event")
        if "date" not in fields or "source" not in fields:
            return None
        try:
            day = date.fromisoformat(self._text(fields["date"]))
        except ValueError:
            self._note("tracing-date", fields["date"], given=self._text(fields["date"]))
            return None
        return DatedEvent(day, self._text(fields["source"]), self._text(fields.get("url")))

    def _likelihoods(self, node: Node, item: str, hypotheses: list[str]) -> dict[str, float]:
        """Return the likelihoods by hypothesis; a residual one without its own takes their geometric mean."""
        if not isinstance(node, yaml.MappingNode):
            self._note("tracing-form", node, key="likelihoods", wanted="a mapping of hypotheses to likelihoods")
            return {}
        found: dict[str, float] = {}
        for key, value in node.value:
            if key.value in hypotheses:
                found[key.value] = self._likelihood(value)
            else:
                self._note("tracing-unknown-hypothesis", key, id=key.value)
        for name in hypotheses:
            if name not in found and name == self._rules.residual and found:
                found[name] = math.exp(math.fsum(map(math.log, found.values())) / len(found))
            elif name not in found:
                self._note("tracing-no-likelihood", node, id=item, hypothesis=name)
        return found

    def _likelihood(self, node: Node) -> float:
        word = self._text(node)
        if word in self._rules.scale:
            return self._rules.scale[word]
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not 0 < value < 1:
            self._note("tracing-likelihood", node, given=word, words=", ".join(self._rules.scale))
            return 0.5
        return value

    def _clusters(self, items: list[EvidenceItem]) -> None:
        for cluster in dict.fromkeys(one.cluster for one in items if one.cluster):
            members = [one for one in items if one.cluster == cluster]
            if len(members) == 1:
                self._note("tracing-alone", members[0].line, cluster=cluster)


def first_alias(text: str) -> int | None:
    """Return the line of the first alias of a text, None without one. Raises yaml.YAMLError.

    Looks at the events of the fast reader: tokens of the other take quadratic time where brackets are nested.
    """
    for one in yaml.parse(text, Loader=LOADER):
        if isinstance(one, yaml.AliasEvent) and one.start_mark:
            return int(one.start_mark.line) + 1
    return None


def unfaithful(book: Workbook, documents: Mapping[str, Document], source: str) -> Iterator[Problem]:
    """Yield a problem for each pin whose words do not stand where it says.

    Args:
        book: the workbook.
        documents: of the register by slug, those that are pinned to.
        source: name of the workbook's file.
    """
    for item in book.items:
        if item.pin is None:
            continue
        pin, document = item.pin, documents.get(item.pin.doc)
        if document is None:
            yield remark("tracing-no-document", source=source, line=item.line, id=item.id, doc=pin.doc)
        elif document.text[pin.start : pin.end] != pin.quote:
            yield _misquoted(item.id, pin, document.text, source, item.line)


def _misquoted(name: str, pin: Pin, text: str, source: str, line: int) -> Problem:
    found = text[pin.start : pin.end][:SHOWN]
    at = text.find(pin.quote)
    near = (
        f"The words stand at {at}-{at + len(pin.quote)}." if at >= 0 else "The words do not stand in the document."
    )
    return remark(
        "tracing-quote",
        source=source,
        line=line,
        id=name,
        doc=pin.doc,
        start=pin.start,
        end=pin.end,
        found=f"“{found}”",
        near=near,
    )
