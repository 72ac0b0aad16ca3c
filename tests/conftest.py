"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy machine is no error in the code
settings.register_profile("few examples", deadline=None, max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "any machine"))
