"""Showing a page to the one who asked, from memory: once to their own browser, or inside their notebook."""

from __future__ import annotations

import sys
import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from secrets import token_urlsafe


def in_notebook() -> bool:
    """Whether this runs in a Jupyter kernel."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return running is not None and "IPKernelApp" in getattr(running, "config", {})


def show_in_notebook(page: str) -> None:
    """Put a piece of HTML under the running cell."""
    display = import_module("IPython.display")
    display.display(display.HTML(page))


def open_once(page: str) -> None:
    """Serve the page on this machine once, to the browser that is opened for it and knows its secret
    address.
    """
    body, address = page.encode(), "/" + token_urlsafe(24)
    served = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != address:
                self.send_error(404)
                return
            served.append(True)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        webbrowser.open(f"http://127.0.0.1:{server.server_port}{address}")
        while not served:
            server.handle_request()
