"""What is fuzzed: targets that take any bytes, and what each starts from.

A target prepares what it needs once and gives back a function of bytes. Whatever that function raises is a fault:
what is wrong with a text must come out as a problem of ours. Seeds are written for this; none is from elsewhere.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

FOLDER = Path(__file__).resolve().parent
LANTERN = FOLDER.parent / "tests" / "check" / "packs" / "lantern"
Check = Callable[[bytes], None]
"""Takes any bytes; raises what must not be raised."""
MOST_CHARACTERS = 4_000
"""Characters of a text that the grammar is given; longer ones try nothing new."""
SEEDS = FOLDER / "fuzz_seeds.yaml"


One = TypeVar("One")


def usable(found: One | None) -> One:
    """Return what was found. Raises Untrue where that is nothing."""
    if found is None:
        raise Untrue
    return found


class Untrue(Exception):  # noqa: N818 - what it says
    """What came out does not fit what went in."""


@dataclass(frozen=True, slots=True)
class Target:
    """One thing that is fuzzed.

    Attributes:
        says: what it is.
        seeds: what it starts from.
        prepare: loads what it needs and returns the check.
    """

    says: str
    seeds: Sequence[bytes]
    prepare: Callable[[], Check]


@cache
def seeds() -> dict[str, Any]:
    """Return what the targets start from."""
    given: dict[str, Any] = yaml.safe_load(SEEDS.read_text(encoding="utf-8"))
    return given


def pdf(lines: Sequence[str]) -> bytes:
    """Return a small PDF whose text is not packed, so that changes reach it."""
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 60 760 Td {drawn} ET"
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    made = "%PDF-1.4\n" + "".join(f"{at} 0 obj{part}endobj\n" for at, part in enumerate(parts, start=1))
    return (made + "trailer<</Root 1 0 R>>\n").encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _readers(ending: str, wrap: Callable[[bytes], bytes] = bytes) -> Callable[[], Check]:
    """Return what prepares reading a file; what is read must hold together."""

    def prepare() -> Check:
        from dragoman.read import read_bytes  # noqa: PLC0415 - loaded where it is watched

        def check(data: bytes) -> None:
            for result in read_bytes(wrap(data), f"some.{ending}"):
                document = result.document
                if document is not None:
                    size = len(document.text)
                    if not all(0 <= one.start < one.end <= size for one in document.sentences):
                        raise Untrue

        return check

    return prepare


def _docx(data: bytes) -> bytes:
    """Return a DOCX whose text is the data, or, where it begins with PK, the data."""
    if data.startswith(b"PK"):
        return data
    parts = {name: text.encode() for name, text in seeds()["docx_parts"].items()}
    return _zipped({**parts, "word/document.xml": data})


def _extractor() -> Check:
    from dragoman.extract import Extractor  # noqa: PLC0415 - loaded where it is watched
    from dragoman.lexicon import load_lexicon  # noqa: PLC0415
    from dragoman.read import read_text  # noqa: PLC0415

    extractor = Extractor(load_lexicon())

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")[:MOST_CHARACTERS]
        document = read_text(text, slug="some")
        for provision in extractor.extract(document):
            if document.text[provision.start : provision.end] != provision.quote.exact:
                raise Untrue

    return check


def _conditions() -> Check:
    from dragoman.check.context import Context  # noqa: PLC0415
    from dragoman.check.library import load_library  # noqa: PLC0415 - loaded where it is watched
    from dragoman.check.packs import read_pack  # noqa: PLC0415
    from dragoman.check.plain import NotPlainError  # noqa: PLC0415
    from dragoman.check.refusal import ConditionFault  # noqa: PLC0415
    from dragoman.check.to_cel import to_cel  # noqa: PLC0415
    from dragoman.check.vocabulary import Vocabulary  # noqa: PLC0415

    pack = usable(read_pack(LANTERN, "lantern", load_library()).pack)
    words = Vocabulary(pack.facts.values(), pack.groups, pack.tables, ("items", "destinations"))
    context = Context(date(2026, 2, 1), pack.groups, pack.tables)

    def check(data: bytes) -> None:
        text = data.decode("utf-8", "ignore")
        for each in ((), ("items",), ("items", "destinations")):
            with suppress(ConditionFault, NotPlainError):
                condition = words.condition(text, each)
                to_cel(condition.term, context)

    return check


def _files(seeded: dict[str, str], read: Callable[[Path], object]) -> Check:
    """Return a check that writes a file and reads it; the first byte chooses its name among those of the seeds."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    names = tuple(seeded)

    def check(data: bytes) -> None:
        if data:
            path = folder / names[data[0] % len(names)]
            path.write_bytes(data[1:])
            read(path)

    return check


def _seeds(seeded: dict[str, str]) -> list[bytes]:
    return [bytes([at]) + text.encode() for at, text in enumerate(seeded.values())]


def _lists() -> Check:
    from dragoman.screen.importers import FORMS, read_list  # noqa: PLC0415 - loaded where it is watched

    def read(path: Path) -> None:
        form = path.name.split(".")[0]
        read_list(path, today=date(2026, 2, 1))
        if form in FORMS:
            read_list(path, form, today=date(2026, 2, 1))

    return _files(seeds()["lists"], read)


def _parties() -> Check:
    from dragoman.screen.parties import read_parties  # noqa: PLC0415 - loaded where it is watched

    return _files(seeds()["parties"], lambda path: list(read_parties(path)))


def _terms() -> Check:
    from dragoman.terms.term_faults import Faults  # noqa: PLC0415 - loaded where it is watched
    from dragoman.terms.term_files import concepts_of  # noqa: PLC0415

    return _files(seeds()["terms"], lambda path: list(concepts_of(path, frozenset({"ai"}), Faults(path.name))))


def _coded() -> Check:
    from dragoman.coding.rows import read_rows  # noqa: PLC0415 - loaded where it is watched
    from dragoman.qda.reading import read_project  # noqa: PLC0415

    def read(path: Path) -> None:
        if path.suffix == ".qde":
            read_project(path.read_bytes(), path.name)
        else:
            read_rows(path.read_bytes(), path.name)

    return _files(seeds()["coded"], read)


def _events() -> Check:
    from dragoman.compare.coordination_settings import load_coordination  # noqa: PLC0415 - loaded where watched
    from dragoman.compare.events import EventReader  # noqa: PLC0415
    from dragoman.compare.sides import Sides  # noqa: PLC0415
    from dragoman.lexicon import load_lexicon  # noqa: PLC0415

    lexicon = load_lexicon()
    reader = EventReader(lexicon, load_coordination(), Sides("United States", "European Union", lexicon.actors))

    def check(data: bytes) -> None:
        reader.read(data, "table.csv")

    return check


def _packs() -> Check:
    from dragoman.check.library import load_library  # noqa: PLC0415 - loaded where it is watched
    from dragoman.check.packs import read_pack  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="fuzz-")) / "lantern"
    shutil.copytree(LANTERN, folder)
    shutil.rmtree(folder / "cases")
    library = load_library()

    def check(data: bytes) -> None:
        (folder / "rules" / "bright.yaml").write_bytes(data)
        read_pack(folder, "lantern", library)

    return check


def _cases() -> Check:
    from dragoman.check.case_file import open_case, read_case  # noqa: PLC0415 - loaded where it is watched
    from dragoman.check.library import load_library  # noqa: PLC0415
    from dragoman.check.packs import read_pack  # noqa: PLC0415
    from dragoman.check.scopes import scope_for  # noqa: PLC0415

    library = load_library()
    pack = usable(read_pack(LANTERN, "lantern", library).pack)

    def check(data: bytes) -> None:
        for name in ("case.yaml", "case.json"):
            opened = open_case(data, name, library.templates)
            if opened.node is not None:
                template = library.templates.get(opened.template) or next(iter(library.templates.values()))
                read_case(opened, scope_for(template, [pack], library))

    return check


def _own(*patterns: str) -> Iterator[bytes]:
    """Yield the files of the pack of the tests that fit some patterns."""
    for pattern in patterns:
        for path in sorted(LANTERN.glob(pattern)):
            yield path.read_bytes()


def _encoded(*texts: str) -> list[bytes]:
    return [text.encode() for text in texts]


TARGETS = {
    "text": Target("plain text and Markdown into a document", _encoded(*seeds()["texts"]), _readers("md")),
    "html": Target("web pages into a document", _encoded(*seeds()["pages"]), _readers("html")),
    "docx": Target(
        "DOCX into a document",
        [*_encoded(*seeds()["docx"]), _docx(seeds()["docx"][0].encode())],
        _readers("docx", _docx),
    ),
    "pdf": Target(
        "PDF into a document", [pdf(["Section 1. Keepers shall sail.", "(a) No lantern"])], _readers("pdf")
    ),
    "jsonl": Target("JSON lines into documents", _encoded(*seeds()["lines"]), _readers("jsonl")),
    "extractor": Target("text to provisions", _encoded(*seeds()["texts"]), _extractor),
    "conditions": Target("conditions of rules", _encoded(*seeds()["conditions"]), _conditions),
    "packs": Target("rules of a pack", list(_own("rules/*.yaml")), _packs),
    "cases": Target("case files, YAML and JSON", _encoded(*seeds()["cases"]), _cases),
    "lists": Target("lists of parties, all forms", _seeds(seeds()["lists"]), _lists),
    "parties": Target("files of parties", _seeds(seeds()["parties"]), _parties),
    "events": Target("tables of events", _encoded(*seeds()["events"]), _events),
    "coded": Target("coded lines and REFI-QDA projects", _seeds(seeds()["coded"]), _coded),
    "terms": Target("TBX, SKOS and tables of terms", _seeds(seeds()["terms"]), _terms),
}
