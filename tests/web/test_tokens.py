from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = (files("dragoman.web") / "static" / "tokens.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
    for part in CSS.split("@media (prefers-color-scheme: dark)")
)
THEMES = {"light": LIGHT, "dark": DARK}
KINDS = [name for name in LIGHT if name.startswith("k-")]


def channels(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(colour: list[float]) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(over: str, under: str, share: float) -> list[float]:
    pairs = zip(channels(over), channels(under), strict=True)
    return [top * share + bottom * (1 - share) for top, bottom in pairs]


def test_both_themes_define_the_same_colours() -> None:
    assert set(LIGHT) == set(DARK)
    assert len(KINDS) == 6


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "raised", "sunken"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "accent", "error", "warning", "note", "good"])
def test_words_stand_out_from_their_ground(theme: str, ground: str, ink: str) -> None:
    colours = THEMES[theme]
    assert contrast(channels(colours[ink]), channels(colours[ground])) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), [("accent-ink", "accent"), ("select-ink", "select"), ("paper", "ink")])
def test_words_on_colour_stand_out(theme: str, ink: str, ground: str) -> None:
    colours = THEMES[theme]
    assert contrast(channels(colours[ink]), channels(colours[ground])) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_kinds_stand_out_and_their_tint_leaves_the_text_readable(theme: str, kind: str) -> None:
    colours = THEMES[theme]
    for ground in ("paper", "raised"):
        assert contrast(channels(colours[kind]), channels(colours[ground])) >= 3
    strongest = mixed(colours[kind], colours["paper"], 0.30)
    assert contrast(channels(colours["ink"]), strongest) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("line", ["rule-strong", "focus"])
def test_borders_of_fields_and_the_focus_can_be_seen(theme: str, line: str) -> None:
    colours = THEMES[theme]
    for ground in ("paper", "raised"):
        assert contrast(channels(colours[line]), channels(colours[ground])) >= 3
