"""Whether a plan fits a study: every name it uses must be there, before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from trajectories.coding.codebook import Attribute
from trajectories.coding.problems import choices
from trajectories.coding.study import Study
from trajectories.errors import SettingError, StudyError
from trajectories.findings.fitting_measure import measure_problems
from trajectories.plan import Plan


def require_fit(study: Study, plan: Plan) -> None:
    """Raise a TrajectoriesError that names everything in the plan that the study does not have."""
    if not study.people:
        raise StudyError(
            f"{study.title}: there is nobody in this study. Add biographies, or a table of persons, and name "
            "them "
            "in study.yaml under 'biographies' or 'tables'."
        )
    rules = (_domains, measure_problems, _crossed, _attributes, _states, _schemes, _people)
    problems = [problem for rule in rules for problem in rule(study, plan)]
    if problems:
        told = [plan.place(problem.partition(": ")[0]) + problem for problem in problems]
        between = "\n" if plan.place("") else " "
        raise SettingError(between.join(["The plan does not fit this study:", *told]))


def domains_of(study: Study, plan: Plan) -> tuple[str, ...]:
    """The domains aligned together: those of the plan, or all of the codebook."""
    return plan.domains or tuple(domain.name for domain in study.codebook.domains)


def crossed_domains(plan: Plan, domains: Iterable[str]) -> dict[str, int]:
    """The number of types in each domain that is crossed: of those in ``types.by_domain``, the ones that are
    aligned and weigh anything (all, while a rule has yet to find weights), in the order in which they are
    aligned."""
    wanted, weights = plan.types.by_domain, plan.measure.by_hand
    return {name: wanted[name] for name in domains if name in wanted and weights.get(name, 1.0) > 0}


def attribute_of(study: Study, name: str) -> Attribute | None:
    """The attribute called ``name``, or None."""
    return next((found for found in study.codebook.attributes if found.name == name), None)


def in_words(study: Study, where: Mapping[str, Iterable[str]],
             ever: Mapping[str, Iterable[str]] = MappingProxyType({})) -> str:  # fmt: skip
    """A selection as one says it: ``Gender: woman or man; ever in Location: Georgia``."""
    parts = []
    for name, values in where.items():
        attribute = attribute_of(study, name)
        labels = (attribute.values or {}) if attribute else {}
        words = " or ".join(labels.get(value, value) for value in values)
        parts.append(f"{attribute.label if attribute else name}: {words}")
    for name, states in ever.items():
        domain = study.codebook.domain(name)
        words = " or ".join(domain.labels.get(state, state) for state in states)
        parts.append(f"ever in {domain.label or name}: {words}")
    return "; ".join(parts)


def _domains(study: Study, plan: Plan) -> list[str]:
    known = [domain.name for domain in study.codebook.domains]
    found = [f"domains: there is no domain {name!r}. {choices(name, known, 'The codebook has')}"
             for name in plan.domains if name not in known]  # fmt: skip
    if plan.view.domain is not None and plan.view.domain not in known:
        name = plan.view.domain
        found.append(f"view.domain: there is no domain {name!r}. {choices(name, known, 'The codebook has')}")
    return found


def _crossed(study: Study, plan: Plan) -> list[str]:
    """Domains that are crossed must be aligned, and two of them at least weigh anything."""
    wanted, used = plan.types.by_domain, domains_of(study, plan)
    odd = [name for name in wanted if name not in used]
    if odd or not wanted:
        return [f"types.by_domain: no domain {name!r} is aligned. {choices(name, used, 'Aligned are')}"
                for name in odd]  # fmt: skip
    found, left = [], crossed_domains(plan, used)
    if len(left) < 2:
        light = ", ".join(name for name in wanted if name not in left)
        found.append(f"types.by_domain: what weighs 0 in measure.weights is not crossed ({light}), and fewer "
                     "than two domains are left. Give weights, or cross other domains.")  # fmt: skip
    elif plan.types.k > (most := math.prod(left.values())):
        found.append(f"types.k: the {len(left)} domains that weigh anything have no more than {most} "
                     f"combinations of types, not {plan.types.k}. Choose a smaller k.")  # fmt: skip
    return found


def _states(study: Study, plan: Plan) -> list[str]:
    found = []
    for name, states in plan.view.ever.items():
        domain = next((one for one in study.codebook.domains if one.name == name), None)
        if domain is None:
            known = choices(name, [one.name for one in study.codebook.domains], "The codebook has")
            found.append(f"view.ever: there is no domain {name!r}. {known}")
            continue
        found += [f"view.ever.{name}: there is no state {state!r}. {choices(state, domain.alphabet)}"
                  for state in states if state not in domain.alphabet]  # fmt: skip
    return found


def _attributes(study: Study, plan: Plan) -> list[str]:
    found = []
    for part, where in (("people.where", plan.people.where), ("view.where", plan.view.where)):
        for name, values in where.items():
            attribute = attribute_of(study, name)
            if attribute is None:
                known = choices(name, [a.name for a in study.codebook.attributes], "The codebook has")
                found.append(f"{part}: there is no attribute {name!r}. {known}")
            elif attribute.values is not None:
                found += [f"{part}.{name}: there is no value {value!r}. {choices(value, attribute.values)}"
                          for value in values if value not in attribute.values]  # fmt: skip
    return found


def _schemes(study: Study, plan: Plan) -> list[str]:
    named = [("comparison.cohorts", name) for name in plan.comparison.cohorts]
    if plan.view.scheme is not None:
        named.append(("view.scheme", plan.view.scheme))
    return [f"{part}: there is no cohort scheme {name!r}. {choices(name, study.cohorts, 'study.yaml has')}"
            for part, name in named if name not in study.cohorts]  # fmt: skip


def _people(study: Study, plan: Plan) -> list[str]:
    known = set(study.ids)
    found = [f"timelines: there is no person {name!r} in this study."
             for name in plan.timelines if name not in known]  # fmt: skip
    last = max(plan.view.types, default=1)
    if plan.view.types and not 1 <= min(plan.view.types) <= last <= plan.types.k:
        wrong = last if last > plan.types.k else min(plan.view.types)
        found.append(f"view.types: there is no type {wrong}; types are numbered 1 to {plan.types.k}.")
    return found

