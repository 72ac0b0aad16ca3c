"""From the plan's words to costs and a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.plan import MeasurePlan, Plan
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    from trajectories.alignment.costs.costs import Costs
    from trajectories.alignment.measures.basic import Measure


def costs_of(lives: Sequences, plan: Plan) -> Costs | None:
    """The costs that the plan's measure aligns these lives by, weighted; None for the longest common
    subsequence."""
    from trajectories.alignment.costs import cost_rules

    measure = plan.measure
    if measure.name == "longest_common_subsequence":
        return None
    if measure.name == "dynamic_hamming":
        costs = cost_rules.dynamic_transition_costs(lives)
    elif measure.costs == "transition":
        costs = cost_rules.transition_costs(lives)
    elif measure.name == "hamming":
        costs = cost_rules.constant_costs(lives, value=1, missing=1.0)
    else:
        costs = cost_rules.constant_costs(lives)
    return costs.weighted(**measure.weights)


def measure_of(costs: Costs | None, plan: MeasurePlan) -> Measure:
    """The measure of the plan with its costs."""
    from trajectories.alignment.measures import basic

    if costs is None:
        return basic.LongestCommonSubsequence()
    if plan.name == "hamming":
        return basic.Hamming(costs)
    if plan.name == "dynamic_hamming":
        return basic.DynamicHamming(costs)
    return basic.OptimalMatching(costs, indel=plan.indel)
