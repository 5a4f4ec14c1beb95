"""The JSON twins and the forms against their own description: whatever schemathesis asks, the server does not fail."""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from web_world import client, filled

CASES = 12
TOKEN = "t" * 43


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_question_breaks_the_server(tmp_path: Path, method: str) -> None:
    app = client(filled(tmp_path / "plans.db"), host="0.0.0.0").app
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.method.upper() != method:
            continue

        @given(case=operation.as_strategy())
        @settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
        def ask(case: schemathesis.Case) -> None:
            signed = {"x-csrf-token": TOKEN, "cookie": f"khparse_csrf={TOKEN}"} if method == "POST" else {}
            case.call_and_validate(checks=[not_a_server_error], headers=signed)

        ask()
        asked += 1
    assert asked >= 15 if method == "GET" else asked >= 12


def test_every_page_s_twin_is_described(tmp_path: Path) -> None:
    paths = client(filled(tmp_path / "plans.db")).get("/openapi.json").json()["paths"]
    assert {"/index.json", "/plans/{plan}.json", "/tasks.json", "/conflicts/{conflict}.json"} <= paths.keys()
    assert all(way["summary"] for ways in paths.values() for way in ways.values())


def test_every_form_is_described_with_its_fields(tmp_path: Path) -> None:
    paths = client(filled(tmp_path / "plans.db")).get("/openapi.json").json()["paths"]
    sent = paths["/upload/send"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert sent["properties"].keys() == {"files", "any", "csrf"}
    assert "/offices/{office}/merge" in paths
    assert all("post" in ways for path, ways in paths.items() if not path.endswith(".json"))
