"""From a file, address or text to a `Document`.

Contract (the register, the workspace and the tests rely on it):

    read_inputs(inputs, settings, lexicon) -> Iterator[ReadResult]
        inputs: paths, folders, globs, "-", addresses, .jsonl(.gz) files. One result per document found; an
        input that cannot be read gives a result without a document and with a Problem of severity error.
        A generator: one document in memory at a time.
    read_text(text, *, slug, settings, lexicon, metadata) -> Document
        the structure stage alone, for tests and for other rooms.
"""

from __future__ import annotations
