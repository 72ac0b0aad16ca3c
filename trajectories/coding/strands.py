"""The episodes of one person in one domain, in order of time: what most rules about time look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, le, lt
from typing import NamedTuple

from trajectories.coding.biography import Episode
from trajectories.coding.dating.dates import FuzzyDate


class Strand(NamedTuple):
    """The episodes of one person in one domain, by their starts."""

    person: str
    domain: str
    episodes: tuple[Episode, ...]
    unbroken: bool
    """Each begins on the very date on which the one before ends, and ends later, for certain; only the first
    start and the last end may be open. Whatever days its dates turn out to be, nothing overlaps or is
    missing."""

    @property
    def outer_dates(self) -> tuple[FuzzyDate, ...]:
        """The first and the last date that is known; between them lie all others of an unbroken strand."""
        first, last = self.episodes[0], self.episodes[-1]
        return (first.start if first.start.is_known else first.end,
                last.end if last.end.is_known else last.start)  # fmt: skip


def strands_of(episodes: Iterable[Episode], people: Iterable[str],
               domains: Sequence[str]) -> Iterator[Strand]:  # fmt: skip
    """The strands of these people, person by person: the codebook's domains in its order, then others."""
    coded: dict[str, dict[str, list[Episode]]] = {person: defaultdict(list) for person in people}
    person = domain = None
    here: list[Episode] = []
    for episode in episodes:  # most follow another of the same person and domain
        if episode.person != person or episode.domain != domain:
            person, domain = episode.person, episode.domain
            here = coded[person][domain] if person in coded else []
        here.append(episode)
    for person, own in coded.items():
        for domain in dict.fromkeys([*(name for name in domains if name in own), *own]):
            ordered = in_order(own[domain])
            yield Strand(person, domain, ordered, _unbroken(ordered))


def in_order(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """Episodes by their starts (``begins_near``)."""
    days = [episode.start.core_earliest for episode in episodes]
    if None not in days and all(map(le, days, days[1:])):  # type: ignore[arg-type]
        return tuple(episodes)
    return tuple(sorted(episodes, key=attrgetter("begins_near")))


def _unbroken(episodes: Sequence[Episode]) -> bool:
    starts, ends = [episode.start for episode in episodes], [episode.end for episode in episodes]
    if ends[:-1] != starts[1:]:
        return False
    dates = [*([] if starts[0].is_open else starts[:1]), *ends[: -1 if ends[-1].is_open else None]]
    firsts, lasts = [date.earliest or 0 for date in dates], [date.latest or 0 for date in dates]
    return all(firsts) and bool(dates) and all(map(lt, firsts, firsts[1:])) and all(map(lt, lasts, lasts[1:]))
