"""An alignment of events, drawn: those that both lives have joined, those of one alone as wedges."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from trajectories.alignment.explaining.alignment import Alignment, Change, Step, Where
from trajectories.figures import aligned
from trajectories.figures.aligned import Run, Span
from trajectories.figures.figure import Axis, Bar, Bars, Figure, Key, Legend, Panel, Ribbons
from trajectories.figures.style import TYPES
from trajectories.sequences.event_lives import EventLives
from trajectories.wording import amount

Spans = tuple[Span | None, Span | None]
_WIDTH = 1 / 70
"""Of the whole axis, what an event takes."""


def event_runs(steps: tuple[Step, ...], domain: str, column: dict[str, int]) -> Iterator[Run]:
    """The events of one domain of lives as states, each where its state is entered."""
    for step in steps:
        here, there = (() if at is None else (column[str(at)],) for at in (step.at_one, step.at_other))
        for change in step.changes:
            if change.domain == domain:
                yield Run(here if change.one else (), there if change.other else (),
                          (change.one, change.other), change.cost)  # fmt: skip


def plot_events(pair: EventLives, alignment: Alignment) -> Figure:
    """Draw two lives as events, one above the other, and what is matched."""
    times = [time for life in pair.moments for time, _ in life]
    low, high = (min(times), max(times)) if times else (0.0, 1.0)
    width = ((high - low) or 1.0) * _WIDTH
    labels = pair.labels or pair.kinds
    present = [label for kind, label in enumerate(labels)
               if any(kind in kinds for life in pair.moments for _, kinds in life)]  # fmt: skip
    colours = {label: TYPES[number % len(TYPES)] for number, label in enumerate(dict.fromkeys(present))}
    drawn = list(_drawn(alignment, width))
    runs = [run for run, _ in drawn]
    bars = tuple(bar for run, spans in drawn for bar in _bars(run, spans, alignment, colours, pair.unit))
    ribbons = tuple(aligned.joining(run, *spans, _hover(run, spans, alignment, pair.unit))
                    for run, spans in sorted(drawn, key=lambda one: one[0].alone))  # fmt: skip
    panel = Panel(
        (Ribbons(ribbons), Bars(bars, (alignment.one, "", alignment.other))),
        Axis(pair.unit, low - width, max([high + width, *(bar.end for bar in bars)], default=inf)),
        Axis("", ticks=()), title="Events", subtitle=aligned.told(runs, alignment),
    )  # fmt: skip
    return Figure(
        title=f"How the events of {alignment.one} become those of {alignment.other}",
        summary=aligned.summary(alignment),
        panels=(panel,),
        table=alignment.table(),
        legends=(aligned.meanings(alignment),
                 Legend("Events", tuple(Key(label, colour) for label, colour in colours.items()))),
        size=(7.0, 3.05),
        note=aligned.note(alignment),
    )  # fmt: skip


def _drawn(alignment: Alignment, width: float) -> Iterator[tuple[Run, Spans]]:
    """Each event with where it stands in both lives; those of one moment side by side."""
    for step in alignment.steps:
        taken = [0, 0]
        for change in step.changes:
            spans = []
            for side, (label, at) in enumerate(((change.one, step.at_one), (change.other, step.at_other))):
                spans.append(_span(at, taken[side], width) if label else None)
                taken[side] += bool(label)
            yield _run(change), (spans[0], spans[1])


def _run(change: Change) -> Run:
    return Run((0,) * bool(change.one), (0,) * bool(change.other), (change.one, change.other), change.cost)


def _span(at: Where, before: int, width: float) -> Span:
    start = float(at or 0) + (before - 0.5) * width
    return start, start + width


def _bars(run: Run, spans: Spans, alignment: Alignment, colours: dict[str, str],
          unit: str) -> Iterator[Bar]:  # fmt: skip
    people = (alignment.one, alignment.other)
    for row, (person, label, span) in enumerate(zip(people, run.states, spans, strict=True)):
        if span is not None:
            yield Bar(2 * row, *span, colour=colours[label], hover=f"{person}: {label}\n{_at(span, unit)}")


def _hover(run: Run, spans: Spans, alignment: Alignment, unit: str) -> str:
    lives = zip((alignment.one, alignment.other), run.states, spans, strict=True)
    where = [f"{person}: {label}, {_at(span, unit)}" for person, label, span in lives if span is not None]
    return "\n".join([*where, f"{run.kind}, cost {run.cost:.4g}"])


def _at(span: Span, unit: str) -> str:
    return f"at {amount(sum(span) / 2)} ({unit})"
