"""What of the names in an export is a person's id, as far as one can guess: for the draft of a mapping."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from trajectories.coding.qda.names import clean
from trajectories.coding.qda.segments import Segment

USUAL = ("[A-Z]+-[0-9]+", "[A-Z]+[0-9]+", "[A-Za-z]+[-_][0-9]+", "[0-9]+")
"""How teams number people: RU-017, I01, Case_3, 17."""


def pattern_line(segments: Iterable[Segment]) -> str:
    """The line of a mapping's draft about ids, with the first ids that it would find."""
    names = sorted({clean(segment.case or segment.document) for segment in segments} - {""})
    found = usual_pattern(names)
    if found is None:
        return (f"# pattern: '{USUAL[0]}'  # what of that name is the id; no usual one is in all names. "
                "Or name by name: rename: {Interview Anna: RU-017}")  # fmt: skip
    ids = ids_by(found, names)
    shown = ", ".join(ids[:2]) + (", ..." if len(ids) > 2 else "")
    if ids == names:
        return f"# the names are ids as they stand: {shown}"
    return f"# pattern: '{found}'  # what of that name is the id: {shown}; {len(ids)} people"


def usual_pattern(names: Collection[str]) -> str | None:
    """The usual pattern that is in every name and tells most of them apart; None if none is in all.

    >>> usual_pattern(["Interview RU-017 (second)", "Interview AZ-002"])
    '[A-Z]+-[0-9]+'
    """
    fitting = [one for one in USUAL if names and all(re.search(one, name) for name in names)]
    best = max(fitting, key=lambda one: len(ids_by(one, names)), default=None)
    return best if best and (len(names) == 1 or len(ids_by(best, names)) > 1) else None


def ids_by(pattern: str, names: Iterable[str]) -> list[str]:
    """The ids that a pattern finds in these names, each once, in their order."""
    found = (re.search(pattern, name) for name in names)
    return list(dict.fromkeys(match[0] for match in found if match))
