"""A typology beside those that other possible datings of the same lives would have made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.findings.telling_dates import TellingDate
from trajectories.typology.typology import Typology
from trajectories.wording import joined, people, percent

if TYPE_CHECKING:
    import pandas as pd

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
    alone: Codes
    """The type whose medoid each person's drawn life is nearest to when everybody else's life stays as
    reported, (draws, people), 0..k-1; UNTYPED."""
    nearest: Codes
    """The same of their life as reported, (people,): with PAM the own type."""
    together: NDArray[np.float32]
    """Of the draws in which both have a type, the share in which two people share it, (people, people); nan
    where there are none."""
    dates: Mapping[str, TellingDate]
    """The telling date of each person whose own dates take them elsewhere in some draws."""
    vague: int
    """How many of the people have a date that the analysis depends on and that may be several days."""

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
    def own_shares(self) -> Floats:
        """Share of the draws in which each person would stay where they are if only their own dates were in
        doubt, (people,)."""
        typed = (self.alone != UNTYPED).sum(axis=0)
        same = (self.alone == self.nearest).sum(axis=0)
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
        own_share (of those, where they would stay if only their own dates were in doubt), other (the type
        they are in most of the other draws, empty for one that answers to none). Somebody whose own_share is
        1 and share is not moves because other lives do, and the types with them. For those whose own dates
        take them elsewhere, the date whose drawn days best tell when: moment, date (as written), place
        (file:line), earliest, latest, side (``late``: elsewhere when it lies late), separation (0 to 1),
        p_value; where that is not small, it is no single date.
        """
        import pandas as pd

        shares, own, types = self.shares, self.own_shares, self.typology.types
        typed = (self.answers != UNTYPED).sum(axis=0)
        rows = [
            (person, self.typology.names[types[i]], int(typed[i]), float(shares[i]), float(own[i]),
             self._other(i), *_date_columns(self.dates.get(person)))
            for i, person in enumerate(self.typology.ids)
        ]  # fmt: skip
        names = ["id", "type", "draws", "share", "own_share", "other", "moment", "date", "place", "earliest",
                 "latest", "side", "separation", "p_value"]  # fmt: skip
        table = pd.DataFrame(rows, columns=names)
        return table.sort_values(["share", "own_share"], kind="stable", ignore_index=True)

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
        if not self.vague:
            return [f"No date in these {people(len(self.typology.ids))}'s lives that counts here may be "
                    "another day than the one reported: types depend on none."]  # fmt: skip
        return [self._typology_told(), *self._k_told(), self._people_told(), *self._dates_told()]

    def _typology_told(self) -> str:
        middle, low, high = np.median(self.rand), self.rand.min(), self.rand.max()
        return (f"Over {self.draws} draws of every imprecise date (each a day it allows, in order), the "
                f"types {_agreement(middle)} (adjusted Rand index with those reported {middle:.2f} in the "
                f"median, {low:.2f} to {high:.2f}).")  # fmt: skip

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
        moved, own = int((self.shares < 1).sum()), int((self.own_shares < 1).sum())
        if not moved and not own:
            return []
        told = ("If only a person's own dates were in doubt and everybody else's life were as reported, "
                f"{own or 'nobody'} would be nearer to another type in some draws")  # fmt: skip
        if not own:
            return [f"{told}; those who move do so because the lives of others, and the types with them, do."]
        sure = [date for date in self.dates.values() if date.sure]
        if not sure:
            return [f"{told}; of none of them can it be said that one date does it."]
        kinds = Counter(date.moment.name.partition(":")[0] for date in sure).most_common()
        places = joined([f"{kind} {n}" for kind, n in kinds])
        return [f"{told}; for {len(sure)} of them it is one date (permutation p below 0.05, which chance "
                f"would give to about {round(0.05 * len(self.dates))}; {places}): worth another look into "
                "the interview."]  # fmt: skip

    def _other(self, person: int) -> str:
        own = self.typology.types[person]
        there = [a for a in self.answers[:, person].tolist() if a not in (own, UNTYPED)]
        if not there:
            return ""
        most = Counter(there).most_common(1)[0][0]
        return "" if most == UNMATCHED else self.typology.names[most]

    def __repr__(self) -> str:
        return f"DateStability over {self.draws} draws (seed {self.seed}): {self._typology_told()}"


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
