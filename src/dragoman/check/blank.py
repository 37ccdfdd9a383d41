"""A case to fill in: a commented YAML file with each fact that the rules ask for, its question and options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from dragoman.check.reasons import word
from dragoman.model import FactSchema, Language, Template

WIDTH = 100
"""Characters of a comment's line."""


def blank_case(template: Template, schemas: Sequence[FactSchema], language: Language) -> str:
    """Return the text of a case file that states nothing yet; it can be checked as it is.

    Args:
        template: kind of the case.
        schemas: facts in the order of the form.
        language: of the comments.
    """
    lines = [*comment(word("head", language, title=template.title), ""), f"template: {template.name}"]
    lines += ["title:", *comment(word("as-of", language), ""), "as_of:", "notes:", "facts:"]
    lines += facts_of((schema for schema in schemas if not schema.each), language, "  ")
    for collection in template.collections:
        inner = [schema for schema in schemas if schema.each == collection.name]
        lines += ["", *comment(word("list", language, title=collection.title, one=collection.one), "")]
        lines += [f"{collection.name}:", "- name:", *facts_of(inner, language, "  ")]
    return "\n".join(lines) + "\n"


def facts_of(schemas: Iterable[FactSchema], language: Language, indent: str) -> Iterator[str]:
    """Yield the lines of some facts."""
    for schema in schemas:
        yield from comment(schema.question.text(language.value), indent)
        if schema.help:
            yield from comment(schema.help.text(language.value), indent)
        yield from comment(form_of(schema, language), indent)
        yield f"{indent}{schema.name}:"


def form_of(schema: FactSchema, language: Language) -> str:
    """Return what may be written for a fact."""
    parts = [word(f"type {schema.type.value}", language)]
    if schema.unit:
        parts.append(schema.unit)
    if schema.options:
        named = ", ".join(f"{name} ({words.text(language.value)})" for name, words in schema.options)
        parts.append(named)
    if schema.formula:
        parts.append(word("derived", language))
    sign = "：" if language is Language.ZH else ": "
    return sign.join(parts[:2]) + "".join(f"; {part}" for part in parts[2:]) if len(parts) > 1 else parts[0]


def comment(text: str, indent: str) -> Iterator[str]:
    """Yield a text as comment lines."""
    for line in wrap(text, WIDTH - len(indent), break_long_words=False) or [""]:
        yield f"{indent}# {line}".rstrip()
