"""The pages of coordination and profiles: forms, figures that open their sentences, pictures, downloads."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi import FastAPI

from dragoman.report.charts import can_draw
from dragoman.web import coordination
from dragoman.web.coordination import MOST_TABLES, TableGoneError, Tables
from tests.web.client import TestClient
from tests.web.series import add_series
from tests.web.toy import ACTORS, ToyWorkspace

TEXT = """# Joint Statement of the First Meeting of the Harbour Council
The United States and the European Union will ask for a licence for chip exports to Russia.
The United States will share the names of harbour pilots.
"""
EVENTS = """date,party,title,target,topic,url
2026-02-10,United States,Rule on exports of lamps to China,China,export-control,https://example.org/us
2026-03-12,European Union,Rule on exports of lamps to China,China,export-control,
2026-04-01,Japan,Rule on boats,China,export-control,
"""


@pytest.fixture
def texts(workspace: ToyWorkspace, monkeypatch: pytest.MonkeyPatch) -> ToyWorkspace:
    """Read a statement of two real parties, by the toy's reader with their names."""
    both = {"The United States and the European Union": "European Union", "The United States": "United States"}
    for words, name in both.items():
        monkeypatch.setitem(ACTORS, words, name)
    list(workspace.read_bytes(TEXT.encode(), "harbour-1.txt"))
    return workspace


def sent(client: TestClient, table: str = EVENTS, name: str = "events.csv", **form: str) -> str:
    """Send the form with a table of events; return where it leads."""
    files = {"file": (name, table.encode(), "text/csv")}
    fields = {"first": "US", "second": "欧盟", "topic": "export-control", "since": "", **form}
    response = client.post("/coordination", data=fields, files=files, follow_redirects=False)
    assert response.status_code == 303
    return response.headers["location"]


def cells_in(html: str, row: str) -> list[str]:
    """Return the figures of a row of the table of targets."""
    table = html[html.index('aria-labelledby="targets-title"') :].partition("</table>")[0]
    found = re.search(rf'<th scope="row">{row}</th>(.*?)</tr>', table, re.DOTALL)
    assert found is not None
    cells = re.findall(r"<td>(.*?)</td>", found[1], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_the_form_suggests_parties_and_topics(client: TestClient) -> None:
    html = client.get("/coordination").text
    assert '<option value="European Union"></option>' in html
    assert '<option value="export-control" >export control</option>' in html
    assert '<option value="欧盟"></option>' in client.get("/coordination?lang=zh").text


def test_a_table_of_events_is_matched_and_every_figure_opens_its_rows(
    client: TestClient, texts: ToyWorkspace
) -> None:
    place = sent(client)
    assert set(parse_qs(urlsplit(place).query)) == {"first", "second", "topic", "events"}
    html = client.get(place).text
    assert cells_in(html, "China")[:8] == ["2", "0", "1", "1", "1 100 %", "0", "+30", "1.00"]
    assert "events.csv" in html
    assert "United States first" in html
    assert "divided by: average activity" in html
    opened = client.get(f"{place}&cell={quote('matched|China')}").text
    assert 'rel="noreferrer">events.csv:2</a>' in opened
    assert "<code>events.csv:3</code>" in opened
    piece = client.get(f"{place}&cell={quote('matched|China')}", headers={"x-fragment": "1"}).text
    assert "<html" not in piece
    assert piece.count("<blockquote") == 2


def test_a_figure_of_provisions_opens_their_sentences(client: TestClient, texts: ToyWorkspace) -> None:
    html = client.get(f"/coordination?first=US&second=EU&cell={quote('total|')}").text
    assert re.search(r'href="/d/harbour-1#at-\d+-\d+"', html)
    assert "The United States will share the names of harbour pilots." in html


def test_an_open_figure_that_is_none_is_no_fault(client: TestClient, texts: ToyWorkspace) -> None:
    assert client.get("/coordination?first=US&second=EU&cell=nothing").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("first=US&second=Eurpean+Union", "The register of actors has no `Eurpean Union`"),
        ("first=US&second=United+States", "Both parties are"),
        ("first=US&second=EU&topic=lamps", "There is no topic `lamps`"),
        ("first=US&second=EU&target=Nowhereland", "Nowhereland"),
        ("first=US&second=EU&since=2024-01-01&until=2022-01-01", "2022-01-01 comes before 2024-01-01"),
        ("first=US&second=EU&events=gone", "not at hand any more"),
        ("first=US&second=EU&document=nothing", "nothing"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form(
    client: TestClient, texts: ToyWorkspace, query: str, words: str
) -> None:
    response = client.get(f"/coordination?{query}")
    assert response.status_code in {400, 404, 409}
    assert words in response.text
    assert 'role="alert"' in response.text
    assert 'id="q-first"' in response.text


@pytest.mark.parametrize("query", ["window=-1", "since=30-02-2026", "normalise=wish", "members=perhaps"])
def test_an_address_that_makes_no_sense_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/coordination?first=US&second=EU&{query}").status_code == 422


def test_a_table_with_other_columns_is_refused_with_those_that_it_lacks(
    client: TestClient, texts: ToyWorkspace
) -> None:
    html = client.get(sent(client, "when,who\n2026-02-10,US\n", "odd.csv")).text
    assert 'class="notice severity-error" role="alert"' in html
    assert "odd.csv" in html
    assert "party" in html


def test_a_table_that_is_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coordination, "MOST_BYTES", 20)
    files = {"file": ("big.csv", EVENTS.encode(), "text/csv")}
    assert client.post("/coordination", data={"first": "US"}, files=files).status_code == 413


def test_only_so_many_tables_are_held() -> None:
    tables = Tables()
    keys = [tables.keep("one.csv", bytes([number])) for number in range(MOST_TABLES + 1)]
    assert tables.of(keys[-1]) == ("one.csv", bytes([MOST_TABLES]))
    assert tables.name(keys[0]) == ""
    with pytest.raises(TableGoneError):
        tables.of(keys[0])


def test_folders_in_a_name_of_a_file_are_left_out(client: TestClient, texts: ToyWorkspace) -> None:
    html = client.get(sent(client, name="..\\..\\secret/rows.csv")).text
    assert "rows.csv" in html
    assert "secret" not in html


def test_other_sites_send_no_table(client: TestClient, app: FastAPI) -> None:
    response = client.post("/coordination", data={"first": "US"}, headers={"origin": "https://evil.example"})
    assert response.status_code == 403


def test_a_coordination_is_downloaded_as_the_command_line_gives_it(
    client: TestClient, texts: ToyWorkspace
) -> None:
    query = urlsplit(sent(client)).query
    row = json.loads(client.get(f"/coordination/export/json?{query}").text)
    assert row["targets"][0]["matched"][0]["lag"] == 30
    rows = list(
        csv.reader(io.StringIO(client.get(f"/coordination/export/csv?{query}").content.decode("utf-8-sig")))
    )
    assert rows[0] == ["part", "target", "figure", "value", "sentences"]
    html = client.get(f"/coordination/export/html?{query}&lang=zh").text
    assert "dragoman coordination US" in html
    assert "--events events.csv" in html
    assert client.get(f"/coordination/export/docx?{query}").content[:2] == b"PK"
    assert client.get(f"/coordination/export/md?{query}").text.startswith("# ")
    assert client.get("/coordination/export/json").status_code == 400


def test_pictures_have_addresses_of_their_own(client: TestClient, texts: ToyWorkspace) -> None:
    if not can_draw():
        pytest.skip("the optional package that draws is not installed")
    html = client.get("/coordination?first=US&second=EU").text
    (first, *_) = re.findall(r'<img src="(/coordination/picture/[^"]+)" alt="[^"]+" loading="lazy"', html)
    response = client.get(first.replace("&amp;", "&"))
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.text.startswith("<svg")
    assert client.get("/coordination/picture/99?first=US&second=EU").status_code == 404
    assert client.get("/coordination/picture/-1?first=US&second=EU").status_code == 404


def test_a_profile_counts_and_opens(client: TestClient, workspace: ToyWorkspace) -> None:
    add_series(workspace)
    assert "document by document" in client.get("/profile").text
    query = "document=council-1-oslo&document=council-3-kobe&by=technology"
    html = client.get(f"/profile?{query}").text
    assert re.findall(r'<th scope="col">([^<]+)</th>', html) == ["Document", "none", "semiconductors", "quantum"]
    link = re.search(r'href="(/profile\?[^"]+council-3-kobe%7Cquantum)#sentences"', html)
    assert link is not None
    opened = client.get(link[1].replace("&amp;", "&")).text
    assert "Boria will open its quantum laboratory" in opened[opened.index('id="sentences"') :]
    for figure in ("hard", "soft", "joint", "separate", "force", "precision"):
        assert client.get(f"/profile?{query}&figure={figure}").status_code == 200
    for by in ("instrument", "target", "hardness", "mode", "force", "precision"):
        assert client.get(f"/profile?document=accord&by={by}&lang=zh").status_code == 200


def test_a_profile_is_downloaded(client: TestClient) -> None:
    row = json.loads(client.get("/profile/export/json?document=accord&by=technology").text)
    assert row["by"] == "technology"
    assert client.get("/profile/export/docx?document=accord").content[:2] == b"PK"
    assert client.get("/profile/export/html").status_code == 404
    assert client.get("/profile?document=nothing").status_code == 404
    assert client.get("/profile?document=accord&by=colour").status_code == 422
    if can_draw():
        picture = client.get("/profile/picture/0?document=accord").text
        assert picture.startswith("<svg")
        assert "#0072b2" in picture  # told apart with any colour vision
        assert client.get("/profile/picture/1?document=accord").status_code == 404
    assert client.get("/profile/picture/0").status_code == 404
