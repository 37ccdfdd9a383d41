"""What a search for evidence found as JSON, the same for the command line and the API."""

from __future__ import annotations

from typing import Any

from dragoman.model.corpus import Found
from dragoman.model.track import Candidate


def found_to_row(found: Found) -> dict[str, Any]:
    """Return what was found for a line as JSON."""
    line, search = found.provision, found.search
    return {
        "provision": line.id,
        "doc": line.doc,
        "start": line.start,
        "end": line.end,
        "candidates": [candidate_to_row(candidate) for candidate in found.candidates],
        "search": {
            "sources": list(search.sources),
            "terms": list(search.terms),
            "until": search.until.isoformat() if search.until else None,
            "made": search.made.isoformat(),
            "found": search.found,
        },
    }


def candidate_to_row(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as JSON."""
    return {
        "page": candidate.page,
        "score": candidate.score,
        "quote": candidate.quote,
        "start": candidate.start,
        "end": candidate.end,
        "why": [list(why) for why in candidate.why],
        "title": candidate.title,
        "day": candidate.day.isoformat() if candidate.day else None,
        "address": candidate.address,
        "stance": candidate.stance.value,
        "stage": candidate.stage.value if candidate.stage else None,
    }
