"""What is offered in the place of a wrong word."""

from __future__ import annotations

from trajectories.coding.problems import choices, nearest


def test_capitals_do_not_hide_what_is_near() -> None:
    assert nearest("r04", ("R 03", "R 04")) == "Did you mean 'R 04'?"
    assert nearest("Depature", ("DEPARTURE", "arrest")) == "Did you mean 'DEPARTURE'?"
    assert nearest("moon", ("DEPARTURE", "arrest")) == ""


def test_one_choice_is_told_as_one() -> None:
    assert choices("x", ("departure",), "There are") == "There is departure."
    assert choices("x", ("a", "b"), "There are") == "There are a, b."
    assert choices("x", (), "There are") == "It has none."
