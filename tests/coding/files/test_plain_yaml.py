"""Plain YAML read line by line: the same values, lines and columns as libyaml's, or left to libyaml."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.material import MATERIAL
from tests.fuzz.damage import damaged
from trajectories.coding.files.lined import Lined
from trajectories.coding.files.plain_yaml import plain_document
from trajectories.coding.files.yaml_lines import _Loader, _Reader

LIFE = """id: RU-001
birth: 1989~
attributes: {gender: woman, origin: russia}
episodes:
  location:
    # a note
    - state: origin.moscow
      when: ../2022-03~
      quote: "We left: at once #1"
      source: {document: interview 1, paragraph: '12-14'}
    - state: georgia
      when: 2022-03~/..
      coder:
  legal:
  - {state: home, when: ../..}

events:
  - event: departure
    when: 2022-03-05
    label: it's late
  - plain words
"""
STRANGE = (
    "a: |\n  text\n", "a: >\n  text\n", "a: &x b\n", "a: *x\n", "a: [b, c]\n", "a: !t b\n", "a: b: c\n",
    "a: b:\n", "a: b # c\n", "a:\tb\n", "a: b\n  c\n", "- a\n- b\n", "a: b\na: c\n", "---\na: b\n",
    "a: b\n...\n", "? a\n: b\n", "a: \"b\\n\"\n", "a: 'it''s'\n", "a: {b: {c: d}}\n", "a: {b: c, b: d}\n",
    "a: {b: c, }\n", "a: {}\n", " a: b\n", "a:\n    b: c\n  d: e\n", "a:\n- b\n  c: d\n", "a: b\n  - c\n",
    "'a': b\n", "7: b\n", "a: %b\n", "a: b\u2028c\n", "a: b\x85c\n", "a: b\rc: d\n", "a:\n  - - b\n",
    "a:\n  -\n    b: c\n", "a: \"b\n  c\"\n", "a: {b: c\n}\n", "a: b\ufeff\n",
)  # fmt: skip
"""More than plain lines, or less than YAML."""


def by_libyaml(text: str) -> Lined:
    return _Reader("x").value(yaml.compose(text, Loader=_Loader))


def told(value: Any) -> Any:
    """Everything about a value: kind, place, and the places of what is in it."""
    if isinstance(value, dict):
        return ("keys", value.line, value.column, value.lines, value.columns,  # type: ignore[attr-defined]
                [(key, told(one)) for key, one in value.items()])  # fmt: skip
    if isinstance(value, list):
        return ("list", value.line, value.column, value.lines, value.columns,  # type: ignore[attr-defined]
                [told(one) for one in value])  # fmt: skip
    return value


@pytest.mark.parametrize("text", [
    LIFE, LIFE.replace("\n", "\r\n"), "a:\n", "a: ~\nb: null\nc: ''\n", "a: ..\n", "a: b  \nc:   d\n",
    "a:\n  - b\n  -   c: d\n      e: f\n", "a:\n- b\nc: d\n", "a: x-1\n", "a: ~\n\n# end", "a: b:c#d\n",
    "a:\n  b:\n  - c:\n    - d: e\n    f: g\nh: Ö\n", "a: {b: ~, c: \"\", d: ..}\n",
])  # fmt: skip
def test_plain_lines_are_read_as_libyaml_reads_them(text: str) -> None:
    found = plain_document(text)
    assert found is not None
    assert told(found) == told(by_libyaml(text))


@pytest.mark.parametrize("text", STRANGE)
def test_whatever_else_is_left_to_libyaml(text: str) -> None:
    assert plain_document(text) is None


def test_the_biographies_of_the_sample_are_plain() -> None:
    lives = sorted((MATERIAL.parent.parent / "sample_data" / "biographies").glob("*.yaml"))
    assert len(lives) > 3
    for path in lives:
        text = path.read_text(encoding="utf-8")
        assert told(plain_document(text)) == told(by_libyaml(text))


@given(st.integers(0, 10**9))
def test_damaged_lives_are_read_as_libyaml_reads_them_or_left_to_it(seed: int) -> None:
    text = damaged(LIFE.encode(), random.Random(seed), b"a: {b: c}\n- d\n").decode("utf-8", "replace")
    if (found := plain_document(text)) is not None:
        assert told(found) == told(by_libyaml(text))


_WORDS = st.text("ab1 .:#-~'\"{}[],?&*!|>%@", max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["", "  ", "    ", "- ", "  - ", "-  "]), st.sampled_from(
    ["", "a:", "b: ", "c:  ", "d.e: "]), _WORDS), max_size=7))  # fmt: skip
def test_any_lines_are_read_as_libyaml_reads_them_or_left_to_it(lines: list[tuple[str, str, str]]) -> None:
    text = "\n".join("".join(parts) for parts in lines)
    if (found := plain_document(text)) is not None:
        assert told(found) == told(by_libyaml(text))


@given(st.sets(st.integers(0, 20)), st.dictionaries(st.integers(0, 20), _WORDS, max_size=2))
def test_parts_of_a_life_with_other_words_are_read_as_libyaml_reads_them(left_out: set[int],
                                                                         words: dict[int, str]) -> None:
    lines = [line.partition(": ")[0] + f": {words[i]}" if i in words else line
             for i, line in enumerate(LIFE.splitlines()) if i not in left_out]  # fmt: skip
    text = "\n".join(lines)
    if (found := plain_document(text)) is not None:
        assert told(found) == told(by_libyaml(text))


def test_nothing_follows_what_is_closed() -> None:
    assert plain_document("events:\n  - {location: departur}en: 2021-24}\n") is None
    assert plain_document("events:\n  - {location: departure, when: 2021-24}\n") is not None
