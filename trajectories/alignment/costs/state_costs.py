"""Costs from what is known about the states themselves: their features, their ranks, their codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from trajectories.alignment.costs.by_hand import known_domains
from trajectories.alignment.costs.costs import Costs, DomainCosts, Numbers
from trajectories.alignment.given_numbers import in_range
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

FARTHEST = 2.0
"""What the two least alike states of a domain cost by ranks or by codes, as in constant costs."""


def feature_costs(sequences: Sequences, features: Mapping[str, pd.DataFrame],
                  weights: Mapping[str, float] | None = None, missing: float = 2.0) -> Costs:
    """Two states are near when the researcher describes them alike.

    ``features``: for each domain a table with a row per state (its index the codes) and a column per
    feature. cost(i, j) is Gower's (1971): the mean over the features of |x - y| / range for numbers and of
    0 or 1 for words, weighted by ``weights`` (feature: weight, 1 where not said); a feature unknown (empty)
    for one of the two is passed over. An insertion or deletion costs half the dearest, ``missing`` is as in
    ``constant_costs``. Raises SettingError for a domain or state without features, and for two states of
    which no feature is known of both.
    """
    known_domains(features, [domain.name for domain in sequences.domains], "features", "{'legal': table}")
    tables = {domain.name: _described(features, domain) for domain in sequences.domains}
    _known_weights(weights or {}, tables)
    domains = []
    for domain in sequences.domains:
        table = tables[domain.name]
        absent = [code for code in domain.alphabet if code not in table.index]
        if absent:
            raise SettingError(f"The features of domain {domain.name!r} lack a row {', '.join(absent)}.")
        twice = table.index[table.index.duplicated()].tolist()
        if twice:
            raise SettingError(f"The features of domain {domain.name!r} have {twice[0]!r} twice.")
        gower = _gower(table.loc[list(domain.alphabet)], dict(weights or {}), domain.name)
        domains.append(_domain(domain, gower, missing))
    return Costs(tuple(domains), "features of states")


def _known_weights(weights: Mapping[str, float], tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise SettingError for a weight that cannot be, or of a feature that no domain has."""
    known = list(dict.fromkeys(str(name) for table in tables.values() for name in table.columns))
    for name, weight in weights.items():
        in_range(f"The weight of feature {name!r}", weight)
        if str(name) not in known:
            raise SettingError(f"The states have no feature {name!r}; they have {', '.join(known)}.")


def _described(features: Mapping[str, object], domain: Domain) -> pd.DataFrame:
    """The features of a domain, rows named by text. Raises SettingError where there is no table of them."""
    import pandas as pd

    if domain.name not in features:
        raise SettingError(f"There are no features of the states of domain {domain.name!r}.")
    table = features[domain.name]
    if not isinstance(table, pd.DataFrame):
        raise SettingError(f"The features of domain {domain.name!r} must be a table (DataFrame) with a row "
                           f"for each state, not {type(table).__name__}.")  # fmt: skip
    return table.rename(index=str)


def rank_costs(sequences: Sequences, missing: float = 2.0) -> Costs:
    """Two states are as far apart as their ranks in the codebook.

    cost(i, j) = 2 |rank i - rank j| / (highest - lowest rank); a state without a rank stands apart from
    every other at the dearest, 2. To choose for an ordered domain, such as how secure a legal status is.
    Raises SettingError for a domain in which fewer than two states have different ranks.
    """
    return Costs(tuple(_domain(d, _by_rank(d), missing) for d in sequences.domains), "ranks of states")


def code_tree_costs(sequences: Sequences, missing: float = 2.0) -> Costs:
    """Two states are as far apart as their dotted codes: how far up the tree they meet.

    The path from ``germany.berlin`` to ``germany.munich`` is 2 steps long, to ``georgia`` 3; cost(i, j) = 2
    * path / longest path in the domain, a metric. Codes without dots all cost 2.
    """
    return Costs(tuple(_domain(d, _by_code(d), missing) for d in sequences.domains), "tree of codes")


def _domain(domain: Domain, substitution: Numbers, missing: float) -> DomainCosts:
    indel = np.full(len(domain.alphabet), (substitution.max(initial=0.0) or 2.0) / 2)
    return DomainCosts(domain.name, domain.alphabet, substitution, indel, missing)


def _gower(table: pd.DataFrame, weights: dict[str, float], domain: str) -> Numbers:
    from pandas.api.types import is_numeric_dtype

    if not table.shape[1]:
        raise SettingError(f"The features of domain {domain!r} have no column; give them one a feature.")
    apart, shared = np.zeros((len(table), len(table))), np.zeros((len(table), len(table)))
    for name in table.columns:
        known = table[name].notna().to_numpy()
        both = float(weights.get(name, 1.0)) * np.outer(known, known)
        if is_numeric_dtype(table[name]):
            values = table[name].fillna(0).to_numpy(dtype=np.float64)
            if not np.isfinite(values).all():
                raise SettingError(f"Feature {name!r} of domain {domain!r} is not finite for every state.")
            span = float(np.ptp(values[known])) if known.any() else 0.0
            differ = np.abs(values[:, None] - values[None]) / (span or 1.0)
        else:
            words = table[name].astype(str).to_numpy(dtype=object)
            differ = (words[:, None] != words[None]).astype(np.float64)
        apart += both * differ
        shared += both
    unsaid = np.argwhere(np.triu(shared == 0, 1))
    if len(unsaid):
        one, other = (str(table.index[place]) for place in unsaid[0])
        raise SettingError(f"No feature that weighs anything is known of both {one!r} and {other!r} in "
                           f"domain {domain!r}, so nothing says how far apart they are; fill one in.")
    return np.divide(apart, shared, out=np.zeros_like(apart), where=shared > 0)


def _by_rank(domain: Domain) -> Numbers:
    ranks = np.array([np.nan if state.rank is None else float(state.rank) for state in domain.states])
    span = np.nanmax(ranks) - np.nanmin(ranks) if np.isfinite(ranks).any() else 0.0
    if not span > 0:
        raise SettingError(f"Domain {domain.name!r} has no two states of different rank, so ranks say "
                           "nothing of how far apart they are. Give its states a rank in the codebook, or "
                           "compare lives.only(...) the domains that have.")  # fmt: skip
    apart = FARTHEST * np.abs(ranks[:, None] - ranks[None]) / span
    apart = np.where(np.isnan(apart), FARTHEST, apart)
    np.fill_diagonal(apart, 0.0)
    return np.asarray(apart)


def _by_code(domain: Domain) -> Numbers:
    codes = [code.split(".") for code in domain.alphabet]
    path = np.array([[_path(one, other) for other in codes] for one in codes], dtype=np.float64)
    return path * (FARTHEST / (path.max(initial=0.0) or 1.0))


def _path(one: list[str], other: list[str]) -> int:
    """Steps up from one code to where they meet and down to the other."""
    shared = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                  min(len(one), len(other)))  # fmt: skip
    return len(one) + len(other) - 2 * shared
