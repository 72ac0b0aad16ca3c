"""The methods of an analysis as a paragraph for a paper, with the works it refers to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trajectories.coding.study import Study
from trajectories.findings.fitting import in_words
from trajectories.findings.stages import Findings
from trajectories.findings.statements import silhouettes
from trajectories.findings.words import window
from trajectories.report.measure_words import MEASURE_WORDS, costs_told, triangles_told
from trajectories.report.references import REFERENCES
from trajectories.sequences.sequences import MISSING
from trajectories.typology.crossed_types import CrossedTypes
from trajectories.version import __version__
from trajectories.wording import counted, joined, numbers, people


@dataclass(frozen=True)
class Methods:
    """The paragraph, and the references it cites, in alphabetical order."""

    paragraph: str
    references: tuple[str, ...]


def methods(findings: Findings) -> Methods:
    """What was done, in the words of a methods section."""
    sentences = [*_lives(findings), *_measure(findings), *_types(findings), *_comparison(findings),
                 *_stability(findings)]  # fmt: skip
    seed = findings.plan.seed
    sentences.append((f"Computations were done with trajectories {__version__} (random seed {seed}).", ()))
    cited = {key for _, keys in sentences for key in keys}
    return Methods(" ".join(text for text, _ in sentences), tuple(sorted(REFERENCES[key] for key in cited)))


Sentence = tuple[str, tuple[str, ...]]


def _lives(findings: Findings) -> Iterator[Sentence]:
    study, lives, plan = findings.study, findings.lives, findings.plan
    labels = joined([study.codebook.domain(name).label.lower() for name in findings.domains])
    step = "monthly" if plan.grid.step == "month" else f"{plan.grid.step}ly"
    yield (f"The lives of {people(lives.n)} were represented as {step} state sequences in "
           f"{counted(len(findings.domains), 'domain')} ({labels}) {window(lives)}.", ())  # fmt: skip
    point = {"midpoint": "in the middle", "earliest": "at the first day", "latest": "at the last day"}
    if _approximate(study):
        yield ("Dates that are known only approximately (EDTF, ISO 8601-2) were placed "
               f"{point[study.dates.point]} of the span of days they allow.", ("edtf",))  # fmt: skip
    if plan.people.where:
        yield f"The analysis is limited to people by {in_words(study, plan.people.where)}.", ()
    if lives.left_out:
        whole = "; only lives observed over the whole window are analysed" if plan.people.complete else ""
        verb = "was" if len(lives.left_out) == 1 else "were"
        yield f"{people(len(lives.left_out))} of the study {verb} left out{whole}.", ()


def _approximate(study: Study) -> bool:
    """Whether any date of the study may be one of several days."""
    dates = (*(date for one in study.episodes for date in (one.start, one.end)),
             *(event.date for event in study.events), *(person.birth for person in study.people))  # fmt: skip
    return any(date.is_known and date.width > 1 for date in dates)


def _measure(findings: Findings) -> Iterator[Sentence]:
    plan, several = findings.plan.measure, len(findings.domains) > 1
    name, keys = MEASURE_WORDS[plan.name]
    costs, cited = costs_told(findings)
    norm = f", normalised ({plan.norm})" if plan.norm else ""
    yield f"Dissimilarities between lives were computed by {name}{costs}{norm}.", (*keys, *cited)
    broken = triangles_told(findings)
    if broken:
        yield broken, ()
    if (findings.aligned.states == MISSING).any() and plan.kind.missing:
        known = {"state": "treated as a state of their own", "ignore": "left out of the comparison"}
        yield f"Positions at which nothing is known were {known.get(plan.missing, 'not allowed')}.", ()
    if several and plan.together == "fused":
        yield (f"The {len(findings.domains)} domains were fused into one, whose states are the observed "
               "combinations (Ritschard, Liao and Struffolino 2023).", ("ritschard",))  # fmt: skip
    elif several and plan.together == "summed":
        yield (f"Each of the {len(findings.domains)} domains was compared on its own and the dissimilarities "
               f"were added (Ritschard, Liao and Struffolino 2023){_weights(findings)}.",
               ("ritschard",))  # fmt: skip
        yield from _rule(findings)
    elif several and plan.kind.costs:
        yield (f"The costs of the {len(findings.domains)} domains were added position by position (Pollock "
               f"2007){_weights(findings)}.", ("pollock",))  # fmt: skip
        yield from _rule(findings)


def _weights(findings: Findings) -> str:
    weights = {name: findings.plan.measure.weight(name) for name in findings.domains}
    mean = " and divided by the sum of the weights" if findings.plan.measure.link == "mean" else ""
    if len(set(weights.values())) == 1:
        return f"{mean}, each with the same weight"
    labels = {name: findings.study.codebook.domain(name).label.lower() for name in weights}
    said = [f"{weight:g} for {labels[name]}" for name, weight in weights.items()]
    return f"{mean}, with weights of {joined(said)}"


def _rule(findings: Findings) -> Iterator[Sentence]:
    """By which rule the weights were found, and that the rule is a choice; nothing for weights by hand."""
    if findings.rule is None:
        return
    told = {
        "information": "The weights were not set by hand but by the information in each domain (the mean "
                       "entropy of its states at a position, 1 on average), so that domains in which people "
                       "differ more count more; this is a choice, and domains with many short stays gain by "
                       "it",
        "equalised": "The weights were not set by hand but equalised (the inverse of the mean dissimilarity "
                     "in each domain alone, 1 on average), so that no domain counts more because its costs "
                     "are higher or people differ more in it; this is a choice, too",
    }  # fmt: skip
    yield (f"{told[findings.rule]} (on joining domains see Ritschard, Liao and Struffolino 2023). They were "
           "found once, on the lives analysed, and kept in everything that was repeated.",
           ("ritschard",))  # fmt: skip


def _types(findings: Findings) -> Iterator[Sentence]:
    types, plan = findings.types, findings.plan.types
    if findings.crossed is None:
        name, keys = _METHODS[plan.method]
        yield f"The lives were grouped into {counted(types.k, 'type')} by {name}.", keys
    else:
        yield from _crossed(findings, findings.crossed)
    widths = silhouettes(findings)
    if types.k in widths:
        yield (
            f"Solutions with {numbers(sorted(widths))} types were compared by measures of cluster quality "
            "(Studer 2013); the average silhouette width (Rousseeuw 1987) of the one reported is "
            f"{widths[types.k]:.2f}.",
            ("rousseeuw", "studer2013"),
        )
    yield ("What sets each type apart from the rest was measured by Cliff's (1993) delta, with p-values from "
           f"{findings.plan.comparison.permutations:,} permutations adjusted for all facts looked at in a "
           "type (Westfall and Young 1993).", ("cliff", "westfall"))  # fmt: skip


def _crossed(findings: Findings, crossed: CrossedTypes) -> Iterator[Sentence]:
    """Types of each domain, crossed, and what became of their combinations."""
    labels = {name: findings.study.codebook.domain(name).label.lower() for name in crossed.typologies}
    each = crossed.typologies.items()
    sizes = joined([f"{counted(one.k, 'type')} in {labels[name]}" for name, one in each])
    pam, keys = _METHODS["pam"]
    yield (f"Each domain was typed on its own ({sizes}) by {pam}, and the typologies were crossed; "
           f"{counted(len(crossed.table()), 'combination')} occur.", keys)  # fmt: skip
    if findings.plan.types.method == "crossed":
        gathered = findings.types.names[-1] if len(crossed.table()) > findings.types.k else ""
        rest = " and people with any other combination were gathered in one type" if gathered else ""
        kept = findings.types.k - bool(gathered)
        yield f"The {kept} most common combinations were taken as types{rest}.", ()
        if len({findings.plan.measure.weight(name) for name in findings.domains}) > 1:
            yield ("The weights of the domains change none of these types; they count where whole lives are "
                   "compared (quality, medoids, cohorts).", ())  # fmt: skip
        return
    yield ("Combinations were merged two by two, those held by 5 % of the people or fewer first, each time "
           "where the average silhouette width over all domains together is largest afterwards, until "
           f"{counted(findings.types.k, 'type')} were left (CombT; Ritschard, Liao and Struffolino 2023).",
           ("ritschard",))  # fmt: skip


def _comparison(findings: Findings) -> Iterator[Sentence]:
    plan = findings.plan.comparison
    if not plan.cohorts:
        return
    yield (
        "Differences between cohorts were examined by discrepancy analysis (pseudo-R² and pseudo-F; Studer "
        "et al. 2011) and by tables of type by cohort with standardised residuals, each with "
        f"{plan.permutations:,} permutations. People whose date allows more than one cohort were not "
        "assigned to any.",
        ("studer2011",),
    )


def _stability(findings: Findings) -> Iterator[Sentence]:
    plan = findings.plan.stability
    if plan.draws:
        yield (f"To see what depends on imprecise dates, the analysis was repeated on {plan.draws} datings "
               "drawn at random from the spans of days that the dates allow, given their order; each "
               "typology was compared with the one reported by the adjusted Rand index (Hubert and Arabie "
               "1985).", ("hubert",))  # fmt: skip
    if plan.bootstrap:
        yield ("The stability of each type was assessed by the mean Jaccard coefficient over "
               f"{plan.bootstrap:,} bootstrap samples of people (Hennig 2007).", ("hennig",))  # fmt: skip
    if plan.subsamples:
        yield ("Numbers of types were compared by the adjusted Rand index of typologies of "
               f"{plan.subsamples:,} pairs of overlapping parts of the people (Ben-Hur, Elisseeff and Guyon "
               "2002).", ("benhur",))  # fmt: skip
    if plan.null_models:
        yield ("Cluster quality was held against that of lives made by chance in five ways, each in "
               f"{plan.null_models:,} repetitions (Studer 2021).", ("studer2021",))  # fmt: skip
    if plan.multiverse != "no":
        yield ("The whole analysis was repeated in every combination of other sensible settings (Steegen et "
               "al. 2016; Simonsohn, Simmons and Nelson 2020).", ("steegen", "simonsohn"))  # fmt: skip


_METHODS = {
    "pam": (
        "partitioning around medoids (FasterPAM; Kaufman and Rousseeuw 1990; Schubert and Rousseeuw 2021)",
        ("kaufman", "schubert"),
    ),
    "ward": (
        "hierarchical clustering with Ward's criterion (Ward 1963; Murtagh and Legendre 2014)",
        ("ward", "murtagh"),
    ),
    "ward_d": (
        "hierarchical clustering with Ward's criterion on dissimilarities that are not squared (Ward 1963; "
        "“ward.D” in Murtagh and Legendre 2014)",
        ("ward", "murtagh"),
    ),
    "complete": ("complete-linkage hierarchical clustering (Sørensen 1948)", ("sorensen",)),
    "flexible": (
        "beta-flexible hierarchical clustering (beta = -0.25; Lance and Williams 1967)", ("lance",)
    ),
    "average": ("average-linkage hierarchical clustering (Sokal and Michener 1958)", ("sokal",)),
}
