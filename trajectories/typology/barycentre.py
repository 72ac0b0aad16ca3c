"""The life in the middle of each type: as near as can be to all its people, and nobody's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.pairwise import dissimilarities_to
from trajectories.errors import SettingError
from trajectories.sequences.sequences import MISSING, VOID, Sequences, States
from trajectories.typology.modal_life import modal_life
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Apart = Callable[[Sequences, Sequences], Floats]
"""How unlike each of some people is to each of some other lives, (people, lives)."""
_SHIFTS = (-4, -2, -1, 1, 2, 4)
"""By how many positions the end of a spell is moved on trial."""
_NEW = (1, 2, 4)
"""How many positions a new spell takes from the beginning or end of another on trial."""
_ROUNDS = 100


@dataclass(frozen=True, eq=False)
class Barycentres:
    """A synthetic life for each type, beside the medoid and the modal life."""

    lives: Sequences
    """One life a type, named after it, weighing as many people as the type has."""
    apart: Floats
    """Weighted mean dissimilarity of the type's people to it, (types,)."""
    to_medoid: Floats
    """The same to the type's medoid, who is a real person, (types,)."""
    to_modal: Floats
    """The same to the type's modal life, (types,)."""

    def table(self) -> pd.DataFrame:
        """One row a type: type, n, and the mean dissimilarity of its people to barycentre, modal and
        medoid."""
        import pandas as pd

        return pd.DataFrame({
            "type": self.lives.ids, "n": self.lives.weights.astype(int), "barycentre": self.apart,
            "modal": self.to_modal, "medoid": self.to_medoid,
        })  # fmt: skip

    def __repr__(self) -> str:
        inside = ", ".join(f"{name} {d:.3g} (medoid {m:.3g})" for name, d, m in
                           zip(self.lives.ids, self.apart, self.to_medoid, strict=True))  # fmt: skip
        return f"Barycentres of {len(self.apart)} types, mean dissimilarity: {inside}"


def barycentres(
    lives: Sequences, typology: Typology, measure: Measure | Apart, *, at_least: int = 1
) -> Barycentres:
    """For each type the synthetic life with the least mean dissimilarity to its people that is found.

    Where a medoid is somebody, and a modal life may put states of different people side by side that nobody
    would live one after the other, a barycentre is made to be near whole lives by ``measure``: from the modal
    life and from the medoid on, ends of spells are moved, spells or their ends recoded, the best change
    first, until none is better. Lives that anybody here has lived are passed over, so it is nobody's; where
    all that are tried are lived, positions are left MISSING, those that fewest people share first.
    ``at_least`` people of the type must be in a state at a position for the barycentre to be there; where no
    state has so many, it is MISSING (VOID where fewer are observed): with ``at_least=5`` no position of it
    rests on fewer than five people, as a publication needs it.

    ``measure`` may also be a function of people and lives that gives their dissimilarities, (people, lives).
    Returns lives that can be drawn like any others (``modal_life`` has the same form). Case weights count.
    Raises SettingError when typed people, or the medoids, have no sequence, and for a type without anybody.
    """
    if at_least < 1:
        raise SettingError(f"at_least is a number of people, 1 or more, not {at_least}.")
    if 0 in typology.sizes:
        empty = typology.names[typology.sizes.index(0)]
        raise SettingError(f"Nobody is in {empty!r}, so it has no barycentre; select the people anew.")
    kept, medoids = lives.select(typology.ids), lives.select(typology.medoids)
    lived = {life.tobytes() for life in lives.states}
    modal = modal_life(kept, typology, at_least=at_least)
    found = [_found(kept.select(typology.members(t)), medoids.states[t], name, measure,
                    (modal.states[t], lived, at_least))
             for t, name in enumerate(typology.names)]  # fmt: skip
    made = replace(modal, states=np.stack([life for life, _ in found]).astype(np.int16))
    apart, to_medoid, to_modal = np.array([means for _, means in found]).T
    return Barycentres(made, apart, to_medoid, to_modal)


def _found(
    people: Sequences, medoid: States, name: str, measure: Measure | Apart,
    around: tuple[States, set[bytes], int],
) -> tuple[States, tuple[float, float, float]]:  # fmt: skip
    """The barycentre of one type, and the mean dissimilarities to it, the medoid and the modal life; the
    modal life, nan, where that is unknown throughout."""
    modal, lived, at_least = around
    if (modal < 0).all():
        return modal, (float("nan"),) * 3
    search = _Search(people, measure, _allowed(people, at_least), modal, lived)
    to_modal, to_medoid = search.means(np.stack([modal, medoid])).tolist()
    life, mean = search.best([modal, search.repaired(medoid)], name)
    return life, (mean, to_medoid, to_modal)


def _allowed(people: Sequences, at_least: int) -> NDArray[np.bool_]:
    """Which states enough people are in, (domains, positions, states)."""
    size = max(len(domain.states) for domain in people.domains)
    counts = np.stack([(people.states == state).sum(axis=0) for state in range(size)], axis=2)
    return np.asarray(counts >= at_least)


@dataclass(frozen=True, eq=False)
class _Search:
    """The lives tried for one type."""

    people: Sequences
    measure: Measure | Apart
    allowed: NDArray[np.bool_]
    modal: States
    """What stands where no state is allowed, and the first choice elsewhere, (domains, positions)."""
    lived: set[bytes]

    def best(self, starts: list[States], name: str) -> tuple[States, float]:
        """The nearest life found from any start that nobody lived, and its mean dissimilarity."""
        found: list[tuple[float, bytes, States]] = []
        for start in starts:
            life = start
            mean = float(self.means(life[None])[0])
            for _ in range(_ROUNDS):
                tried = np.stack(list(self._changes(life)) or [life])
                means = self.means(tried)
                free = [i for i, one in enumerate(tried) if one.tobytes() not in self.lived]
                found += [(float(means[i]), tried[i].tobytes(), tried[i]) for i in free]
                found = sorted(found, key=lambda one: one[:2])[:1]
                if life.tobytes() not in self.lived:
                    found = sorted([*found, (mean, life.tobytes(), life)], key=lambda one: one[:2])[:1]
                top = int(means.argmin())
                if not means[top] < mean * (1 - 1e-12):
                    break
                life, mean = tried[top], float(means[top])
        if found:
            return found[0][2], found[0][0]
        return self._withheld(starts[0], name)

    def _withheld(self, life: States, name: str) -> tuple[States, float]:
        """Somebody's life with positions withheld, those that fewest people share first, until it is
        nobody's."""
        shared = (self.people.states == life).sum(axis=0)
        made = life.copy()
        for place in np.argsort(shared, axis=None, kind="stable").tolist():
            made.reshape(-1)[place] = MISSING
            if made.tobytes() not in self.lived:
                return made, float(self.means(made[None])[0])
        raise SettingError(f"Every life near the middle of {name!r} is somebody's.")

    def means(self, tried: States) -> Floats:
        """Weighted mean dissimilarity of the people to each life, (lives,)."""
        named = tuple(f"made {i}" for i in range(len(tried)))
        made = replace(self.people, states=tried.astype(np.int16), ids=named, weights=np.ones(len(tried)),
                       left_out=())  # fmt: skip
        weights = self.people.weights if self.people.weights.any() else np.ones(self.people.n)
        if callable(self.measure):
            values = self.measure(self.people, made)
        else:
            values = np.asarray(dissimilarities_to(self.people, made, self.measure).values, np.float64)
        return np.asarray(weights @ values / weights.sum())

    def repaired(self, life: States) -> States:
        """The life with the modal state wherever its own is not allowed."""
        return np.where(self._fits(life), life, self.modal)

    def _fits(self, life: States) -> NDArray[np.bool_]:
        """Where a life is in an allowed state, or is as unknown as it must be, (domains, positions)."""
        rows, places = np.indices(life.shape)
        inside = self.allowed[rows, places, np.maximum(life, 0)] & (life >= 0)
        return np.asarray(inside | (life == self.modal))

    def _changes(self, life: States) -> Iterator[States]:
        """Lives with one spell's end moved, or one spell, its first or its last positions in another
        state."""
        for layer, row in enumerate(life):
            edges = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
            for edge in edges[1:-1]:
                for shift in _SHIFTS:
                    yield from self._with(life, layer, *_moved(row, edge, shift))
            for start, end in pairwise(edges):
                for state in range(len(self.people.domains[layer].states)):
                    if state != row[start] and row[start] not in (MISSING, VOID):
                        for here in sorted(_stretches(start, end)):
                            yield from self._with(life, layer, *here, state)

    def _with(self, life: States, layer: int, start: int, end: int, state: int) -> Iterator[States]:
        """The life with one stretch in another state, as far as that is allowed there."""
        made = life.copy()
        made[layer, start:end] = state
        made = np.where(self._fits(made), made, life)
        if (made != life).any():
            yield made


def _stretches(start: int, end: int) -> set[tuple[int, int]]:
    """A whole spell, and its first and last positions."""
    parts = {(start, min(start + n, end)) for n in _NEW} | {(max(end - n, start), end) for n in _NEW}
    return parts | {(start, end)}


def _moved(row: NDArray[np.int16], edge: int, shift: int) -> tuple[int, int, int]:
    """The stretch that changes hands when the end of a spell moves: start, end, new state."""
    if shift > 0:
        return edge, min(edge + shift, len(row)), int(row[edge - 1])
    return max(edge + shift, 0), edge, int(row[edge])
