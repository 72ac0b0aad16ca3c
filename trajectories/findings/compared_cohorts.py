"""The cohorts of an analysis, and how far they follow different lives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError
from trajectories.findings.analysis import Analysis

if TYPE_CHECKING:
    from trajectories.comparison.cross_table import TypesByGroup
    from trajectories.comparison.discrepancy import Discrepancy
    from trajectories.typology.description import TypeDescriptions


@dataclass(frozen=True, eq=False)
class ComparedCohorts(Analysis):
    """An analysis with the cohort schemes that its plan compares."""

    @property
    def cohorts(self) -> dict[str, Groups]:
        """The cohorts of each scheme of the plan, over everybody in the study."""
        return {name: self.groups(name) for name in self.plan.comparison.cohorts}

    @property
    def compared(self) -> tuple[str, ...]:
        """The cohort schemes of the plan that divide the people analysed."""
        return tuple(name for name in self.plan.comparison.cohorts if name not in self.not_compared)

    @cached_property
    def not_compared(self) -> dict[str, str]:
        """Cohort schemes of the plan whose comparison makes no sense for the people analysed, each with
        the reason."""
        reasons = {name: self._hindrance(name) for name in self.plan.comparison.cohorts}
        return {name: reason for name, reason in reasons.items() if reason}

    @property
    def discrepancies(self) -> dict[str, Discrepancy]:
        """How far the cohorts of each scheme follow different lives."""
        return {name: self.discrepancy(name) for name in self.compared}

    @property
    def type_tables(self) -> dict[str, TypesByGroup]:
        """Which types each scheme's cohorts follow."""
        return {name: self.type_table(name) for name in self.compared}

    def groups(self, scheme: str) -> Groups:
        """The cohorts of one scheme of the study, over everybody in it."""
        from trajectories.comparison.cohorts import cohorts

        return self.cache.get(self._key("cohorts", scheme), lambda: cohorts(self.study, scheme))

    def discrepancy(self, scheme: str) -> Discrepancy:
        """How far the cohorts of one scheme follow different lives: pseudo-R2 with permutations."""
        from trajectories.comparison.discrepancy import compare_groups

        test = self.plan.part_key("comparison.permutations", "seed")
        return self._stage(
            f"difference between cohorts: {scheme}",
            self._key("discrepancy", self._diss_key, scheme, test),
            lambda: compare_groups(
                self.dissimilarities, self.groups(scheme),
                permutations=self.plan.comparison.permutations, seed=self.plan.seed,
            ),
        )  # fmt: skip

    def type_table(self, scheme: str) -> TypesByGroup:
        """Which types the cohorts of one scheme follow: counts, shares, residuals, tests."""
        from trajectories.comparison.cross_table import type_by_group

        test = self.plan.part_key("comparison.permutations", "seed", "types.names")
        return self._stage(
            f"types by cohort: {scheme}",
            self._key("types by cohort", self._types_key, scheme, test),
            lambda: type_by_group(
                self.types, self.groups(scheme),
                permutations=self.plan.comparison.permutations, seed=self.plan.seed,
            ),
        )  # fmt: skip

    @property
    def descriptions(self) -> TypeDescriptions:
        """What each type is like and what sets it apart from the rest, the cohorts of the first scheme that
        can be compared among the things looked at; domains that are not aligned, or weigh nothing, lie
        beside the lives."""
        from trajectories.typology.description import describe_types

        scheme = next(iter(self.compared), None)
        test = self.plan.part_key("comparison.permutations", "seed", "types.names")
        return self.cache.get(
            self._key("descriptions of types", self._types_key, scheme or "", test),
            lambda: describe_types(
                self.study, self.lives, self.types, None if scheme is None else self.groups(scheme),
                made_of=[name for name in self.domains if self.plan.measure.weight(name) > 0],
                permutations=self.plan.comparison.permutations, seed=self.plan.seed,
            ),
        )  # fmt: skip

    def _hindrance(self, scheme: str) -> str:
        """Why the cohorts of a scheme cannot be compared; empty when they can."""
        from trajectories.comparison.discrepancy import compare_groups

        def probe() -> str:
            try:
                compare_groups(self.dissimilarities, self.groups(scheme), permutations=1)
            except SettingError as error:
                return str(error)
            return ""

        return self.cache.get(self._key("hindrance", self._diss_key, scheme), probe)
