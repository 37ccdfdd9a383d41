"""From a `Document` to its provisions.

Contract: `Extractor(lexicon).extract(document) -> tuple[Provision, ...]`, in text order; a pure function of
document and lexicon, the same output on every run; `GRAMMAR` names the coder ("grammar/<version>").
"""

from __future__ import annotations
