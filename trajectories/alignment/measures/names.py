"""The measures by the names they have in plans: where each is, and which settings of its own it takes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

MeasureName = Literal[
    "optimal_matching", "hamming", "dynamic_hamming", "longest_common_subsequence", "spell_matching",
    "spell_length_matching", "transition_matching", "localized_matching", "time_warp_edit", "common_prefix",
    "common_suffix", "matching_subsequences", "shared_time_subsequences", "subsequence_vectors",
    "chi_squared", "euclidean_distributions", "event_matching", "time_warping", "soft_time_warping",
    "global_alignment", "ranked_common_subsequence",
]  # fmt: skip


@dataclass(frozen=True)
class Named:
    """One measure: the module and class it is, and what it takes.

    ``settings`` are those of its own, ``needed`` those among them without a usual value. ``costs``: whether
    it takes costs; ``several``: whether it takes several domains together; ``norm``, ``missing``, ``indel``:
    whether it has these.
    """

    module: str
    kind: str
    settings: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    costs: bool = False
    several: bool = False
    norm: bool = True
    missing: bool = True
    indel: bool = False

    def load(self) -> Any:
        """The class itself."""
        return getattr(import_module(f"trajectories.alignment.measures.{self.module}"), self.kind)


MEASURES: dict[MeasureName, Named] = {
    "optimal_matching": Named("basic", "OptimalMatching", costs=True, several=True, indel=True),
    "hamming": Named("basic", "Hamming", costs=True, several=True),
    "dynamic_hamming": Named("basic", "DynamicHamming", costs=True, several=True),
    "longest_common_subsequence": Named("basic", "LongestCommonSubsequence", several=True),
    "spell_matching": Named("spells", "SpellMatching", ("expansion", "power", "per_state"), costs=True,
                            indel=True),
    "spell_length_matching": Named("spells", "SpellLengthMatching", ("power", "link"), costs=True,
                                   indel=True),
    "transition_matching": Named("transitions", "TransitionMatching",
                                 ("states", "transitions", "previous", "ends"), ("states",), costs=True,
                                 indel=True),
    "localized_matching": Named("edits", "LocalizedMatching", ("expansion", "context"), costs=True),
    "time_warp_edit": Named("edits", "TimeWarpEdit", ("stiffness", "gap"), ("stiffness",), costs=True,
                            indel=True),
    "common_prefix": Named("common_ends", "CommonPrefix", several=True),
    "common_suffix": Named("common_ends", "CommonSuffix", several=True),
    "matching_subsequences": Named("subsequences", "MatchingSubsequences", ("weights", "alike"), norm=False),
    "shared_time_subsequences": Named("subsequences", "SharedTimeSubsequences", ("power", "weights"),
                                      norm=False),
    "subsequence_vectors": Named("subsequences", "SubsequenceVectors", ("power", "weights", "alike"),
                                 norm=False),
    "chi_squared": Named("distributions", "ChiSquared",
                         ("step", "intervals", "overlap", "shares", "normalised"), norm=False),
    "euclidean_distributions": Named("distributions", "EuclideanDistributions",
                                     ("step", "intervals", "overlap", "normalised"), norm=False),
    "event_matching": Named("events", "EventMatching", ("shift", "indel", "by"), several=True, missing=False),
    "time_warping": Named("warping", "TimeWarping", ("window",), norm=False, missing=False),
    "soft_time_warping": Named("warping", "SoftTimeWarping", ("softness",), norm=False, missing=False),
    "global_alignment": Named("warping", "GlobalAlignment", ("width",), norm=False, missing=False),
    "ranked_common_subsequence": Named("warping", "RankedCommonSubsequence", ("tolerance",), norm=False,
                                       missing=False),
}  # fmt: skip
