"""Who belongs to which cohort, and who cannot be put on a side."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.comparison.material import study
from trajectories.coding.dating.dates import UNKNOWN, parse_date
from trajectories.comparison.cohorts import cohorts, groups_by, shares
from trajectories.errors import SettingError

CUT = dt.date(2022, 2, 24).toordinal()


def test_a_day_decides_and_the_cut_itself_opens_the_later_cohort():
    found = cohorts(study({"a": "2022-02-23", "b": "2022-02-24", "c": "2021", "d": "2022-03"}), "binary_2022")
    assert found.codes.tolist() == [0, 1, 0, 1]
    assert found.ambiguous == found.outside == ()
    assert found.probabilities.tolist() == [[1, 0], [0, 1], [1, 0], [0, 1]]


def test_a_date_on_both_sides_is_listed_and_never_put_on_one():
    found = cohorts(study({"sure": "2022-01", "month": "2022-02", "about": "2022-03~"}), "binary_2022")
    assert found.codes.tolist() == [0, -1, -1]
    assert found.ambiguous == ("month", "about")
    assert found.probabilities[1] == pytest.approx([23 / 28, 5 / 28])
    assert 0 < found.probabilities[2, 0] < 0.3
    assert found.table()["status"].tolist() == ["certain", "ambiguous", "ambiguous"]
    assert found.sizes == (1, 0)


def test_people_without_the_event_and_people_of_elsewhere_are_outside():
    somebody = study(
        {"ru": "2022-10-01", "az": "2022-10-01", "stayed": None, "unknown": ""},
        ru={"origin_country": "russia"}, az={"origin_country": "azerbaijan"},
        stayed={"origin_country": "russia"}, unknown={"origin_country": "russia"},
    )  # fmt: skip
    found = cohorts(somebody, "ru_waves")
    assert found.members(2) == ("ru",)
    assert found.outside == ("az", "stayed", "unknown")
    assert found.labels == ("one", "two", "three")
    assert not found.probabilities[1:].any()


def test_a_long_window_spreads_over_several_cohorts():
    found = cohorts(study({"a": "2022"}, a={"origin_country": "russia"}), "ru_waves")
    assert found.ambiguous == ("a",)
    assert found.probabilities[0] == pytest.approx([54 / 365, 209 / 365, 102 / 365])


def test_the_days_a_qualifier_adds_count_less_the_further_out_they_are():
    cut = dt.date(2022, 3, 14).toordinal()
    weights = 1 - np.arange(7, 0, -1) / 8
    early = weights[:6].sum()
    assert shares(parse_date("2022-03-15~"), [cut])[0] == pytest.approx(early / (2 * weights.sum() + 1))


dates = st.dates(dt.date(2015, 1, 1), dt.date(2028, 1, 1))
spellings = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    dates, st.sampled_from([4, 7, 10]), st.sampled_from(["", "~", "?", "%"]),
)  # fmt: skip


@given(spellings, st.lists(dates.map(dt.date.toordinal), min_size=1, max_size=4, unique=True))
def test_shares_are_a_distribution_and_certain_only_when_no_cut_is_inside(text, cuts):
    date, rising = parse_date(text), sorted(cuts)
    found = shares(date, rising)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    first, last = date.window
    crossed = any(first < cut <= last for cut in rising)
    assert (found == 1).any() != crossed
    assert shares(UNKNOWN, rising).sum() == 0


def test_unknown_scheme_is_told_which_there_are():
    with pytest.raises(SettingError, match=r"no cohort scheme 'waves'; study.yaml has binary_2022, ru_waves"):
        cohorts(study({"a": "2022"}), "waves")


def test_groups_by_attribute_in_the_words_and_order_of_the_codebook():
    somebody = study(
        {"a": None, "b": None, "c": None, "d": None},
        a={"origin_country": "azerbaijan"}, b={"origin_country": "russia"}, c={"origin_country": "mars"},
    )  # fmt: skip
    found = groups_by(somebody, "origin_country")
    assert found.label == "Origin"
    assert found.labels == ("Russia", "Azerbaijan", "mars")
    assert found.codes.tolist() == [1, 0, 2, -1]
    assert found.outside == ("d",)


def test_groups_by_a_free_attribute_take_the_values_that_occur():
    somebody = study({"a": None, "b": None}, a={"profession": "nurse"}, b={"profession": "baker"})
    assert groups_by(somebody, "profession").labels == ("baker", "nurse")
    assert groups_by(study({"a": None}), "profession").labels == ()


def test_unknown_attribute_is_told_which_there_are():
    with pytest.raises(SettingError, match=r"attribute 'age', which .* it has origin_country, profession"):
        groups_by(study({"a": None}), "age")


def test_select_keeps_the_division():
    found = cohorts(study({"a": "2022-02-23", "b": "2022-02", "c": None}), "binary_2022").select(["c", "b"])
    assert (found.ids, found.ambiguous, found.outside) == (("c", "b"), ("b",), ("c",))
    assert found.codes.tolist() == [-1, -1]
    with pytest.raises(SettingError, match=r"1 of the 1 people asked for are not known"):
        found.select(["a"])
