"""The noun itself: selecting people, naming types, telling what is in it."""

from __future__ import annotations

import pytest

from tests.typology.material import on_a_line
from trajectories.errors import SettingError
from trajectories.typology.partition import partition


def typed():
    return partition(on_a_line([0, 1, 2, 50, 51]), 2).named("near", "far")


def test_select_keeps_names_types_and_medoids_even_of_people_left_out():
    part = typed().select(["P4", "P0"])
    assert part.ids == ("P4", "P0")
    assert part.types.tolist() == [1, 0]
    assert part.names == ("near", "far")
    assert part.medoids == ("P1", "P3")
    assert part.to_medoid.tolist() == [1.0, 1.0]
    assert typed().select(["P3"]).sizes == (0, 1)


def test_select_refuses_strangers():
    with pytest.raises(SettingError, match=r"1 of the 2 people asked for have no type \(first: 'Q'\)"):
        typed().select(["P0", "Q"])


def test_table_names_the_medoids():
    table = typed().table()
    assert table.loc[table["medoid"], "id"].tolist() == ["P1", "P3"]
    assert table["number"].tolist() == [1, 1, 1, 2, 2]


def test_names_must_fit():
    with pytest.raises(SettingError, match=r"2 types need 2 names, not 1"):
        typed().named("one")
    with pytest.raises(SettingError, match=r"same name"):
        typed().named("one", "one")
