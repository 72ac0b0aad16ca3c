"""What measures say about themselves, and the settings that several of them share."""

from __future__ import annotations

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


def known_costs(costs: object) -> None:
    """Raise SettingError for something that is no costs."""
    if not isinstance(costs, Costs):
        what = "a table" if hasattr(costs, "shape") else repr(costs)
        raise SettingError("Costs must know their states, as those of transition_costs(lives) do, or of "
                           f"stated_costs(lives, {{'legal': table}}) for a table of your own; not {what}.")


def weights_told(costs: Costs) -> str:
    uneven = [c for c in costs.domains if c.weight != 1]
    return "weights " + ", ".join(f"{c.domain} {c.weight:g}" for c in costs.domains) if uneven else ""


def ignored_told(missing: str) -> str:
    return "missing positions ignored" if missing == "ignore" else ""


def known_only_told(missing: str) -> str:
    """The sentence beneath an explanation."""
    if missing != "ignore":
        return ""
    return ("Positions unknown in either life cost nothing; what the others cost is scaled up to the whole "
            "window.")  # fmt: skip


def norm_told(norm: str | None) -> str:
    return "" if norm is None else f"norm {norm}"


def told(name: str, *settings: str) -> str:
    said = ", ".join(setting for setting in settings if setting)
    return f"{name} ({said})" if said else name
