"""The problems: what was wrong or assumed while reading."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from dragoman.model import Problem
from dragoman.web.access import Store
from dragoman.web.render import render

router = APIRouter(include_in_schema=False)


@router.get("/problems")
def problems(request: Request, workspace: Store, document: str = "", severity: str = "") -> Response:
    """Show what was wrong or assumed while reading, errors first."""
    found = workspace.problems(document or None)
    titles = workspace.titles({problem.doc for problem in found if problem.doc} | {document})
    shown = tuple(problem for problem in found if not severity or problem.severity.value == severity)
    context = {"document": document, "severity": severity, "titles": titles, "place": problem_place}
    return render(request, "problems.html", {"problems": shown, "counts": _by_severity(found), **context})


def _by_severity(problems: Iterable[Problem]) -> dict[str, int]:
    counts = {"error": 0, "warning": 0, "note": 0}
    for problem in problems:
        counts[problem.severity.value] += 1
    return counts


def problem_place(problem: Problem) -> str:
    """Return the fragment of the reader's address at which a problem stands, "" where it has no place."""
    if problem.start is not None:
        return f"#at-{problem.start}-{problem.end if problem.end is not None else problem.start + 1}"
    return f"#page-{problem.page}" if problem.page else ""
