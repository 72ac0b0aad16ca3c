"""What is handed to R holds the whole analysis, and the script asks TraMineR for the same."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import trajectories as tj
from trajectories.alignment.costs.by_hand import stated_costs
from trajectories.alignment.measures.basic import OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.report import traminer
from trajectories.report.r_states import states_in_r
from trajectories.report.traminer import write_traminer
from trajectories.report.traminer_script import r_text, script
from trajectories.sequences.exchange.strings import read_sts
from trajectories.sequences.grid import GivenGrid
from trajectories.sequences.read import GivenState
from trajectories.sequences.sequences import Sequences

Off = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
ROOT = Path(__file__).parents[1]
STAND_INS = (Path(__file__).parent / "reference" / "traminer_stand_ins.R").as_posix()


@pytest.fixture(scope="module")
def study() -> tj.Study:
    return tj.read_study(ROOT / "sample_data")


def plan(**parts: object) -> tj.Plan:
    return tj.Plan(
        title="Weg & zurück",
        grid={"since": "departure", "before": 6, "after": 12},
        people={"where": {"origin_country": "azerbaijan"}},
        types={"k": 3, "quality": [2, 4]},
        comparison={"cohorts": ["az_waves"], "permutations": 99},
    ).changed(**parts)


@pytest.fixture(scope="module")
def findings(study: tj.Study) -> tj.Findings:
    return tj.run(study, plan(measure={"weights": {"location": 2, "emotion": 0.25}, "indel": 1.5}))


@pytest.fixture(scope="module")
def folder(findings: tj.Findings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_traminer(findings, tmp_path_factory.mktemp("traminer") / "for_r").parent


def _read_back(folder: Path, names: tuple[str, ...]) -> Sequences:
    """The sequences as R reads them, in one value."""
    layers, domains = [], []
    for name in names:
        costs = pd.read_csv(folder / f"costs_{name}.csv")
        alphabet = [state for state in costs["from"].unique() if state != "*"]
        lives = read_sts(folder / f"sequences_{name}.csv", alphabet=alphabet)
        layers.append(lives.states)
        states = tuple(GivenState(code=code, label=code) for code in alphabet)
        domains.append(Domain(name=name, label=name, states=states))
    joined = np.concatenate(layers, axis=1)
    return replace(lives, states=joined, domains=tuple(domains), grid=GivenGrid())


def _computed_again(folder: Path, names: tuple[str, ...], weights: dict[str, float], indel: float) -> Off:
    lives = _read_back(folder, names)
    tables = {name: pd.read_csv(folder / f"costs_{name}.csv", index_col="from").drop(columns="position")
              for name in names}  # fmt: skip
    tables = {name: table.drop(index="*", columns="*", errors="ignore") for name, table in tables.items()}
    costs = stated_costs(lives, tables).weighted(**weights)
    square = dissimilarities(lives, OptimalMatching(costs, indel=indel)).square()
    pairs = pd.read_csv(folder / "pairs.csv")
    return np.asarray(square[pairs["one"] - 1, pairs["other"] - 1] - pairs["dissimilarity"])


def test_the_files_hold_what_the_analysis_rests_on(findings: tj.Findings, folder: Path) -> None:
    off = _computed_again(folder, findings.domains, {"location": 2.0, "emotion": 0.25}, 1.5)
    assert len(off) == 500
    assert np.abs(off).max() < 1e-4
    people = pd.read_csv(folder / "people.csv", dtype={"id": str})
    assert tuple(people["id"]) == findings.lives.ids
    assert (people["type"] - 1 == findings.types.types).all()
    assert set(people["id"][people["medoid"] == 1]) == set(findings.types.medoids)
    sizes = people["cohort_az_waves"].value_counts(sort=False)
    assert tuple(sizes[label] for label in findings.discrepancy("az_waves").labels) == (
        findings.discrepancy("az_waves").sizes
    )
    results = pd.read_csv(folder / "results.csv").set_index("what")["value"]
    assert results["pseudo R2"] == pytest.approx(findings.discrepancy("az_waves").pseudo_r2)


def test_the_script_asks_for_the_same(findings: tj.Findings, folder: Path) -> None:
    text = (folder / "redo_in_traminer.R").read_text(encoding="ascii")
    assert text == script(findings)
    assert text.startswith("# Weg & zur\\u00fcck\n")
    assert 'diss <- seqMD(domains, method = "OM", norm = "none", what = "diss", link = "sum",' in text
    assert "indel = c(1.5, 1.5, 1.5, 1.5)," in text
    assert "sm = costs, cweight = c(2.0, 1.0, 1.0, 0.25)," in text
    assert 'dissassoc(diss, group = cohort, weights = case_weights, R = 99,' in text
    for domain, layer in zip(findings.aligned.domains, range(4), strict=True):
        states = states_in_r(findings.aligned, layer)
        assert f'  alphabet = c({", ".join(r_text(state) for state in states)}),' in text
        assert text.count(r_text(domain.labels[states[0]])) >= 1
    _balanced(text)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: the script is not parsed")
@pytest.mark.parametrize("parts", [
    {}, {"measure": {"name": "dynamic_hamming"}, "domains": ("legal", "activism")},
    {"types": {"k": 3, "quality": [2, 4], "method": "ward"}, "title": 'Weg "und" zur\\ück\n# \u041c'},
])  # fmt: skip
def test_r_parses_the_script(study: tj.Study, tmp_path: Path, parts: dict[str, object]) -> None:
    place = write_traminer(tj.run(study, plan(**parts)), tmp_path)
    asked = ["Rscript", "--vanilla", "-e", "cat(length(parse(commandArgs(TRUE)[1])))", str(place)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 20


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: the script is not run")
@pytest.mark.parametrize("parts", [
    {"measure": {"weights": {"location": 2, "emotion": 0.25}, "indel": 1.5}},
    {"measure": {"name": "dynamic_hamming"}, "domains": ("legal", "activism")},
    {"measure": {"name": "hamming", "costs": "constant"}},
    {"measure": {"name": "longest_common_subsequence"}, "domains": ("legal", "location")},
    {"measure": {"name": "longest_common_subsequence"}, "domains": ("legal",)},
    {"people": {"complete": False}, "grid": {"after": 36}, "measure": {"indel": 1.0}},
    {"types": {"k": 2, "quality": [2, 2], "method": "ward"}, "domains": ("legal",)},
], ids=str)  # fmt: skip
def test_the_script_runs_to_its_end_with_the_arguments_that_traminer_has(
    study: tj.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: dict[str, object]
) -> None:
    """Functions of the same formal arguments stand in for TraMineR's; they compute dissimilarities anew."""
    monkeypatch.setattr(traminer, "PAIRS", 10**6)
    place = write_traminer(tj.run(study, plan(**parts)), tmp_path)
    asked = ["Rscript", "--vanilla", "-e", f'source("{STAND_INS}"); source("{place.name}")']
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Dissimilarities and pseudo R2 are the same in TraMineR." in done.stdout


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: nothing is run")
@pytest.mark.parametrize(("call", "told"), [
    ("seqdef(lives, colours = 1)", "unused argument"),
    ("seqdist(one, method = 'OM', costs = 1)", "unused argument"),
    ("seqMD(list(one, one), method = 'OM', what = 'diss', sm = list(1, 2), weights = 1)", "unused argument"),
    ("wcKMedoids(diag(3), k = 2, start = 1)", "unused argument"),
    ("wcKMedRange(diag(3), kvals = 2:3, start = 1)", "unused argument"),
    ("dissassoc(diag(3), group = 1:3, permutations = 9)", "unused argument"),
    ("as.clustrange(hclust(dist(1:5)), diag(5), ncluster = 2)", "greater than 2"),
    ("seqdplot(one, groups = 1)", "unused argument"),
])  # fmt: skip
def test_the_stand_ins_refuse_what_traminer_refuses(call: str, told: str) -> None:
    lives = 'lives <- data.frame(a = c("x", "y"), b = c("y", "y")); one <- seqdef(lives)'
    asked = ["Rscript", "--vanilla", "-e", f'source("{STAND_INS}"); {lives}; {call}']
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert told in done.stderr


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed: nothing is run")
def test_the_script_that_times_traminer_keeps_the_order_of_states(tmp_path: Path) -> None:
    states = np.array([[0, 1, 10], [2, 1, 10], [10, 2, 0]])
    np.savetxt(tmp_path / "states.csv", states, fmt="s%d", delimiter=",")
    costs = np.abs(np.subtract.outer(np.arange(11), np.arange(11)))
    rows = ", ".join(map(str, costs.ravel()))
    json = (f'fromJSON <- function(file) list(method = "HAM", sm = matrix(c({rows}), 11), threads = 1, '
            'domains = 1, times = 1); toJSON <- function(told, auto_unbox) "{}"')  # fmt: skip
    script = (ROOT / "benchmarks" / "peer_traminer.R").as_posix()
    asked = ["Rscript", "--vanilla", "-e", f'source("{STAND_INS}"); {json}; source("{script}")',
             str(tmp_path)]  # fmt: skip
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert np.fromfile(tmp_path / "condensed.bin").tolist() == [2, 10 + 1 + 10, 8 + 1 + 10]


def test_a_domain_with_one_state_is_refused(findings: tj.Findings, tmp_path: Path,
                                            monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(traminer, "states_in_r", lambda lives, layer: ("home",))
    with pytest.raises(SettingError, match=r"has one state only, and TraMineR wants two\. Leave it out"):
        write_traminer(findings, tmp_path)


def _balanced(text: str) -> None:
    """Every bracket is closed, every quotation mark too, line by line of R as it stands."""
    code = "\n".join(line.partition("  # ")[0] for line in text.splitlines())
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", code)
    bare = re.sub(r"^#.*$", "", bare, flags=re.M)
    assert '"' not in bare
    open_ones = []
    for sign in bare:
        if sign in "([{":
            open_ones.append(sign)
        elif sign in ")]}":
            assert open_ones.pop() + sign in ("()", "[]", "{}")
    assert not open_ones


CALLS = [
    ({"name": "hamming", "costs": "constant"}, (), 'method = "HAM"', "sm = costs"),
    ({"name": "longest_common_subsequence"}, (), 'diss <- seqMD(domains, method = "LCS"',
     "with.missing = FALSE)"),
    ({"name": "dynamic_hamming"}, ("legal", "activism"), 'diss <- seqMD(domains, method = "DHD"',
     "sm = costs"),
    ({"name": "optimal_matching", "weights": {"legal": 2}}, ("legal",),
     'diss <- seqdist(domains[[1]], method = "OM", norm = "none",', "sm = costs[[1]] * 2.0, indel = 2.0"),
    ({"name": "optimal_matching", "weights": {"activism": 0}}, ("legal", "activism"),
     'domains <- domains[c("legal")]', "diss <- seqdist(domains[[1]]"),
]  # fmt: skip


@pytest.mark.parametrize(("measure", "domains", "first", "second"), CALLS)
def test_every_measure(
    study: tj.Study, tmp_path: Path, measure: dict[str, object], domains: tuple[str, ...],
    first: str, second: str,
) -> None:
    findings = tj.run(study, plan(measure={"indel": "auto", **measure}, domains=domains))
    text = write_traminer(findings, tmp_path).read_text(encoding="ascii")
    assert first in text
    assert second in text
    _balanced(text)
    if measure["name"] == "dynamic_hamming":
        costs = pd.read_csv(tmp_path / "costs_activism.csv")
        assert costs["position"].max() == findings.lives.length
        ours = findings.costs
        assert ours is not None
        third = costs[costs["position"] == 3].iloc[:, 2:].to_numpy()
        size = len(third)
        assert np.allclose(third, ours.domains[1].with_missing()[2][:size, :size])


def test_lives_that_end_early_are_void_at_their_end(study: tj.Study, tmp_path: Path) -> None:
    findings = tj.run(study, plan(people={"complete": False}, grid={"after": 36}, measure={"indel": 1.0}))
    text = write_traminer(findings, tmp_path).read_text(encoding="ascii")
    assert "with.missing = TRUE)" in text
    sequences = pd.read_csv(tmp_path / "sequences_location.csv", dtype=str)
    assert sequences["35"].isna().any()
    costs = pd.read_csv(tmp_path / "costs_location.csv")
    assert costs["from"].tolist()[-1] == costs.columns[-1] == "*"
    assert np.abs(_computed_again(tmp_path, findings.domains, {}, 1.0)).max() < 1e-4


def test_lives_that_begin_late_are_refused(study: tj.Study, tmp_path: Path) -> None:
    findings = tj.run(study, plan(people={"complete": False}, grid={"before": 400}))
    told = r"lives are not observed from the beginning of the window \(first: .*which TraMineR cannot hold"
    with pytest.raises(SettingError, match=told):
        write_traminer(findings, tmp_path)


def test_a_folder_that_cannot_be_written(findings: tj.Findings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SettingError, match="the files for R cannot be written"):
        write_traminer(findings, tmp_path / "file")


def test_text_in_r() -> None:
    assert r_text('a"b\\c\nМ\U0001f600') == '"a\\"b\\\\c\\n\\u041c\\U0001f600"'
