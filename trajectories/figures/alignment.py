"""Two lives one above the other, and what an alignment makes of them: why they are as unlike as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import sqrt

from trajectories.alignment.alignment import KINDS, Alignment, Kind, Step
from trajectories.alignment.sentences import amount
from trajectories.coding.codebook import Domain
from trajectories.errors import SettingError
from trajectories.figures import style
from trajectories.figures.clock import Clock, clock
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel, Ribbon, Ribbons
from trajectories.figures.parts import notes
from trajectories.sequences.sequences import MISSING, VOID, Sequences
from trajectories.wording import counted, joined

KEPT, SUBSTITUTED, ALONE = "#dee2e6", "#f4a3c0", "#495057"
"""Ribbons of months that are the same in both lives, that are not, and those that only one life has."""
_HALF = 0.32
"""Of a row, half of what its bars take."""
_WEDGE = 0.52
"""How far a month without a counterpart reaches towards the other life."""


@dataclass(frozen=True)
class _Run:
    """Neighbouring months to which the same happens in one domain: columns of both lives (empty where there
    is none), what becomes of them, at what cost."""

    one: tuple[int, ...]
    other: tuple[int, ...]
    states: tuple[str, str]
    cost: float

    @property
    def months(self) -> int:
        return max(len(self.one), len(self.other))

    @property
    def alone(self) -> bool:
        """Whether only one of the lives has them."""
        return not self.one or not self.other

    @property
    def kind(self) -> Kind:
        if self.alone:
            return "deleted" if self.one else "inserted"
        return "kept" if self.states[0] == self.states[1] else "substituted"

    @property
    def colour(self) -> str:
        return {"kept": KEPT, "substituted": SUBSTITUTED}.get(self.kind, ALONE)


def plot_alignment(lives: Sequences, alignment: Alignment) -> Figure:
    """Draw how one life is turned into another: both lives, and ribbons between the months that are matched.

    Grey ribbons join months in the same state, pink ones months in which one state stands for another, each
    with its cost; dark wedges are months that the other life lacks. A slanted ribbon joins months that lie at
    different times. The table is that of the alignment. Two real people: not for publication. Raises
    SettingError for an alignment of other lives.

    >>> import trajectories as tj
    >>> lives = tj.read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> tj.plot_alignment(lives, tj.explain(lives, tj.Hamming(), "A", "B")).panels[0].subtitle
    'costs 1: 1 position kept, 1 substituted'
    """
    if not isinstance(alignment, Alignment):
        raise SettingError("Draw lives with an alignment of two of them, as explain(lives, measure, one, "
                           f"other) makes it; this is no alignment but {type(alignment).__name__}.")
    table = alignment.table()
    names = list(dict.fromkeys(table["domain"].tolist()))
    pair = lives.select([alignment.one, alignment.other])
    if not names or not {domain.name for domain in lives.domains} >= set(names):
        raise SettingError("This alignment is one of other lives: they do not have its domains "
                           f"({', '.join(names)}). Draw it with the lives it was made from.")  # fmt: skip
    shown = pair.only(*names)
    axis = clock(shown)
    panels = tuple(_panel(shown, alignment, layer, axis, last=layer == len(names) - 1)
                   for layer in range(len(names)))  # fmt: skip
    return Figure(
        title=f"How the life of {alignment.one} becomes that of {alignment.other}",
        summary=_summary(alignment),
        panels=panels,
        table=table,
        legends=(_meanings(alignment), *(_legend(shown, layer) for layer in range(len(names)))),
        heights=(1.0,) * len(names),
        size=(7.0, 1.6 + 1.45 * len(names)),
        note=_note(alignment),
    )


def _panel(pair: Sequences, alignment: Alignment, layer: int, axis: Clock, *, last: bool) -> Panel:
    domain = pair.domains[layer]
    runs = list(_runs(alignment.steps, layer, [str(p) for p in pair.positions]))
    bars = tuple(bar for row in (0, 1) for bar in _bars(pair, row, layer, axis))
    ribbons = tuple(_ribbon(run, alignment, axis) for run in sorted(runs, key=lambda run: run.alone))
    return Panel(
        (Ribbons(ribbons), Bars(bars, (alignment.one, "", alignment.other)), *axis.zero),
        axis.axis(6.0, labelled=last), Axis("", ticks=()), title=domain.label or domain.name,
        subtitle=_told(runs, alignment.root), row=layer,
    )  # fmt: skip


def _runs(steps: tuple[Step, ...], layer: int, positions: list[str]) -> Iterator[_Run]:
    """The steps as one domain sees them, neighbours in the same states together."""
    column = {position: i for i, position in enumerate(positions)}
    places = [tuple(None if at is None else column[str(at)] for at in (s.at_one, s.at_other)) for s in steps]
    run: list[int] = []
    for number, step in enumerate(steps):
        change = step.changes[layer]
        if run and not (change == steps[run[-1]].changes[layer] and _next(places[run[-1]], places[number])):
            yield _run(run, steps, places, layer)
            run = []
        run.append(number)
    if run:
        yield _run(run, steps, places, layer)


def _next(before: tuple[int | None, ...], after: tuple[int | None, ...]) -> bool:
    """Whether each life stays in its column or goes on to the next, if it is there at all."""
    return all(b is None if a is None else b is not None and b - a in (0, 1)
               for a, b in zip(before, after, strict=True))  # fmt: skip


def _run(run: list[int], steps: tuple[Step, ...], places: list[tuple[int | None, ...]], layer: int) -> _Run:
    one, other = (tuple(dict.fromkeys(at for number in run if (at := places[number][side]) is not None))
                  for side in (0, 1))  # fmt: skip
    first = steps[run[0]].changes[layer]
    cost = sum(steps[number].changes[layer].cost for number in run)
    return _Run(one, other, (first.one, first.other), cost)


def _ribbon(run: _Run, alignment: Alignment, axis: Clock) -> Ribbon:
    text = f"{run.cost:.3g}" if run.cost or run.kind != "kept" else ""
    upper, lower = _span(run.one, axis), _span(run.other, axis)
    top, bottom = _HALF + 0.04, 2 - _HALF - 0.04
    if upper is None:
        middle = sum(lower or (0.0, 0.0)) / 2
        upper, top = (middle, middle), bottom - _WEDGE
    elif lower is None:
        middle = sum(upper) / 2
        lower, bottom = (middle, middle), top + _WEDGE
    assert lower is not None
    return Ribbon(upper, lower, top, bottom, run.colour, text, _hover(run, alignment, axis))


def _span(columns: tuple[int, ...], axis: Clock) -> tuple[float, float] | None:
    return (axis.edges[columns[0]], axis.edges[columns[-1] + 1]) if columns else None


def _hover(run: _Run, alignment: Alignment, axis: Clock) -> str:
    lives = zip((alignment.one, alignment.other), run.states, (run.one, run.other), strict=True)
    where = [f"{person}: {state}, {_when(columns, axis)}" for person, state, columns in lives if columns]
    return "\n".join([*where, f"{run.kind}: {counted(run.months, 'position')}, cost {run.cost:.4g}"])


def _when(columns: tuple[int, ...], axis: Clock) -> str:
    first, last = axis.names[columns[0]], axis.names[columns[-1]]
    return first if first == last else f"{first} to {last}"


def _bars(pair: Sequences, row: int, layer: int, axis: Clock) -> Iterator[Bar]:
    """The life's spells in one domain."""
    states, domain = pair.states[row, layer], pair.domains[layer]
    observed = (pair.states[row] != VOID).any(axis=0)
    codes = [int(MISSING) if seen and code == VOID else int(code)
             for code, seen in zip(states, observed, strict=True)]  # fmt: skip
    for code, places in groupby(range(len(codes)), key=lambda place: codes[place]):
        if code == VOID:
            continue
        columns = tuple(places)
        span = _span(columns, axis)
        assert span is not None
        label, colour = _shown(domain, code)
        hover = f"{pair.ids[row]}: {label}\n{_when(columns, axis)}"
        yield Bar(2 * row, *span, colour=colour, text=label, hover=hover)


def _shown(domain: Domain, code: int) -> tuple[str, str]:
    if code == MISSING:
        return style.MISSING_LABEL, style.MISSING_FILL
    state = domain.states[code]
    return state.label or state.code, domain.colours[state.code]


def _told(runs: list[_Run], root: bool) -> str:
    """``costs 4.5: 10 positions kept, 2 substituted, 3 deleted``; of square roots, what is under them."""
    months = dict.fromkeys(KINDS, 0)
    for run in runs:
        months[run.kind] += run.months
    said = [f"{number} {kind}" for kind, number in months.items() if number]
    said[0] = said[0].replace(" ", " position " if said[0].startswith("1 ") else " positions ", 1)
    added = sum(run.cost for run in runs)
    cost = f"costs {amount(sqrt(added))}, the root of {amount(added)}" if root else f"costs {amount(added)}"
    return f"{cost}: {', '.join(said)}"


def _meanings(alignment: Alignment) -> Legend:
    """What the colours of ribbons mean, those that there are."""
    changes = [change for step in alignment.steps for change in step.changes]
    here = {(KEPT if c.one == c.other else SUBSTITUTED) if c.one and c.other else ALONE for c in changes}
    keys = (Key("same state", KEPT), Key("one state for another", SUBSTITUTED),
            Key("only in one of the lives", ALONE))  # fmt: skip
    return Legend("Alignment", tuple(key for key in keys if key.colour in here))


def _legend(pair: Sequences, layer: int) -> Legend:
    """The states of the two lives, in the codebook's order."""
    domain = pair.domains[layer]
    keys = [Key(*_shown(domain, code)) for code in range(len(domain.states))
            if (pair.states[:, layer] == code).any()]  # fmt: skip
    seen = (pair.states != VOID).any(axis=1)
    unknown = ((pair.states[:, layer] < 0) & seen).any()
    return Legend(domain.label or domain.name, (*keys, *([Key(*_shown(domain, MISSING))] if unknown else [])))


def _summary(alignment: Alignment) -> str:
    kinds = [step.kind for step in alignment.steps]
    said = [f"{kinds.count(kind)} {kind}" for kind in KINDS if kind in kinds]
    shares = [f"{alignment.label(domain)} {amount(cost)}" for domain, cost in alignment.by_domain().items()]
    by = f" ({', '.join(shares)})" if len(shares) > 1 else ""
    changes = [told for told in alignment.sentences()
               if told.startswith(("Substituted", "Deleted", "Inserted"))]  # fmt: skip
    return (f"{alignment.one} and {alignment.other} are {amount(alignment.cost)} apart{by}: of "
            f"{counted(len(kinds), 'step')}, {joined(said)}. " + " ".join(changes[:6])).rstrip()  # fmt: skip


def _note(alignment: Alignment) -> str:
    slanted = any(s.at_one is not None and s.at_other is not None and s.at_one != s.at_other
                  for s in alignment.steps)  # fmt: skip
    squares = ", before the square root is taken" if alignment.root else ""
    norm = alignment.normalised
    return notes(
        f"By {alignment.measure}{'' if norm is None else f'; normalised {amount(norm)}'}.",
        f"Numbers: what these positions cost together, weighted{squares}.", alignment.rule,
        "Slanted ribbons join positions that lie at different times." if slanted else "",
    )  # fmt: skip
