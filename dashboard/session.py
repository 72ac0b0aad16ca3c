"""One study in one process: plans are carried out one at a time, and what was found stays in memory only."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock, Thread
from typing import TYPE_CHECKING

from dashboard.controls import Choices, choices_in, choices_of, plan_of
from dashboard.offers import Offers
from trajectories.errors import TrajectoriesError
from trajectories.findings import Cache, run
from trajectories.plan import Plan, StabilityPlan

if TYPE_CHECKING:
    from trajectories.coding.study import ContextEvent, Study
    from trajectories.comparison.cross_table import TypesByGroup
    from trajectories.comparison.groups import Groups
    from trajectories.findings import Findings
    from trajectories.typology.description import TypeDescriptions

log = logging.getLogger("dashboard")


@dataclass(frozen=True, eq=False)
class Board:
    """What all panes show at one moment: the choices, and the findings of their plan, finished."""

    choices: Choices
    findings: Findings
    plan: Plan
    """The plan as chosen, to be taken along; the findings are those of it that the page shows."""

    @property
    def study(self) -> Study:
        return self.findings.study

    @property
    def groups(self) -> Groups | None:
        return self.findings.groups(self.choices.scheme) if self.choices.scheme else None

    @property
    def type_table(self) -> TypesByGroup | None:
        """Which types the chosen scheme's cohorts follow; None where they cannot be compared."""
        scheme = self.choices.scheme
        compared = scheme and scheme not in self.findings.not_compared
        return self.findings.type_table(scheme) if compared else None

    @property
    def context(self) -> tuple[ContextEvent, ...]:
        """What happened on the days that divide the cohorts; else everything that happened."""
        scheme = self.study.cohorts.get(self.choices.scheme)
        days = {cut.toordinal() for cut in scheme.cuts} if scheme else set()
        events = self.study.context_events
        return tuple(e for e in events if e.date.is_known and e.date.point() in days) or events

    @cached_property
    def members(self) -> dict[int, tuple[str, ...]]:
        """Who is shown of each type (0..k-1), types in order, those without anybody left out."""
        types = self.findings.shown_types
        each = {t: types.members(t) for t in range(types.k)}
        return {t: people for t, people in each.items() if people}


class Session:
    """A study, the plan it is opened with, and the results so far. Safe among the server's threads."""

    def __init__(self, study: Study, plan: Plan | None = None) -> None:
        self.study = study
        self.offers = Offers.of(study)
        self.base = plan or (Plan.read(study.plan_path) if study.plan_path else Plan())
        self.start = choices_of(self.base, self.offers)
        self._cache = Cache()
        self._lock = Lock()
        self._boards: OrderedDict[str, Findings] = OrderedDict()

    def choices(self, query: str | None) -> Choices:
        """What an address's query stands for."""
        return choices_in(query or "", self.start, self.offers)

    @property
    def asked_of_trust(self) -> StabilityPlan:
        """How far trust is looked into when asked for: dates and people, as often as the plan says or is
        usual."""
        asked = self.base.stability.all()
        return StabilityPlan(draws=asked.draws, bootstrap=asked.bootstrap)

    def board(self, choices: Choices) -> Board:
        """Carry out the plan that is chosen. Raises TrajectoriesError when it cannot be.

        How far the types can be trusted is left until it is asked for: it takes longer than all the rest.
        """
        plan = plan_of(choices, self.base, self.start)
        found = self._found(plan.model_copy(update={"stability": StabilityPlan()}))
        return Board(choices, found, plan)

    def trusted(self, choices: Choices) -> Findings:
        """The same findings with how far their types can be trusted."""
        plan = plan_of(choices, self.base, self.start)
        return self._found(plan.model_copy(update={"stability": self.asked_of_trust}))

    def is_trusted(self, choices: Choices) -> bool:
        """Whether that has been looked into already, so that it is at hand."""
        plan = plan_of(choices, self.base, self.start)
        return plan.model_copy(update={"stability": self.asked_of_trust}).key in self._boards

    def described(self, choices: Choices) -> TypeDescriptions:
        """Each type in words, with what sets it apart: as in the report."""
        findings = self.board(choices).findings
        with self._lock:
            return findings.descriptions

    def _found(self, plan: Plan) -> Findings:
        """The findings of a plan, computed or remembered.

        One at a time: compiled kernels use every core by themselves and must not be entered by two threads.
        """
        with self._lock:
            findings = self._boards.get(plan.key)
            if findings is None:
                findings = run(self.study, plan, cache=self._cache).compute()
                _ = findings.shown, findings.shown_types
                self._boards[plan.key] = findings
                while len(self._boards) > _KEPT:
                    self._boards.popitem(last=False)
        return findings

    def warm(self) -> None:
        """Begin with the opening view at once, while the browser is still loading the page."""
        Thread(target=self._try_start, daemon=True, name="opening view").start()

    def _try_start(self) -> None:
        try:
            self.board(self.start)
        except TrajectoriesError as error:
            log.info("The opening view cannot be shown: %s", error)


_KEPT = 24
