"""Sentences of findings in both languages, from `data/cases/reasons.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.lexicon import PackFaultError, load_pack
from dragoman.model import Bilingual, Language, Result

_PACK = "cases/reasons.yaml"


def reason(code: str, **values: Bilingual | str) -> Bilingual:
    """Return a sentence with its fields filled in, each in the sentence's language.

    Raises:
        PackFaultError: the pack has no such sentence.
    """
    entry: Mapping[str, str] | None = load_pack(_PACK)["reasons"].get(code)
    if entry is None:
        raise PackFaultError(_PACK, f"no reason {code}")
    return Bilingual(
        *(
            entry[language].format(**{name: in_words(value, language) for name, value in values.items()})
            for language in ("en", "zh")
        )
    )


def in_words(value: Bilingual | str, language: str) -> str:
    """Return a value in a language."""
    return value.text(language) if isinstance(value, Bilingual) else value


def result_words(result: Result) -> Bilingual:
    """Return a result in words."""
    entry = load_pack(_PACK)["results"][result.value]
    return Bilingual(entry["en"], entry["zh"])


def word(code: str, language: Language, **values: Bilingual | str) -> str:
    """Return a text of the blank case in a language, its fields filled in.

    Raises:
        PackFaultError: the pack has no such text.
    """
    entry: Mapping[str, str] | None = load_pack(_PACK)["blank"].get(code)
    if entry is None:
        raise PackFaultError(_PACK, f"no text {code}")
    code_of = language.value
    return entry[code_of].format(**{name: in_words(value, code_of) for name, value in values.items()})
