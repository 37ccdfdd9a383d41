"""Words a difference as a sentence in both languages of the interface: `data/terms/force-words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.lexicon import load_pack
from dragoman.model import Language
from dragoman.model.force_difference import Direction, Gravity, Remark

PACK = "terms/force-words.yaml"


def remark(
    code: str,
    gravity: Gravity,
    kind: str,
    values: Mapping[str, object],
    direction: Direction = Direction.NONE,
) -> Remark:
    """Return a remark with its sentences.

    Args:
        code: a sentence of the pack.
        gravity: how serious.
        kind: what the difference is called.
        values: what the sentence needs; `en` and `zh` are the words that differ. A value that is a class of force
            is named in each language.
        direction: how the Chinese stands to the English.
    """
    pack = load_pack(PACK)
    reasons = {
        language: pack["sentences"][code][language.value].format(
            **{name: named(value, language) for name, value in values.items()},
            direction=pack["directions"][direction.value or "none"][language.value],
        )
        for language in Language
    }
    words = {side: str(values.get(side, "")) for side in ("en", "zh")}
    return Remark(gravity, kind, reasons, direction, **words)


def named(value: object, language: Language) -> object:
    """Return the name of a class of force in a language, any other value as it is."""
    names = load_pack(PACK)["classes"].get(str(value))
    return names[language.value] if names else value
