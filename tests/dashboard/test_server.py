"""Served to this machine only, on a free port, until Ctrl-C."""

from __future__ import annotations

import re
import socket

import pytest

from dashboard import serve
from dashboard.server import listen
from trajectories.coding.study import Study
from trajectories.errors import SettingError


def test_ctrl_c_is_taken_as_soon_as_it_is_offered(study: Study) -> None:
    """Whoever presses it on reading the line, before the server runs, sees the same clean end."""
    said = []

    def press_on_reading(line: str) -> None:
        said.append(line)
        if "Ctrl-C" in line:
            raise KeyboardInterrupt

    serve(study, port=0, open_browser=False, announce=press_on_reading)
    address = next(found for line in said if (found := re.search(r"//(127\.0\.0\.1):(\d+)/", line)))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address[1], int(address[2])), timeout=5)


def test_the_next_free_port_is_taken() -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with listen(port) as next_free:
            assert next_free.getsockname()[1] > port
            assert next_free.getsockname()[0] == "127.0.0.1"


def test_no_free_port_is_said() -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingError, match=rf"No port from {port} to {port} is free; choose another"):
            listen(port, tries=1)
    with pytest.raises(SettingError, match="There is no port 70000"):
        listen(70000)


def test_it_listens_to_this_machine_only() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
        assert listening.family is socket.AF_INET
