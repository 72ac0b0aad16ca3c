"""What of a typology depends on dates that nobody knows exactly."""

from __future__ import annotations

import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.findings.cache import Cache
from trajectories.findings.dated_types import UNMATCHED, UNTYPED, Codes, DateStability
from trajectories.findings.stages import Findings, Progress, run
from trajectories.findings.telling_dates import Days, TellingDate, telling_date, vague_moments
from trajectories.processors import processors

if TYPE_CHECKING:
    from trajectories.coding.dating.draws import DateDraw
    from trajectories.coding.dating.moments import Moment
    from trajectories.coding.study import Study
    from trajectories.plan import Plan
    from trajectories.sequences.sequences import Sequences

__all__ = ["DateStability", "date_stability"]


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

    Somebody may move because of their own dates, or because others moved and the types with them. To tell
    these apart, each drawn life alone is held against the plan's medoids, with the plan's costs and everybody
    else as reported. For a person whom this takes elsewhere in some draws, the imprecise date whose drawn
    days best tell these draws from the others is named, with a permutation p (see ``telling_date``). 20 to 50
    draws are usual; with 20, somebody must be elsewhere in at least two of them before any date can be told.

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
    with ThreadPoolExecutor(min(draws, processors())) as pool:
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
    alone: Codes


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
    alone = _nearest(reference, findings.aligned)
    return _Draw(agreement.rand, len(there.ids), silhouettes(findings), types, answers, alone)


def _nearest(reference: Findings, lives: Sequences) -> Codes:
    """The type whose medoid, as reported, each life is nearest to, for the people of the reference; UNTYPED
    for those without a life here."""
    from trajectories.findings.measures import compared_to

    here = set(reference.types.ids)
    known = lives.select(person for person in lives.ids if person in here)
    medoids = reference.aligned.select(reference.types.medoids)
    far = compared_to(known, medoids, reference.costs, reference.plan.measure)
    type_of = dict(zip(known.ids, far.argmin(axis=1).tolist(), strict=True))
    return np.array([type_of.get(person, UNTYPED) for person in reference.types.ids], dtype=np.int64)


def _gathered(
    reference: Findings, drawn: tuple[DateDraw, ...], found: list[_Draw], seed: int
) -> DateStability:
    alone, nearest = np.array([one.alone for one in found]), _nearest(reference, reference.aligned)
    ks = sorted({k for one in found for k in one.widths})
    return DateStability(
        typology=reference.types,
        seed=seed,
        rand=np.array([one.rand for one in found]),
        analysed=np.array([one.analysed for one in found]),
        widths={k: np.array([one.widths.get(k, np.nan) for one in found]) for k in ks},
        answers=np.array([one.answers for one in found]),
        alone=alone,
        nearest=nearest,
        together=_together(np.array([one.types for one in found])),
        dates=_telling(reference, drawn, alone, nearest, seed),
        vague=sum(bool(_vague(reference, drawn, person)[0]) for person in reference.types.ids),
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
    reference: Findings, drawn: tuple[DateDraw, ...], alone: Codes, nearest: Codes, seed: int
) -> dict[str, TellingDate]:
    """The telling date of each person whom their own dates take elsewhere in some draws."""
    found = {}
    for i, person in enumerate(reference.types.ids):
        typed = alone[:, i] != UNTYPED
        elsewhere = alone[typed, i] != nearest[i]
        if not elsewhere.any():
            continue
        moments, days = _vague(reference, drawn, person)
        date = telling_date(days[typed], moments, elsewhere, seed + zlib.crc32(person.encode()))
        if date is not None:
            found[person] = date
    return found


def _vague(reference: Findings, drawn: tuple[DateDraw, ...], person: str) -> tuple[list[Moment], Days]:
    """Somebody's dates that the analysis depends on and that differ between draws, with their days."""
    biography, grid = reference.study.biography(person), reference.plan.grid
    return vague_moments(drawn[0].moments[person], drawn, biography, grid, reference.domains)
