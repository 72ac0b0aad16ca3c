"""One stage of an analysis after another, each kept under the part of the plan it depends on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from trajectories.coding.dating.draws import DateDraw
from trajectories.coding.study import Study
from trajectories.findings.cache import Cache
from trajectories.findings.fitting import domains_of
from trajectories.findings.weights import with_weights
from trajectories.measure_plan import WeightsRule
from trajectories.plan import Plan, hashed

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told which stage is at work, how many are done, and of how many."""


@dataclass(frozen=True, eq=False)
class Staged:
    """A plan on its way through a study: what is known of each stage before it is computed, its key."""

    study: Study
    plan: Plan
    cache: Cache
    progress: Progress | None = None
    dates: DateDraw | None = None
    """The days that imprecise dates are put on; None is one day each by the study's point rule."""
    folder: Path | None = None
    """Where the settings of the multiverse are kept as they are done; None keeps them in memory only."""
    rule: WeightsRule | None = None
    """The rule that found the weights of domains, which are numbers in ``plan``; None for weights by hand."""
    _done: set[str] = field(default_factory=set, init=False)

    @property
    def domains(self) -> tuple[str, ...]:
        """The names of the domains that are aligned together."""
        return domains_of(self.study, self.plan)

    @property
    def asked(self) -> Plan:
        """The plan as it was asked for: with the rule for weights where ``plan`` has what it found."""
        return self.plan if self.rule is None else with_weights(self.plan, self.rule)

    @property
    def key(self) -> str:
        """SHA-256 of everything the results depend on: input files, days of the dates, plan."""
        return self._key("findings", self._dates_key, self.plan.key)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages in the order in which they are computed."""
        each = [f"{what}: {name}" for name in self.plan.comparison.cohorts
                for what in ("difference between cohorts", "types by cohort")]  # fmt: skip
        from trajectories.findings.trust import trust_stages

        trust = trust_stages(self.plan)
        crossed = () if self.plan.types.whole else ("types by domain",)
        weights = ("weights of domains",) if self.rule or self.plan.measure.rule else ()
        return ("sequences", "lives", *weights, "costs", "dissimilarities", *crossed, "quality", "types",
                *each, *trust)  # fmt: skip

    def kept(self, stage: str, part: str, make: Callable[[], T]) -> T:
        """What depends on the types and on ``part``, made now or from the cache."""
        return self._stage(stage, self._key(stage, self._types_key, part), make)

    def told(self, stage: str) -> Callable[[int, int], None]:
        """Tells those who watch how much of one long stage is done."""
        return lambda done, total: None if self.progress is None else self.progress(stage, done, total)

    def _stage(self, stage: str, key: str, make: Callable[[], T]) -> T:
        """The stage from the cache, or made now, telling those who watch."""
        if stage in self._done or self.progress is None:
            return self.cache.get(key, make)
        self.progress(stage, len(self._done), len(self.stages))
        value = self.cache.get(key, make)
        self._done.add(stage)
        self.progress(stage, min(len(self._done), len(self.stages)), len(self.stages))
        return value

    @cached_property
    def _study_key(self) -> str:
        study = self.study
        schemes = {name: scheme.model_dump(mode="json") for name, scheme in study.cohorts.items()}
        sizes = [len(study.episodes), len(study.events)]
        return hashed([sorted(study.files.items()), study.ids, sizes, schemes])

    @cached_property
    def _dates_key(self) -> str:
        return "" if self.dates is None else hashed(sorted(self.dates.days.items()))

    @property
    def _built_key(self) -> str:
        return self._key("sequences", self.plan.part_key("grid"), self._dates_key)

    @property
    def _lives_key(self) -> str:
        return self._key("lives", self.plan.part_key("grid", "people"), self._dates_key)

    @property
    def _diss_key(self) -> str:
        return self._key("dissimilarities", self._lives_key, *self.domains, self.plan.part_key("measure"))

    @property
    def _types_key(self) -> str:
        parts = self.plan.part_key("types.method", "types.k", "types.by_domain", "seed")
        return self._key("types", self._diss_key, parts)

    def _key(self, stage: str, *parts: str) -> str:
        return hashed([self._study_key, stage, *parts])
