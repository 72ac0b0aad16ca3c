"""The stages of an analysis, each computed when first asked for and kept under the part of the plan it
depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.coding.dating.draws import DateDraw
from trajectories.coding.study import Study
from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError
from trajectories.findings.cache import Cache
from trajectories.findings.fitting import domains_of, in_words, require_fit
from trajectories.plan import Plan, hashed
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from trajectories.alignment.costs.costs import Costs
    from trajectories.comparison.cross_table import TypesByGroup
    from trajectories.comparison.discrepancy import Discrepancy
    from trajectories.figures.figure import Figure
    from trajectories.findings.many_settings import Multiverse
    from trajectories.findings.statements import Statement
    from trajectories.findings.vague_dates import DateStability
    from trajectories.typology.null_models import NullModels
    from trajectories.typology.stability import Stability

T = TypeVar("T")
Progress = Callable[[str, int, int], None]
"""Told which stage is at work, how many are done, and of how many."""


def run(
    study: Study, plan: Plan, *, cache: Cache | None = None, progress: Progress | None = None,
    dates: DateDraw | None = None, folder: Path | None = None,
) -> Findings:  # fmt: skip
    """Carry out a plan on a study.

    The plan is held against the study at once; each stage is computed when first asked for (``compute`` asks
    for all) and kept in ``cache`` under the input files and the part of the plan it depends on, so that
    another k does not align the lives again. ``progress(stage, done, total)`` is called before and after each
    stage. Lives are built by the study's point rule, or on the days of ``dates``, one of ``draw_dates``;
    cohorts go by the windows of the dates either way. In ``folder``, if one is given, the settings of the
    plan's multiverse are kept as they are done, so that an interrupted run is taken up again.

    Raises SettingError for what the plan asks and the study does not have, for more types than lives, and
    when nobody is observed over the whole window.
    """
    require_fit(study, plan)
    findings = Findings(study, plan, Cache() if cache is None else cache, progress, dates, folder)
    findings.require_enough()
    return findings


@dataclass(frozen=True, eq=False)
class Findings:
    """What an analysis found: lives, their dissimilarities, types, cohorts and tests, as tables, figures,
    sentences.

    Types and tests are those of everybody analysed; ``shown`` and the figures are those of ``plan.view``.
    """

    study: Study
    plan: Plan
    cache: Cache
    progress: Progress | None = None
    dates: DateDraw | None = None
    """The days that imprecise dates are put on; None is one day each by the study's point rule."""
    folder: Path | None = None
    """Where the settings of the multiverse are kept as they are done; None keeps them in memory only."""
    _done: set[str] = field(default_factory=set, init=False)

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
    def domains(self) -> tuple[str, ...]:
        """The names of the domains that are aligned together."""
        return domains_of(self.study, self.plan)

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
        parts = self.plan.part_key("types.method", "types.quality", "seed")
        key = self._key("quality", self._diss_key, parts)
        return self._stage("quality", key, self._quality)

    @property
    def types(self) -> Typology:
        """The types under the names of the plan."""
        types = self._stage("types", self._types_key, self._partition)
        return types.named(*self.plan.types.names) if self.plan.types.names else types

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

    @property
    def date_stability(self) -> DateStability | None:
        """What of the types depends on imprecise dates; None where the plan has no draws."""
        from trajectories.findings.trust import date_stability_of

        return date_stability_of(self)

    @property
    def bootstrap(self) -> Stability | None:
        """Whether other people of the same kind would give the same types; None where the plan has no
        samples."""
        from trajectories.findings.trust import bootstrap_of

        return bootstrap_of(self)

    @property
    def subsamples(self) -> pd.DataFrame | None:
        """For each number of types, how alike typologies of overlapping parts of the people are; None where
        the plan has none."""
        from trajectories.findings.trust import subsamples_of

        return subsamples_of(self)

    @property
    def null_models(self) -> dict[str, NullModels]:
        """The quality of types beside that of lives made by chance, by the way they are made; empty where
        the plan has no repetitions."""
        from trajectories.findings.trust import null_models_of

        return null_models_of(self)

    @property
    def multiverse(self) -> Multiverse | None:
        """The plan in other sensible settings; None where it asks for none."""
        from trajectories.findings.trust import multiverse_of

        return multiverse_of(self)

    @cached_property
    def shown(self) -> Sequences:
        """The lives that ``plan.view`` shows. Raises SettingError when it shows nobody."""
        view = self.plan.view
        if not view.where and not view.types:
            return self.lives
        ids = set(self._where(view.where)) & set(self.lives.ids)
        if view.types:
            types = self.types
            ids &= {p for p, t in zip(types.ids, types.types, strict=True) if int(t) + 1 in view.types}
        if not ids:
            raise SettingError(
                f"Nobody among the {self.lives.n} people analysed fits this selection "
                f"({in_words(self.study, view.where) or 'the chosen types'}); choose less narrowly."
            )
        return self.lives.select(person for person in self.lives.ids if person in ids)

    @property
    def shown_types(self) -> Typology:
        """The types of the people shown."""
        types = self.types
        return types if self.shown.n == len(types.ids) else types.select(self.shown.ids)

    @property
    def view_domain(self) -> str:
        """The domain drawn first."""
        return self.plan.view.domain or self.domains[0]

    @property
    def view_scheme(self) -> str | None:
        """The cohort scheme shown first; None when there is none at all."""
        return self.plan.view.scheme or next(iter((*self.plan.comparison.cohorts, *self.study.cohorts)), None)

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
        return ("sequences", "lives", "costs", "dissimilarities", "quality", "types", *each, *trust)

    def compute(self) -> Findings:
        """Compute every stage now."""
        _ = self.lives, self.costs, self.dissimilarities, self.quality, self.types
        for scheme in self.compared:
            _ = self.discrepancy(scheme), self.type_table(scheme)
        _ = self.date_stability, self.bootstrap, self.subsamples, self.null_models, self.multiverse
        return self

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the analysis by its name: people, distributions, types, quality, cohorts, costs."""
        from trajectories.findings.tables import tables

        return tables(self)

    @property
    def figure_names(self) -> tuple[str, ...]:
        """Names of the figures that the plan asks for, as files are named."""
        from trajectories.findings.drawn import figure_names

        return figure_names(self)

    def figure(self, name: str) -> Figure:
        """One of the figures that the plan asks for."""
        from trajectories.findings.drawn import figure

        return figure(self, name)

    def figures(self) -> dict[str, Figure]:
        """The figures that the plan asks for."""
        return {name: self.figure(name) for name in self.figure_names}

    def statements(self) -> list[Statement]:
        """What was found: plain sentences, each with the statistic behind it apart."""
        from trajectories.findings.statements import statements

        return statements(self)

    def sentences(self) -> list[str]:
        """What was found, in plain words with the statistic behind."""
        return [str(statement) for statement in self.statements()]

    def trust(self) -> list[Statement]:
        """How far the types can be trusted, as far as the plan asks (``stability``)."""
        from trajectories.findings.trust import trust

        return list(trust(self))

    def __repr__(self) -> str:
        k, n = self.plan.types.k, self.lives.n
        return (f"Findings: {n} of {len(self.study.people)} people analysed, {len(self.domains)} domains "
                f"({', '.join(self.domains)}), {k} types, {len(self.plan.comparison.cohorts)} cohort "
                "schemes")  # fmt: skip

    def require_enough(self) -> None:
        """Raise a TrajectoriesError when there are too few lives for the plan."""
        from trajectories.findings.enough import require_enough

        require_enough(self)

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

    def _where(self, where: Mapping[str, Iterable[str]]) -> list[str]:
        wanted = {name: set(values) for name, values in where.items()}
        return [p.id for p in self.study.people
                if all(p.attributes.get(name, "") in values for name, values in wanted.items())]  # fmt: skip

    def _dissimilarities(self) -> Dissimilarities:
        from trajectories.findings.measures import compared

        return compared(self.aligned, self.costs, self.plan.measure)

    def _quality(self) -> pd.DataFrame:
        from trajectories.typology.quality import partition_quality

        first, last = self.plan.types.quality
        ks = range(first, min(last, self.lives.n - 1) + 1)
        return partition_quality(self.dissimilarities, ks, method=self.plan.types.method, seed=self.plan.seed)

    def _partition(self) -> Typology:
        from trajectories.typology.partition import partition

        types = self.plan.types
        return partition(self.dissimilarities, types.k, method=types.method, seed=self.plan.seed)

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
        return self._key("types", self._diss_key, self.plan.part_key("types.method", "types.k", "seed"))

    def _key(self, stage: str, *parts: str) -> str:
        return hashed([self._study_key, stage, *parts])

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
