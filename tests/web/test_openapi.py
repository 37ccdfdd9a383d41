"""The API answers whatever its own description allows, and much that it does not, without a defect."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings

from dragoman.web import create_app
from tests.web.client import BASE
from tests.web.toy import ToyWorkspace

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

pytestmark = pytest.mark.long

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


TUPLES = {"/api/facets"}
"""Answers with tuples, which schemathesis 4.32 cannot hold against a description of OpenAPI 3.1."""
MANY, FEW = 6, 2
"""How often an endpoint is asked; downloads are answered by the functions of the pages, which have tests of their own."""
PATIENCE = 120
"""Seconds for one answer on a busy machine."""
HOST = {"host": BASE.removeprefix("http://")}


@pytest.mark.filterwarnings("ignore")
def test_every_endpoint_keeps_its_word(workspace: ToyWorkspace) -> None:
    app = create_app(workspace)
    app.state.checker.rule_packs()  # loading them takes longer than one answer may
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HOST)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 100
    for operation in operations:
        times = FEW if "downloads" in (operation.tags or ()) else MANY
        ask(operation, CHECKS if operation.path not in TUPLES else CHECKS[:-1], times)


def ask(operation: Any, checks: list[Any], times: int) -> None:  # noqa: ANN401 - types of schemathesis
    """Ask one endpoint what its description allows."""

    @seed(20261125)
    @settings(max_examples=times, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers(case: Any) -> None:  # noqa: ANN401
        case.call_and_validate(checks=checks, headers=HOST, timeout=PATIENCE)

    answers()
