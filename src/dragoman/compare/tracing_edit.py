"""Changing likelihoods in the text of a workbook; every other character stays, comments included."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import yaml

from dragoman.compare.tracing_file import LOADER


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters of the text that other words replace."""

    start: int
    end: int
    words: str


def revised(data: bytes, likelihoods: Mapping[tuple[str, str], str], scale: Collection[str]) -> bytes:
    """Return a workbook with likelihoods changed or added; one that cannot be read comes back as it is.

    Args:
        data: the workbook, in UTF-8.
        likelihoods: by item and hypothesis, as they are to be written.
        scale: words for likelihoods.
    """
    try:
        text = data.decode("utf-8-sig")
        root = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError):
        return data
    for edit in sorted(_edits(root, text, likelihoods, scale), key=lambda one: -one.start):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text.encode()


def _edits(
    root: yaml.Node | None, text: str, likelihoods: Mapping[tuple[str, str], str], scale: Collection[str]
) -> Iterator[_Edit]:
    evidence = _entries(root).get("evidence")
    for item in evidence.value if isinstance(evidence, yaml.SequenceNode) else ():
        fields = _entries(item)
        name, stated = fields.get("id"), fields.get("likelihoods")
        if not isinstance(name, yaml.ScalarNode) or not isinstance(stated, yaml.MappingNode):
            continue
        own = {which: words for (one, which), words in likelihoods.items() if one == name.value.strip()}
        there = _entries(stated)
        for which, words in own.items():
            if which in there:
                node = there[which]
                yield _Edit(node.start_mark.index, node.end_mark.index, written(words, scale))
            elif stated.value:
                yield _added(stated, text, f"{which}: {written(words, scale)}")


def _entries(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return the values of a mapping by key, {} for anything else."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): value for key, value in node.value}


def _added(mapping: yaml.MappingNode, text: str, entry: str) -> _Edit:
    """Return an entry at the end of a mapping, in its own style."""
    key, last = mapping.value[0][0], mapping.value[-1][1]
    at = last.end_mark.index
    if mapping.flow_style:
        return _Edit(at, at, f", {entry}")
    end = text.find("\n", at)
    at = len(text) if end < 0 else end
    return _Edit(at, at, "\n" + " " * key.start_mark.column + entry)


def written(words: str, scale: Collection[str]) -> str:
    """Return a likelihood as YAML: a number or word of the scale as it is, anything else as a quoted text."""
    plain = words.strip()
    try:
        float(plain)
    except ValueError:
        return plain if plain in scale else json.dumps(plain, ensure_ascii=False)
    return plain
