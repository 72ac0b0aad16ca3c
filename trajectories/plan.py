"""The whole analysis as one value that can be read, written, hashed and repeated."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from trajectories.sequences.grid import Grid
from trajectories.settings import Settings

MeasureName = Literal["optimal_matching", "hamming", "dynamic_hamming", "longest_common_subsequence"]
Method = Literal["pam", "ward", "average"]
FigureName = Literal["distribution", "index", "types", "cohorts", "cohort_types", "quality", "timelines"]


class PeoplePlan(Settings):
    """Who is analysed: attribute values (any of those listed), and whether only lives observed over the whole window."""

    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    complete: bool = True

    @field_validator("where", mode="before")
    @classmethod
    def _lists(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {key: [item] if isinstance(item, str) else item for key, item in value.items()}


class MeasurePlan(Settings):
    """How unlike two lives are: the measure, where its costs come from, and what each domain weighs."""

    name: MeasureName = "optimal_matching"
    costs: Literal["constant", "transition"] = "transition"
    indel: float | Literal["auto"] = "auto"
    weights: dict[str, float] = Field(default_factory=dict)
    """Weight of each domain, 1 for those not named."""


class TypesPlan(Settings):
    """How many types, by which method, under which names (in order of size, largest first)."""

    method: Method = "pam"
    k: int = Field(default=4, ge=2)
    names: tuple[str, ...] = ()
    quality: tuple[int, int] = (2, 10)
    """First and last number of types whose quality is compared."""

    @model_validator(mode="after")
    def _fits(self) -> TypesPlan:
        if self.names and len(self.names) != self.k:
            raise ValueError(f"{self.k} types need {self.k} names, there are {len(self.names)}")
        if not 2 <= self.quality[0] <= self.quality[1]:
            raise ValueError("quality needs a first and a last number of types, from 2 up, such as [2, 10]")
        return self


class ComparisonPlan(Settings):
    """Which cohort schemes are compared, with how many permutations."""

    cohorts: tuple[str, ...] = ()
    permutations: int = Field(default=999, ge=99, le=1_000_000)


class ViewPlan(Settings):
    """What of the finished analysis is shown: types and tests are those of everybody analysed, figures show these people."""

    domain: str | None = None
    """Domain drawn first; None is the first of the plan."""
    scheme: str | None = None
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    types: tuple[int, ...] = ()
    """Type numbers from 1; empty shows all."""
    sort: Literal["first_change", "start", "end", "typical"] = "first_change"


class Plan(Settings):
    """An analysis from lives to report. Everything has a default but the clock follows the study: see ``grid``.

    ``key`` identifies the plan: equal plans have equal keys; the manifest records it.
    """

    title: str = ""
    grid: Grid = Field(default_factory=lambda: Grid(since="departure", before=12, after=24))
    domains: tuple[str, ...] = ()
    """Which domains are aligned together; empty is all of the codebook."""
    people: PeoplePlan = Field(default_factory=PeoplePlan)
    measure: MeasurePlan = Field(default_factory=MeasurePlan)
    types: TypesPlan = Field(default_factory=TypesPlan)
    comparison: ComparisonPlan = Field(default_factory=ComparisonPlan)
    figures: tuple[FigureName, ...] = ("distribution", "index", "types", "cohorts", "cohort_types", "quality")
    timelines: tuple[str, ...] = ()
    """Ids of people whose timeline is printed with ``figures: [timelines]``; empty prints the medoids."""
    view: ViewPlan = Field(default_factory=ViewPlan)
    seed: int = Field(default=1, ge=0)

    @classmethod
    def read(cls, path: str | Path) -> Plan:
        """Read a plan from YAML. Raises SettingError with file and line for an unknown key or a wrong value."""
        from trajectories.coding.settings_file import read_settings

        return read_settings(Path(path), cls)
