"""Dates of a life that contradict each other whatever days they turn out to be."""

from __future__ import annotations

from collections.abc import Iterator

from trajectories.coding.dating.life_moments import Moments, moments_of
from trajectories.coding.dating.moments import ContradictionError
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study
from trajectories.errors import StudyError


def contradictions(study: Study) -> Iterator[Problem]:
    """Lives whose dates cannot be drawn: one event told on two days, or an order that no days allow; the
    first such place of each person."""
    for found in _everybody(study):
        if isinstance(found, ContradictionError):
            place = (found.source.file, found.source.line, found.person)
            yield Problem("error", *place, found.what, found.hint, "contradiction")


def all_moments(study: Study) -> dict[str, Moments]:
    """The moments of every life of a study, by person.

    Raises StudyError with the first contradiction, file and line, and the number of people who have one.
    """
    everybody = list(_everybody(study))
    refused = [found for found in everybody if isinstance(found, ContradictionError)]
    if refused:
        more = f" The same holds for {len(refused) - 1} more of {len(everybody)} people."
        raise StudyError(f"{refused[0]}{more if refused[1:] else ''}")
    return {found.id: found for found in everybody if isinstance(found, Moments)}


def _everybody(study: Study) -> Iterator[Moments | ContradictionError]:
    domains = [domain.name for domain in study.codebook.domains]
    for person in dict.fromkeys(study.ids):
        try:
            yield moments_of(study.biography(person), domains, study.dates.before)
        except ContradictionError as refusal:
            yield refusal
