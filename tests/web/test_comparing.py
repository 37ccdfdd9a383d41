"""The pages of lineage: choice of texts, river, picture, redline, corrections, downloads."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from dragoman.model import Query
from dragoman.model.lineage import LineageLabel
from dragoman.web.alluvial import BAR, alluvial_of
from dragoman.web.computed import Computed, stamp_of
from dragoman.web.river import RiverFilter, river_of
from tests.web.client import TestClient
from tests.web.series import QUERY, SERIES, add_series, line_with
from tests.web.toy import ToyWorkspace


@pytest.fixture
def series(workspace: ToyWorkspace) -> ToyWorkspace:
    add_series(workspace)
    return workspace


def river(client: TestClient, query: str = "") -> str:
    response = client.get(f"/compare?{QUERY}{query}")
    assert response.status_code == 200
    return response.text


def labels_in(html: str) -> list[str]:
    return re.findall(r'class="statement l-(\w+)', html)


def rows_of(html: str) -> list[str]:
    return html[html.index("<tbody role=") :].partition("</tbody>")[0].split("<tr ")[1:]


def line_page(identifier: str, further: str = "") -> str:
    return f"/compare/line/{quote(identifier, safe=':')}?{QUERY}{further}"


def test_texts_are_chosen_in_the_order_of_their_dates(client: TestClient) -> None:
    html = client.get("/compare").text
    assert re.findall(r'name="document" value="([^"]+)"', html) == ["accord", "rule"]
    assert 'aria-current="page">Compare</a>' in html


def test_an_empty_library_says_so(empty: ToyWorkspace, client: TestClient, app: FastAPI) -> None:
    app.state.workspace = empty
    assert "There is no document yet" in client.get("/compare").text


def test_one_text_is_not_compared(client: TestClient) -> None:
    html = client.get("/compare?document=accord").text
    assert "series-one-text" in html
    assert 'value="accord" checked' in html


def test_two_copies_an_unrelated_text_and_a_gap_are_said(client: TestClient, series: ToyWorkspace) -> None:
    list(series.read_bytes(SERIES["council-1-oslo"].encode(), "copy.txt"))
    assert "series-copy" in client.get("/compare?document=council-1-oslo&document=copy").text
    list(series.read_bytes(b"# Doors\nNobody shall not knock.\n", "doors.txt"))
    list(series.read_bytes("# 雨\n双方将跳舞。\n".encode(), "rain.txt"))
    assert "series-unrelated" in client.get("/compare?document=doors&document=rain").text
    assert "series-gap" in river(client)


def test_a_text_that_is_not_there_is_not_found_and_no_file_is_read(
    client: TestClient, series: ToyWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Alba will hide.", "utf-8")
    for name in ("nothing", str(path), "../register.sqlite"):
        assert client.get("/compare", params={"document": ["council-1-oslo", name]}).status_code == 404
    assert client.get("/compare/export/jsonl").status_code == 404


def test_a_row_is_a_thread_and_a_column_a_text_or_a_gap(client: TestClient, series: ToyWorkspace) -> None:
    html = river(client, "&order=text")
    heads = re.findall(r'role="columnheader" class="([\w-]+)"', html)
    assert heads == ["thread-head", "text-head", "gap-head", "text-head", "text-head"]
    charts, school, chips, lab = rows_of(html)
    assert labels_in(charts) == ["first", "strengthened", "weakened"]
    assert labels_in(school) == ["first", "dropped"]
    assert labels_in(chips) == ["first", "repeated", "dropped"]
    assert labels_in(lab) == ["new", "repeated"]
    assert "may have been dropped" in html or "or in number 2, which is missing" in school
    assert 'class="gap through"' in charts
    assert 'class="gap through"' not in lab


def test_each_statement_leads_to_its_sentence_and_its_redline(client: TestClient, series: ToyWorkspace) -> None:
    line = line_with(series, "council-3-kobe", "charts")
    html = river(client)
    assert f'href="/d/council-3-kobe#{line}"' in html
    assert f'href="/compare/line/{line}?document=council-1-oslo' in html


def test_what_changed_most_comes_first(client: TestClient, series: ToyWorkspace) -> None:
    first = rows_of(river(client))[0]
    assert "lighthouse" in first
    assert re.search(r"± \d", first)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("technology=quantum", ["quantum"]),
        ("instrument=export-control", ["chip"]),
        ("label=delivered", []),
        ("label=strengthened", ["lighthouse"]),
        ("label=dropped&within=council-4-lima", ["chip"]),
        ("within=council-3-kobe&label=new", ["quantum"]),
        ("text=BELL+founders", ["bell"]),
        ("span=going&order=text", ["lighthouse", "chip", "quantum"]),
        ("text=&label=&technology=&order=text", ["lighthouse", "bell", "chip", "quantum"]),
    ],
)
def test_threads_are_narrowed_down_by_address(
    client: TestClient, series: ToyWorkspace, query: str, words: list[str]
) -> None:
    html = river(client, f"&{query}")
    if not words:
        assert "No thread fits" in html
        return
    rows = rows_of(html)
    assert [word in row for word, row in zip(words, rows, strict=True)] == [True] * len(words)


def test_threads_stand_on_pages(client: TestClient, series: ToyWorkspace) -> None:
    assert len(rows_of(river(client, "&limit=3"))) == 3
    assert len(rows_of(river(client, "&limit=3&offset=3"))) == 1


@pytest.mark.parametrize("query", ["label=broken", "order=colour", "limit=0", "picture=maybe"])
def test_an_address_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/compare?{QUERY}&{query}").status_code == 422


def test_the_picture_is_there_until_it_is_turned_off(client: TestClient, series: ToyWorkspace) -> None:
    html = river(client)
    picture = html[html.index('<svg class="alluvial"') :].partition("</svg>\n</div>")[0]
    assert picture.count('class="missing"') == 1
    assert "label=dropped&amp;within=council-4-lima" in picture
    assert "alluvial" not in river(client, "&picture=off")


def test_ribbons_stay_within_their_segments(series: ToyWorkspace) -> None:
    made = alluvial_of(series.comparing.lineage(list(SERIES)))
    boxes = {(one.column, one.mark): one for one in made.segments}
    assert sum(one.count for one in made.segments) == 8 + 2
    assert sum(ribbon.count for ribbon in made.ribbons) == 6
    for ribbon in made.ribbons:
        x, y = map(float, re.findall(r"[\d.]+", ribbon.path)[:2])
        box = boxes[ribbon.source]
        assert x == pytest.approx(box.x + BAR)
        assert box.y <= y + 0.1
        assert y <= box.y + box.height + 0.1
    assert all(one.x + BAR <= made.width and one.y + one.height <= made.height for one in made.segments)


def test_bars_of_many_texts_stand_apart(series: ToyWorkspace) -> None:
    slugs = [f"note-{number}" for number in range(1, 31)]
    for slug in slugs:
        list(series.read_bytes(f"# Note {slug}\nAlba will keep the lamp of {slug}.\n".encode(), f"{slug}.txt"))
    made = alluvial_of(series.comparing.lineage(slugs))
    places = [bar.x for bar in made.bars]
    assert all(later - earlier > BAR for earlier, later in pairwise(places))
    assert places[-1] + BAR <= made.width


def test_a_river_counts_by_label(series: ToyWorkspace) -> None:
    found = river_of(series.comparing.lineage(list(SERIES)), RiverFilter(label=[LineageLabel.NEW]))
    assert found.counts == {"first": 3, "repeated": 2, "dropped": 2, "strengthened": 1, "new": 1, "weakened": 1}
    assert (len(found.threads), found.total) == (1, 4)


def test_a_redline_marks_words_and_compares_fields(client: TestClient, series: ToyWorkspace) -> None:
    html = client.get(line_page(line_with(series, "council-3-kobe", "charts"))).text
    assert '<del><span class="hidden">deleted </span>intends to' in html
    assert '<ins><span class="hidden">inserted </span>will ' in html
    assert re.search(r"<th scope=\"row\">firmness</th>.*?\+2\.00 ▲", html)
    assert re.search(r"<th scope=\"row\">deadline</th>.*?by the end of 2027.*?\+2\.00", html)
    fields = re.findall(r'<th scope="row">(\w+)</th>', html)
    assert sorted(fields) == ["condition", "deadline", "delegation", "firmness", "precision", "scope"]


def test_a_line_of_no_text_of_the_series_is_not_found(client: TestClient, series: ToyWorkspace) -> None:
    assert client.get(line_page("accord:nothing")).status_code == 404
    line = line_with(series, "council-3-kobe", "charts")
    assert client.get(f"/compare/line/{line}?document=council-1-oslo&document=council-4-lima").status_code == 404
    assert client.get(f"/compare/line/{line}").status_code == 404


def test_a_label_is_set_right_kept_and_shown(client: TestClient, series: ToyWorkspace) -> None:
    line = line_with(series, "council-3-kobe", "charts")
    form = {
        "document": list(SERIES),
        "label": "repeated",
        "predecessors": "computed",
        "note": "a matter of style <b>",
        "by": "Mara",
    }
    response = client.post(line_page(line).partition("?")[0], data=form, follow_redirects=False)
    assert response.status_code == 303
    page = client.get(response.headers["location"]).text
    assert "set by Mara" in page
    assert "a matter of style &lt;b&gt;" in page
    assert 'value="Mara"' in page
    assert labels_in(rows_of(river(client, "&order=text"))[0])[1] == "repeated"
    *_, kept = series.comparing.history(line)
    assert (kept.label, kept.ancestors, kept.person) == (LineageLabel.REPEATED, None, "Mara")


def test_a_predecessor_is_found_by_words_and_set(client: TestClient, series: ToyWorkspace) -> None:
    line = line_with(series, "council-3-kobe", "quantum")
    school = line_with(series, "council-1-oslo", "bell founders")
    html = client.get(line_page(line, "&find=BELL+school")).text
    assert re.findall(r'name="ancestor" value="([^"]+)"', html) == [school]
    form = {
        "document": list(SERIES),
        "label": "weakened",
        "predecessors": "chosen",
        "ancestor": school,
        "by": "Noa",
    }
    assert client.post(line_page(line).partition("?")[0], data=form, follow_redirects=False).status_code == 303
    html = client.get(line_page(line)).text
    assert "bell founders" in html[html.index('class="side"') :].partition("</article>")[0]
    form = {"document": list(SERIES), "label": "new", "predecessors": "chosen", "by": "Noa"}
    client.post(line_page(line).partition("?")[0], data=form)
    assert "No predecessor was found" in client.get(line_page(line)).text
    assert [step.ancestors for step in series.comparing.history(line)][1:] == [(school,), ()]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"by": " "}, 422),
        ({"label": "dropped"}, 400),
        ({"label": ""}, 400),
        ({"ancestor": "council-4-lima:0", "predecessors": "chosen"}, 404),
    ],
)
def test_a_correction_that_makes_no_sense_is_said_and_not_kept(
    client: TestClient, series: ToyWorkspace, change: dict[str, str], status: int
) -> None:
    line = line_with(series, "council-3-kobe", "charts")
    form = {"document": list(SERIES), "label": "repeated", "note": "kept words", "by": "Mara", **change}
    response = client.post(line_page(line).partition("?")[0], data=form)
    assert response.status_code == status
    assert "Nothing was kept" in response.text
    assert 'value="kept words"' in response.text
    assert [step.person for step in series.comparing.history(line)] == ["Teacher"]


def test_other_sites_correct_nothing(client: TestClient, series: ToyWorkspace) -> None:
    line = line_with(series, "council-3-kobe", "charts")
    form = {"document": list(SERIES), "label": "repeated", "by": "Eve"}
    evil = {"origin": "https://evil.example"}
    assert client.post(line_page(line).partition("?")[0], data=form, headers=evil).status_code == 403
    assert [step.person for step in series.comparing.history(line)] == ["Teacher"]


def test_a_lineage_is_downloaded_as_the_command_line_gives_it(client: TestClient, series: ToyWorkspace) -> None:
    rows = [json.loads(row) for row in client.get(f"/compare/export/jsonl?{QUERY}").text.splitlines()]
    assert sorted({row["label"] for row in rows}) == ["dropped", "new", "repeated", "strengthened", "weakened"]
    assert all(row["doc"] != "council-1-oslo" or row.get("dropped_in") for row in rows)
    chips = client.get(f"/compare/export/jsonl?{QUERY}&instrument=export-control").text.splitlines()
    assert len(chips) == 2
    html = client.get(f"/compare/export/html?{QUERY}&lang=zh")
    assert "dragoman compare council-1-oslo" in html.text
    assert client.get(f"/compare/export/docx?{QUERY}").content[:2] == b"PK"
    assert client.get(f"/compare/export/md?{QUERY}").text.startswith("# ")


def test_a_lineage_is_computed_once_until_the_register_changes(
    client: TestClient, series: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    comparing = type(series.comparing)
    whole = comparing.lineage

    def counting(self: object, *names: object) -> object:
        calls.append(1)
        return whole(self, *names)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "lineage", counting)
    river(client)
    river(client, "&order=text")
    assert len(calls) == 1
    entry = series.provisions(Query(documents=("council-1-oslo",))).entries[0]
    client.post(f"/p/{entry.provision.id}/review", data={"state": "rejected", "reviewer": "M", "reason": "no"})
    html = river(client)
    assert len(calls) == 2
    assert entry.provision.quote.exact not in html.replace("council-4-lima", "") or "first" in labels_in(html)


def test_a_lineage_that_takes_long_says_so_and_looks_again(
    client: TestClient, series: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    comparing = type(series.comparing)
    whole = comparing.lineage

    def waiting(self: object, *names: object) -> object:
        gate.wait(60)
        return whole(self, *names)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "lineage", waiting)
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 0.01)
    html = river(client)
    assert 'http-equiv="refresh"' in html
    assert "being computed" in html
    gate.set()
    monkeypatch.setattr("dragoman.web.computed.PATIENCE", 60)
    assert labels_in(river(client))


def test_what_fails_is_not_kept() -> None:
    computed = Computed()
    answers: Iterator[ValueError | int] = iter([ValueError("first"), 7])

    def make() -> int:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    with pytest.raises(ValueError, match="first"):
        computed.get("key", make)
    assert computed.get("key", make) == 7
    assert computed.get("key", make) == 7


def test_only_so_much_is_held() -> None:
    computed = Computed(most=2)
    made: list[int] = []
    for number in (1, 2, 3, 3, 1):
        computed.get(number, lambda number=number: made.append(number))  # type: ignore[misc]
    assert made == [1, 2, 3, 1]


def test_any_write_to_the_register_is_seen(series: ToyWorkspace) -> None:
    before = stamp_of(series)
    assert stamp_of(series) == before
    list(series.read_bytes(b"Alba will swim.", "swim.txt"))
    assert stamp_of(series) != before


def test_what_a_text_says_is_escaped(client: TestClient, series: ToyWorkspace) -> None:
    list(series.read_bytes(b"# <script>alert(1)</script>\nAlba will <img src=x onerror=alert(1)>.\n", "evil.txt"))
    list(series.read_bytes(b"# Other\nAlba will <img src=x onerror=alert(2)> soon.\n", "worse.txt"))
    html = client.get("/compare?document=evil&document=worse").text
    assert "<img" not in html.replace('<img src="/static/mark.svg"', "")
    assert "<script>alert" not in html
