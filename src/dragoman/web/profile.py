"""Profiles over time in the browser: a table whose figures open their sentences, and its picture."""

from __future__ import annotations

import shlex
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dragoman.coordinating import PROFILES
from dragoman.model import NotFoundError
from dragoman.model.profile import Profile
from dragoman.report import FORMATS
from dragoman.report.comparison_words import decimal, words_of
from dragoman.report.profile import profile_report
from dragoman.web.access import Store, names_for
from dragoman.web.comparing import shared_query
from dragoman.web.computed import once
from dragoman.web.filtering import Addressed, Names
from dragoman.web.language import language_of
from dragoman.web.measured import PROFILE, Titles, cell, opened, profile_cells
from dragoman.web.offering import Titles as TitlesOf
from dragoman.web.offering import offered
from dragoman.web.pictures import NoPictureError, drawn, pictures_of
from dragoman.web.render import render, wants_fragment
from dragoman.workspace import Workspace

router = APIRouter(include_in_schema=False)

ProfileFormat = Literal["html", "docx", "md", "json"]
PROFILE_FORMATS: dict[ProfileFormat, str] = {
    "html": FORMATS["html"],
    "docx": FORMATS["docx"],
    "md": FORMATS["md"],
    "json": "application/json",
}
"""Downloads of a profile with their media types."""
By = Literal["technology", "instrument", "target", "hardness", "mode", "force", "precision"]
Shown = Literal["provisions", "hard", "soft", "joint", "separate", "force", "precision"]
MEANS = frozenset({"force", "precision"})
"""Figures that are means, not counts."""


class NoDocumentsError(NotFoundError):
    """A profile of nothing."""

    def __init__(self) -> None:
        super().__init__("No documents are named.", "Choose them on the page of profiles.")


class ProfileFilter(Addressed):
    """Parameters of a profile."""

    document: Names = Field(default=[], description="slugs")
    by: By = Field(default="instrument", description="what the columns are")
    figure: Shown = Field(default="provisions", description="what a cell shows")
    cell: str = Field(default="", max_length=500, description="the figure that is open")


def profile_for(
    request: Request, workspace: Workspace, chosen: ProfileFilter, *, hurried: bool = False
) -> Profile | None:
    """Return a profile, computed once; None where it is not ready in time. Raises NotFoundError."""
    key = ("profile", tuple(chosen.document), chosen.by)
    return once(request, key, lambda: workspace.coordinating.profile(chosen.document, chosen.by), hurried=hurried)


@router.get("/profile")
def profile_page(request: Request, workspace: Store, chosen: Annotated[ProfileFilter, Query()]) -> Response:
    """Show the profile of documents over time, or the documents to choose from."""
    context = {
        "chosen": chosen,
        "shared": shared_query(chosen.document),
        "documents": offered(workspace, chosen.document),
        "profiles": PROFILES,
        "shown": PROFILE,
        "w": words_of(language_of(request), {}).own,
        "found": None,
    }
    if not chosen.document:
        return render(request, "profile.html", context)
    found = profile_for(request, workspace, chosen, hurried=True)
    if found is None:
        return render(request, "compare_wait.html", {"tab": "profile", "again": chosen.address(cell=chosen.cell)})
    words = words_of(language_of(request), names_for(request, workspace))
    box = opened(profile_cells(found), chosen.cell, Titles(words, ()))
    shared = {"box": box, "words": words, "w": words.own, "both": ()}
    if wants_fragment(request):
        return render(request, "fragment/measures.html", shared)
    context |= {
        **shared,
        "found": found,
        "cell": cell,
        "cells": profile_cells(found),
        "means": MEANS,
        "titles": TitlesOf(workspace, [doc for doc, _ in found.documents]),
        "formats": tuple(PROFILE_FORMATS),
        "pictures": tuple(pictures_of(profile_report(found, words.language, words.names).blocks)),
        "decimal": decimal,
    }
    return render(request, "profile.html", context)


@router.get("/profile/picture/{number}")
def picture(
    request: Request, workspace: Store, number: int, chosen: Annotated[ProfileFilter, Query()]
) -> Response:
    """Return the picture of the page."""
    found = profile_for(request, workspace, chosen) if chosen.document else None
    if found is None:
        raise NoPictureError
    return drawn(profile_report(found, language_of(request), names_for(request, workspace)).blocks, number)


@router.get("/profile/export/{form}")
def export_profile(
    request: Request, workspace: Store, form: ProfileFormat, chosen: Annotated[ProfileFilter, Query()]
) -> Response:
    """Return a profile as a file, as the command line writes it."""
    found = profile_for(request, workspace, chosen) if chosen.document else None
    if found is None:
        raise NoDocumentsError
    language = language_of(request)
    words = ["dragoman", "profile", *chosen.document, "--by", chosen.by, "--format", form, "--language", language]
    data = workspace.coordinating.written_profile(found, form, language, shlex.join(words))
    headers = {"content-disposition": f'attachment; filename="profile.{form}"'}
    return Response(data, media_type=PROFILE_FORMATS[form], headers=headers)
