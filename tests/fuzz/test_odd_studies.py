"""The hunt among odd studies, short: the same ones each time."""

from __future__ import annotations

import random
from pathlib import Path

from tests.fuzz.odd_studies import hunt, odd_plan, odd_study


def test_odd_studies_end_with_findings_or_a_refusal(tmp_path: Path) -> None:
    assert list(hunt(range(10), 2026, tmp_path)) == []


def test_a_number_always_stands_for_the_same_study() -> None:
    one, other = random.Random("1:7"), random.Random("1:7")
    assert odd_study(one) == odd_study(other)
    assert odd_plan(one) == odd_plan(other)
