"""One typology a domain, crossed, by the plan: then merged by likeness, or taken as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.errors import SettingError
from trajectories.findings.fitting import crossed_domains
from trajectories.findings.measures import compared_alone
from trajectories.findings.profiles import profiles
from trajectories.plan import Plan
from trajectories.sequences.sequences import Sequences
from trajectories.typology.checks import distinct_lives, usable
from trajectories.typology.combined_types import combinations_of, combined_quality, combined_types
from trajectories.typology.crossed_types import CrossedTypes, cross_types
from trajectories.typology.gathered_types import gathered_quality, gathered_types
from trajectories.typology.medoids import with_medoids
from trajectories.typology.partition import partition
from trajectories.typology.quality import INDICES
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

Apart: TypeAlias = Mapping[str, Dissimilarities]
"""How unlike every two lives are in each domain alone, by the domain's name."""


def apart_by_domain(lives: Sequences, plan: Plan) -> dict[str, Dissimilarities]:
    """How unlike the lives are in each of the domains crossed, each aligned alone by the plan's measure."""
    return compared_alone(lives, plan.measure, crossed_domains(plan, [one.name for one in lives.domains]))


def crossed_by(lives: Sequences, apart: Apart, plan: Plan, strict: bool = True) -> CrossedTypes:
    """The typologies of the domains, by PAM each, crossed; types are called after the state that takes most
    of their time, ``Germany``, and ``Germany (2)`` where there is another of them.

    Where lives were drawn anew (not ``strict``) a domain may have fewer distinct lives than the plan has
    types in it: then it has as many types as it can. Raises SettingError for that otherwise.
    """
    found = {}
    for name, diss in apart.items():
        k, most = plan.types.by_domain[name], len(distinct_lives(usable(diss)))
        if k > most and strict:
            raise SettingError(f"types.by_domain.{name} is {k}, but the {diss.n} lives are only {most} "
                               f"different ones in {name}. Choose fewer types there, or leave the domain "
                               "out.")  # fmt: skip
        types = _parted(diss, min(k, most), plan.seed)
        found[name] = replace(types, names=_names(lives.only(name), types))
    return cross_types(found)


def types_by(diss: Dissimilarities, crossed: CrossedTypes, plan: Plan, k: int,
             strict: bool = True) -> Typology:  # fmt: skip
    """The typology of the combinations, merged (``combined``) or as they are (``crossed``).

    Where lives were drawn anew (not ``strict``) it has fewer types when fewer combinations occur.
    """
    if not strict:
        k = min(k, len(combinations_of(crossed)[1]))
        if k < 2:
            return with_medoids(diss, usable(diss), np.zeros(diss.n, dtype=np.int64), "one combination only")
    if plan.types.method == "combined":
        return combined_types(diss, crossed, k).typology
    return gathered_types(diss, crossed, k)


def quality_by(diss: Dissimilarities, crossed: CrossedTypes, plan: Plan, ks: Iterable[int],
               strict: bool = True) -> pd.DataFrame:  # fmt: skip
    """The quality of these typologies with each number of types, as far as so many combinations occur.

    Where lives were drawn anew (not ``strict``) there may be none; otherwise that raises SettingError.
    """
    import pandas as pd

    wanted = sorted(ks)
    if not strict and not [k for k in wanted if 2 <= k <= len(combinations_of(crossed)[1])]:
        return pd.DataFrame(columns=["k", *INDICES]).astype({"k": int, **dict.fromkeys(INDICES, float)})
    made = combined_quality if plan.types.method == "combined" else gathered_quality
    return made(diss, crossed, wanted)


def way(lives: Sequences, apart: Apart, plan: Plan) -> Callable[[Dissimilarities, int], Typology]:
    """How some of the people are typed in the same way: each domain anew, crossed, merged or gathered."""

    def typed(part: Dissimilarities, k: int) -> Typology:
        own = {name: replace(diss.select(part.ids), weights=part.weights) for name, diss in apart.items()}
        return types_by(part, crossed_by(lives, own, plan, False), plan, k, False)

    return typed


def judged(lives: Sequences, diss: Dissimilarities, plan: Plan, ks: Iterable[int]) -> pd.DataFrame:
    """The quality of types of lives made by chance, found in the same way."""
    return quality_by(diss, crossed_by(lives, apart_by_domain(lives, plan), plan, False), plan, ks, False)


def _names(lives: Sequences, types: Typology) -> tuple[str, ...]:
    """The state of most of each type's time; types that share it are numbered from the largest on."""
    mostly = [one.most[0] if one.known else "Unknown" for one in profiles(lives, types)]
    return tuple(f"{label} ({mostly[:t].count(label) + 1})" if label in mostly[:t] else label
                 for t, label in enumerate(mostly))  # fmt: skip


def _parted(diss: Dissimilarities, k: int, seed: int) -> Typology:
    if k < 2:
        return with_medoids(diss, usable(diss), np.zeros(diss.n, dtype=np.int64), "all lives alike")
    return partition(diss, k, seed=seed)
