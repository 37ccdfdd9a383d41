"""The grammar's own words of one language: groups of phrases with attributes, from `data/lexicons/<language>/`.

A cue file has `groups:`; each group has `phrases:` and any attributes the grammar reads (kind, force, ...).
The same file names stand in the folder of each language. A phrase belongs to one group of a file; the same
spelling in several files gives one hit with several phrases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.lexicon.matcher import Matcher, Phrase
from dragoman.lexicon.packs import PackFaultError, load_pack, pack_paths
from dragoman.model import Language


@dataclass(frozen=True, slots=True)
class Cues:
    """Cues of one language.

    Attributes:
        matcher: finds them; `Phrase.group` is the group, `Phrase.key` the phrase as written in the file.
        groups: attributes of each group, without its phrases.
    """

    matcher: Matcher
    groups: Mapping[str, Mapping[str, Any]]


def load_cues(language: Language) -> Cues:
    """Return the cues of a language. Raises PackFaultError for a malformed or doubled group."""
    groups: dict[str, Mapping[str, Any]] = {}
    phrases: list[Phrase] = []
    for path in pack_paths(f"lexicons/{language.value}"):
        for name, group in load_pack(path).get("groups", {}).items():
            if name in groups:
                raise PackFaultError(path, f"group `{name}` stands in another file already")
            if not isinstance(group, dict) or not isinstance(group.get("phrases"), list):
                raise PackFaultError(path, f"group `{name}` has no list `phrases:`")
            groups[name] = {key: value for key, value in group.items() if key != "phrases"}
            exact = bool(group.get("exact_case"))
            phrases += [Phrase(str(text), name, str(text), exact) for text in group["phrases"]]
    return Cues(Matcher(phrases), groups)
