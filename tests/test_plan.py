"""The plan: read, written, hashed as a whole and by part, refused in plain words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trajectories.errors import SettingError
from trajectories.plan import Plan
from trajectories.sequences.grid import Grid

PLANS = Path(__file__).parent / "material" / "plans"
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=12)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of all kinds, with names in any script."""
    grids = st.one_of(
        st.builds(Grid, since=st.just("departure"), before=st.integers(0, 36), after=st.integers(1, 60)),
        st.builds(Grid, start=st.just("2012-01"), step=st.sampled_from(["month", "quarter", "year"])),
        st.just(Grid(ages=(18, 40), step="year")),
    )
    k = draw(st.integers(2, 6))
    names = draw(st.lists(words, min_size=k, max_size=k, unique=True) | st.just([]))
    return Plan(
        title=draw(words),
        grid=draw(grids),
        people={"where": draw(st.dictionaries(words, st.lists(words, min_size=1, max_size=2), max_size=2))},
        measure={"indel": draw(st.sampled_from(["auto", 1.0, 0.75])),
                 "weights": draw(st.dictionaries(words, st.floats(0, 5), max_size=3))},
        types={"k": k, "names": names, "method": draw(st.sampled_from(["pam", "ward", "average"]))},
        seed=draw(st.integers(0, 2**32)),
    )  # fmt: skip


@settings(deadline=None)
@given(plans())
def test_written_and_read_again_it_is_the_same(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    path = plan.write(tmp_path_factory.mktemp("plan") / "plan.yaml")
    again = Plan.read(path)
    assert again == plan
    assert again.key == plan.key
    assert again.yaml() == plan.yaml()


@settings(deadline=None)
@given(plans(), plans())
def test_equal_plans_have_equal_keys_and_others_have_others(one: Plan, other: Plan) -> None:
    assert (one.key == other.key) == (one == other)


def test_the_order_of_keys_is_no_difference() -> None:
    one = Plan(measure={"weights": {"location": 2, "legal": 1}})
    other = Plan(measure={"weights": {"legal": 1.0, "location": 2.0}})
    assert one.key == other.key


def test_a_part_key_follows_its_part_only() -> None:
    plan = Plan(types={"k": 4})
    other = plan.changed(types={"k": 5})
    assert other.types.k == 5
    assert other.types.method == plan.types.method
    assert plan.part_key("grid", "measure") == other.part_key("grid", "measure")
    assert plan.part_key("types.k") != other.part_key("types.k")
    assert plan.part_key("types.method", "seed") == other.part_key("types.method", "seed")


def test_another_clock_replaces_the_old_one() -> None:
    plan = Plan(grid=Grid(since="departure")).changed(grid={"since": None, "start": "2014-01"})
    assert plan.grid.clock == "calendar"


def test_an_empty_file_is_the_usual_plan(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("# nothing yet\n")
    assert Plan.read(tmp_path / "plan.yaml") == Plan()


def test_one_value_stands_for_a_list(tmp_path: Path) -> None:
    text = "people: {where: {gender: woman}}\nview: {where: {gender: [man, other]}}\n"
    (tmp_path / "plan.yaml").write_text(text)
    plan = Plan.read(tmp_path / "plan.yaml")
    assert plan.people.where == {"gender": ("woman",)}
    assert plan.view.where == {"gender": ("man", "other")}


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"types": {"k": 3, "names": ["a", "b"]}}, "3 types need 3 names, there are 2"),
        ({"types": {"k": 2, "names": ["a", "a"]}}, "two types have the same name"),
        ({"types": {"quality": [5, 2]}}, "quality needs a first and a last number of types"),
        ({"types": {"k": 1}}, "types.k"),
        ({"measure": {"weights": {"location": -1}}}, "weight of location must be zero or more, not -1"),
        ({"measure": {"indel": 0}}, "indel must be more than zero"),
        ({"measure": {"name": "longest_common_subsequence", "weights": {"location": 2}}}, "knows no weights"),
        ({"domains": ["legal", "legal"]}, "'legal' is listed twice"),
        ({"grid": {"since": "departure", "ages": [18, 40]}}, "choose one clock"),
        ({"colour": "red"}, "colour: unknown key"),
    ],
)
def test_what_does_not_fit_is_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        Plan(**settings)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("broken_yaml", ["broken_yaml.yaml:2: this is not valid YAML"]),
        ("unknown_key", ["unknown_key.yaml:2: there is no key 'typs' here", "Did you mean 'types'?",
                         "unknown_key.yaml:4: there is no key 'weigths'", "Did you mean 'weights'?"]),
        ("wrong_type", ["wrong_type.yaml:2: types.k must be a whole number; it is 'many'",
                        "wrong_type.yaml:3: measure.weights: a number for each domain",
                        "wrong_type.yaml:5: comparison.permutations must be"]),
        ("not_there", ["not_there.yaml: there is no such file"]),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_with_its_lines(name: str, said: list[str]) -> None:
    with pytest.raises(SettingError) as error:
        Plan.read(PLANS / f"{name}.yaml")
    for part in said:
        assert part in str(error.value)


def test_a_plan_that_cannot_be_written_is_a_plain_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="the plan cannot be written"):
        Plan().write(tmp_path / "no" / "such" / "plan.yaml")
