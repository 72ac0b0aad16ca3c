"""What TraMineR says of the same lives: times, rates, modal states, spells, events, equal lives, order."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.alignment.reference import FOLDER as ALIGNMENT
from tests.alignment.reference import lives_of, table
from trajectories.alignment.costs.cost_rules import transition_costs
from trajectories.sequences.description import entropy, state_distribution
from trajectories.sequences.event_lives import EventLives, change_events, read_event_lives
from trajectories.sequences.exchange.event_rows import EventForm, event_rows
from trajectories.sequences.exchange.strings import sps_strings
from trajectories.sequences.order import sort_order
from trajectories.sequences.sequences import Sequences
from trajectories.sequences.spells import spells
from trajectories.sequences.transitions import rates_of, transition_counts
from trajectories.typology.modal_life import modal_life, modal_shares
from trajectories.typology.typology import Typology

FOLDER = ALIGNMENT.parent / "sequences"
SAMPLES = ["s60", "sw60", "s68", "s70"]
STATES = list("ABCDEF")
CLOSE = {"rtol": 1e-12, "atol": 1e-14}


def reference(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv", dtype=str, keep_default_na=False).set_index("id")


def time_in_states(lives: Sequences) -> pd.DataFrame:
    """Positions that each person spends in each state, from the spells."""
    found = spells(lives).pivot_table("length", "id", "state", "sum", fill_value=0)
    return found.reindex(index=list(lives.ids), columns=STATES, fill_value=0)


def counts(lives: Sequences) -> np.ndarray:
    return transition_counts(lives.states[:, 0, :], len(STATES), lives.weights)


@pytest.mark.parametrize("sample", SAMPLES)
def test_who_is_observed_where(sample: str) -> None:
    lives = lives_of(sample)
    found = np.array([lives.weights[lives.states[:, 0, t] >= 0].sum() for t in range(lives.length)])
    np.testing.assert_allclose(found, table(f"{sample}_seqstatd_valid"), **CLOSE)
    if sample != "sw60":
        observed = state_distribution(lives)["observed"].to_numpy()[:: len(STATES)]
        np.testing.assert_array_equal(observed, table(f"{sample}_seqstatd_valid"))


@pytest.mark.parametrize("sample", SAMPLES)
def test_time_in_each_state(sample: str) -> None:
    lives = lives_of(sample)
    total = lives.weights @ time_in_states(lives).to_numpy()
    np.testing.assert_allclose(total / lives.weights.sum(), table(f"{sample}_seqmeant"), **CLOSE)
    expected = table(f"{sample}_seqstatf")
    np.testing.assert_allclose(np.column_stack([total, 100 * total / total.sum()]), expected, **CLOSE)


def test_time_in_each_state_by_person_and_group() -> None:
    lives = lives_of("s60")
    found = time_in_states(lives)
    assert found.astype(str).equals(reference("s60_seqistatd")[STATES].rename_axis(columns="state"))
    cohort = pd.read_csv(ALIGNMENT / "s60_covariates.csv", index_col="id")["cohort"]
    np.testing.assert_allclose(found.groupby(cohort).mean(), table("s60_seqmeant_bygroup"), **CLOSE)
    for column, name in enumerate(("pre2022", "post2022")):
        inside = entropy(lives.select(cohort.index[cohort == name]))["entropy"]
        np.testing.assert_allclose(inside, table("s60_entropies_bygroup")[:, column], **CLOSE)


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_most_common_states(sample: str) -> None:
    lives = lives_of(sample)
    everybody = Typology(lives.ids, np.zeros(lives.n, dtype=np.int64), ("all",), (lives.ids[0],), "given",
                         np.zeros(lives.n))  # fmt: skip
    state, share = table(f"{sample}_seqmodst").T
    np.testing.assert_array_equal(modal_life(lives, everybody).states[0, 0], state)
    np.testing.assert_allclose(modal_shares(lives, everybody)["share"], share, **CLOSE)


@pytest.mark.parametrize("sample", SAMPLES)
def test_transitions_counted_and_at_each_step(sample: str) -> None:
    found = counts(lives_of(sample))
    np.testing.assert_allclose(found.sum(axis=0), table(f"{sample}_seqtrate_count"), **CLOSE)
    np.testing.assert_allclose(rates_of(found), table(f"{sample}_seqtrate_tv"), **CLOSE)


@pytest.mark.parametrize(("sample", "rates", "lag"), [
    ("s60", "seqtrate_lag6", 6), ("sw60", "seqtrate_lag6", 6), ("s68", "seqtrate_lag6", 6),
    ("s70", "seqtrate_withmiss", 1),
])  # fmt: skip
def test_costs_by_rates_are_two_minus_the_rates(sample: str, rates: str, lag: int) -> None:
    known = table(f"{sample}_{rates}")
    expected = 2 - known - known.T
    np.fill_diagonal(expected, 0)
    found = transition_costs(lives_of(sample), lag=lag, missing=None).domains[0].with_missing()
    np.testing.assert_allclose(found[: len(known), : len(known)], expected, **CLOSE)


def as_rows(lives: Sequences, column: str, *, missing: bool) -> list[list[str]]:
    """One list a person: states or lengths of the spells; a person without gaps as if they were not there."""
    found = spells(lives)
    if not missing:
        found = found[found["state"] != "*"]
        new = (found["id"] != found["id"].shift()) | (found["state"] != found["state"].shift())
        found = found.groupby(new.cumsum()).agg({"id": "first", "state": "first", "length": "sum"})
    by_person = found.astype(str).groupby("id", sort=False)[column].agg(list)
    return by_person.reindex(list(lives.ids)).tolist()


@pytest.mark.parametrize(("name", "missing"), [("s60_{}", False), ("s70_{}_nomiss", False),
                                               ("s70_{}_withmiss", True)])  # fmt: skip
def test_spells_and_their_lengths(name: str, missing: bool) -> None:
    lives = lives_of(name[:3])
    for theirs, ours in (("seqdss", "state"), ("seqdur", "length")):
        rows = reference(name.format(theirs)).to_numpy().tolist()
        expected = [[cell for cell in row if cell not in ("%", "NA")] for row in rows]
        found = as_rows(lives, ours, missing=missing)
        assert found == expected


def test_lengths() -> None:
    lives = lives_of("s68")
    expected = reference("s60_seqlength")["Length"]  # their file of the lives of different length
    assert list(expected.index) == list(lives.ids)
    assert expected.astype(int).tolist() == lives.lengths[:, 0].tolist()


def written(events: EventLives, length: int | None = None) -> list[str]:
    """Event sequences as TraMineR prints them: the time before, between and after the moments."""
    texts = []
    for life in events.moments:
        before, parts = 0.0, []
        for time, kinds in life:
            parts += [f"{time - before:g}"] if time > before else []
            parts.append(f"({','.join(sorted(events.kinds[kind] for kind in kinds))})")
            before = time
        texts.append("-".join([*parts, *([f"{length - before:g}"] if length else [])]))
    return texts


@pytest.mark.parametrize("form", ["state", "transition", "period"])
def test_changes_as_events(form: EventForm) -> None:
    lives = lives_of("s60")
    rows = event_rows(lives, form=form)
    rows["event"] = rows["event"].str.replace("beg.", "", regex=False).str.replace("end.", "end", regex=False)
    expected = reference(f"s60_seqecreate_{form}")["eseq"].tolist()
    assert written(read_event_lives(rows), lives.length) == expected
    if form == "state":
        assert written(change_events(lives), lives.length) == expected


def test_events_of_a_table() -> None:
    events = read_event_lives(FOLDER.parent / "format" / "tse.csv")
    assert list(events.kinds) == reference("tse_levels")["value"].tolist()
    assert dict(zip(events.ids, written(events), strict=True)) == reference("tse_eseq")["eseq"].to_dict()


@pytest.mark.parametrize("sample", SAMPLES)
def test_equal_lives_counted(sample: str) -> None:
    lives, theirs = lives_of(sample), reference(f"{sample}_seqtab").astype({"Freq": float, "Percent": float})
    texts = sps_strings(lives)["sequence"].str.replace(r"\((.),(\d+)\)", r"\1/\2", regex=True)
    texts = texts.str.replace(r"-\*/\d+$", "", regex=True)  # what is missing at the end is void to TraMineR
    found = pd.Series(lives.weights).groupby(texts.to_numpy()).sum()
    np.testing.assert_allclose(found[theirs["seq"]], theirs["Freq"], rtol=1e-12)
    np.testing.assert_allclose(100 * found[theirs["seq"]] / found.sum(), theirs["Percent"], rtol=1e-12)
    assert sorted(found, reverse=True)[: len(theirs)] == pytest.approx(theirs["Freq"].tolist(), rel=1e-12)


def test_lives_in_order() -> None:
    lives, theirs = lives_of("s60"), reference("sortv_start").astype(int)
    for column, by in (("sortv_start", "start"), ("sortv_end", "end")):
        rank = theirs[column]
        order = list(sort_order(lives, "state", by))  # type: ignore[arg-type]
        assert order == sorted(order, key=lambda person: int(rank[person]))
