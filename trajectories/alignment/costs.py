"""What it costs to turn one life into another: substitution and indel costs of each domain, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class DomainCosts:
    """The costs of one domain: ``substitution`` (states, states), symmetric with a zero diagonal; ``indel`` (states,).

    For dynamic costs ``substitution`` is (positions, states, states). ``missing`` is what it costs to substitute a
    missing position for any state; two missing positions cost nothing (TraMineR's convention).
    """

    domain: str
    states: tuple[str, ...]
    substitution: NDArray[np.float64]
    indel: NDArray[np.float64]
    missing: float
    weight: float = 1.0


@dataclass(frozen=True, eq=False)
class Costs:
    """Costs of every domain of some lives; several domains add up, each times its weight."""

    domains: tuple[DomainCosts, ...]
    rule: str
    """How the costs were made ("constant", "transition rates", "stated by hand")."""

    def weighted(self, **weights: float) -> Costs:
        """The same costs with other domain weights: ``costs.weighted(location=2, emotion=0.5)``."""
        names = [costs.domain for costs in self.domains]
        for name, weight in weights.items():
            if name not in names:
                raise SettingError(f"There are no costs for a domain {name!r}; there are for {', '.join(names)}.")
            if not np.isfinite(weight) or weight < 0:
                raise SettingError(f"The weight of domain {name!r} must be zero or more, not {weight}.")
        return replace(self, domains=tuple(replace(c, weight=weights.get(c.domain, c.weight)) for c in self.domains))

    def table(self, domain: str | None = None) -> pd.DataFrame:
        """The substitution costs of one domain as a square table with its codes."""
        import pandas as pd

        found = next((c for c in self.domains if domain is None or c.domain == domain), None)
        if found is None:
            raise SettingError(f"There are no costs for a domain {domain!r}.")
        return pd.DataFrame(found.substitution, index=list(found.states), columns=list(found.states))

    def __repr__(self) -> str:
        inside = ", ".join(f"{c.domain} ({len(c.states)} states, weight {c.weight:g})" for c in self.domains)
        return f"Costs ({self.rule}): {inside}"
