"""What a methods section calls each measure and each kind of costs, and whom it cites for them."""

from __future__ import annotations

from trajectories.costs_plan import CostsPlan, costs_for
from trajectories.findings.stages import Findings
from trajectories.wording import counted, joined

Words = tuple[str, tuple[str, ...]]

_REVIEW = "Studer and Ritschard 2016"
MEASURE_WORDS: dict[str, Words] = {
    "optimal_matching": ("optimal matching (Abbott and Forrest 1986; Abbott and Tsay 2000)",
                         ("abbott", "tsay")),
    "hamming": ("the generalised Hamming distance (Hamming 1950)", ("hamming",)),
    "dynamic_hamming": ("the dynamic Hamming distance (Lesnard 2010)", ("lesnard",)),
    "longest_common_subsequence": ("the longest common subsequence (Elzinga 2008)", ("elzinga",)),
    "spell_matching": (f"optimal matching of spells ({_REVIEW})", ("studer2016",)),
    "spell_length_matching": ("optimal matching sensitive to the length of spells (Halpin 2010)",
                              ("halpin",)),
    "transition_matching": (f"optimal matching of transitions (Biemann 2011; {_REVIEW})",
                            ("biemann", "studer2016")),
    "localized_matching": ("localized optimal matching (Hollister 2009)", ("hollister",)),
    "time_warp_edit": ("the time-warp edit distance (Marteau 2009)", ("marteau",)),
    "common_prefix": ("the longest common prefix (Elzinga 2008)", ("elzinga",)),
    "common_suffix": ("the longest common suffix (Elzinga 2008)", ("elzinga",)),
    "matching_subsequences": ("the number of matching subsequences (Elzinga 2005)", ("elzinga2005",)),
    "shared_time_subsequences": ("matching subsequences weighted by shared time (Elzinga 2005)",
                                 ("elzinga2005",)),
    "subsequence_vectors": ("vectors of subsequences of spells (Elzinga and Studer 2015)", ("elzinga2015",)),
    "chi_squared": (f"chi-squared distances between distributions of states (Deville and Saporta 1983; "
                    f"{_REVIEW})", ("deville", "studer2016")),
    "euclidean_distributions": (f"Euclidean distances between distributions of states ({_REVIEW})",
                                ("studer2016",)),
    "event_matching": ("optimal matching of events (Ritschard, Bürgin and Studer 2013)", ("ritschard2013",)),
    "time_warping": ("dynamic time warping of ranks (Sakoe and Chiba 1978)", ("sakoe",)),
    "soft_time_warping": ("soft dynamic time warping of ranks (Cuturi and Blondel 2017)", ("cuturi2017",)),
    "global_alignment": ("the global alignment kernel of ranks (Cuturi 2011)", ("cuturi2011",)),
    "ranked_common_subsequence": ("the longest common subsequence of ranks (Vlachos, Kollios and Gunopulos "
                                  "2002)", ("vlachos",)),
}  # fmt: skip
_COSTS: dict[str, Words] = {
    "constant": ("constant substitution costs", ()),
    "transition": ("substitution costs of 2 minus the transition rates between two states", ()),
    "future": ("substitution costs from what follows two states (chi-squared; Rousset, Giret and Grelet "
               "2012)", ("rousset",)),
    "rarity": (f"costs from the rarity of states ({_REVIEW})", ("studer2016",)),
    "features": ("substitution costs from attributes of the states (Gower 1971)", ("gower",)),
    "ranks": ("substitution costs from the ranks of the states", ()),
    "code_tree": ("substitution costs from the tree of codes", ()),
    "stated": ("substitution costs stated by hand", ()),
}  # fmt: skip


def costs_told(findings: Findings) -> Words:
    """Where the costs come from, as the end of a sentence, and whom to cite; nothing for measures without
    any."""
    plan = findings.plan.measure
    if not plan.takes_costs:
        return "", ()
    asked = {name: costs_for(plan.costs, name) for name in findings.domains}
    kinds = list(dict.fromkeys(_kind(one, plan.name) for one in asked.values()))
    cited = tuple(key for kind in kinds for key in kind[1])
    told = kinds[0][0] if len(kinds) == 1 else joined([
        f"{_kind(one, plan.name)[0]} for {findings.study.codebook.domain(name).label.lower()}"
        for name, one in asked.items()
    ])  # fmt: skip
    return f", with {told}{_indel(findings, asked)}", cited


def triangles_told(findings: Findings) -> str:
    """What costs break the triangle inequality, the worst triple by name; empty where none do."""
    from trajectories.alignment.costs.triangles import triangle_report

    costs = findings.costs
    if costs is None or findings.plan.measure.together == "fused":
        return ""
    found = triangle_report(costs)
    detours = found[found["through"] != ""]
    if detours.empty:
        return ""
    worst = detours.assign(more=detours["direct"] - detours["detour"]).sort_values("more").iloc[-1]
    labels = findings.study.codebook.domain(str(worst["domain"])).labels
    one, through, other = (labels[str(worst[name])] for name in ("one", "through", "other"))
    return (f"In {counted(len(detours), 'pair')} of states the substitution costs more than a detour (most: "
            f"{one} for {other} {worst['direct']:.3g}, by way of {through} {worst['detour']:.3g}), so the "
            "dissimilarities are no metric.")  # fmt: skip


def _kind(costs: CostsPlan, measure: str) -> Words:
    if measure == "dynamic_hamming" and costs.by == "transition":
        return "substitution costs from the transition rates at each position", ()
    return _COSTS[costs.by]


def _indel(findings: Findings, asked: dict[str, CostsPlan]) -> str:
    plan = findings.plan.measure
    if not plan.kind.indel or plan.name == "time_warp_edit":
        return ""
    if plan.indel != "auto":
        return f" and insertion and deletion costs of {plan.indel:g}"
    own = [one.by == "rarity" or one.indel is not None for one in asked.values()]
    if all(own):
        return " and their own costs of insertion and deletion"
    return " and insertion and deletion costs of half the largest substitution cost" + (
        ", where the costs bring none of their own" if any(own) else "")  # fmt: skip
