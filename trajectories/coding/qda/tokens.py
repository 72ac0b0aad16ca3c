"""Dates that coders write into comments: ``@2022-03~/2022-09 #dep1 !low``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trajectories.coding.qda.names import clean


@dataclass(frozen=True, slots=True)
class Token:
    """A date token: when (EDTF, a date or ``start/end``), the id of an event, how sure the coder is."""

    when: str
    event_id: str = ""
    confidence: str = ""


_TOKEN = re.compile(
    r"(?<![\w@])@\s?"
    r"(?P<when>(?:\[[^\]\n]{0,200}\]|[^\s#!,;\[])++(?:[ \t]*/[ \t]*(?:\[[^\]\n]{0,200}\]|[^\s#!,;\[])++)?)"
    r"(?P<rest>(?:[ \t,;]*[#!][^\s#!,;]+)*+)"
)
_DATELIKE = re.compile(r"[0-9X.\[/~?%]")


def read_tokens(text: str) -> tuple[Token, ...]:
    """Every different date token in a text, in order; the dates themselves are not judged here.

    An ``@`` inside a word (an address) and ``@name`` beside a real token are not tokens. Spaces around the
    slash are allowed; ``#id`` and ``!confidence`` must follow the date.

    >>> read_tokens("left in a hurry @2022-03~/2022-09 #dep1 !low")
    (Token(when='2022-03~/2022-09', event_id='dep1', confidence='low'),)
    """
    found = [token for match in _TOKEN.finditer(clean(text)) if (token := _token(match)).when]
    dated = [token for token in found if _DATELIKE.match(token.when)]
    return tuple(dict.fromkeys(dated or found))


def _token(match: re.Match[str]) -> Token:
    marks = re.findall(r"([#!])([^\s#!,;]+)", match["rest"])
    when = re.sub(r"\s*/\s*", "/", match["when"])
    if not marks:
        when = _without_sentence_end(when)
    ids = [_without_sentence_end(word) for mark, word in marks if mark == "#"]
    sure = [_without_sentence_end(word).lower() for mark, word in marks if mark == "!"]
    return Token(when, ids[0] if ids else "", sure[0] if sure else "")


def _without_sentence_end(word: str) -> str:
    """The word without what ends a sentence or a bracket after it; ``..`` (still going on) is kept."""
    while word.endswith((")", '"', "”", ":", "...")) or (word.endswith(".") and not word.endswith("..")):
        word = word[:-1]
    return word
