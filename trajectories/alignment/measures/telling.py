"""What measures say about themselves, and the settings that several of them share."""

from __future__ import annotations

from math import inf
from typing import Literal

from trajectories.alignment.costs.costs import Costs
from trajectories.alignment.measures.norms import Norm, known_norm
from trajectories.errors import SettingError

Missing = Literal["state", "refuse"]


def known_settings(norm: Norm | None, missing: str) -> None:
    """Raise SettingError for a normalisation or a treatment of missing that does not exist."""
    known_norm(norm)
    known_missing(missing)


def known_missing(missing: str) -> None:
    if missing not in ("state", "refuse"):
        raise SettingError(f"missing must be 'state' or 'refuse', not {missing!r}.")


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


def norm_told(norm: str | None) -> str:
    return "" if norm is None else f"norm {norm}"


def told(name: str, *settings: str) -> str:
    said = ", ".join(setting for setting in settings if setting)
    return f"{name} ({said})" if said else name
