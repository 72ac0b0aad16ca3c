"""What was found, in plain sentences, each with the statistic that stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from trajectories.coding.codebook import Domain
from trajectories.figures.words import joined, people, percent
from trajectories.findings.fitting import in_words
from trajectories.findings.words import counted, p_words, window

if TYPE_CHECKING:
    from trajectories.findings.stages import Findings

About = Literal["people", "types", "cohorts"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One finding: the plain sentence, and the statistic behind it (may be empty)."""

    about: About
    plain: str
    statistic: str = ""

    def __str__(self) -> str:
        return f"{self.plain} ({self.statistic})" if self.statistic else self.plain


def statements(findings: Findings) -> list[Statement]:
    """Everything that can be said without looking: who is analysed, which types there are, what cohorts differ in."""
    return [*_people(findings), *_types(findings), *_cohorts(findings)]


def event_label(findings: Findings) -> str:
    """The event that the clock starts at, as the codebook calls it, in lower case."""
    since = findings.plan.grid.since or ""
    found = next((kind.label for kind in findings.study.codebook.events if kind.name == since), since)
    return found[:1].lower() + found[1:] if found[1:2].islower() else found


def _people(findings: Findings) -> Iterator[Statement]:
    study, lives = findings.study, findings.lives
    labels = [study.codebook.domain(name).label.lower() for name in findings.domains]
    yield Statement(
        "people",
        f"The study holds {people(len(study.people))}, coded in {len(study.episodes):,} episodes and "
        f"{len(study.events):,} events. {_start(lives.n)} analysed here: their lives in "
        f"{joined(labels)}, {window(lives, event_label(findings))}.",
    )
    if findings.plan.people.where:
        yield Statement("people", f"Chosen were people by {in_words(study, findings.plan.people.where)}.")
    if lives.left_out:
        counts = Counter(reason for _, reason in lives.left_out).most_common()
        said = joined([f"{n:,} {reason}" for reason, n in counts])
        verb = "is" if len(lives.left_out) == 1 else "are"
        yield Statement("people", f"{people(len(lives.left_out)).capitalize()} {verb} left out: {said}.")


def _start(n: int) -> str:
    return "1 person is" if n == 1 else f"{n:,} people are"


def _types(findings: Findings) -> Iterator[Statement]:
    types, quality = findings.types, findings.quality
    row = quality[quality["k"] == types.k]
    asw = float(row["ASW"].iloc[0]) if len(row) else float("nan")
    statistic = f"average silhouette width {asw:.2f}, n = {len(types.ids)}" if asw == asw else ""
    yield Statement("types", f"The lives fall into {counted(types.k, 'type')}; {_grade(asw)}.", statistic)
    best = quality.loc[quality["ASW"].idxmax()] if quality["ASW"].notna().any() else None
    if best is not None and int(best["k"]) != types.k:
        yield Statement("types", f"Among the numbers of types compared, {int(best['k'])} would separate the lives most "
                        "clearly.", f"average silhouette width {best['ASW']:.2f}")  # fmt: skip
    for number, name in enumerate(types.names):
        size = types.sizes[number]
        yield Statement(
            "types", f"{name}: {_profile(findings, number)}.", f"n = {size}, {percent(size / len(types.ids))} of the lives"
        )


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
    """What a type's members mostly are in each domain: the state of most of their observed time since the start."""
    said = []
    for name in findings.domains:
        domain = findings.study.codebook.domain(name)
        state, share = most_time(findings, domain, number)
        if state:
            said.append(f"{domain.label.lower()} {domain.labels[state]} ({percent(share)} of the time)")
    return "mostly " + joined(said) if said else "nothing is known of these lives"


def most_time(findings: Findings, domain: Domain, number: int) -> tuple[str, float]:
    """The state in which the members of a type spend most of their time, and its share of their observed time."""
    from trajectories.findings.tables import time_by_type

    table = time_by_type(findings)
    rows = table[(table["domain"] == domain.name) & (table["number"] == number + 1)]
    if not len(rows) or not rows["share"].notna().any():
        return "", 0.0
    top = rows.loc[rows["share"].idxmax()]
    return str(top["state"]), float(top["share"])


def _cohorts(findings: Findings) -> Iterator[Statement]:
    for name, test in findings.discrepancies.items():
        label = findings.study.cohorts[name].label
        found = "follow different lives, more than chance would make" if test.p_value < 0.05 else (
            "do not follow different lives beyond what chance makes")  # fmt: skip
        yield Statement(
            "cohorts",
            f"{label}: the cohorts {found}; they account for {percent(test.pseudo_r2)} of the differences among lives.",
            f"pseudo-R² = {test.pseudo_r2:.3f}, pseudo-F = {test.pseudo_f:.2f}, "
            f"{p_words(test.p_value, test.permutations)} ({test.permutations} permutations), n = {test.n}",
        )
        yield from _types_of_cohorts(findings, name)
        ambiguous = findings.groups(name).ambiguous
        here = [person for person in ambiguous if person in set(findings.lives.ids)]
        if here:
            yield Statement("cohorts", f"{label}: {_start(len(here))} on no side, because the date of the event may "
                            "lie on either side of a boundary.")  # fmt: skip


def _types_of_cohorts(findings: Findings, name: str) -> Iterator[Statement]:
    yield Statement("cohorts", findings.type_table(name).sentence())
