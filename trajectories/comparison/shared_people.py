"""Who can be compared: people who have both a result and a group, and why the others are left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError


@dataclass(frozen=True, eq=False)
class SharedPeople:
    """People in both: their ids in the result's order, their group (0..g-1, groups without people
    dropped)."""

    ids: tuple[str, ...]
    index: NDArray[np.intp]
    """Where each of them stands in the result."""
    codes: NDArray[np.int64]
    labels: tuple[str, ...]
    omitted: tuple[tuple[str, str], ...]
    """Everybody left out, with the reason."""


def shared_people(ids: tuple[str, ...], groups: Groups, what: str) -> SharedPeople:
    """Match people who have a result (``what``: "sequence", "type") with their groups.

    Raises SettingError when fewer than two groups have anybody left.
    """
    code_of = dict(zip(groups.ids, groups.codes.tolist(), strict=True))
    index = np.array([i for i, person in enumerate(ids) if code_of.get(person, -1) >= 0], dtype=np.intp)
    codes = np.array([code_of[ids[i]] for i in index], dtype=np.int64)
    present, renumbered = np.unique(codes, return_inverse=True)
    if len(present) < 2:
        raise SettingError(_too_few(groups, [groups.labels[g] for g in present], len(codes), what))
    return SharedPeople(
        ids=tuple(ids[i] for i in index),
        index=index,
        codes=renumbered.astype(np.int64),
        labels=tuple(groups.labels[g] for g in present),
        omitted=_omitted(ids, groups, code_of, what),
    )


def left_out_in_words(omitted: tuple[tuple[str, str], ...]) -> str:
    """``left out: 5 without a type, 3 outside the groups``; empty when nobody is left out."""
    counts = Counter(reason for _, reason in omitted)
    return "left out: " + ", ".join(f"{n} {reason}" for reason, n in counts.items()) if counts else ""


def _omitted(
    ids: tuple[str, ...], groups: Groups, code_of: dict[str, int], what: str
) -> tuple[tuple[str, str], ...]:
    typed, ambiguous, outside = set(ids), set(groups.ambiguous), set(groups.outside)
    found = []
    for person in (*ids, *(person for person in groups.ids if person not in typed)):
        if person in outside or (person in code_of and code_of[person] < 0 and person not in ambiguous):
            found.append((person, "outside the groups"))
        elif person in ambiguous:
            found.append((person, "with a date that allows several groups"))
        elif person not in code_of:
            found.append((person, "unknown to the groups"))
        elif person not in typed:
            found.append((person, f"without a {what}"))
    return tuple(found)


def _too_few(groups: Groups, present: list[str], n: int, what: str) -> str:
    there = f"nobody with a {what} is in any"
    if present:
        everybody = f"all {n} people with a {what} are" if n > 1 else f"the only person with a {what} is"
        there = f"{everybody} in {present[0]!r}"
    sizes = ", ".join(f"{label} ({size})" for label, size in zip(groups.labels, groups.sizes, strict=True))
    return (
        f"A comparison by {groups.label} needs people in at least two groups, but {there}. The groups are "
        f"{sizes}; {len(groups.ambiguous)} ambiguous, {len(groups.outside)} outside. Choose other groups, or "
        "widen the filter or the window."
    )
