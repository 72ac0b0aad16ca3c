"""Everything a careful colleague would find in the coded data, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trajectories.coding.checking import (
    alike_rules,
    code_rules,
    coded_domains,
    dispute_rules,
    habit_rules,
    mention_rules,
    people_rules,
    place_rules,
    time_rules,
)
from trajectories.coding.checking.contradictions import TOLD_ELSEWHERE, contradictions, stated_orders
from trajectories.coding.collection import no_collection
from trajectories.coding.problems import Problem, Problems
from trajectories.coding.study import Study

Rule = Callable[[Study], Iterator[Problem]]


def reading(study: Study) -> Iterator[Problem]:
    """What could not be read: rows without a state, dates that are none, unknown keys and columns."""
    yield from study.reading_problems


RULES: tuple[Rule, ...] = (
    reading,
    people_rules.empty_study,
    people_rules.duplicate_people,
    people_rules.duplicate_events,
    people_rules.strangers,
    alike_rules.alike_people,
    people_rules.uncoded,
    people_rules.missing_departure,
    code_rules.states,
    alike_rules.alike_states,
    code_rules.event_kinds,
    code_rules.event_ids,
    code_rules.attributes,
    code_rules.ties,
    code_rules.confidence,
    time_rules.person_dates,
    time_rules.outside_life,
    time_rules.overlaps,
    time_rules.gaps,
    time_rules.undated,
    stated_orders,
    place_rules.impossible_places,
    habit_rules.ends_at_interview,
    habit_rules.month_heaping,
    mention_rules.held_too_long,
    coded_domains.never_coded_groups,
    dispute_rules.events_disagree,
    dispute_rules.beginnings_disagree,
    dispute_rules.second_coding,
    dispute_rules.coders_disagree,
)
"""Every rule: a function of the study that yields what it finds."""


def check(study: Study) -> Problems:
    """Find every problem of a study in one pass: errors, warnings and notes, each with file, line, person and
    hint.

    Errors are contradictions (overlaps, unknown states, impossible dates); warnings are what will be treated
    as missing or is probably a slip; notes are good to know. An overlap or gap counts only when it is
    certain, whatever the imprecise dates turn out to be. Dates that leave no order at all are told last, of
    people in whom no rule has named a contradiction yet.
    """
    with no_collection():
        found = [problem for rule in RULES for problem in rule(study)]
        told = {problem.person for problem in found if problem.rule in TOLD_ELSEWHERE}
        return Problems.sorted([*found, *contradictions(study, told)])
