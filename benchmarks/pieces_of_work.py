"""The pieces of work that alignment is timed with, and what the peers are asked for the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trajectories.alignment.costs.cost_rules import (
    constant_costs,
    dynamic_transition_costs,
    transition_costs,
)
from trajectories.alignment.measures.basic import (
    DynamicHamming,
    Hamming,
    LongestCommonSubsequence,
    Measure,
    OptimalMatching,
)
from trajectories.alignment.measures.edits import LocalizedMatching, TimeWarpEdit
from trajectories.alignment.measures.spells import SpellLengthMatching, SpellMatching
from trajectories.alignment.measures.subsequences import SubsequenceVectors
from trajectories.alignment.measures.transitions import TransitionMatching
from trajectories.sequences.sequences import Sequences

SIZES = {"eight": (8,), "nine": (9,), "four": (9, 8, 8, 9)}
"""Alphabets by name: how many states each domain has."""


@dataclass(frozen=True)
class Work:
    """A piece of work: our measure of some lives, and the peers' call for the same (None: they have none,
    or it crashes)."""

    name: str
    n: int
    measure: Callable[[Sequences], Measure]
    call: dict[str, Any] | None
    lives: str = "eight"
    length: int = 100
    quick: bool = False
    plain: bool = False
    """Beside the textbook's loop on one thread too: what TraMineR's compiled code does."""


def works(quick: bool) -> list[Work]:
    """All pieces of work, or smaller ones of those that matter most. ``call`` is in TraMineR's names, which
    sequenzo shares. It does not end on four domains (more than nine minutes), so there it is given up."""
    many, some = (500, 200) if quick else (2000, 1000)
    rates, auto = transition_costs, {"sm": "TRATE", "indel": "auto"}
    constant = {"sm": "CONSTANT"}
    found = [
        Work("optimal matching, transition rates", many, lambda s: OptimalMatching(rates(s)),
             {"method": "OM", **auto}, quick=True, plain=True),
        Work("optimal matching, sub 2, indel 1.5", many,
             lambda s: OptimalMatching(constant_costs(s), indel=1.5),
             {"method": "OM", **constant, "indel": 1.5}, quick=True),
        Work("optimal matching, sub 2, indel 1", many, lambda s: OptimalMatching(constant_costs(s)),
             {"method": "OM", **constant, "indel": 1}),
        Work("longest common subsequence", many, lambda s: LongestCommonSubsequence(),
             {"method": "LCS"}, quick=True),
        Work("four domains, costs added", many, lambda s: OptimalMatching(rates(s)),
             {"method": "OM", **auto}, "four", 60, plain=True),
        Work("one domain of nine states", many, lambda s: OptimalMatching(rates(s)),
             {"method": "OM", **auto}, "nine", 60),
        Work("Hamming", many, lambda s: Hamming(), {"method": "HAM"}, quick=True),
        Work("Hamming, transition rates", many, lambda s: Hamming(rates(s)),
             {"method": "HAM", "sm": "TRATE"}),
        Work("dynamic Hamming", many, lambda s: DynamicHamming(dynamic_transition_costs(s)),
             None, quick=True),
        Work("spells", many, lambda s: SpellMatching(rates(s)),
             {"method": "OMspell", **auto, "expcost": 0.5}),
        Work("spell-length-sensitive", some, lambda s: SpellLengthMatching(rates(s)),
             {"method": "OMslen", **auto}),
        Work("localized", some, lambda s: LocalizedMatching(rates(s), 0.1),
             {"method": "OMloc", "sm": "TRATE", "expcost": 0.1}),
        Work("time-warp edit", some, lambda s: TimeWarpEdit(constant_costs(s), 0.5, 0.5),
             {"method": "TWED", **constant, "nu": 0.5, "h": 0.5}),
        Work("transitions", some, lambda s: TransitionMatching(rates(s), 0.3),
             {"method": "OMstran", "sm": "TRATE", "otto": 0.3}),
        Work("subsequence vectors", some, lambda s: SubsequenceVectors(), {"method": "SVRspell"}),
    ]  # fmt: skip
    if not quick:
        found += [
            Work("Hamming", 8000, lambda s: Hamming(), {"method": "HAM"}),
            Work("longest common subsequence", 8000, lambda s: LongestCommonSubsequence(), {"method": "LCS"}),
        ]
    return [work for work in found if work.quick or not quick]
