"""Whether a plan's measure and costs fit a study's domains and their states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trajectories.coding.codebook import Domain
from trajectories.coding.problems import choices
from trajectories.coding.study import Study
from trajectories.costs_plan import CostsPlan, costs_for
from trajectories.plan import Plan


def measure_problems(study: Study, plan: Plan) -> list[str]:
    """What in the plan's measure the study's codebook does not have, each with the part of the plan it is
    in."""
    measure, known = plan.measure, {domain.name: domain for domain in study.codebook.domains}
    used = [name for name in plan.domains or known if name in known]
    found = [f"measure.weights: no domain {name!r} is aligned. {choices(name, used, 'Aligned are')}"
             for name in measure.by_hand if name not in used]  # fmt: skip
    if used and not any(measure.by_hand.get(name, 1.0) for name in used):
        found.append("measure.weights: every domain weighs 0, so all lives would be alike; weigh one.")
    if measure.rule and len(used) == 1:
        found.append(f"measure.weights: {measure.rule} weighs domains against each other, and only one is "
                     f"aligned ({used[0]}). Leave weights out, or align more domains.")  # fmt: skip
    if len(used) > 1 and measure.together == "added" and not measure.kind.several:
        found.append(f"measure.name: the {measure.words} compares lives in one domain, the plan aligns "
                     f"{len(used)} ({', '.join(used)}). Name one under 'domains', or say 'together: fused' "
                     "(combinations are states) or 'together: summed' (each alone).")  # fmt: skip
    if isinstance(measure.costs, dict):
        found += [f"measure.costs.{name}: no domain {name!r} is aligned. {choices(name, used, 'Aligned are')}"
                  for name in measure.costs if name not in used]  # fmt: skip
    if measure.takes_costs and measure.together != "fused":
        for name in used:
            found += _states(known[name], costs_for(measure.costs, name), f"measure.costs{_path(plan, name)}")
    return found


def _path(plan: Plan, name: str) -> str:
    return f".{name}" if isinstance(plan.measure.costs, dict) else ""


def _states(domain: Domain, costs: CostsPlan, part: str) -> Iterator[str]:
    """States that costs name and the domain lacks, and those that features or ranks lack."""
    named = [("table", one, f".{one}") for one in costs.table]
    named += [("table", other, f".{one}.{other}") for one, row in costs.table.items() for other in row]
    named += [("features", one, f".{one}") for one in costs.features]
    named += [("indel", one, f".{one}") for one in (costs.indel if isinstance(costs.indel, dict) else ())]
    for key, code, place in named:
        if code not in domain.alphabet:
            yield (f"{part}.{key}{place}: domain {domain.name!r} has no state {code!r}. "
                   f"{choices(code, domain.alphabet)}")  # fmt: skip
    absent = _lacking(domain.alphabet, costs.features) if costs.features else ""
    if absent:
        yield f"{part}.features: these states have no line: {absent}. Describe every state."
    if costs.by == "ranks" and len({state.rank for state in domain.states if state.rank is not None}) < 2:
        yield (f"{part}: the states of domain {domain.name!r} have no ranks in the codebook, so ranks say "
               "nothing of how far apart they are. Give them ranks, or take other costs.")  # fmt: skip


def _lacking(alphabet: Iterable[str], described: Iterable[str]) -> str:
    there = set(described)
    return ", ".join(code for code in alphabet if code not in there)
