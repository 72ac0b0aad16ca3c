"""Dates as coders write them into comments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.qda.names import clean, slug, split_path
from trajectories.coding.qda.tokens import Token, read_tokens


@pytest.mark.parametrize(("text", "found"), [
    ("@2022-03~/2022-09 #dep1 !low", [Token("2022-03~/2022-09", "dep1", "low")]),
    ("left then (@2022-03/..), she says.", [Token("2022-03/..")]),
    ("@2022-03.", [Token("2022-03")]),
    ("@../2022-03", [Token("../2022-03")]),
    ("@2014/...", [Token("2014/..")]),
    ("@ 2022-03 / 2022-09 !High", [Token("2022-03/2022-09", "", "high")]),
    ("@2022-03/", [Token("2022-03/")]),
    ("@/2022", [Token("/2022")]),
    ("@2022, #d1, !low.", [Token("2022", "d1", "low")]),
    ("@2022\u00a0#d1", [Token("2022", "d1")]),
    ("@2022_x000D_\n#d1 see there", [Token("2022")]),
    ("@[2022-02,2022-03]/.. #d1", [Token("[2022-02,2022-03]/..", "d1")]),
    ("write to anna@2022.example", []),
    ("@anna said @2022", [Token("2022")]),
    ("@March2022", [Token("March2022")]),
    ("@2022/2023 and @2024/..", [Token("2022/2023"), Token("2024/..")]),
    ("@2022 and again @2022", [Token("2022")]),
    ("no date #d1 !low", []),
    ("", []),
])  # fmt: skip
def test_tokens_are_found(text: str, found: list[Token]) -> None:
    assert list(read_tokens(text)) == found


@given(st.text(alphabet="@#![]/ .~0129aX,;\n\u00a0-", max_size=60))
def test_any_text_has_tokens_without_marks_and_spaces(text: str) -> None:
    for token in read_tokens(text):
        assert token.when
        assert not any(mark in token.event_id for mark in "#! ")


@pytest.mark.parametrize(("text", "path"), [
    ("A > B > C", ("A", "B", "C")), ("A", ("A",)), ("\u00a0", ()), ("A >\u00a0B", ("A", "B")),
    (r"Nodes\\A\\B", ("A", "B")), ("less>more", ("less>more",)), (" > ", ()),
])
def test_code_paths(text: str, path: tuple[str, ...]) -> None:
    assert split_path(text) == path


@given(st.text(max_size=30))
def test_every_name_gives_a_code_the_codebook_allows(name: str) -> None:
    assert slug(name).replace("_", "a").isalnum()
    assert slug(name)[0].isalpha()
    assert slug(name).isascii()
    assert clean(clean(name)) == clean(name)
