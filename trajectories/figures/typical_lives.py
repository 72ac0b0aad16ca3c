"""A synthetic life for each type, state by state: what may be shown where a medoid, a person, may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trajectories.figures import parts
from trajectories.figures.clock import clock
from trajectories.figures.figure import Axis, Figure, Panel
from trajectories.figures.words import in_two_lines
from trajectories.sequences.sequences import MISSING, VOID
from trajectories.wording import joined, percent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from trajectories.coding.codebook import Domain
    from trajectories.sequences.sequences import Sequences


def plot_typical_lives(typical: Sequences) -> Figure:
    """Draw lives that are nobody's, one a type: those of ``barycentres(...).lives`` or of ``modal_life``.

    A panel a domain, a row a type with the state at each position; pale where too few people are in any one
    state. Made with ``at_least=5`` it can stand in a publication where a medoid, who is a real person,
    cannot. The table has a row a domain and type, a column a position, with the code of the state (``*`` not
    known, ``%`` not observed).
    """
    axis, rules = clock(typical), clock(typical).zero
    marks = [parts.tiles(typical, domain, typical.ids, axis) for domain in typical.domains]
    names = tuple(in_two_lines(name, 24) for name in typical.ids)
    ticks = tuple((i + 0.5, name) for i, name in enumerate(names))
    last = len(marks) - 1
    panels = tuple(
        Panel((mark, *parts.unlabelled(rules)), axis.axis(5.0, labelled=i == last),
              Axis("", ticks=ticks), title=domain.label, row=i)
        for i, (mark, domain) in enumerate(zip(marks, typical.domains, strict=True))
    )  # fmt: skip
    return Figure(
        title="A typical life of each type, nobody's own",
        summary=_summary(typical), panels=panels,
        table=parts.tiles_table(marks, typical, typical.domains).rename(columns={"id": "type"}),
        legends=tuple(parts.legend(typical, domain, missing=True) for domain in typical.domains),
        heights=(1.0,) * len(marks),
        size=(7.0, 1.0 + len(marks) * (0.65 + 0.22 * typical.n) + 0.25 * len(marks)),
        note="Synthetic lives, made of what many people of the type have in common.",
    )  # fmt: skip


def _summary(typical: Sequences) -> str:
    """For each type, the state of most of its time in the first domain."""
    domain = typical.domains[0]
    told = [f"{name}, {_mostly(typical.states[i, 0], domain)}" for i, name in enumerate(typical.ids)]
    return f"One synthetic life for each of {typical.n} types. {domain.label}: {'; '.join(told)}."


def _mostly(states: NDArray[np.int16], domain: Domain) -> str:
    known = [int(state) for state in states if state not in (MISSING, VOID)]
    if not known:
        return "in no state that enough people share"
    order = sorted(set(known), key=lambda state: -known.count(state))[:2]
    return joined([f"{domain.states[s].label} for {percent(known.count(s) / len(known))}" for s in order])
