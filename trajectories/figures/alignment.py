"""Two lives one above the other, and what an alignment makes of them: why they are as unlike as they are."""

from __future__ import annotations

from collections.abc import Iterator

from trajectories.alignment.explaining.alignment import Alignment, Step
from trajectories.errors import SettingError
from trajectories.figures import aligned
from trajectories.figures.aligned import Run
from trajectories.figures.aligned_events import event_runs, plot_events
from trajectories.figures.aligned_shares import share_runs
from trajectories.figures.clock import Clock, clock
from trajectories.figures.figure import Axis, Bars, Figure, Panel, Ribbons
from trajectories.sequences.event_lives import EventLives
from trajectories.sequences.sequences import Sequences


def plot_alignment(lives: Sequences | EventLives, alignment: Alignment) -> Figure:
    """Draw how one life is turned into another: both lives, and ribbons between the months that are matched.

    Grey ribbons join months in the same state, pink ones months in which one state stands for another, each
    with its cost; dark wedges are months that the other life lacks. A slanted ribbon joins months that lie at
    different times. Of lives as events, ribbons and wedges are single events; of shares of time, ribbons are
    intervals. The table is that of the alignment. Two real people: not for publication. Raises SettingError
    for an alignment of other lives.

    >>> import trajectories as tj
    >>> lives = tj.read_sequences([{"id": "A", "1": "x", "2": "y"}, {"id": "B", "1": "x", "2": "x"}])
    >>> tj.plot_alignment(lives, tj.explain(lives, tj.Hamming(), "A", "B")).panels[0].subtitle
    'costs 1: 1 position kept, 1 substituted'
    """
    if not isinstance(alignment, Alignment):
        raise SettingError("Draw lives with an alignment of two of them, as explain(lives, measure, one, "
                           f"other) makes it; this is no alignment but {type(alignment).__name__}.")
    table = alignment.table()
    names = list(alignment.labels) or list(dict.fromkeys(table["domain"].tolist()))
    pair = lives.select([alignment.one, alignment.other])
    if isinstance(pair, EventLives) and alignment.of == "events" and not alignment.labels:
        return plot_events(pair, alignment)
    if isinstance(pair, EventLives) or not {domain.name for domain in pair.domains} >= set(names):
        raise SettingError("This alignment is one of other lives: they do not have its domains "
                           f"({', '.join(names)}). Draw it with the lives it was made from.")  # fmt: skip
    shown = pair.only(*names)
    axis = clock(shown)
    panels = tuple(_panel(shown, alignment, layer, axis, last=layer == len(names) - 1)
                   for layer in range(len(names)))  # fmt: skip
    return Figure(
        title=_title(alignment),
        summary=aligned.summary(alignment),
        panels=panels,
        table=table,
        legends=(aligned.meanings(alignment), *(aligned.legend(shown, layer) for layer in range(len(names)))),
        heights=(1.0,) * len(names),
        size=(7.0, 1.6 + 1.45 * len(names)),
        note=aligned.note(alignment),
    )


def _title(alignment: Alignment) -> str:
    if alignment.of == "shares":
        return f"How the lives of {alignment.one} and {alignment.other} spread over the states"
    return f"How the life of {alignment.one} becomes that of {alignment.other}"


def _panel(pair: Sequences, alignment: Alignment, layer: int, axis: Clock, *, last: bool) -> Panel:
    domain = pair.domains[layer]
    columns = {str(position): i for i, position in enumerate(pair.positions)}
    if alignment.of == "events":
        runs = list(event_runs(alignment.steps, domain.name, columns))
    elif alignment.of == "shares":
        runs = list(share_runs(alignment.steps, columns))
    else:
        runs = list(_runs(alignment.steps, layer, columns))
    bars = tuple(bar for row in (0, 1) for bar in aligned.bars(pair, row, layer, axis))
    ribbons = tuple(aligned.ribbon(run, alignment, axis) for run in sorted(runs, key=lambda run: run.alone))
    return Panel(
        (Ribbons(ribbons), Bars(bars, (alignment.one, "", alignment.other)), *axis.zero),
        axis.axis(6.0, labelled=last), Axis("", ticks=()), title=domain.label or domain.name,
        subtitle=aligned.told(runs, alignment), row=layer,
    )  # fmt: skip


def _runs(steps: tuple[Step, ...], layer: int, column: dict[str, int]) -> Iterator[Run]:
    """The steps as one domain sees them, neighbours in the same states together."""
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


def _run(run: list[int], steps: tuple[Step, ...], places: list[tuple[int | None, ...]], layer: int) -> Run:
    one, other = (tuple(dict.fromkeys(at for number in run if (at := places[number][side]) is not None))
                  for side in (0, 1))  # fmt: skip
    first = steps[run[0]].changes[layer]
    cost = sum(steps[number].changes[layer].cost for number in run)
    return Run(one, other, (first.one, first.other), cost)
