"""How far the types of a plan can be trusted, as far as it asks: the stages, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, get_args

from trajectories.findings.number_of_types import number_told
from trajectories.findings.statements import Statement
from trajectories.plan import Plan
from trajectories.wording import joined

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.alignment.dissimilarities import Dissimilarities
    from trajectories.findings.many_settings import Multiverse
    from trajectories.findings.stages import Findings
    from trajectories.findings.vague_dates import DateStability
    from trajectories.sequences.sequences import Sequences
    from trajectories.typology.null_lives import NullModel
    from trajectories.typology.null_models import NullModels
    from trajectories.typology.stability import Stability

Question = Literal["number", "choices", "chance", "people", "dates"]
STABLE = 0.75
"""Mean Jaccard coefficient from which on a type counts as stable (Hennig 2007)."""


def trust_stages(plan: Plan) -> list[str]:
    """The names of the stages that the plan asks for, in order."""
    asked = plan.stability
    wanted = {
        "draws of dates": asked.draws, "bootstrap": asked.bootstrap, "subsamples": asked.subsamples,
        "null models": asked.null_models, "multiverse": asked.multiverse != "no",
    }  # fmt: skip
    return [name for name, there in wanted.items() if there]


def date_stability_of(findings: Findings) -> DateStability | None:
    from trajectories.findings.vague_dates import date_stability

    plan, told = findings.plan, findings.told("draws of dates")
    if not plan.stability.draws:
        return None
    return findings.kept(
        "draws of dates", plan.part_key("types", "seed", "stability.draws"),
        lambda: date_stability(findings.study, plan, plan.stability.draws, plan.seed, cache=findings.cache,
                               progress=lambda stage, done, total: told(done, total)),
    )  # fmt: skip


def bootstrap_of(findings: Findings) -> Stability | None:
    from trajectories.typology.stability import bootstrap_stability

    plan, types = findings.plan, findings.plan.types
    samples = plan.stability.bootstrap
    if not samples:
        return None
    found = findings.kept(
        "bootstrap", str(samples),
        lambda: bootstrap_stability(findings.dissimilarities, types.k, findings.way, samples, plan.seed,
                                    progress=_share(findings, "bootstrap", samples)),
    )  # fmt: skip
    return replace(found, typology=findings.types)


def subsamples_of(findings: Findings) -> pd.DataFrame | None:
    from trajectories.typology.stability import subsample_stability

    plan = findings.plan
    samples = plan.stability.subsamples
    if not samples:
        return None
    return findings.kept(
        "subsamples", plan.part_key("types.quality", "stability.subsamples"),
        lambda: subsample_stability(findings.dissimilarities, _ks(findings), findings.way, samples,
                                    plan.seed, progress=_share(findings, "subsamples", samples)),
    )  # fmt: skip


def null_models_of(findings: Findings) -> dict[str, NullModels]:
    """Each of the five null models of Studer (2021), by its name."""
    from trajectories.typology.null_lives import NullModel

    if not findings.plan.stability.null_models:
        return {}
    key = findings.plan.part_key("types.quality", "stability.null_models")
    models = get_args(NullModel)

    def made() -> dict[str, NullModels]:
        return {model: _null_model(findings, model, i / len(models)) for i, model in enumerate(models)}

    return findings.kept("null models", key, made)


def _null_model(findings: Findings, model: NullModel, done: float) -> NullModels:
    from trajectories.findings.domain_types import judged
    from trajectories.findings.measures import compared, costs_of
    from trajectories.typology.null_lives import NullModel
    from trajectories.typology.null_models import null_models

    plan, models = findings.plan, get_args(NullModel)
    repetitions = plan.stability.null_models
    told = _share(findings, "null models", repetitions * len(models))

    def apart(lives: Sequences) -> Dissimilarities:
        """By the plan's costs; those of fused domains are of the combinations that these lives have."""
        fused = plan.measure.together == "fused"
        return compared(lives, costs_of(lives, plan.measure) if fused else findings.costs, plan.measure)

    def judge(lives: Sequences, diss: Dissimilarities, ks: Iterable[int]) -> pd.DataFrame:
        return judged(lives, diss, plan, ks)

    return null_models(
        findings.aligned, apart, _ks(findings), model, repetitions, plan.seed,
        method=plan.types.whole or "pam", judge=None if plan.types.whole else judge,
        progress=lambda share: told(done + share / len(models)),
    )  # fmt: skip


def multiverse_of(findings: Findings) -> Multiverse | None:
    from trajectories.findings.many_settings import multiverse

    plan, told = findings.plan, findings.told("multiverse")
    asked = plan.stability.multiverse
    if asked == "no":
        return None
    key = plan.part_key("types", "comparison", "seed", "stability.multiverse")
    return findings.kept(
        "multiverse", key,
        lambda: multiverse(findings.study, findings.asked, None if isinstance(asked, str) else asked,
                           folder=findings.folder, cache=findings.cache,
                           progress=lambda stage, done, total: told(done, total)),
    )  # fmt: skip


def trust(findings: Findings) -> Iterator[Statement]:
    """What of the types depends on chance, on who was interviewed, on imprecise dates and on choices."""
    for part in trust_parts(findings).values():
        yield from part


def trust_parts(findings: Findings) -> dict[Question, list[Statement]]:
    """The same by the question that is answered, each question that the plan asks."""
    dates, tried = findings.date_stability, findings.multiverse
    number = number_told(findings)
    parts: dict[Question, list[Statement]] = {
        "number": [] if number is None else [number],
        "choices": [] if tried is None else [Statement("trust", told) for told in tried.sentences()],
        "chance": list(_chance_told(findings)),
        "people": [*_bootstrap_told(findings), *_subsamples_told(findings)],
        "dates": [] if dates is None else [Statement("trust", told) for told in dates.sentences()],
    }
    return {question: told for question, told in parts.items() if told}


def _chance_told(findings: Findings) -> Iterator[Statement]:
    """Whether lives made by chance would be parted as well, one sentence a model."""
    own = findings.types.k
    for found in findings.null_models.values():
        plain, numbers = found.told()
        table = found.table()
        row = table[(table["k"] == own) & (table["index"] == "ASW")]
        some = (table[table["index"] == "ASW"]["p_adjusted"] < 0.05).any()
        if some and len(row) and not (row["p_adjusted"] < 0.05).any():
            plain += f" The {own} types reported are no better than that."
        yield Statement("trust", plain, numbers)


def _bootstrap_told(findings: Findings) -> Iterator[Statement]:
    found = findings.bootstrap
    if found is None:
        return
    firm = [f"“{name}”" for name, mean in zip(found.typology.names, found.means, strict=True)
            if mean >= STABLE]  # fmt: skip
    yield Statement(
        "trust",
        f"With other people of the same kind, {_so_many(len(firm), found.typology.k)} would be found "
        f"again{': ' if firm else ''}{joined(firm)}.",
        f"mean Jaccard coefficient of {STABLE} or more over {len(found.jaccard):,} bootstrap samples",
    )


def _so_many(some: int, k: int) -> str:
    """``all 3 types``, ``2 of the 3 types``, ``none of the 3 types``."""
    return f"all {k} types" if some == k else f"{some or 'none'} of the {k} types"


def _subsamples_told(findings: Findings) -> Iterator[Statement]:
    table, k = findings.subsamples, findings.plan.types.k
    if table is None:
        return
    rand = dict(zip(table["k"].tolist(), table["rand"].tolist(), strict=True))
    best = max(rand, key=lambda number: rand[number])
    own = f", against {rand[k]:.2f} for the {k} reported" if k in rand and k != best else ""
    yield Statement(
        "trust",
        f"Two overlapping parts of the people agree most on {best} types{own and ' rather than ' + str(k)}.",
        f"mean adjusted Rand index {rand[best]:.2f}{own}, over {int(table['samples'].max())} pairs of parts",
    )


def _ks(findings: Findings) -> range:
    """The numbers of types whose quality is compared, as far as there are lives for them."""
    first, last = findings.plan.types.quality
    return range(first, min(last, findings.lives.n - 1) + 1)


def _share(findings: Findings, stage: str, total: int) -> Callable[[float], None]:
    """Tells a share of a stage as so many of ``total``."""
    told = findings.told(stage)
    return lambda share: told(round(share * total), total)
