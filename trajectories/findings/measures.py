"""From the plan's words to costs, a measure, and dissimilarities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from trajectories.costs_plan import CostsPlan, costs_for
from trajectories.measure_plan import MeasurePlan
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from trajectories.alignment.costs.costs import Costs, DomainCosts
    from trajectories.alignment.dissimilarities import Dissimilarities
    from trajectories.alignment.explaining.alignment import Alignment
    from trajectories.alignment.measures.basic import Measure


def costs_of(lives: Sequences, plan: MeasurePlan) -> Costs | None:
    """The costs that the plan's measure aligns these lives by, weighted where domains add up; None for
    measures without costs.

    For fused domains they are those of the combinations.
    """
    from trajectories.alignment.costs.costs import Costs
    from trajectories.alignment.domains import averaged, fused

    if not plan.takes_costs:
        return None
    if plan.together == "fused":
        lives = fused(lives)
    asked = [costs_for(plan.costs, domain.name) for domain in lives.domains]
    made = [_ruled(lives.only(domain.name), one, plan.name)
            for domain, one in zip(lives.domains, asked, strict=True)]  # fmt: skip
    domains = tuple(_priced(costs.domains[0], one) for costs, one in zip(made, asked, strict=True))
    costs = Costs(domains, _rule([costs.rule for costs in made], [domain.name for domain in lives.domains]))
    if plan.together != "added":
        return costs
    costs = costs.weighted(**{domain.name: plan.weight(domain.name) for domain in lives.domains})
    return averaged(costs) if plan.link == "mean" else costs


def measure_of(costs: Costs | None, plan: MeasurePlan) -> Measure:
    """The measure of the plan with its costs."""
    measure: Measure = plan.made(costs)
    return measure


def compared(lives: Sequences, costs: Costs | None, plan: MeasurePlan) -> Dissimilarities:
    """How unlike every two lives are, by the plan."""
    from trajectories.alignment.domains import fused, joint
    from trajectories.alignment.pairwise import dissimilarities

    if plan.together == "fused":
        return dissimilarities(fused(lives), measure_of(costs, plan))
    if plan.together == "added" or len(lives.domains) == 1:
        return dissimilarities(lives, measure_of(costs, plan))
    alone = {domain.name: dissimilarities(lives.only(domain.name), measure_of(_of(costs, domain.name), plan))
             for domain in lives.domains if plan.weight(domain.name) > 0}  # fmt: skip
    return joint(alone, {name: plan.weight(name) for name in alone}, mean=plan.link == "mean")


def compared_alone(lives: Sequences, plan: MeasurePlan, domains: Iterable[str]) -> dict[str, Dissimilarities]:
    """How unlike every two lives are in each of some domains alone, by the plan's measure, unweighted."""
    alone = plan.model_copy(update={"together": "added", "link": "sum", "weights": {}})
    each = {name: lives.only(name) for name in domains}
    return {name: compared(one, costs_of(one, alone), alone) for name, one in each.items()}


def compared_to(lives: Sequences, references: Sequences, costs: Costs | None,
                plan: MeasurePlan) -> NDArray[Any]:
    """How unlike each life is to each of a few references, (lives, references), by the plan.

    ``costs`` are those of the references' own sample. The combinations of fused domains, and their costs,
    are those of the lives and references given here.
    """
    from trajectories.alignment.domains import fused
    from trajectories.alignment.pairwise import dissimilarities_to

    if plan.together == "fused":
        both = replace(lives, states=np.concatenate([references.states, lives.states]),
                       ids=(*(f"reference {person}" for person in references.ids), *lives.ids),
                       weights=np.concatenate([references.weights, lives.weights]))  # fmt: skip
        as_one, few = fused(both), references.n
        measure = measure_of(costs_of(both, plan), plan)
        known, to = as_one.select(as_one.ids[few:]), as_one.select(as_one.ids[:few])
        return dissimilarities_to(known, to, measure).values
    if plan.together == "added" or len(lives.domains) == 1:
        return dissimilarities_to(lives, references, measure_of(costs, plan)).values
    total: Any = 0.0
    for name, weight in _shares(lives, plan).items():
        measure = measure_of(_of(costs, name), plan)
        total = total + weight * dissimilarities_to(lives.only(name), references.only(name), measure).values
    return np.asarray(total)


def explained(lives: Sequences, costs: Costs | None, plan: MeasurePlan, one: str,
              other: str) -> tuple[tuple[Sequences, Alignment], ...]:
    """How one person's life is turned into another's by the plan, each alignment with the lives that it is
    told of.

    One alignment of all domains together (of fused lives where the plan fuses them); where domains are
    compared each alone and summed, one a domain, with costs that are weighted as they enter the sum. Raises
    SettingError for measures without an alignment.
    """
    from trajectories.alignment.domains import fused
    from trajectories.alignment.explaining.explanation import explain

    if plan.together == "summed" and len(lives.domains) > 1:
        alone = ((lives.only(name), measure_of(_of(costs, name), plan), weight)
                 for name, weight in _shares(lives, plan).items())  # fmt: skip
        return tuple((told_of, explain(told_of, measure, one, other).times(weight))
                     for told_of, measure, weight in alone)  # fmt: skip
    told_of = fused(lives) if plan.together == "fused" else lives
    return ((told_of, explain(told_of, measure_of(costs, plan), one, other)),)


def _shares(lives: Sequences, plan: MeasurePlan) -> dict[str, float]:
    """What the dissimilarity in each domain counts in their sum or mean; only domains that count."""
    weights = {domain.name: plan.weight(domain.name) for domain in lives.domains}
    whole = sum(weights.values()) if plan.link == "mean" else 1.0
    return {name: weight / whole for name, weight in weights.items() if weight > 0}


def _of(costs: Costs | None, domain: str) -> Costs | None:
    """The costs of one domain alone."""
    if costs is None:
        return None
    return replace(costs, domains=tuple(one for one in costs.domains if one.domain == domain))


def _ruled(lives: Sequences, asked: CostsPlan, measure: str) -> Costs:
    """The costs of one domain by the rule that is asked for."""
    from trajectories.alignment.costs import by_hand, cost_rules, state_costs

    said, name = asked.said(), lives.domains[0].name
    if asked.by == "stated":
        own = {name: said.pop("indel", None)}
        return by_hand.stated_costs(lives, {name: said.pop("table")}, own, **said)
    if asked.by == "features":
        table = {name: _features(said.pop("features"))}
        return state_costs.feature_costs(lives, table, said.pop("feature_weights", None), **said)
    if measure == "dynamic_hamming" and asked.by == "transition":
        return cost_rules.dynamic_transition_costs(lives, **said)
    if asked.by == "rarity":
        return cost_rules.rarity_costs(lives, dynamic=measure == "dynamic_hamming", **said)
    if asked.by == "constant" and measure == "hamming":
        said = {"value": 1.0, "missing": 1.0, **said}
    rules: dict[str, Any] = {
        "constant": cost_rules.constant_costs, "transition": cost_rules.transition_costs,
        "future": cost_rules.future_costs, "ranks": state_costs.rank_costs,
        "code_tree": state_costs.code_tree_costs,
    }  # fmt: skip
    costs: Costs = rules[asked.by](lives, **said)
    return costs


def _features(lines: dict[str, dict[str, str]]) -> Any:
    """A table of states by features; a feature whose values are all numbers is one."""
    import pandas as pd

    table = pd.DataFrame.from_dict(lines, orient="index")
    for name in table.columns:
        numbers = pd.to_numeric(table[name], errors="coerce")
        if (numbers.notna() == table[name].notna()).all():
            table[name] = numbers
    return table


def _priced(costs: DomainCosts, asked: CostsPlan) -> DomainCosts:
    """With an indel of half the dearest substitution, unless the kind of costs brings its own."""
    if asked.by == "rarity" or asked.indel is not None:
        return costs
    price = (costs.highest or 2.0) / 2
    return replace(costs, indel=np.full(len(costs.states), price), missing_indel=None)


def _rule(rules: list[str], names: list[str]) -> str:
    if len(set(rules)) == 1:
        return rules[0]
    return "; ".join(f"{name} {rule}" for name, rule in zip(names, rules, strict=True))
