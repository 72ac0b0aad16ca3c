"""Nobody comes in without the printed address, from another page, or under another name."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.gate import Gate, guard, seal

HOST = {"Host": "127.0.0.1:8050"}


@pytest.fixture
def gate() -> Gate:
    return Gate(8050)


@pytest.fixture
def client(gate: Gate) -> FlaskClient:
    server = Flask("behind the gate")
    server.add_url_rule("/", "page", lambda: "the page")
    server.add_url_rule("/_dash-layout", "layout", lambda: {"people": 240})
    guard(server, gate)
    seal(server, lambda: ["'sha256-abc'"])
    return server.test_client()


def come_in(client: FlaskClient, gate: Gate) -> None:
    answer = client.get(f"/?token={gate.token}", headers=HOST)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/assets/dashboard.css", "/no-such-path"])
def test_every_path_is_closed_without_the_cookie(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=HOST)
    assert answer.status_code == 403
    assert "the terminal printed" in answer.text


def test_the_token_opens_once_and_the_cookie_stays(client: FlaskClient, gate: Gate) -> None:
    come_in(client, gate)
    assert client.get("/", headers=HOST).text == "the page"
    client.delete_cookie(gate.cookie, domain="127.0.0.1")
    assert client.get(f"/?token={gate.token}", headers=HOST).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient, gate: Gate) -> None:
    cookie = client.get(f"/?token={gate.token}", headers=HOST).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert gate.token not in cookie


@pytest.mark.parametrize("cookie", ["", "guess", "é"])
def test_a_guessed_cookie_opens_nothing(client: FlaskClient, gate: Gate, cookie: str) -> None:
    client.set_cookie(gate.cookie, cookie, domain="127.0.0.1")
    assert client.get("/", headers=HOST).status_code == 403


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1:9000", "127.0.0.1", "127.0.0.1.example.org:8050"])
def test_another_name_is_misdirected(client: FlaskClient, gate: Gate, host: str) -> None:
    come_in(client, gate)
    assert client.get("/", headers={"Host": host}).status_code == 421


def test_another_origin_is_refused_even_with_the_cookie(client: FlaskClient, gate: Gate) -> None:
    come_in(client, gate)
    assert client.get("/", headers={**HOST, "Origin": "http://example.org"}).status_code == 403
    assert client.get("/", headers={**HOST, "Origin": "null"}).status_code == 403
    assert client.get("/", headers={**HOST, "Origin": "http://127.0.0.1:8050"}).status_code == 200


def test_each_answer_is_sealed(client: FlaskClient, gate: Gate) -> None:
    come_in(client, gate)
    for path in ("/", "/_dash-layout", "/no-such-path"):
        headers = client.get(path, headers=HOST).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "connect-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "http" not in policy
    assert "'sha256-abc'" in client.get("/", headers=HOST).headers["Content-Security-Policy"]
