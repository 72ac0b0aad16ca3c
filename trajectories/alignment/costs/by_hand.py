"""Costs that the researcher states: whole tables, or the pairs that matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.typing import ArrayLike

from trajectories.alignment.costs.costs import Costs, DomainCosts, Numbers
from trajectories.alignment.given_numbers import in_range
from trajectories.coding.codebook import Domain
from trajectories.coding.problems import choices
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

Pairs: TypeAlias = Mapping[str, Mapping[str, float]]
Table: TypeAlias = "pd.DataFrame | ArrayLike | Pairs"
Indel: TypeAlias = "ArrayLike | Mapping[str, float] | None"


def stated_costs(sequences: Sequences, tables: Mapping[str, Table],
                 indel: float | Mapping[str, Indel] | None = None, missing: float = 2.0,
                 otherwise: float = 2.0) -> Costs:
    """Costs that the researcher states: what substituting any two states of each domain costs.

    For each domain a square DataFrame, read by its row and column names; a bare array, in the order of the
    alphabet; or the pairs that matter, ``{"home": {"pending": 1.0}}``, each once, every other pair costing
    ``otherwise``. ``indel`` is one number for all, or per domain a number, one per state, or by name
    ``{"home": 1.5}``; left out, or for states not named, it is half the dearest substitution. ``missing``
    against any state costs that much. Raises SettingError for a domain or state that the lives do not have,
    costs that cannot be, and indels that are all 0.
    """
    names = [domain.name for domain in sequences.domains]
    known_domains(tables, names, "costs", "{'legal': table}")
    if isinstance(indel, Mapping):
        known_domains(indel, names, "indels", "{'legal': 1.5}")
    in_range("otherwise", otherwise)
    domains = []
    for domain in sequences.domains:
        if domain.name not in tables:
            raise SettingError(f"No costs are stated for domain {domain.name!r}; only for "
                               f"{', '.join(tables) or 'no domain at all'}.")  # fmt: skip
        substitution = _substitution(tables[domain.name], domain, otherwise)
        given = cast(Indel, indel.get(domain.name) if isinstance(indel, Mapping) else indel)
        prices = _prices(given, domain, substitution.max(initial=0.0) / 2)
        domains.append(DomainCosts(domain.name, domain.alphabet, substitution, prices, missing))
        if not prices.any():
            raise SettingError(f"By the stated costs of domain {domain.name!r} inserting and deleting cost "
                               "nothing, so that every life becomes any other for nothing; state an indel "
                               "above 0.")  # fmt: skip
    return Costs(tuple(domains), "stated by hand")


def _substitution(table: Table, domain: Domain, otherwise: float) -> Numbers:
    import pandas as pd

    if isinstance(table, pd.DataFrame):
        return _by_label(table, domain)
    return _by_pair(table, domain, otherwise) if isinstance(table, Mapping) else _numbers(table, domain.name)


def _by_label(table: pd.DataFrame, domain: Domain) -> Numbers:
    named, alphabet = table.rename(index=str, columns=str), domain.alphabet
    known_states([*named.index, *named.columns], domain)
    twice = [*named.index[named.index.duplicated()], *named.columns[named.columns.duplicated()]]
    if twice:
        raise SettingError(f"The stated costs of domain {domain.name!r} have {twice[0]!r} twice.")
    absent = [code for code in alphabet if code not in named.index or code not in named.columns]
    if absent:
        raise SettingError(f"The stated costs of domain {domain.name!r} lack a row or column "
                           f"{', '.join(absent)}.")  # fmt: skip
    return _numbers(named.loc[list(alphabet), list(alphabet)], domain.name)


def _by_pair(pairs: Pairs, domain: Domain, otherwise: float) -> Numbers:
    """Each pair where it is named, both ways; a pair named both ways keeps both, to be seen if they
    differ."""
    for one, row in pairs.items():
        if not isinstance(row, Mapping):
            raise SettingError(f"The stated costs of domain {domain.name!r} need the other states for "
                               f"{one!r}, {{{one!r}: {{'other': 1}}}}, not {row!r}.")  # fmt: skip
    known_states([code for one, row in pairs.items() for code in (one, *row)], domain)
    place, size = {code: i for i, code in enumerate(domain.alphabet)}, len(domain.alphabet)
    found = np.where(np.eye(size, dtype=bool), 0.0, float(otherwise))
    named = np.zeros((size, size), dtype=bool)
    for one, row in pairs.items():
        for other, price in row.items():
            i, j = place[one], place[other]
            found[i, j], named[i, j] = _numbers(price, domain.name), True
    return np.where(named, found, np.where(named.T, found.T, found))


def _prices(given: Indel, domain: Domain, usual: float) -> Numbers:
    if isinstance(given, Mapping):
        known_states(given, domain)
        return np.array([float(_numbers(given.get(code, usual), domain.name)) for code in domain.alphabet])
    prices = _numbers(usual if given is None else given, domain.name)
    return np.full(len(domain.states), float(prices)) if prices.ndim == 0 else prices


def known_domains(given: object, names: Sequence[str], what: str, example: str) -> None:
    """Raise SettingError for what is not given by domain, or for a domain that the lives do not have."""
    if not isinstance(given, Mapping):
        raise SettingError(f"State {what} by domain, such as {example}, not {type(given).__name__}.")
    for name in given:
        if name not in names:
            raise SettingError(f"There are {what} for a domain {name!r}, which these lives do not have. "
                               f"{choices(str(name), names, 'They have')}")  # fmt: skip


def known_states(codes: Iterable[str], domain: Domain) -> None:
    """Raise SettingError for a code that is no state of the domain, with the nearest that is."""
    for code in codes:
        if code not in domain.alphabet:
            raise SettingError(f"The stated costs of domain {domain.name!r} name {code!r}, which is none of "
                               f"its states. {choices(code, domain.alphabet)}")  # fmt: skip


def _numbers(values: object, domain: str) -> Numbers:
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise SettingError(f"The stated costs of domain {domain!r} must be numbers.") from None
