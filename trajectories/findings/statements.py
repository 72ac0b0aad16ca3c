"""What was found, in plain sentences, each with the statistic that stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from trajectories.comparison.permutations import too_few
from trajectories.findings.fitting import in_words
from trajectories.findings.profiles import profiles
from trajectories.findings.words import p_words, window
from trajectories.wording import counted, joined, people, percent

if TYPE_CHECKING:
    from trajectories.comparison.cross_table import TypesByGroup
    from trajectories.findings.stages import Findings
    from trajectories.typology.crossed_types import CrossedTypes

About = Literal["people", "types", "type", "cohorts", "cohort_types", "trust"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One finding: the plain sentence, and the statistic behind it (may be empty)."""

    about: About
    plain: str
    statistic: str = ""
    scheme: str = ""
    """The cohort scheme it speaks of, if any."""

    def __str__(self) -> str:
        return f"{self.plain} ({self.statistic})" if self.statistic else self.plain


def statements(findings: Findings) -> list[Statement]:
    """Everything that can be said without looking: who is analysed, which types there are, what cohorts
    differ in."""
    return [*_people(findings), *_types(findings), *_cohorts(findings)]


def _people(findings: Findings) -> Iterator[Statement]:
    study, lives = findings.study, findings.lives
    labels = [study.codebook.domain(name).label.lower() for name in findings.domains]
    yield Statement(
        "people",
        f"The study holds {people(len(study.people))}, coded in {len(study.episodes):,} episodes and "
        f"{len(study.events):,} events. {_start(lives.n)} analysed here: their lives in "
        f"{joined(labels)}, {window(lives)}.",
    )
    if findings.plan.people.where:
        yield Statement("people", f"Chosen were people by {in_words(study, findings.plan.people.where)}.")
    if lives.left_out:
        counts = Counter(reason for _, reason in lives.left_out).most_common()
        said = joined([f"{n:,} {reason}" for reason, n in counts]) if len(counts) > 1 else counts[0][0]
        verb = "is" if len(lives.left_out) == 1 else "are"
        yield Statement("people", f"{people(len(lives.left_out))} {verb} left out: {said}.")


def _start(n: int) -> str:
    return "1 person is" if n == 1 else f"{n:,} people are"


def _types(findings: Findings) -> Iterator[Statement]:
    types, width = findings.types, silhouettes(findings)
    asw = width.get(types.k, float("nan"))
    statistic = f"average silhouette width {asw:.2f}, n = {len(types.ids)}" if asw == asw else ""
    n = len(types.ids)
    sized = zip(types.names, types.sizes, strict=True)
    sizes = joined([f"{name} ({percent(size / n)})" for name, size in sized])
    plain = f"The lives fall into {counted(types.k, 'type')}: {sizes}. {_grade(asw).capitalize()}."
    yield Statement("types", plain, statistic)
    if findings.crossed is not None:
        yield _crossed(findings, findings.crossed)
    best = max(width, key=lambda k: width[k], default=types.k)
    if best != types.k:
        most = f"Of the numbers of types compared, {best} would separate the lives most clearly"
        behind = f"average silhouette width {width[best]:.2f}"
        yield Statement("types", f"{most}{_elsewhere(findings)}.", behind)
    for number, name in enumerate(types.names):
        size = types.sizes[number]
        statistic = f"n = {size}, {percent(size / n)} of the lives"
        yield Statement("type", f"{name}: {_profile(findings, number)}.", statistic)


def _elsewhere(findings: Findings) -> str:
    """Where more is told of the number of types."""
    asked = findings.plan.stability
    said = ["other dates"] * bool(asked.draws) + ["other people"] * bool(asked.subsamples)
    if not said:
        return ""
    return f" with these people and dates as reported; what {joined(said)} say is told further on"


def _crossed(findings: Findings, crossed: CrossedTypes) -> Statement:
    """Of which typologies of single domains the types are made, and how far these go together."""
    labels = {name: findings.study.codebook.domain(name).label.lower() for name in crossed.typologies}
    each = joined([f"{one.k} of {labels[name]}" for name, one in crossed.typologies.items()])
    made = "merge" if findings.plan.types.method == "combined" else "are"
    together = crossed.association()
    told = "; ".join(f"{labels[one]} and {labels[other]} {v:.2f}" for one, other, v in
                     together[["domain", "other", "cramers_v"]].itertuples(index=False))  # fmt: skip
    return Statement(
        "types",
        f"They {made} the combinations of types that each domain has on its own: {each}, of which "
        f"{counted(len(crossed.table()), 'combination')} occur.",
        f"Cramér's V of the typologies: {told}",
    )


def silhouettes(findings: Findings) -> dict[int, float]:
    """The average silhouette width of each number of types that was compared, where it is defined."""
    quality = findings.quality
    pairs = zip(quality["k"].tolist(), quality["ASW"].tolist(), strict=True)
    return {int(k): float(width) for k, width in pairs if width == width}


def _grade(asw: float) -> str:
    """The words of Kaufman and Rousseeuw (1990) for the average silhouette width."""
    if asw != asw:
        return "how clearly they are separated was not among what is compared"
    if asw > 0.70:
        return "they are clearly separated"
    if asw > 0.50:
        return "they are reasonably separated"
    if asw > 0.25:
        return "they are weakly separated, with many lives between two types"
    return "they are hardly separated: read them as ends of a range, not as kinds"


def _profile(findings: Findings, number: int) -> str:
    """In which state of each domain the people of a type are most often: that of most of their time."""
    said = []
    for one in profiles(findings.lives.only(*findings.domains), findings.types):
        if one.type == number and one.known:
            label, share = one.most
            said.append(f"{label} ({one.domain.label.lower()}, {percent(share)} of the time)")
    return "most often " + joined(said) if said else "nothing is known of these lives"


def _cohorts(findings: Findings) -> Iterator[Statement]:
    for name in findings.plan.comparison.cohorts:
        label = findings.study.cohorts[name].label
        if name in findings.not_compared:
            yield Statement("cohorts", f"{label}: not compared. {findings.not_compared[name]}", scheme=name)
            continue
        yield _difference(findings, name, label)
        yield from _types_of_cohorts(findings, name, label)
        here = set(findings.groups(name).ambiguous) & set(findings.lives.ids)
        if here:
            why = "because the date of the event may lie on either side of a boundary"
            yield Statement("cohorts", f"{label}: {_start(len(here))} on no side, {why}.", scheme=name)


def _difference(findings: Findings, name: str, label: str) -> Statement:
    test, share = findings.discrepancies[name], percent(findings.discrepancies[name].pseudo_r2)
    differ = test.p_value < 0.05
    found = "follow different lives" if differ else "do not differ in their lives beyond what chance makes"
    if not differ and too_few(test.sizes):
        found = "have too few people to tell whether they differ in their lives"
    return Statement(
        "cohorts",
        f"{label}: the cohorts {found}. Which cohort somebody belongs to accounts for {share} of the "
        f"differences among lives.{_built_in(findings, name) if differ else ''}",
        f"pseudo-R² = {test.pseudo_r2:.3f}, pseudo-F = {test.pseudo_f:.2f}, "
        f"{p_words(test.p_value, test.permutations)} from {test.permutations:,} permutations, n = {test.n}",
        name,
    )


def _built_in(findings: Findings, name: str) -> str:
    """That cohorts made by the date of an event differ by date whatever else they do."""
    if findings.lives.grid.clock != "calendar":
        return ""
    event = findings.study.codebook.event_label(findings.study.cohorts[name].event)
    return (
        f" Part of that is built in: the cohorts are divided by the date of “{event}”, and lives are put "
        "side by side by date. Put side by side from that event on, they show what else differs."
    )


def _types_of_cohorts(findings: Findings, name: str, label: str) -> Iterator[Statement]:
    """Which types are more common in which cohort than if the two had nothing to do with each other."""
    result = findings.type_tables[name]
    statistic = (
        f"chi² = {result.chi2:.1f}, df = {result.df}, {p_words(result.p_permutation, result.permutations)} "
        f"from {result.permutations:,} permutations, Cramér's V = {result.cramers_v:.2f}, n = {result.n}"
    )
    if not result.differs:
        plain = f"{label}: no type is more common in one cohort than in another beyond what chance makes."
        if result.few:
            plain = f"{label}: people are too few to tell whether a type is more common in one cohort."
        yield Statement("cohort_types", plain, statistic, name)
        return
    plain = f"{label}: cohorts follow the types to different extents."
    yield Statement("cohort_types", plain, statistic, name)
    for group, type_ in _more_common(result):
        here, there = percent(result.shares[group, type_]), percent(_share_elsewhere(result, group, type_))
        yield Statement(
            "cohort_types",
            f"{label}: “{result.types[type_]}” is more common in “{result.groups[group]}”: {here} of them, "
            f"and {there} of the others.",
            f"residual {result.residuals[group, type_]:+.1f}, n = {result.counts[group, type_]}",
            name,
        )


def _more_common(result: TypesByGroup, most: int = 4) -> list[tuple[int, int]]:
    """Cells (group, type) with notably more people than expected, the most notable first."""
    residuals, marks = result.residuals, result.marks
    cells = product(range(len(result.groups)), range(len(result.types)))
    more = [(group, type_) for group, type_ in cells if marks[group][type_] == "▲"]
    return sorted(more, key=lambda cell: -residuals[cell])[:most]


def _share_elsewhere(result: TypesByGroup, group: int, type_: int) -> float:
    others = result.counts.sum(axis=0) - result.counts[group]
    return float(others[type_] / others.sum())
