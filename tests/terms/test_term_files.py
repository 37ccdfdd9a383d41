from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from dragoman.exchange import csv_of, xlsx_of
from dragoman.lexicon.term_spelling import folded_term
from dragoman.model import Severity
from dragoman.model.term import Concept, ConceptStatus, Term, TermType, TermUse
from dragoman.terms.skos import as_jsonld, as_rdf
from dragoman.terms.tbx_form import NAMESPACE
from dragoman.terms.tbx_write import as_tbx
from dragoman.terms.term_faults import Faults
from dragoman.terms.term_files import concepts_of
from dragoman.terms.term_table import rows_of
from tests.terms.concepts import EN, KILN, MANY, ZH

TAGS = frozenset({"ai", "materials"})
WRITERS: dict[str, Callable[[Iterable[Concept]], Iterator[bytes]]] = {
    "tbx": lambda concepts: as_tbx(concepts, "Pots & pans", "own"),
    "rdf": lambda concepts: as_rdf(concepts, "Pots & pans"),
    "jsonld": lambda concepts: as_jsonld(concepts, "Pots"),
    "csv": lambda concepts: csv_of(rows_of(concepts)),
    "xlsx": lambda concepts: xlsx_of(rows_of(concepts), "Pots"),
}
RNG = Path(__file__).parent / "tbx.rng"


def read(path: Path, least: float = 0.0) -> tuple[list[Concept], Faults]:
    faults = Faults(path.name)
    return list(concepts_of(path, TAGS, faults, least)), faults


def from_text(folder: Path, name: str, text: str | bytes) -> tuple[list[Concept], Faults]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def own_ids(concepts: Sequence[Concept]) -> list[Concept]:
    return [replace(concept, id=f"c{number}") for number, concept in enumerate(concepts)]


def codes(faults: Faults) -> list[str]:
    return [problem.code for problem in faults.all()]


def tbx(body: str, style: str = "dca", extra: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n<tbx type="TBX-Basic" style="{style}" xml:lang="en" xmlns="{NAMESPACE}" {extra}>\n'
        "<tbxHeader><fileDesc><sourceDesc><p>t</p></sourceDesc></fileDesc></tbxHeader>\n"
        f"<text><body>\n{body}\n</body></text>\n</tbx>"
    )


def entry(identifier: str, english: str, chinese: str) -> str:
    sections = [("en", english), ("zh-CN", chinese)]
    inner = "".join(
        f'<langSec xml:lang="{tag}"><termSec><term>{term}</term></termSec></langSec>' for tag, term in sections
    )
    return f'<conceptEntry id="{identifier}">{inner}</conceptEntry>'


@pytest.mark.parametrize("form", list(WRITERS))
def test_what_goes_out_comes_in_equal(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"pots.{form}"
    path.write_bytes(b"".join(WRITERS[form]([KILN])))
    found, faults = read(path)
    assert found == [KILN]
    assert codes(faults) == []


@pytest.mark.parametrize("form", list(WRITERS))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=MANY)
def test_any_concepts_come_in_as_they_went_out(form: str, tmp_path: Path, made: list[Concept]) -> None:
    concepts = own_ids(made)
    path = tmp_path / f"any.{form}"
    path.write_bytes(b"".join(WRITERS[form](concepts)))
    found, faults = read(path)
    assert found == concepts
    assert set(codes(faults)) <= {"concepts-alike"}


@settings(max_examples=30, deadline=None)
@given(made=MANY)
def test_tbx_has_the_structure_of_the_standard(made: list[Concept]) -> None:
    schema = etree.RelaxNG(etree.parse(RNG))
    schema.assertValid(etree.fromstring(b"".join(as_tbx(own_ids(made), "any", "any"))))


def test_the_schema_of_the_tests_refuses_what_the_standard_does() -> None:
    schema = etree.RelaxNG(etree.parse(RNG))
    for body in (
        '<conceptEntry id="a"/>',
        '<conceptEntry id="a"><langSec xml:lang="en"/></conceptEntry>',
        '<conceptEntry id="a"><langSec xml:lang="en"><termSec><note>n</note></termSec></langSec></conceptEntry>',
        entry("a", "kiln", "窑") + entry("a", "oven", "炉"),
        entry("1", "kiln", "窑"),
    ):
        assert not schema.validate(etree.fromstring(tbx(body).encode())), body


def test_tbx_in_dct_style_is_read(tmp_path: Path) -> None:
    body = (
        '<conceptEntry id="c1"><min:subjectField>pottery</min:subjectField><langSec xml:lang="en">'
        "<descripGrp><basic:definition>An oven.</basic:definition><basic:source>guild</basic:source></descripGrp>"
        "<termSec><term>kiln</term><min:partOfSpeech>noun</min:partOfSpeech>"
        "<min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus>"
        "<min:customerSubset>China</min:customerSubset><basic:termType>acronym</basic:termType>"
        "<descripGrp><basic:context>A kiln burns.</basic:context><basic:source>letter</basic:source></descripGrp>"
        "</termSec></langSec></conceptEntry>"
    )
    spaces = 'xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"'
    (concept,), faults = from_text(tmp_path, "a.tbx", tbx(body, "dct", spaces))
    assert concept.terms == (Term("kiln", EN, TermUse.DEPRECATED, "China", TermType.ACRONYM, "noun"),)
    assert (concept.subjects, concept.definitions[0].source) == (("pottery",), "guild")
    assert (concept.sources[0].quote, concept.sources[0].citation) == ("A kiln burns.", "letter")
    assert codes(faults) == []


def test_tbx_of_version_2_is_read(tmp_path: Path) -> None:
    text = (
        '<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">'
        '<martif type="TBX" xml:lang="en"><martifHeader/><text><body><termEntry id="t-1">'
        '<langSet xml:lang="en-US"><tig><term>kiln</term><termNote type="partOfSpeech">noun</termNote></tig></langSet>'
        '<langSet xml:lang="zh"><ntig><termGrp><term>窑</term>'
        '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>'
        '<langSet xml:lang="fr"><tig><term>four</term></tig></langSet></termEntry></body></text></martif>'
    )
    (concept,), faults = from_text(tmp_path, "old.tbx", text)
    assert [(term.text, term.language) for term in concept.terms] == [("kiln", EN), ("窑", ZH)]
    assert codes(faults) == ["term-language-left-out"]


def test_a_file_of_another_namespace_edition_is_read(tmp_path: Path) -> None:
    text = tbx(entry("a", "kiln", "窑")).replace(NAMESPACE, "urn:iso:std:iso:30042:ed:3.0")
    assert len(from_text(tmp_path, "b.tbx", text)[0]) == 1


def test_chinese_encodings_that_expat_does_not_know_are_read(tmp_path: Path) -> None:
    text = tbx(entry("a", "kiln", "窑")).replace('version="1.0"', 'version="1.0" encoding="GB18030"')
    (concept,), _ = from_text(tmp_path, "gb.tbx", text.encode("gb18030"))
    assert concept.of(ZH)[0].text == "窑"


def test_broken_xml_is_an_error_with_its_line(tmp_path: Path) -> None:
    text = tbx(entry("a", "kiln", "窑") + "\n\n" + "<conceptEntry id='b'><langSec>")
    _, faults = from_text(tmp_path, "broken.tbx", text)
    (problem,) = faults.all()
    assert (problem.code, problem.severity, problem.line) == ("termbase-broken-xml", Severity.ERROR, 8)
    assert faults.serious


@pytest.mark.parametrize(
    "declared",
    ['<!ENTITY a "aaaa">', '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % p "x">'],
)
def test_entities_are_refused(tmp_path: Path, declared: str) -> None:
    text = tbx(entry("a", "kiln", "窑")).replace("?>\n", f"?>\n<!DOCTYPE tbx [\n{declared}]>\n")
    found, faults = from_text(tmp_path, "bomb.tbx", text)
    assert found == []
    assert codes(faults) == ["termbase-entities"]


def test_deep_xml_is_refused(tmp_path: Path) -> None:
    text = tbx('<conceptEntry id="a">' + "<note>" * 500 + "</note>" * 500 + "</conceptEntry>")
    assert codes(from_text(tmp_path, "deep.tbx", text)[1]) == ["termbase-broken-xml"]


def test_what_is_wrong_with_concepts_is_said_with_its_line(tmp_path: Path) -> None:
    bodies = (
        entry("a", "kiln", "窑"),
        entry("a", "oven", "炉"),
        entry("b", "Kiln", "窑"),
        entry("1 x", "jar", "罐"),
        '<conceptEntry id="c"><langSec xml:lang="fr"><termSec><term>pot</term></termSec></langSec></conceptEntry>',
        entry("d", " ", "锅"),
    )
    found, faults = from_text(tmp_path, "faulty.tbx", tbx("\n".join(bodies)))
    assert [(problem.code, problem.line) for problem in faults.all()] == [
        ("concept-doubled", 6),
        ("concepts-alike", 7),
        ("concept-id-made", 8),
        ("term-language-left-out", 9),
        ("concept-without-term", 9),
        ("term-empty", 10),
    ]
    assert [concept.id for concept in found] == ["a", "b", "jar", "d"]


def test_of_many_problems_the_first_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    rows = "".join(f"a{number},,\n" for number in range(80))
    _, faults = from_text(tmp_path, "many.csv", "id,en,zh\n" + rows + "b,kiln,窑\n")
    assert codes(faults).count("table-short-row") == 50
    assert "30 more problems" in faults.all()[-1].message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pots.csv", "\ufeffEnglish,Chinese,Notes\nkiln; pottery oven,窑；窑炉,hot\n"),
        ("pots.tsv", "en\tzh\tscore\tnote\nkiln; pottery oven\t窑;窑炉\t0.9\thot\n"),
        ("gb.csv", "英文,中文,备注\nkiln;pottery oven,窑;窑炉,hot\n".encode("gb18030")),
    ],
)
def test_a_plain_list_of_two_languages_is_read(tmp_path: Path, name: str, text: str | bytes) -> None:
    (concept,), faults = from_text(tmp_path, name, text)
    assert (concept.id, concept.note) == ("kiln", "hot")
    assert [(term.text, term.use) for term in concept.terms] == [
        ("kiln", TermUse.PREFERRED),
        ("pottery oven", TermUse.ADMITTED),
        ("窑", TermUse.PREFERRED),
        ("窑炉", TermUse.ADMITTED),
    ]
    assert codes(faults) == []


def test_candidates_below_a_score_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "c.tsv"
    path.write_text("en\tzh\tscore\nkiln\t窑\t0.9\njar\t罐\t0.2\npot\t锅\t\n", encoding="utf-8")
    assert [concept.id for concept in read(path, 0.5)[0]] == ["kiln", "pot"]


def test_skos_of_other_tools_is_read(tmp_path: Path) -> None:
    space = "http://www.w3.org/2004/02/skos/core#"
    rdf = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="{space}">'
        '<rdf:Description rdf:about="http://pots.example/v#kiln">'
        f'<rdf:type rdf:resource="{space}Concept"/><skos:prefLabel xml:lang="en">kiln</skos:prefLabel>'
        '<skos:altLabel xml:lang="zh-Hans">窑</skos:altLabel><skos:hiddenLabel xml:lang="en">oven</skos:hiddenLabel>'
        '<skos:scopeNote xml:lang="en">hot</skos:scopeNote></rdf:Description></rdf:RDF>'
    )
    graph = {
        "@graph": [
            {
                "@id": "http://pots.example/v/kiln",
                "@type": ["skos:Concept"],
                "skos:prefLabel": {"en": "kiln"},
                f"{space}altLabel": [{"@value": "窑", "@language": "zh"}],
                "hiddenLabel": {"@value": "oven", "@language": "en"},
                "skos:scopeNote": "hot",
            }
        ]
    }
    for name, text in (("v.rdf", rdf), ("v.jsonld", json.dumps(graph))):
        (concept,), faults = from_text(tmp_path, name, text)
        assert (concept.id, concept.note) == ("kiln", "hot")
        assert {(term.text, term.use) for term in concept.terms} == {
            ("kiln", TermUse.PREFERRED),
            ("oven", TermUse.DEPRECATED),
            ("窑", TermUse.ADMITTED),
        }
        assert codes(faults) == []


def test_labels_that_another_tool_changed_count(tmp_path: Path) -> None:
    text = b"".join(as_rdf([KILN], "Pots")).decode().replace(">kiln<", ">furnace<")
    (concept,), _ = from_text(tmp_path, "edited.rdf", text)
    assert concept.terms[0].text == "furnace"
    assert concept.status is ConceptStatus.PROPOSED


def test_skos_has_one_preferred_label_a_language() -> None:
    both = replace(KILN, terms=(*KILN.terms, Term("furnace", EN, TermUse.PREFERRED, "United States")))
    tree = etree.fromstring(b"".join(as_rdf([both], "Pots")))
    labels = tree.findall(".//{*}Concept/{*}prefLabel")
    assert [label.text for label in labels] == ["kiln", "窑"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.txt", "kiln", "termbase-unknown-form"),
        ("a.xml", "<html/>", "termbase-unknown-form"),
        ("a.tbx", "", "termbase-broken-xml"),
        ("a.json", "{", "termbase-unreadable"),
        ("a.json", "[1, {}]", "termbase-empty-file"),
        ("a.xlsx", "no zip", "termbase-unreadable"),
        ("a.csv", "x,y\n1,2\n", "table-without-columns"),
        ("a.csv", "", "termbase-empty-file"),
        ("a.tbx", tbx(""), "termbase-empty-file"),
    ],
)
def test_a_file_that_is_none_is_an_error(tmp_path: Path, name: str, text: str, code: str) -> None:
    found, faults = from_text(tmp_path, name, text)
    assert found == []
    assert codes(faults) == [code]
    assert faults.serious


def test_unknown_values_of_a_table_are_said(tmp_path: Path) -> None:
    table = io.StringIO()
    rows = list(rows_of([KILN]))
    writer = csv.DictWriter(table, list(rows[0]))
    writer.writeheader()
    writer.writerows({**row, "use": "best", "tags": "pots", "kind": "thing"} for row in rows)
    (concept,), faults = from_text(tmp_path, "values.csv", table.getvalue())
    assert set(codes(faults)) == {"term-value-unknown", "concept-unknown-tag"}
    assert (concept.tags, concept.kind.value) == ((), "general")


def test_terms_are_folded_for_comparison() -> None:
    assert folded_term("Dual\u2011Use\u00a0 Items") == "dual use items"
    assert folded_term("資訊") == folded_term("信息")
