"""Our side of the comparison of speeds, in a process of its own as the other side has one.

Run by benchmark/screening.py: reads a question as JSON from standard input, writes an answer as JSON to standard
output; see screening_peer.py. The clock of the build runs while the index is made, that of the queries from the
first of them to the last. What both load once is loaded before the second clock: whatever the build needs (the
readings of Chinese characters, the conversion of traditional ones), and what three names, which are not among the
queries, make either side load. Then either side tells Python's collector of garbage to leave alone what is there
(`gc.freeze`), as dragoman does with an index in use. Nothing is kept from one query for the same query, as none is
asked twice.

    {"entries": [[id, schema, [name, ...], [kind of name, ...]]], "queries": [[name, schema]],
     "warming": [[name, schema]], "least": score or null}
    {"build": s, "cpu": s, "memory": MB, "hits": [[[id, score], ...]]}
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from typing import Any

from dragoman.model import ListedName, ListEntry, NameKind, Party, PartyKind
from dragoman.screen.index import NameIndex


def entries_of(given: list[tuple[str, str, list[str], list[str]]]) -> list[ListEntry]:
    """Return entries from what stands in a question."""
    return [
        ListEntry(
            number,
            "list",
            PartyKind(schema),
            tuple(ListedName(name, NameKind(kind)) for name, kind in zip(names, kinds, strict=True)),
        )
        for number, schema, names, kinds in given
    ]


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Return what our index finds, and what it costs."""
    entries = entries_of(question["entries"])
    parties = [Party(name, PartyKind(schema)) for name, schema in question["queries"]]
    start = time.process_time()
    index = NameIndex(entries)
    built = time.process_time() - start
    for name, schema in question["warming"]:
        index.search(Party(name, PartyKind(schema)), question["least"])
    gc.freeze()
    start = time.process_time()
    found = [index.search(party, question["least"]) for party in parties]
    asked = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    hits = [[(hit.entry.id, hit.score) for hit in some] for some in found]
    return {"build": built, "cpu": asked, "memory": memory, "hits": hits}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
