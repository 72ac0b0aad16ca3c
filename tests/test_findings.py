"""Findings: stages that are computed once, names that must fit, tables and sentences that agree with each
other."""

from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trajectories as tj
from trajectories.errors import SettingError, StudyError, TrajectoriesError

ROOT = Path(__file__).parents[1]
MATERIAL = ROOT / "tests" / "material"
SMALL = tj.Plan.read(MATERIAL / "plans" / "small.yaml")


@pytest.fixture(scope="module")
def four() -> tj.Study:
    return tj.read_study(MATERIAL / "valid")


@pytest.fixture(scope="module")
def sample() -> tj.Study:
    return tj.read_study(ROOT / "sample_data")


@pytest.fixture(scope="module")
def plan() -> tj.Plan:
    """Sixty people, so that a test takes a moment only."""
    return tj.Plan(
        grid={"since": "departure", "before": 6, "after": 12},
        people={"where": {"origin_country": "azerbaijan"}},
        measure={"weights": {"emotion": 0.25}},
        types={"k": 3, "quality": [2, 5]},
        comparison={"cohorts": ["az_waves", "binary_2022"], "permutations": 99},
    )


@pytest.fixture(scope="module")
def cache() -> tj.Cache:
    return tj.Cache()


@pytest.fixture
def findings(sample: tj.Study, plan: tj.Plan, cache: tj.Cache) -> tj.Findings:
    return tj.run(sample, plan, cache=cache)


def _forbidden(*_: Any, **__: Any) -> Any:
    raise AssertionError("computed again")


class TestStages:
    """What a change of the plan computes anew, and what it does not."""

    def test_another_k_does_not_align_again(
        self, sample: tj.Study, findings: tj.Findings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        findings.compute()
        monkeypatch.setattr("trajectories.alignment.pairwise.dissimilarities", _forbidden)
        monkeypatch.setattr("trajectories.sequences.build.build_sequences", _forbidden)
        monkeypatch.setattr("trajectories.typology.quality.partition_quality", _forbidden)
        other = tj.run(sample, findings.plan.changed(types={"k": 4}), cache=findings.cache)
        assert other.types.k == 4
        assert other.quality is findings.quality

    def test_names_and_view_compute_nothing(
        self, sample: tj.Study, findings: tj.Findings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        findings.compute()
        for place in ("alignment.pairwise.dissimilarities", "sequences.build.build_sequences",
                      "typology.partition.partition", "comparison.discrepancy.compare_groups"):  # fmt: skip
            monkeypatch.setattr(f"trajectories.{place}", _forbidden)
        changed = findings.plan.changed(
            types={"names": ["one", "two", "three"]}, view={"types": [2], "domain": "legal", "sort": "end"}
        )
        other = tj.run(sample, changed, cache=findings.cache)
        assert other.types.names == ("one", "two", "three")
        assert other.shown.ids == findings.types.members(1)
        assert set(other.shown_types.ids) == set(other.shown.ids)
        assert other.view_domain == "legal"
        assert other.discrepancy("az_waves") is findings.discrepancy("az_waves")

    def test_another_seed_only_parts_anew(self, sample: tj.Study, findings: tj.Findings) -> None:
        other = tj.run(sample, findings.plan.changed(seed=7), cache=findings.cache)
        assert other.dissimilarities is findings.dissimilarities
        assert other.types is not findings.types

    def test_other_people_keep_the_sequences_built(self, sample: tj.Study, findings: tj.Findings) -> None:
        other = tj.run(sample, findings.plan.changed(people={"where": {}}), cache=findings.cache)
        assert other.built is findings.built
        assert other.lives is not findings.lives

    def test_a_changed_file_changes_everything(self, sample: tj.Study, findings: tj.Findings) -> None:
        touched = replace(sample, files={**sample.files, "persons.csv": "0" * 64})
        other = tj.run(touched, findings.plan, cache=findings.cache)
        assert other.built is not findings.built

    def test_types_are_of_all_while_some_are_shown(self, sample: tj.Study, findings: tj.Findings) -> None:
        plan = findings.plan.changed(view={"where": {"gender": "woman"}})
        women = tj.run(sample, plan, cache=findings.cache)
        assert women.types is findings.types
        genders = {person.id: person.attributes.get("gender") for person in sample.people}
        assert {genders[person] for person in women.shown.ids} == {"woman"}

    def test_who_was_ever_in_a_state_is_shown(self, sample: tj.Study, findings: tj.Findings) -> None:
        ever = {"location": "georgia", "legal": ["pending", "protection"]}
        shown = tj.run(sample, findings.plan.changed(view={"ever": ever}), cache=findings.cache).shown
        where, legal = (findings.lives.table(domain) for domain in ("location", "legal"))
        wanted = [person for person in findings.lives.ids if (where.loc[person] == "georgia").any()
                  and legal.loc[person].isin(["pending", "protection"]).any()]  # fmt: skip
        assert 0 < len(wanted) < findings.lives.n
        assert list(shown.ids) == wanted

    def test_an_unknown_state_in_ever_is_named(self, sample: tj.Study, findings: tj.Findings) -> None:
        plan = findings.plan.changed(view={"ever": {"location": "gorgia", "taste": "x"}})
        with pytest.raises(tj.SettingError) as told:
            tj.run(sample, plan)
        assert "view.ever.location: there is no state 'gorgia'" in str(told.value)
        assert "Did you mean 'georgia'?" in str(told.value)
        assert "view.ever: there is no domain 'taste'" in str(told.value)

    def test_progress_counts_every_stage(self, sample: tj.Study, plan: tj.Plan) -> None:
        told: list[tuple[str, int, int]] = []
        findings = tj.run(sample, plan, progress=lambda *step: told.append(step)).compute()
        counts = [done for _, done, _ in told]
        assert counts == sorted(counts)
        assert counts[-1] == len(findings.stages)
        assert {stage for stage, _, _ in told} == set(findings.stages)
        assert {total for _, _, total in told} == {len(findings.stages)}


class TestCache:
    """The store of finished stages."""

    @given(st.lists(st.integers(0, 9)), st.integers(1, 5))
    def test_it_never_holds_more_than_its_size_and_never_lies(self, keys: list[int], size: int) -> None:
        cache = tj.Cache(size)
        for key in keys:
            assert cache.get(str(key), lambda key=key: key * 2) == key * 2
        assert len(cache) <= size
        assert all(str(key) in cache for key in dict.fromkeys(reversed(keys[-1:])))

    def test_threads_that_ask_at_once_share_one_computation(self) -> None:
        cache, start, made = tj.Cache(), Barrier(8), []

        def ask() -> None:
            start.wait()
            cache.get("key", lambda: made.append(1) or len(made))

        threads = [Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [1]

    def test_what_fails_is_tried_again(self) -> None:
        cache = tj.Cache()
        with pytest.raises(ZeroDivisionError):
            cache.get("key", lambda: 1 // 0)
        assert "key" not in cache
        assert cache.get("key", lambda: 3) == 3


class TestRefusals:
    """Plans that this study cannot carry out."""

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("event_nobody_has", ["an event 'expulsion'", "departure (4 people)"]),
            ("k_too_large", ["types.k is 7, but only 4 people are analysed", "Choose k from 2 to 3"]),
            ("window_too_long", ["observed for only part of the window",
                                 "Half of the people are observed for 18 months",
                                 "after: 15 would keep 3 of 4", "complete: false"]),
            ("too_few", ["Only 1 person can be analysed", "no event 'arrest'", "at least 3 lives"]),
            ("unknown_names", ["no domain 'locaton'", "Did you mean 'location'?",
                               "no domain 'emotion' is aligned", "no value 'rusia'",
                               "Did you mean 'russia'?", "no attribute 'hobby'",
                               "no cohort scheme 'binary'", "no person 'RU-999'", "no domain 'feeling'",
                               "no type 3; types are numbered 1 to 2"]),
        ],
    )  # fmt: skip
    def test_it_says_what_is_there_and_what_to_do(self, four: tj.Study, name: str, said: list[str]) -> None:
        with pytest.raises(SettingError) as error:
            tj.run(four, tj.Plan.read(MATERIAL / "plans" / f"{name}.yaml"))
        for part in said:
            assert part in str(error.value)
        for line in str(error.value).split("\n")[1:]:
            assert line.startswith(f"{MATERIAL / 'plans' / name}.yaml:"), "each has its line in the plan"

    def test_an_empty_study(self) -> None:
        with pytest.raises(StudyError, match="nobody in this study"):
            tj.run(tj.read_study(MATERIAL / "empty_study"), SMALL)

    def test_one_person(self) -> None:
        plan = tj.Plan(grid={"since": "departure", "before": 3, "after": 6})
        with pytest.raises(TrajectoriesError, match="Only 1 person can be analysed"):
            tj.run(tj.read_study(MATERIAL / "one_person"), plan)

    def test_a_selection_of_nobody(self, sample: tj.Study, plan: tj.Plan) -> None:
        view = {"where": {"origin_country": "russia"}}
        with pytest.raises(SettingError, match=r"Nobody among the \d+ people analysed fits .*Russia"):
            _ = tj.run(sample, plan.changed(view=view)).shown

    def test_weights_of_nothing(self, four: tj.Study) -> None:
        with pytest.raises(SettingError, match="every domain weighs 0"):
            tj.run(four, SMALL.changed(measure={"weights": {"location": 0, "legal": 0}}))

    def test_an_unknown_figure(self, four: tj.Study) -> None:
        with pytest.raises(SettingError, match="no figure 'index'; it has distribution, quality"):
            tj.run(four, SMALL).figure("index")

    def test_cohorts_that_divide_nobody_are_told_not_fatal(self, sample: tj.Study, plan: tj.Plan) -> None:
        findings = tj.run(sample, plan.changed(comparison={"cohorts": ["ru_waves", "az_waves"]}))
        assert list(findings.not_compared) == ["ru_waves"]
        assert list(findings.discrepancies) == ["az_waves"]
        assert any("not compared" in sentence for sentence in findings.sentences())


class TestMeasures:
    """Every measure of the plan works on the same lives."""

    @pytest.mark.parametrize("name", ["hamming", "dynamic_hamming", "longest_common_subsequence"])
    def test_the_plan_equals_the_library_by_hand(self, four: tj.Study, name: str) -> None:
        costs = "transition" if name == "dynamic_hamming" else "constant"
        findings = tj.run(four, SMALL.changed(measure={"name": name, "costs": costs}))
        by_hand = {"hamming": tj.Hamming, "dynamic_hamming": tj.DynamicHamming,
                   "longest_common_subsequence": tj.LongestCommonSubsequence}[name]()  # fmt: skip
        expected = tj.dissimilarities(findings.aligned, by_hand)
        np.testing.assert_allclose(findings.dissimilarities.condensed, expected.condensed, rtol=1e-6)

    @pytest.mark.parametrize("costs", ["constant", "transition"])
    def test_optimal_matching_with_weights(self, four: tj.Study, costs: str) -> None:
        plan = SMALL.changed(measure={"costs": costs, "indel": 1.5, "weights": {"legal": 0.5}})
        findings = tj.run(four, plan)
        rule = {"constant": tj.constant_costs, "transition": tj.transition_costs}[costs]
        measure = tj.OptimalMatching(rule(findings.lives).weighted(legal=0.5), indel=1.5)
        expected = tj.dissimilarities(findings.lives, measure)
        np.testing.assert_allclose(findings.dissimilarities.condensed, expected.condensed, rtol=1e-6)

    def test_fewer_domains(self, four: tj.Study) -> None:
        findings = tj.run(four, SMALL.changed(domains=["legal"]))
        assert [domain.name for domain in findings.aligned.domains] == ["legal"]
        assert [costs.domain for costs in findings.costs.domains] == ["legal"] if findings.costs else False


class TestTables:
    """Tables agree with each other and with the sentences."""

    def test_everybody_is_in_the_people_table_once(self, findings: tj.Findings, sample: tj.Study) -> None:
        people = findings.tables()["people"]
        assert tuple(people["id"]) == sample.ids
        analysed = people[people["analysed"] == "yes"]
        assert tuple(analysed["id"]) == findings.lives.ids
        assert (people["reason"] == "").equals(people["analysed"] == "yes")
        assert set(analysed["type"]) == set(findings.types.names)

    def test_counts_add_up(self, findings: tj.Findings, sample: tj.Study) -> None:
        tables = findings.tables()
        assert tables["types"]["n"].sum() == findings.lives.n
        assert tables["left_out"]["n"].sum() + findings.lives.n == len(sample.people)
        assert tables["types"]["share"].sum() == pytest.approx(1)
        time = tables["time_by_type"].groupby(["number", "domain"])["share"].sum()
        assert np.allclose(time, 1)
        for name in findings.compared:
            crossed = tables[f"types_by_cohort_{name}"]
            assert crossed["n"].sum() == tables["differences"].set_index("scheme").loc[name, "n"]

    def test_costs_are_written_for_every_domain(self, findings: tj.Findings) -> None:
        tables = findings.tables()
        for domain in findings.aligned.domains:
            table = tables[f"costs_{domain.name}"]
            assert tuple(table["state"]) == domain.alphabet
            assert list(table.columns) == ["state", *domain.alphabet, "indel"]

    def test_costs_that_change_with_time_are_written_position_by_position(self, four: tj.Study) -> None:
        findings = tj.run(four, SMALL.changed(measure={"name": "dynamic_hamming"}))
        table = findings.tables()["costs_legal"]
        assert list(table.columns[:2]) == ["position", "state"]
        assert len(table) == findings.lives.length * len(findings.aligned.alphabets[1])

    def test_domains_that_are_not_aligned_or_weigh_nothing_lie_beside_the_lives(self, four: tj.Study) -> None:
        for changed in ({"domains": ["legal"]}, {"measure": {"weights": {"location": 0}}}):
            table = tj.run(four, SMALL.changed(**changed)).tables()["contrasts_by_type"]
            bases = table.groupby("domain")["basis"].unique()
            assert (bases["legal"].tolist(), bases["location"].tolist()) == (["lives"], ["domain"])

    def test_the_same_run_gives_the_same_tables(self, sample: tj.Study, findings: tj.Findings) -> None:
        again = tj.run(sample, findings.plan).tables()
        for name, table in findings.tables().items():
            assert table.equals(again[name]), name

    def test_sentences_tell_people_types_and_cohorts(self, findings: tj.Findings, sample: tj.Study) -> None:
        said = findings.sentences()
        assert f"{len(sample.people)} people" in said[0]
        assert f"{findings.lives.n} people are analysed" in said[0]
        assert any("Country of origin: Azerbaijan" in s or "Azerbaijan" in s for s in said)
        for name, size in zip(findings.types.names, findings.types.sizes, strict=True):
            assert any(s.startswith(f"{name}: most often") and f"(n = {size}," in s for s in said)
        test = findings.discrepancy("az_waves")
        assert any(f"pseudo-R² = {test.pseudo_r2:.3f}" in s and f"n = {test.n}" in s for s in said)

    def test_by_date_it_says_that_a_difference_between_those_who_left_earlier_and_later_is_built_in(
        self, sample: tj.Study, findings: tj.Findings, plan: tj.Plan
    ) -> None:
        by_date = tj.Plan(
            grid={"start": "2020-01", "end": "2023-06", "step": "quarter"},
            people=plan.people,
            comparison={"cohorts": ["binary_2022"], "permutations": 99},
        )
        said = " ".join(tj.run(sample, by_date).sentences())
        assert "cohorts are divided by the date of “First departure”, and lives are put side by side" in said
        assert "built in" not in " ".join(findings.sentences())

    def test_no_sentence_names_a_person(self, findings: tj.Findings, sample: tj.Study) -> None:
        text = " ".join(findings.sentences())
        assert not [person for person in sample.ids if person in text]


def test_figures_are_those_of_the_plan(findings: tj.Findings) -> None:
    names = findings.figure_names
    assert names[0] == "distribution"
    assert {"types_location", "types_emotion", "cohorts_az_waves", "cohort_types_az_waves"} <= set(names)
    assert not [name for name in names if name.startswith("timeline")]
    assert findings.figure("quality").table["k"].tolist() == [2, 3, 4, 5]


def test_repr_tells_a_researcher_something(findings: tj.Findings) -> None:
    assert repr(findings).startswith(f"Findings: {findings.lives.n} of 240 people analysed, 4 domains (loc")


@pytest.fixture(scope="module")
def whole(sample: tj.Study) -> tj.Findings:
    return tj.run(sample, tj.Plan.read(ROOT / "sample_data" / "plan.yaml"))


def _of_type(whole: tj.Findings, name: str) -> tj.Sequences:
    return whole.lives.select(whole.types.members(whole.types.names.index(name)))


def _fits(lives: tj.Sequences, row: int, domain: str, month: int, claim: str) -> bool:
    """Whether a person is in the claimed state in a month after departure."""
    index = lives.domain_index(domain)
    code = int(lives.states[row, index, lives.positions.index(month)])
    state = lives.alphabets[index][code] if code >= 0 else ""
    return state != "origin" if claim == "abroad" else state == claim


class TestSample:
    """The plan that ships with the sample says what the sample is."""

    @pytest.mark.parametrize(
        ("name", "claims"),
        [("Germany, on a permit", {("location", 17): "germany", ("legal", 12): "temporary"}),
         ("Georgia, staying", {("location", 3): "georgia", ("location", 17): "georgia"}),
         ("Germany, protection", {("location", 17): "germany", ("legal", 17): "protection"}),
         ("Georgia, then Germany", {("location", 3): "georgia", ("location", 17): "germany"}),
         ("Another EU country", {("location", 6): "eu_other", ("location", 17): "eu_other"}),
         ("Back home", {("location", 2): "abroad", ("location", 17): "origin"}),
         ("Kazakhstan", {("location", 3): "kazakhstan", ("location", 12): "kazakhstan"})],
    )  # fmt: skip
    def test_the_names_fit_the_types(
        self, whole: tj.Findings, name: str, claims: dict[tuple[str, int], str]
    ) -> None:
        lives = _of_type(whole, name)
        fits = [all(_fits(lives, row, *cell, state) for cell, state in claims.items())
                for row in range(lives.n)]  # fmt: skip
        assert sum(fits) > lives.n / 2

    def test_who_goes_from_place_to_place_lives_in_three_countries(self, whole: tj.Findings) -> None:
        lives = _of_type(whole, "From place to place")
        places = lives.states[:, lives.domain_index("location"), lives.positions.index(1) :]
        assert sum(len(set(row)) >= 3 for row in places) > lives.n / 2

    def test_every_type_has_a_name_that_is_tested(self, whole: tj.Findings) -> None:
        assert set(whole.types.names) == {
            "Germany, on a permit", "Georgia, staying", "From place to place", "Germany, protection",
            "Georgia, then Germany", "Another EU country", "Back home", "Kazakhstan"}  # fmt: skip

    def test_what_was_planted_is_found(self, whole: tj.Findings) -> None:
        test = whole.discrepancy("binary_2022")
        assert test.p_value < 0.01
        assert whole.type_table("binary_2022").p_permutation < 0.05

    def test_most_people_are_analysed(self, whole: tj.Findings) -> None:
        assert whole.lives.n > 0.85 * len(whole.study.people)
