"""The figures that a plan asks for, under the names their files get."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trajectories.errors import SettingError

if TYPE_CHECKING:
    from trajectories.figures.figure import Figure
    from trajectories.findings.stages import Findings


def figure_names(findings: Findings) -> tuple[str, ...]:
    """The names of all figures of the plan, in the plan's order: ``types_legal``, ``cohorts_binary_2022``."""
    return tuple(_makers(findings))


def figure(findings: Findings, name: str) -> Figure:
    """One figure by its name. Raises SettingError for a name the plan does not ask for."""
    makers = _makers(findings)
    if name not in makers:
        raise SettingError(f"The plan has no figure {name!r}; it has {', '.join(makers) or 'none'}.")
    return makers[name]()


Makers = dict[str, Callable[[], "Figure"]]


def _makers(findings: Findings) -> Makers:
    kinds: dict[str, Callable[[Findings], Makers]] = {
        "distribution": _distributions, "index": _index, "types": _types, "cohorts": _cohorts,
        "cohort_types": _cohort_types, "quality": _quality, "typical": _typical, "timelines": _timelines,
    }  # fmt: skip
    asked = {name: make for kind in findings.plan.figures for name, make in kinds[kind](findings).items()}
    return asked | _trust(findings)


def _domains(findings: Findings) -> list[str]:
    """The aligned domains, the one drawn first at their head."""
    first = findings.view_domain
    return [first, *(name for name in findings.domains if name != first)]


def _distributions(findings: Findings) -> Makers:
    from trajectories.figures.distribution import plot_distribution

    return {"distribution": lambda: plot_distribution(findings.shown.only(*_domains(findings)))}


def _index(findings: Findings) -> Makers:
    from trajectories.figures.index import plot_index

    sort = findings.plan.view.sort
    by = "first_change" if sort == "typical" else sort
    return {"index": lambda: plot_index(findings.shown, findings.view_domain, by)}


def _types(findings: Findings) -> Makers:
    from trajectories.figures.types import plot_types

    def of(domain: str) -> Callable[[], Figure]:
        return lambda: plot_types(findings.shown, findings.shown_types, domain, findings.plan.view.sort)

    return {f"types_{domain}": of(domain) for domain in _domains(findings)}


def _cohorts(findings: Findings) -> Makers:
    from trajectories.figures.cohorts import plot_cohorts

    def of(scheme: str) -> Callable[[], Figure]:
        return lambda: plot_cohorts(findings.shown, findings.groups(scheme), findings.view_domain)

    return {f"cohorts_{scheme}": of(scheme) for scheme in findings.compared}


def _cohort_types(findings: Findings) -> Makers:
    from trajectories.figures.cohort_types import plot_cohort_types

    def of(scheme: str) -> Callable[[], Figure]:
        return lambda: plot_cohort_types(findings.type_table(scheme))

    return {f"cohort_types_{scheme}": of(scheme) for scheme in findings.compared}


def _quality(findings: Findings) -> Makers:
    from trajectories.figures.quality import plot_quality

    return {"quality": lambda: plot_quality(findings.quality)}


def _typical(findings: Findings) -> Makers:
    from trajectories.figures.typical_lives import plot_typical_lives

    return {"typical": lambda: plot_typical_lives(findings.typical)}


def _trust(findings: Findings) -> Makers:
    """The figures on how far the types can be trusted, as far as the plan asks."""
    asked = findings.plan.stability
    makers: Makers = {}
    if asked.null_models:
        makers["null_models"] = lambda: _null_models(findings)
    if asked.bootstrap:
        makers["bootstrap"] = lambda: _bootstrap(findings)
    if asked.draws:
        makers["date_stability"] = lambda: _date_stability(findings)
    if asked.multiverse != "no":
        makers["multiverse_types"] = lambda: _multiverse(findings, "rand")
        if findings.compared:
            makers["multiverse_cohorts"] = lambda: _multiverse(findings, "pseudo_r2")
    return makers


def _null_models(findings: Findings) -> Figure:
    from trajectories.figures.null_models import plot_null_models
    from trajectories.findings.tables import null_models

    return plot_null_models(null_models(findings))


def _bootstrap(findings: Findings) -> Figure:
    from trajectories.figures.type_stability import plot_type_stability

    found = findings.bootstrap
    assert found is not None
    return plot_type_stability(found.table(), findings.subsamples)


def _date_stability(findings: Findings) -> Figure:
    from trajectories.figures.date_stability import plot_date_stability

    found = findings.date_stability
    assert found is not None
    return plot_date_stability(found.table(), found.by_type())


def _multiverse(findings: Findings, effect: str) -> Figure:
    from trajectories.figures.multiverse import plot_multiverse

    found = findings.multiverse
    assert found is not None
    return plot_multiverse(found.table(), effect)


def _timelines(findings: Findings) -> Makers:
    from trajectories.figures.timeline import plot_timeline

    def of(person: str) -> Callable[[], Figure]:
        return lambda: plot_timeline(findings.study, person)

    people = findings.plan.timelines or findings.types.medoids
    return {f"timeline_{_file_name(person)}": of(person) for person in people}


def _file_name(text: str) -> str:
    """The text with everything but letters, digits, dot, dash and underscore replaced, so that it can name
    a file."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in text).lstrip(".") or "_"
