"""Small studies, groups and dissimilarities to compare, and reference values of TraMineR."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from trajectories.alignment.dissimilarities import Dissimilarities
from trajectories.coding.biography import Event, Person, Source
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import UNKNOWN, parse_date
from trajectories.coding.study import CohortScheme, Study
from trajectories.comparison.groups import Groups
from trajectories.typology.typology import Typology

REFERENCE = Path(__file__).parent.parent / "reference" / "comparison"
HERE = Source("persons.csv", 2)
CODEBOOK = Codebook.model_validate({
    "domains": {"location": {"label": "Location", "states": {"origin": "Origin", "georgia": "Georgia"}}},
    "events": {"departure": "Departure"},
    "attributes": {
        "origin_country": {"label": "Origin", "values": {"russia": "Russia", "azerbaijan": "Azerbaijan"}},
        "profession": {"label": "Profession"},
    },
})  # fmt: skip
BEFORE_OR_AFTER = CohortScheme(
    label="Before or after the invasion", cuts=("2022-02-24",), labels=("before", "after")
)
RUSSIANS = CohortScheme(
    label="Russian waves",
    cuts=("2022-02-24", "2022-09-21"),
    labels=("one", "two", "three"),
    where={"origin_country": "russia"},
)


def study(departures: Mapping[str, str | None], **attributes: Mapping[str, str]) -> Study:
    """People who left on the dates given as text (None: no departure), with attributes by person."""
    people = tuple(
        Person(person, HERE, UNKNOWN, parse_date("2024-01"), UNKNOWN, dict(attributes.get(person, {})))
        for person in departures
    )
    events = tuple(
        Event(person, "departure", parse_date(date), HERE)
        for person, date in departures.items()
        if date is not None
    )
    schemes = {"binary_2022": BEFORE_OR_AFTER, "ru_waves": RUSSIANS}
    return Study("A small study", Path(), CODEBOOK, people, (), events, cohorts=schemes)


def groups(codes: Any, labels: tuple[str, ...] = (), ids: Any = None, **more: Any) -> Groups:
    """Groups by code; -1 is outside unless the person is said to be ambiguous."""
    where = np.asarray(codes, dtype=np.int64)
    names = labels or tuple("ABCDEFGH"[: int(where.max()) + 1])
    people = tuple(ids) if ids is not None else tuple(f"P{i}" for i in range(len(where)))
    rows = np.vstack([np.eye(len(names)), np.zeros(len(names))])[where]
    ambiguous = tuple(more.pop("ambiguous", ()))
    outside = tuple(p for p, code in zip(people, where, strict=True) if code < 0 and p not in ambiguous)
    return Groups("made", more.pop("label", "Made-up groups"), people, where, names, rows, ambiguous, outside)


def typed(types: Any, ids: Any = None) -> Typology:
    where = np.asarray(types, dtype=np.int64)
    people = tuple(ids) if ids is not None else tuple(f"P{i}" for i in range(len(where)))
    names = tuple(f"Type {t + 1}" for t in range(int(where.max()) + 1))
    return Typology(people, where, names, people[: len(names)], "given", np.zeros(len(where)))


def made(square: Any, weights: Any = None, ids: Any = None) -> Dissimilarities:
    full = np.asarray(square, dtype=float)
    n = len(full)
    people = tuple(ids) if ids is not None else tuple(f"P{i}" for i in range(n))
    return Dissimilarities(full[np.triu_indices(n, 1)], people, "made up",
                           np.ones(n) if weights is None else np.asarray(weights, dtype=float))  # fmt: skip


def scattered(n: int, seed: int, weights: Any = None) -> Dissimilarities:
    points = np.random.default_rng(seed).normal(size=(n, 4))
    return made(np.sqrt(((points[:, None] - points) ** 2).sum(axis=2)), weights)


def reference(weighted: str | None = None) -> Dissimilarities:
    """The reference dissimilarities; ``weighted`` by a column, or by one that is scaled ("weight to 60")."""
    table = pd.read_csv(REFERENCE / "REF_s60_OM_trate.csv", index_col=0)
    column, _, total = (weighted or "").partition(" to ")
    weights = covariates()[column] if weighted else None
    if weights is not None and total:
        weights = weights * float(total) / weights.sum()
    return made(table.to_numpy(), weights, table.index)


def covariates() -> pd.DataFrame:
    return pd.read_csv(REFERENCE / "s60_covariates.csv", dtype={"type": str})


def reference_groups(column: str) -> Groups:
    table = covariates()
    codes, labels = pd.factorize(table[column], sort=True)
    return groups(codes, tuple(labels), table["id"], label=column)


def numbers(name: str) -> Any:
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))
