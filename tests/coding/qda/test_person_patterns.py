"""Patterns that find ids: what is read finds the same as Python's, what could take for ever is refused."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.qda.material import CODEBOOK, write_csv
from trajectories.coding.qda import person_patterns
from trajectories.coding.qda.conversion import convert
from trajectories.coding.qda.convert import read_export
from trajectories.coding.qda.mapping import Mapping, PersonRule
from trajectories.coding.qda.person_patterns import person_pattern
from trajectories.errors import SettingError

FOR_EVER = ("(a+)+$", "(a|a)+$", "(a|ab)*c", "((a*)b?)*", "(a?){30}", "(?:(?:a+))+", "(.*)*", "([a-z]+){2,}",
            "(x(a+)?)+", "(a{2,3}){4}")  # fmt: skip
UNUSED = ("(?=a)b", r"(a)\1", "(?x)(a+) +", "(?#c)a", "(?P<a>x)(?P=a)", "(?<!a)b", "(?>a+)b")


@pytest.mark.parametrize("written", FOR_EVER)
def test_a_group_that_varies_is_not_repeated(written: str) -> None:
    with pytest.raises(SettingError, match=r"that can take for ever\. Write the parts one after"):
        PersonRule(pattern=written)


@pytest.mark.parametrize("written", UNUSED)
def test_what_is_not_read_is_told(written: str) -> None:
    with pytest.raises(SettingError, match=r"which is not read here\. A pattern may have letters"):
        PersonRule(pattern=written)


@pytest.mark.parametrize(("written", "repeated", "choices"), [
    ("[A-Z]{2}-[0-9]+", 1, 1), ("(RU|BY|GE)-([0-9]+)", 1, 3), (r"^Interview\s*(?P<id>\w+)", 2, 1),
    (r"\(a+\)+", 2, 1), ("[(+)*]+x", 1, 1), ("([A-Z]+-)?[0-9]{2,3}", 2, 2), ("(?:a{2}-)+", 1, 1),
    ("(a+){1}|b", 1, 2), ("(?i)ru", 0, 1), ("a{}", 0, 1), ("", 0, 1), (r"[\]+]+", 1, 1), ("[]+]+", 1, 1),
])  # fmt: skip
def test_what_its_work_depends_on_is_counted(written: str, repeated: int, choices: int) -> None:
    assert person_pattern(written)[1:] == (repeated, choices)


def test_a_pattern_is_not_too_long() -> None:
    with pytest.raises(SettingError, match="a pattern of 201 characters is too long; at most 200 are read"):
        PersonRule(pattern="a" * 201)


def test_a_name_too_long_for_a_pattern_is_refused_before_it_is_tried() -> None:
    rule = PersonRule(pattern="a*a*a*a*x")
    began = time.process_time()
    assert rule.id_of("", "a" * 40, "") == ""
    told = "may take very long on the name 'a{40}'... of 2,000 characters. Write it with fewer"
    with pytest.raises(SettingError, match=told):
        rule.id_of("", "a" * 2000, "")
    assert time.process_time() - began < 1
    assert PersonRule(pattern="a*a*a*a*x", rename={"a" * 2000: "P1"}).id_of("", "a" * 2000, "") == "P1"


def test_ordinary_patterns_read_long_names() -> None:
    rule = PersonRule(pattern=r"(?P<id>[A-Z]{2}-[0-9]+)\s*$")
    assert rule.id_of("", "x" * 300 + " RU-017", "") == "RU-017"


def test_an_export_in_which_all_names_take_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_patterns, "PATIENCE", 0.05)
    lines = [f"x,,{'a' * 60}{i},Location > Germany,1,2,0,text,T,@2022/.." for i in range(200)]
    mapping = Mapping.model_validate({"person": {"pattern": "a*a*a*a*x"},
                                      "codes": {"Location": {"domain": "location"}}})  # fmt: skip
    export = read_export(write_csv(tmp_path / "export.csv", lines))
    with pytest.raises(SettingError, match="the pattern takes too long on the names in this export"):
        convert(export, mapping, CODEBOOK)


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", r"\w", "(a)", "(?:ab)", "(a|b)"])
_OFTEN = st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "+?"])


@given(st.lists(st.tuples(_ATOMS, _OFTEN), max_size=4), st.text("ab-", max_size=20))
def test_whatever_is_read_finds_what_python_finds_in_time(parts: list[tuple[str, str]], name: str) -> None:
    written = "".join(f"{atom}{often}" for atom, often in parts)
    try:
        pattern = person_pattern(written)
    except ValueError:
        assert "(a|b)" in written
        return
    began = time.process_time()
    assert pattern.fits_in(len(name))
    found, plain = pattern.compiled.search(name), re.search(written, name)
    assert (found and found.span()) == (plain and plain.span())
    assert time.process_time() - began < 2
