"""Localized matching and time-warp edit in vector instructions against the same cell by cell."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.alignment.reference import made
from trajectories.alignment.computing.blocks import Run
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.sequences.sequences import VOID, Sequences

Numbers = NDArray[np.float64]
STEPS = {"whole": 0.125, "rounded": 0.0}
"""Costs that are multiples of an eighth are exact in whole numbers; others are rounded, or floats."""


def drawn(longest: int, step: float) -> tuple[Sequences, Numbers]:
    rng = np.random.default_rng(longest)
    lengths = rng.integers(1, longest, size=70, endpoint=True)
    lengths[0] = longest
    states = rng.integers(0, 4, size=(70, 1, longest))
    states[:, 0][np.arange(longest) >= lengths[:, None]] = VOID
    table = np.triu(rng.uniform(0.25, 2, size=(4, 4)), 1)
    table = table + table.T
    return made(states, [4]), np.round(table / step) * step if step else table


def localized(a: list[int], b: list[int], table: Numbers, time: float, context: float) -> float:
    def beside(state: int, one: int, other: int) -> float:
        return time + context * (table[state, one] + table[state, other]) / 2

    cost = np.zeros((len(a) + 1, len(b) + 1))
    for j in range(1, len(b) + 1):
        cost[0, j] = cost[0, j - 1] + beside(b[j - 1], a[0], a[0])
    for i in range(1, len(a) + 1):
        cost[i, 0] = cost[i - 1, 0] + beside(a[i - 1], b[0], b[0])
        for j in range(1, len(b) + 1):
            cost[i, j] = min(
                cost[i - 1, j - 1] + table[a[i - 1], b[j - 1]],
                cost[i - 1, j] + beside(a[i - 1], b[max(j - 2, 0)], b[j - 1]),
                cost[i, j - 1] + beside(b[j - 1], a[max(i - 2, 0)], a[i - 1]),
            )
    return float(cost[-1, -1])


def warped(a: list[int], b: list[int], table: Numbers, stiffness: float, step: float) -> float:
    a, b = [0, *a], [0, *b]
    cost = np.full((len(a), len(b)), np.inf)
    cost[0, 0] = 0
    for i in range(1, len(a)):
        for j in range(1, len(b)):
            both = table[a[i], b[j]] + table[a[i - 1], b[j - 1]] + 2 * stiffness * abs(i - j)
            cost[i, j] = min(
                cost[i - 1, j - 1] + both,
                cost[i - 1, j] + step + table[a[i], a[i - 1]],
                cost[i, j - 1] + step + table[b[j], b[j - 1]],
            )
    return float(cost[-1, -1])


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("longest", [1, 3, 4, 5, 13])
def test_edits_are_those_of_the_textbook(longest: int, step: str) -> None:
    sample, table = drawn(longest, STEPS[step])
    costs = stated_costs(sample, {"d0": table})
    lives = [[int(state) for state in life[0] if state != VOID] for life in sample.states]
    pairs = [(i, j) for i in range(70) for j in range(i + 1, 70)]
    rng = np.random.default_rng(1)
    chosen = rng.choice(len(pairs), size=200, replace=False)
    time = 0.25 * float(table.max())
    for measure, plain in (
        (LocalizedMatching(costs, 0.25), lambda a, b: localized(a, b, table, time, 0.5)),
        (TimeWarpEdit(costs, 0.5, 0.25), lambda a, b: warped(a, b, table, 0.5, 0.75)),
    ):
        single, double = measure.compare(sample, Run("single", 1)), measure.compare(sample, Run("double", 1))
        assert single.numbers.startswith("32-bit whole numbers")
        assert double.numbers.startswith("32-bit" if step == "whole" else "double")
        place = {pair: number for number, pair in enumerate(_kept(single.lives.n))}
        for i, j in (pairs[k] for k in chosen):
            one, other = sorted((single.lives.which[i], single.lives.which[j]))
            if one != other:
                at, expected = place[int(one), int(other)], plain(lives[i], lives[j])
                assert double.found[at] == pytest.approx(expected, rel=1e-12)
                assert single.found[at] == pytest.approx(expected, rel=1e-5)


def _kept(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i + 1, n)]
