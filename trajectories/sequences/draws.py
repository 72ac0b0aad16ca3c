"""Imprecise dates drawn many times, in order: lives as they may have been, known to the day."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from trajectories.coding.checking.contradictions import all_moments
from trajectories.coding.dating.draws import DateDraw
from trajectories.coding.study import Study
from trajectories.errors import SettingError
from trajectories.sequences.build import Positions, build_sequences
from trajectories.sequences.cells import Integers
from trajectories.sequences.grid import Grid
from trajectories.sequences.ordered_days import ordered_days

if TYPE_CHECKING:
    import pandas as pd


def draw_dates(study: Study, draws: int = 20, seed: int = 1) -> tuple[DateDraw, ...]:
    """Possible datings of everybody's life: each gives every imprecise date a day of its window, in order.

    ``build_sequences(study, grid, dates=draw)`` builds the lives of one. Days are drawn from the exact
    distribution of days independent by their weights (``day_weights``) given everything known of their
    order: boundaries of a domain rise, one event is one day in every domain, and one kind of event comes
    before another where the study says so (``dates: before``). The days of a person depend on the seed, the
    number of draws and that life only, not on who else is in the study. Dates of support ties are not drawn.

    Raises SettingError for fewer than 1 draw or a negative seed; StudyError naming the dates (file and line)
    of a life that contradict each other, with the number of such lives.

    >>> from trajectories import build_sequences, Grid, read_study
    >>> study = read_study("sample_data")  # doctest: +SKIP
    >>> [build_sequences(study, Grid(), dates=draw) for draw in draw_dates(study)]  # doctest: +SKIP
    """
    if draws < 1 or seed < 0:
        raise SettingError(f"draw_dates(draws={draws}, seed={seed}): give at least 1 draw (20 to 50 are "
                           "usual) and a seed of 0 or more.")  # fmt: skip
    moments = all_moments(study)
    days = {
        person: ordered_days(life, draws, np.random.default_rng([seed, zlib.crc32(person.encode())])).tolist()
        for person, life in moments.items()
    }
    return tuple(
        DateDraw(draw, seed, moments, {person: tuple(rows[draw]) for person, rows in days.items()})
        for draw in range(draws)
    )


def state_probabilities(study: Study, grid: Grid, draws: Sequence[DateDraw]) -> pd.DataFrame:
    """How probable each state is in each cell of each life, over the draws (aoristic weights).

    Columns id, domain, position, state, label, probability, observed; a row where the probability is above
    0. ``probability`` is the share of the draws in which the cell holds the state, ``observed`` the share in
    which it holds any: what is left to 1 is missing, or outside observation. A share from M draws is
    uncertain by up to 1 / sqrt(M) (two standard errors). Raises what ``build_sequences`` raises, and
    SettingError without draws.
    """
    import pandas as pd

    if not draws:
        raise SettingError("There are no draws; make some with draw_dates(study, draws=20, seed=1).")
    counts, positions = _counted(study, grid, draws)
    person, layer, position, state = np.nonzero(counts)
    domains = study.codebook.domains
    told = [(domain.name, known.code, known.label) for domain in domains for known in domain.states]
    first = np.cumsum([0, *(len(domain.states) for domain in domains)])
    names = np.array(told, dtype=object).reshape(-1, 3)[first[layer] + state]
    return pd.DataFrame({
        "id": np.array(study.ids, dtype=object)[person],
        "domain": names[:, 0],
        "position": np.array(positions)[position],
        "state": names[:, 1],
        "label": names[:, 2],
        "probability": counts[person, layer, position, state] / len(draws),
        "observed": counts.sum(axis=3)[person, layer, position] / len(draws),
    })  # fmt: skip


def _counted(study: Study, grid: Grid, draws: Sequence[DateDraw]) -> tuple[Integers, Positions]:
    """In how many draws each cell holds each state: (people, domains, positions, states)."""
    rows = {person: i for i, person in enumerate(study.ids)}
    domains = study.codebook.domains
    size = max((len(domain.states) for domain in domains), default=0)
    every = [build_sequences(study, grid, dates=draw) for draw in draws]
    counts = np.zeros((len(rows), len(domains), every[0].length, size), dtype=np.int64)
    for lives in every:
        person, layer, position = np.nonzero(lives.states >= 0)
        row = np.array([rows[id] for id in lives.ids])[person]
        counts[row, layer, position, lives.states[person, layer, position]] += 1
    return counts, every[0].positions
