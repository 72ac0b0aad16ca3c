"""Coded migration biographies as sequences: aligned, typed, compared, explored and printed.

The public names are listed below and loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trajectories.alignment.costs import Costs as Costs
    from trajectories.alignment.dissimilarities import Dissimilarities as Dissimilarities
    from trajectories.coding.biography import Biography as Biography
    from trajectories.coding.biography import Episode as Episode
    from trajectories.coding.biography import Event as Event
    from trajectories.coding.biography import Person as Person
    from trajectories.coding.biography import Tie as Tie
    from trajectories.coding.codebook import Codebook as Codebook
    from trajectories.coding.codebook import Domain as Domain
    from trajectories.coding.codebook import State as State
    from trajectories.coding.dates import FuzzyDate as FuzzyDate
    from trajectories.coding.study import CohortScheme as CohortScheme
    from trajectories.coding.study import Study as Study
    from trajectories.comparison.groups import Groups as Groups
    from trajectories.errors import SettingError as SettingError
    from trajectories.errors import StudyError as StudyError
    from trajectories.errors import TrajectoriesError as TrajectoriesError
    from trajectories.figures.figure import Figure as Figure
    from trajectories.findings import Cache as Cache
    from trajectories.findings import Findings as Findings
    from trajectories.findings import run as run
    from trajectories.plan import Plan as Plan
    from trajectories.sequences.grid import Grid as Grid
    from trajectories.sequences.sequences import Sequences as Sequences
    from trajectories.typology.typology import Typology as Typology

_PLACES = {
    "Biography": "coding.biography",
    "Episode": "coding.biography",
    "Event": "coding.biography",
    "Person": "coding.biography",
    "Tie": "coding.biography",
    "Codebook": "coding.codebook",
    "Domain": "coding.codebook",
    "State": "coding.codebook",
    "FuzzyDate": "coding.dates",
    "CohortScheme": "coding.study",
    "Study": "coding.study",
    "Grid": "sequences.grid",
    "Sequences": "sequences.sequences",
    "Costs": "alignment.costs",
    "Dissimilarities": "alignment.dissimilarities",
    "Typology": "typology.typology",
    "Groups": "comparison.groups",
    "Figure": "figures.figure",
    "Plan": "plan",
    "Cache": "findings",
    "Findings": "findings",
    "run": "findings",
    "SettingError": "errors",
    "StudyError": "errors",
    "TrajectoriesError": "errors",
}

__all__ = sorted(_PLACES)
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'trajectories' has no attribute {name!r}")
    return getattr(import_module(f"trajectories.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
