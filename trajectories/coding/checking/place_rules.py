"""Rules about what cannot go together: a residence permit of one country held in another."""

from __future__ import annotations

from collections.abc import Iterator

from trajectories.coding.biography import Episode
from trajectories.coding.checking.time_rules import in_words
from trajectories.coding.codebook import Domain, State
from trajectories.coding.dating.chronology import last_observed_day
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study

DAYS_OF_A_MOVE = 14
"""For so long papers and place may differ: people move before, or after, their status changes."""


def impossible_places(study: Study) -> Iterator[Problem]:
    """States held for certain where the codebook says they cannot be (``only_in``, ``not_in``)."""
    bound = {domain.name: _bound(domain) for domain in study.codebook.domains}
    if not any(bound.values()):
        return
    for person in dict.fromkeys(study.ids):
        life = study.biography(person)
        last = last_observed_day(life.person) or _NEVER
        for episode in life.episodes:
            state = _nearest(bound.get(episode.domain, {}), episode.state)
            domain = state and study.codebook.place_domain(episode.domain, state)
            if state and domain:
                for other in life.in_domain(domain.name):
                    if not _allowed(state, other.state) and _days_together(episode, other, last):
                        yield _impossible(episode, other, state, _days_together(episode, other, last))


def _bound(domain: Domain) -> dict[str, State]:
    states = {code: domain.state(code) for code in domain.codes}
    return {code: state for code, state in states.items() if state.only_in or state.not_in}


def _nearest(bound: dict[str, State], code: str) -> State | None:
    """The state whose rules hold for a code: its own, or those of the nearest state above it."""
    while code:
        if code in bound:
            return bound[code]
        code = code.rpartition(".")[0]
    return None


def _allowed(state: State, place: str) -> bool:
    if state.only_in and not any(_is_in(place, other) for other in state.only_in):
        return False
    return not any(_is_in(place, other) for other in state.not_in)


def _is_in(code: str, other: str) -> bool:
    return code == other or code.startswith(f"{other}.")


_NEVER = 10**7


def _days_together(one: Episode, other: Episode, last: int) -> int:
    """Days that both hold for certain until ``last``; 0 when they are fewer than a move may take."""
    if one.start.is_unknown or other.start.is_unknown:
        return 0
    begin = max(one.start.latest or 0, other.start.latest or 0)
    ends = [last + 1 if end.is_open else end.earliest or 0 for end in (one.end, other.end)]
    days = min(*ends, last + 1) - begin
    return days if days > DAYS_OF_A_MOVE else 0


def _impossible(episode: Episode, other: Episode, state: State, days: int) -> Problem:
    only = f"it is possible only in {', '.join(state.only_in)}" if state.only_in else ""
    not_in = f"it is not possible in {', '.join(state.not_in)}" if state.not_in else ""
    length = f" for at least {in_words(days)}" if days < _NEVER // 2 else ""
    what = (f"{episode.domain}: {episode.state} is held{length} in {other.state}; "
            f"{' and '.join(filter(None, (only, not_in)))}")  # fmt: skip
    hint = (f"The place is coded in {other.source.file}:{other.source.line}. Correct one of the two, or "
            f"'only_in'/'not_in' in the codebook.")  # fmt: skip
    return Problem.at(episode.source, "warning", episode.person, what, hint, "impossible_place")
