"""Whether enough lives are left for what a plan asks, and what to change when not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError
from trajectories.findings.words import steps, window
from trajectories.sequences.sequences import VOID, Sequences
from trajectories.wording import people

if TYPE_CHECKING:
    from trajectories.findings.stages import Findings


def require_enough(findings: Findings) -> None:
    """Raise SettingError when nobody, or fewer than k + 1 people, can be analysed."""
    lives, plan = findings.lives, findings.plan
    if lives.n == 0:
        raise SettingError(_nobody(findings))
    if lives.n < 3:
        raise SettingError(
            f"Only {people(lives.n)} can be analysed{_left_out(lives)}; types of trajectory need at least 3 "
            f"lives. {_way_out(findings)}".strip()
        )
    if plan.types.k >= lives.n:
        raise SettingError(
            f"types.k is {plan.types.k}, but only {people(lives.n)} are analysed{_left_out(lives)}. "
            f"{'Choose k from 2 to' if lives.n > 3 else 'The only k for them is'} {lives.n - 1}. "
            f"{_way_out(findings)}".strip()
        )
    if plan.types.quality[0] >= lives.n:
        raise SettingError(
            f"types.quality begins at {plan.types.quality[0]} types, but only {people(lives.n)} are "
            f"analysed; begin below {lives.n}."
        )


def _nobody(findings: Findings) -> str:
    lives = findings.lives
    return f"Nobody can be analysed{_left_out(lives)}. " + (
        _way_out(findings) or "Choose people less narrowly, or another clock."
    )


def _left_out(lives: Sequences) -> str:
    """`` (3 left out: observed for only part of the window)``; empty when nobody is."""
    counts = Counter(reason for _, reason in lives.left_out).most_common(4)
    if not counts:
        return ""
    said = counts[0][0] if len(counts) == 1 else "; ".join(f"{n} {reason}" for reason, n in counts)
    return f" ({len(lives.left_out):,} left out: {said})"


def _way_out(findings: Findings) -> str:
    """When the window leaves people out: how long they are observed, and a shorter one that keeps most."""
    grid, built = findings.plan.grid, findings.built
    left = {person for person, _ in findings.lives.left_out}
    if not findings.plan.people.complete or not left & set(built.ids):
        return ""
    advice = ("or analyse those observed for part of it too, with people: {complete: false} "
              "(in the dashboard: switch off 'Only lives observed throughout')")  # fmt: skip
    if grid.clock != "since":
        return f"The window ({window(built)}) is longer than people are observed; shorten it, {advice}."
    reach = _reach(built, grid.before)
    middle, most = (int(np.quantile(reach, at)) if reach.size else 0 for at in (0.5, 0.25))
    if most < 1:
        return f"Half of the people are observed for {steps(middle, grid)} or less; shorten it, {advice}."
    return (
        f"Half of the people are observed for {steps(middle, grid)} or longer after the event; after: {most} "
        f"would keep {int((reach >= most).sum())} of {built.n}. Shorten 'after' in the plan's grid (in the "
        f"dashboard: '{grid.step.capitalize()}s before and after'), {advice}."
    )


def _reach(built: Sequences, before: int) -> NDArray[np.int64]:
    """For how many positions from the event on each person is observed without a break; only people who are
    observed through all positions before it."""
    seen = (built.states != VOID).all(axis=1)
    after = seen[seen[:, :before].all(axis=1), before:]
    return np.asarray(np.cumprod(after, axis=1).sum(axis=1), dtype=np.int64)
