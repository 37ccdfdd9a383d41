from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.access import (
    Verdict,
    load_limits,
    locked_until,
    new_secret,
    password_problem,
    recommended_passwords,
    token_parts,
    token_text,
    verdict_on,
)
from dragoman.model.procedure import Role

LIMITS = load_limits()
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def minutes(*numbers: int) -> list[datetime]:
    return [NOON + timedelta(minutes=number) for number in numbers]


@pytest.mark.parametrize(
    ("failures", "at", "until"),
    [
        (minutes(0, 1, 2, 3), 4, None),
        (minutes(0, 1, 2, 3, 4), 4, 19),
        (minutes(0, 1, 2, 3, 4), 19, None),
        (minutes(0, 5, 10, 15, 16), 16, None),
        (minutes(0, 5, 10, 15, 16, 17), 17, 32),
    ],
)
def test_five_failures_in_a_quarter_of_an_hour_lock_for_one(
    failures: list[datetime], at: int, until: int | None
) -> None:
    expected = None if until is None else NOON + timedelta(minutes=until)
    assert locked_until(failures, LIMITS, NOON + timedelta(minutes=at)) == expected


def test_a_password_fits_its_own_hash_and_no_other() -> None:
    passwords = recommended_passwords()
    kept = passwords.hash("the tide comes twice")
    assert kept.startswith("$argon2id$")
    assert passwords.fits("the tide comes twice", kept)
    assert not passwords.fits("the tide comes once", kept)
    assert not passwords.fits("the tide comes twice", None)
    assert not passwords.fits("the tide comes twice", "no hash at all")


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("short", "short"),
        ("x" * 300, "long"),
        ("Dora likes the sea", "name"),
        ("abababababab", "same"),
        ("the tide comes twice", ""),
        ("潮水每天涨落两次，从不失约", ""),
    ],
)
def test_what_is_wrong_with_a_password(password: str, problem: str) -> None:
    assert password_problem(password, "dora", LIMITS) == problem


@given(st.text(max_size=60))
def test_only_what_looks_like_a_token_has_parts(text: str) -> None:
    parts = token_parts(text)
    assert parts is None or token_text(*parts) == text


def test_a_token_is_read_back() -> None:
    secret = new_secret()
    assert token_parts(token_text("ab12", secret)) == ("ab12", secret)


@pytest.mark.parametrize(
    ("path", "method", "role", "verdict"),
    [
        ("/login", "GET", None, Verdict.OPEN),
        ("/static/page.css", "HEAD", None, Verdict.OPEN),
        ("/docket/public", "GET", None, Verdict.OPEN),
        ("/docket", "GET", None, Verdict.SIGN_IN),
        ("/", "GET", None, Verdict.SIGN_IN),
        ("/no/such/page", "GET", None, Verdict.SIGN_IN),
        ("/docket", "GET", Role.APPLICANT, Verdict.OPEN),
        ("/register", "GET", Role.APPLICANT, Verdict.REFUSED),
        ("/accounts", "GET", Role.DECIDER, Verdict.REFUSED),
        ("/accounts", "GET", Role.ADMIN, Verdict.OPEN),
        ("/register", "GET", Role.ADMIN, Verdict.REFUSED),
        ("/docket/AX-1/move", "POST", Role.AUDITOR, Verdict.REFUSED),
        ("/api/documents", "POST", Role.READER, Verdict.REFUSED),
        ("/api/documents", "POST", Role.EDITOR, Verdict.OPEN),
        ("/account", "GET", Role.APPLICANT, Verdict.OPEN),
        ("/login", "DELETE", Role.EDITOR, Verdict.OPEN),
        ("/register", "TRACE", Role.EDITOR, Verdict.REFUSED),
    ],
)
def test_the_policy_says_who_may_open_what(path: str, method: str, role: Role | None, verdict: Verdict) -> None:
    assert verdict_on(path, method, None if role is None else frozenset({role})) is verdict
