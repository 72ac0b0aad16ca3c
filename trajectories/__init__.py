"""Coded migration biographies as sequences: aligned, typed, compared, explored and printed.

The public names are listed below and loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trajectories.alignment.costs import Costs as Costs
    from trajectories.alignment.dissimilarities import Dissimilarities as Dissimilarities
    from trajectories.errors import TrajectoriesError as TrajectoriesError
    from trajectories.figures.figure import Figure as Figure
    from trajectories.sequences.grid import Grid as Grid
    from trajectories.sequences.sequences import Sequences as Sequences
    from trajectories.typology.typology import Typology as Typology

_PLACES = {
    "TrajectoriesError": "errors",
    "Grid": "sequences.grid",
    "Sequences": "sequences.sequences",
    "Costs": "alignment.costs",
    "Dissimilarities": "alignment.dissimilarities",
    "Typology": "typology.typology",
    "Figure": "figures.figure",
}

__all__ = sorted(_PLACES)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'trajectories' has no attribute {name!r}")
    return getattr(import_module(f"trajectories.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
