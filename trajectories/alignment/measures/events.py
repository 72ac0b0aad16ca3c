"""How unlike lives are as sequences of events: what happened, in which order, how far apart in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from trajectories.alignment.computing.blocks import Run, room_for
from trajectories.alignment.computing.lives import Compared, Lives
from trajectories.alignment.explaining.way import Place, cheapest
from trajectories.alignment.given_numbers import in_range
from trajectories.alignment.measures.telling import norm_told, told
from trajectories.coding.problems import choices
from trajectories.errors import SettingError
from trajectories.sequences.event_lives import EventLives, change_events
from trajectories.sequences.sequences import Sequences

Clock = Literal["time", "gap"]
EventNorm = Literal["YujianBo", "maxdist"]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class EventMatching:
    """How much it takes to turn the events of one life into those of another (OME).

    Events of one time are one moment. Inserting or deleting a moment costs the ``indel`` of its events;
    matching two moments costs the indels of the events that only one of them has, and ``shift`` for each unit
    of time between them (Studer, Müller, Ritschard and Gabadinho 2010; Ritschard, Bürgin and Studer 2013).
    ``by`` ``"time"`` compares when they happened, ``"gap"`` how long after the moment before. ``indel``: one
    number, or one for each kind ({"arrest": 2}), 1 for those not named. ``norm``: None, YujianBo 2d / (d + w1
    + w2), or maxdist d / (w1 + w2), with w the indels of all events of a life.

    For ``EventLives`` (``event_lives``, ``read_event_lives``), or for sequences of states, whose events are
    the states entered. To choose when it is what happened that counts, and not how long states were held.
    """

    shift: float = 0.1
    indel: float | Mapping[str, float] = 1.0
    by: Clock = "time"
    norm: EventNorm | None = None

    def __post_init__(self) -> None:
        in_range("shift", self.shift)
        for name, price in self._named.items():
            in_range(f"indel of {name!r}" if name else "indel", price)
        if self.by not in get_args(Clock):
            raise SettingError(f"by must be 'time' or 'gap', not {self.by!r}.")
        if self.norm is not None and self.norm not in get_args(EventNorm):
            raise SettingError(f"There is no normalisation {self.norm!r} of events; choose YujianBo, maxdist "
                               "or None.")  # fmt: skip

    @property
    def _named(self) -> Mapping[str, float]:
        return self.indel if isinstance(self.indel, Mapping) else {"": self.indel}

    def describe(self) -> str:
        indel = "stated by kind" if isinstance(self.indel, Mapping) else f"{self.indel:g}"
        clock = "" if self.by == "time" else "gaps between events"
        return told("event matching", f"indel {indel}", f"shift {self.shift:g}", clock, norm_told(self.norm))

    def compare(self, sequences: Sequences | EventLives, run: Run) -> Compared:
        """Dissimilarities among lives. Raises SettingError for an indel of a kind that the lives do not have.
        """
        from trajectories.alignment.kernels.events import events_row

        events = sequences if isinstance(sequences, EventLives) else change_events(sequences)
        prices = self.prices(events.kinds)
        sets, times, lengths, kinds = _laid_out(events, gaps=self.by == "gap")
        alone, apart = _apart(kinds, prices)
        lives = Lives(sets[:, :, None], lengths, np.arange(events.n))
        whole = np.array([alone[sets[i, : lengths[i]]].sum() for i in range(events.n)])
        pairs = run.pairs(lives)
        found = room_for(pairs, events.n, run.number)
        for i, others, row in run.each(pairs, found):
            start, stop, _ = others.indices(events.n)
            costs = np.empty(stop - start)
            events_row(apart, alone, float(self.shift), sets, times, lengths, i, start, stop, costs)
            row[:] = self._normalised(costs, whole[i] + whole[others])
        return Compared(lives, found)

    def way(self, events: EventLives, one: str, other: str) -> tuple[list[Place], Numbers]:
        """The way of least cost through two people's moments, and what the time between each two of them
        costs."""
        pair = events.select([one, other])
        prices = self.prices(pair.kinds)
        sets, times, (m, n), kinds = _laid_out(pair, gaps=self.by == "gap")
        alone, apart = _apart(kinds, prices)
        shifted = float(self.shift) * np.abs(np.subtract.outer(times[0, :m], times[1, :n]))
        match = apart[np.ix_(sets[0, :m], sets[1, :n])] + shifted
        return cheapest(match, alone[sets[0, :m]][:, None], alone[sets[1, :n]][None]), shifted

    def prices(self, kinds: tuple[str, ...]) -> Numbers:
        """What an event of each kind costs that only one life has. Raises SettingError for an indel of
        another kind."""
        if not isinstance(self.indel, Mapping):
            return np.full(len(kinds), float(self.indel))
        for name in self.indel:
            if name not in kinds:
                raise SettingError(f"indel names {name!r}, which is no kind of event of these lives. "
                                   f"{choices(name, kinds, 'They have')}")  # fmt: skip
        return np.array([float(self.indel.get(kind, 1.0)) for kind in kinds])

    def _normalised(self, costs: Numbers, whole: Numbers) -> Numbers:
        if self.norm is None:
            return costs
        top, below = (2 * costs, costs + whole) if self.norm == "YujianBo" else (costs, whole)
        return np.asarray(np.divide(top, below, out=np.zeros_like(costs), where=costs > 0))


def _apart(kinds: Numbers, prices: Numbers) -> tuple[Numbers, Numbers]:
    """What the events of each set cost alone, and those that only one of each two sets has."""
    alone = kinds @ prices
    return alone, np.maximum(alone[:, None] + alone[None, :] - 2 * (kinds * prices) @ kinds.T, 0.0)


def _laid_out(events: EventLives, *,
              gaps: bool) -> tuple[NDArray[np.int32], Numbers, NDArray[np.int64], Numbers]:
    """Each life's moments as numbers of sets and times (lives, moments), how many there are, and which kinds
    each set holds (sets, kinds)."""
    different = dict.fromkeys(kinds for life in events.moments for _, kinds in life)
    number = {kinds: i for i, kinds in enumerate(different)}
    lengths = np.array([len(life) for life in events.moments], dtype=np.int64)
    shape = (events.n, max(int(lengths.max(initial=0)), 1))
    sets, times = np.zeros(shape, dtype=np.int32), np.zeros(shape)
    for i, life in enumerate(events.moments):
        sets[i, : len(life)] = [number[kinds] for _, kinds in life]
        when = np.array([time for time, _ in life])
        times[i, : len(life)] = np.diff(when, prepend=0.0) if gaps else when
    holds = np.zeros((max(len(number), 1), len(events.kinds)))
    for kinds, row in number.items():
        holds[row, list(kinds)] = 1.0
    return sets, times, lengths, holds
