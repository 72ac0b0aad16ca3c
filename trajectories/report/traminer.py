"""The main analysis handed to R: data, costs and results as CSV, and a script that redoes it in TraMineR."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trajectories.costs_plan import costs_for
from trajectories.errors import SettingError
from trajectories.findings.stages import Findings
from trajectories.report.r_states import (
    has_void,
    is_missing,
    missing_state,
    require_observed_from_the_start,
    states_in_r,
)
from trajectories.report.traminer_script import METHODS, SCRIPT, script
from trajectories.sequences.sequences import MISSING, Sequences
from trajectories.wording import joined

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.alignment.costs.costs import DomainCosts

PAIRS = 500
"""Pairs of people whose dissimilarity is written, for the comparison."""


def write_traminer(findings: Findings, folder: str | Path) -> Path:
    """Write what a reviewer needs to redo the main analysis in R with TraMineR and WeightedCluster.

    In ``folder``: the sequences of each aligned domain (STS, one row a person), the costs as matrices, people
    with their weight, type and cohorts, some hundred dissimilarities and the figures to arrive at, and
    ``redo_in_traminer.R``, which computes all of it again and prints both side by side. Missing positions are
    a state of their own there, as they are here. These files describe lives month by month: they are
    personal data.

    Returns the path of the script. Raises SettingError for lives observed later than the window begins (R's
    sequences have no void at their start), for a domain with one state, and if the folder cannot be written.
    """
    root = Path(folder)
    aligned = findings.aligned
    _known_to_the_script(findings)
    _two_states(aligned)
    require_observed_from_the_start(aligned)
    tables = _tables(findings, aligned)
    try:
        root.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            table.to_csv(root / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
        place = root / SCRIPT
        place.write_text(script(findings), encoding="ascii", newline="\n")
    except OSError as error:
        raise SettingError(f"{root}: the files for R cannot be written ({error.strerror}).") from None
    return place


def _known_to_the_script(findings: Findings) -> None:
    """Raise SettingError for a measure that the script does not write."""
    plan = findings.plan.measure
    own = [costs_for(plan.costs, name) for name in findings.domains if plan.takes_costs]
    odd = "" if plan.name in METHODS else f"the {plan.words}"
    odd = "a normalisation" if plan.norm else odd
    if plan.together != "added" and len(findings.domains) > 1:
        odd = f"domains that are {plan.together}"
    if any(one.by == "rarity" or one.indel is not None for one in own):
        odd = odd or "indel costs by state"
    if not odd and not findings.plan.types.whole:
        raise SettingError("The script for R finds types of whole lives (pam, ward, average), not types of "
                           f"domains that are {findings.plan.types.method}. Choose one of these in "
                           "types.method.")  # fmt: skip
    if odd:
        known = joined([name.replace("_", " ") for name in METHODS])
        raise SettingError(f"The script for R is written for {known} without normalisation, not for {odd}. "
                           "Choose one of these, or write the sequences in a format of TraMineR and call it "
                           "yourself.")  # fmt: skip


def _two_states(aligned: Sequences) -> None:
    """Raise SettingError for a domain with one state, which seqdef refuses."""
    for layer, domain in enumerate(aligned.domains):
        if len(states_in_r(aligned, layer)) < 2:
            raise SettingError(f"The domain {domain.name!r} has one state only, and TraMineR wants two. "
                               "Leave it out of the plan's domains: nobody differs in it.")  # fmt: skip


def _tables(findings: Findings, aligned: Sequences) -> dict[str, pd.DataFrame]:
    names = [domain.name for domain in aligned.domains]
    tables = {f"sequences_{name}": _sequences(aligned, layer) for layer, name in enumerate(names)}
    counting = findings.costs.fitting(aligned) if findings.costs is not None else ()
    star = has_void(aligned) and len(counting) > 1
    for costs in counting:
        states = states_in_r(aligned, names.index(costs.domain))
        tables[f"costs_{costs.domain}"] = _costs(costs, states, star)
    return tables | {"people": _people(findings), "pairs": _pairs(findings), "results": _results(findings)}


def _sequences(lives: Sequences, layer: int) -> pd.DataFrame:
    """STS with the position's names as columns; void is empty."""
    import pandas as pd

    alphabet = lives.alphabets[layer]
    codes = np.array([*alphabet, "", missing_state(alphabet)], dtype=object)
    states = np.where(is_missing(lives)[:, layer], MISSING, lives.states[:, layer])
    table = pd.DataFrame(codes[states], columns=[str(position) for position in lives.positions])
    table.insert(0, "id", list(lives.ids))
    return table


def _costs(costs: DomainCosts, states: tuple[str, ...], star: bool) -> pd.DataFrame:
    """Substitution costs as a square table, for dynamic costs one square below the other by position.

    ``star`` adds R's own missing state, the last: seqMD asks for its price where lives end early, though it
    occurs nowhere.
    """
    import pandas as pd

    wide = costs.with_missing()
    wide = wide if costs.dynamic else wide[None]
    names = [*states, "*"] if star else list(states)
    if len(names) > wide.shape[1]:
        wide = np.pad(wide, ((0, 0), (0, 1), (0, 1)), constant_values=float(costs.missing))
        wide[:, -1, -1] = 0.0
    wide = wide[:, : len(names), : len(names)]
    table = pd.DataFrame(wide.reshape(-1, len(names)), columns=names)
    table.insert(0, "from", names * len(wide))
    table.insert(0, "position", np.repeat(np.arange(1, len(wide) + 1), len(names)))
    return table


def _people(findings: Findings) -> pd.DataFrame:
    """Everybody analysed: id, weight, number of the type, whether its medoid, the cohort in each scheme."""
    import pandas as pd

    lives, types = findings.lives, findings.types
    table = pd.DataFrame({"id": lives.ids, "weight": lives.weights, "type": types.types + 1,
                          "medoid": [int(person in types.medoids) for person in types.ids]})  # fmt: skip
    for name in findings.compared:
        groups = findings.groups(name).select(lives.ids)
        table[f"cohort_{name}"] = [groups.labels[code] if code >= 0 else "" for code in groups.codes]
    return table


def _pairs(findings: Findings) -> pd.DataFrame:
    """Dissimilarities of some pairs of people, drawn with the plan's seed: numbers of their rows, value."""
    import pandas as pd

    diss = findings.dissimilarities
    one, other = np.triu_indices(diss.n, 1)
    chosen = np.arange(len(one))
    if len(one) > PAIRS:
        chosen = np.sort(np.random.default_rng(findings.plan.seed).choice(len(one), PAIRS, replace=False))
    return pd.DataFrame({"one": one[chosen] + 1, "other": other[chosen] + 1,
                         "dissimilarity": diss.condensed[chosen].astype(float)})  # fmt: skip


def _results(findings: Findings) -> pd.DataFrame:
    """What was found here: quality of the typology, and the share that each cohort scheme accounts for."""
    import pandas as pd

    types = findings.types
    loss = float((types.to_medoid * findings.lives.weights).sum())
    rows = [("sum of dissimilarities to the medoids", "", loss)]
    for name in findings.compared:
        found = findings.discrepancy(name)
        rows += [("pseudo F", name, found.pseudo_f), ("pseudo R2", name, found.pseudo_r2),
                 ("p value", name, found.p_value)]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "scheme", "value"])
