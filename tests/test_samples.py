"""The samples that ship show what they are meant to show, in every format, and their metadata is complete."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman.model import DeadlineKind, Entry, Kind, Language, Provision, Query
from dragoman.workspace import Workspace

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
TEXTS = sorted(path for path in SAMPLES.iterdir() if path.is_file() and path.name != "index.json")
ENGLISH, CHINESE = "sample-declaration-2025.en", "sample-declaration-2025.zh"
ORDER, STATEMENT = "sample-order-2025", "sample-statement-2026"
SLUGS = (ENGLISH, CHINESE, ORDER, STATEMENT)
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("samples.yaml").read_text(encoding="utf-8")
)
FEWEST_FOUND = 0.85
"""Share of the expected lines that must be found, and of the found ones that must be expected."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("samples") / "workspace") as opened:
        statuses = {outcome.doc: outcome.status for outcome in opened.read([str(SAMPLES)])}
        assert statuses == dict.fromkeys(SLUGS, "new")
        yield opened


def lines(workspace: Workspace, document: str) -> tuple[Entry, ...]:
    return workspace.provisions(Query(documents=(document,), limit=None)).entries


def line_with(workspace: Workspace, document: str, words: str) -> Entry:
    found = [entry for entry in lines(workspace, document) if words in entry.provision.quote.exact]
    assert found, words
    return found[0]


def claimed(expected: dict[str, list[Any]], found: list[Provision]) -> dict[str, Provision]:
    """The found line of each expected one, the one of the same kind first; a found line is claimed once."""
    free = list(found)
    result = {}
    for words, (kind, _) in expected.items():
        near = sorted((line for line in free if words in line.quote.exact), key=lambda line: line.kind != kind)
        if near:
            result[words] = near[0]
            free.remove(near[0])
    return result


def test_the_readme_prints_what_the_samples_give(workspace: Workspace) -> None:
    page = (SAMPLES.parent / "README.md").read_text(encoding="utf-8")
    printed = {name: int(number) for name, number in re.findall(r"^ *(\w+) +(\d+)(?: |$)", page, re.MULTILINE)}
    kinds = Counter(entry.provision.kind.value for slug in SLUGS for entry in lines(workspace, slug))
    sentences = sum(outcome.sentences for outcome in workspace.read([str(SAMPLES)]))
    totals = {"documents": len(SLUGS), "sentences": sentences, "provisions": kinds.total(), "problems": 0}
    assert printed == {**totals, **kinds}


def index() -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))
    return content


def test_every_sample_is_in_the_index_and_says_that_it_is_invented() -> None:
    assert set(index()) == {path.stem for path in TEXTS}
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        assert "invented" in text or "纯属虚构" in text


def test_the_two_languages_of_the_declaration_are_one_work() -> None:
    assert index()[ENGLISH]["work"] == index()[CHINESE]["work"]


def test_the_samples_are_of_several_file_types() -> None:
    assert {path.suffix for path in TEXTS} == {".txt", ".md", ".html"}


def test_the_index_states_the_metadata(workspace: Workspace) -> None:
    for summary in workspace.documents():
        stated = index()[summary.slug]
        assert (summary.title, str(summary.date), summary.kind) == (
            stated["title"],
            stated["date"],
            stated["kind"],
        )
        assert summary.parties == tuple(stated["parties"])
        assert summary.guessed & {"title", "date", "kind", "parties"} == frozenset()


def test_the_samples_read_without_errors(workspace: Workspace) -> None:
    assert [problem for problem in workspace.problems() if problem.severity.value == "error"] == []


def test_each_line_quotes_its_document(workspace: Workspace) -> None:
    for slug in index():
        text = workspace.document(slug).text
        for entry in lines(workspace, slug):
            line = entry.provision
            assert text[line.start : line.end] == line.quote.exact


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_every_expected_line_names_words_of_the_sample(workspace: Workspace, document: str) -> None:
    text = workspace.document(document).text
    entry = EXPECTED[document]
    assert [words for words in (*entry["lines"], *entry["open"]) if words not in text] == []


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_what_a_careful_reader_finds_is_found(workspace: Workspace, document: str) -> None:
    expected = EXPECTED[document]["lines"]
    pairs = claimed(expected, [entry.provision for entry in lines(workspace, document)])
    wrong = {
        words: (pairs[words].kind.value, pairs[words].force) if words in pairs else None
        for words, (kind, force) in expected.items()
        if words not in pairs or (pairs[words].kind.value, pairs[words].force) != (kind, force)
    }
    assert len(wrong) <= (1 - FEWEST_FOUND) * len(expected), wrong


@pytest.mark.parametrize("document", sorted(EXPECTED))
def test_what_is_found_is_what_a_careful_reader_finds(workspace: Workspace, document: str) -> None:
    found = [entry.provision for entry in lines(workspace, document)]
    kept = {line.id for line in claimed(EXPECTED[document]["lines"], found).values()}
    extra = [
        line.quote.exact
        for line in found
        if line.id not in kept and not any(words in line.quote.exact for words in EXPECTED[document]["open"])
    ]
    assert len(extra) <= (1 - FEWEST_FOUND) * len(found), extra


@pytest.mark.parametrize("document", [ENGLISH, CHINESE])
def test_the_declaration_shows_kinds_and_every_force(workspace: Workspace, document: str) -> None:
    found = [entry.provision for entry in lines(workspace, document)]
    assert {line.kind for line in found} >= {Kind.COMMITMENT, Kind.RECOMMENDATION}
    assert {line.force for line in found} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("document", "kinds"), [(ENGLISH, set(DeadlineKind)), (CHINESE, set(DeadlineKind) - {DeadlineKind.ON})]
)
def test_the_declaration_shows_the_kinds_of_deadline(
    workspace: Workspace, document: str, kinds: set[DeadlineKind]
) -> None:
    found = {entry.provision.deadline.kind for entry in lines(workspace, document) if entry.provision.deadline}
    assert found >= kinds


def test_the_order_shows_the_kinds_of_a_rule(workspace: Workspace) -> None:
    kinds = {entry.provision.kind for entry in lines(workspace, ORDER)}
    assert kinds >= {Kind.OBLIGATION, Kind.PROHIBITION, Kind.PERMISSION}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (ENGLISH, "Joint Working Group on Artificial Intelligence by 30 September 2025"),
        (CHINESE, "2025年9月30日前成立人工智能联合工作组"),
    ],
)
def test_the_same_promise_is_read_alike_in_both_languages(workspace: Workspace, document: str, words: str) -> None:
    line = line_with(workspace, document, words).provision
    assert (line.kind, line.force, line.actors) == (Kind.COMMITMENT, 3, ("Norway", "Singapore"))
    assert line.deadline is not None
    assert str(line.deadline.date) == "2025-09-30"
    assert "ai" in line.technologies
    assert "body" in line.instruments


def test_the_statement_strengthens_and_weakens(workspace: Workspace) -> None:
    idea = line_with(workspace, ENGLISH, "explore the mutual recognition").provision
    plan = line_with(workspace, STATEMENT, "conclude an arrangement on the mutual recognition").provision
    promise = line_with(workspace, ENGLISH, "conclude a memorandum of understanding on cross-border").provision
    hope = line_with(workspace, STATEMENT, "with a view to concluding a memorandum").provision
    assert (idea.force, plan.force) == (1, 3)
    assert (promise.force, hope.force) == (3, 2)


def test_the_menu_and_the_footer_of_the_page_carry_nothing(workspace: Workspace) -> None:
    document = workspace.document(STATEMENT)
    said = {document.text[s.start : s.end] for s in document.sentences if s.kind.value != "furniture"}
    assert not any("Privacy policy" in sentence or "Contact us" in sentence for sentence in said)


def test_reading_the_samples_again_changes_nothing(workspace: Workspace) -> None:
    assert {outcome.status for outcome in workspace.read([str(SAMPLES)])} == {"unchanged"}


def test_the_languages_are_read(workspace: Workspace) -> None:
    languages = {summary.slug: summary.languages for summary in workspace.documents()}
    assert languages[CHINESE] == (Language.ZH,)
    assert languages[ENGLISH] == (Language.EN,)
