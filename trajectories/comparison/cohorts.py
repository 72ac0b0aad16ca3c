"""Cohorts of people by the date of an event, and groups by an attribute."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trajectories.coding.biography import Person
from trajectories.coding.dating.chronology import event_date
from trajectories.coding.dating.dates import FuzzyDate
from trajectories.coding.study import CohortScheme, Study
from trajectories.comparison.groups import Groups
from trajectories.errors import SettingError


def cohorts(study: Study, scheme: str) -> Groups:
    """Divide people into the cohorts of one of the study's schemes, by the date of its event (first
    departure).

    A date whose whole window of days lies inside one cohort is certain. A window that a cut goes through
    leaves the person without a cohort, listed as ``ambiguous``; ``probabilities`` then say how much of the
    window lies in each cohort, every day of the unit as written counting alike and the days that ``~``, ``?``
    or ``%`` add counting less the further out they are. People without a dated event, or who do not fit the
    scheme's ``where``, are ``outside``. Raises SettingError for a scheme the study does not have, or a
    ``where`` by an attribute it does not have.
    """
    if scheme not in study.cohorts:
        known = ", ".join(study.cohorts) or "none"
        raise SettingError(f"{study.title}: there is no cohort scheme {scheme!r}; study.yaml has {known}.")
    chosen = study.cohorts[scheme]
    for attribute in chosen.where:
        _refuse_unknown(study, attribute, f"the cohort scheme {scheme!r} asks for")
    dates = [_date_in(study, person, chosen) for person in study.people]
    cuts = [cut.toordinal() for cut in chosen.cuts]
    return _grouped(scheme, chosen.label, study.ids, chosen.labels, [shares(date, cuts) for date in dates])


def groups_by(study: Study, attribute: str) -> Groups:
    """Divide people by the values of an attribute (origin country, gender), in the codebook's order and
    words.

    People whose value is empty are ``outside``; a value the codebook does not list makes a group of its own,
    after the listed ones. Raises SettingError for an attribute the codebook does not have.
    """
    _refuse_unknown(study, attribute, "the groups are asked by")
    meant = next(a for a in study.codebook.attributes if a.name == attribute)
    names = dict(meant.values or {})
    values = [person.attributes.get(attribute, "") for person in study.people]
    names |= {value: value for value in sorted(set(values)) if value and value not in names}
    codes = {value: group for group, value in enumerate(names)}
    rows = [np.eye(len(names))[codes[value]] if value else np.zeros(len(names)) for value in values]
    return _grouped(attribute, meant.label, study.ids, tuple(names.values()), rows)


def shares(date: FuzzyDate | None, cuts: Sequence[int]) -> NDArray[np.float64]:
    """The share of a date's window in each stretch between ``cuts`` (rising ordinals that open a stretch).

    Days of the unit as written weigh 1; of f days that a qualifier adds on one side, the one m days out
    weighs 1 - m / (f + 1). All zero for no date.

    >>> from trajectories.coding.dating.dates import parse_date
    >>> shares(parse_date("2022-02"), [parse_date("2022-02-15").window[0]]).tolist()
    [0.5, 0.5]
    """
    found = np.zeros(len(cuts) + 1)
    if date is None or not date.is_known:
        return found
    first, last = date.window
    if bisect_right(cuts, first) == bisect_right(cuts, last):
        found[bisect_right(cuts, first)] = 1.0
        return found
    days = np.arange(first, last + 1)
    core = (date.core_earliest or first, date.core_latest or last)
    before, after = np.maximum(core[0] - days, 0), np.maximum(days - core[1], 0)
    weights = 1 - before / (core[0] - first + 1) - after / (last - core[1] + 1)
    inside = np.searchsorted(cuts, days, side="right")
    return np.asarray(np.bincount(inside, weights, minlength=len(found)) / weights.sum())


def _date_in(study: Study, person: Person, scheme: CohortScheme) -> FuzzyDate | None:
    """The event's date of somebody the scheme speaks of; None for the others."""
    if any(person.attributes.get(key, "") != value for key, value in scheme.where.items()):
        return None
    return event_date(study.biography(person.id), scheme.event, study.dates.point)


def _grouped(
    name: str, label: str, ids: tuple[str, ...], labels: tuple[str, ...], rows: list[NDArray[np.float64]]
) -> Groups:
    probabilities = np.array(rows, dtype=np.float64).reshape(len(ids), len(labels))
    codes = np.full(len(ids), -1, dtype=np.int64)
    sure, group = np.nonzero(probabilities == 1)
    codes[sure] = group
    anywhere = probabilities.any(axis=1)
    return Groups(
        name=name,
        label=label,
        ids=ids,
        codes=codes,
        labels=labels,
        probabilities=probabilities,
        ambiguous=tuple(ids[i] for i in np.flatnonzero(anywhere & (codes < 0))),
        outside=tuple(ids[i] for i in np.flatnonzero(~anywhere)),
    )


def _refuse_unknown(study: Study, attribute: str, asked: str) -> None:
    known = [a.name for a in study.codebook.attributes]
    if attribute not in known:
        raise SettingError(
            f"{study.title}: {asked} attribute {attribute!r}, which the codebook does not have; "
            f"it has {', '.join(known) or 'none'}."
        )
