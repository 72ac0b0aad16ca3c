"""A converted export: what each segment became, with nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.coding.codebook import Codebook
from trajectories.coding.qda.fates import Fate, Kind, fates
from trajectories.coding.qda.lookup import misfits
from trajectories.coding.qda.mapping import Mapping
from trajectories.coding.qda.names import shown
from trajectories.coding.qda.segments import Export
from trajectories.coding.qda.variables import settled, variable_fates
from trajectories.errors import SettingError

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, str]


@dataclass(frozen=True, repr=False)
class Conversion:
    """What an export became: ``read`` = episodes + events + ties + attributes + beside + to-do + discarded.

    ``beside`` are codes that only complete another of their passage: dates, and further words of one tie.
    """

    export: Export
    mapping: Mapping
    codebook: Codebook
    fates: tuple[Fate, ...]
    """One for each coded segment and each value of a variable, in order."""
    folder: Path | None = None
    """Where the study was written; None before."""

    @property
    def read(self) -> int:
        """Coded segments and values of variables in the export."""
        return len(self.export.segments) + len(self.export.variables)

    @cached_property
    def counts(self) -> dict[Kind, int]:
        """How many became what: episode, event, tie, attribute, beside, todo, discarded."""
        found = Counter(fate.kind for fate in self.fates)
        kinds: tuple[Kind, ...] = ("episode", "event", "tie", "attribute", "beside", "todo", "discarded")
        return {kind: found[kind] for kind in kinds}

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of everybody of whom something is coded or asked, in order of appearance."""
        return tuple(dict.fromkeys(fate.person for fate in self.fates
                                   if fate.person and fate.kind != "discarded"))

    @property
    def notes(self) -> tuple[str, ...]:
        """What was unusual in the export, and what it holds that is not read."""
        return self.export.notes

    @property
    def todo(self) -> tuple[Row, ...]:
        """What somebody must look up: file, row, document, paragraph, person, code, what is missing."""
        return tuple(_listed(fate, "missing") for fate in self.fates if fate.kind == "todo")

    @property
    def discarded(self) -> tuple[Row, ...]:
        """What was left out, and why."""
        return tuple(_listed(fate, "why") for fate in self.fates if fate.kind == "discarded")

    def todo_table(self) -> pd.DataFrame:
        """One row a question: file, row, document, paragraph, person, code, missing."""
        import pandas as pd

        return pd.DataFrame(list(self.todo), columns=[*LISTED, "missing"])

    def __repr__(self) -> str:
        counts = self.counts
        return (f"Conversion of {self.export.file}: {self.read:,} segments and values read = "
                f"{_counted(counts['episode'], 'episode')} + {_counted(counts['event'], 'event')} + "
                f"{_counted(counts['tie'], 'tie')} + {_counted(counts['attribute'], 'attribute')} + "
                f"{counts['beside']:,} beside them + {counts['todo']:,} to do + "
                f"{counts['discarded']:,} discarded; "
                f"{_people(len(self.people))}, {_counted(len(self.notes), 'note')}")  # fmt: skip


LISTED = ("file", "row", "document", "paragraph", "person", "code")
"""The columns of both lists, before what is missing or why."""


def convert(export: Export, mapping: Mapping, codebook: Codebook) -> Conversion:
    """Give every coded segment and every value of a variable its fate.

    Raises SettingError when the mapping names what the codebook does not have: all of it at once.
    """
    if wrong := list(misfits(mapping, codebook)):
        raise SettingError("The mapping does not fit the codebook.\n" + "\n".join(wrong))
    answers = variable_fates(export.variables, mapping, codebook)
    found = chain(answers, fates(export.segments, mapping, codebook))
    return Conversion(export, mapping, codebook, tuple(settled(found)))


def _listed(fate: Fate, column: str) -> Row:
    segment = fate.segment
    place = {"file": segment.file, "row": str(segment.row or ""), "document": segment.document}
    return place | {"paragraph": segment.paragraph, "person": fate.person, "code": shown(segment.code),
                    column: fate.why}


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
