"""Courses in a ranked domain: how gaps are filled, types under time warping, and their barycentres drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.typology.lives import lives
from trajectories.errors import SettingError
from trajectories.figures.figure import Line
from trajectories.figures.ranked_types import plot_ranked_types
from trajectories.sequences.sequences import Sequences
from trajectories.typology.ranked_lives import ranked_lives
from trajectories.typology.ranked_types import RankedTypes, ranked_types

LEVELS = {"a": 0, "b": 1, "c": 3}
NAN = np.nan


def courses(*words: str) -> Sequences:
    return lives(list(words), letters="ABCD")


@pytest.fixture(scope="module")
def rising() -> Sequences:
    """Twelve lives that rise, each at another time, and eight that fall."""
    up = ["A" * i + "C" * (16 - i) for i in range(2, 14)]
    down = ["C" * i + "A" * (16 - i) for i in range(4, 12)]
    return courses(*up, *down)


@pytest.fixture(scope="module")
def found(rising: Sequences) -> RankedTypes:
    return ranked_types(rising, 2, ranks=LEVELS)


def test_gaps_keep_the_rank_before() -> None:
    """Before the first rank that one; D has none; void ends a course only at its end."""
    read = ranked_lives(courses("A*BD%%", "**CA%A", "DDD*DD", "%BBCCC"), LEVELS)
    assert read.omitted == ("P2",)
    expected = [[0, 0, 1, 1, NAN, NAN], [3, 3, 3, 0, 0, 0], [1, 1, 1, 3, 3, 3]]
    np.testing.assert_array_equal(read.courses, expected)
    assert read.told.sum(axis=1).tolist() == [2, 3, 5]
    assert read.filled == pytest.approx(6 / 16)
    assert read.steps() == {0: "A", 1: "B", 3: "C"}
    assert len(read.table()) == 16


def test_ranks_are_the_codebooks_unless_others_are_given() -> None:
    both = lives(["AB", "BA"], letters="AB")
    with pytest.raises(SettingError, match="has fewer than two ranks"):
        ranked_lives(both)
    domain = both.domains[0]
    states = tuple(state.model_copy(update={"rank": 2.0 * i}) for i, state in enumerate(domain.states))
    ranked = replace(both, domains=(domain.model_copy(update={"states": states}),))
    assert ranked_lives(ranked).courses.tolist() == [[0, 2], [2, 0]]
    assert ranked_lives(ranked, {"a": 5, "b": 1}).courses.tolist() == [[5, 1], [1, 5]]


@pytest.mark.parametrize(("ranks", "told"), [
    ({"x": 1, "a": 2}, "has no state 'x'; it has a, b, c, d"), ({"a": 1}, "fewer than two ranks"),
    ({"a": 1, "b": float("inf")}, "rank of 'b' is not a number"), ({"c": 1, "d": 2}, "Nobody is in a ranked"),
])  # fmt: skip
def test_ranks_that_cannot_be_are_refused(ranks: dict[str, float], told: str) -> None:
    with pytest.raises(SettingError, match=told):
        ranked_lives(courses("AB", "BA"), ranks)


def test_several_domains_are_refused() -> None:
    with pytest.raises(SettingError, match=r"choose one with lives\.only"):
        ranked_lives(lives(["AB", "BA"], ["AB", "BA"]))


def test_courses_that_rise_are_a_type_whenever_they_do(found: RankedTypes) -> None:
    assert found.typology.sizes == (12, 8)
    assert found.typology.types.tolist() == [0] * 12 + [1] * 8
    assert found.loss == pytest.approx(0, abs=0.05)
    up, down = found.barycentres
    assert up[0] < 0.3 < 2.7 < up[-1]
    assert down[0] > 2.7 > 0.3 > down[-1]
    assert found.barycentres.shape == (2, 16)


def test_a_medoid_is_of_its_type_and_distances_are_to_it(found: RankedTypes) -> None:
    from tslearn.metrics import dtw

    types, read = found.typology, found.lives.courses
    for t, person in enumerate(types.medoids):
        medoid = types.ids.index(person)
        assert types.types[medoid] == t
        for i in np.flatnonzero(types.types == t)[:3].tolist():
            assert types.to_medoid[i] == pytest.approx(dtw(read[i], read[medoid]))


def test_a_barycentre_is_tslearns_of_the_people_of_the_type(found: RankedTypes) -> None:
    """The barycentre cannot be bettered by starting once more from itself."""
    from tslearn.barycenters import dtw_barycenter_averaging

    for t in range(2):
        own = found.lives.courses[found.typology.types == t][:, :, None]
        again = dtw_barycenter_averaging(own, init_barycenter=found.barycentres[t][:, None], max_iter=5)
        np.testing.assert_allclose(again[:, 0], found.barycentres[t], atol=0.05)


def test_the_same_seed_gives_the_same_types(rising: Sequences, found: RankedTypes) -> None:
    again = ranked_types(rising, 2, ranks=LEVELS)
    assert again.typology.types.tolist() == found.typology.types.tolist()
    np.testing.assert_array_equal(again.barycentres, found.barycentres)


def test_soft_warping_and_a_window(rising: Sequences) -> None:
    soft = ranked_types(rising, 2, ranks=LEVELS, warping="soft-dtw", starts=1)
    assert soft.typology.sizes == (12, 8)
    assert (soft.typology.to_medoid >= 0).all()
    still = ranked_types(rising, 4, ranks=LEVELS, window=0, starts=1)
    assert still.typology.k == 4
    assert still.typology.types[0] != still.typology.types[11]


def test_courses_of_unequal_length_have_barycentres_on_the_whole_clock() -> None:
    short = courses(*["AAACCC%%"] * 2, *["AACCCCCC"] * 2, *["CCCAAA%%"] * 2, *["CCAAAAAA"] * 2)
    types = ranked_types(short, 2, ranks=LEVELS)
    assert types.barycentres.shape == (2, 8)
    assert np.isfinite(types.barycentres).all()
    assert types.table()["observed"].tolist()[-1] == 2


@pytest.mark.parametrize(("settings", "told"), [
    ({"k": 1}, "at least 2 types, not 1"), ({"k": 21}, "20 people cannot be parted into 21 types"),
    ({"warping": "linear"}, "no warping 'linear'; there are dtw, soft-dtw"), ({"window": -1}, "0 or more"),
    ({"window": 2, "warping": "soft-dtw"}, "only dtw has one"), ({"softness": 0}, "above 0"),
    ({"starts": 0}, "at least one start"),
])  # fmt: skip
def test_settings_that_cannot_be_are_refused(
    rising: Sequences, settings: dict[str, object], told: str
) -> None:
    with pytest.raises(SettingError, match=told):
        ranked_types(rising, **{"k": 2, "ranks": LEVELS, **settings})


def test_equal_courses_are_refused_in_plain_words() -> None:
    with pytest.raises(SettingError, match="only 1 distinct life"):
        ranked_types(courses(*["ABC"] * 5), 2, ranks=LEVELS)


def test_barycentres_are_drawn_and_nobody_is(found: RankedTypes, tmp_path: Path) -> None:
    figure = plot_ranked_types(found)
    lines = [mark for mark in figure.panels[0].marks if isinstance(mark, Line)]
    assert lines[-1].y == tuple(found.barycentres[0])
    assert lines[0].y == tuple(found.table()["low"][:16])
    assert figure.table.equals(found.table())
    assert [label for _, label in figure.panels[0].y.ticks or ()] == ["A", "B", "C"]
    assert "Type 1 (n = 12) begins at A and ends at C" in figure.summary
    one, other = (figure.save(tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
    assert one == other
    drawn = figure.screen().to_json()
    assert not [person for person in found.typology.ids if f'"{person}"' in drawn]
