"""Signing in, and who may open what: every address by every role, sessions, tokens, locks, forged requests."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI

from dragoman.model.procedure import Role
from dragoman.web import Settings, create_app
from tests.web.client import BASE, TestClient
from tests.web.test_docket import COMPLETE, HOSTILE
from tests.web.test_docs import routes_of
from tests.web.test_screening import whole
from tests.web.toy import ToyWorkspace

pytestmark = pytest.mark.long

PASSWORD = "the tide comes twice a day"  # noqa: S105 - of the tests
NUMBER = "AX-2026-00001"
SITE = {"origin": BASE}
PARTS = {
    "slug": "accord", "number": NUMBER, "what": "comment", "form": "jsonl", "identifier": "x", "name": "x",
    "digest": "0" * 64, "pack": "x", "rule": "x", "kind": "package", "template": "package",
}  # fmt: skip


@pytest.fixture(scope="module")
def peopled(folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an account for each role: hashing passwords takes its time, so it is done once."""
    folder = tmp_path_factory.mktemp("peopled") / "w"
    shutil.copytree(folders[1], folder)
    with ToyWorkspace.at(folder) as workspace:
        for role in Role:
            seat = "state" if role is Role.AGENCY else ""
            organisation = "Cobalt Ridge" if role is Role.APPLICANT else ""
            workspace.accounts.add(role.value, PASSWORD, [role], seat=seat, organisation=organisation)
    return folder


@pytest.fixture
def app(peopled: Path, tmp_path: Path) -> Iterator[FastAPI]:
    shutil.copytree(peopled, tmp_path / "w")
    with ToyWorkspace.at(tmp_path / "w") as workspace:
        yield create_app(workspace, Settings(accounts=True))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> Any:  # noqa: ANN401 - the type is a fork's of httpx
    return client.post("/login", data={"name": name, "password": password, "next": "/docket"}, headers=SITE)


def signed_in(client: TestClient, name: str) -> TestClient:
    assert sign_in(client, name).status_code == 303
    return client


def session_after(client: TestClient, held: str) -> str:
    """The session that signing in gives to a browser that holds another one."""
    data = {"name": "desk", "password": PASSWORD}
    answer = client.post("/login", data=data, headers={**SITE, "cookie": f"dragoman_session={held}"})
    client.cookies.clear()
    found = re.search(r"dragoman_session=([\w-]+)", answer.headers["set-cookie"])
    assert found is not None
    return found[1]


def token_of(app: FastAPI, name: str, *scopes: str) -> dict[str, str]:
    from dragoman.model.access import Scope  # noqa: PLC0415

    _, text = app.state.workspace.accounts.add_token(name, "test", [Scope(one) for one in scopes])
    return {"authorization": f"Bearer {text}"}


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every address of the application with each of its methods, placeholders filled in."""
    for route in routes_of(app.routes):
        path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: PARTS.get(found[1], "x"), route.path)
        for method in sorted(set(route.methods or ()) - {"HEAD"}):
            yield method, path


OPEN = {
    ("GET", "/login"), ("POST", "/login"), ("GET", "/health"), ("GET", "/health/live"),
    ("GET", "/health/ready"), ("GET", "/docket/public"),
    ("GET", "/docket/public.rss"), ("GET", "/api/docket/public"), ("GET", "/api/docket/public.rss"),
}  # fmt: skip
DOCKET = {Role.APPLICANT, Role.DESK, Role.AGENCY, Role.DECIDER, Role.AUDITOR}
READS = {Role.READER, Role.EDITOR, Role.DESK, Role.AGENCY, Role.DECIDER, Role.AUDITOR, Role.ARBITER}
CODES = {Role.CODER, Role.ARBITER, Role.EDITOR, Role.DESK}


EVERYBODY = set(Role)
RIGHTS: tuple[tuple[str, set[Role], set[Role]], ...] = (
    ("/check /rules /docket/procedures /logout", EVERYBODY, EVERYBODY),
    ("/api/check /api/kinds /api/packs /api/rules /api/docket/procedures", EVERYBODY, EVERYBODY),
    ("/api/account /api/openapi.json", EVERYBODY, EVERYBODY),
    ("/accounts", {Role.ADMIN}, {Role.ADMIN}),
    ("/metrics", {Role.ADMIN, Role.AUDITOR}, set()),
    ("/account", EVERYBODY, EVERYBODY),
    ("/coding /api/coding", CODES, CODES),
    ("/docket /api/docket", DOCKET, DOCKET - {Role.AUDITOR}),
    ("/api/audit", {Role.AUDITOR}, set()),
    ("/coordination /tracing /api/coordination /api/tracing /terms/lint /api/terms/lint", READS, READS),
    ("/jobs /api/jobs", {Role.DESK, Role.AUDITOR}, {Role.DESK}),
    ("/", READS, {Role.EDITOR, Role.DESK}),
)
"""What addresses begin with, who may read there, and who may change something; the first that fits counts."""


def expected(method: str, path: str) -> set[Role]:
    """Which roles may use an address; written apart from the policy."""
    if (method, path) in OPEN or path == "/api":
        return EVERYBODY
    found = next((reads, acts) for begin, reads, acts in RIGHTS if path.startswith(tuple(begin.split())))
    return found[0] if method == "GET" else found[1]


async def statuses(app: FastAPI, asked: list[tuple[str, str]], headers: dict[str, str]) -> list[int]:
    """What the application answers, asked in one loop: thousands of changes of threads take their time."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={**headers, **SITE}) as client:
        return [(await client.request(method, path)).status_code for method, path in asked]


def test_every_address_by_every_role(app: FastAPI) -> None:
    wrong = []
    tried = list(addresses(app))
    assert len(tried) > 60
    for role in [None, *Role]:
        headers = token_of(app, role.value, "read", "write") if role else {}
        asked = [one for one in tried if role is None or one[1] not in {"/account/x", "/logout"}]
        with start_blocking_portal() as portal:  # Playwright may hold this thread's loop
            found = portal.call(statuses, app, asked, headers)
        for (method, path), status in zip(asked, found, strict=True):
            turned = status in {401, 403}
            allowed = (method, path) in OPEN if role is None else role in expected(method, path)
            if allowed == turned and not (allowed and status == 401 and path == "/login"):
                wrong.append((str(role), method, path, status))
    assert wrong == []


def test_who_is_not_signed_in_is_led_to_the_form_and_back(client: TestClient) -> None:
    led = client.get("/docket?target=KE", headers={"accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/login?next=%2Fdocket%3Ftarget%3DKE")
    page = client.get(led.headers["location"])
    whole(page.text)
    assert 'value="/docket?target=KE"' in page.text
    assert client.get("/api/docket").headers["www-authenticate"] == "Bearer"
    assert sign_in(client, "desk").headers["location"] == "/docket"
    assert client.get("/docket").status_code == 200


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_signing_in_never_leads_to_another_site(client: TestClient, onward: str) -> None:
    data = {"name": "desk", "password": PASSWORD, "next": onward}
    assert client.post("/login", data=data, headers=SITE).headers["location"] == "/"


def test_the_cookie_is_for_the_browser_alone(client: TestClient) -> None:
    cookie = sign_in(client, "desk").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    with TestClient(client.app, base_url=BASE.replace("http:", "https:"), follow_redirects=False) as safe:
        headers = {"origin": BASE.replace("http:", "https:")}
        answer = safe.post("/login", data={"name": "desk", "password": PASSWORD}, headers=headers)
        assert "Secure" in answer.headers["set-cookie"]


def test_a_session_is_new_with_every_sign_in_and_the_old_one_ends(client: TestClient) -> None:
    first = session_after(client, "chosen-by-an-intruder")
    second = session_after(client, first)
    assert len({"chosen-by-an-intruder", first, second}) == 3
    statuses = [
        client.get("/docket", headers={"cookie": f"dragoman_session={one}"}).status_code
        for one in ("chosen-by-an-intruder", first, second)
    ]
    assert statuses == [401, 401, 200]


def test_signing_out_and_another_password_end_sessions(app: FastAPI, client: TestClient) -> None:
    signed_in(client, "desk")
    held = client.cookies["dragoman_session"]
    client.post("/logout", headers=SITE)
    client.cookies.clear()
    assert client.get("/docket", headers={"cookie": f"dragoman_session={held}"}).status_code == 401
    signed_in(client, "desk")
    app.state.workspace.accounts.set_password("desk", "another sentence, longer")
    assert client.get("/docket").status_code == 401


def test_a_session_runs_out_unused_and_after_half_a_day(app: FastAPI) -> None:
    workspace = app.state.workspace
    accounts = workspace.accounts
    secret = accounts.sign_in("desk", PASSWORD)
    now = accounts._clock()  # noqa: SLF001
    accounts._clock = lambda: now + timedelta(minutes=59)  # noqa: SLF001 - the time is set on
    assert accounts.entry_of_session(secret) is not None
    accounts._clock = lambda: now + timedelta(minutes=121)  # noqa: SLF001
    assert accounts.entry_of_session(secret) is None


def test_five_wrong_passwords_lock_an_account_and_do_not_say_so(app: FastAPI, client: TestClient) -> None:
    said = {
        sign_in(client, name, "wrong wrong wrong").text.count("do not fit") for name in ["desk"] * 5 + ["nobody"]
    }
    assert said == {1}
    assert sign_in(client, "desk").status_code == 401
    accounts = {one.name: one for one in app.state.workspace.accounts.accounts()}
    assert accounts["desk"].locked_until is not None
    acts = [line.act for line in app.state.workspace.audit.lines("desk")]
    assert acts.count("login.failed") == 4
    assert acts[-1] == "account.locked"
    app.state.workspace.accounts.unlock("desk")
    assert sign_in(client, "desk").status_code == 303


def test_one_address_may_not_try_for_ever(client: TestClient) -> None:
    codes = {sign_in(client, f"nobody{number}", "wrong wrong wrong").status_code for number in range(31)}
    assert codes == {401, 429}


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {}])
def test_another_sites_form_changes_nothing(client: TestClient, headers: dict[str, str]) -> None:
    signed_in(client, "desk")
    files = {"case": ("case.yaml", COMPLETE, "text/yaml")}
    data = {"procedure": "ai-exports-program"}
    assert client.post("/docket", files=files, data=data, headers=headers).status_code == 403
    assert client.get("/api/docket").json() == []
    assert client.post("/docket", files=files, data=data, headers=SITE).status_code == 303


def test_forged_and_stale_tokens_count_for_nothing(app: FastAPI, client: TestClient) -> None:
    good = token_of(app, "desk", "read")["authorization"]
    prefix, identifier, secret = good.removeprefix("Bearer ").split(".")
    assert client.get("/api/docket", headers={"authorization": good}).status_code == 200
    forged = [
        f"{prefix}.{identifier}.{secret[::-1]}", f"{prefix}.00000000.{secret}", secret, f"{prefix}.{identifier}.",
        f"{prefix}.' or 1=1 --.x", "dgm..", "x" * 5000,
    ]  # fmt: skip
    for text in forged:
        assert client.get("/api/docket", headers={"authorization": f"Bearer {text}"}).status_code == 401
    app.state.workspace.accounts.revoke_token(identifier)
    assert client.get("/api/docket", headers={"authorization": good}).status_code == 401
    late = token_of(app, "desk", "read")
    app.state.workspace.accounts.change("desk", active=False)
    assert client.get("/api/docket", headers=late).status_code == 401


def test_who_guesses_tokens_has_to_wait(client: TestClient) -> None:
    guess = {"authorization": "Bearer dgm.00000000.x"}
    answers = [client.get("/api/docket", headers=guess) for _ in range(31)]
    assert {one.status_code for one in answers[:30]} == {401}
    assert (answers[30].status_code, answers[30].json()["code"]) == (429, "too-many-attempts")
    assert int(answers[30].headers["retry-after"]) > 0


def test_a_token_to_read_does_not_write(app: FastAPI, client: TestClient) -> None:
    files = {"case": ("case.yaml", COMPLETE, "text/yaml")}
    data = {"procedure": "ai-exports-program"}
    reads, writes = token_of(app, "desk", "read"), token_of(app, "desk", "read", "write")
    assert client.post("/docket", files=files, data=data, headers=reads).status_code == 403
    assert client.post("/docket", files=files, data=data, headers=writes).status_code == 303


def test_an_applicant_sees_nothing_of_anothers_case(app: FastAPI, client: TestClient) -> None:
    files = [
        ("case", ("case.yaml", COMPLETE, "text/yaml")),
        ("documents", ("plan.txt", b"secret plan", "text/plain")),
    ]
    signed_in(client, "applicant")
    page = client.post("/docket", files=files, data={"procedure": "ai-exports-program"}, headers=SITE).headers[
        "location"
    ]
    digest = client.get(f"/api/docket/{NUMBER}").json()["documents"][0]["sha256"]
    app.state.workspace.accounts.add("zoe", PASSWORD, [Role.APPLICANT], organisation="Elsewhere")
    signed_in(client, "zoe")
    for path in (page, f"{page}/memo.html", f"{page}/documents/{digest}", f"/api/docket/{NUMBER}"):
        assert client.get(path).status_code == 404
    assert client.post(f"{page}/comment", data={"text": "x"}, headers=SITE).status_code == 404
    assert client.get("/docket/export.jsonl").text == ""
    assert client.get("/api/docket").json() == []
    signed_in(client, "agency")
    assert client.get(page).status_code == 404


def test_accounts_are_kept_in_the_browser_by_who_may(app: FastAPI, client: TestClient) -> None:
    signed_in(client, "admin")
    whole(client.get("/accounts").text)
    given = {"name": "mara", "password": PASSWORD, "role": ["desk", "editor"], "organisation": HOSTILE}
    assert client.post("/accounts/add", data=given, headers=SITE).status_code == 303
    assert HOSTILE not in client.get("/accounts").text
    for bad in (
        {"name": "Mara!"},
        {"name": "mara"},
        {"name": "m2", "password": "short"},
        {"name": "m3", "role": []},
    ):
        refused = client.post("/accounts/add", data={**given, **bad}, headers=SITE)
        assert refused.status_code in {400, 409, 422}
        assert 'role="alert"' in refused.text
    assert client.post("/accounts/close", data={"name": "mara"}, headers=SITE).status_code == 303
    assert sign_in(client, "mara").status_code == 401
    acts = [(line.act, line.account) for line in app.state.workspace.audit.lines("mara")]
    assert ("account.added", "admin") in acts


def test_ones_own_password_and_tokens(client: TestClient) -> None:
    signed_in(client, "reader")
    made = client.post("/account/token", data={"for": "reports"}, headers=SITE)
    token = re.search(r"dgm\.\w+\.[\w-]+", made.text)
    assert token is not None
    assert token[0] not in client.get("/account").text
    whole(client.get("/account").text)
    wrong = client.post("/account/password", data={"old": "no", "new": "yet another sentence"}, headers=SITE)
    assert wrong.status_code == 401
    right = client.post("/account/password", data={"old": PASSWORD, "new": "yet another sentence"}, headers=SITE)
    assert right.status_code == 303
    assert sign_in(client, "reader", "yet another sentence").status_code == 303


def test_without_accounts_nobody_is_asked(workspace: ToyWorkspace) -> None:
    with TestClient(create_app(workspace), base_url=BASE) as client:
        assert client.get("/docket").status_code == 200
        assert client.get("/account").status_code == 401
