"""The whole of an analysis: every stage, and what was found as tables, figures and sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.coding.dating.draws import DateDraw
from trajectories.coding.study import Study
from trajectories.errors import SettingError
from trajectories.findings.cache import Cache
from trajectories.findings.compared_cohorts import ComparedCohorts
from trajectories.findings.fitting import in_words, require_fit
from trajectories.findings.staged import Progress as Progress
from trajectories.plan import Plan
from trajectories.sequences.sequences import Sequences
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.figures.figure import Figure
    from trajectories.findings.many_settings import Multiverse
    from trajectories.findings.statements import Statement
    from trajectories.findings.trust import Question
    from trajectories.findings.vague_dates import DateStability
    from trajectories.typology.null_models import NullModels
    from trajectories.typology.stability import Stability


def run(
    study: Study, plan: Plan, *, cache: Cache | None = None, progress: Progress | None = None,
    dates: DateDraw | None = None, folder: Path | None = None,
) -> Findings:  # fmt: skip
    """Carry out a plan on a study.

    The plan is held against the study at once; each stage is computed when first asked for (``compute`` asks
    for all) and kept in ``cache`` under the input files and the part of the plan it depends on, so that
    another k does not align the lives again. ``progress(stage, done, total)`` is called before and after each
    stage. Lives are built by the study's point rule, or on the days of ``dates``, one of ``draw_dates``;
    cohorts go by the windows of the dates either way. Where the plan names a rule for the weights of domains
    they are found at once, and ``plan`` of the findings has the numbers (see ``found_weights``). In
    ``folder``, if one is given, the settings of the plan's multiverse are kept as they are done, so that an
    interrupted run is taken up again.

    Raises SettingError for what the plan asks and the study does not have, for more types than lives, and
    when nobody is observed over the whole window.
    """
    require_fit(study, plan)
    findings = Findings(study, plan, Cache() if cache is None else cache, progress, dates, folder)
    findings.require_enough()
    return findings.weighed()


@dataclass(frozen=True, eq=False)
class Findings(ComparedCohorts):
    """What an analysis found: lives, their dissimilarities, types, cohorts and tests, as tables, figures,
    sentences.

    Types and tests are those of everybody analysed; ``shown`` and the figures are those of ``plan.view``.
    """

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
        if not (view.where or view.ever or view.types):
            return self.lives
        ids = set(self._where(view.where)) & set(self.lives.ids)
        for domain, states in view.ever.items():
            ids &= set(self.lives.ever(domain, states))
        if view.types:
            types = self.types
            ids &= {p for p, t in zip(types.ids, types.types, strict=True) if int(t) + 1 in view.types}
        if not ids:
            asked = in_words(self.study, view.where, view.ever) or "the chosen types"
            raise SettingError(f"Nobody among the {self.lives.n} people analysed fits this selection "
                               f"({asked}); choose less narrowly.")  # fmt: skip
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

    def trust_parts(self) -> dict[Question, list[Statement]]:
        """The same by question: number, choices, chance, people, dates; those that the plan asks."""
        from trajectories.findings.trust import trust_parts

        return trust_parts(self)

    def __repr__(self) -> str:
        k, n = self.plan.types.k, self.lives.n
        return (f"Findings: {n} of {len(self.study.people)} people analysed, {len(self.domains)} domains "
                f"({', '.join(self.domains)}), {k} types, {len(self.plan.comparison.cohorts)} cohort "
                "schemes")  # fmt: skip

    def weighed(self) -> Findings:
        """The same findings with numbers in the place of a rule for the weights of domains.

        Raises SettingError when no domain tells people apart, and when numbers do not suit the plan.
        """
        from trajectories.findings.weights import found_weights, with_weights

        measure = self.plan.measure
        if measure.rule is None:
            return self
        weights = self._stage("weights of domains", self._key("weights", self._diss_key),
                              lambda: found_weights(self.aligned, measure))  # fmt: skip
        plan = with_weights(self.plan, weights)
        require_fit(self.study, plan)
        found = replace(self, plan=plan, rule=measure.rule)
        found._done.update(self._done)
        return found

    def require_enough(self) -> None:
        """Raise a TrajectoriesError when there are too few lives for the plan."""
        from trajectories.findings.enough import require_enough

        require_enough(self)
