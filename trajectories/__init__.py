"""Coded migration biographies as sequences: aligned, typed, compared, explored and printed.

The public names are listed below and loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trajectories.version import __version__ as __version__

if TYPE_CHECKING:
    from trajectories.alignment.cluster.on_disk import DissimilaritiesOnDisk as DissimilaritiesOnDisk
    from trajectories.alignment.cluster.to_disk import dissimilarities_on_disk as dissimilarities_on_disk
    from trajectories.alignment.costs.by_hand import stated_costs as stated_costs
    from trajectories.alignment.costs.cost_rules import constant_costs as constant_costs
    from trajectories.alignment.costs.cost_rules import dynamic_transition_costs as dynamic_transition_costs
    from trajectories.alignment.costs.cost_rules import future_costs as future_costs
    from trajectories.alignment.costs.cost_rules import rarity_costs as rarity_costs
    from trajectories.alignment.costs.cost_rules import transition_costs as transition_costs
    from trajectories.alignment.costs.costs import Costs as Costs
    from trajectories.alignment.costs.state_costs import code_tree_costs as code_tree_costs
    from trajectories.alignment.costs.state_costs import feature_costs as feature_costs
    from trajectories.alignment.costs.state_costs import rank_costs as rank_costs
    from trajectories.alignment.costs.trained import trained_costs as trained_costs
    from trajectories.alignment.costs.triangles import triangle_report as triangle_report
    from trajectories.alignment.dissimilarities import Dissimilarities as Dissimilarities
    from trajectories.alignment.dissimilarities import DissimilaritiesTo as DissimilaritiesTo
    from trajectories.alignment.domain_association import DomainAssociation as DomainAssociation
    from trajectories.alignment.domain_association import domain_association as domain_association
    from trajectories.alignment.domain_association import domain_shares as domain_shares
    from trajectories.alignment.domain_weights import equalising_weights as equalising_weights
    from trajectories.alignment.domain_weights import information_weights as information_weights
    from trajectories.alignment.domains import averaged as averaged
    from trajectories.alignment.domains import fused as fused
    from trajectories.alignment.domains import joint as joint
    from trajectories.alignment.explaining.alignment import Alignment as Alignment
    from trajectories.alignment.explaining.explanation import explain as explain
    from trajectories.alignment.given import given_dissimilarities as given_dissimilarities
    from trajectories.alignment.measures.basic import DynamicHamming as DynamicHamming
    from trajectories.alignment.measures.basic import Hamming as Hamming
    from trajectories.alignment.measures.basic import LongestCommonSubsequence as LongestCommonSubsequence
    from trajectories.alignment.measures.basic import OptimalMatching as OptimalMatching
    from trajectories.alignment.measures.common_ends import CommonPrefix as CommonPrefix
    from trajectories.alignment.measures.common_ends import CommonSuffix as CommonSuffix
    from trajectories.alignment.measures.distributions import ChiSquared as ChiSquared
    from trajectories.alignment.measures.distributions import EuclideanDistributions as EuclideanDistributions
    from trajectories.alignment.measures.edits import LocalizedMatching as LocalizedMatching
    from trajectories.alignment.measures.edits import TimeWarpEdit as TimeWarpEdit
    from trajectories.alignment.measures.events import EventMatching as EventMatching
    from trajectories.alignment.measures.spells import SpellLengthMatching as SpellLengthMatching
    from trajectories.alignment.measures.spells import SpellMatching as SpellMatching
    from trajectories.alignment.measures.subsequences import MatchingSubsequences as MatchingSubsequences
    from trajectories.alignment.measures.subsequences import SharedTimeSubsequences as SharedTimeSubsequences
    from trajectories.alignment.measures.subsequences import SubsequenceVectors as SubsequenceVectors
    from trajectories.alignment.measures.transitions import TransitionMatching as TransitionMatching
    from trajectories.alignment.measures.warping import GlobalAlignment as GlobalAlignment
    from trajectories.alignment.measures.warping import RankedCommonSubsequence as RankedCommonSubsequence
    from trajectories.alignment.measures.warping import SoftTimeWarping as SoftTimeWarping
    from trajectories.alignment.measures.warping import TimeWarping as TimeWarping
    from trajectories.alignment.pairwise import dissimilarities as dissimilarities
    from trajectories.alignment.pairwise import dissimilarities_to as dissimilarities_to
    from trajectories.coding.biography import Biography as Biography
    from trajectories.coding.biography import Episode as Episode
    from trajectories.coding.biography import Event as Event
    from trajectories.coding.biography import Person as Person
    from trajectories.coding.biography import Source as Source
    from trajectories.coding.biography import Tie as Tie
    from trajectories.coding.checking.check import check as check
    from trajectories.coding.checking.coded_domains import coverage as coverage
    from trajectories.coding.checking.coder_agreement import agreement as agreement
    from trajectories.coding.codebook import Codebook as Codebook
    from trajectories.coding.codebook import Domain as Domain
    from trajectories.coding.codebook import State as State
    from trajectories.coding.dating.dates import FuzzyDate as FuzzyDate
    from trajectories.coding.dating.dates import parse_date as parse_date
    from trajectories.coding.dating.draws import DateDraw as DateDraw
    from trajectories.coding.dating.typed_dates import DateReading as DateReading
    from trajectories.coding.dating.typed_dates import understand as understand
    from trajectories.coding.files.new_study import new_person as new_person
    from trajectories.coding.files.new_study import new_study as new_study
    from trajectories.coding.files.read_study import read_quotes as read_quotes
    from trajectories.coding.files.read_study import read_study as read_study
    from trajectories.coding.problems import Problem as Problem
    from trajectories.coding.problems import Problems as Problems
    from trajectories.coding.study import CohortScheme as CohortScheme
    from trajectories.coding.study import DateSettings as DateSettings
    from trajectories.coding.study import Study as Study
    from trajectories.comparison.cohorts import cohorts as cohorts
    from trajectories.comparison.cohorts import groups_by as groups_by
    from trajectories.comparison.cross_table import TypesByGroup as TypesByGroup
    from trajectories.comparison.cross_table import type_by_group as type_by_group
    from trajectories.comparison.discrepancy import Discrepancy as Discrepancy
    from trajectories.comparison.discrepancy import compare_groups as compare_groups
    from trajectories.comparison.groups import Groups as Groups
    from trajectories.comparison.window import observed_share as observed_share
    from trajectories.errors import ClusterError as ClusterError
    from trajectories.errors import SettingError as SettingError
    from trajectories.errors import StudyError as StudyError
    from trajectories.errors import TrajectoriesError as TrajectoriesError
    from trajectories.figures.alignment import plot_alignment as plot_alignment
    from trajectories.figures.cohort_types import plot_cohort_types as plot_cohort_types
    from trajectories.figures.cohorts import plot_cohorts as plot_cohorts
    from trajectories.figures.crossed_types import plot_combined_types as plot_combined_types
    from trajectories.figures.crossed_types import plot_crossed_types as plot_crossed_types
    from trajectories.figures.date_stability import plot_date_stability as plot_date_stability
    from trajectories.figures.distribution import plot_distribution as plot_distribution
    from trajectories.figures.figure import Figure as Figure
    from trajectories.figures.index import plot_index as plot_index
    from trajectories.figures.multiverse import plot_multiverse as plot_multiverse
    from trajectories.figures.null_models import plot_null_models as plot_null_models
    from trajectories.figures.quality import plot_quality as plot_quality
    from trajectories.figures.quality_by_method import plot_quality_by_method as plot_quality_by_method
    from trajectories.figures.ranked_types import plot_ranked_types as plot_ranked_types
    from trajectories.figures.timeline import plot_timeline as plot_timeline
    from trajectories.figures.tree import plot_tree as plot_tree
    from trajectories.figures.type_stability import plot_type_stability as plot_type_stability
    from trajectories.figures.types import plot_types as plot_types
    from trajectories.figures.typical_lives import plot_typical_lives as plot_typical_lives
    from trajectories.findings.cache import Cache as Cache
    from trajectories.findings.many_settings import Multiverse as Multiverse
    from trajectories.findings.many_settings import multiverse as multiverse
    from trajectories.findings.settings_tried import usual_choices as usual_choices
    from trajectories.findings.stages import Findings as Findings
    from trajectories.findings.stages import run as run
    from trajectories.findings.vague_dates import DateStability as DateStability
    from trajectories.findings.vague_dates import date_stability as date_stability
    from trajectories.plan import Plan as Plan
    from trajectories.report.traminer import write_traminer as write_traminer
    from trajectories.report.write import write_report as write_report
    from trajectories.sequences.build import build_sequences as build_sequences
    from trajectories.sequences.description import entropy as entropy
    from trajectories.sequences.description import state_distribution as state_distribution
    from trajectories.sequences.draws import draw_dates as draw_dates
    from trajectories.sequences.draws import state_probabilities as state_probabilities
    from trajectories.sequences.event_lives import EventLives as EventLives
    from trajectories.sequences.event_lives import change_events as change_events
    from trajectories.sequences.event_lives import event_lives as event_lives
    from trajectories.sequences.event_lives import read_event_lives as read_event_lives
    from trajectories.sequences.grid import Grid as Grid
    from trajectories.sequences.order import sort_order as sort_order
    from trajectories.sequences.read import read_sequences as read_sequences
    from trajectories.sequences.sequences import Sequences as Sequences
    from trajectories.sequences.spells import spells as spells
    from trajectories.sequences.transitions import transition_rates as transition_rates
    from trajectories.typology.agreement import Agreement as Agreement
    from trajectories.typology.agreement import compare_typologies as compare_typologies
    from trajectories.typology.barycentre import Barycentres as Barycentres
    from trajectories.typology.barycentre import barycentres as barycentres
    from trajectories.typology.clara import clara as clara
    from trajectories.typology.clara_result import Clara as Clara
    from trajectories.typology.combined_types import CombinedTypes as CombinedTypes
    from trajectories.typology.combined_types import combined_quality as combined_quality
    from trajectories.typology.combined_types import combined_types as combined_types
    from trajectories.typology.crossed_types import CrossedTypes as CrossedTypes
    from trajectories.typology.crossed_types import cross_types as cross_types
    from trajectories.typology.crossed_types import types_by_domain as types_by_domain
    from trajectories.typology.density import DensityTypes as DensityTypes
    from trajectories.typology.density import density_types as density_types
    from trajectories.typology.description import TypeDescriptions as TypeDescriptions
    from trajectories.typology.description import describe_types as describe_types
    from trajectories.typology.fuzzy import FuzzyTypology as FuzzyTypology
    from trajectories.typology.fuzzy import fuzzy_partition as fuzzy_partition
    from trajectories.typology.gathered_types import gathered_quality as gathered_quality
    from trajectories.typology.gathered_types import gathered_types as gathered_types
    from trajectories.typology.hierarchy import Tree as Tree
    from trajectories.typology.hierarchy import hierarchy as hierarchy
    from trajectories.typology.modal_life import modal_life as modal_life
    from trajectories.typology.modal_life import modal_shares as modal_shares
    from trajectories.typology.null_lives import null_lives as null_lives
    from trajectories.typology.null_models import NullModels as NullModels
    from trajectories.typology.null_models import null_models as null_models
    from trajectories.typology.partition import improved as improved
    from trajectories.typology.partition import partition as partition
    from trajectories.typology.property_types import PropertyTypes as PropertyTypes
    from trajectories.typology.property_types import property_types as property_types
    from trajectories.typology.quality import cluster_quality as cluster_quality
    from trajectories.typology.quality import partition_quality as partition_quality
    from trajectories.typology.quality_by_method import quality_by_method as quality_by_method
    from trajectories.typology.quality_by_method import standardised_quality as standardised_quality
    from trajectories.typology.ranked_lives import RankedLives as RankedLives
    from trajectories.typology.ranked_lives import ranked_lives as ranked_lives
    from trajectories.typology.ranked_types import RankedTypes as RankedTypes
    from trajectories.typology.ranked_types import ranked_types as ranked_types
    from trajectories.typology.representatives import Representatives as Representatives
    from trajectories.typology.representatives import representatives as representatives
    from trajectories.typology.silhouettes import badly_placed as badly_placed
    from trajectories.typology.silhouettes import silhouette as silhouette
    from trajectories.typology.spectral import spectral_types as spectral_types
    from trajectories.typology.stability import Stability as Stability
    from trajectories.typology.stability import bootstrap_stability as bootstrap_stability
    from trajectories.typology.stability import subsample_stability as subsample_stability
    from trajectories.typology.typology import Typology as Typology

_NAMES = {
    "coding.biography": ("Biography", "Episode", "Event", "Person", "Source", "Tie",),
    "coding.checking.check": ("check",),
    "coding.codebook": ("Codebook", "Domain", "State",),
    "coding.dating.dates": ("FuzzyDate", "parse_date",),
    "coding.problems": ("Problem", "Problems",),
    "coding.files.read_study": ("read_study", "read_quotes",),
    "coding.study": ("CohortScheme", "Study", "DateSettings",),
    "coding.dating.typed_dates": ("DateReading", "understand",),
    "coding.dating.draws": ("DateDraw",),
    "coding.files.new_study": ("new_study", "new_person",),
    "coding.checking.coder_agreement": ("agreement",),
    "coding.checking.coded_domains": ("coverage",),
    "sequences.build": ("build_sequences",),
    "sequences.description": ("state_distribution", "entropy",),
    "sequences.grid": ("Grid",),
    "sequences.event_lives": ("EventLives", "event_lives", "change_events", "read_event_lives",),
    "sequences.read": ("read_sequences",),
    "sequences.sequences": ("Sequences",),
    "sequences.spells": ("spells",),
    "sequences.transitions": ("transition_rates",),
    "sequences.order": ("sort_order",),
    "sequences.draws": ("draw_dates", "state_probabilities",),
    "alignment.costs.cost_rules": (
        "constant_costs", "transition_costs", "dynamic_transition_costs", "future_costs", "rarity_costs",
    ),
    "alignment.costs.by_hand": ("stated_costs",),
    "alignment.costs.costs": ("Costs",),
    "alignment.dissimilarities": ("Dissimilarities", "DissimilaritiesTo",),
    "alignment.cluster.on_disk": ("DissimilaritiesOnDisk",),
    "alignment.cluster.to_disk": ("dissimilarities_on_disk",),
    "alignment.measures.basic": (
        "DynamicHamming", "Hamming", "LongestCommonSubsequence", "OptimalMatching",
    ),
    "alignment.pairwise": ("dissimilarities", "dissimilarities_to",),
    "alignment.costs.state_costs": ("feature_costs", "rank_costs", "code_tree_costs",),
    "alignment.costs.triangles": ("triangle_report",),
    "alignment.costs.trained": ("trained_costs",),
    "alignment.measures.edits": ("LocalizedMatching", "TimeWarpEdit",),
    "alignment.measures.events": ("EventMatching",),
    "alignment.measures.spells": ("SpellMatching", "SpellLengthMatching",),
    "alignment.measures.transitions": ("TransitionMatching",),
    "alignment.measures.common_ends": ("CommonPrefix", "CommonSuffix",),
    "alignment.measures.subsequences": (
        "MatchingSubsequences", "SharedTimeSubsequences", "SubsequenceVectors",
    ),
    "alignment.measures.distributions": ("ChiSquared", "EuclideanDistributions",),
    "alignment.measures.warping": (
        "TimeWarping", "SoftTimeWarping", "GlobalAlignment", "RankedCommonSubsequence",
    ),
    "alignment.explaining.alignment": ("Alignment",),
    "alignment.explaining.explanation": ("explain",),
    "alignment.domains": ("fused", "joint", "averaged",),
    "alignment.domain_weights": ("information_weights", "equalising_weights",),
    "alignment.domain_association": ("DomainAssociation", "domain_association", "domain_shares",),
    "typology.gathered_types": ("gathered_quality", "gathered_types",),
    "typology.hierarchy": ("Tree", "hierarchy",),
    "typology.partition": ("partition", "improved",),
    "typology.quality": ("partition_quality", "cluster_quality",),
    "typology.typology": ("Typology",),
    "typology.agreement": ("Agreement", "compare_typologies",),
    "typology.clara": ("clara",),
    "typology.clara_result": ("Clara",),
    "typology.density": ("DensityTypes", "density_types",),
    "typology.description": ("TypeDescriptions", "describe_types",),
    "typology.fuzzy": ("FuzzyTypology", "fuzzy_partition",),
    "typology.modal_life": ("modal_life", "modal_shares",),
    "typology.null_lives": ("null_lives",),
    "typology.null_models": ("NullModels", "null_models",),
    "typology.representatives": ("Representatives", "representatives",),
    "typology.silhouettes": ("badly_placed", "silhouette",),
    "typology.spectral": ("spectral_types",),
    "typology.combined_types": ("CombinedTypes", "combined_quality", "combined_types",),
    "typology.crossed_types": ("CrossedTypes", "cross_types", "types_by_domain",),
    "typology.ranked_lives": ("RankedLives", "ranked_lives",),
    "typology.ranked_types": ("RankedTypes", "ranked_types",),
    "typology.quality_by_method": ("quality_by_method", "standardised_quality",),
    "alignment.given": ("given_dissimilarities",),
    "typology.barycentre": ("Barycentres", "barycentres",),
    "typology.stability": ("Stability", "bootstrap_stability", "subsample_stability",),
    "typology.property_types": ("PropertyTypes", "property_types",),
    "comparison.cohorts": ("cohorts", "groups_by",),
    "comparison.cross_table": ("TypesByGroup", "type_by_group",),
    "comparison.discrepancy": ("Discrepancy", "compare_groups",),
    "comparison.groups": ("Groups",),
    "comparison.window": ("observed_share",),
    "figures.alignment": ("plot_alignment",),
    "figures.cohort_types": ("plot_cohort_types",),
    "figures.cohorts": ("plot_cohorts",),
    "figures.distribution": ("plot_distribution",),
    "figures.figure": ("Figure",),
    "figures.index": ("plot_index",),
    "figures.quality": ("plot_quality",),
    "figures.timeline": ("plot_timeline",),
    "figures.types": ("plot_types",),
    "figures.multiverse": ("plot_multiverse",),
    "figures.date_stability": ("plot_date_stability",),
    "figures.null_models": ("plot_null_models",),
    "figures.crossed_types": ("plot_combined_types", "plot_crossed_types",),
    "figures.tree": ("plot_tree",),
    "figures.quality_by_method": ("plot_quality_by_method",),
    "figures.typical_lives": ("plot_typical_lives",),
    "figures.ranked_types": ("plot_ranked_types",),
    "figures.type_stability": ("plot_type_stability",),
    "plan": ("Plan",),
    "findings.cache": ("Cache",),
    "findings.stages": ("Findings", "run",),
    "findings.vague_dates": ("DateStability", "date_stability",),
    "findings.many_settings": ("Multiverse", "multiverse",),
    "findings.settings_tried": ("usual_choices",),
    "report.write": ("write_report",),
    "report.traminer": ("write_traminer",),
    "errors": ("ClusterError", "SettingError", "StudyError", "TrajectoriesError",),
}
"""Which names each module has, in the order of the way through."""
_PLACES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [*sorted(_PLACES), "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'trajectories' has no attribute {name!r}")
    value = getattr(import_module(f"trajectories.{_PLACES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__]
