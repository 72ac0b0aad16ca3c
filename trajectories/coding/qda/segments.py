"""What a QDA program exports, whichever it was: coded segments, variables, codes, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str, ...]
"""A code with the codes above it, from the root: ``("Location", "Germany", "Berlin")``."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One code given to one passage. Texts beside it are kept for their dates, never shown in a ``repr``."""

    file: str
    row: int
    """Row of the table, or the number of the coding in the project, from 1."""
    document: str
    code: Path = ()
    group: str = ""
    case: str = ""
    paragraph: str = ""
    """Where a person would look it up: ``12``, ``12-14``, ``page 3``, ``00:01:05-00:01:20``."""
    place: str = ""
    """The exact place inside the document; segments with the same place are one passage."""
    comment: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    coder: str = ""
    created: str = ""
    beside: tuple[Path, ...] = ()
    """Other codes the program lists for the same passage."""
    text: str | None = field(default=None, repr=False)
    """The passage itself; None unless it was asked for."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One value of a document's or case's variable (age group, gender, date of the interview)."""

    file: str
    row: int
    document: str
    name: str
    value: str
    case: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Export:
    """Everything read from one export, and a sentence for whatever was met and not read."""

    file: str
    segments: tuple[Segment, ...] = ()
    variables: tuple[Variable, ...] = ()
    codes: Mapping[Path, str] = field(default_factory=dict)
    """The whole code tree in its order, with the description of each code (empty when it has none)."""
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        documents = {segment.document for segment in self.segments}
        return (f"Export {self.file}: {len(self.segments):,} coded segments in {len(documents):,} documents, "
                f"{len(self.codes):,} codes, {len(self.variables):,} values of variables")  # fmt: skip
