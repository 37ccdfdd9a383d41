"""Downloads and pictures of the pages under addresses of the API, with its errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Response

from dragoman.delivery import REVIEW_FORMATS
from dragoman.report import FORMATS
from dragoman.web import (
    actors,
    alliances,
    bilingual,
    briefing,
    citing,
    comparing,
    coordination,
    docket,
    profile,
    term_choice,
    tracing,
    tracking,
    watching,
)
from dragoman.web.endpoint import CONFLICT, MISSING, REFUSED, endpoints

router = endpoints("downloads")
SVG = "image/svg+xml"
BYTES = "application/octet-stream"

DOWNLOADS: Mapping[str, tuple[Callable[..., Any], tuple[str, ...]]] = {
    "/snapshot/{form}": (citing.download_snapshot, (citing.ZIP,)),
    "/track/export/{form}": (tracking.export_board, tuple(tracking.BOARD_FORMATS.values())),
    "/track/report/{form}": (tracking.export_review, tuple(REVIEW_FORMATS.values())),
    "/watch/digest/{form}": (watching.digest, tuple(watching.DIGESTS.values())),
    "/lineage/export/{form}": (comparing.export_lineage, tuple(comparing.LINEAGE_FORMATS.values())),
    "/coordination/export/{form}": (
        coordination.export_coordination,
        tuple(coordination.COORDINATION_FORMATS.values()),
    ),
    "/coordination/picture/{number}": (coordination.picture, (SVG,)),
    "/profile/export/{form}": (profile.export_profile, tuple(profile.PROFILE_FORMATS.values())),
    "/profile/picture/{number}": (profile.picture, (SVG,)),
    "/alliances/export/{form}": (alliances.export_alliances, tuple(alliances.ALLIANCE_FORMATS.values())),
    "/alliances/picture/{name}": (alliances.picture, (SVG,)),
    "/alliances/briefing/export/{form}": (briefing.export_briefing, (*FORMATS.values(), "application/json")),
    "/actors/export/{form}": (actors.export_actors, (actors.YAML,)),
    "/terms/align/export/{form}": (bilingual.export_alignment, tuple(bilingual.MEDIA.values())),
    "/terms/force/export/{form}": (bilingual.export_force, tuple(bilingual.MEDIA.values())),
    "/terms/extract/export/{form}": (term_choice.export_candidates, tuple(term_choice.EXTRACT_MEDIA.values())),
    "/docket/export.jsonl": (docket.export, (docket.JSON_LINES,)),
    "/docket/export.zip": (docket.bundle, ("application/zip",)),
    "/docket/public.rss": (docket.public_feed, (docket.RSS,)),
    "/docket/{number}/memo.{form}": (docket.memo, tuple(docket.MEMOS.values())),
    "/docket/{number}/documents/{digest}": (docket.document, (BYTES,)),
}
"""Addresses behind `/api` with what answers them and the media types that they give."""


def _given(kinds: tuple[str, ...]) -> dict[int | str, dict[str, Any]]:
    files = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {200: {"description": "the file", "content": files}}


for _path, (_answer, _kinds) in DOWNLOADS.items():
    _answers = {**_given(_kinds), **MISSING, **CONFLICT}
    router.add_api_route(_path, _answer, response_class=Response, responses=_answers, methods=["GET"])
router.add_api_route(
    "/tracing/export/{form}",
    tracing.export_tracing,
    response_class=Response,
    responses={**_given(tuple(tracing.TRACING_FORMATS.values())), **REFUSED},
    methods=["POST"],
)
