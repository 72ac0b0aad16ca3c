"""A typical life that nobody lived: the most common state of a type at each position."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences, States
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd


def modal_life(lives: Sequences, typology: Typology, *, at_least: int = 1) -> Sequences:
    """A synthetic life for each type: at each position and in each domain the state most of its people are
    in.

    Returns lives named after the types (``ids``), on the same clock, that can be drawn like any others and,
    unlike medoids, are nobody's; their weights are the sizes of the types. Case weights count; equally common
    states are settled by the codebook's order. A position where fewer than ``at_least`` people of the type
    have a known state is MISSING, or VOID where fewer than that are observed at all: with ``at_least=5`` a
    publication shows no position that rests on fewer than five people. The states of neighbouring positions
    may come from different people, so an order of states in it need not have been lived by anybody; read it
    beside ``modal_shares``. Raises SettingError when typed people have no sequence here.
    """
    kept = _typed(lives, typology)
    if at_least < 1:
        raise SettingError(f"at_least is a number of people, 1 or more, not {at_least}.")
    made = [_modal(kept, typology.types == t, at_least) for t in range(typology.k)]
    sizes = np.array(typology.sizes, dtype=np.float64)
    states = np.stack(made).astype(np.int16)
    return replace(kept, states=states, ids=typology.names, weights=sizes, left_out=())


def modal_shares(lives: Sequences, typology: Typology) -> pd.DataFrame:
    """How common the most common state is: one row a type, domain and position.

    Columns type, domain, position, state, label, n (people in it), observed (people with a known state),
    share (weighted). Positions where nobody of the type has a known state have no row. Raises SettingError
    when typed people have no sequence here.
    """
    import pandas as pd

    kept = _typed(lives, typology)
    rows = []
    for t, name in enumerate(typology.names):
        inside = typology.types == t
        for layer, domain in enumerate(kept.domains):
            states = kept.states[inside, layer, :]
            weight = _counted(states, len(domain.states), kept.weights[inside])
            people = _counted(states, len(domain.states), np.ones(len(states)))
            for place in np.flatnonzero(people.sum(axis=1)).tolist():
                state = _commonest(weight[place], people[place])
                total = float(weight[place].sum())
                rows.append({
                    "type": name, "domain": domain.name, "position": kept.positions[place],
                    "state": domain.states[state].code, "label": domain.states[state].label,
                    "n": int(people[place, state]), "observed": int(people[place].sum()),
                    "share": float(weight[place, state]) / total if total else float("nan"),
                })  # fmt: skip
    columns = ["type", "domain", "position", "state", "label", "n", "observed", "share"]
    return pd.DataFrame(rows, columns=columns)


def _modal(lives: Sequences, inside: NDArray[np.bool_], at_least: int) -> States:
    """The modal states of some people, (domains, positions)."""
    layers = []
    for layer, domain in enumerate(lives.domains):
        states = lives.states[inside, layer, :]
        weight = _counted(states, len(domain.states), lives.weights[inside])
        people = _counted(states, len(domain.states), np.ones(len(states)))
        modal = np.array([_commonest(w, n) for w, n in zip(weight, people, strict=True)], dtype=np.int16)
        modal[people.sum(axis=1) < at_least] = MISSING
        modal[(states != VOID).sum(axis=0) < at_least] = VOID
        layers.append(modal)
    return np.array(layers, dtype=np.int16)


def _commonest(weight: NDArray[np.float64], people: NDArray[np.float64]) -> int:
    """The state of most weight, of most people where all weigh nothing; the codebook's first among equals."""
    counted = weight if weight.any() else people
    return int(np.flatnonzero(counted >= counted.max() * (1 - 1e-12))[0])


def _counted(states: States, size: int, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weight in each state at each position, (positions, states)."""
    return np.stack([(weights[:, None] * (states == state)).sum(axis=0) for state in range(size)], axis=1)


def _typed(lives: Sequences, typology: Typology) -> Sequences:
    """The lives of the typed people, in the typology's order."""
    return lives if lives.ids == typology.ids else lives.select(typology.ids)
