"""Variables of documents and cases become attributes and dates of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import DateError, parse_date, parse_interval
from trajectories.coding.problems import choices
from trajectories.coding.qda.fates import NO_PERSON, Fate
from trajectories.coding.qda.lookup import find_value
from trajectories.coding.qda.mapping import PERSON_FIELDS, Mapping
from trajectories.coding.qda.person_patterns import patient
from trajectories.coding.qda.segments import Segment, Variable

_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*\Z")


def variable_fates(variables: Iterable[Variable], mapping: Mapping, codebook: Codebook) -> Iterator[Fate]:
    """What becomes of each value of a variable: an attribute (or a date of the person), a question, or
    nothing."""
    id_of = patient(mapping.person.id_of)
    for variable in variables:
        segment = Segment(variable.file, variable.row, variable.document, ("variable", variable.name),
                          variable.group, variable.case)
        meaning = mapping.variable(variable.name)
        if meaning is None:
            yield Fate("discarded", segment, why="the mapping does not have this variable")
            continue
        person = id_of(variable.case, variable.document, variable.group)
        value, missing = _value(meaning, variable.value, codebook)
        if not person or missing:
            yield Fate("todo", segment, person, why=missing or NO_PERSON)
        else:
            yield Fate("attribute", segment, person, (("attribute", meaning), ("value", value)))


def _value(meaning: str, text: str, codebook: Codebook) -> tuple[str, str]:
    """The value as the study writes it, or what is missing for it to be one."""
    if meaning in PERSON_FIELDS:
        return _date(meaning, _CLOCK.sub(r"\1", text))
    attribute = next(one for one in codebook.attributes if one.name == meaning)
    value = find_value(attribute, text)
    if value is not None:
        return value, ""
    hint = choices(text, (attribute.values or {}).values())
    return "", f"a value: attribute {meaning!r} has none called {text!r}. {hint}"


def _date(name: str, text: str) -> tuple[str, str]:
    try:
        if name == "observed" and "/" in text:
            parse_interval(text)
        else:
            parse_date(text)
    except DateError as error:
        return "", f"a date that can be read: {name}: {error.what}. {error.hint}".strip()
    return text, ""


def settled(fates: Iterable[Fate]) -> Iterator[Fate]:
    """The same fates; a second, different value of somebody's attribute is a question, not a replacement."""
    first: dict[tuple[str, str], str] = {}
    for fate in fates:
        if fate.kind != "attribute":
            yield fate
            continue
        row = dict(fate.row)
        known = first.setdefault((fate.person, row["attribute"]), row["value"])
        if known == row["value"]:
            yield fate
        else:
            why = f"one value: {row['attribute']} is {known!r} elsewhere and {row['value']!r} here"
            yield replace(fate, kind="todo", row=(), why=why)
