"""How a team's codes become states, events, attributes and ties: the mapping file."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from trajectories.coding.files.settings_file import read_settings
from trajectories.coding.qda.headers import Role
from trajectories.coding.qda.names import clean, folded, shown, split_path
from trajectories.coding.qda.person_patterns import person_pattern
from trajectories.coding.qda.segments import Path
from trajectories.errors import SettingError
from trajectories.settings import Settings

TieField = Literal["direction", "resource", "counterpart", "infrastructure", "terms"]
Place = Literal["comment", "description", "name"]
PERSON_FIELDS = ("birth", "interview", "observed")


class Rule(Settings):
    """What a code, with everything below it, means: a domain (and state), an event, an attribute or a tie."""

    domain: str | None = None
    state: str | None = None
    """Code of the state; without it, the codes below are looked up in the codebook by their names."""
    event: str | None = None
    attribute: str | None = None
    value: str | None = None
    tie: dict[TieField, str] | None = None
    """Fields that the code fixes (``{direction: received}``); codes below fill the others by their names."""

    @model_validator(mode="before")
    @classmethod
    def _empty_tie(cls, value: Any) -> Any:
        return {**value, "tie": value["tie"] or {}} if isinstance(value, dict) and "tie" in value else value

    @model_validator(mode="after")
    def _one_meaning(self) -> Rule:
        given = [name for name in ("domain", "event", "attribute", "tie") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("a code means one thing: write exactly one of domain, event, attribute or tie")
        if self.state is not None and self.domain is None:
            raise ValueError("a state needs its domain")
        if self.value is not None and self.attribute is None:
            raise ValueError("a value needs its attribute")
        return self


class PersonRule(Settings):
    """Whose life a passage tells: the name of the case, the document or the document group, cut to an id."""

    source: Literal["case", "document", "group"] = "case"
    """``case`` takes the document where there is no case."""
    pattern: str | None = None
    """A regular expression; the id is its group ``id``, else its first group, else all it matches."""
    rename: dict[str, str] = Field(default_factory=dict)
    """Ids by full name, where a pattern is not enough: ``{Interview Anna: RU-017}``."""

    @field_validator("pattern")
    @classmethod
    def _in_time(cls, value: str | None) -> str | None:
        person_pattern(value or "")
        return value

    @cached_property
    def _renamed(self) -> dict[str, str]:
        return {folded(key): value for key, value in self.rename.items()}

    def id_of(self, case: str, document: str, document_group: str) -> str:
        """The person's id, or nothing when the name does not fit the pattern.

        Raises SettingError for a name so long that the pattern may take very long on it.
        """
        name = clean({"case": case or document, "document": document, "group": document_group}[self.source])
        renamed = self._renamed.get(folded(name))
        if renamed is not None or self.pattern is None:
            return name if renamed is None else renamed
        pattern = person_pattern(self.pattern)
        if not pattern.fits_in(len(name)):
            raise SettingError(f"person: the pattern {self.pattern!r} may take very long on the name "
                               f"{name[:40]!r}... of {len(name):,} characters. Write it with fewer *, +, ? "
                               "and |, or give this name an id with 'rename'.")  # fmt: skip
        found = pattern.compiled.search(name)
        if found is None:
            return ""
        group: str | int = "id" if "id" in found.groupdict() else min(1, len(found.groups()))
        return clean(found[group] or "")


class DateRule(Settings):
    """Where dates stand, and what a single date means for a state."""

    places: tuple[Place, ...] = ("comment", "description", "name")
    """Texts that may hold ``@2022-03/2022-09 #event !confidence``; all that do must agree."""
    code: str | None = None
    """A code whose sub-codes are dates (``Date``, for ``Date > 2022-03``), given to the same passage."""
    single: Literal["ask", "start", "during"] = "ask"
    """``@2022-03`` for a state: a question for the to-do list, its start, or its whole stretch."""


class Mapping(Settings):
    """The mapping file: from a team's code tree and habits to the study's codebook."""

    title: str = "Converted study"
    person: PersonRule = Field(default_factory=PersonRule)
    dates: DateRule = Field(default_factory=DateRule)
    codes: dict[str, Rule] = Field(default_factory=dict)
    """Code path (``Location > Germany``) to its meaning, for all codes below until one says otherwise."""
    ignore: tuple[str, ...] = ()
    """Code paths that are left out, with everything below them."""
    variables: dict[str, str] = Field(default_factory=dict)
    """Variable of a document or case to an attribute, or to birth, interview or observed."""
    coders: dict[str, str] = Field(default_factory=dict)
    """Coders' names to the short forms to be written; others are written as initials."""
    columns: dict[Role, str] = Field(default_factory=dict)
    """Header of a role, where a program calls it otherwise (``{document: File, comment: Annotation}``)."""
    separator: str = ">"
    """What stands between the steps of a code path in the export."""

    @field_validator("separator")
    @classmethod
    def _not_empty(cls, value: str) -> str:
        if not value:
            raise ValueError("the separator of code paths cannot be empty")
        return value

    @model_validator(mode="after")
    def _once(self) -> Mapping:
        paths = [fold(split_path(key)) for key in (*self.codes, *self.ignore)]
        for path, times in Counter(paths).items():
            if times > 1:
                raise ValueError(f"the code {shown(path)!r} is mapped or ignored twice")
            if not path:
                raise ValueError("a code cannot be empty")
        return self

    @cached_property
    def _rules(self) -> dict[Path, Rule]:
        return {fold(split_path(key)): rule for key, rule in self.codes.items()}

    @cached_property
    def _ignored(self) -> frozenset[Path]:
        return frozenset(fold(split_path(key)) for key in self.ignore)

    @cached_property
    def _variables(self) -> dict[str, str]:
        return {folded(name): meaning for name, meaning in self.variables.items()}

    def rule_for(self, code: Path) -> tuple[Rule | None, Path]:
        """The nearest rule at or above a code, and the steps below it; None when ignored or not mapped.

        Ties gather the fields that the rules above them fix.
        """
        steps = fold(code)
        for length in range(len(code), 0, -1):
            if steps[:length] in self._ignored:
                return None, ()
            if (rule := self._rules.get(steps[:length])) is not None:
                return (self._with_fields_above(rule, steps[:length]), code[length:])
        return None, code

    def ignores(self, code: Path) -> bool:
        """Whether the mapping says to leave the code out."""
        steps = fold(code)
        prefixes = (steps[:length] for length in range(len(steps), 0, -1))
        nearest = next((path for path in prefixes if path in self._ignored or path in self._rules), ())
        return nearest in self._ignored

    def date_in(self, code: Path) -> str | None:
        """The date that a date code stands for (its last step); None for other codes, empty for its root."""
        if self.dates.code is None:
            return None
        root = fold(split_path(self.dates.code))
        if fold(code)[: len(root)] != root:
            return None
        return code[-1] if len(code) > len(root) else ""

    def variable(self, name: str) -> str | None:
        """What a variable holds: an attribute, or a date of the person (``Cases:Age`` also as ``Age``)."""
        whole = self._variables.get(folded(name))
        return whole if whole is not None else self._variables.get(folded(name.rpartition(":")[2]))

    def _with_fields_above(self, rule: Rule, steps: Path) -> Rule:
        if rule.tie is None:
            return rule
        fields: dict[TieField, str] = {}
        for length in range(1, len(steps) + 1):
            above = self._rules.get(steps[:length])
            fields |= (above.tie or {}) if above is not None else {}
        return rule.model_copy(update={"tie": fields})


def fold(path: Path) -> Path:
    """A code path to compare by."""
    return tuple(folded(step) for step in path)


def read_mapping(path: str | FilePath) -> Mapping:
    """Read a mapping file. Raises SettingError with file and line of everything that is not allowed."""
    return read_settings(path, Mapping)
