"""What is wrong with coded data, and where: every problem with its file, line, person and a way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from trajectories.errors import StudyError

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.coding.biography import Source

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, doubtful or worth knowing in the coded data."""

    severity: Severity
    file: str
    """Path relative to the study's folder; empty when the problem is in no one file."""
    line: int
    """Line in the file, from 1; 0 stands for the file as a whole."""
    person: str
    what: str
    hint: str = ""
    rule: str = ""
    """Short name of the rule that found it (``overlap``, ``unknown_state``)."""
    column: int = 0
    """Column in the line, from 1; 0 where only the line is known (tables)."""
    told_in: str = ""
    """Document and paragraph that it rests on, or the row of a team's own table; empty where not told."""

    @classmethod
    def at(cls, source: Source, severity: Severity, person: str, what: str, hint: str, rule: str) -> Problem:
        """A problem of what was coded at ``source``."""
        return cls(severity, source.file, source.line, person, what, hint, rule, source.column,
                   source.told_in)  # fmt: skip

    @property
    def place(self) -> str:
        """``biographies/RU-017.yaml:41 (RU-017)``, as far as it is known."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} ({self.person})".strip() if self.person else where

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.what}." + (f" {self.hint}" if self.hint else "")


class ReadingError(StudyError):
    """A file that cannot be read at all; ``problem`` says where and why, ``problems`` all that is wrong."""

    def __init__(
        self, file: str, line: int, what: str, hint: str = "", rule: str = "unreadable", column: int = 0
    ) -> None:
        self.problem = Problem("error", file, line, "", what, hint, rule, column)
        self.problems: tuple[Problem, ...] = (self.problem,)
        super().__init__(str(self.problem))

    @classmethod
    def of(cls, problems: Sequence[Problem]) -> ReadingError:
        """One error for several problems of a file; its text has a line for each."""
        first = problems[0]
        error = cls(first.file, first.line, first.what, first.hint, first.rule, first.column)
        error.problems = tuple(problems)
        error.args = ("\n".join(map(str, problems)),)
        return error


@dataclass(frozen=True, repr=False)
class Problems(Sequence[Problem]):
    """Everything found in one pass over a study, errors first, then by file and line."""

    found: tuple[Problem, ...] = ()

    @classmethod
    def sorted(cls, found: Iterable[Problem]) -> Problems:
        """Errors before warnings before notes; within each by file, line and text; every problem once."""
        rank = {severity: i for i, severity in enumerate(SEVERITIES)}
        places = {p: (rank[p.severity], p.file, p.line, p.column, p.person, p.what) for p in found}
        return cls(tuple(sorted(places, key=places.__getitem__)))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be put right before the study can be analysed."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is probably a slip, or will be treated as missing."""
        return self._of("warning")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is good to know."""
        return self._of("note")

    def _of(self, severity: Severity) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.found if problem.severity == severity)

    def table(self) -> pd.DataFrame:
        """One row a problem: severity, file, line, person, what, hint, rule, column, told_in."""
        import pandas as pd

        columns = ["severity", "file", "line", "person", "what", "hint", "rule", "column", "told_in"]
        return pd.DataFrame([astuple(problem) for problem in self.found], columns=columns)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, place: Any) -> Any:
        return self.found[place]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __repr__(self) -> str:
        if not self.found:
            return "No problems found"
        counts = Counter(problem.severity for problem in self.found)
        parts = [_counted(counts[severity], severity) for severity in SEVERITIES if counts[severity]]
        return ", ".join(parts)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def nearest(word: str, names: Iterable[str]) -> str:
    """``Did you mean 'temporary'?``, or nothing when no name is near."""
    small = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), small, n=1, cutoff=0.6)
    return f"Did you mean {small[near[0]]!r}?" if near else ""


def choices(word: str, names: Iterable[str], lead: str = "It has") -> str:
    """What may stand there instead of ``word``, and the nearest of it."""
    names = tuple(names)
    if not names:
        return "It has none."
    lead = lead.replace(" are", " is") if len(names) == 1 else lead
    shown = ", ".join(names[:30]) + (f" and {len(names) - 30} more" if len(names) > 30 else "")
    return f"{lead} {shown}. {nearest(word, names)}".strip()
