"""What the routes ask for: the workspace, the settings, and all lines of one document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Request

from dragoman.model import Document, Entry, Query
from dragoman.web.excerpt import Excerpt, excerpt
from dragoman.web.language import language_of
from dragoman.web.settings import Settings
from dragoman.workspace import Workspace


def workspace_of(request: Request) -> Workspace:
    """Return the workspace that the application serves."""
    workspace = request.app.state.workspace
    if not isinstance(workspace, Workspace):
        raise TypeError(workspace)
    return workspace


def settings_of(request: Request) -> Settings:
    """Return the settings of the application."""
    settings = request.app.state.settings
    if not isinstance(settings, Settings):
        raise TypeError(settings)
    return settings


Store = Annotated[Workspace, Depends(workspace_of)]
Options = Annotated[Settings, Depends(settings_of)]


def names_for(request: Request, workspace: Workspace) -> Mapping[str, str]:
    """Return what actors are called in the language of the request, by canonical name."""
    return workspace.names(language_of(request))


def entries_of(workspace: Workspace, document: Document) -> tuple[Entry, ...]:
    """Return all lines of a document."""
    return workspace.provisions(Query(documents=(document.slug,), limit=None)).entries


def excerpt_of(workspace: Workspace, identifier: str) -> Excerpt:
    """Return a line with its surroundings and history. Raises NotFoundError."""
    entry = workspace.provision(identifier)
    lines, reviews = workspace.history(identifier)
    document = workspace.document(entry.provision.doc, entry.version)
    return excerpt(document, entry, lines, reviews)
