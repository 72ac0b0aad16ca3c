"""Names of codes found in the codebook: states, events, attributes, values, words of ties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from trajectories.coding.codebook import Attribute, Codebook, Domain, State
from trajectories.coding.problems import choices, nearest
from trajectories.coding.qda.mapping import PERSON_FIELDS
from trajectories.coding.qda.mapping import Mapping as QdaMapping
from trajectories.coding.qda.names import folded, slug
from trajectories.coding.qda.segments import Path


class Labelled(Protocol):
    """Anything in a codebook with a label."""

    @property
    def label(self) -> str: ...


Entry = TypeVar("Entry", bound=Labelled)


def same(name: str, code: str, label: str) -> bool:
    """Whether a code's name is the codebook's label or code."""
    return folded(name) in (folded(label), code) or slug(name) == code


def find_state(domain: Domain, top: str | None, below: Path) -> str | None:
    """The state that a rule's state and the steps below it name; None when the codebook lacks a step.

    Empty when there is neither. A step may be a label or a code.
    """
    states: tuple[State, ...] = domain.states if top is None else domain.state(top).states
    code = top or ""
    for step in below:
        found = next((state for state in states if same(step, state.code, state.label)), None)
        if found is None:
            return None
        code, states = f"{code}.{found.code}".lstrip("."), found.states
    return code


def find_named(name: str, entries: Iterable[tuple[str, str]]) -> str | None:
    """The code among ``(code, label)`` pairs that a name stands for."""
    return next((code for code, label in entries if same(name, code, label)), None)


def find_value(attribute: Attribute, text: str) -> str | None:
    """The attribute's value that a text stands for; any text where the codebook allows any."""
    if attribute.values is None:
        return text or None
    return find_named(text, attribute.values.items()) if text else None


def find_words(codebook: Codebook, fixed: Mapping[str, str], below: Path) -> tuple[dict[str, str], str]:
    """The fields of a tie, filled from the steps below a rule; and a step that fits none or several."""
    fields = dict(fixed)
    for step in below:
        fitting = [(name, word) for name, words in codebook.ties.items() if name not in fields
                   if (word := find_named(step, ((word, word.replace("_", " ")) for word in words)))]
        if len(fitting) != 1:
            return fields, step
        fields |= fitting
    return fields, ""


def misfits(mapping: QdaMapping, codebook: Codebook) -> Iterator[str]:
    """Whatever the mapping names and the codebook does not have, a sentence each."""
    domains = {domain.name: domain for domain in codebook.domains}
    attributes = {attribute.name: attribute for attribute in codebook.attributes}
    events = [event.name for event in codebook.events]
    for path, rule in mapping.codes.items():
        lead = f"codes {path!r}: the codebook has no"
        if rule.domain is not None and rule.domain not in domains:
            yield f"{lead} domain {rule.domain!r}. {choices(rule.domain, domains, 'There are')}"
        elif rule.domain is not None and rule.state and rule.state not in domains[rule.domain].codes:
            codes = domains[rule.domain].codes
            yield f"{lead} state {rule.state!r} in {rule.domain}. {_near(rule.state, codes, 'There are')}"
        if rule.event is not None and rule.event not in events:
            yield f"{lead} event {rule.event!r}. {choices(rule.event, events, 'There are')}"
        if rule.attribute is not None and rule.attribute not in attributes:
            yield f"{lead} attribute {rule.attribute!r}. {choices(rule.attribute, attributes, 'There are')}"
        elif rule.attribute is not None and rule.value is not None:
            values = attributes[rule.attribute].values
            if values is not None and rule.value not in values:
                yield f"{lead} value {rule.value!r} of {rule.attribute}. {choices(rule.value, values)}"
        for field, word in (rule.tie or {}).items():
            if field in codebook.ties and word not in codebook.ties[field]:
                yield f"{lead} word {word!r} for {field}. {choices(word, codebook.ties[field])}"
    for name, meaning in mapping.variables.items():
        if meaning not in attributes and meaning not in PERSON_FIELDS:
            known = (*attributes, *PERSON_FIELDS)
            hint = choices(meaning, known, "There are")
            yield f"variables {name!r}: there is no attribute {meaning!r}. {hint}"


def _near(word: str, names: tuple[str, ...], lead: str) -> str:
    return nearest(word, names) or choices(word, [name for name in names if "." not in name], lead)
