"""What figures of alignments are made of: the bars of a life, the ribbons between two, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import sqrt

from trajectories.alignment.explaining.alignment import KINDS, Alignment, Kind
from trajectories.coding.codebook import Domain
from trajectories.figures import style
from trajectories.figures.clock import Clock
from trajectories.figures.figure import Bar, Key, Legend, Ribbon
from trajectories.figures.parts import notes
from trajectories.sequences.sequences import MISSING, VOID, Sequences
from trajectories.wording import amount, counted, joined

KEPT, SUBSTITUTED, ALONE = "#dee2e6", "#f4a3c0", "#495057"
"""Ribbons of months that are the same in both lives, that are not, and those that only one life has."""
_HALF = 0.32
"""Of a row, half of what its bars take."""
_WEDGE = 0.52
"""How far a month without a counterpart reaches towards the other life."""
_SHARES: dict[Kind, str] = {"kept": "alike", "substituted": "unlike"}
"""What is said of intervals, in which nothing is kept or substituted."""
Span = tuple[float, float]


@dataclass(frozen=True)
class Run:
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


def ribbon(run: Run, alignment: Alignment, axis: Clock) -> Ribbon:
    """What joins the months of a run in both lives, or reaches out from those of one."""
    return joining(run, _span(run.one, axis), _span(run.other, axis), _hover(run, alignment, axis))


def joining(run: Run, upper: Span | None, lower: Span | None, hover: str) -> Ribbon:
    """A ribbon from a stretch of the upper life to one of the lower; a wedge where there is none."""
    text = f"{run.cost:.3g}" if run.cost or run.kind != "kept" else ""
    top, bottom = _HALF + 0.04, 2 - _HALF - 0.04
    if upper is None:
        middle = sum(lower or (0.0, 0.0)) / 2
        upper, top = (middle, middle), bottom - _WEDGE
    elif lower is None:
        middle = sum(upper) / 2
        lower, bottom = (middle, middle), top + _WEDGE
    assert lower is not None
    return Ribbon(upper, lower, top, bottom, run.colour, text, hover)


def _span(columns: tuple[int, ...], axis: Clock) -> Span | None:
    return (axis.edges[columns[0]], axis.edges[columns[-1] + 1]) if columns else None


def _hover(run: Run, alignment: Alignment, axis: Clock) -> str:
    lives = zip((alignment.one, alignment.other), run.states, (run.one, run.other), strict=True)
    where = [f"{person}: {state}, {_when(columns, axis)}" for person, state, columns in lives if columns]
    kind = _SHARES.get(run.kind, run.kind) if alignment.of == "shares" else run.kind
    return "\n".join([*where, f"{kind}: {counted(run.months, noun(alignment))}, cost {run.cost:.4g}"])


def _when(columns: tuple[int, ...], axis: Clock) -> str:
    first, last = axis.names[columns[0]], axis.names[columns[-1]]
    return first if first == last else f"{first} to {last}"


def bars(pair: Sequences, row: int, layer: int, axis: Clock) -> Iterator[Bar]:
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


def noun(alignment: Alignment) -> str:
    """What is matched."""
    return "event" if alignment.of == "events" else alignment.unit


def told(runs: list[Run], alignment: Alignment) -> str:
    """``costs 4.5: 10 positions kept, 2 substituted, 3 deleted``; of square roots, what is under them."""
    number = dict.fromkeys(KINDS, 0)
    for kind, count in _counted(runs, alignment):
        number[kind] += count
    names = _SHARES if alignment.of == "shares" else {}
    said = [f"{count} {names.get(kind, kind)}" for kind, count in number.items() if count]
    what = "step" if _pauses(alignment) else noun(alignment)
    if said:
        said[0] = said[0].replace(" ", f" {what} " if said[0].startswith("1 ") else f" {what}s ", 1)
    added = sum(run.cost for run in runs)
    root = f"{amount(sqrt(added))}, the root of " if alignment.root else ""
    return f"costs {root}{amount(added)}: {', '.join(said) or f'no {what}s'}"


def _counted(runs: list[Run], alignment: Alignment) -> list[tuple[Kind, int]]:
    """What becomes of how many positions; of steps, where a position may take part in several."""
    if _pauses(alignment):
        return [(step.kind, 1) for step in alignment.steps]
    return [(run.kind, run.months) for run in runs]


def _pauses(alignment: Alignment) -> bool:
    """Whether a position takes part in several steps."""
    if alignment.of != "positions":
        return False
    both = ([step.at_one for step in alignment.steps], [step.at_other for step in alignment.steps])
    return any(len(set(places) - {None}) < len(places) - places.count(None) for places in both)


def meanings(alignment: Alignment) -> Legend:
    """What the colours of ribbons mean, those that there are."""
    changes = [change for step in alignment.steps for change in step.changes]
    here = {(KEPT if c.one == c.other else SUBSTITUTED) if c.one and c.other else ALONE for c in changes}
    if alignment.of == "shares":
        here = {KEPT if step.kind == "kept" else SUBSTITUTED for step in alignment.steps}
    words = {"positions": ("same state", "one state for another"), "events": ("in both lives", ""),
             "shares": ("same shares of time", "other shares of time")}[alignment.of]  # fmt: skip
    keys = Key(words[0], KEPT), Key(words[1], SUBSTITUTED), Key("only in one of the lives", ALONE)
    return Legend("Alignment", tuple(key for key in keys if key.colour in here))


def legend(pair: Sequences, layer: int) -> Legend:
    """The states of the two lives, in the codebook's order."""
    domain = pair.domains[layer]
    keys = [Key(*_shown(domain, code)) for code in range(len(domain.states))
            if (pair.states[:, layer] == code).any()]  # fmt: skip
    seen = (pair.states != VOID).any(axis=1)
    unknown = ((pair.states[:, layer] < 0) & seen).any()
    return Legend(domain.label or domain.name, (*keys, *([Key(*_shown(domain, MISSING))] if unknown else [])))


def summary(alignment: Alignment) -> str:
    kinds = [step.kind for step in alignment.steps]
    names = _SHARES if alignment.of == "shares" else {}
    said = [f"{kinds.count(kind)} {names.get(kind, kind)}" for kind in KINDS if kind in kinds]
    shares = [f"{alignment.label(domain)} {amount(cost)}" for domain, cost in alignment.by_domain().items()]
    by = f" ({', '.join(shares)})" if len(shares) > 1 else ""
    what = {"positions": "step", "events": "moment", "shares": "interval"}[alignment.of]
    steps = f"of {counted(len(kinds), what)}, {joined(said)}"
    changes = [told for told in alignment.sentences()[: len(kinds)] if _changes(told)]
    return (f"{alignment.one} and {alignment.other} are {amount(alignment.cost)} apart{by}: "
            f"{steps if kinds else 'neither has any event'}. " + " ".join(changes[:6])).rstrip()  # fmt: skip


def _changes(sentence: str) -> bool:
    """Whether it tells of a step that changes something."""
    return sentence.startswith(("Substituted", "Deleted", "Inserted", "At one moment", "Unlike"))


def note(alignment: Alignment) -> str:
    slanted = any(s.at_one is not None and s.at_other is not None and s.at_one != s.at_other
                  for s in alignment.steps)  # fmt: skip
    what = noun(alignment)
    squares = ", before the square root is taken" if alignment.root else ""
    norm = alignment.normalised
    numbers = f"Numbers: what these {what}s cost together, weighted{squares}."
    return notes(
        f"By {alignment.measure}{'' if norm is None else f'; normalised {amount(norm)}'}.",
        "" if alignment.of == "events" else numbers,
        alignment.rule,
        f"Slanted ribbons join {what}s that lie at different times." if slanted else "",
    )  # fmt: skip

