"""Each type described from its numbers: how its people left, what they went through, what sets them apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.study import Study
from trajectories.errors import SettingError
from trajectories.sequences.sequences import Sequences
from trajectories.typology.contrasts import contrasts
from trajectories.typology.departures import Departure, departures, facts_of_departures
from trajectories.typology.facts import (
    PLACE,
    Basis,
    Division,
    Fact,
    facts_of_attributes,
    facts_of_groups,
    facts_of_lives,
)
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Contrast:
    """One fact about one type beside the rest of the people."""

    type: str
    basis: str
    """``lives`` (what the types were made of), ``domain`` (another one), ``event``, ``cohort``,
    ``attribute``."""
    domain: str
    fact: str
    label: str
    kind: str
    known: int
    """How many people of the type it is known of."""
    count: float
    """For how many of them it holds; nan where it is a number."""
    value: float
    """The share for whom it holds; the mean share of time; the median number or day (ordinal)."""
    rest_known: int
    rest_value: float
    effect: float
    """Cliff's delta, -1 to 1: above 0 when it holds more, or is larger, in the type than in the rest."""
    p_value: float


@dataclass(frozen=True, eq=False)
class TypeDescriptions:
    """What each type is like and what sets it apart, in numbers (``table``) and in words (``sentences``)."""

    names: tuple[str, ...]
    sizes: tuple[int, ...]
    contrasts: tuple[Contrast, ...]
    courses: tuple[tuple[str, ...], ...]
    """The sentences on each type's people: how many, how they left, what they went through."""
    apart: tuple[tuple[str, ...], ...]
    """The sentences on what sets each type apart from the rest, in the lives and beside them."""
    permutations: int
    seed: int

    def table(self) -> pd.DataFrame:
        """One row a type and fact, the largest effects of each type first; columns as in ``Contrast``."""
        import pandas as pd

        columns = list(Contrast.__dataclass_fields__)
        return pd.DataFrame([asdict(contrast) for contrast in self.contrasts], columns=columns)

    def sentences(self) -> dict[str, str]:
        """A short text for each type, by its name. It tells exact numbers of people, for whoever may see
        them."""
        each = zip(self.names, self.courses, self.apart, strict=True)
        return {name: " ".join((f"{name}:", *course, *apart)) for name, course, apart in each}

    @property
    def note(self) -> str:
        """How to read the numbers behind what sets types apart."""
        return (
            "Effect: Cliff's delta, from -1 to 1, above 0 when it holds more, or is larger, in the type than "
            f"in the rest; p from {self.permutations:,} permutations, adjusted for all that was looked at. "
            "Types were made to differ in the lives aligned, so what is said of these describes them and is "
            "no test of whether there are types."
        )

    def __str__(self) -> str:
        return "\n\n".join(self.sentences().values())

    def __repr__(self) -> str:
        inside = ", ".join(f"{name} (n = {size})" for name, size in zip(self.names, self.sizes, strict=True))
        return f"Descriptions of {len(self.names)} types: {inside}"


def describe_types(
    study: Study | None, lives: Sequences, typology: Typology, cohorts: Division | None = None, *,
    made_of: Collection[str] | None = None, within: int = 18, permutations: int = 999, seed: int = 1,
) -> TypeDescriptions:  # fmt: skip
    """Say of each type, from its numbers, what its people have in common and what sets them apart.

    Looked at are, in the labels of the codebook: the states of each domain (who was ever in it, for how
    long; on a clock that runs from an event, from then on), how often they changed; the event that the clock
    runs from (else ``departure``) with its dates, the first destination, moving on and going back up to
    ``within`` months after it; attributes; and ``cohorts`` when given. Without a study (lives read from a
    table) only the states. People without a date, a value or enough observation are unknown there and count
    on neither side. ``made_of`` names the domains of ``lives`` that the types were found by (None: all);
    what the other domains hold is told as lying beside the lives.

    Every fact is compared with the rest: Cliff's delta first, and a permutation p adjusted for all facts of a
    type (see ``contrasts``). Read the p of ``lives`` as a description: types were made to differ in what they
    were made of, so that test is no evidence that there are types (``null_models`` asks that). Case weights
    are not used: these are counts of people. Raises SettingError when typed people have no sequence, or are
    not in the study, and for a domain that lives do not have.
    """
    from trajectories.typology.description_words import apart, courses

    kept = lives.select(typology.ids)
    names = [domain.name for domain in kept.domains]
    aligned = frozenset(names if made_of is None else made_of)
    if unknown := sorted(aligned.difference(names)):
        raise SettingError(f"made_of names a domain {unknown[0]!r} that these lives do not have; they have "
                           f"{', '.join(names)}.")  # fmt: skip
    facts = facts_of_lives(kept, aligned)
    left: Sequence[Departure | None] = ()
    if study is not None:
        _refuse_strangers(study, typology)
        left, told = _event_facts(study, kept, within, "lives" if PLACE in aligned else "event")
        facts += told + facts_of_attributes(study, kept.ids)
    if cohorts is not None:
        facts += facts_of_groups(cohorts, kept.ids)
    effects, p_values = contrasts(facts, typology.types, typology.k, permutations, seed)
    rows = _contrasts(facts, typology, effects, p_values)
    said = courses(study, kept, typology, left, within)
    beside = tuple(apart([row for row in rows if row.type == name]) for name in typology.names)
    return TypeDescriptions(typology.names, typology.sizes, rows, said, beside, permutations, seed)


def _event_facts(
    study: Study, lives: Sequences, within: int, basis: Basis
) -> tuple[Sequence[Departure | None], list[Fact]]:
    event = lives.grid.since or "departure"
    if PLACE not in {domain.name for domain in study.codebook.domains}:
        return (), []
    left = departures(study, lives.ids, event, PLACE, within)
    if not any(left):
        return (), []
    label, place = study.codebook.event_label(event), study.codebook.domain(PLACE)
    return left, facts_of_departures(left, event, label, place, within, basis)


def _contrasts(
    facts: Sequence[Fact], typology: Typology, effects: NDArray[np.float64], p_values: NDArray[np.float64]
) -> tuple[Contrast, ...]:
    rows = []
    for t, name in enumerate(typology.names):
        inside = typology.types == t
        order = np.argsort(-np.nan_to_num(np.abs(effects[t])).round(9), kind="stable")
        for i in order.tolist():
            fact = facts[i]
            here, there = _known(fact.values[inside]), _known(fact.values[~inside])
            count = float(here.sum()) if fact.kind == "yes" else float("nan")
            rows.append(Contrast(
                name, fact.basis, fact.domain, fact.code, fact.label, fact.kind, len(here), count,
                _typical(fact, here), len(there), _typical(fact, there),
                float(effects[t, i]), float(p_values[t, i]),
            ))  # fmt: skip
    return tuple(rows)


def _known(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(values[~np.isnan(values)])


def _typical(fact: Fact, values: NDArray[np.float64]) -> float:
    if not len(values):
        return float("nan")
    return float(values.mean()) if fact.kind in ("yes", "share") else float(np.median(values))


def _refuse_strangers(study: Study, typology: Typology) -> None:
    known = set(study.ids)
    strangers = [person for person in typology.ids if person not in known]
    if strangers:
        raise SettingError(
            f"{len(strangers)} of the {len(typology.ids)} people typed are not in the study {study.title!r} "
            f"(first: {strangers[0]!r}); describe the types with the study their lives were built from."
        )
