"""The whole analysis as one value that can be read, written, hashed and repeated."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, field_validator, model_validator

from trajectories.errors import SettingError
from trajectories.measure_plan import MeasurePlan as MeasurePlan
from trajectories.sequences.grid import Grid
from trajectories.settings import Settings

Whole = Literal["pam", "ward", "ward_d", "average", "complete", "flexible"]
"""Ways to find types that compare whole lives."""
Method = Literal[Whole, "combined", "crossed"]
FigureName = Literal["distribution", "index", "types", "cohorts", "cohort_types", "quality", "typical",
                     "timelines"]


def _as_lists(value: Any) -> Any:
    """Let ``gender: woman`` stand for ``gender: [woman]``."""
    if not isinstance(value, dict):
        return value
    return {key: item if isinstance(item, list | tuple) else [item] for key, item in value.items()}


class PeoplePlan(Settings):
    """Who is analysed: attribute values (any of those listed), and whether only the wholly observed."""

    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    complete: bool = True

    _lists = field_validator("where", mode="before")(_as_lists)


class TypesPlan(Settings):
    """How many types, by which method, under which names (in order of size, largest first).

    ``method``: ``pam`` and the trees ``ward`` (D2), ``ward_d``, ``average``, ``complete`` and ``flexible``
    (beta -0.25) compare whole lives. ``combined`` finds types in each domain of ``by_domain`` on its own,
    crosses them, and merges the combinations to ``k`` types where the silhouette suffers least (CombT);
    ``crossed`` keeps the k - 1 most common combinations as they are and gathers all others in the last type.
    """

    method: Method = "pam"
    k: int = Field(default=4, ge=2)
    by_domain: dict[str, Annotated[int, Field(ge=2)]] = Field(default_factory=dict)
    """combined, crossed: how many types each domain has on its own: {location: 5, legal: 4}."""
    names: tuple[str, ...] = ()
    quality: tuple[int, int] = (2, 10)
    """First and last number of types whose quality is compared."""

    @property
    def whole(self) -> Whole | None:
        """The method where whole lives are compared; None where each domain has types of its own first."""
        return None if self.method == "combined" or self.method == "crossed" else self.method

    @model_validator(mode="after")
    def _crossing(self) -> TypesPlan:
        several = "a number of types for each of at least two domains, such as {location: 5, legal: 4}"
        if self.whole is not None:
            if self.by_domain:
                raise ValueError(f"by_domain goes with method: combined or crossed, and the method is "
                                 f"{self.method}; choose one of the two, or leave by_domain out")  # fmt: skip
            return self
        if not self.by_domain:
            raise ValueError(f"method: {self.method} needs by_domain, {several}")
        if len(self.by_domain) < 2:
            raise ValueError(f"by_domain has one domain only ({next(iter(self.by_domain))}), and nothing to "
                             f"cross it with; give {several}")  # fmt: skip
        most = math.prod(self.by_domain.values())
        if self.k > most:
            told = " by ".join(map(str, self.by_domain.values()))
            raise ValueError(f"k is {self.k}, but {told} types have no more than {most} combinations; choose "
                             "a smaller k, or more types in a domain")  # fmt: skip
        return self

    @model_validator(mode="after")
    def _fits(self) -> TypesPlan:
        if self.names and len(self.names) != self.k:
            raise ValueError(f"{self.k} types need {self.k} names, there are {len(self.names)}")
        if len(set(self.names)) != len(self.names):
            raise ValueError("two types have the same name; give each its own")
        if not 2 <= self.quality[0] <= self.quality[1]:
            raise ValueError("quality needs a first and a last number of types, from 2 up, such as [2, 10]")
        return self


class ComparisonPlan(Settings):
    """Which cohort schemes are compared, with how many permutations."""

    cohorts: tuple[str, ...] = ()
    permutations: int = Field(default=999, ge=99, le=1_000_000)


class StabilityPlan(Settings):
    """How far the types can be trusted: 0 leaves a question out.

    - ``draws`` of all imprecise dates, in each of which the analysis is repeated (20 to 50 are usual);
    - ``bootstrap`` samples of the people, in which the types are looked for again (100 are usual);
    - ``subsamples``: pairs of overlapping parts of the people, for each number of types (50 are usual);
    - ``null_models``: repetitions of each way to make lives by chance (100 are usual);
    - ``multiverse``: the whole plan in other sensible settings: ``usual`` for those that a careful colleague
      would try, or parts of the plan with the values to try, ``{types.k: [4, 5], domains: ...}``.
    """

    draws: int = Field(default=0, ge=0, le=1_000)
    bootstrap: int = Field(default=0, ge=0, le=10_000)
    subsamples: int = Field(default=0, ge=0, le=10_000)
    null_models: int = Field(default=0, ge=0, le=10_000)
    multiverse: Literal["no", "usual"] | dict[str, dict[str, Any] | tuple[Any, ...]] = "no"

    @field_validator("draws")
    @classmethod
    def _several(cls, value: int) -> int:
        if value == 1:
            raise ValueError("one draw cannot be compared with others; give 20, or 0 for none")
        return value

    @field_validator("multiverse", mode="before")
    @classmethod
    def _choices(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            found = _MULTIVERSE.get(str(value).lower())
            if found is None:
                raise ValueError(f"no, usual, or parts of the plan with the values to try, not {value!r}")
            return found
        for part, options in value.items():
            if str(part).partition(".")[0] not in CHOOSABLE:
                known = ", ".join(CHOOSABLE)
                raise ValueError(f"{part!r} cannot be chosen otherwise; choose parts under {known}")
            if not isinstance(options, dict | list | tuple) or not options:
                raise ValueError(f"{part} needs a list of values to try, or a name for each value")
        return _as_text(value) or "no"

    def asked(self) -> bool:
        """Whether any of the questions is asked."""
        return self != type(self)()

    def all(self) -> StabilityPlan:
        """The same with every question asked: as often as it is, or else as usual."""
        usual = {"draws": 20, "bootstrap": 100, "subsamples": 50, "null_models": 100}
        found: dict[str, Any] = {name: getattr(self, name) or number for name, number in usual.items()}
        return type(self)(**found, multiverse="usual" if self.multiverse == "no" else self.multiverse)


CHOOSABLE = ("grid", "domains", "people", "measure", "types")
"""What of a plan can be chosen otherwise in its multiverse."""
_MULTIVERSE = {"usual": "usual", "yes": "usual", "true": "usual", "no": "no", "false": "no", "0": "no"}


def _as_text(value: Any) -> Any:
    """The values to try as a file has them, scalars as text, so that a plan read again is the same."""
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_text(item) for item in value]
    return value if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


class ViewPlan(Settings):
    """What of the finished analysis is shown; types and tests remain those of everybody analysed."""

    domain: str | None = None
    """Domain drawn first; None is the first of the plan."""
    scheme: str | None = None
    """Cohort scheme shown first; None is the first of the plan."""
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    ever: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """States by domain: whoever is in one of them at some time within the window, in each domain named."""
    types: tuple[int, ...] = ()
    """Type numbers from 1; empty shows all."""
    sort: Literal["first_change", "start", "end", "typical"] = "first_change"

    _lists = field_validator("where", "ever", mode="before")(_as_lists)


class Plan(Settings):
    """An analysis from lives to report. Everything has a default; set the clock (``grid``) to fit the study.

    ``key`` identifies the plan: equal plans have equal keys; the manifest records it.

    >>> plan = Plan(types={"k": 5})
    >>> plan.types.k, plan.key == Plan(types=TypesPlan(k=5)).key
    (5, True)
    """

    title: str = ""
    grid: Grid = Field(default_factory=lambda: Grid(since="departure", before=12, after=24))
    domains: tuple[str, ...] = ()
    """Which domains are aligned together; empty is all of the codebook."""
    people: PeoplePlan = Field(default_factory=PeoplePlan)
    measure: MeasurePlan = Field(default_factory=MeasurePlan)
    types: TypesPlan = Field(default_factory=TypesPlan)
    comparison: ComparisonPlan = Field(default_factory=ComparisonPlan)
    stability: StabilityPlan = Field(default_factory=StabilityPlan)
    figures: tuple[FigureName, ...] = ("distribution", "index", "types", "cohorts", "cohort_types", "quality")
    timelines: tuple[str, ...] = ()
    """Ids of people whose timeline is printed with ``figures: [timelines]``; empty prints the medoids."""
    view: ViewPlan = Field(default_factory=ViewPlan)
    seed: int = Field(default=1, ge=0)
    _file: str = PrivateAttr(default="")
    """Where the plan was read, so that what does not fit the study is told with its line."""

    @field_validator("domains", "timelines", "figures", mode="after")
    @classmethod
    def _once(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        twice = [name for i, name in enumerate(value) if name in value[:i]]
        if twice:
            raise ValueError(f"{twice[0]!r} is listed twice")
        return value

    @classmethod
    def read(cls, path: str | Path) -> Plan:
        """Read a plan from YAML. Raises SettingError, with file and line, for what is not allowed."""
        from trajectories.coding.files.settings_file import read_settings

        plan = read_settings(Path(path), cls)
        plan._file = str(path)
        return plan

    def place(self, part: str) -> str:
        """``plan.yaml:12: `` for a part of a plan that was read from a file; empty for any other."""
        from trajectories.coding.files.settings_file import line_of

        return f"{self._file}:{line_of(self._file, part)}: " if self._file else ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and dict(self) == dict(other)

    def yaml(self) -> str:
        """The plan as YAML, every setting stated, so that later defaults change nothing."""
        import yaml

        plain = self._plain()
        return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)

    def write(self, path: str | Path) -> Path:
        """Write the plan as YAML, for ``Plan.read``. Raises SettingError if the file cannot be written."""
        path = Path(path)
        try:
            path.write_text(self.yaml(), encoding="utf-8", newline="\n")
        except OSError as error:
            raise SettingError(f"{path}: the plan cannot be written ({error.strerror}).") from None
        return path

    @property
    def key(self) -> str:
        """SHA-256 of the whole plan, in hexadecimal."""
        return hashed(self._plain())

    def part_key(self, *parts: str) -> str:
        """SHA-256 of some parts only (``"grid"``, ``"types.k"``): what a stage of the analysis depends on."""
        plain = self._plain()
        return hashed({part: _inside(plain, part) for part in parts})

    def changed(self, **parts: Any) -> Plan:
        """The same plan with some settings replaced, checked anew: ``plan.changed(types={"k": 5})``.

        A mapping changes only the keys it names; anything else replaces the whole part.
        """
        plain = self._plain()
        for name, value in parts.items():
            old = plain.get(name)
            plain[name] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
        return type(self)(**plain)

    def _plain(self) -> dict[str, Any]:
        """Lists, mappings, numbers and text only; settings that are left open (None) do not appear."""
        return self.model_dump(mode="json", exclude_none=True)


def hashed(plain: Any) -> str:
    """SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _inside(plain: dict[str, Any], part: str) -> Any:
    value: Any = plain
    for step in part.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value
