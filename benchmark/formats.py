"""The documents of SHARED/docs as TXT, HTML, DOCX and PDF: how many sentences and provisions differ from TXT.

usage: python benchmark/formats.py [SHARED] [--show N]

The writers can be imported (`to_html`, `to_docx`, `to_pdf`): they draw what a person would - headings as
headings, bullets as lists, paragraphs as paragraphs - and nothing of our structure stage but the kind of
each block. PDF needs Chromium (environment CHROMIUM, else `chromium` on the path).
"""

from __future__ import annotations

import argparse
import difflib
import html
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx

from dragoman.extract import Extractor
from dragoman.lexicon import load_lexicon
from dragoman.model import Block, BlockKind, Document, Problem
from dragoman.read import ReadSettings, read_bytes, read_text

STYLE = (
    "body{font:11pt/1.4 serif} h1{font-size:18pt} h2{font-size:15pt} h3{font-size:13pt} h4,h5,h6{font-size:12pt}"
)


class ChromiumMissingError(Exception):
    """There is no Chromium to print with."""


class UnreadableCopyError(Exception):
    """A copy in another format could not be read back."""

    def __init__(self, slug: str, form: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{slug}.{form}: {problems}")


def lines_of(document: Document) -> list[tuple[str, Block | None]]:
    """Return the lines of a document's text with the first block that starts in each."""
    text = document.text
    starts = [block.start for block in document.blocks]
    lines: list[tuple[str, Block | None]] = []
    offset = at = 0
    for raw in text.splitlines(keepends=True):
        end = offset + len(raw)
        inside = []
        while at < len(starts) and starts[at] < end:
            inside.append(document.blocks[at])
            at += 1
        if raw.strip():
            lines.append((raw.strip(), inside[0] if inside else None))
        offset = end
    return lines


def plain(line: str) -> str:
    """Return a line without the signs of Markdown that a page draws: #."""
    return re.sub(r"^#{1,6}\s+", "", line)


def to_html(document: Document) -> bytes:
    """Return a page with the lines of a document: headings, nested lists, paragraphs."""
    parts: list[str] = []
    depth = 0
    for line, block in lines_of(document):
        bullet = block is not None and block.kind is BlockKind.ITEM and block.marker in {"•", "-", "*"}
        wanted = block.level if bullet and block is not None else 0
        while depth < wanted:
            parts.append("<ul>")
            depth += 1
        while depth > wanted:
            parts.append("</ul>")
            depth -= 1
        body = html.escape(plain(line))
        if bullet:
            parts.append(f"<li>{html.escape(line[1:].strip())}</li>")
        elif (
            block is not None
            and block.kind is BlockKind.HEADING
            and line.endswith(document.text[block.start : block.end])
        ):
            parts.append(f"<h{min(block.level + 1, 6)}>{body}</h{min(block.level + 1, 6)}>")
        else:
            parts.append(f"<p>{body}</p>")
    parts += ["</ul>"] * depth
    title = html.escape(document.title)
    page = f"<html><head><meta charset='utf-8'><title>{title}</title><style>{STYLE}</style></head><body><article>"
    return (page + "\n".join(parts) + "</article></body></html>").encode()


def to_docx(document: Document) -> bytes:
    """Return a word-processor file with the lines of a document: headings, bullets, paragraphs."""
    made = docx.Document()
    for line, block in lines_of(document):
        text = "".join(char if char in "\t\n" or char >= " " else " " for char in plain(line))
        if block is not None and block.kind is BlockKind.ITEM and block.marker in {"•", "-", "*"}:
            style = "List Bullet" if block.level == 1 else f"List Bullet {min(block.level, 3)}"
            made.add_paragraph(text[1:].strip(), style=style)
        elif (
            block is not None
            and block.kind is BlockKind.HEADING
            and line.endswith(document.text[block.start : block.end])
        ):
            made.add_heading(text, level=min(block.level, 9))
        else:
            made.add_paragraph(text)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def chromium() -> str | None:
    """Return the Chromium to print with, or None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def to_pdf(document: Document) -> bytes:
    """Return the page of `to_html` printed to PDF. Raises ChromiumMissingError."""
    browser = chromium()
    if browser is None:
        raise ChromiumMissingError
    with tempfile.TemporaryDirectory() as folder:
        page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_bytes(to_html(document))
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


Lost = dict[tuple[str, str], list[int]]
"""Per format and kind of line, how many differ and how many there are."""
WRITERS: dict[str, Callable[[Document], bytes]] = {"html": to_html, "docx": to_docx, "pdf": to_pdf}


def sentences_of(document: Document) -> list[str]:
    """Return the sentences that may carry a provision, white space folded and Markdown's emphasis gone."""
    silent = {BlockKind.FURNITURE, BlockKind.HEADING}
    texts = (document.text[one.start : one.end] for one in document.sentences if one.kind not in silent)
    return [" ".join(text.split()) for text in texts]


def differences(one: list[str], two: list[str]) -> list[str]:
    """Return the sentences that stand in only one of two lists, marked "-" and "+"."""
    return [line for line in difflib.ndiff(one, two) if line[0] in "-+"]


def provisions_of(document: Document, extractor: Extractor, *, tags: bool) -> list[str]:
    """Return the provisions of a document, each as one line of its sentence and fields, white space left out."""
    lines = []
    for one in extractor.extract(document):
        due = (one.deadline.kind.value, str(one.deadline.date or one.deadline.every)) if one.deadline else ()
        fields = (one.kind.value, one.force, one.trigger, sorted(one.actors), due)
        tagged = (sorted(one.technologies), sorted(one.instruments)) if tags else ()
        lines.append(f"{''.join(one.quote.exact.split())} {fields} {tagged}")
    return lines


def converted(document: Document, form: str, metadata: Mapping[str, Any] | None = None) -> Document:
    """Return a document written in a format and read back, with what is stated about it."""
    data = WRITERS[form](document)
    result = next(iter(read_bytes(data, f"{document.slug}.{form}", ReadSettings(), metadata)))
    if result.document is None:
        raise UnreadableCopyError(document.slug, form, result.problems)
    return result.document


def main() -> None:
    """Convert, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).resolve().parents[2] / "shared"
    parser.add_argument("shared", nargs="?", type=Path, default=Path(os.environ.get("DRAGOMAN_SHARED", default)))
    parser.add_argument("--show", type=int, default=0, help="print this many differences a document")
    options = parser.parse_args()
    from annotated import stated_metadata  # noqa: PLC0415 - beside this script; the tests import it without

    forms = [form for form in WRITERS if form != "pdf" or chromium()]
    extractor = Extractor(load_lexicon())
    lost: Lost = {}
    for path in sorted((options.shared / "docs").glob("*.txt")):
        metadata = stated_metadata(path)
        document = read_text(path.read_bytes().decode("utf-8"), slug=path.stem, metadata=metadata)
        for form in forms:
            other = converted(document, form, metadata)
            compare(path.stem, form, "sentences", sentences_of(document), sentences_of(other), lost, options.show)
            for what, tags in (("provisions", False), ("with tags", True)):
                own, theirs = (provisions_of(one, extractor, tags=tags) for one in (document, other))
                compare(path.stem, form, what, own, theirs, lost, options.show)
    for (form, what), (missing, count) in lost.items():
        print(f"{'all':28} {form:5} {what:10} {missing:4} of {count:4} differ  {missing / count:.3f}")


def compare(
    name: str,
    form: str,
    what: str,
    own: list[str],
    other: list[str],
    lost: dict[tuple[str, str], list[int]],
    show: int,
) -> None:
    """Print how many lines of the text are not the same in another format, and add them up."""
    changes = differences(own, other)
    missing = sum(line[0] == "-" for line in changes)
    total = lost.setdefault((form, what), [0, 0])
    total[0] += missing
    total[1] += len(own)
    print(f"{name:28} {form:5} {what:10} {missing:4} of {len(own):4} differ  {missing / len(own):.3f}")
    for line in changes[:show]:
        print("   ", line[:240])


if __name__ == "__main__":
    main()
