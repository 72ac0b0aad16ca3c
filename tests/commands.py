"""Commands as they are typed, run in the process of the tests: one of its own takes a second just to begin.

That a process of its own says the same and ends the same is tested for each command in ``test_cli.py``.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from trajectories.cli.main import main

ROOT = Path(__file__).parents[1]


def in_process(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The command with its output into pipes: what it printed on either, and its exit code."""
    written = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    asked, here = ["trajectories", *map(str, arguments)], Path.cwd()
    typed, sys.argv = sys.argv, asked
    os.chdir(ROOT)
    try:
        with redirect_stdout(written[0]), redirect_stderr(written[1]):
            code = _ended()
    finally:
        sys.argv = typed
        os.chdir(here)
    out, err = (one.buffer.getvalue().decode("utf-8") for one in written)  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(asked, code, out, err)


def _ended() -> int:
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0
