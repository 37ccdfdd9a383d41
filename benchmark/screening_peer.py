"""An embedded replica of yente's method: candidates from a tantivy index of yente's fields, scored by logic-v2.

Run by benchmark/screening.py with the interpreter of the benchmark environment: reads a question as JSON from
standard input, writes an answer as JSON to standard output. What is asked as "warming" comes before the clock of
the queries starts, so that what the libraries load once counts on neither side.

    {"entries": [[id, schema, [name, ...], [kind of name, ...]]], "queries": [[name, schema]],
     "warming": [[name, schema]], "pairs": [[schema, name, name]]}
    {"build": s, "cpu": s, "memory": MB, "hits": [[[id, score], ...]], "pairs": [score]}
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import tantivy
from followthemoney import EntityProxy, model
from followthemoney.names import entity_names
from nomenklatura.matching.logic_v2.model import LogicV2

CANDIDATES = 50
KEPT = 5
PART, PHONETIC, KEY, SYMBOL = "name_parts", "name_phonetic", "name_keys", "name_symbols"
BOOSTS = {PART: 1.0, PHONETIC: 0.8, KEY: 4.0, SYMBOL: 0.8}
FUZZY_FROM = 5
"""Letters from which a part of a name may have one typo, as OpenSearch's AUTO has it."""
NUMBERS = count()


def entity_of(schema: str, names: Sequence[str], number: str = "") -> EntityProxy:
    """Return an entity; nomenklatura remembers names by id, so that each query needs an id of its own."""
    entity = model.make_entity(schema)
    entity.id = number or f"query-{next(NUMBERS)}"
    entity.add("name", list(names))
    return entity


def terms_of(entity: EntityProxy) -> Iterator[tuple[str, str]]:
    """Yield the terms that yente indexes and asks for: parts, sounds, keys and symbols of the names."""
    for name in entity_names(entity):
        parts = [part.comparable for part in name.parts if part.comparable]
        yield KEY, "".join(sorted(set(parts)))
        for part in name.parts:
            yield PART, part.comparable
            if part.metaphone and len(part.metaphone) > 2:
                yield PHONETIC, part.metaphone
        for span in name.spans:
            yield SYMBOL, f"{span.symbol.category.value}:{span.symbol.id}"


class Replica:
    """The index, and the scoring of its candidates."""

    def __init__(self, entries: Sequence[tuple[str, str, Sequence[str]]]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True)
        for field in BOOSTS:
            builder.add_text_field(field, stored=False, tokenizer_name="raw", index_option="freq")
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema)
        self.entities = [entity_of(schema, names, number) for number, schema, names in entries]
        writer = self.index.writer(heap_size=64_000_000, num_threads=1)
        for number, entity in enumerate(self.entities):
            document = tantivy.Document()
            document.add_integer("number", number)
            for field, term in dict.fromkeys(terms_of(entity)):
                document.add_text(field, term)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.config = LogicV2.default_config()

    def candidates(self, entity: EntityProxy) -> Iterator[EntityProxy]:
        """Yield the entities that the index ranks first for a query."""
        clauses = []
        for field, term in dict.fromkeys(terms_of(entity)):
            exact = tantivy.Query.term_query(self.schema, field, term)
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(exact, BOOSTS[field])))
            if field == PART and len(term) >= FUZZY_FROM:
                fuzzy = tantivy.Query.fuzzy_term_query(self.schema, field, term, distance=1)
                clauses.append((tantivy.Occur.Should, fuzzy))
        for _, address in self.searcher.search(tantivy.Query.boolean_query(clauses), CANDIDATES).hits:
            yield self.entities[self.searcher.doc(address)["number"][0]]

    def hits(self, name: str, schema: str) -> list[tuple[str, float]]:
        """Return the best entities for a name, with their scores."""
        query = entity_of(schema, [name])
        scored = [
            (str(found.id), LogicV2.compare(query, found, self.config).score) for found in self.candidates(query)
        ]
        return sorted(scored, key=lambda one: -one[1])[:KEPT]


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Return what the replica finds, and what it costs."""
    start = time.process_time()
    replica = Replica([(number, schema, names) for number, schema, names, _ in question["entries"]])
    built = time.process_time() - start
    for name, schema in question["warming"]:
        replica.hits(name, schema)
    gc.freeze()
    start = time.process_time()
    hits = [replica.hits(name, schema) for name, schema in question["queries"]]
    asked = time.process_time() - start
    pairs = [
        LogicV2.compare(entity_of(schema, [one]), entity_of(schema, [other]), replica.config).score
        for schema, one, other in question["pairs"]
    ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"build": built, "cpu": asked, "memory": memory, "hits": hits, "pairs": pairs}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
