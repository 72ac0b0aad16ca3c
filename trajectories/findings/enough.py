"""Whether enough lives are left for what a plan asks, and what to change when not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from trajectories.errors import SettingError
from trajectories.figures.words import people
from trajectories.findings.words import steps, window
from trajectories.sequences.sequences import VOID, Sequences

if TYPE_CHECKING:
    from trajectories.findings.stages import Findings


def require_enough(findings: Findings) -> None:
    """Raise SettingError when nobody, or fewer than k + 1 people, can be analysed."""
    lives, plan = findings.lives, findings.plan
    if lives.n == 0:
        raise SettingError(_nobody(findings))
    if lives.n < 3:
        raise SettingError(
            f"Only {people(lives.n)} can be analysed{_left_out(lives)}; types of trajectory need at least 3 lives. "
            f"{_way_out(findings)}".strip()
        )
    if plan.types.k >= lives.n:
        raise SettingError(
            f"types.k is {plan.types.k}, but only {people(lives.n)} are analysed{_left_out(lives)}. Choose k from 2 to "
            f"{lives.n - 1}. {_way_out(findings)}".strip()
        )
    if plan.types.quality[0] >= lives.n:
        raise SettingError(
            f"types.quality begins at {plan.types.quality[0]} types, but only {people(lives.n)} are analysed; "
            f"begin below {lives.n}."
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
    """When the window is what leaves people out: how long they are observed, and a shorter one that keeps most."""
    plan = findings.plan
    left = {person for person, _ in findings.lives.left_out}
    partly = findings.built.select(person for person in findings.built.ids if person in left)
    if not plan.people.complete or partly.n == 0:
        return ""
    advice = "or analyse those observed for part of it too, with people: {complete: false}"
    since = plan.grid.clock == "since"
    reach = _reach(findings.built, plan.grid.before if since else 0)
    if not since or not reach.size:
        return f"Nobody but the analysed is observed over the whole window ({window(findings.built)}); shorten it, {advice}."
    middle, most = int(np.median(reach)), int(np.quantile(reach, 0.25))
    if most < 1:
        return f"Half of the people are observed for {steps(middle, plan.grid)} or less; shorten the window, {advice}."
    keeps = int((reach >= most).sum())
    return (
        f"Half of the people are observed for {steps(middle, plan.grid)} or longer after the event; "
        f"after: {most} would keep {keeps} of {findings.built.n}. Shorten 'after' in the plan's grid, {advice}."
    )


def _reach(built: Sequences, before: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many positions from the event on each person is observed without a break, among those observed before it."""
    seen = (built.states != VOID).all(axis=1)
    whole_before = seen[:, :before].all(axis=1)
    after = seen[whole_before][:, before:]
    return np.asarray(np.cumprod(after, axis=1).sum(axis=1), dtype=np.int64)
