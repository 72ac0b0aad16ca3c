"""Every table of an analysis, under the name its file gets; numbers are unrounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from trajectories.findings.profiles import profiles
from trajectories.sequences.sequences import VOID

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.alignment.costs.costs import DomainCosts
    from trajectories.findings.stages import Findings
    from trajectories.typology.crossed_types import CrossedTypes


def tables(findings: Findings) -> dict[str, pd.DataFrame]:
    """All tables: people, distributions, types, quality, cohorts, tests, costs."""
    return dict(_tables(findings))


def _tables(findings: Findings) -> Iterator[tuple[str, pd.DataFrame]]:
    from trajectories.sequences.description import state_distribution

    lives, types = findings.lives, findings.types
    yield "people", people(findings)
    yield "left_out", left_out(findings)
    yield "distribution", state_distribution(lives)
    yield "types", types_table(findings)
    yield "type_of_person", types.table()
    if findings.crossed is not None:
        yield "types_by_domain", types_by_domain(findings, findings.crossed)
        yield "combinations", combinations(findings, findings.crossed)
        yield "types_by_domain_pairs", findings.crossed.pairs()
    yield "distribution_by_type", state_distribution(lives, groups=members(findings))
    yield "time_by_type", time_by_type(findings)
    yield "contrasts_by_type", findings.descriptions.table()
    yield "quality", findings.quality
    yield "silhouettes", silhouettes(findings)
    if findings.compared:
        yield "differences", differences(findings)
    for name, groups in findings.cohorts.items():
        yield f"cohorts_{name}", groups.table()
    for name in findings.compared:
        yield f"discrepancy_{name}", findings.discrepancy(name).table()
        yield f"types_by_cohort_{name}", findings.type_table(name).table()
    if findings.date_stability is not None:
        yield "date_stability", findings.date_stability.table()
        yield "date_stability_by_type", findings.date_stability.by_type()
        yield "date_stability_people", findings.date_stability.people()
    if findings.bootstrap is not None:
        yield "bootstrap", findings.bootstrap.table()
    if findings.subsamples is not None:
        yield "subsamples", findings.subsamples
    if findings.null_models:
        yield "null_models", null_models(findings)
    if findings.multiverse is not None:
        yield "multiverse", findings.multiverse.table()
        yield "multiverse_choices", findings.multiverse.matters()
    if findings.costs is not None:
        for costs in findings.costs.domains:
            yield f"costs_{costs.domain}", costs_table(findings, costs)


def people(findings: Findings) -> pd.DataFrame:
    """One row a person of the study: attributes, whether analysed and why not, positions observed, type,
    cohorts."""
    table = findings.study.attributes_table()
    reasons = dict(findings.lives.left_out)
    seen = (findings.built.states != VOID).any(axis=1).sum(axis=1)
    observed = dict(zip(findings.built.ids, seen.tolist(), strict=True))
    types = findings.types
    type_of = {person: types.names[t] for person, t in zip(types.ids, types.types, strict=True)}
    table["analysed"] = ["no" if person in reasons else "yes" for person in table["id"]]
    table["reason"] = [reasons.get(person, "") for person in table["id"]]
    table["positions_observed"] = [observed.get(person, 0) for person in table["id"]]
    table["type"] = [type_of.get(person, "") for person in table["id"]]
    for name, groups in findings.cohorts.items():
        ambiguous = set(groups.ambiguous)
        cohort = {person: groups.labels[code] if code >= 0 else "ambiguous" if person in ambiguous else ""
                  for person, code in zip(groups.ids, groups.codes, strict=True)}  # fmt: skip
        table[f"cohort_{name}"] = [cohort.get(person, "") for person in table["id"]]
    return table


def left_out(findings: Findings) -> pd.DataFrame:
    """How many people are left out for which reason, most first: reason, n."""
    import pandas as pd

    reasons = pd.Series([reason for _, reason in findings.lives.left_out], dtype=object)
    counts = reasons.value_counts(sort=False)
    table = pd.DataFrame({"reason": list(counts.index), "n": counts.to_numpy(dtype=np.int64)})
    return table.sort_values(["n", "reason"], ascending=[False, True], ignore_index=True)


def types_table(findings: Findings) -> pd.DataFrame:
    """One row a type: number, type, n, share, mean and largest dissimilarity to the medoid."""
    import pandas as pd

    types = findings.types
    far = [types.to_medoid[types.types == number] for number in range(types.k)]
    return pd.DataFrame({
        "number": range(1, types.k + 1),
        "type": types.names,
        "n": types.sizes,
        "share": [size / len(types.ids) for size in types.sizes],
        "mean_to_medoid": [float(d.mean()) if d.size else float("nan") for d in far],
        "max_to_medoid": [float(d.max()) if d.size else float("nan") for d in far],
    })  # fmt: skip


def types_by_domain(findings: Findings, crossed: CrossedTypes) -> pd.DataFrame:
    """One row a type of a domain on its own: domain, type, n, share, mostly (the state of most of its time),
    time (that state's share)."""
    import pandas as pd

    rows = []
    for name, types in crossed.typologies.items():
        each = {one.type: one.most for one in profiles(findings.lives.only(name), types) if one.known}
        rows += [(name, types.names[t], size, size / len(types.ids), *each.get(t, ("", float("nan"))))
                 for t, size in enumerate(types.sizes)]  # fmt: skip
    return pd.DataFrame(rows, columns=["domain", "type", "n", "share", "mostly", "time"])


def combinations(findings: Findings, crossed: CrossedTypes) -> pd.DataFrame:
    """One row a combination of types of the domains, the most common first: a column a domain, n, share,
    expected (people if the domains had nothing to do with each other), type (of all domains together)."""
    names = {name: one.names for name, one in crossed.typologies.items()}
    types, where = findings.types, {person: i for i, person in enumerate(findings.types.ids)}
    found = {tuple(names[name][t] for name, t in zip(names, row, strict=True)):
             types.names[types.types[where[person]]]
             for person, row in zip(crossed.ids, crossed.labels().tolist(), strict=True)}  # fmt: skip
    table = crossed.table()
    table["type"] = [found[row] for row in table[list(names)].itertuples(index=False, name=None)]
    return table


def members(findings: Findings) -> dict[str, tuple[str, ...]]:
    """The ids of each type's people, by the type's name."""
    types = findings.types
    return {name: types.members(number) for number, name in enumerate(types.names)}


def time_by_type(findings: Findings) -> pd.DataFrame:
    """In which states the people of each type spend their time: number, type, domain, state, label, share.

    Since an event, the time from the event on is counted; otherwise the whole window. Shares of a domain add
    up to 1.
    """
    import pandas as pd

    names = findings.types.names
    rows = [
        (one.type + 1, names[one.type], one.domain.name, state.code, state.label, share)
        for one in profiles(findings.lives, findings.types)
        for state, share in zip(one.domain.states, one.shares.tolist(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["number", "type", "domain", "state", "label", "share"])


def differences(findings: Findings) -> pd.DataFrame:
    """One row a cohort scheme: how much of the differences among lives it accounts for, and the tests."""
    import pandas as pd

    rows = []
    for name, test in findings.discrepancies.items():
        table = findings.type_table(name)
        rows.append({
            "scheme": name, "label": findings.study.cohorts[name].label, "n": test.n,
            "left_out": test.left_out, "pseudo_r2": test.pseudo_r2, "pseudo_f": test.pseudo_f,
            "p_value": test.p_value, "levene": test.levene, "levene_p": test.levene_p, "chi2": table.chi2,
            "df": table.df, "chi2_p": table.p_value, "chi2_p_permutation": table.p_permutation,
            "cramers_v": table.cramers_v, "permutations": test.permutations, "seed": test.seed,
        })  # fmt: skip
    return pd.DataFrame(rows)


def silhouettes(findings: Findings) -> pd.DataFrame:
    """How well each person sits in their type, the worst first."""
    from trajectories.typology.silhouettes import silhouette

    found = silhouette(findings.dissimilarities, findings.types)
    return found.sort_values("width", kind="stable", ignore_index=True)


def null_models(findings: Findings) -> pd.DataFrame:
    """The tables of all null models, one under the other."""
    import pandas as pd

    return pd.concat([one.table() for one in findings.null_models.values()], ignore_index=True)


def costs_table(findings: Findings, costs: DomainCosts) -> pd.DataFrame:
    """Substitution costs of one domain as a square table, the indel cost of each state in the last column;
    costs that differ from position to position as one such table under the other."""
    import pandas as pd

    states = list(costs.states)
    if not costs.dynamic:
        table = pd.DataFrame(costs.substitution, columns=states)
        table.insert(0, "state", states)
        return table.assign(indel=costs.indel)
    positions = findings.lives.positions
    table = pd.DataFrame(costs.substitution.reshape(-1, len(states)), columns=states)
    table.insert(0, "position", [position for position in positions for _ in states])
    table.insert(1, "state", states * len(positions))
    return table
