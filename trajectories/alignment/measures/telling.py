"""What measures say about themselves, and the settings that several of them share."""

from __future__ import annotations

from math import inf
from typing import Literal

from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.measures.norms import Norm, known_norm
from trajectories.errors import SettingError

Missing = Literal["state", "refuse"]
MissingByPosition = Literal["state", "refuse", "ignore"]
"""Of measures that compare lives position by position, or count them, which may leave positions out."""


def known_settings(norm: Norm | None, missing: str, *, ignoring: bool = False) -> None:
    """Raise SettingError for a normalisation or a treatment of missing that does not exist; ``ignoring``
    measures may leave missing positions out."""
    known_norm(norm)
    known_missing(missing, ignoring=ignoring)


def known_missing(missing: str, *, ignoring: bool = False) -> None:
    """Raise SettingError for a treatment of missing positions that the measure does not have."""
    if missing == "ignore" and not ignoring:
        raise SettingError("missing='ignore' leaves out positions that are missing in either life, so it "
                           "exists only where lives are compared position by position or counted: Hamming, "
                           "DynamicHamming, ChiSquared, EuclideanDistributions. Where states are moved in "
                           "time, what lies before and after a gap would be joined; take 'state' or 'refuse'."
                           )  # fmt: skip
    if missing not in ("state", "refuse", "ignore"):
        known = "'state', 'refuse' or 'ignore'" if ignoring else "'state' or 'refuse'"
        raise SettingError(f"missing must be {known}, not {missing!r}.")


def known_measure(measure: object) -> None:
    """Raise SettingError for something that is no measure, or one without its settings."""
    if isinstance(measure, type) or not hasattr(measure, "compare"):
        raise SettingError(f"{measure!r} is no measure; give one with its settings, such as "
                           "OptimalMatching(transition_costs(lives)) or Hamming().")  # fmt: skip


def in_range(name: str, value: object, low: float = 0.0, high: float = inf) -> None:
    """Raise SettingError when a number is none, or lies outside its range."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        said = f"{low:g} or more" if high == inf else f"from {low:g} to {high:g}"
        raise SettingError(f"{name} must be a number, {said}, not {value!r}.")
    if value in (inf, -inf):
        raise SettingError(f"{name} must be finite.")


def weights_told(costs: Costs) -> str:
    uneven = [c for c in costs.domains if c.weight != 1]
    return "weights " + ", ".join(f"{c.domain} {c.weight:g}" for c in costs.domains) if uneven else ""


def ignored_told(missing: str) -> str:
    return "missing positions ignored" if missing == "ignore" else ""


def norm_told(norm: str | None) -> str:
    return "" if norm is None else f"norm {norm}"


def told(name: str, *settings: str) -> str:
    said = ", ".join(setting for setting in settings if setting)
    return f"{name} ({said})" if said else name
