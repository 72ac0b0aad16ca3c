"""What the several questions about the number of types answer, held against each other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from trajectories.findings.statements import Statement, silhouettes

if TYPE_CHECKING:
    from trajectories.findings.stages import Findings
    from trajectories.findings.vague_dates import DateStability

JUMP = 0.05
"""From which change of the average silhouette width on a partition is another one, not the same a bit
shifted."""


def number_told(findings: Findings) -> Statement | None:
    """How many types the lives as reported, other possible dates and other people speak for, and what follows
    when they disagree; None where the plan asks nothing of it."""
    widths, dates = silhouettes(findings), findings.date_stability
    if len(widths) < 2 or (dates is None and findings.subsamples is None):
        return None
    best = max(widths, key=lambda k: widths[k])
    said = [f"on the lives as reported {best} types have the largest average silhouette width"]
    behind, answers = [f"as reported {widths[best]:.2f}"], {best}
    others = []
    for told, other in ((_by_dates(widths, dates), "days"), (_by_parts(findings), "people")):
        if told is not None:
            said.append(told[0])
            behind.append(told[1])
            answers.add(told[2])
            others.append(f"other {other}")
    if not others:
        return None
    follows = _what_follows(findings.types.k, answers, others)
    plain = f"How many types: {'; '.join(said)}. {follows}{_jump(widths, dates)}"
    return Statement("trust", plain, "; ".join(behind))


def _by_dates(widths: dict[int, float], dates: DateStability | None) -> tuple[str, str, int] | None:
    """How many types are best in most draws of the imprecise dates."""
    if dates is None or not dates.vague:
        return None
    votes = Counter(k for k in dates.best_k if k).most_common(1)
    if not votes:
        return None
    (k, times), = votes
    median = float(np.nanmedian(dates.widths[k]))
    own = widths.get(k, float("nan"))
    return (f"with other possible days for imprecise dates, {k} have it in {times} of {dates.draws} draws",
            f"with {k} types {own:.2f} as reported and {median:.2f} in the median of the draws", k)


def _by_parts(findings: Findings) -> tuple[str, str, int] | None:
    """On how many types overlapping parts of the people agree most."""
    table = findings.subsamples
    if table is None:
        return None
    found = dict(zip(table["k"].tolist(), table["rand"].tolist(), strict=True))
    k = max(found, key=lambda number: found[number])
    rand = found[k]
    return f"two parts of the people agree most on {k}", f"adjusted Rand index {rand:.2f}", k


def _what_follows(own: int, answers: set[int], others: list[str]) -> str:
    if answers == {own}:
        return f"All of it speaks for the {own} reported."
    if len(answers) == 1:
        return (f"All of it speaks for {answers.pop()} rather than the {own} reported: say why {own} are "
                "told, or tell the other number.")  # fmt: skip
    own_told = (f"{own}, the number reported, is one of these answers and" if own in answers
                else f"the {own} reported are")  # fmt: skip
    ask = "the others ask" if len(others) > 1 else "the other asks"
    return ("These are answers to different questions, not a contradiction: the first is of these people and "
            f"of one day for every imprecise date, {ask} what would come of {' or '.join(others)}. Together "
            f"they say that no number of types stands out; {own_told} a choice, to be founded on what can "
            "be described, and told as one.")  # fmt: skip


def _jump(widths: dict[int, float], dates: DateStability | None) -> str:
    """A number of types that has two partitions of nearly the same worth, between which dates decide."""
    told = _by_dates(widths, dates)
    if told is None or dates is None or told[2] not in widths:
        return ""
    k, median = told[2], float(np.nanmedian(dates.widths[told[2]]))
    if abs(median - widths[k]) < JUMP:
        return ""
    return (f" With {k} types the lives as reported are parted otherwise than in most draws: small shifts of "
            f"dates decide which of two partitions is taken, so do not rest a finding on {k} types without "
            "having seen both.")  # fmt: skip
