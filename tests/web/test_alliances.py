"""The pages of alliances and briefings: the form, squares that open their sentences, pictures, downloads, JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from dragoman.mapping import AllianceRequest, Drawn
from dragoman.report.charts import can_draw
from tests.web.client import TestClient
from tests.web.harbour import add_harbour
from tests.web.toy import ToyWorkspace


@pytest.fixture
def harbour(workspace: ToyWorkspace) -> ToyWorkspace:
    add_harbour(workspace)
    return workspace


def squares(html: str) -> dict[str, str]:
    """Return the numbers of the matrix by the name of their square."""
    links = re.findall(r'cell=([^"#&]+)#sentences"[^>]*><span class="n">(\d+)</span>', html)
    return {name.replace("+", " ").replace("%7C", "|"): number for name, number in links}


def test_the_matrix_counts_and_shows_gaps(client: TestClient, harbour: ToyWorkspace) -> None:
    html = client.get("/alliances").text
    found = squares(html)
    assert found["United States|Japan|quantum"] == "1"
    assert found["United States|Japan|semiconductors"] == "1"
    assert found["United States|United Kingdom|quantum"] == "1"
    assert '<td class="square gap">' in html
    assert "mostly against" in html  # the square of China


def test_a_square_opens_its_sentences(client: TestClient, harbour: ToyWorkspace) -> None:
    address = f"/alliances?cell={quote('United States|Japan|quantum')}"
    html = client.get(address).text
    opened = html[html.index('id="sentences"') :]
    assert "signed an agreement on joint research in quantum computing" in opened
    assert (
        "semiconductors."
        not in opened.partition("</section>")[0].partition("<ol")[2].partition("</blockquote>")[0]
    )
    assert re.search(r'href="/d/harbour-1#at-\d+-\d+"', opened)
    piece = client.get(address, headers={"x-fragment": "1"}).text
    assert "<html" not in piece
    assert piece.count("<blockquote") == 1
    row = client.get(f"/alliances?cell={quote('United States|Japan|')}", headers={"x-fragment": "1"}).text
    assert row.count("<blockquote") == 2


@pytest.mark.parametrize("cell", ["nothing", "a|b|c", "||", "United States|Japan|lamps"])
def test_a_square_that_is_none_is_no_fault(client: TestClient, harbour: ToyWorkspace, cell: str) -> None:
    assert client.get(f"/alliances?cell={quote(cell)}").status_code == 200


def test_the_question_narrows_down(client: TestClient, harbour: ToyWorkspace) -> None:
    assert set(squares(client.get("/alliances?since=2024-01-01&direction=with").text)) == {
        "United States|Japan|semiconductors",
        "United States|United Kingdom|quantum",
    }
    assert squares(client.get("/alliances?actor=%E6%97%A5%E6%9C%AC&by=layer").text).keys() == {
        "Japan|United States|develop"
    }
    assert "Nothing was found" in client.get("/alliances?level=researchers&actor=Japan").text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("actor=Jappan", 400, "Nearest: `Japan`"),
        ("since=2024-02-01&until=2023-01-01", 400, "ends before it begins"),
        ("document=nothing", 404, "nothing"),
        ("view=network&mode=ties&normalise=jaccard", 400, "jaccard"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form(
    client: TestClient, harbour: ToyWorkspace, query: str, status: int, words: str
) -> None:
    response = client.get(f"/alliances?{query}")
    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert words in response.text
    assert 'id="q-actor"' in response.text


@pytest.mark.parametrize("query", ["by=colour", "view=river", "since=31-31-2024", "at=-1", "direction=beside"])
def test_an_address_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/alliances?{query}").status_code == 422


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", ["matrix", "network", "timeline", "layers", "map"])
def test_every_picture_has_a_table(client: TestClient, harbour: ToyWorkspace, view: str, lang: str) -> None:
    html = client.get(f"/alliances?view={view}&lang={lang}").text
    assert "<table" in html
    picture = client.get(f"/alliances/picture/{view}?view={view}")
    if can_draw():
        assert picture.headers["content-type"] == "image/svg+xml"
        assert f"/alliances/picture/{view}" in html
    else:
        assert picture.status_code == 404


def test_an_empty_register_says_so(empty: ToyWorkspace) -> None:
    from dragoman.web import create_app  # noqa: PLC0415 - of the empty register
    from tests.web.client import BASE  # noqa: PLC0415

    with TestClient(create_app(empty), base_url=BASE) as client:
        for view in ("matrix", "network", "timeline", "layers", "map"):
            assert "no text yet" in client.get(f"/alliances?view={view}").text


def test_the_timeline_stands_where_the_address_says(client: TestClient, harbour: ToyWorkspace) -> None:
    last = client.get("/alliances?view=timeline").text
    assert '<h2 id="step-title">2024</h2>' in last
    assert "United States – United Kingdom" in last[last.index("first time") :]
    before = client.get("/alliances?view=timeline&at=2023").text
    assert '<h2 id="step-title">2023</h2>' in before
    assert 'aria-valuetext="2023"' in before
    assert "at=2024" in before  # the link to the step after
    assert '<h2 id="step-title">2023-Q2</h2>' in client.get("/alliances?view=timeline&step=quarter&at=0").text


def test_alliances_are_downloaded(client: TestClient, harbour: ToyWorkspace) -> None:
    cells = json.loads(client.get("/alliances/export/json?actor=Japan").text)
    assert {cell["technology"] for cell in cells} == {"quantum", "semiconductors"}
    rows = list(csv.reader(io.StringIO(client.get("/alliances/export/csv").content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["actor", "partner", "technology"]
    assert b"<graphml" in client.get("/alliances/export/graphml").content
    assert b"<gexf" in client.get("/alliances/export/gexf").content
    assert client.get("/alliances/export/docx").content[:2] == b"PK"
    html = client.get("/alliances/export/html?level=governments&since=2023-01-01").text
    assert "--level governments" in html
    assert "--from 2023-01-01" in html
    if can_draw():
        assert client.get("/alliances/export/svg?view=network").text.startswith("<svg")
    assert client.get("/alliances/export/pdf").status_code == 422


def test_programs_get_the_same(client: TestClient, harbour: ToyWorkspace) -> None:
    row = client.get("/api/alliances?actor=US").json()
    assert {cell["partner"] for cell in row["cells"]} == {"Japan", "United Kingdom", "China"}
    network = client.get("/api/alliances/network?mode=two-mode").json()
    assert {"United States", "quantum"} <= {node["name"] for node in network["nodes"]}
    found = client.get("/api/alliances/sentences?first=United States&second=Japan&column=quantum").json()
    assert found["total"] == 1
    text = harbour.document("harbour-1").text
    (sentence,) = found["sentences"]
    assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    refused = client.get("/api/alliances?actor=Jappan")
    assert refused.status_code == 400
    assert "Japan" in refused.json()["remedy"]


def test_ties_are_read_once_for_each_state_of_the_register(
    client: TestClient, harbour: ToyWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/alliances")
    asked: list[AllianceRequest] = []
    draw = harbour.mapping.draw

    def counted(request: AllianceRequest, *network: Any) -> Drawn:  # noqa: ANN401 - mode, measure, normalisation
        asked.append(request)
        return draw(request, *network)

    monkeypatch.setattr(harbour.mapping, "draw", counted)
    for view in ("matrix", "network", "map"):
        client.get(f"/alliances?view={view}")
    assert asked == []
    list(harbour.read_bytes(b"# Note\nJapan and India signed an agreement on space.\n", "note.txt"))
    assert "India" in client.get("/alliances").text
    assert len(asked) == 1


def test_a_briefing_is_shown_and_downloaded(client: TestClient, harbour: ToyWorkspace) -> None:
    assert 'id="q-partner"' in client.get("/alliances/briefing").text
    html = client.get("/alliances/briefing?actor=US&partner=%E6%97%A5%E6%9C%AC").text
    assert "Briefing: United States – Japan" in html
    assert "since 2023-05-01" in html
    assert html.count('href="/d/harbour-1#at-') >= 4
    whole = client.get("/alliances/briefing?actor=US&lang=zh").text
    assert "简报" in whole
    assert "partner=United+Kingdom" in whole
    assert client.get("/alliances/briefing/export/docx?actor=US").content[:2] == b"PK"
    assert "dragoman briefing 'United States' --as-of" in client.get("/alliances/briefing/export/md?actor=US").text
    row = client.get("/api/alliances/briefing?actor=US&partner=Japan").json()
    assert [one["tag"] for one in row["fields"]] == ["quantum", "semiconductors"]


@pytest.mark.parametrize(
    ("query", "words"), [("actor=Jappan", "Nearest"), ("actor=Japan&partner=Japan", "Both names stand for Japan")]
)
def test_a_briefing_on_nobody_is_said_beside_the_form(
    client: TestClient, harbour: ToyWorkspace, query: str, words: str
) -> None:
    response = client.get(f"/alliances/briefing?{query}")
    assert response.status_code == 400
    assert words in response.text


def test_a_briefing_on_who_is_tied_to_nobody_says_so(client: TestClient, harbour: ToyWorkspace) -> None:
    assert "no sentence that ties" in client.get("/alliances/briefing?actor=Iceland").text
