"""Several domains of life compared as one, other than by adding up their costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.alignment.given_numbers import in_range
from trajectories.alignment.measures.basic import Measure
from trajectories.alignment.measures.telling import known_costs
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.read import GivenState
from trajectories.sequences.sequences import MISSING, VOID, Sequences


def fused(sequences: Sequences, name: str = "together") -> Sequences:
    """The same lives in one domain, whose states are the observed combinations of all (IDCD).

    A combination is coded ``germany+pending+private``, in the order of the domains' alphabets; a domain
    that is missing there is ``*``, one that is void while another is observed ``%``. A position at which
    every domain is missing is missing. Costs made from these lives are those of the expanded alphabet
    (Ritschard, Liao and Struffolino 2023). To choose when it is the combination that means something; the
    alphabet grows fast, and with it the number of rare states.
    """
    if len(sequences.domains) == 1:
        return sequences
    states = sequences.states.transpose(0, 2, 1)
    seen = (states != VOID).any(axis=2)
    known = seen & (states >= 0).any(axis=2)
    sizes = [len(alphabet) for alphabet in sequences.alphabets]
    places = np.where(states < 0, np.array(sizes) - 1 - states, states)
    if not known.any():
        raise SettingError("Every position of these lives is missing; there is nothing to fuse.")
    kinds, which = np.unique(places[known], axis=0, return_inverse=True)
    layer = np.where(seen, MISSING, VOID).astype(np.int16)
    layer[known] = which.ravel()
    if len(kinds) > np.iinfo(np.int16).max:
        raise SettingError(f"The domains have {len(kinds):,} observed combinations; fuse fewer domains.")
    domain = Domain(name=name, label=", ".join(domain.label or domain.name for domain in sequences.domains),
                    states=tuple(_combined(sequences.domains, kind) for kind in kinds.tolist()))  # fmt: skip
    return replace(sequences, states=layer[:, None, :], domains=(domain,))


def _combined(domains: Sequence[Domain], kind: list[int]) -> GivenState:
    codes, labels = [], []
    for domain, place in zip(domains, kind, strict=True):
        size = len(domain.states)
        codes.append(domain.states[place].code if place < size else "*%"[place - size])
        label = domain.states[place].label or domain.states[place].code if place < size else (
            "missing", "not observed")[place - size]  # fmt: skip
        labels.append(label)
    return GivenState(code="+".join(codes), label=", ".join(labels))


def joint(dissimilarities: Mapping[str, Dissimilarities], weights: Mapping[str, float] | None = None, *,
          mean: bool = False, equalised: bool = False) -> Dissimilarities:
    """The weighted sum of the dissimilarities of each domain (DAT).

    ``mean`` divides by the sum of the weights. ``equalised`` first divides each domain's by their mean, so
    that no domain counts more because its costs are higher. The domains are not shifted together as in the
    cost-additive way (``OptimalMatching`` on several domains), so the sum is never above that one (Ritschard,
    Liao and Struffolino 2023). Raises SettingError for domains of different people, or weights that cannot
    be.
    """
    given = same_people(dissimilarities)
    share = _weighed(weights or {}, given)
    whole = sum(share.values()) if mean else 1.0
    total: NDArray[np.float64] = np.zeros(len(next(iter(given.values())).condensed))
    enters = {}
    for name, found in given.items():
        values = found.condensed.astype(np.float64)
        level = float(values.mean()) if equalised and values.any() else 1.0
        enters[name] = share[name] / whole / level
        total += enters[name] * values
    first = next(iter(given.values()))
    told = ", ".join(f"{name} {share[name]:g}" for name in given)
    way = "mean" if mean else "sum"
    return replace(first, condensed=total, numbers="double precision", made_of=None,
                   joined_of=_made_of(given, enters),
                   measure=f"{way} of {'equalised ' if equalised else ''}domains ({told}): {first.measure}")


def _weighed(weights: Mapping[str, float], given: Mapping[str, object]) -> dict[str, float]:
    """The weight of each domain, 1 for those not named."""
    if not isinstance(weights, Mapping):
        raise SettingError(f"Weights are given by domain, such as {{'legal': 2}}, not {weights!r}.")
    unknown = [name for name in weights if name not in given]
    if unknown:
        raise SettingError(f"There are no dissimilarities of a domain {unknown[0]!r}, only of "
                           f"{', '.join(given)}.")  # fmt: skip
    for name, weight in weights.items():
        in_range(f"The weight of domain {name!r}", weight)
    share = {name: float(weights.get(name, 1.0)) for name in given}
    if not sum(share.values()) > 0:
        raise SettingError("Weights of domains must not all be zero.")
    return share


def _made_of(given: Mapping[str, Dissimilarities],
             enters: Mapping[str, float]) -> tuple[tuple[Sequences | EventLives, Measure, float], ...]:
    """What each domain that counts was computed from, and what it counts; nothing unless known of all."""
    counting = [(found.made_of, enters[name]) for name, found in given.items() if enters[name] > 0]
    known = [(*made, share) for made, share in counting if made is not None]
    return tuple(known) if len(known) == len(counting) else ()


def averaged(costs: Costs) -> Costs:
    """Costs whose domains are averaged instead of added up: each weight divided by the sum of the weights
    (``link`` mean)."""
    known_costs(costs)
    total = sum(domain.weight for domain in costs.domains)
    if not total > 0:
        raise SettingError("Every domain weighs 0, so there is nothing to average.")
    return replace(costs, domains=tuple(
        replace(domain, weight=domain.weight / total) for domain in costs.domains
    ))  # fmt: skip


def same_people(dissimilarities: Mapping[str, Dissimilarities]) -> dict[str, Dissimilarities]:
    """The dissimilarities by domain. Raises SettingError for anything else, and for different people."""
    if not isinstance(dissimilarities, Mapping) or not dissimilarities:
        raise SettingError("Give the dissimilarities of at least one domain: {'legal': ...}.")
    given = dict(dissimilarities)
    for name, found in given.items():
        if not isinstance(found, Dissimilarities):
            raise SettingError(f"What is given for domain {name!r} is no dissimilarities but "
                               f"{type(found).__name__}; make them with dissimilarities(...).")  # fmt: skip
    first = next(iter(given.values()))
    other = [name for name, found in given.items() if found.ids != first.ids]
    if other:
        raise SettingError(f"The dissimilarities of domain {other[0]!r} are among other people, or in "
                           "another order; select the same people in all.")  # fmt: skip
    return given
