"""Other sensible ways to carry out a plan: one choice changed at a time, then all combinations of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias, get_args

from trajectories.coding.study import Study
from trajectories.errors import SettingError
from trajectories.findings.fitting import domains_of
from trajectories.plan import CHOOSABLE, Plan, Whole
from trajectories.sequences.grid import MONTHS, Grid, Step

Choices: TypeAlias = Mapping[str, Sequence[Any] | Mapping[str, Any]]
"""Parts of the plan (``types.k``, ``measure``), each with the values to try, or a name for each value."""


@dataclass(frozen=True)
class Setting:
    """One combination of choices: the name of the option of each choice, and the plan that it makes."""

    options: Mapping[str, str]
    plan: Plan


def usual_choices(study: Study, plan: Plan) -> dict[str, dict[str, Any]]:
    """What a careful colleague would try: the plan's own settings first, then others of each kind.

    - ``measure``: optimal matching with costs from transitions and with constant costs, Hamming, dynamic
      Hamming;
    - ``measure.weights``: as planned, all domains alike, and each domain left out in turn;
    - ``grid``: as planned, the next longer step, and, since an event, a third less time after it;
    - ``types.method``: PAM and Ward;
    - ``types.k``: one type fewer and one more.
    """
    own = plan.measure
    measures: dict[str, Any] = {_words(own.name, own.costs if isinstance(own.costs, str) else "stated"): {}}
    plain: dict[str, Any] = {"settings": {}, "norm": None} if own.settings.said() or own.norm else {}
    for name, costs in _MEASURES:
        measures.setdefault(_words(name, costs), {"name": name, "costs": costs, **plain})
    k = plan.types.k
    found: dict[str, dict[str, Any]] = {
        "measure": measures,
        "measure.weights": _weights(study, plan),
        "grid": _grids(plan.grid),
        "types.method": {method: method for method in dict.fromkeys((plan.types.method, "pam", "ward"))},
        "types.k": {str(n): n for n in (k, k - 1, k + 1) if n >= 2},
    }
    return {name: options for name, options in found.items() if len(options) > 1}


def settings(plan: Plan, choices: Choices) -> Iterator[Setting | tuple[str, str]]:
    """Every combination of the choices, the last choice changing fastest; for one that cannot be, its options
    in words and the reason. Raises SettingError for a part that no plan has, and a choice without options."""
    named = {part: _named(part, options) for part, options in choices.items()}
    base = bare(plan)
    for options in product(*(found.items() for found in named.values())):
        told = {part: name for part, (name, _) in zip(named, options, strict=True)}
        changed = base
        try:
            for part, (_, value) in zip(named, options, strict=True):
                changed = _changed(changed, part, value)
        except SettingError as refusal:
            yield in_words(told), str(refusal)
            continue
        yield Setting(told, changed)


def in_words(options: Mapping[str, str]) -> str:
    """``measure: hamming; types.k: 4``."""
    return "; ".join(f"{part}: {name}" for part, name in options.items())


def with_step(grid: Grid, step: Step) -> Grid:
    """The same clock and, to a step, the same window in other steps."""
    if grid.since is None:
        return Grid(**{**grid.model_dump(exclude_none=True), "step": step})
    before, after = (-(-n * grid.months // MONTHS[step]) for n in (grid.before, grid.after))
    return Grid(since=grid.since, before=before, after=after, step=step, contested=grid.contested)


_MEASURES = (
    ("optimal_matching", "transition"), ("optimal_matching", "constant"), ("hamming", "constant"),
    ("dynamic_hamming", "transition"),
)  # fmt: skip
_COARSER: dict[Step, Step] = {"month": "quarter", "quarter": "year"}


def _words(name: str, costs: str) -> str:
    called = name.replace("_", " ")
    return f"{called}, {costs} costs" if name in ("optimal_matching", "hamming") else called


def _weights(study: Study, plan: Plan) -> dict[str, Any]:
    domains, own = domains_of(study, plan), plan.measure.by_hand
    found: dict[str, Any] = {"as planned": plan.measure.rule or dict(own)}
    if plan.measure.rule or len({own.get(name, 1.0) for name in domains}) > 1:
        found["all alike"] = {}
    if len(domains) > 1 and plan.measure.weighs:
        found |= {f"without {name}": {**own, name: 0.0} for name in domains
                  if any(own.get(other, 1.0) for other in domains if other != name)}  # fmt: skip
    return found


def _grids(grid: Grid) -> dict[str, Any]:
    found: dict[str, Any] = {f"by {grid.step}": _plain(grid)}
    coarser = _COARSER.get(grid.step)
    if coarser is not None:
        found[f"by {coarser}"] = _plain(with_step(grid, coarser))
    if grid.since is not None and grid.after >= 3:
        after = grid.after - grid.after // 3
        found[f"to {after} {grid.step}s after"] = {**_plain(grid), "after": after}
    return found


def _plain(grid: Grid) -> dict[str, Any]:
    return grid.model_dump(mode="json", exclude_none=True)


def _named(part: str, options: Sequence[Any] | Mapping[str, Any]) -> dict[str, Any]:
    """The options of a choice by their names."""
    if part.partition(".")[0] not in CHOOSABLE:
        raise SettingError(f"{part!r} cannot be chosen otherwise; a choice is a part of the plan under "
                           f"{', '.join(CHOOSABLE)}, such as types.k or measure.weights.")  # fmt: skip
    if isinstance(options, str) or not len(options):
        raise SettingError(f"The choice {part!r} needs a list of values to try, or a name for each value.")
    if isinstance(options, Mapping):
        return {str(name): value for name, value in options.items()}
    return {_said(value): value for value in options}


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items()) or "as usual"
    if isinstance(value, list | tuple):
        return ", ".join(map(_said, value))
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


def bare(plan: Plan) -> Plan:
    """The plan without what changes no result."""
    kept = {part: getattr(plan, part) for part in (*CHOOSABLE, "comparison", "seed")}
    return Plan(**{**kept, "types": {**plan.types.model_dump(), "names": ()}, "figures": ()})


def _changed(plan: Plan, part: str, value: Any) -> Plan:
    if part == "grid.step":
        return plan.changed(grid=_plain(with_step(plan.grid, value)))
    name, _, key = part.partition(".")
    new = {key: value} if key else value
    if name == "domains":
        return plan.changed(domains=value, measure=_only(plan, value))
    if name == "types" and isinstance(new, dict) and new.get("method") in get_args(Whole):
        new = {"by_domain": {}, **new}  # whole lives are compared: domains have no types of their own
    return plan.changed(**{name: new})


def _only(plan: Plan, domains: Any) -> dict[str, Any]:
    """The costs and weights that the plan's measure has for some of the domains only."""
    kept = {name: value for name, value in plan.measure.model_dump(exclude_none=True).items()
            if name in ("costs", "weights") and isinstance(value, dict) and "by" not in value}  # fmt: skip
    return {name: {domain: one for domain, one in value.items() if domain in domains}
            for name, value in kept.items()}  # fmt: skip
