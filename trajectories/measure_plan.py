"""How unlike two lives are, as a plan says it: the measure, its costs, and how domains come together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from trajectories.alignment.measures.names import MEASURES, MeasureName, Named
from trajectories.costs_plan import AllCosts, costs_for, shortest
from trajectories.errors import SettingError
from trajectories.settings import Settings

Together = Literal["added", "fused", "summed"]
WeightsRule = Literal["information", "equalised"]
Weights = Annotated[
    Annotated[dict[str, float], Tag("[numbers]")] | Annotated[WeightsRule, Tag("[rule]")],
    Discriminator(lambda value: "[rule]" if isinstance(value, str) else "[numbers]"),
]


class MeasureSettings(Settings):
    """What some measures have of their own; ``help(tj.SpellMatching)`` and so on say more of each."""

    expansion: float | None = None
    """spell_matching, localized_matching: what a unit of time, or of the dearest substitution, costs."""
    context: float | None = None
    """localized_matching: how much the neighbours of an inserted state count."""
    power: float | None = None
    """spell and subsequence measures: durations to this power."""
    per_state: dict[str, float] | None = None
    """spell_matching: factors of the expansion by state."""
    link: Literal["mean", "gmean"] | None = None
    """spell_length_matching: how the lengths of two spells are averaged."""
    states: float | None = None
    """transition_matching (needed): share of the states, from 0 to 1, the rest is that of the moves."""
    transitions: Literal["constant", "rates", "substitution"] | None = None
    """transition_matching: what a move costs."""
    previous: bool | None = None
    """transition_matching: where people come from counts too, besides where they go."""
    ends: bool | None = None
    """transition_matching: whether the last state is followed by itself."""
    stiffness: float | None = None
    """time_warp_edit (needed): what a step in time costs."""
    gap: float | None = None
    """time_warp_edit: what a deletion costs besides."""
    weights: tuple[float, ...] | None = None
    """Subsequence measures: weights of subsequences of length 1, 2, ..."""
    alike: bool | None = None
    """matching_subsequences, subsequence_vectors: states match by degree, as their costs say."""
    step: int | None = None
    """chi_squared, euclidean_distributions: positions in an interval."""
    intervals: tuple[tuple[int, int], ...] | None = None
    """chi_squared, euclidean_distributions: first and last position of each interval, from 0."""
    overlap: bool | None = None
    """chi_squared, euclidean_distributions: intervals that begin half a step earlier too."""
    shares: Literal["overall"] | tuple[float, ...] | None = None
    """chi_squared: shares of the states, for all intervals alike."""
    normalised: bool | None = None
    """chi_squared, euclidean_distributions: from 0 to 1."""
    shift: float | None = None
    """event_matching: what a unit of time costs."""
    indel: float | dict[str, float] | None = None
    """event_matching: what an event costs, for all or by kind."""
    by: Literal["time", "gap"] | None = None
    """event_matching: when events happen, or how long after the ones before."""
    window: int | None = None
    """time_warping: how many positions lives may be apart."""
    softness: float | None = None
    """soft_time_warping: how much other ways than the best one count."""
    width: float | None = None
    """global_alignment: how near ranks count as near."""
    tolerance: float | None = None
    """ranked_common_subsequence: ranks that far apart still match."""

    def said(self) -> dict[str, Any]:
        """The settings that are given."""
        return {name: value for name, value in dict(self).items() if value is not None}


class MeasurePlan(Settings):
    """How unlike two lives are: the measure, where its costs come from, and what each domain weighs.

    ``costs``: one kind for all domains (``transition``), a rule with settings (``{by: future, lag: 3}``), or
    either by domain (``{activism: ranks, legal: {by: stated, table: ...}}``; ``transition`` for those not
    named). ``together``: several domains are ``added`` and shifted together, ``fused`` into one whose states
    are the observed combinations, or compared each alone and ``summed``. ``link``: their
    weighted ``sum``, or their weighted ``mean``. Measures without costs leave ``costs`` and ``indel`` aside.
    """

    name: MeasureName = "optimal_matching"
    costs: AllCosts = "transition"
    indel: float | Literal["auto"] = "auto"
    """A number for all states, or auto: the costs' own where they have some (rarity, stated), half of each
    domain's dearest substitution otherwise."""
    weights: Weights = Field(default_factory=dict)
    """Weight of each domain, 1 for those not named; or the rule that finds them: information (domains in
    which people differ more count more), equalised (each contributes the same on average)."""
    together: Together = "added"
    link: Literal["sum", "mean"] = "sum"
    """Several domains, added or summed: their weighted sum, or their weighted mean."""
    norm: Literal["maxlength", "gmean", "maxdist", "YujianBo", "auto"] | None = None
    """Dissimilarity relative to the length of the two lives; auto is what suits the measure."""
    missing: Literal["state", "refuse", "ignore"] = "state"
    """Missing positions are one more state, not allowed, or left out (measures that compare positions)."""
    settings: MeasureSettings = Field(default_factory=MeasureSettings)
    """What this measure has of its own: {expansion: 0.5} of spell_matching."""

    @field_validator("costs")
    @classmethod
    def _shortest(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {domain: shortest(costs) for domain, costs in value.items()}
        return shortest(value)

    @field_validator("weights", mode="before")
    @classmethod
    def _numbers_or_rule(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) and value not in ("information", "equalised"):
            given = repr(value) if isinstance(value, str) else "a list" if isinstance(value, list) else value
            raise ValueError("a number for each domain, such as {location: 2, legal: 1}, or one of the rules "
                             f"information and equalised, not {given}")  # fmt: skip
        return value

    @field_validator("weights")
    @classmethod
    def _weights(cls, value: dict[str, float] | WeightsRule) -> dict[str, float] | WeightsRule:
        for domain, weight in value.items() if isinstance(value, dict) else ():
            if not 0 <= weight < float("inf"):
                raise ValueError(f"the weight of {domain} must be zero or more, not {weight:g}")
        return value

    @field_validator("indel")
    @classmethod
    def _indel(cls, value: float | Literal["auto"]) -> float | Literal["auto"]:
        if value != "auto" and not 0 < value < float("inf"):
            raise ValueError(f"indel must be more than zero, or auto, not {value:g}")
        return value

    @model_validator(mode="after")
    def _fits(self) -> MeasurePlan:
        kind = self.kind
        if not self.weighs:
            how = "fused domains have" if self.together == "fused" else f"the {self.words} knows"
            if self.rule or any(weight != 1 for weight in self.by_hand.values()):
                raise ValueError(f"{how} no weights; leave them out")
            if self.link != "sum":
                raise ValueError(f"{how} no link; leave it out")
        if self.norm is not None and not kind.norm:
            raise ValueError(f"the {self.words} has no norm; leave it out")
        if self.missing != "state" and not kind.missing:
            raise ValueError(f"the {self.words} cannot be told about missing positions; leave it out")
        self._own(kind)
        self._costs_fit()
        return self

    def _own(self, kind: Named) -> None:
        """Raise ValueError for settings that are not this measure's, are not given, or cannot be."""
        given = self.settings.said()
        odd = [name for name in given if name not in kind.settings]
        if odd:
            has = f"it has {', '.join(kind.settings)}" if kind.settings else "it has none"
            raise ValueError(f"the {self.words} has no setting {odd[0]!r}; {has}")
        needed = [name for name in kind.needed if name not in given]
        if needed:
            raise ValueError(f"the {self.words} needs a setting: settings: {{{needed[0]}: ...}}")
        if given or self.norm is not None or self.missing == "ignore":
            from trajectories.alignment.costs.costs import Costs

            try:
                self.made(Costs((), "still to be made"))
            except SettingError as error:
                raise ValueError(str(error).removesuffix(".")) from None

    def _costs_fit(self) -> None:
        asked = [costs_for(self.costs, name) for name in self.costs] if isinstance(self.costs, dict) else [
            costs_for(self.costs, "")]  # fmt: skip
        by_position = self.name == "dynamic_hamming"
        if by_position and any(one.by not in ("transition", "rarity") for one in asked):
            raise ValueError("dynamic Hamming takes costs that differ from position to position: transition "
                             "or rarity")  # fmt: skip
        if any(one.lag if by_position else one.steps for one in asked):
            raise ValueError("costs of transitions have a lag, those at each position (dynamic_hamming) "
                             "steps")  # fmt: skip
        if self.together == "fused" and (isinstance(self.costs, dict) or costs_for(self.costs, "").by not in
                                         ("constant", "transition", "future", "rarity")):  # fmt: skip
            raise ValueError("fused domains take costs of their combinations: constant, transition, future "
                             "or rarity, one kind for all")  # fmt: skip

    @property
    def kind(self) -> Named:
        """The measure that is meant."""
        return MEASURES[self.name]

    @property
    def words(self) -> str:
        """The measure's name as one says it."""
        return self.name.replace("_", " ")

    @property
    def takes_costs(self) -> bool:
        """Whether costs play any part: as costs, or as how far states match."""
        return self.kind.costs or bool(self.settings.alike)

    @property
    def weighs(self) -> bool:
        """Whether domains can have weights here."""
        return self.together == "summed" or (self.together == "added" and self.kind.costs)

    @property
    def rule(self) -> WeightsRule | None:
        """The rule that is to find the weights; None where they are numbers."""
        return self.weights if isinstance(self.weights, str) else None

    @property
    def by_hand(self) -> dict[str, float]:
        """The weights that are numbers; none where a rule is to find them."""
        return {} if isinstance(self.weights, str) else self.weights

    def weight(self, domain: str) -> float:
        """What one domain weighs. Raises SettingError while a rule has yet to find it."""
        if self.rule:
            raise SettingError(f"Weights by the rule {self.rule!r} are found on lives: carry the plan "
                               "out with run(study, plan) and take them from its findings.plan.")  # fmt: skip
        return self.by_hand.get(domain, 1.0)

    def made(self, costs: Any) -> Any:
        """The measure itself, with its costs (without any domain, to see whether the settings can be)."""
        kind, own = self.kind, self.settings.said()
        if own.pop("alike", False):
            own["alike"] = costs
        if kind.costs:
            own["costs"] = costs
        if kind.norm and self.norm is not None:
            own["norm"] = self.norm
        if kind.missing:
            own["missing"] = self.missing
        if kind.indel and self.indel != "auto":
            own["indel"] = self.indel
        return kind.load()(**own)

    def called(self, name: MeasureName, **changes: Any) -> MeasurePlan:
        """The same plan by another measure, without what that one cannot be told."""
        kind, kept = MEASURES[name], {**dict(self), **changes, "name": name}
        if name != self.name:
            kept |= {"settings": MeasureSettings(), "norm": self.norm if kind.norm else None}
            kept |= {"missing": self.missing if kind.missing and self.missing != "ignore" else "state"}
        if self.together == "fused" or (not kind.costs and self.together == "added"):
            kept |= {"weights": {}, "link": "sum"}
        if name == "dynamic_hamming" and kept["costs"] not in ("transition", "rarity"):
            kept["costs"] = "transition"
        return MeasurePlan(**kept)
