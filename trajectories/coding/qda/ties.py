"""Ties from codes: one code may say it all, or several on the same passage say a word each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trajectories.coding.codebook import Codebook
from trajectories.coding.qda.lookup import find_words
from trajectories.coding.qda.mapping import Mapping
from trajectories.coding.qda.segments import Segment


class Missing(Exception):  # noqa: N818
    """Something is missing for a coding to be complete; the text says what."""


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """A tie as its passage says it: the code that carries it, the codes that add words, the words."""

    carrier: Segment
    parts: tuple[Segment, ...]
    fields: dict[str, str]
    strange: str = ""


def gathered_ties(
    segments: Iterable[Segment], mapping: Mapping, codebook: Codebook
) -> dict[int, Gathered]:
    """The tie of every segment that is coded with one, by ``id(segment)``.

    Codes of one passage are one tie where they do not contradict each other (``received``, ``housing``,
    ``compatriot``); a field with several words there (``housing`` and ``money``) makes a tie of each of them,
    with the other words in common.
    """
    passages: dict[tuple[str, ...], list[Gathered]] = defaultdict(list)
    for i, segment in enumerate(segments):
        rule, below = mapping.rule_for(segment.code)
        if rule is None or rule.tie is None or mapping.date_in(segment.code) is not None:
            continue
        fixed = {str(name): word for name, word in rule.tie.items()}
        fields, strange = find_words(codebook, fixed, below)
        alone = not segment.place or bool(strange)
        key = (str(i),) if alone else (segment.document, segment.place, segment.case, segment.coder)
        passages[key].append(Gathered(segment, (), fields, strange))
    return {id(one): tie for passage in passages.values() for one, tie in _one_passage(passage)}


def _one_passage(passage: list[Gathered]) -> list[tuple[Segment, Gathered]]:
    """Each segment of a passage with the tie it carries or adds to."""
    words: dict[str, set[str]] = defaultdict(set)
    for one in passage:
        for name, word in one.fields.items():
            words[name].add(word)
    common = {name: next(iter(found)) for name, found in words.items() if len(found) == 1}
    carriers = [one for one in passage if one.fields.keys() - common.keys()] or passage[:1]
    parts = tuple(one.carrier for one in passage if one not in carriers)
    ties = [Gathered(one.carrier, parts, common | one.fields, one.strange) for one in carriers]
    return [*((tie.carrier, tie) for tie in ties), *((part, ties[0]) for part in parts)]
