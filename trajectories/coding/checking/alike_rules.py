"""Rules about names that differ by so little that they may mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from trajectories.coding.biography import Episode
from trajectories.coding.codebook import Domain
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study
from trajectories.wording import counted

SHORTEST = 6
"""Letters of a word from which on one letter more, less or other is a slip rather than another word."""


def alike_people(study: Study) -> Iterator[Problem]:
    """Two people whose ids differ in capitals, blanks or marks only."""
    first: dict[str, str] = {}
    for person in study.people:
        other = first.setdefault(bare_id(person.id), person.id)
        if other != person.id:
            yield Problem.at(person.source, "warning", person.id,
                             f"this id and {other!r} differ in capitals, blanks or marks only",
                             "If they are one person, write the id in the same way everywhere.",
                             "alike_ids")  # fmt: skip


def alike_states(study: Study) -> Iterator[Problem]:
    """Two states of one domain, both in use, whose names differ by one letter; told where the rarer is
    coded first."""
    for domain in study.codebook.domains:
        labels = domain.labels
        for pair in combinations(labels, 2):
            if not one_letter_apart(*(labels[code] for code in pair)):
                continue
            few, many = sorted((_in_state(study, domain, code) for code in pair), key=len)
            if few:
                told = [f"{labels[domain.top(some[0].state)]!r} ({counted(len(some), 'episode')})"
                        for some in (few, many)]  # fmt: skip
                yield Problem.at(few[0].source, "warning", "",
                                 f"{domain.name}: the states {told[0]} and {told[1]} differ by one letter",
                                 "If one is a slip, code the other everywhere, and take it out of the "
                                 "codebook.", "alike_states")  # fmt: skip


def _in_state(study: Study, domain: Domain, code: str) -> list[Episode]:
    return [one for one in study.episodes if one.domain == domain.name and domain.top(one.state) == code]


def bare_id(text: str) -> str:
    """An id to compare by: no capitals, blanks and marks, except between two numbers.

    >>> bare_id("R 01") == bare_id("r-01"), bare_id("P-1.1") == bare_id("P-11")
    (True, False)
    """
    parts = re.findall(r"\d+|[^\W\d_]+", text.casefold())
    return re.sub(r"(?<!\d)\.|\.(?!\d)", "", ".".join(parts)) or text


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two names differ by one letter in a word that is long enough for a slip.

    >>> one_letter_apart("Permit of residence", "Permit of residense"), one_letter_apart("Visa A", "Visa B")
    (True, False)
    """
    ours, theirs = one.casefold().split(), other.casefold().split()
    if len(ours) != len(theirs):
        return False
    odd = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return len(odd) == 1 and _slip(*sorted(odd[0], key=len))


def _slip(short: str, long: str) -> bool:
    """Whether one letter makes the longer word of the shorter, or another word of the same length."""
    if len(short) < SHORTEST or len(long) - len(short) > 1 or not (short + long).isalpha():
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]
