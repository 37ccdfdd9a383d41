"""Checking for programs: kinds of case, cases and batches of them, memos, rules and packs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import yaml
from fastapi import File, Form, Query, Request, Response, UploadFile
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from dragoman.checking import Checked, NoSuchPackError, pack_to_row, result_to_row, rule_to_row
from dragoman.model import FactSchema, Template
from dragoman.model.check_format import words
from dragoman.model.screen_format import checked_to_row
from dragoman.web.bodies import Name, example
from dragoman.web.case_form import as_bytes
from dragoman.web.checking import checker_of, holds
from dragoman.web.endpoint import MISSING, REFUSED, endpoints
from dragoman.web.export import begun
from dragoman.web.language import language_of
from dragoman.web.paging import Paged, page_of
from dragoman.web.screening import kept_file
from dragoman.web.tracing import TRACING_FORMATS

router = endpoints("checking")

CASE = "case.json"
"""Name under which problems of a case that is sent are reported."""
MEMOS: dict[str, str] = {one: TRACING_FORMATS[one] for one in ("yaml", "html", "docx", "md")}
LINES = "application/jsonl; charset=utf-8"


class CaseBody(BaseModel):
    """A case as its file would have it, see docs/rules.md."""

    model_config = example(
        {"case": {"template": "investment", "facts": {"target_country": "CN"}}, "as_of": "2026-11-01"}
    )

    case: dict[str, Any] = Field(description="`template`, `facts` and the members of its lists")
    packs: list[Name] = Field(default=[], max_length=50, description="names of packs; all that bear on its kind")
    as_of: date | None = Field(default=None, description="day whose law is applied; that of the case, or today")


class RuleQuery(Paged):
    """Parameters of the list of rules."""

    pack: str = Field(default="", max_length=200, description="name of a pack; all")
    q: str = Field(default="", max_length=500, description="words of id, title or citation")


def _checked(request: Request, body: CaseBody) -> Checked:
    names = _known(request, body.packs)
    return checker_of(request).check_bytes(as_bytes(body.case), CASE, names, body.as_of)


def _known(request: Request, packs: list[str]) -> list[str]:
    """Return names of packs that ship: a folder of the server is none. Raises NotFoundError."""
    shipped = {reading.name for reading in checker_of(request).rule_packs()}
    for name in packs:
        if name not in shipped:
            raise NoSuchPackError(name, shipped)
    return packs


@router.get("/kinds")
def list_kinds(request: Request) -> list[dict[str, Any]]:
    """Return the kinds of case."""
    return [kind_row(one) for one in checker_of(request).templates()]


def kind_row(template: Template) -> dict[str, Any]:
    """Return a kind of case as JSON."""
    return {
        "name": template.name,
        "title": words(template.title),
        "packs": list(template.packs),
        "collections": [
            {"name": one.name, "title": words(one.one), "key": one.key} for one in template.collections
        ],
    }


@router.get("/kinds/{kind}", responses=MISSING)
def get_kind(request: Request, kind: str) -> dict[str, Any]:
    """Return a kind of case with the facts that rules ask for, and a case file to fill in."""
    checker = checker_of(request)
    facts = [fact_row(one) for one in checker.facts(kind)]
    return {
        **kind_row(checker.template(kind)),
        "facts": facts,
        "blank": checker.blank(kind, language=language_of(request)),
    }


def fact_row(fact: FactSchema) -> dict[str, Any]:
    """Return the declaration of a fact as JSON."""
    return {
        "name": fact.name,
        "type": fact.type.value,
        "question": words(fact.question),
        "each": fact.each or None,
        "unit": fact.unit or None,
        "options": [{"value": value, "words": words(said)} for value, said in fact.options],
        "help": words(fact.help),
        "minimum": fact.minimum,
        "maximum": fact.maximum,
    }


@router.post("/check", responses={**MISSING, **REFUSED})
def check_case(request: Request, body: CaseBody) -> dict[str, Any]:
    """Check a case; it is not kept. `outcome` is null where the case is refused, and `problems` say why."""
    checked = _checked(request, body)
    return checked_to_row(checked.report, checked.problems, checked.source, checked.parties)


@router.post(
    "/check/memo/{form}",
    response_class=Response,
    responses={**MISSING, **REFUSED, 200: {"content": {kind: {} for kind in MEMOS.values()}}},
)
def write_memo(request: Request, form: Literal["docx", "html", "md", "yaml"], body: CaseBody) -> Response:
    """Return the memo on a case to sign, or the case as a file."""
    if form == "yaml":
        data = yaml.safe_dump(body.case, allow_unicode=True, sort_keys=False).encode()
    else:
        data = checker_of(request).written(_checked(request, body), form, language_of(request))
    headers = {"content-disposition": f'attachment; filename="memo.{form}"'}
    return Response(data, media_type=MEMOS[form], headers=headers)


@router.post(
    "/check/batch",
    response_class=StreamingResponse,
    responses={**MISSING, **REFUSED, 200: {"content": {LINES: {"schema": {"type": "string"}}}}},
)
def check_batch(
    request: Request,
    file: Annotated[UploadFile, File(description="cases, one a row: CSV, JSON lines or Parquet")],
    template: Annotated[str, Form(max_length=200, description="kind of the rows that name none")] = "",
    as_of: Annotated[date | None, Form(description="day for all rows")] = None,
) -> StreamingResponse:
    """Check many cases and return a JSON object a line for each, as `dragoman check --format jsonl` has it."""
    return StreamingResponse(begun(_results(request, file, template, as_of)), media_type=LINES)


def _results(request: Request, file: UploadFile, template: str, as_of: date | None) -> Iterator[bytes]:
    with kept_file(file) as path:
        for result in checker_of(request).check_batch(path, (), as_of, template=template, with_missing=True):
            yield (json.dumps(result_to_row(result), ensure_ascii=False) + "\n").encode()


@router.get("/packs")
def list_packs(request: Request) -> list[dict[str, Any]]:
    """Return the rule packs with what they cover and leave out."""
    return [pack_to_row(one.pack) for one in checker_of(request).rule_packs() if one.pack]


@router.get("/rules")
def list_rules(request: Request, response: Response, asked: Annotated[RuleQuery, Query()]) -> list[dict[str, Any]]:
    """Return the rules of all packs or of one."""
    packs = [
        one.pack for one in checker_of(request).rule_packs() if one.pack and asked.pack in {"", one.pack.name}
    ]
    found = [(pack, ready) for pack in packs for ready in pack.rules if holds(ready.rule, asked.q)]
    shown = page_of((request, response), found, lambda one: one[1].rule.id, asked)
    return [rule_to_row(pack, ready) for pack, ready in shown]


@router.get("/rules/{identifier:path}", responses=MISSING)
def get_rule(request: Request, identifier: str) -> dict[str, Any]:
    """Return a rule with all its versions and the sentences it implements."""
    return rule_to_row(*checker_of(request).rule(identifier))
