"""What the pages do, the API does: a table of every address of a page with the endpoints that do the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fastapi import FastAPI

from dragoman.web import accounts, actors, commitment, docket, team_coding, terms
from tests.conftest import REPOSITORY
from tests.web.test_docs import routes_of

MANUAL = (REPOSITORY / "docs" / "web.md").read_text("utf-8")

FORMS = {
    "/track/c/{}/{}": commitment.RECORDS,
    "/terms/c/{}/{}": terms.RECORDS,
    "/docket/{}/{}": docket.ACTS,
    "/actors/a/{}/{}": actors.CHANGES,
    "/coding/d/{}/{}": team_coding.CODES,
    "/coding/{}": team_coding.ACTS,
    "/accounts/{}": accounts.ACTS,
    "/account/{}": ("password", "token", "revoke"),
    "/jobs/{}/{}": ("cancel", "retry"),
}
"""Addresses of several forms, with what their last part may be."""

EXCEPTIONS = {
    "GET /login": "sign-in", "POST /login": "sign-in", "POST /logout": "sign-in",
    "GET /account": "sign-in", "POST /account/password": "sign-in", "POST /account/token": "sign-in",
    "POST /account/revoke": "sign-in",
    "GET /accounts": "accounts", "POST /accounts/add": "accounts", "POST /accounts/change": "accounts",
    "POST /accounts/password": "accounts", "POST /accounts/close": "accounts", "POST /accounts/open": "accounts",
    "GET /library": "leads on", "GET /p/{}": "leads on", "GET /health": "machines", "GET /api": "machines",
    "GET /health/live": "machines", "GET /health/ready": "machines", "GET /metrics": "machines",
    "GET /static": "machines",
}  # fmt: skip
"""Addresses without an endpoint, with the reason that docs/web.md gives in bold."""

TABLE = """
GET /                          GET /api/documents
POST /read/files               POST /api/documents
POST /read/address             POST /api/read
GET /register                  GET /api/provisions, GET /api/facets
GET /search                    GET /api/search, GET /api/sentences
GET /problems                  GET /api/problems
GET /d/{}                      GET /api/documents/{}, GET /api/documents/{}/versions, GET /api/provisions
GET /p/{}/panel                GET /api/provisions/{}, GET /api/provisions/{}/history
POST /p/{}/review              POST /api/provisions/{}/review
GET /check                     GET /api/kinds, GET /api/packs
POST /check/file               POST /api/check
GET /check/{}                  GET /api/kinds/{}
POST /check/{}                 POST /api/check
POST /check/{}/{}              POST /api/check/memo/{}
GET /rules                     GET /api/rules
GET /rules/{}                  GET /api/rules/{}
GET /screen                    GET /api/screen
POST /screen                   POST /api/screen, POST /api/screen/decisions
POST /screen/export/{}         POST /api/screen/export/{}
GET /screen/history            GET /api/screen/history
GET /lists                     GET /api/lists
POST /lists                    POST /api/lists
POST /lists/monitor            POST /api/lists/monitor
GET /lists/{}                  GET /api/lists/{}, GET /api/lists/{}/versions
POST /lists/{}/remove          DELETE /api/lists/{}
GET /track                     GET /api/track
GET /track/export/{}           GET /api/track/export/{}
GET /track/scores              GET /api/track/scores
GET /track/report              GET /api/track/report/{}
GET /track/report/{}           GET /api/track/report/{}
GET /track/c/{}                GET /api/track/commitments/{}
POST /track/c/{}/look          POST /api/track/commitments/{}/search
POST /track/c/{}/event         POST /api/track/commitments/{}/events
POST /track/c/{}/event-back    POST /api/track/commitments/{}/events/withdrawal
POST /track/c/{}/link          POST /api/track/commitments/{}/evidence
POST /track/c/{}/keep          POST /api/track/commitments/{}/evidence/found
POST /track/c/{}/decide        POST /api/track/commitments/{}/evidence/decision
POST /track/c/{}/assess        POST /api/track/commitments/{}/verdicts
GET /watch                     GET /api/watch, GET /api/watch/questions
GET /watch/digest/{}           GET /api/watch/digest/{}
GET /compare                   GET /api/lineage
GET /compare/export/{}         GET /api/lineage/export/{}
GET /compare/line/{}           GET /api/lineage/lines/{}
POST /compare/line/{}          POST /api/lineage/lines/{}
GET /coordination              GET /api/coordination
POST /coordination             POST /api/coordination
GET /coordination/picture/{}   GET /api/coordination/picture/{}
GET /coordination/export/{}    GET /api/coordination/export/{}
GET /profile                   GET /api/profile
GET /profile/picture/{}        GET /api/profile/picture/{}
GET /profile/export/{}         GET /api/profile/export/{}
GET /tracing                   GET /api/tracing, GET /api/tracing/books/{}, GET /api/tracing/blank
POST /tracing                  POST /api/tracing
POST /tracing/export/{}        POST /api/tracing/export/{}
GET /alliances                 GET /api/alliances, GET /api/alliances/network, GET /api/alliances/sentences
GET /alliances/picture/{}      GET /api/alliances/picture/{}
GET /alliances/export/{}       GET /api/alliances/export/{}
GET /alliances/briefing        GET /api/alliances/briefing
GET /alliances/briefing/export/{}  GET /api/alliances/briefing/export/{}
GET /actors                    GET /api/actors
POST /actors                   POST /api/actors
GET /actors/proposals          GET /api/actors/proposals
POST /actors/proposals         POST /api/actors/proposals
GET /actors/export/{}          GET /api/actors/export/{}
GET /actors/a/{}               GET /api/actors/a/{}
POST /actors/a/{}/rename       POST /api/actors/a/{}/{}
POST /actors/a/{}/names        POST /api/actors/a/{}/{}
POST /actors/a/{}/merge        POST /api/actors/a/{}/{}
POST /actors/a/{}/split        POST /api/actors/a/{}/{}
POST /actors/a/{}/member       POST /api/actors/a/{}/{}
POST /actors/a/{}/withdraw     POST /api/actors/a/{}/{}
GET /terms                     GET /api/terms
GET /terms/export/{}           GET /api/terms/export/{}
POST /terms/import             POST /api/terms/import, POST /api/terms/import/shipped
GET /terms/c/{}                GET /api/terms/concepts/{}, GET /api/terms/concepts/{}/history, GET /api/terms/concepts/{}/sentences
POST /terms/c/{}/review        POST /api/terms/concepts/{}/review
POST /terms/c/{}/proposal      POST /api/terms/concepts/{}/review
POST /terms/c/{}/change        POST /api/terms/concepts/{}/proposals
POST /terms/c/{}/withdraw      POST /api/terms/concepts/{}/withdraw
GET /terms/new                 GET /api/terms
POST /terms/new                POST /api/terms
GET /terms/review              GET /api/terms/proposals
POST /terms/review             POST /api/terms/review
GET /terms/versions            GET /api/terms/versions, GET /api/terms/changes
POST /terms/versions           POST /api/terms/versions
GET /terms/lint                POST /api/terms/lint
POST /terms/lint               POST /api/terms/lint
GET /terms/align               GET /api/terms/align, GET /api/terms/align/corrections
POST /terms/align              POST /api/terms/align
GET /terms/align/export/{}     GET /api/terms/align/export/{}
GET /terms/force               GET /api/terms/force
GET /terms/force/export/{}     GET /api/terms/force/export/{}
GET /terms/extract             GET /api/terms/extract
POST /terms/extract            POST /api/terms/extract
GET /terms/extract/export/{}   GET /api/terms/extract/export/{}
GET /docket                    GET /api/docket, GET /api/docket/board
POST /docket                   POST /api/docket
POST /docket/form              POST /api/docket
GET /docket/export.jsonl       GET /api/docket/export.jsonl
GET /docket/export.zip         GET /api/docket/export.zip
GET /docket/public             GET /api/docket/public
GET /docket/public.rss         GET /api/docket/public.rss
GET /docket/procedures/{}      GET /api/docket/procedures, GET /api/docket/procedures/{}
GET /docket/{}                 GET /api/docket/{}
GET /docket/{}/memo.{}         GET /api/docket/{}/memo.{}
GET /docket/{}/documents/{}    GET /api/docket/{}/documents/{}
POST /docket/{}/revise         POST /api/docket/{}/revise
POST /docket/{}/attach         POST /api/docket/{}/attach
GET /jobs                      GET /api/jobs
POST /jobs/{}/cancel           POST /api/jobs/{}/{}
POST /jobs/{}/retry            POST /api/jobs/{}/{}
GET /snapshot                  GET /api/snapshot/{}
GET /snapshot/{}               GET /api/snapshot/{}
GET /coding                    GET /api/coding
GET /coding/d/{}               GET /api/coding/lines, GET /api/documents/{}
POST /coding/d/{}/save         POST /api/coding/lines
POST /coding/d/{}/remove       POST /api/coding/lines
POST /coding/d/{}/done         POST /api/coding/state
POST /coding/d/{}/upload       POST /api/coding/lines
GET /coding/agreement          GET /api/coding/agreement
GET /coding/queue              GET /api/coding/differences
POST /coding/assign            POST /api/coding/assignments
POST /coding/open              POST /api/coding/state
POST /coding/reopen            POST /api/coding/state
POST /coding/decide            POST /api/coding/decisions
GET /coding/adoption           GET /api/coding/adoption
POST /coding/adopt             POST /api/coding/adoption
GET /coding/export/{}          GET /api/coding/lines
"""
SAME = {f"POST /docket/{{}}/{act}": ("POST /api/docket/{}/{}",) for act in docket.ACTS} | {
    row.split("  ")[0].strip(): tuple(one.strip() for one in row.split("  ", 1)[1].split(","))
    for row in TABLE.strip().splitlines()
}
"""Endpoints by the address of the page or form."""


def unnamed(path: str) -> str:
    return re.sub(r"\{\w+(?::\w+)?\}", "{}", path)


def addresses(app: FastAPI) -> Iterator[str]:
    for route in routes_of(app.routes):
        path = unnamed(route.path)
        for method in sorted(set(route.methods or ()) - {"HEAD"}):
            lasts = FORMS.get(path, ()) if method == "POST" else ()
            yield from (f"{method} {path.removesuffix('{}')}{last}" for last in lasts)
            if not lasts:
                yield f"{method} {path}"


def test_every_page_and_form_has_its_endpoints(app: FastAPI) -> None:
    found = set(addresses(app))
    pages = {one for one in found if " /api/" not in one}
    assert len(pages) > 100
    assert pages - set(SAME) - set(EXCEPTIONS) == set()
    assert {end for ends in SAME.values() for end in ends} - found == set()
    assert set(SAME) - pages == set(), "a row of the table is about no page"


def test_every_endpoint_is_of_some_page_or_for_programs_alone(app: FastAPI) -> None:
    alone = {
        "GET /api/openapi.json", "GET /api/account", "GET /api/audit", "GET /api/audit/verify",
        "GET /api/export/{}", "POST /api/check/batch",
    }  # fmt: skip
    ends = {one for one in addresses(app) if " /api/" in one}
    assert ends - {end for row in SAME.values() for end in row} == alone


def test_the_manual_gives_the_reason_of_every_exception() -> None:
    section = MANUAL.split("### What only the pages do")[1].split("\n### ")[0]
    assert set(re.findall(r"\*\*([^*]+)\*\*", section)) == set(EXCEPTIONS.values())
