"""What of a typology depends on dates that nobody knows exactly."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.figures.words import joined, people, percent
from trajectories.findings.cache import Cache
from trajectories.findings.stages import Findings, Progress, run
from trajectories.findings.telling_dates import TellingDate, telling_date, vague_moments
from trajectories.typology.typology import Typology

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.coding.draws import DateDraw
    from trajectories.coding.study import Study
    from trajectories.plan import Plan

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
UNMATCHED = -1
"""In a type of the draw that answers to none of the typology."""
UNTYPED = -2
"""Without a type in the draw: the person falls out of its window."""


@dataclass(frozen=True, eq=False)
class DateStability:
    """A typology held against those that the same plan makes of other possible datings of the same lives."""

    typology: Typology
    seed: int
    rand: Floats
    """Adjusted Rand index of each draw's typology with this one, over the people in both, (draws,)."""
    analysed: Codes
    """How many people each draw's analysis has, (draws,)."""
    widths: Mapping[int, Floats]
    """Average silhouette width of each number of types compared, (draws,), nan where there is none."""
    answers: Codes
    """Which type of this typology the person's type in each draw answers to, (draws, people), 0..k-1;
    UNMATCHED or UNTYPED."""
    together: NDArray[np.float32]
    """Of the draws in which both have a type, the share in which two people share it, (people, people); nan
    where there are none."""
    dates: Mapping[str, TellingDate]
    """The telling date of each person who is of another type in some draws, where there is an imprecise
    date."""

    @property
    def draws(self) -> int:
        return len(self.rand)

    @property
    def shares(self) -> Floats:
        """Share of the draws in which each person is in the type that answers to their own, (people,); nan
        for somebody who has no type in any."""
        typed = (self.answers != UNTYPED).sum(axis=0)
        same = (self.answers == self.typology.types).sum(axis=0)
        return np.asarray(np.divide(same, typed, out=np.full(len(typed), np.nan), where=typed > 0))

    @property
    def best_k(self) -> tuple[int, ...]:
        """The number of types with the largest average silhouette width in each draw, the smaller of equal
        ones; 0 where none is defined."""
        ks = sorted(self.widths)
        found = np.array([self.widths[k] for k in ks]).reshape(len(ks), self.draws)
        known = np.isfinite(found)
        top = np.where(known, found, -np.inf).argmax(axis=0) if ks else np.zeros(self.draws, dtype=int)
        there = known.any(axis=0).tolist()
        return tuple(ks[i] if any_ else 0 for i, any_ in zip(top.tolist(), there, strict=True))

    def table(self) -> pd.DataFrame:
        """One row a draw, from 1: draw, analysed, rand, staying (share of the people in both whose type
        answers to their own), asw (of the typology's k), best_k, best_asw."""
        import pandas as pd

        typed, best = self.answers != UNTYPED, self.best_k
        same = (self.answers == self.typology.types).sum(axis=1)
        own = self.widths.get(self.typology.k, np.full(self.draws, np.nan))
        return pd.DataFrame({
            "draw": range(1, self.draws + 1),
            "analysed": self.analysed,
            "rand": self.rand,
            "staying": same / typed.sum(axis=1),
            "asw": own,
            "best_k": best,
            "best_asw": [self.widths[k][i] if k else np.nan for i, k in enumerate(best)],
        })  # fmt: skip

    def people(self) -> pd.DataFrame:
        """One row a person, those who move most first: who they are, how often they stay, and which date does
        it.

        id, type, draws (in which they have a type), share (of those, in the type that answers to their own),
        other (the type they are in most of the other draws, empty for one that answers to none), then of the
        date whose drawn days best part the draws in which they are elsewhere: moment, date (as written),
        place (file:line), earliest, latest, side (``late``: elsewhere when it lies late), separation (0 to
        1), p_value. The date is empty where none is imprecise, or the person never moves. Where p_value is
        not small, no single date of their own does it: other lives have moved, and the types with them.
        """
        import pandas as pd

        shares, types = self.shares, self.typology.types
        typed = (self.answers != UNTYPED).sum(axis=0)
        rows = [
            (person, self.typology.names[types[i]], int(typed[i]), float(shares[i]), self._other(i),
             *_date_columns(self.dates.get(person)))
            for i, person in enumerate(self.typology.ids)
        ]  # fmt: skip
        names = ["id", "type", "draws", "share", "other", "moment", "date", "place", "earliest", "latest",
                 "side", "separation", "p_value"]  # fmt: skip
        table = pd.DataFrame(rows, columns=names)
        return table.sort_values(["share", "p_value"], kind="stable", ignore_index=True)

    def by_type(self) -> pd.DataFrame:
        """One row a type: type, n, always (people there in every draw), mostly (in more than half), seldom
        (in half or fewer), share (mean over the people)."""
        import pandas as pd

        rows = []
        for number, name in enumerate(self.typology.names):
            shares = self.shares[(self.typology.types == number) & np.isfinite(self.shares)]
            always, mostly = int((shares == 1).sum()), int(((shares > 0.5) & (shares < 1)).sum())
            seldom = len(shares) - always - mostly
            mean = float(shares.mean()) if len(shares) else float("nan")
            rows.append((name, len(shares), always, mostly, seldom, mean))
        return pd.DataFrame(rows, columns=["type", "n", "always", "mostly", "seldom", "share"])

    def sentences(self) -> list[str]:
        """What depends on imprecise dates, the finding first, the numbers after it. Nobody is named."""
        return [self._typology_told(), *self._k_told(), self._people_told(), *self._dates_told()]

    def _typology_told(self) -> str:
        middle, low, high = np.median(self.rand), self.rand.min(), self.rand.max()
        return (f"Over {self.draws} ordered draws of every imprecise date, the types {_agreement(middle)} "
                f"(adjusted Rand index with those reported {middle:.2f} in the median, {low:.2f} to "
                f"{high:.2f}).")  # fmt: skip

    def _k_told(self) -> list[str]:
        votes = Counter(k for k in self.best_k if k).most_common()
        if len(self.widths) < 2 or not votes:
            return []
        (first, most), *others = votes
        rest = "".join(f", {k} in {n}" for k, n in others)
        return [f"By the average silhouette width {first} types are best in {most} of the {self.draws} "
                f"draws{rest}; {self.typology.k} are reported."]  # fmt: skip

    def _people_told(self) -> str:
        counts, n = self.by_type()[["always", "mostly", "seldom"]].sum(), int(np.isfinite(self.shares).sum())
        always, mostly, seldom = (int(counts[name]) for name in ("always", "mostly", "seldom"))
        return (f"Of {people(n)}, {always} ({percent(always / n)}) are in the same type in every draw, "
                f"{mostly} in more than half of the draws, {seldom} in half of them or fewer.")  # fmt: skip

    def _dates_told(self) -> list[str]:
        moved = int((self.shares < 1).sum())
        if not moved:
            return []
        sure = [date for date in self.dates.values() if date.sure]
        if not sure:
            return ["Of nobody who moves can it be said that one imprecise date of their own does it: types "
                    "change as other lives move."]  # fmt: skip
        kinds = Counter(date.moment.name.partition(":")[0] for date in sure).most_common()
        told = joined([f"{kind} {n}" for kind, n in kinds])
        return [f"Of the {moved} who are of another type in some draws, for {len(sure)} it goes with one "
                "imprecise date of their own (permutation p below 0.05, which chance would give to about "
                f"{round(0.05 * len(self.dates))}; {told}): dates worth another look into the interview."]

    def _other(self, person: int) -> str:
        own = self.typology.types[person]
        there = [a for a in self.answers[:, person].tolist() if a not in (own, UNTYPED)]
        if not there:
            return ""
        most = Counter(there).most_common(1)[0][0]
        return "" if most == UNMATCHED else self.typology.names[most]

    def __repr__(self) -> str:
        return f"DateStability over {self.draws} draws (seed {self.seed}): {self._typology_told()}"


def date_stability(
    study: Study, plan: Plan, draws: int = 20, seed: int = 1, progress: Progress | None = None, *,
    cache: Cache | None = None,
) -> DateStability:  # fmt: skip
    """Which types, and whose, depend on dates that nobody knows exactly.

    The whole plan is carried out again on each of ``draws`` possible datings of all lives (``draw_dates``:
    every imprecise date a day of its window, in order): sequences, costs, dissimilarities, types. Each
    draw's typology is held against the plan's own: the adjusted Rand index over the people in both; types
    matched one to one so that most people stay; the number of types with the largest average silhouette
    width of those in ``plan.types.quality``. Partitions are not pooled; what is told is how they vary.
    Somebody who falls out of a draw's window has no type in it.

    For a person who is of another type in some draws, the imprecise date whose drawn days best tell these
    draws from the others is named, with a permutation p (see ``telling_date``). 20 to 50 draws are usual;
    with 20, somebody must be elsewhere in at least two of them before any date can be told.

    ``progress(stage, done, total)`` counts draws. The same seed gives the same result, whatever the number
    of threads. Raises what ``run`` and ``draw_dates`` raise.

    >>> import trajectories as tj
    >>> study = tj.read_study("sample_data")  # doctest: +SKIP
    >>> date_stability(study, tj.Plan.read("sample_data/plan.yaml")).people().head()  # doctest: +SKIP
    """
    from trajectories.sequences.draws import draw_dates

    if draws < 2:
        raise SettingError(f"date_stability needs at least 2 draws, not {draws}; 20 to 50 are usual.")
    reference = run(study, plan, cache=cache)
    drawn = draw_dates(study, draws, seed)
    told = progress or (lambda stage, done, total: None)
    told("draws of dates", 0, draws)
    found: list[_Draw] = []
    with ThreadPoolExecutor(min(draws, os.cpu_count() or 1)) as pool:
        try:
            for one in pool.map(lambda draw: _analysed(reference, draw), drawn):
                found.append(one)
                told("draws of dates", len(found), draws)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return _gathered(reference, drawn, found, seed)


class _Draw(NamedTuple):
    """What one draw found."""

    rand: float
    analysed: int
    widths: dict[int, float]
    types: Codes
    """The draw's own type of each person of the reference, (people,); UNTYPED for those without."""
    answers: Codes


def _analysed(reference: Findings, draw: DateDraw) -> _Draw:
    from trajectories.findings.statements import silhouettes
    from trajectories.typology.agreement import compare_typologies

    findings = run(reference.study, reference.plan, cache=Cache(8), dates=draw)
    here, there = reference.types, findings.types
    agreement = compare_typologies(here, there)
    type_of = dict(zip(there.ids, there.types.tolist(), strict=True))
    types = np.array([type_of.get(person, UNTYPED) for person in here.ids], dtype=np.int64)
    answer = {b: a for a, b in agreement.matched} | {UNTYPED: UNTYPED}
    answers = np.array([answer.get(t, UNMATCHED) for t in types.tolist()], dtype=np.int64)
    return _Draw(agreement.rand, len(there.ids), silhouettes(findings), types, answers)


def _gathered(
    reference: Findings, drawn: tuple[DateDraw, ...], found: list[_Draw], seed: int
) -> DateStability:
    answers = np.array([one.answers for one in found])
    ks = sorted({k for one in found for k in one.widths})
    return DateStability(
        typology=reference.types,
        seed=seed,
        rand=np.array([one.rand for one in found]),
        analysed=np.array([one.analysed for one in found]),
        widths={k: np.array([one.widths.get(k, np.nan) for one in found]) for k in ks},
        answers=answers,
        together=_together(np.array([one.types for one in found])),
        dates=_telling(reference, drawn, answers, seed),
    )


def _together(types: Codes) -> NDArray[np.float32]:
    """Share of the draws with both in which two people share a type, from (draws, people)."""
    n = types.shape[1]
    same, both = np.zeros((n, n), dtype=np.float32), np.zeros((n, n), dtype=np.float32)
    for row in types:
        typed = row != UNTYPED
        pair = typed[:, None] & typed[None, :]
        both += pair
        same += pair & (row[:, None] == row[None, :])
    return np.divide(same, both, out=np.full((n, n), np.nan, dtype=np.float32), where=both > 0)


def _telling(
    reference: Findings, drawn: tuple[DateDraw, ...], answers: Codes, seed: int
) -> dict[str, TellingDate]:
    """The telling date of each person who is elsewhere in some draws."""
    found = {}
    for i, person in enumerate(reference.types.ids):
        typed = answers[:, i] != UNTYPED
        elsewhere = answers[typed, i] != reference.types.types[i]
        if not elsewhere.any():
            continue
        biography = reference.study.biography(person)
        life = drawn[0].moments[person]
        moments, days = vague_moments(life, drawn, biography, reference.plan.grid, reference.domains)
        date = telling_date(days[typed], moments, elsewhere, seed + zlib.crc32(person.encode()))
        if date is not None:
            found[person] = date
    return found


def _date_columns(date: TellingDate | None) -> tuple[str, str, str, str, str, str, float, float]:
    if date is None:
        return "", "", "", "", "", "", float("nan"), float("nan")
    return (date.moment.name, date.written, date.place, *date.window, date.side, date.separation,
            date.p_value)  # fmt: skip


def _agreement(rand: float) -> str:
    """Words for an adjusted Rand index, after Steinley (2004)."""
    if rand >= 0.9:
        return "stay as they are"
    if rand >= 0.8:
        return "stay much as they are"
    if rand >= 0.65:
        return "stay roughly as they are"
    return "change a good deal"
