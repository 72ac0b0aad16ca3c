"""The controls as one value, and its ways: from a plan, to a plan, into an address and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from dashboard.offers import (
    BY_HAND,
    COSTLESS,
    COSTS,
    MEASURES,
    METHODS,
    PLANNED,
    RULES,
    SORTS,
    Filter,
    Offers,
)
from trajectories.alignment.measures.names import MeasureName
from trajectories.plan import ComparisonPlan, MeasurePlan, PeoplePlan, Plan, TypesPlan, ViewPlan
from trajectories.sequences.grid import Grid

CLOCKS = ("calendar", "since", "age")
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Choices:
    """What the controls stand at.

    ``where`` are the filters by attribute, ``ever`` those by states lived through; ``types`` the numbers of
    the types shown, from 1 (empty: all).
    """

    domain: str
    clock: str
    since: str
    around: tuple[int, int]
    """Steps before (negative) and after the event."""
    years: tuple[int, int]
    ages: tuple[int, int]
    aligned: tuple[str, ...]
    complete: bool
    measure: str
    costs: str
    weights: str
    """By hand, as the plan has them, or the rule that finds them."""
    method: str
    k: int
    scheme: str
    where: Where = ()
    ever: Where = ()
    types: tuple[int, ...] = ()
    sort: str = "first_change"
    privacy: bool = False
    uncertain: bool = True

    def with_values(self, values: Mapping[str, Any], filters: Mapping[str, Any],
                    states: Mapping[str, Any] = MappingProxyType({})) -> Choices:  # fmt: skip
        """The choices after the controls have spoken: ``values`` by control, ``filters`` by attribute,
        ``states`` by domain."""
        given = {name: value for name, value in values.items() if value is not None}
        known = {name: _like(getattr(self, name), value) for name, value in given.items()}
        where, ever = (tuple((name, tuple(chosen)) for name, chosen in by.items() if chosen)
                       for by in (filters, states))  # fmt: skip
        return replace(self, **known, where=where, ever=ever)


def choices_of(plan: Plan, offers: Offers) -> Choices:
    """Where the controls stand when nothing has been touched: the plan itself."""
    grid, domains = plan.grid, tuple(name for name, _ in offers.domains)
    events = [name for name, _ in offers.events]
    schemes = [*plan.comparison.cohorts, *(name for name, _ in offers.schemes)]
    aligned = plan.domains or domains
    return Choices(
        domain=plan.view.domain or aligned[0],
        clock=grid.clock,
        since=grid.since or ("departure" if "departure" in events else next(iter(events), "")),
        around=(-grid.before, grid.after),
        years=_years(grid, offers),
        ages=grid.ages or (18, 40),
        aligned=aligned,
        complete=plan.people.complete,
        measure=plan.measure.name,
        costs=_costs(plan.measure),
        weights=plan.measure.rule or BY_HAND,
        method=plan.types.method,
        k=plan.types.k,
        scheme=plan.view.scheme or next(iter(schemes), ""),
        where=tuple(plan.view.where.items()),
        ever=tuple(plan.view.ever.items()),
        types=plan.view.types,
        sort=plan.view.sort,
    )


def plan_of(choices: Choices, base: Plan, start: Choices) -> Plan:
    """The plan that the controls describe; whatever they do not touch stays as ``base`` has it.

    Names of types stay only while everything that makes the types stays. Raises SettingError for what no plan
    allows.
    """
    same = all(getattr(choices, name) == getattr(start, name) for name in MAKES_TYPES)
    grid = base.grid if _clock(choices) == _clock(start) else _grid(choices, base.grid)
    every = base.domains == () and choices.aligned == start.aligned
    parts: dict[str, Any] = {
        "grid": grid,
        "domains": () if every else choices.aligned,
        "people": PeoplePlan(where=base.people.where, complete=choices.complete),
        "measure": _measure(choices, base.measure),
        "types": TypesPlan(**{**dict(base.types), "method": choices.method, "k": choices.k,
                              "by_domain": _by_domain(choices, base),
                              "names": base.types.names if same else ()}),
        "comparison": ComparisonPlan(cohorts=(choices.scheme,) if choices.scheme else (),
                                     permutations=base.comparison.permutations),
        "view": ViewPlan(domain=choices.domain, scheme=choices.scheme or None, where=dict(choices.where),
                         ever=dict(choices.ever), sort=choices.sort,
                         types=tuple(t for t in choices.types if t <= choices.k)),
    }  # fmt: skip
    return Plan(**{**dict(base), **parts})


def query_of(choices: Choices, start: Choices) -> str:
    """What differs from the start, as the query of an address. It never names a person."""
    changed = {name: value for name, value in asdict(choices).items() if value != asdict(start)[name]}
    pairs = [(name, _written(value)) for name, value in changed.items() if name not in _BY_NAME]
    for by in _BY_NAME:
        if by in changed:
            named: Where = getattr(choices, by)
            pairs += [(f"{by}.{name}", ",".join(values)) for name, values in named] or [(by, "")]
    return urlencode(pairs)


def choices_in(query: str, start: Choices, offers: Offers) -> Choices:
    """Read an address's query; what is not a possible choice is ignored, so that an old link still opens."""
    pairs = dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True))
    found: dict[str, Any] = {}
    for name in _FIELDS - set(_BY_NAME):
        if name in pairs:
            value = _read(getattr(start, name), pairs[name])
            if value is not None and (value == getattr(start, name) or _possible(name, value, offers)):
                found[name] = value
    for by, filters in zip(_BY_NAME, (offers.filters, offers.states), strict=True):
        if any(key.partition(".")[0] == by for key in pairs):
            found[by] = _filtered(pairs, by, filters)
    return replace(start, **found)


_BY_NAME = ("where", "ever")
"""The choices that are filters, each by the name of an attribute or a domain."""
_FIELDS = {field.name for field in fields(Choices)}
MAKES_TYPES = (
    "clock", "since", "around", "years", "ages", "complete", "aligned", "measure", "costs", "weights",
    "method", "k",
)  # fmt: skip
"""The choices that the types depend on."""


def _by_domain(choices: Choices, base: Plan) -> dict[str, int]:
    """Types of each domain alone, as the plan has them, while its own method is chosen."""
    if choices.method in dict(METHODS):
        return {}
    return {name: k for name, k in base.types.by_domain.items() if name in choices.aligned}


def _clock(choices: Choices) -> tuple[Any, ...]:
    """The clock that is chosen, without the windows of the other two."""
    window = {"calendar": (choices.years,), "age": (choices.ages,)}
    return (choices.clock, *window.get(choices.clock, (choices.since, choices.around)))


def _grid(choices: Choices, base: Grid) -> Grid:
    shared: dict[str, Any] = {"contested": base.contested, "step": base.step}
    if choices.clock == "calendar":
        return Grid(start=f"{choices.years[0]}-01", end=f"{choices.years[1]}-12", **shared)
    if choices.clock == "age":
        return Grid(ages=choices.ages, **{**shared, "step": base.step if base.ages else "year"})
    before, after = choices.around
    return Grid(since=choices.since, before=max(-before, 0), after=max(after, 1), **shared)


def _measure(choices: Choices, base: MeasurePlan) -> MeasurePlan:
    """The plan's measure, or another in its place; costs that the plan states are kept while asked for. One
    domain alone needs no rule for weights."""
    weights: Any = {name: weight for name, weight in base.by_hand.items() if name in choices.aligned}
    if choices.weights != BY_HAND:
        weights = choices.weights if len(choices.aligned) > 1 else {}
    costs: Any = base.costs if choices.measure in COSTLESS or choices.costs == PLANNED else choices.costs
    if isinstance(costs, dict):
        costs = {name: rule for name, rule in costs.items() if name in choices.aligned}
    return base.called(cast(MeasureName, choices.measure), costs=costs, weights=weights)


def _costs(measure: MeasurePlan) -> str:
    """The kind of costs if it is one that is offered, or that the plan states them."""
    return measure.costs if isinstance(measure.costs, str) and measure.costs in _values(COSTS) else PLANNED


def _years(grid: Grid, offers: Offers) -> tuple[int, int]:
    if grid.clock != "calendar":
        return offers.usual_years
    start = int(grid.start[:4]) if grid.start else offers.years[0]
    return start, int(grid.end[:4]) if grid.end else offers.years[1]


def _like(example: Any, value: Any) -> Any:
    """A control's value (JSON) in the type that the field has."""
    if isinstance(example, tuple):
        items = tuple(value)
        return tuple(int(item) if str(item).lstrip("-").isdigit() else item for item in items)
    return type(example)(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _read(example: Any, text: str) -> Any:
    """The value a text stands for, or None where it stands for none."""
    if isinstance(example, bool):
        return {"yes": True, "no": False}.get(text)
    value = [item for item in text.split(",") if item] if isinstance(example, tuple) else text
    try:
        return _like(example, value)
    except ValueError:
        return None


def _possible(name: str, value: Any, offers: Offers) -> bool:
    """Whether a value read from an address is one that the control could have."""
    among = {
        "clock": CLOCKS, "domain": _values(offers.domains), "since": _values(offers.events),
        "scheme": _values(offers.schemes), "measure": _values(MEASURES), "costs": _values(COSTS),
        "weights": (BY_HAND, *_values(RULES)), "method": _values(METHODS), "sort": _values(SORTS),
    }  # fmt: skip
    if name in among:
        return value in among[name]
    if name == "aligned":
        return bool(value) and all(item in _values(offers.domains) for item in value)
    if name in ("around", "years", "ages"):
        return len(value) == 2 and all(isinstance(item, int) for item in value) and value[0] < value[1]
    if name == "types":
        return all(isinstance(item, int) and item > 0 for item in value)
    return name != "k" or 2 <= value <= 99


def _filtered(pairs: Mapping[str, str], by: str, filters: tuple[Filter, ...]) -> Where:
    """The filters that an address names, in the codebook's order."""
    found = []
    for filter_ in filters:
        wanted = pairs.get(f"{by}.{filter_.name}", "").split(",")
        chosen = tuple(value for value, _ in filter_.values if value in wanted)
        if chosen:
            found.append((filter_.name, chosen))
    return tuple(found)


def _values(choices: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(value for value, _ in choices)
