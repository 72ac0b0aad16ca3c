"""Lives on a clock: one small integer per person, domain and position."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.grid import Grid
from trajectories.wording import people

if TYPE_CHECKING:
    import pandas as pd

MISSING = -1
"""Asked but unknown: inside the person's observation, no state coded."""
VOID = -2
"""Outside observation: before the coding speaks, or after the interview (right-censored)."""

States = NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class Sequences:
    """State sequences of several domains on one grid.

    ``states`` has shape (people, domains, positions): the index of the state in the domain's alphabet, or
    MISSING, or VOID. ``positions`` names the columns: ``"2022-03"`` on the calendar, integers since an
    event or by age. ``weights`` (people,) are case weights, all 1 when nobody gave any.
    """

    states: States
    ids: tuple[str, ...]
    domains: tuple[Domain, ...]
    positions: tuple[str, ...] | tuple[int, ...]
    grid: Grid
    weights: NDArray[np.float64]
    left_out: tuple[tuple[str, str], ...] = ()
    """People of the study who have no sequence here, each with the reason ("no event 'departure'")."""

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def length(self) -> int:
        return len(self.positions)

    @property
    def alphabets(self) -> tuple[tuple[str, ...], ...]:
        """The top-level codes of each domain, in the codebook's order: what the integers mean."""
        return tuple(domain.alphabet for domain in self.domains)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Observed positions of each person and domain, (people, domains): VOID does not count, MISSING
        does."""
        return np.asarray((self.states != VOID).sum(axis=2))

    @property
    def censored(self) -> NDArray[np.bool_]:
        """True for people whose last position is VOID in every domain (right-censored inside the window)."""
        return np.asarray((self.states[:, :, -1] == VOID).all(axis=1))

    def domain_index(self, name: str) -> int:
        """Which layer of ``states`` a domain is. Raises SettingError for a domain these lives do not have."""
        names = [domain.name for domain in self.domains]
        if name not in names:
            raise SettingError(f"These lives have no domain {name!r}; they have {', '.join(names)}.")
        return names.index(name)

    def only(self, *names: str) -> Sequences:
        """The same lives in some of their domains, in the order asked for."""
        index = [self.domain_index(name) for name in names]
        return replace(self, states=self.states[:, index, :], domains=tuple(self.domains[i] for i in index))

    def select(self, ids: Iterable[str]) -> Sequences:
        """Some of the people, in the order asked for. Raises SettingError for an id that has no sequence."""
        where = {person: i for i, person in enumerate(self.ids)}
        wanted = tuple(ids)
        unknown = [person for person in wanted if person not in where]
        if unknown:
            raise SettingError(f"No sequence here for {people(len(unknown))} (first: {unknown[0]!r}).")
        index = [where[person] for person in wanted]
        return replace(self, states=self.states[index], ids=wanted, weights=self.weights[index])

    def ever(self, domain: str, states: Iterable[str]) -> tuple[str, ...]:
        """Who is in one of these states at some position of the window. Raises SettingError for a domain, or
        a state, that these lives do not have."""
        layer, wanted = self.domain_index(domain), tuple(states)
        alphabet = self.alphabets[layer]
        unknown = [code for code in wanted if code not in alphabet]
        if unknown:
            raise SettingError(f"The domain {domain} has no state {unknown[0]!r}; "
                               f"it has {', '.join(alphabet)}.")  # fmt: skip
        codes = [alphabet.index(code) for code in wanted]
        held: NDArray[np.bool_] = np.asarray(np.isin(self.states[:, layer], codes).any(axis=1))
        return tuple(person for person, ok in zip(self.ids, held, strict=True) if ok)

    def complete(self) -> Sequences:
        """Only the people observed over the whole window in every domain; the others join ``left_out``."""
        whole = (self.states != VOID).all(axis=(1, 2))
        shorter = [(person, "observed for only part of the window")
                   for person, ok in zip(self.ids, whole, strict=True) if not ok]  # fmt: skip
        kept = self.select(person for person, ok in zip(self.ids, whole, strict=True) if ok)
        return replace(kept, left_out=(*self.left_out, *shorter))

    def table(self, domain: str | None = None) -> pd.DataFrame:
        """A wide table of one domain's codes: a row a person (index ``id``), a column a position; ``*`` is
        missing, ``%`` void."""
        import pandas as pd

        layer = 0 if domain is None else self.domain_index(domain)
        symbols = np.array([*self.alphabets[layer], "%", "*"], dtype=object)
        return pd.DataFrame(symbols[self.states[:, layer, :]], columns=list(self.positions),
                            index=pd.Index(self.ids, name="id"))  # fmt: skip

    def __repr__(self) -> str:
        span = f"{self.positions[0]} to {self.positions[-1]}" if self.length else "no positions"
        if self.grid.clock == "since":
            span += f" {self.grid.step}s since {self.grid.since}"
        elif self.grid.clock != "given":
            span += f" by {self.grid.step}" + (" of age" if self.grid.clock == "age" else "")
        domains = ", ".join(domain.name for domain in self.domains)
        named = f"{len(self.domains)} domain{'' if len(self.domains) == 1 else 's'} ({domains})"
        return (f"Sequences: {self.n} people, {named}, {span}, "
                f"{int(self.censored.sum())} right-censored, {len(self.left_out)} left out")  # fmt: skip
