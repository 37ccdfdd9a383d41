"""Pictures of alliances as Vega-Lite specifications with the tables behind them, for page and report alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.model.alliance import Alliances, Axis, Layer, Mark, Matrix, Network, Node
from dragoman.report.alliance_words import AllianceWords
from dragoman.report.blocks import Chart, Line, Table, line
from dragoman.report.charts import width

SQUARE, ROW = 34, 26
FRAMES = (0.6, 0.6, 1.4, 2.4, 3.6)
"""Pixels of the frame of a square by its mean force, rounded."""
HALF = 0.5
NEW = 4
"""New pairs that a step of the timeline names."""
MAP_HEIGHT = 346
"""Pixels, so that a degree is as high as it is wide."""
PADDING = 0.14
WIDE = 8
"""Columns that a table on a page has room for."""
SHAPES = (
    "circle",
    "square",
    "diamond",
    "triangle-up",
    "triangle-down",
    "cross",
    "triangle-left",
    "triangle-right",
)
"""Of communities, so that they are told apart without colour."""
NO_AXIS = {"axis": None}


def matrix_chart(matrix: Matrix, words: AllianceWords) -> Chart:
    """Return the matrix: partners by columns, shaded by sentences, framed by force; gaps stay visible."""
    shown = matrix.rows[: words.most["matrix"]]
    columns = [one for one in matrix.columns if any((row, one) in matrix.marks for row in matrix.rows)]
    values = [square(matrix, row, column, words) for row in shown for column in columns]
    most = max((mark.count for mark in matrix.marks.values()), default=1)
    top = max(matrix.marks, key=lambda key: matrix.marks[key].count, default=None)
    named = f"{row_name(matrix, top[0], words)}, {words.column(matrix.axis, top[1])}" if top else "–"
    alt = words.text("matrix_alt", by=words.text(matrix.axis.value), top=named)
    spec = {
        "data": {"values": values},
        "width": {"step": SQUARE},
        "height": {"step": ROW},
        "encoding": {
            "y": ordinal("row", [row_name(matrix, row, words) for row in shown]),
            "x": ordinal("column", [words.column(matrix.axis, one) for one in columns], slant=True),
        },
        "layer": [*squares(most, words), numbers(most, words)],
    }
    return Chart(spec, alt, matrix_table(matrix, columns, words))


def row_name(matrix: Matrix, row: tuple[str, str], words: AllianceWords) -> str:
    """Return what a row is called: the partner of the actor that was asked for, or the pair."""
    return words.name(row[1]) if row[0] == matrix.actor else words.pair(row)


def square(matrix: Matrix, row: tuple[str, str], column: str, words: AllianceWords) -> dict[str, Any]:
    """Return the data of one square."""
    mark = matrix.marks.get((row, column), Mark(0, 0, 0))
    against = mark.count > 0 and mark.against > HALF * mark.count
    return {
        "row": row_name(matrix, row, words),
        "column": words.column(matrix.axis, column),
        "n": mark.count,
        "shown": str(mark.count) if mark.count else "",
        "frame": FRAMES[round(mark.force)] if mark.count else FRAMES[0],
        "edge": words.colours["against"]
        if against
        else words.colours["ink"]
        if mark.count
        else words.colours["grid"],
    }


def ordinal(field: str, order: Sequence[str], *, slant: bool = False) -> dict[str, Any]:
    """Return a channel of names in a given order."""
    axis: dict[str, Any] = {"title": None, "labelLimit": 260}
    if slant:
        axis |= {"labelAngle": -40, "orient": "top"}
    scale = {"paddingInner": PADDING, "paddingOuter": PADDING}
    return {"field": field, "type": "nominal", "sort": list(order), "axis": axis, "scale": scale}


def squares(most: int, words: AllianceWords) -> list[dict[str, Any]]:
    """Return the layers of squares: gaps, and those with sentences."""
    ramp = {"type": "sqrt", "domain": [1, max(2, most)], "range": words.colours["ramp"]}
    frame = {
        "stroke": {"field": "edge", "type": "nominal", "scale": None},
        "strokeWidth": {"field": "frame", "type": "quantitative", "scale": None},
    }
    legend = {"title": words.text("count"), "type": "symbol", "tickCount": 4, "format": "d"}
    shade = {"field": "n", "type": "quantitative", "scale": ramp, "legend": legend}
    return [
        {
            "transform": [{"filter": "datum.n === 0"}],
            "mark": {"type": "rect", "fill": words.colours["pale"]},
            "encoding": frame,
        },
        {
            "transform": [{"filter": "datum.n > 0"}],
            "mark": {"type": "rect"},
            "encoding": {"fill": shade, **frame},
        },
    ]


def numbers(most: int, words: AllianceWords) -> dict[str, Any]:
    """Return the layer of numbers, pale on dark squares."""
    dark = {"test": f"datum.n > {most * 0.3}", "value": words.colours["pale"]}
    return {
        "mark": {"type": "text"},
        "encoding": {"text": {"field": "shown"}, "color": {"condition": dark, "value": words.colours["ink"]}},
    }


def matrix_table(matrix: Matrix, columns: Sequence[str], words: AllianceWords) -> Table:
    """Return the matrix as a table: sentences / mean force; where there are many columns, each row as a list."""
    first = words.text("partner" if matrix.actor else "pair")
    rows = matrix.rows[: words.most["table"]]
    if len(columns) > WIDE:
        three = (first, words.text(matrix.axis.value), words.text("total"))
        listed = tuple(listed_row(matrix, row, columns, words) for row in rows)
        return Table(three, listed, words.text("matrix"), (2.6, 7.0, 0.8))
    head = (first, *(words.column(matrix.axis, one) for one in columns), words.text("total"))
    cells = tuple(matrix_row(matrix, row, columns, words) for row in rows)
    return Table(head, cells, words.text("matrix"), (2.6, *(1.0 for _ in head[1:])))


def matrix_row(
    matrix: Matrix, row: tuple[str, str], columns: Sequence[str], words: AllianceWords
) -> tuple[Line, ...]:
    """Return a row of the table, a cell for each column."""
    marks = [matrix.marks.get((row, column)) for column in columns]
    cells = [line(f"{mark.count} / {mark.force:.1f}" if mark else "–") for mark in marks]
    return (line(row_name(matrix, row, words)), *cells, line(total(marks)))


def listed_row(
    matrix: Matrix, row: tuple[str, str], columns: Sequence[str], words: AllianceWords
) -> tuple[Line, ...]:
    """Return a row of the table, its columns as a list."""
    marks = [(column, mark) for column in columns if (mark := matrix.marks.get((row, column)))]
    told = [f"{words.column(matrix.axis, column)} {mark.count} / {mark.force:.1f}" for column, mark in marks]
    names = line(words.listed(told, len(told)))
    return line(row_name(matrix, row, words)), names, line(total([mark for _, mark in marks]))


def total(marks: Sequence[Mark | None]) -> str:
    """Return the sum of sentences in words."""
    return str(sum(mark.count for mark in marks if mark))


def layers_chart(found: Alliances, layers: Matrix, words: AllianceWords) -> Chart:
    """Return bars of the most frequent partners, or pairs, by layer."""
    shown = layers.rows[: words.most["bars"]]
    values = [
        {"row": row_name(layers, row, words), "layer": words.text(layer.value), "n": mark.count}
        for row in shown
        for layer in Layer
        if (mark := layers.marks.get((row, layer.value)))
    ]
    names = [words.text(layer.value) for layer in Layer]
    spec = {
        "data": {"values": values},
        "width": width() - 300,
        "height": {"step": ROW},
        "mark": {"type": "bar"},
        "encoding": {
            "y": ordinal("row", [row_name(layers, row, words) for row in shown]),
            "x": counted(words),
            "color": coloured("layer", names, [words.colours[layer.value] for layer in Layer]),
        },
    }
    del found
    return Chart(spec, words.text("layers_alt"), matrix_table(layers, tuple(Layer), words))


def counted(words: AllianceWords) -> dict[str, Any]:
    """Return the channel of numbers of sentences."""
    axis = {"title": words.text("count"), "tickMinStep": 1}
    return {"field": "n", "type": "quantitative", "aggregate": "sum", "axis": axis}


def circles(words: AllianceWords) -> dict[str, Any]:
    """Return the legend of sizes."""
    fill = words.colours["grid"]
    return {"title": words.text("count"), "symbolType": "circle", "symbolFillColor": fill, "symbolStrokeWidth": 0}


def coloured(field: str, domain: Sequence[str], colours: Sequence[str]) -> dict[str, Any]:
    """Return the channel of colours of a list of values."""
    scale = {"domain": list(domain), "range": list(colours)}
    return {"field": field, "type": "nominal", "scale": scale, "legend": {"title": None}}


def timeline_chart(found: Alliances, words: AllianceWords) -> Chart | None:
    """Return columns of sentences by year or quarter and value of the axis; None without a day."""
    if not found.timeline:
        return None
    totals = Counter[str]()
    for span in found.timeline:
        totals.update(span.counts)
    colours = words.colours["communities"]
    kept = [name for name, _ in totals.most_common(len(colours))]
    values = [
        {"span": span.name, "value": words.column(found.axis, name), "n": span.counts[name]}
        for span in found.timeline
        for name in kept
        if name in span.counts
    ]
    step = "quarter" if "Q" in found.timeline[0].name else "year"
    spec = {
        "data": {"values": values},
        "width": width() - 120,
        "height": 260,
        "mark": {"type": "bar"},
        "encoding": {
            "x": {"field": "span", "type": "ordinal", "axis": {"title": None, "labelAngle": -40}},
            "y": counted(words),
            "color": coloured("value", [words.column(found.axis, name) for name in kept], colours),
        },
    }
    alt = words.text(
        "timeline_alt",
        step=words.text(step),
        by=words.text(found.axis.value),
        first=found.timeline[0].name,
        last=found.timeline[-1].name,
    )
    return Chart(spec, alt, timeline_table(found, kept, step, words))


def timeline_table(found: Alliances, kept: Sequence[str], step: str, words: AllianceWords) -> Table:
    """Return the timeline as a table, with the pairs that are new."""
    head = (words.text(step), *(words.column(found.axis, name) for name in kept), words.text("new"))
    rows = tuple(
        (
            line(span.name),
            *(line(str(span.counts.get(name, "–"))) for name in kept),
            line(
                words.listed([words.pair(pair) for pair in span.new], NEW) + (" …" if len(span.new) > NEW else "")
            ),
        )
        for span in found.timeline
    )
    return Table(head, rows, words.text("timeline"), (1.0, *(1.0 for _ in kept), 4.0))


def map_chart(found: Alliances, words: AllianceWords) -> Chart | None:
    """Return the partners as points on a plain grid of degrees; None where none has a place."""
    if not found.points:
        return None
    values = [
        {
            "name": words.name(point.name),
            "x": point.longitude,
            "y": point.latitude,
            "n": point.count,
            "kind": words.text("against" if point.against > HALF * point.count else "with"),
            "label": words.name(point.name) if at < words.most["bars"] else "",
        }
        for at, point in enumerate(found.points)
    ]
    grid = [{"x": at} for at in range(-180, 181, 30)], [{"y": at} for at in range(-60, 61, 30)]
    across = {"field": "x", "type": "quantitative", "scale": {"domain": [-180, 180], "nice": False}, "axis": None}
    along = {"field": "y", "type": "quantitative", "scale": {"domain": [-60, 85], "nice": False}, "axis": None}
    rule = {"mark": {"type": "rule", "color": words.colours["grid"]}}
    kinds = [words.text("with"), words.text("against")]
    marks = {
        "mark": {"type": "circle", "opacity": 0.85, "stroke": words.colours["pale"]},
        "encoding": {
            "x": across,
            "y": along,
            "size": {
                "field": "n",
                "type": "quantitative",
                "scale": {"type": "sqrt", "range": [20, 900]},
                "legend": circles(words),
            },
            "color": coloured("kind", kinds, [words.colours["with"], words.colours["against"]]),
        },
    }
    labels = {
        "mark": {"type": "text", "dy": -12, "color": words.colours["ink"]},
        "encoding": {"x": across, "y": along, "text": {"field": "label"}},
    }
    spec = {
        "data": {"values": values},
        "width": width() - 60,
        "height": MAP_HEIGHT,
        "layer": [
            {"data": {"values": grid[0]}, **rule, "encoding": {"x": across}},
            {"data": {"values": grid[1]}, **rule, "encoding": {"y": along}},
            marks,
            labels,
        ],
    }
    top = words.listed([words.name(point.name) for point in found.points])
    return Chart(spec, words.text("map_alt", n=len(found.points), top=top), map_table(found, words))


def map_table(found: Alliances, words: AllianceWords) -> Table:
    """Return the partners with their places."""
    head = words.head("partner", "count", "against", "latitude", "longitude")
    rows = tuple(
        (
            line(words.name(point.name)),
            line(str(point.count)),
            line(str(point.against)),
            line(f"{point.latitude:.1f}"),
            line(f"{point.longitude:.1f}"),
        )
        for point in found.points
    )
    return Table(head, rows, words.text("map"))


def network_chart(
    network: Network, places: Mapping[str, tuple[float, float]], words: AllianceWords
) -> Chart | None:
    """Return the network as points and lines; None without edges.

    Args:
        network: nodes and edges.
        places: where its nodes are drawn, from 0 to 1.
        words: of the picture.
    """
    shown = [node for node in ranked(network) if node.name in places][: words.most["network"]]
    names = {node.name for node in shown}
    edges = [edge for edge in network.edges if edge.source in names and edge.target in names]
    if not edges:
        return None
    return Chart(
        {
            "width": width() - 60,
            "height": 520,
            "layer": [lines(edges, places, words), nodes(shown, places, words), node_names(shown, places, words)],
        },
        words.text(
            "network_alt",
            nodes=len(network.nodes),
            edges=len(network.edges),
            communities=len({node.community for node in network.nodes if node.community}),
            top=words.listed([node_name(node, words) for node in shown]),
        ),
        network_table(network, words),
    )


def ranked(network: Network) -> list[Node]:
    """Return the nodes, the strongest first."""
    return sorted(
        network.nodes, key=lambda node: (-node.centrality.get("strength", 0), -node.statements, node.name)
    )


def node_name(node: Node, words: AllianceWords) -> str:
    """Return what a node is called."""
    if node.kind != "concept":
        return words.name(node.name)
    return next(
        (
            word
            for axis in (Axis.TECHNOLOGY, Axis.INSTRUMENT)
            if (word := words.column(axis, node.name)) != node.name
        ),
        words.own.get(node.name, node.name),
    )


def spot(field: str) -> dict[str, Any]:
    """Return a channel of places from 0 to 1."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [-0.06, 1.06], "nice": False},
        "axis": None,
    }


def lines(edges: Sequence[Any], places: Mapping[str, tuple[float, float]], words: AllianceWords) -> dict[str, Any]:
    """Return the layer of edges."""
    values = [
        {
            "x": places[edge.source][0],
            "y": places[edge.source][1],
            "x2": places[edge.target][0],
            "y2": places[edge.target][1],
            "w": abs(edge.weight),
            "edge": words.colours["against"] if edge.weight < 0 else words.colours["with"],
        }
        for edge in edges
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "rule", "opacity": 0.45},
        "encoding": {
            "x": spot("x"),
            "y": spot("y"),
            "x2": {"field": "x2"},
            "y2": {"field": "y2"},
            "strokeWidth": {
                "field": "w",
                "type": "quantitative",
                "scale": {"type": "sqrt", "range": [0.6, 7]},
                "legend": None,
            },
            "stroke": {"field": "edge", "type": "nominal", "scale": None},
        },
    }


def nodes(
    shown: Sequence[Node], places: Mapping[str, tuple[float, float]], words: AllianceWords
) -> dict[str, Any]:
    """Return the layer of nodes."""
    colours = words.colours["communities"]
    values = [
        {
            "x": places[node.name][0],
            "y": places[node.name][1],
            "n": node.statements,
            "fill": colours[(node.community - 1) % len(colours)] if node.community else words.colours["grid"],
            "shape": SHAPES[(node.community - 1) % len(SHAPES)] if node.community else SHAPES[0],
        }
        for node in shown
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "opacity": 1, "stroke": words.colours["pale"]},
        "encoding": {
            "shape": {"field": "shape", "type": "nominal", "scale": None},
            "x": spot("x"),
            "y": spot("y"),
            "size": {
                "field": "n",
                "type": "quantitative",
                "scale": {"type": "sqrt", "range": [40, 1200]},
                "legend": circles(words),
            },
            "color": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def node_names(
    shown: Sequence[Node], places: Mapping[str, tuple[float, float]], words: AllianceWords
) -> dict[str, Any]:
    """Return the layer of names."""
    values = [
        {"x": places[node.name][0], "y": places[node.name][1], "name": node_name(node, words)} for node in shown
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "text", "dy": -14, "color": words.colours["ink"]},
        "encoding": {"x": spot("x"), "y": spot("y"), "text": {"field": "name"}},
    }


def network_table(network: Network, words: AllianceWords) -> Table:
    """Return the nodes with their figures, the strongest first."""
    figures = ("degree", "strength", "betweenness", "closeness", "eigenvector")
    head = words.head("actor", "type", "count", "community", *figures)
    rows = tuple(
        (
            line(node_name(node, words)),
            line(node.kind),
            line(str(node.statements)),
            line(str(node.community or "–")),
            *(line(f"{node.centrality.get(name, 0):.3g}") for name in figures),
        )
        for node in ranked(network)[: words.most["table"]]
    )
    return Table(head, rows, words.text("network"), (2.4, 1.0, *(1.0 for _ in head[2:])))
