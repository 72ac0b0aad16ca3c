"""How far two coders who coded the same lives agree: time-weighted kappa, and the months in dispute."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, NamedTuple

from trajectories.coding.biography import Episode
from trajectories.coding.dating.chronology import Stretch, timeline
from trajectories.coding.study import Study
from trajectories.errors import StudyError

if TYPE_CHECKING:
    import pandas as pd

DAYS_OF_A_MONTH = 30.4375
SHORTEST_DISPUTE = 15
"""Days: shorter disputes count in kappa and are not listed."""

Days = Counter[tuple[str, str]]
"""Days for each pair of states: what the first coder says, what the second says."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two coders in one domain, or on one state of it."""

    domain: str
    state: str
    """Empty for the domain as a whole."""
    people: int
    months: float
    """Months for which both coders say something."""
    agreed: float
    """Share of these months on which they agree."""
    expected: float
    """Share on which they would agree by chance, each keeping their own shares of states."""
    kappa: float | None
    """None where chance alone agrees on everything."""
    lower: float | None = None
    upper: float | None = None
    """95 per cent interval from people drawn again with replacement; None with fewer than 5 people."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A stretch of one life that two coders see differently."""

    person: str
    domain: str
    start: str
    """First month, ``2022-03``."""
    end: str
    """Last month."""
    months: float
    first: str
    """State in the first coding; ``second`` that in the second."""
    second: str
    first_coder: str
    second_coder: str
    first_place: str
    """File and line of the episode in the first coding."""
    second_place: str


class Segment(NamedTuple):
    """Days (half-open, proleptic ordinals) on which each coder keeps to one episode."""

    start: int
    end: int
    first: Episode
    second: Episode


@dataclass(frozen=True, repr=False)
class Agreement:
    """What two codings of the same people agree on."""

    kappas: tuple[Kappa, ...]
    disputes: tuple[Dispute, ...]
    coders: tuple[tuple[str, str], ...]
    """Pairs of coders, as written."""

    @property
    def domains(self) -> tuple[Kappa, ...]:
        """One kappa for each domain coded twice."""
        return tuple(row for row in self.kappas if not row.state)

    def table(self) -> pd.DataFrame:
        """One row a domain and state: people, months, agreed, expected, kappa, lower, upper."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.kappas], columns=list(Kappa.__dataclass_fields__))

    def disputes_table(self) -> pd.DataFrame:
        """One row a stretch in dispute, longest first."""
        import pandas as pd

        return pd.DataFrame([asdict(row) for row in self.disputes],
                            columns=list(Dispute.__dataclass_fields__))  # fmt: skip

    def __repr__(self) -> str:
        told = (f"{row.domain} {row.agreed:.0%} (kappa {written(row.kappa)})" for row in self.domains)
        return f"Agreement: {', '.join(told) or 'nobody coded twice'}; {len(self.disputes)} disputes"


def agreement(study: Study, *, draws: int = 999, seed: int = 1) -> Agreement:
    """Compare the first coding with the second, day by day, for people and domains that both have.

    Kappa is (agreed - expected) / (1 - expected) (Cohen 1960) with each day as a unit of observation, so that
    a state weighs by the time it is held; days on which only one coder says something are left out. Dates are
    taken by the study's point rule, states at the top level. The kappa of a state divides time into that
    state and all others. The interval comes from ``draws`` samples of whole people (percentiles; days of one
    life are not independent). Raises StudyError when the study names no second coding.
    """
    if study.second_coding is None:
        raise StudyError(f"{study.title}: there is no second coding. Put the same people's biographies, "
                         "coded by somebody else, in a folder (second/) and name it in study.yaml: "
                         "second_coding: second")  # fmt: skip
    kappas: list[Kappa] = []
    disputes: list[Dispute] = []
    coders: dict[tuple[str, str], None] = {}
    for domain in study.codebook.domains:
        both = {person: tuple(_segments(study, study.second_coding, person, domain.name))
                for person in _twice(study)}  # fmt: skip
        both = {person: segments for person, segments in both.items() if segments}
        kappas += _kappas(domain.name, domain.alphabet, both, draws, seed)
        disputes += [_dispute(one) for segments in both.values() for one in segments if _is_disputed(one)]
        coders |= dict.fromkeys((s.first.coder, s.second.coder) for found in both.values() for s in found)
    disputes.sort(key=lambda one: (-one.months, one.person, one.domain, one.start))
    return Agreement(tuple(kappas), tuple(disputes), tuple(coders))


def kappa(days: Mapping[tuple[str, str], float]) -> tuple[float, float, float | None]:
    """Agreed share, share expected by chance, and kappa of a table of days (first state, second state).

    >>> found = kappa({("a", "a"): 45, ("a", "b"): 15, ("b", "a"): 25, ("b", "b"): 15})
    >>> [round(value, 2) for value in found if value is not None]
    [0.6, 0.54, 0.13]
    """
    total = sum(days.values())
    if not total:
        return 0.0, 0.0, None
    firsts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    for (first, second), count in days.items():
        firsts[first] += count  # type: ignore[assignment]
        seconds[second] += count  # type: ignore[assignment]
    agreed = sum(count for (first, second), count in days.items() if first == second) / total
    expected = sum(firsts[state] * seconds[state] for state in firsts) / total**2
    return agreed, expected, (agreed - expected) / (1 - expected) if expected < 1 else None


def written(value: float | None) -> str:
    """Kappa with two decimals, ``-`` where there is none."""
    return "-" if value is None else f"{value:.2f}"


def _twice(study: Study) -> tuple[str, ...]:
    again = set(study.second_coding.ids) if study.second_coding else set()
    return tuple(person for person in dict.fromkeys(study.ids) if person in again)


def _segments(one: Study, other: Study, person: str, domain: str) -> Iterator[Segment]:
    """Both timelines cut at every boundary of either, where both say something."""
    ours = _ended(timeline(one.biography(person), domain, one.dates.point))
    theirs = _ended(timeline(other.biography(person), domain, one.dates.point))
    i = j = 0
    while i < len(ours) and j < len(theirs):
        (first, begin, stop), (second, start, end) = ours[i], theirs[j]
        if max(begin, start) < min(stop, end):
            yield Segment(max(begin, start), min(stop, end), first, second)
        if stop <= end:
            i += 1
        else:
            j += 1


def _ended(stretches: Iterable[Stretch]) -> list[tuple[Episode, int, int]]:
    return [(one.episode, one.start, one.end) for one in stretches if one.end is not None]


def _top(episode: Episode) -> str:
    return episode.state.partition(".")[0]


def _kappas(
    domain: str, alphabet: tuple[str, ...], both: Mapping[str, tuple[Segment, ...]], draws: int, seed: int
) -> Iterator[Kappa]:
    by_person = [_days(segments) for segments in both.values()]
    if not by_person:
        return
    whole = _sum(by_person)
    yield _row(domain, "", by_person, whole, _interval(by_person, draws, seed))
    for state in alphabet:
        if any(state in pair for pair in whole):
            collapsed = [_against(days, state) for days in by_person]
            used = [days for days in collapsed if any(state in pair for pair in days)]
            yield _row(domain, state, used, _sum(collapsed), (None, None))


def _row(
    domain: str, state: str, people: list[Days], days: Days, interval: tuple[float | None, float | None]
) -> Kappa:
    agreed, expected, value = kappa(days)
    return Kappa(domain, state, len(people), sum(days.values()) / DAYS_OF_A_MONTH, agreed, expected, value,
                 *interval)  # fmt: skip


def _days(segments: Iterable[Segment]) -> Days:
    days: Days = Counter()
    for one in segments:
        days[_top(one.first), _top(one.second)] += one.end - one.start
    return days


def _sum(parts: Iterable[Days]) -> Days:
    total: Days = Counter()
    for part in parts:
        for pair, days in part.items():
            total[pair] += days
    return total


def _against(days: Days, state: str) -> Days:
    """The table divided into one state and all others (an empty name)."""
    divided: Days = Counter()
    for (first, second), count in days.items():
        divided[first if first == state else "", second if second == state else ""] += count
    return divided


def _interval(by_person: list[Days], draws: int, seed: int) -> tuple[float | None, float | None]:
    if len(by_person) < 5 or draws < 1:
        return None, None
    chance = random.Random(seed)
    samples = (kappa(_sum(chance.choices(by_person, k=len(by_person))))[2] for _ in range(draws))
    found = sorted(value for value in samples if value is not None)
    if not found:
        return None, None
    return found[int(0.025 * (len(found) - 1))], found[round(0.975 * (len(found) - 1))]


def _is_disputed(one: Segment) -> bool:
    return _top(one.first) != _top(one.second) and one.end - one.start >= SHORTEST_DISPUTE


def _dispute(one: Segment) -> Dispute:
    first, second = one.first, one.second
    return Dispute(
        first.person, first.domain, _month(one.start), _month(one.end - 1),
        round((one.end - one.start) / DAYS_OF_A_MONTH, 1), first.state, second.state, first.coder,
        second.coder, _place(first), _place(second),
    )  # fmt: skip


def _place(episode: Episode) -> str:
    return f"{episode.source.file}:{episode.source.line}"


def _month(day: int) -> str:
    return f"{dt.date.fromordinal(day):%Y-%m}"
