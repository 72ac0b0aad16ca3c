"""The way of least cost is that of the textbook's recursion, of equals one that matches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alignment.test_laws import few
from trajectories.alignment.explaining.way import Numbers, Place, cheapest
from trajectories.alignment.kernels import ways


def by_the_book(match: Numbers, deletion: Numbers, insertion: Numbers) -> list[Place]:
    """The recursion cell by cell, prices at every place, and back."""
    m, n = match.shape
    cost, came = np.full((m + 1, n + 1), np.inf), {}
    cost[0, 0] = 0
    for i in range(m + 1):
        for j in range(n + 1):
            ways: list[tuple[float, Place]] = []
            if i and j:
                ways.append((cost[i - 1, j - 1] + match[i - 1, j - 1], (i - 1, j - 1)))
            if i:
                ways.append((cost[i - 1, j] + deletion[i - 1, j], (i - 1, None)))
            if j:
                ways.append((cost[i, j - 1] + insertion[i, j - 1], (None, j - 1)))
            if ways:
                cost[i, j], came[i, j] = min(ways, key=lambda way: way[0])
    path, i, j = [], m, n
    while i or j:
        path.append(came[i, j])
        i, j = i - (path[-1][0] is not None), j - (path[-1][1] is not None)
    return path[::-1]


@few
@given(st.integers(1, 7), st.integers(1, 7), st.booleans(), st.booleans(), st.integers(0, 2**32 - 1))
def test_it_is_that_of_the_recursion(m: int, n: int, flat: bool, endless: bool, seed: int) -> None:
    rng = np.random.default_rng(seed)
    match = rng.integers(0, 4, (m, n)).astype(float)
    deletion = rng.integers(1, 4, (m, 1 if flat else n + 1)).astype(float)
    insertion = rng.integers(1, 4, (1 if flat else m + 1, n)).astype(float)
    if endless and not flat:
        deletion[:, 0] = insertion[0] = np.inf
    broad = np.broadcast_to(deletion, (m, n + 1)), np.broadcast_to(insertion, (m + 1, n))
    assert cheapest(match, deletion, insertion) == by_the_book(match, *broad)
    assert cheapest(match, *broad) == by_the_book(match, *broad)


def test_long_lives_are_walked_in_machine_code_to_the_same_end(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    match, alone = rng.random((40, 50)), rng.random((40, 51))
    match[5:9], alone[:, 3] = np.inf, np.inf
    plain = cheapest(match, alone, np.ones((1, 50)))
    monkeypatch.setattr(ways, "FEW", 0)
    assert cheapest(match, alone, np.ones((1, 50))) == plain
    assert ways.filler(1) is not ways.ways_to


LIFE = st.lists(st.integers(0, 2), min_size=1, max_size=9)


@few
@given(LIFE, LIFE)
def test_kinds_of_positions_stand_for_the_positions(a: list[int], b: list[int]) -> None:
    kinds, alone = np.array([[0.0, 1, 2.5], [1, 0, 1.5], [2.5, 1.5, 0]]), np.array([[1.0]])
    one, other = np.array(a), np.array(b)
    told = cheapest(kinds, alone, alone, (one, other))
    assert told == cheapest(kinds[np.ix_(one, other)], alone, alone)
