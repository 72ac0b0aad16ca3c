"""Serving the dashboard to this machine, and to nobody else."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from dashboard.gate import ADDRESS, Gate, guard
from trajectories.errors import SettingError

if TYPE_CHECKING:
    from trajectories.coding.study import Study
    from trajectories.plan import Plan

Announce = Callable[[str], None]


def serve(study: Study, plan: Plan | None = None, *, port: int = 8050, open_browser: bool = True,
          announce: Announce | None = None) -> None:  # fmt: skip
    """Open a study in the browser and stay until Ctrl-C; nothing leaves the machine.

    ``plan`` is what the controls start from (None: the study's own). Where ``port`` is taken, the next free
    one is used (0: any). ``announce`` is told the address, line by line; None writes it to standard output.
    Raises SettingError when no port is free.
    """
    from waitress import create_server

    from dashboard.app import make_app

    announce = announce or _to_standard_output
    listening = listen(port)
    gate = Gate(listening.getsockname()[1])
    if port not in (0, gate.port):
        announce(f"Port {port} is taken; using {gate.port}.")
    app = make_app(study, plan)
    guard(app.server, gate)
    server = create_server(app.server, sockets=[listening], threads=8, ident=None)
    try:
        announce(f"The dashboard is at {gate.address}")
        announce("The address works once, on this machine only. Ctrl-C ends it.")
        if open_browser:
            _open(gate.address)
        server.run()
    except KeyboardInterrupt:
        return  # pressed on reading so, before the server was there to take it: the same clean end
    finally:
        server.close()


def listen(port: int, tries: int = 50) -> socket.socket:
    """A socket on this machine's own address, at the port or the first free one after it.

    Raises SettingError when the port is no port, or none of ``tries`` is free.
    """
    if not 0 <= port <= 65535:
        raise SettingError(f"There is no port {port}; choose one from 1024 to 65535, or 0 for any free one.")
    for candidate in range(port, min(port + tries, 65536)):
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((ADDRESS, candidate))
            found.listen(64)
        except OSError:
            found.close()
        else:
            return found
    last = min(port + tries, 65536) - 1
    raise SettingError(f"No port from {port} to {last} is free; choose another with --port, or 0 for any.")


def _open(address: str) -> None:
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _to_standard_output(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
