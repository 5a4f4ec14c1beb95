"""The JSON twins against their own description: whatever schemathesis asks, no answer is a failure of the server."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from web_world import client, filled

CASES = 12


def test_no_question_breaks_the_server(tmp_path: Path) -> None:
    app = client(filled(tmp_path / "plans.db"), host="0.0.0.0").app
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=[not_a_server_error])

        ask()
        asked += 1
    assert asked >= 15


def test_every_page_s_twin_is_described(tmp_path: Path) -> None:
    paths = client(filled(tmp_path / "plans.db")).get("/openapi.json").json()["paths"]
    assert {"/index.json", "/plans/{plan}.json", "/tasks.json", "/conflicts/{conflict}.json"} <= paths.keys()
    assert all(operation["get"]["summary"] for operation in paths.values())
