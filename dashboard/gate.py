"""Who may come in: this machine only, once by the printed address, then by a cookie. What a page may load."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hmac import compare_digest

from flask import Flask, Response, request

ADDRESS = "127.0.0.1"

_CLOSED = (
    "This dashboard opens with the address that the terminal printed, and that address works once. "
    "Use the window in which it was opened, or stop the dashboard (Ctrl-C) and start it again."
)


@dataclass
class Gate:
    """One door for one server: a token that is good once, and the cookie that is given for it."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    used: bool = False

    @property
    def cookie(self) -> str:
        """Cookies do not keep ports apart, so the name holds the port: two dashboards may be open at once."""
        return f"trajectories_{self.port}"

    @property
    def address(self) -> str:
        return f"http://{ADDRESS}:{self.port}/?token={self.token}"

    def check(self) -> Response | None:
        """Answer who may not pass: 421 another host, 403 another origin or a stranger, 303 a good token."""
        hosts = {f"{name}:{self.port}" for name in (ADDRESS, "localhost")}
        if request.host not in hosts:
            return _refuse(421, f"This dashboard answers at {ADDRESS} only.")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return _refuse(403, "Another page asked for this; only the dashboard's own page may.")
        known = compare_digest(request.cookies.get(self.cookie, "").encode(), self.secret.encode())
        if "token" in request.args and request.method == "GET":
            return self._exchange(request.args["token"], known)
        return None if known else _refuse(403, _CLOSED)

    def _exchange(self, token: str, known: bool) -> Response:
        """Give the cookie for the token, once; whoever has the cookie already is sent on."""
        fits = compare_digest(token.encode(), self.token.encode()) and not self.used
        if not (fits or known):
            return _refuse(403, _CLOSED)
        answer = Response(status=303, headers={"Location": "/"})
        if fits:
            self.used = True
            answer.set_cookie(self.cookie, self.secret, httponly=True, samesite="Strict", path="/")
        return answer


def guard(server: Flask, gate: Gate) -> None:
    """Put the gate before every path of the server."""
    server.before_request(gate.check)


def seal(server: Flask, script_hashes: Callable[[], list[str]]) -> None:
    """Give every answer the headers that keep it on this machine and out of caches.

    ``script_hashes`` is asked at response time, when Dash knows its own inline scripts.
    """

    def headers(answer: Response) -> Response:
        scripts = " ".join(["'self'", *(script_hashes() if answer.mimetype == "text/html" else ())])
        answer.headers.update({
            "Content-Security-Policy": _POLICY.format(scripts=scripts),
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        })  # fmt: skip
        return answer

    server.after_request(headers)


_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def _refuse(status: int, message: str) -> Response:
    return Response(message + "\n", status, mimetype="text/plain")
