"""What holds for all tests."""

from __future__ import annotations

import os
import signal

from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy machine is no error in the code
settings.register_profile("few examples", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "any machine"))

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell lets what runs in the background ignore Ctrl-C, and so would whatever the tests start."""
