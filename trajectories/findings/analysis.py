"""From lives to types: the stages that every analysis has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.findings.fitting import in_words
from trajectories.findings.staged import Staged
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from trajectories.alignment.costs.costs import Costs
    from trajectories.typology.crossed_types import CrossedTypes
    from trajectories.typology.partition import Way


@dataclass(frozen=True, eq=False)
class Analysis(Staged):
    """Lives, their dissimilarities, and the types they fall into."""

    @property
    def built(self) -> Sequences:
        """Everybody who has a place on the plan's clock, whether analysed or not."""
        from trajectories.sequences.build import build_sequences

        def build() -> Sequences:
            return build_sequences(self.study, self.plan.grid, dates=self.dates)

        return self._stage("sequences", self._built_key, build)

    @property
    def lives(self) -> Sequences:
        """The lives that are analysed, in every domain of the codebook."""
        _ = self.built
        return self._stage("lives", self._lives_key, self._chosen)

    @property
    def aligned(self) -> Sequences:
        """The analysed lives in the domains that are aligned together."""
        return self.lives.only(*self.domains)

    @property
    def costs(self) -> Costs | None:
        """Substitution and indel costs of each domain; None for measures that have none of their own."""
        from trajectories.findings.measures import costs_of

        key = self._key("costs", self._diss_key)
        return self._stage("costs", key, lambda: costs_of(self.aligned, self.plan.measure))

    @property
    def dissimilarities(self) -> Dissimilarities:
        """How unlike every two lives are."""
        return self._stage("dissimilarities", self._diss_key, self._dissimilarities)

    @property
    def quality(self) -> pd.DataFrame:
        """Cluster quality for each number of types in ``plan.types.quality``, as far as there are lives
        for it."""
        parts = self.plan.part_key("types.method", "types.quality", "types.by_domain", "seed")
        key = self._key("quality", self._diss_key, parts)
        return self._stage("quality", key, self._quality)

    @property
    def crossed(self) -> CrossedTypes | None:
        """The typologies of the domains that are crossed; None where the plan's method compares whole
        lives."""
        from trajectories.findings.domain_types import crossed_by

        if self.plan.types.whole:
            return None
        key = self._key("types by domain", self._diss_key, self.plan.part_key("types.by_domain", "seed"))
        return self._stage("types by domain", key,
                           lambda: crossed_by(self.aligned, self._apart, self.plan,
                                              self.dates is None))  # fmt: skip

    @property
    def way(self) -> Way:
        """How the plan types people: the name of a method, or a function of dissimilarities and a number."""
        from trajectories.findings.domain_types import way

        return self.plan.types.whole or way(self.aligned, self._apart, self.plan)

    @property
    def _apart(self) -> dict[str, Dissimilarities]:
        """How unlike every two lives are in each of the domains that are crossed."""
        from trajectories.findings.domain_types import apart_by_domain

        key = self._key("dissimilarities by domain", self._diss_key, self.plan.part_key("types.by_domain"))
        return self.cache.get(key, lambda: apart_by_domain(self.aligned, self.plan))

    @property
    def types(self) -> Typology:
        """The types under the names of the plan."""
        types = self._stage("types", self._types_key, self._partition)
        names = self.plan.types.names
        return types.named(*names) if len(names) == types.k else types

    @property
    def typical(self) -> Sequences:
        """A synthetic life for each type, nobody's, each position of which rests on enough people to be
        published: barycentres, or modal lives where the domains are fused."""
        from trajectories.disclosure.small_groups import FEWEST
        from trajectories.findings.measures import compared_to
        from trajectories.typology.barycentre import barycentres
        from trajectories.typology.modal_life import modal_life

        def apart(people: Sequences, lives: Sequences) -> NDArray[np.float64]:
            return compared_to(people, lives, self.costs, self.plan.measure)

        def made() -> Sequences:
            if self.plan.measure.together == "fused":
                return modal_life(self.aligned, self.types, at_least=FEWEST)
            return barycentres(self.aligned, self.types, apart, at_least=FEWEST).lives

        return replace(self.kept("typical lives", "", made), ids=self.types.names)

    def _chosen(self) -> Sequences:
        built, people = self.built, self.plan.people
        chosen = set(self._where(people.where))
        words = in_words(self.study, people.where)
        others = tuple((person, f"not among those chosen ({words})") for person in self.study.ids
                       if person not in chosen)  # fmt: skip
        kept = built.select(person for person in built.ids if person in chosen)
        before = tuple((person, why) for person, why in built.left_out if person in chosen)
        lives = replace(kept, left_out=(*others, *before))
        return lives.complete() if people.complete else lives

    def _where(self, where: Mapping[str, Iterable[str]]) -> list[str]:
        wanted = {name: set(values) for name, values in where.items()}
        return [p.id for p in self.study.people
                if all(p.attributes.get(name, "") in values for name, values in wanted.items())]  # fmt: skip

    def _dissimilarities(self) -> Dissimilarities:
        from trajectories.findings.measures import compared

        return compared(self.aligned, self.costs, self.plan.measure)

    def _quality(self) -> pd.DataFrame:
        from trajectories.findings.domain_types import quality_by
        from trajectories.typology.quality import partition_quality

        plan, crossed = self.plan.types, self.crossed
        ks = range(plan.quality[0], min(plan.quality[1], self.lives.n - 1) + 1)
        if crossed is not None:
            return quality_by(self.dissimilarities, crossed, self.plan, ks, self.dates is None)
        return partition_quality(self.dissimilarities, ks, method=plan.whole or "pam", seed=self.plan.seed)

    def _partition(self) -> Typology:
        from trajectories.findings.domain_types import types_by
        from trajectories.typology.partition import partition

        types, crossed = self.plan.types, self.crossed
        if crossed is not None:
            return types_by(self.dissimilarities, crossed, self.plan, types.k, self.dates is None)
        return partition(self.dissimilarities, types.k, method=types.whole or "pam", seed=self.plan.seed)
