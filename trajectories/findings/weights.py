"""How much each domain counts where the plan names a rule instead of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.measure_plan import MeasurePlan, WeightsRule
from trajectories.plan import Plan

if TYPE_CHECKING:
    from trajectories.sequences.sequences import Sequences

DIGITS = 4
"""Significant digits of weights that are found, all of which are told."""


def found_weights(lives: Sequences, measure: MeasurePlan) -> dict[str, float]:
    """The weights of the domains by the rule that the plan names, 1 on average, for lives as reported.

    ``information``: ``information_weights``. ``equalised``: ``equalising_weights`` of the dissimilarities in
    each domain alone, by the plan's measure and costs; normalised ones only where domains are ``summed``,
    since ``added`` domains are normalised together.

    They are found once, on the lives that are analysed, before anything is compared, and are numbers like
    any others from then on: draws of dates, samples of people, lives made by chance and the settings of the
    multiverse keep them. Found anew each time, they would be a second thing that changes, and types that
    move because a date does could not be told from types that move because the weights do. So a plan with a
    rule gives, bit for bit, what the same plan with the numbers gives; they have four digits so that the
    report can tell them as they are. Raises SettingError when no domain tells people apart.
    """
    from trajectories.alignment.domain_weights import equalising_weights, information_weights
    from trajectories.findings.measures import compared_alone

    if measure.rule == "information":
        found = information_weights(lives)
    else:
        raw = measure if measure.together == "summed" else measure.model_copy(update={"norm": None})
        found = equalising_weights(compared_alone(lives, raw, [domain.name for domain in lives.domains]))
    return {name: float(f"{weight:.{DIGITS}g}") for name, weight in found.items()}


def with_weights(plan: Plan, weights: dict[str, float] | WeightsRule) -> Plan:
    """The same plan with other weights of the domains, or a rule for them."""
    measure = plan.measure.model_copy(update={"weights": weights})
    return plan.model_copy(update={"measure": measure})
