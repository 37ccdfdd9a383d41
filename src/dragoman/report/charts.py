"""Pictures of charts, drawn on this machine from their Vega-Lite specification; nothing is fetched.

The drawing needs the optional package `vl-convert-python`. Without it there is no picture, and the table behind
the chart stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

from lxml import etree

from dragoman.lexicon import load_pack
from dragoman.report.text import clean

PACK = "report/charts.yaml"
SVG = "http://www.w3.org/2000/svg"
_HIDDEN = "none"


class DataElsewhereError(ValueError):
    """A specification that would load something."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the specification of a chart must hold its data and load nothing: `{name}`")


def can_draw() -> bool:
    """Return whether the package that draws is installed."""
    return find_spec("vl_convert") is not None


def colours_of(group: str) -> Mapping[str, str]:
    """Return the colours of a list of values, told apart with any colour vision, by value in their order."""
    colours: Mapping[str, str] = load_pack(PACK)[group]
    return colours


def svg_of(spec: Mapping[str, Any]) -> str | None:
    """Return a chart as an `svg` element for a page, None where it cannot be drawn.

    Only elements and attributes that draw are left: no link, script, style or address.

    Raises:
        DataElsewhereError: the specification names an address or file.
    """
    if not can_draw():
        return None
    import vl_convert  # noqa: PLC0415 - 84 MB, and optional

    return sanitized(vl_convert.vegalite_to_svg(_whole(spec), allowed_base_urls=[]))


def png_of(spec: Mapping[str, Any]) -> bytes | None:
    """Return a chart as a PNG picture, None where it cannot be drawn. Raises DataElsewhereError."""
    if not can_draw():
        return None
    import vl_convert  # noqa: PLC0415 - 84 MB, and optional

    scale = load_pack(PACK)["scale"]
    picture: bytes = vl_convert.vegalite_to_png(_whole(spec), scale=scale, allowed_base_urls=[])
    return picture


def width() -> int:
    """Return the pixels of a drawing as wide as the page."""
    return int(load_pack(PACK)["width"])


def _whole(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a specification with our look under its own."""
    for name in _keys(spec):
        if name in {"url", "href"}:
            raise DataElsewhereError(name)
    look = {**load_pack(PACK)["config"], **spec.get("config", {})}
    cleaned: dict[str, Any] = _clean({**spec, "config": look})
    return cleaned


def _keys(value: object) -> Iterator[str]:
    """Yield all keys of a tree, but those of the rows of data."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            if key != "values":
                yield from _keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _keys(inner)


def _clean(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a tree with what XML cannot hold replaced in its texts."""
    if isinstance(value, Mapping):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(inner) for inner in value]
    return clean(value) if isinstance(value, str) else value


@cache
def _allowed() -> tuple[frozenset[str], frozenset[str]]:
    pack = load_pack(PACK)
    return frozenset(pack["elements"]), frozenset(pack["attributes"])


def sanitized(svg: str) -> str:
    """Return an SVG with only the elements and attributes that draw."""
    elements, attributes = _allowed()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(svg.encode(), parser)
    for element in list(root.iter()):
        name = etree.QName(element)
        if name.namespace != SVG or name.localname not in elements or element.get("display") == _HIDDEN:
            _drop(element)
            continue
        for attribute in list(element.attrib):
            if attribute not in attributes or "url(" in element.attrib[attribute]:
                del element.attrib[attribute]
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _drop(element: Any) -> None:  # noqa: ANN401 - lxml has no types
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
