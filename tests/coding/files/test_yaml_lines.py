from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.files.lined import LinedDict, LinedList, line_of
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.problems import ReadingError

TEXT = """\
id: RU-017
born: 1989
no: yes
day: 2022-03-15
empty:
nothing: ~
quoted: "~"
episodes:
  - {state: origin, when: 1989/..}
  - state: germany

    when: ../2022
"""


def test_scalars_stay_as_written() -> None:
    value = parse_yaml(TEXT, "a.yaml")
    assert isinstance(value, LinedDict)
    assert value == {
        "id": "RU-017", "born": "1989", "no": "yes", "day": "2022-03-15", "empty": None, "nothing": None,
        "quoted": "~",
        "episodes": [{"state": "origin", "when": "1989/.."}, {"state": "germany", "when": "../2022"}],
    }  # fmt: skip


def test_everything_knows_its_line() -> None:
    value = parse_yaml(TEXT, "a.yaml")
    assert isinstance(value, LinedDict)
    assert value.lines["day"] == 4
    episodes = value["episodes"]
    assert isinstance(episodes, LinedList)
    assert episodes.lines == [9, 10]
    assert episodes[1].lines == {"state": 10, "when": 12}


def test_line_of_follows_keys_positions_and_mappings_read_as_lists() -> None:
    value = parse_yaml("states:\n  origin: Origin\n  germany:\n    colour: blue\n", "a.yaml")
    assert line_of(value, ("states", "germany", "colour")) == 4
    assert line_of(value, ("states", 1, "colour")) == 4
    assert line_of(value, ("states", 1, "rank")) == 3
    assert line_of(value, ()) == 1
    assert line_of(None, ("states",)) == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: [1\nc: "
         "2\n", "a.yaml:3: this is not valid YAML (did not find expected ',' or ']'). Check the "
         "indentation and the brackets here and in the line before; put text with ': ' or ' #' in quotes."),
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: the key 'a' stands here for the second time. "
         "It was first written in line 1; keep one of them."),
        ("a: &x [1]\nb: *x\n", "a.yaml:1: an alias (*name) repeats this part. "
         "Aliases are not read: write the text out in both places."),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: this is not valid YAML (but found another document). "
         "Keep one document in a file: no second '---'."),
        ("a:\n\tb: 1\n", "a.yaml:2: this is not valid YAML (found character that cannot start any token). "
         "Indent with spaces, not with tabs."),
        ("[a]: 1\n", "a.yaml:1: a key must be a word, not a list or a mapping. "
         "Check the indentation and the brackets."),
        ("a: " + "[" * 500, "a.yaml:1: brackets or lists are nested more than 100 levels deep. "
         "Close the brackets that were left open."),
        ("a: 1\n" + "- " * 500, "a.yaml:2: brackets or lists are nested more than 100 levels deep. "
         "Close the brackets that were left open."),
        ("a: \x07\n", "a.yaml:1: this is not valid YAML (control characters are not allowed). Check the "
         "indentation and the brackets here and in the line before; put text with ': ' or ' #' in quotes."),
    ],
)  # fmt: skip
def test_refuses_in_plain_words(text: str, message: str) -> None:
    with pytest.raises(ReadingError) as refused:
        parse_yaml(text, "a.yaml")
    assert str(refused.value) == message


def test_a_file_longer_than_any_biography_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ReadingError, match=r"life\.yaml: the file has 2,000,003 char"):
        parse_yaml("a: " + "x" * 2_000_000, "life.yaml")
    assert parse_yaml("a: " + "x" * 1_999_997, "life.yaml")


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    levels = [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 30)]
    with pytest.raises(ReadingError, match="alias"):
        parse_yaml("\n".join(["l0: &l0 [x]", *levels]), "bomb.yaml")


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}&*#|>?!'\"%@,. \n\t0~\x00é")), max_size=60))
def test_any_text_is_read_or_plainly_refused(text: str) -> None:
    with contextlib.suppress(ReadingError):
        parse_yaml(text, "a.yaml")
