"""What the lives of a type mostly are: how they divide their time among the states of each domain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.codebook import Domain
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology


@dataclass(frozen=True, eq=False)
class Profile:
    """How the people of one type (0..k-1) divide their observed time among the states of one domain."""

    type: int
    domain: Domain
    shares: NDArray[np.float64]
    """(states,), adding up to 1; all nan when nothing is known."""

    @property
    def known(self) -> bool:
        return not bool(np.isnan(self.shares).any())

    @property
    def most(self) -> tuple[str, float]:
        """The label of the state that takes most time, and its share."""
        top = int(np.argmax(self.shares))
        return self.domain.states[top].label, float(self.shares[top])


def profiles(lives: Sequences, types: Typology) -> Iterator[Profile]:
    """One profile a type and domain. Since an event, time counts from the event on; otherwise the whole
    window."""
    first = lives.grid.before if lives.grid.clock == "since" else 0
    for number in range(types.k):
        states = lives.select(types.members(number)).states[:, :, first:]
        for layer, domain in enumerate(lives.domains):
            known = states[:, layer][states[:, layer] >= 0]
            counts = np.bincount(known, minlength=len(domain.states))
            yield Profile(number, domain, counts / known.size if known.size else np.full(len(counts), np.nan))
