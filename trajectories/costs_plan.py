"""Where costs come from, as a plan says it: a word for all domains, a word or table for each, or both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from trajectories.settings import Settings

CostsName = Literal["constant", "transition", "future", "rarity", "features", "ranks", "code_tree", "stated"]
Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Feature = str | float

SETTINGS: dict[str, tuple[str, ...]] = {
    "constant": ("value", "missing"), "transition": ("lag", "steps", "missing"), "future": ("lag", "missing"),
    "rarity": ("log",), "features": ("features", "feature_weights", "missing"), "ranks": ("missing",),
    "code_tree": ("missing",), "stated": ("table", "otherwise", "indel", "missing"),
}  # fmt: skip
"""What each kind of costs can be told."""
NEEDED = {"stated": "stated costs need a table, a line for each state",
          "features": "features costs need features, a line for each state"}  # fmt: skip
"""What is said of a kind of costs that is nothing by its name alone."""


class CostsPlan(Settings):
    """Costs of one domain (or of all) with their settings: ``{by: future, lag: 3}``."""

    by: CostsName
    missing: Price | None = None
    """What a missing position costs against any state; 2 when left out (1 in Hamming with constant)."""
    value: Price | None = None
    """constant: what every substitution costs; 2 when left out (1 for Hamming)."""
    lag: Annotated[int, Field(ge=1)] | None = None
    """transition, future: rates from each position to that many later; 1 when left out."""
    steps: Literal["both", "previous", "next"] | None = None
    """transition, for dynamic_hamming: which steps count at a position; both when left out."""
    log: bool | None = None
    """rarity: log(2 / (1 + share)) as an indel (true, usual) or 1 / share (false)."""
    features: dict[str, dict[str, Feature]] = Field(default_factory=dict)
    """features: a line for each state with its features, numbers or words: {home: {abroad: 0, secure: 3}}."""
    feature_weights: dict[str, Price] = Field(default_factory=dict)
    """features: the weight of each feature, 1 for those not named."""
    table: dict[str, dict[str, Price]] = Field(default_factory=dict)
    """stated: what substituting two states costs, each pair once: {home: {pending: 1, settled: 2}}."""
    otherwise: Price | None = None
    """stated: what every pair costs that the table does not name; 2 when left out."""
    indel: Price | dict[str, Price] | None = None
    """stated: inserting or deleting, for all states or by state; half the dearest substitution when left out
    or not named."""

    @field_validator("table")
    @classmethod
    def _possible(cls, table: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        for one, row in table.items():
            for other, price in row.items():
                if one == other and price:
                    raise ValueError(f"{one} for {one} costs {price:g}; keeping a state must cost 0")
                back = table.get(other, {}).get(one, price)
                if back != price:
                    raise ValueError(f"{one} for {other} costs {price:g}, but {other} for {one} {back:g}; "
                                     "both ways must cost the same (one of the two is enough)")  # fmt: skip
        return table

    @model_validator(mode="after")
    def _fits(self) -> CostsPlan:
        given = [name for name in self.model_fields_set if getattr(self, name) not in (None, {})]
        odd = sorted(set(given) - {"by", *SETTINGS[self.by]})
        if odd:
            raise ValueError(f"{self.by} costs have no {odd[0]}; they have {', '.join(SETTINGS[self.by])}")
        if self.by in NEEDED and not (self.table or self.features):
            raise ValueError(NEEDED[self.by])
        return self

    def said(self) -> dict[str, Any]:
        """What is told besides ``by``, for the rule that makes the costs."""
        return {name: value for name, value in dict(self).items() if name != "by" and value not in (None, {})}


def _kind(value: Any) -> str:
    """Which form the costs are written in; in brackets, so that no message takes it for a key."""
    if isinstance(value, CostsPlan) or (isinstance(value, Mapping) and "by" in value):
        return "[rule]"
    return "[domains]" if isinstance(value, Mapping) else "[word]"


def _one(value: Any) -> str:
    return "[rule]" if isinstance(value, CostsPlan | Mapping) else "[word]"


OneCosts: TypeAlias = Annotated[
    Annotated[CostsName, Tag("[word]")] | Annotated[CostsPlan, Tag("[rule]")], Discriminator(_one)
]
AllCosts: TypeAlias = Annotated[
    Annotated[CostsName, Tag("[word]")] | Annotated[CostsPlan, Tag("[rule]")]
    | Annotated[dict[str, OneCosts], Tag("[domains]")],
    Discriminator(_kind),
]  # fmt: skip
"""One kind for all domains, or one for each; domains that are not named take ``transition``."""


def shortest(costs: CostsName | CostsPlan) -> CostsName | CostsPlan:
    """A rule of which nothing but its name is told is the same as the word. Raises ValueError for a word that
    says too little."""
    if isinstance(costs, str) and costs in NEEDED:
        raise ValueError(NEEDED[costs])
    return costs if isinstance(costs, str) or costs.said() else costs.by


def costs_for(costs: CostsName | CostsPlan | dict[str, CostsName | CostsPlan], domain: str) -> CostsPlan:
    """What the plan says of one domain."""
    own = costs.get(domain, "transition") if isinstance(costs, dict) else costs
    return own if isinstance(own, CostsPlan) else CostsPlan(by=own)
