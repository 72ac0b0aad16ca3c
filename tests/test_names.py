"""The public names: each is there, loaded only when used, and known to type checkers too."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import trajectories as tj

PROMISED = [
    "read_study", "read_quotes", "check", "Grid", "build_sequences", "read_sequences",
    "state_distribution", "spells", "transition_rates", "dissimilarities", "OptimalMatching", "Hamming",
    "DynamicHamming", "LongestCommonSubsequence", "constant_costs", "transition_costs", "Costs",
    "partition", "hierarchy", "partition_quality", "cohorts", "groups_by", "compare_groups",
    "type_by_group", "Plan", "run", "write_report", "plot_timeline", "plot_distribution", "plot_index",
    "plot_types", "plot_cohorts", "plot_cohort_types", "plot_quality", "State", "Domain", "Codebook",
    "FuzzyDate", "Episode", "Event", "Person", "Biography", "Study", "Sequences", "Dissimilarities",
    "Typology", "Groups", "Figure", "Findings", "Cache", "TrajectoriesError",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted({*PROMISED, *tj.__all__}))
def test_every_name_is_there(name: str) -> None:
    found = getattr(tj, name)
    assert getattr(found, "__name__", name) == name
    assert name in tj.__all__
    assert name in dir(tj)


def test_type_checkers_know_the_same_names() -> None:
    text = Path(tj.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r" import (\w+) as \1$", text, re.MULTILINE)) == set(tj.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        _ = tj.frobnicate


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, trajectories; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"numpy", "pandas", "pydantic", "numba", "matplotlib", "plotly", "dash"}
    assert not heavy & set(done.stdout.split())
