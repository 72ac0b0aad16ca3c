"""Forty invented lives in two domains, some censored, some with unknown months, drawn with a fixed seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from trajectories.alignment.costs.cost_rules import constant_costs
from trajectories.alignment.explaining.explanation import explain
from trajectories.alignment.measures.basic import OptimalMatching
from trajectories.coding.codebook import Domain
from trajectories.coding.files.read_study import read_study
from trajectories.coding.study import Study
from trajectories.comparison.cross_table import TypesByGroup, type_by_group
from trajectories.comparison.groups import Groups
from trajectories.figures.alignment import plot_alignment
from trajectories.figures.cohort_types import plot_cohort_types
from trajectories.figures.cohorts import plot_cohorts
from trajectories.figures.distribution import plot_distribution
from trajectories.figures.figure import Figure
from trajectories.figures.index import plot_index
from trajectories.figures.quality import plot_quality
from trajectories.figures.timeline import plot_timeline
from trajectories.figures.types import plot_types
from trajectories.sequences.grid import Grid
from trajectories.sequences.sequences import MISSING, VOID, Sequences
from trajectories.typology.typology import Typology

STUDY = Path(__file__).parents[2] / "sample_data" / "study.yaml"
N, BEFORE, AFTER = 40, 6, 12


@pytest.fixture(scope="session")
def lives() -> Sequences:
    chance = np.random.default_rng(7)
    states = np.zeros((N, 2, BEFORE + AFTER), dtype=np.int16)
    for person in range(N):
        first, then, move = chance.integers(1, 4), chance.integers(1, 4), chance.integers(1, AFTER)
        states[person, 0, BEFORE:] = first
        states[person, 0, BEFORE + move :] = then
        states[person, 1] = np.repeat(chance.integers(0, 3, 6), 3)
    states[::5, 1, 2:4] = MISSING
    states[::4, :, -3:] = VOID
    ids = tuple(f"P{person:02d}" for person in range(N))
    places = {"origin": "Origin", "ge": "Georgia", "de": "Germany", "am": "Armenia"}
    rights = {"visa": "Visa", "permit": "Permit", "open": "Open"}
    domains = (
        Domain(name="location", label="Location", states=places),
        Domain(name="legal", label="Legal status", states=rights),
    )
    grid = Grid(since="departure", before=BEFORE, after=AFTER)
    return Sequences(states, ids, domains, grid.positions(0, 0), grid, np.ones(N))


@pytest.fixture(scope="session")
def types(lives: Sequences) -> Typology:
    codes = np.array([0] * 18 + [1] * 12 + [2] * 10)
    return Typology(
        lives.ids, codes, ("settled", "onward", "back & forth <again>"), ("P03", "P20", "P33"), "by hand",
        np.linspace(3, 0, N),
    )  # fmt: skip


@pytest.fixture(scope="session")
def groups(lives: Sequences) -> Groups:
    codes = np.array([0, 1] * 19 + [-1, -1])
    chance = np.eye(2)[np.maximum(codes, 0)]
    return Groups("wave", "Wave", lives.ids, codes, ("early", "late"), chance, ("P38",), ("P39",))


@pytest.fixture(scope="session")
def comparison(types: Typology, groups: Groups) -> TypesByGroup:
    return type_by_group(types, groups, permutations=99)


@pytest.fixture(scope="session")
def study() -> Study:
    return read_study(STUDY)


@pytest.fixture(scope="session")
def figures(lives: Sequences, types: Typology, groups: Groups, comparison: TypesByGroup,
            study: Study) -> dict[str, Figure]:  # fmt: skip
    """One of each of the catalogue."""
    import pandas as pd

    quality = pd.DataFrame({"k": [2, 3], "ASW": [0.3, 0.5], "HC": [0.3, 0.2], "R2": [0.1, 0.2]})
    aligned = explain(lives, OptimalMatching(constant_costs(lives)), "P05", "P12")
    return {
        "alignment": plot_alignment(lives, aligned),
        "distribution": plot_distribution(lives),
        "index": plot_index(lives, "legal", selected="P10"),
        "types": plot_types(lives, types, selected="P20"),
        "cohorts": plot_cohorts(lives, groups, "location"),
        "cohort_types": plot_cohort_types(comparison),
        "quality": plot_quality(quality),
        "timeline": plot_timeline(study, study.ids[0]),
    }
