"""Checking a case in the browser: a form that asks only for what can still matter, the checklist, the rules."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import yaml
from fastapi import APIRouter, File, Request, Response, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from dragoman.checking import Checked, Checker
from dragoman.docketing import procedures_taking
from dragoman.model import Collection, FactSchema, Rule, Template
from dragoman.report import FORMATS
from dragoman.report.memo import value_words
from dragoman.web.case_form import RawCase, as_bytes, case_of, questions_of
from dragoman.web.language import language_of
from dragoman.web.render import render
from dragoman.wording import Catalogue, catalogue

router = APIRouter(include_in_schema=False)

CaseFormat = Literal["docx", "html", "json", "yaml"]
FORM_CASE = "the form"
"""Name under which problems of a form's case are reported."""


@dataclass(frozen=True, slots=True)
class Given:
    """A fact as the case states it, and what to send to take it out."""

    place: str
    name: str
    question: str
    value: str
    drop: str


def checker_of(request: Request) -> Checker:
    """Return what checks cases."""
    checker: Checker = request.app.state.checker
    return checker


def rules_of(checker: Checker) -> dict[str, Rule]:
    """Return all rules of the shipped packs by id."""
    loaded = (reading.pack for reading in checker.rule_packs())
    return {ready.rule.id: ready.rule for pack in loaded if pack for ready in pack.rules}


def given_of(
    raw: RawCase, template: Template, schemas: Mapping[str, FactSchema], texts: Catalogue
) -> Iterator[Given]:
    """Yield what a case states, fact by fact."""
    yield from _stated(raw["facts"], "", "fact", schemas, texts)
    for collection in template.collections:
        members = raw.get(collection.name)
        for at, member in enumerate(members if isinstance(members, list) else ()):
            if isinstance(member, dict):
                place = f"{collection.one.text(texts.language.value)} {at + 1} {member.get('name', '')}".rstrip()
                facts = {name: value for name, value in member.items() if name != "name"}
                yield from _stated(facts, place, f"member:{collection.name}:{at}", schemas, texts)


def _stated(
    facts: Mapping[str, Any], place: str, path: str, schemas: Mapping[str, FactSchema], texts: Catalogue
) -> Iterator[Given]:
    for name, value in facts.items():
        schema = schemas.get(name)
        shown = frozenset(map(str, value)) if isinstance(value, list) else value
        question = schema.question.text(texts.language.value) if schema else name
        yield Given(place, name, question, value_words(shown, texts, schema), f"{path}:{name}")


def labels_of(raw: RawCase, collection: Collection) -> Iterator[str]:
    """Yield what the members of a list are called: their name, else their key, else their number."""
    members = raw.get(collection.name)
    for at, member in enumerate(members if isinstance(members, list) else ()):
        named = member.get("name") or member.get(collection.key) if isinstance(member, dict) else member
        yield str(named or at + 1)


def page(request: Request, template: Template, raw: RawCase, checked: Checked | None) -> Response:
    """Return the page of a case: questions on one side, findings on the other."""
    checker = checker_of(request)
    schemas = {schema.name: schema for schema in checked.facts} if checked else {}
    report = checked.report if checked else None
    members = {one.name: tuple(labels_of(raw, one)) for one in template.collections}
    context = {
        "template": template,
        "raw": raw,
        "members": members,
        "labels": {f"{name}[{at}]": label for name, labels in members.items() for at, label in enumerate(labels)},
        "carried": as_bytes(raw).decode(),
        "report": report,
        "parties": checked.parties if checked else None,
        "problems": checked.own_problems if checked else (),
        "questions": questions_of(report, schemas) if report else (),
        "given": tuple(given_of(raw, template, schemas, catalogue(language_of(request)))),
        "rules": rules_of(checker),
        "as_of": report.as_of if report else _day(raw) or checker.today(),
        "procedures": procedures_taking(template.name),
    }
    return render(request, "case.html", context)


def _day(raw: RawCase) -> date | None:
    try:
        return date.fromisoformat(str(raw.get("as_of", "")))
    except ValueError:
        return None


def raw_case(form: FormData, template: Template, checker: Checker) -> RawCase:
    """Return the case of a form; the types of its facts are those of the case's own packs."""
    empty = checker.check_bytes(as_bytes({"template": template.name}), f"{FORM_CASE}.json")
    return case_of(form, template.name, {schema.name: schema for schema in empty.facts})


def _answered(request: Request, name: str, form: FormData) -> Response:
    checker = checker_of(request)
    template = checker.template(name)
    raw = raw_case(form, template, checker)
    return page(request, template, raw, checker.check_bytes(as_bytes(raw), f"{FORM_CASE}.json"))


def _exported(request: Request, name: str, form: FormData, file_format: CaseFormat) -> Response:
    checker = checker_of(request)
    template = checker.template(name)
    raw = raw_case(form, template, checker)
    if file_format == "yaml":
        text = yaml.safe_dump(raw, allow_unicode=True, sort_keys=False)
        return _download(text.encode(), "application/yaml", "case.yaml")
    checked = checker.check_bytes(as_bytes(raw), f"{FORM_CASE}.json")
    if checked.report is None:
        return page(request, template, raw, checked)
    media_type = "application/json" if file_format == "json" else FORMATS[file_format]
    return _download(
        checker.written(checked, file_format, language_of(request)), media_type, f"memo.{file_format}"
    )


def _download(data: bytes, media_type: str, name: str) -> Response:
    return Response(data, media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


@router.get("/check")
def start(request: Request) -> Response:
    """Show the kinds of case and the rule packs."""
    checker = checker_of(request)
    packs = tuple(reading.pack for reading in checker.rule_packs() if reading.pack)
    problems = tuple(
        problem for reading in checker.rule_packs() if not reading.pack for problem in reading.problems
    )
    return render(request, "check.html", {"templates": checker.templates(), "packs": packs, "problems": problems})


@router.post("/check/file")
def check_file(request: Request, file: Annotated[UploadFile, File()]) -> Response:
    """Check a case file and show its page."""
    checker = checker_of(request)
    name = file.filename or "case.yaml"
    data = file.file.read()
    checked = checker.check_bytes(data, name)
    raw = _loaded(data) if checked.facts else None
    if raw is None:
        packs = tuple(reading.pack for reading in checker.rule_packs() if reading.pack)
        context = {"templates": checker.templates(), "packs": packs, "problems": checked.problems}
        return render(request, "check.html", context, status=422)
    return page(request, checker.template(raw["template"]), raw, checked)


def _loaded(data: bytes) -> RawCase:
    """Return a case file as data; it was read without a fault before."""
    raw = json.loads(json.dumps(yaml.safe_load(data), default=str))
    return {**raw, "facts": raw.get("facts") or {}}


@router.get("/check/{template}")
def empty_case(request: Request, template: str) -> Response:
    """Show an empty case: every question can still matter."""
    checker = checker_of(request)
    raw: RawCase = {"template": template, "facts": {}}
    found = checker.template(template)
    return page(request, found, raw, checker.check_bytes(as_bytes(raw), f"{FORM_CASE}.json"))


@router.post("/check/{template}")
async def answer(request: Request, template: str) -> Response:
    """Take answers into the case and judge it again."""
    async with request.form() as form:
        return await run_in_threadpool(_answered, request, template, form)


@router.post("/check/{template}/{file_format}")
async def export_case(request: Request, template: str, file_format: CaseFormat) -> Response:
    """Download a case as it stands, its findings, or the memo."""
    async with request.form() as form:
        return await run_in_threadpool(_exported, request, template, form, file_format)


@router.get("/rules")
def rule_list(request: Request, pack: str = "", q: str = "") -> Response:
    """Show the rules of all packs or of one."""
    checker = checker_of(request)
    packs = tuple(reading.pack for reading in checker.rule_packs() if reading.pack)
    rules = [ready.rule for one in packs if pack in {"", one.name} for ready in one.rules]
    shown = [rule for rule in rules if holds(rule, q)]
    return render(request, "rules.html", {"rules": shown, "packs": packs, "chosen": pack, "q": q})


def holds(rule: Rule, words: str) -> bool:
    """Return whether a rule has all words in its id, title or citations."""
    text = " ".join(
        (rule.id, rule.title.en, rule.title.zh, *(version.citation for version in rule.versions))
    ).casefold()
    return all(word in text for word in words.casefold().split())


@router.get("/rules/{identifier:path}")
def rule_page(request: Request, identifier: str) -> Response:
    """Show a rule with all its versions and the sentences it implements."""
    _, ready = checker_of(request).rule(identifier)
    return render(request, "rule.html", {"rule": ready.rule})
