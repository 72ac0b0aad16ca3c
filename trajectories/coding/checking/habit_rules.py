"""Rules about habits of telling and coding: lives that stop with the interview, months that attract dates."""

from __future__ import annotations

import datetime as dt
import re
from calendar import month_name
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from math import exp, lgamma, log

from trajectories.coding.biography import Episode, Person
from trajectories.coding.problems import Problem
from trajectories.coding.study import Study

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])[~?%]?")
FEWEST_DATES = 60
LEVEL = 0.001
_LONGEST_END = 31
"""Only an end told to the month or the day can be the interview's own."""


def ends_at_interview(study: Study) -> Iterator[Problem]:
    """Last episodes that end in the month of the interview, as if life had stopped there.

    In a domain of mentions (``fill_limit``) nothing is asked: a mention ends by itself.
    """
    mentions = {domain.name for domain in study.codebook.domains if domain.fill_limit}
    people = {person.id: person for person in study.people}
    for strand in study.strands:
        last, person = strand.episodes[-1], people[strand.person]
        if strand.domain not in mentions and _ends_with(last, person):
            what = (f"{strand.domain}: {last.state} ends ({last.end.text}) in the month of the interview "
                    f"({person.interview.text}), and nothing follows")  # fmt: skip
            hint = "Write .. as its end if it still went on; code what followed if it did not."
            yield Problem.at(last.source, "warning", last.person, what, hint, "ends_at_interview")


def _ends_with(episode: Episode, person: Person) -> bool:
    end, interview = episode.end, person.interview
    if end.core_earliest is None or end.core_latest is None or interview.core_latest is None:
        return False
    if end.core_latest - end.core_earliest >= _LONGEST_END or interview.core_earliest is None:
        return False
    if interview.core_latest - interview.core_earliest >= _LONGEST_END:
        return False
    first, last = (dt.date.fromordinal(day) for day in (interview.core_earliest, interview.core_latest))
    begin, stop = (dt.date.fromordinal(day) for day in (end.core_earliest, end.core_latest))
    return (first.year, first.month) <= (stop.year, stop.month) and (
        (begin.year, begin.month) <= (last.year, last.month)
    )


def month_heaping(study: Study) -> Iterator[Problem]:
    """A month of the year in which far more dates lie than a twelfth, whichever year is left out.

    Binomial test of each month against 1/12 (exact, one-sided; 12 months, Bonferroni). A month that is full
    only because much happened in one year (March 2022) is no heap: it must stand without its fullest year.
    """
    told = Counter(month_dates(study))
    total = told.total()
    in_year, in_month = Counter[int](), Counter[int]()
    for (year, month), count in told.items():
        in_year[year] += count
        in_month[month] += count
    for month, count in sorted(in_month.items()):
        fullest = max(in_year, key=lambda year: (told[year, month], -year))
        others, rest = total - in_year[fullest], count - told[fullest, month]
        if not (_is_heap(count, total) and _is_heap(rest, others)):
            continue
        what = (f"{count} of {total} dates known to the month lie in {month_name[month]} "
                f"({count / total:.0%}; 8% would be expected), without {fullest} {rest} of {others}")
        hint = (f"People who do not remember often name such a month: write the year alone (2019) or the "
                f"month with doubt (2019-{month:02d}~) where it was a guess.")  # fmt: skip
        yield Problem("note", "", 0, "", what, hint, "month_heaping")


def month_dates(study: Study) -> list[tuple[int, int]]:
    """Year and month of every date told to the month, each once for a person."""
    told: dict[str, set[str]] = defaultdict(set)
    for strand in study.strands:
        told[strand.person].update([episode.start.text for episode in strand.episodes])
        ends = strand.episodes[-1:] if strand.unbroken else strand.episodes
        told[strand.person].update([episode.end.text for episode in ends])
    for event in study.events:
        told[event.person].add(event.date.text)
    counts = Counter(chain.from_iterable(told.values()))
    found = ((_month(text), count) for text, count in counts.items())
    return sorted(month for month, count in found if month is not None for _ in range(count))


@lru_cache(maxsize=4096)
def _month(text: str) -> tuple[int, int] | None:
    found = _MONTH.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else None


def _is_heap(count: int, total: int) -> bool:
    if total < FEWEST_DATES or count * 12 < 1.5 * total:
        return False
    return 12 * upper_tail(count, total, 1 / 12) < LEVEL


def upper_tail(count: int, total: int, share: float) -> float:
    """Probability of ``count`` or more in ``total`` draws that each succeed with ``share`` (binomial, exact).

    >>> round(upper_tail(3, 3, 0.5), 3)
    0.125
    """
    return min(1.0, sum(
        exp(lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) + k * log(share)
            + (total - k) * log(1 - share))
        for k in range(count, total + 1)
    ))  # fmt: skip
