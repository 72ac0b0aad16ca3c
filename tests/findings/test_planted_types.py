"""How far the planted types of the sample study are found, as docs/typology.md says."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

import trajectories as tj
from trajectories.typology.agreement import adjusted_rand, cross_counts

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "typology.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found() -> tj.Findings:
    plan = tj.Plan.read(ROOT / "sample_data" / "plan.yaml").changed(stability={"draws": 0, "bootstrap": 0})
    return tj.run(tj.read_study(ROOT / "sample_data"), plan)


@pytest.fixture(scope="module")
def planted(found: tj.Findings) -> pd.DataFrame:
    """One row a person analysed: type (found), planted, noise."""
    known = yaml.safe_load((ROOT / "sample_data" / "planted.yaml").read_text(encoding="utf-8"))["people"]
    types = found.types
    return pd.DataFrame({
        "type": [types.names[t] for t in types.types],
        "planted": [known[person]["type"] for person in types.ids],
        "noise": [bool(known[person].get("noise")) for person in types.ids],
    }, index=list(types.ids))  # fmt: skip


def _agreement(one: "pd.Series[str]", other: "pd.Series[str]") -> float:
    (a, first), (b, second) = one.factorize(), other.factorize()
    return adjusted_rand(cross_counts(a, b, len(first), len(second)))


def test_the_plans_types_agree_with_the_planted_as_told(planted: pd.DataFrame) -> None:
    clean = planted[~planted["noise"]]
    everybody, without = (_agreement(one["type"], one["planted"]) for one in (planted, clean))
    assert everybody == pytest.approx(0.3045, abs=5e-4)
    assert without == pytest.approx(0.3563, abs=5e-4)
    assert f"adjusted Rand index of {everybody:.2f}, {without:.2f} without the noise" in DOCS
    assert f"{int(planted['noise'].sum())} of the {len(planted)} people analysed are marked as noise" in DOCS


def test_the_table_is_who_is_where(planted: pd.DataFrame) -> None:
    columns = ["settled", "onward", "caucasus", "serial", "returned", "kazakhstan"]
    counts = pd.crosstab(planted["type"], planted["planted"])[columns]
    for name, row in counts.iterrows():
        cells = [f"**{n}**" if n == row.max() else str(n) for n in row.tolist()]
        assert f"| {name} | {' | '.join(cells)} |" in DOCS
    share = counts.max(axis=1).sum() / len(planted)
    assert f"{share * 100:.0f} % of the people are in a type that mostly holds their own" in DOCS
    settled = ["Germany, on a permit", "Germany, protection", "Another EU country"]
    onward = counts["onward"]
    assert f"{onward[settled].sum()} of {onward.sum()} are in a type of settled" in DOCS
    joined = planted["type"].where(~planted["type"].isin(settled), "settled")
    assert f"raises the index to {_agreement(joined, planted['planted']):.2f}" in DOCS


def test_the_dissimilarities_hold_more_than_the_types_find(found: tj.Findings, planted: pd.DataFrame) -> None:
    alone = tj.run(found.study, found.plan.changed(domains=["location"], measure={"weights": {}}))
    told = [_nearest(one.dissimilarities, planted["planted"]) for one in (found, alone)]
    (share, rand), (share_alone, rand_alone) = told
    assert f"type of {share * 100:.0f} % (of location alone of {share_alone * 100:.0f} %)" in DOCS
    assert f"an index of {rand:.2f} ({rand_alone:.2f})" in DOCS


def _nearest(diss: tj.Dissimilarities, planted: "pd.Series[str]") -> tuple[float, float]:
    """How far the commonest planted type of the five nearest others is one's own: share, adjusted Rand."""
    codes, names = planted.loc[list(diss.ids)].factorize(sort=True)
    square = diss.square().copy()
    np.fill_diagonal(square, np.inf)
    nearest = np.argsort(square, axis=1, kind="stable")[:, :5]
    told = np.array([np.bincount(codes[row], minlength=len(names)).argmax() for row in nearest])
    return float((told == codes).mean()), adjusted_rand(cross_counts(told, codes, len(names), len(names)))
