"""Which findings survive other sensible ways to carry out the same plan."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trajectories.errors import SettingError, TrajectoriesError
from trajectories.findings.cache import Cache
from trajectories.findings.known_rows import FolderError, KnownRows, Row
from trajectories.findings.settings_tried import (
    Choices,
    Setting,
    bare,
    in_words,
    settings,
    usual_choices,
)
from trajectories.findings.stages import Findings, Progress, run
from trajectories.plan import Plan, hashed
from trajectories.processors import processors
from trajectories.wording import counted, joined, percent

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.coding.study import Study

Floats = NDArray[np.float64]
RESULTS = ("n", "k", "asw", "rand", "pseudo_r2", "p_value", "cramers_v", "v_p_value")
"""What is told of each setting; the last four are nan without a cohort scheme."""
CALLED = {
    "measure": "the measure decides",
    "measure.weights": "the weights of the domains (measure.weights) decide",
    "grid": "the window and its step (grid) decide", "types.method": "the method (types.method) decides",
    "types.k": "the number of types (types.k) decides",
}  # fmt: skip
"""What choices are called, with the verb; others by the part of the plan."""
_OUTCOMES = ("asw", "rand", "pseudo_r2", "cramers_v")


@dataclass(frozen=True, eq=False)
class Multiverse:
    """The results of one plan under many settings."""

    plan: Plan
    scheme: str
    """Label of the cohort scheme that is tested; empty without one."""
    choices: tuple[str, ...]
    """The parts of the plan that are chosen otherwise."""
    settings: tuple[Setting, ...]
    rows: tuple[Row, ...]
    """The results of each setting, as in ``RESULTS``."""
    planned: int | None
    """Which of the settings is the plan's own; None when it is not among them."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Combinations that cannot be carried out, each with the reason."""

    def table(self) -> pd.DataFrame:
        """One row a setting: setting (from 1), planned, a column a choice, then n (lives analysed), k, asw
        (average silhouette width), rand (adjusted Rand index with the plan's types), pseudo_r2 and p_value
        (cohorts and lives), cramers_v and v_p_value (cohorts and types); p by permutation."""
        import pandas as pd

        rows = [
            {"setting": i + 1, "planned": i == self.planned, **setting.options, **row}
            for i, (setting, row) in enumerate(zip(self.settings, self.rows, strict=True))
        ]
        table = pd.DataFrame(rows, columns=["setting", "planned", *self.choices, *RESULTS])
        return table.astype({"n": int, "k": int})

    def matters(self) -> pd.DataFrame:
        """One row a choice: which share of the variance of each result over the settings lies between its
        options (eta squared): choice, options, asw, rand, pseudo_r2, cramers_v."""
        import pandas as pd

        table = self.table()
        rows = [
            {"choice": choice, "options": table[choice].nunique(),
             **{name: _eta_squared(table, choice, name) for name in _OUTCOMES}}
            for choice in self.choices
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["choice", "options", *_OUTCOMES])

    def sentences(self) -> list[str]:
        """Which findings survive in how many settings, and which choice makes most difference."""
        told = [*self._matters_told(), self._types_told()]
        if self.scheme and np.isfinite(self.values("pseudo_r2")).any():
            told += [self._cohorts_told(), self._crossed_told()]
        if self.left_out:
            told.append(f"{counted(len(self.left_out), 'combination')} could not be carried out (first: "
                        f"{self.left_out[0][0]}. {self.left_out[0][1]})")  # fmt: skip
        return told

    def _types_told(self) -> str:
        rand = self.values("rand")
        alike = int((rand.round(2) >= 0.65).sum())  # as told, to two digits
        return (f"In {counted(len(rand), 'setting')} ({joined(self.choices)}), types agree with those of the "
                f"plan at an adjusted Rand index of {_spread(rand, 2)}; at 0.65 or above in {alike} of them.")

    def _cohorts_told(self) -> str:
        own = ""
        if self.planned is not None and np.isfinite(self.rows[self.planned]["pseudo_r2"]):
            own = f", under the plan {self.rows[self.planned]['pseudo_r2']:.3f}"
        p, r2 = (self.values(name)[self._aligned()] for name in ("p_value", "pseudo_r2"))
        return (f"{self.scheme}: cohorts follow different lives {_surviving(p)} of the alignment, pseudo-R² "
                f"{_spread(r2, 3)}{own}.")  # fmt: skip

    def _crossed_told(self) -> str:
        return (f"{self.scheme}: cohorts follow the types to different extents "
                f"{_surviving(self.values('v_p_value'))}, Cramér's V "
                f"{_spread(self.values('cramers_v'), 2)}.")  # fmt: skip

    def _aligned(self) -> list[int]:
        """The first of the settings that differ in their types only: a test of cohorts and lives is theirs
        together."""
        first: dict[tuple[str, ...], int] = {}
        for i, setting in enumerate(self.settings):
            first.setdefault(tuple(name for part, name in setting.options.items()
                                   if part.partition(".")[0] != "types"), i)  # fmt: skip
        return list(first.values())

    def _matters_told(self) -> list[str]:
        """Which choice decides most, and what follows where it decides most of it."""
        table, tops = self.matters(), dict[str, list[str]]()
        about = {"rand": "which types are found", "pseudo_r2": "how much cohorts account for"}
        most = 0.0
        for name, what in about.items():
            shares = dict(zip(table["choice"].tolist(), table[name].tolist(), strict=True))
            shares = {choice: share for choice, share in shares.items() if share == share}
            if len(table) > 1 and shares:
                top = max(shares, key=lambda choice: shares[choice])
                most = max(most, shares[top])
                tops.setdefault(top, []).append(
                    f"{what} ({percent(shares[top])} of the variance over the settings)"
                )
        told = [f"Of the choices, {CALLED.get(top, f'{top} decides')} most about {joined(what)}."
                for top, what in tops.items()]  # fmt: skip
        if most >= 0.5 and "measure.weights" in tops:
            told.append("How much each domain counts is a decision of the researcher, which no index can "
                        "take: say why it is as it is, and show what other weights give.")  # fmt: skip
        return told

    def values(self, name: str) -> Floats:
        """One result of every setting, (settings,)."""
        return np.array([row[name] for row in self.rows], dtype=np.float64)

    def __repr__(self) -> str:
        return (f"Multiverse of {len(self.rows)} settings ({', '.join(self.choices)}): "
                f"{' '.join(self.sentences()[:2])}")  # fmt: skip


def multiverse(
    study: Study, plan: Plan, choices: Choices | None = None, *, folder: str | Path | None = None,
    cache: Cache | None = None, threads: int | None = None, progress: Progress | None = None,
) -> Multiverse:  # fmt: skip
    """Carry out a plan in every combination of other sensible choices, and see which findings survive.

    An analysis rests on choices that could as well have been others. Telling the result of all of them shows
    how much of a finding is the choice (multiverse analysis: Steegen, Tuerlinckx, Gelman and Vanpaemel 2016;
    specification curve: Simonsohn, Simmons and Nelson 2020). The p-values of the settings are of the same
    lives, so they do not add up to more evidence.

    ``choices`` names parts of the plan with the values to try, ``{"types.k": [4, 5], "measure.weights":
    {"alike": {}, "place only": {"legal": 0}}}``; None tries ``usual_choices``. ``grid.step`` keeps the
    window. Each setting's types are compared with the plan's over the people in both; cohorts are those of
    the plan's first scheme that can be compared.

    Weights that the plan finds by a rule are those found for its own lives in every setting; a rule among the
    values to try, ``{"measure.weights": ["information", {}]}``, is followed anew in each.

    Rows already known are not computed again: within ``cache``, and in ``folder`` (one JSON file of numbers a
    setting, nobody in it) also after an interruption; other inputs, plans or versions have other files. The
    result does not depend on ``threads``. ``progress(stage, done, total)`` counts settings. Raises
    SettingError for a part that no plan has, when no combination can be carried out, and for a folder that
    cannot be written.
    """
    reference = run(study, plan, cache=cache)
    chosen: Choices = usual_choices(study, reference.plan) if choices is None else choices
    if not chosen:
        raise SettingError("A multiverse needs at least one choice, such as {'types.k': [4, 5]}.")
    tried = list(settings(reference.plan, chosen))
    possible = [one for one in tried if isinstance(one, Setting)]
    scheme = _scheme(reference)
    rows = KnownRows(hashed([reference.key, scheme]), RESULTS, reference.cache, folder)
    done = _all_rows(reference, possible, rows, threads, progress or (lambda stage, done, total: None))
    kept = [(one, row) for one, row in zip(possible, done, strict=True) if not isinstance(row, str)]
    left_out = [one for one in tried if not isinstance(one, Setting)]
    left_out += [(in_words(one.options), row) for one, row in zip(possible, done, strict=True)
                 if isinstance(row, str)]  # fmt: skip
    if not kept:
        options, reason = left_out[0]
        raise SettingError(f"None of the {len(tried)} combinations can be carried out: {options}. {reason}")
    planned = {bare(reference.plan).key, bare(reference.asked).key}
    own = [i for i, (one, _) in enumerate(kept) if one.plan.key in planned]
    return Multiverse(
        plan, study.cohorts[scheme].label if scheme else "", tuple(chosen), tuple(one for one, _ in kept),
        tuple(row for _, row in kept), own[0] if own else None, tuple(left_out),
    )  # fmt: skip


def _all_rows(
    reference: Findings, possible: list[Setting], rows: KnownRows, threads: int | None, progress: Progress
) -> list[Row | str]:
    """The row of each setting, or why it has none; interrupted, it keeps what is done."""
    scheme, stages = _scheme(reference), Cache(64)

    def one(setting: Setting) -> Row | str:
        findings = Findings(reference.study, setting.plan, stages)
        try:
            return rows.get(findings.key, lambda: _row(reference, setting.plan, scheme, stages))
        except TrajectoriesError as refusal:
            if isinstance(refusal, FolderError):
                raise
            return str(refusal)

    found: list[Row | str] = []
    _ = reference.types
    progress("settings", 0, len(possible))
    with ThreadPoolExecutor(threads or processors()) as pool:
        try:
            for row in pool.map(one, possible):
                found.append(row)
                progress("settings", len(found), len(possible))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return found


def _row(reference: Findings, plan: Plan, scheme: str, cache: Cache) -> Row:
    """The results of one setting."""
    from trajectories.typology.agreement import compare_typologies
    from trajectories.typology.silhouettes import silhouette

    findings = run(reference.study, plan, cache=cache)
    types, diss = findings.types, findings.dissimilarities
    widths = silhouette(diss, types)["width"].to_numpy(float)
    asw, nan = float(np.average(widths, weights=diss.weights)), float("nan")
    row: Row = {
        "n": float(len(types.ids)), "k": float(types.k), "asw": asw,
        "rand": compare_typologies(reference.types, types).rand,
        "pseudo_r2": nan, "p_value": nan, "cramers_v": nan, "v_p_value": nan,
    }  # fmt: skip
    if scheme in findings.compared:
        test, crossed = findings.discrepancy(scheme), findings.type_table(scheme)
        row |= {"pseudo_r2": test.pseudo_r2, "p_value": test.p_value, "cramers_v": crossed.cramers_v,
                "v_p_value": crossed.p_permutation}  # fmt: skip
    return row


def _scheme(findings: Findings) -> str:
    """The first cohort scheme of the plan that can be compared; empty without one."""
    return next(iter(findings.compared), "")


def _surviving(p: Floats) -> str:
    known = p[np.isfinite(p)]
    return f"with permutation p below 0.05 in {int((known < 0.05).sum())} of {counted(len(known), 'setting')}"


def _spread(values: Floats, digits: int) -> str:
    """``0.54 in the median (0.08 to 1.00)``, over those that are known."""
    known = values[np.isfinite(values)]
    middle, low, high = (f"{value:.{digits}f}" for value in (np.median(known), known.min(), known.max()))
    return f"{middle} in the median ({low} to {high})"


def _eta_squared(table: pd.DataFrame, choice: str, name: str) -> float:
    """Share of the variance of a result that lies between the options of a choice."""
    known = table.dropna(subset=[name])
    total = float(((known[name] - known[name].mean()) ** 2).sum()) if len(known) else 0.0
    if total <= 1e-12 * len(known):
        return float("nan")
    between = sum(len(part) * float(part[name].mean() - known[name].mean()) ** 2
                  for _, part in known.groupby(choice))  # fmt: skip
    return between / total
