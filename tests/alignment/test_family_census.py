"""Every reference value of alignment is looked at: matched by a test, or listed as a difference."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

import numpy as np

from tests.alignment import test_cost_rules, test_family, test_reference
from tests.alignment.reference import FOLDER

TESTS = Path(__file__).parents[1]
LISTED = (TESTS.parent / "docs" / "differences.md").read_text("utf-8")
SAMPLES = ("s60", "sw60", "s68", "s70")
DESCRIBED = ("seqstatd_entropy", "seqstatd_freq", "seqstatd_valid", "seqmeant", "seqstatf", "seqmodst",
             "seqtrate", "seqtrate_count", "seqtrate_tv", "seqtrate_lag6", "seqtrate_withmiss")  # fmt: skip
"""What tests/sequences compares of each sample."""


def stored(file: str) -> set[str]:
    with np.load(FOLDER / f"{file}.npz") as arrays:
        return set(arrays.files)


def written_out() -> set[str]:
    """Whatever stands in quotes in the tests of sequences and alignment."""
    files = [*(TESTS / "alignment").glob("test_*.py"), *(TESTS / "sequences").rglob("test_*.py")]
    return {name for file in files for name in re.findall(r'"([\w.]+)"', file.read_text("utf-8"))}


def put_together() -> set[str]:
    """Names that tests put together from parts."""
    domains = {f"dom_{d}_{m}" for d, m in product(("loc", "legal", "act"), ("OM_trate", "HAM"))}
    localized = {f"s68_OMloc_{norm}" for norm in ("YujianBo", "auto")}
    references = {f"s60_OM_const_{r}" for r in ("refseq1", "refseq_mostfreq", "refsets")}
    costs = {f"seqcost_{rule}_{sample}_{kind}"
             for rule, sample, kind in product(test_cost_rules.RULES, SAMPLES, ("sm", "indel"))}  # fmt: skip
    other = {f"seqcost_{case[0]}" for case in other_costs()}
    rates = {f"{sample}_trate_{kind}" for sample, kind in product(SAMPLES, ("sm", "indel"))}
    return domains | localized | references | costs | other | rates


def other_costs() -> list[tuple[str, object]]:
    (mark,) = test_cost_rules.test_other_costs_equal_the_reference.pytestmark  # type: ignore[attr-defined]
    return list(mark.args[1])


def listed(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in re.findall(r"`([\w.*]+)`", LISTED) if "_" in pattern)


def test_every_dissimilarity_is_matched_or_listed() -> None:
    looked_at = {*test_family.CASES, *test_reference.CASES} | written_out() | put_together()
    forgotten = {name for name in stored("dissimilarities") - looked_at if not listed(name)}
    assert not forgotten
    assert len(stored("dissimilarities")) > 200


def test_every_table_is_matched_or_listed() -> None:
    described = {f"{s}_{kind}" for s, kind in product(SAMPLES, DESCRIBED)}
    looked_at = written_out() | put_together() | described
    forgotten = {name for name in stored("tables") - looked_at if not listed(name)}
    assert not forgotten


def test_a_case_is_a_stored_value() -> None:
    assert {*test_family.CASES, *test_reference.CASES} <= stored("dissimilarities")
