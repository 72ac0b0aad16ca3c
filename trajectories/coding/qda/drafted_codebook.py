"""A codebook for a team that has none yet: the states its own codes name, as the mapping says."""

from __future__ import annotations

from typing import Any

from trajectories.coding.codebook import Codebook
from trajectories.coding.qda.mapping import PERSON_FIELDS, Mapping, Rule
from trajectories.coding.qda.names import slug, split_path
from trajectories.coding.qda.segments import Export, Path
from trajectories.errors import SettingError


def drafted_codebook(export: Export, mapping: Mapping) -> Codebook:
    """The codebook that the mapped codes of an export make up, with their names and descriptions.

    Raises SettingError when the mapping gives no code a domain: a study needs at least one.
    """
    draft = _Draft(mapping)
    for path in (*map(split_path, mapping.codes), *export.codes):
        rule, below = mapping.rule_for(path)
        if rule is not None and mapping.date_in(path) is None:
            draft.add(path, rule, below, export.codes.get(path, ""))
    for name, meaning in mapping.variables.items():
        if meaning not in PERSON_FIELDS:
            draft.attributes.setdefault(meaning, {"label": name})
    if not any(domain["states"] for domain in draft.domains.values()):
        raise SettingError(
            "The mapping gives no code a domain with states, so no codebook can be drafted. Write lines such "
            "as 'Location: {domain: location}' below 'codes', or name a codebook."
        )
    return draft.codebook()


class _Draft:
    """A codebook in the making."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.domains: dict[str, dict[str, Any]] = {}
        self.events: dict[str, Any] = {}
        self.attributes: dict[str, dict[str, Any]] = {}
        self.ties: dict[str, list[str]] = {}

    def add(self, path: Path, rule: Rule, below: Path, description: str) -> None:
        """What one code adds."""
        if rule.domain is not None:
            self.state(path, rule, below, description)
        elif rule.event is not None:
            self.events.setdefault(rule.event, _labelled(path[len(path) - len(below) - 1], description))
        elif rule.attribute is not None:
            entry = self.attributes.setdefault(rule.attribute, {"label": path[len(path) - len(below) - 1]})
            for value in filter(None, (rule.value, below[-1] if below else None)):
                entry.setdefault("values", {}).setdefault(rule.value or slug(value), value)
        else:
            for field, word in (rule.tie or {}).items():
                self.ties.setdefault(field, []).extend([word] if word not in self.ties.get(field, ()) else [])

    def state(self, path: Path, rule: Rule, below: Path, description: str) -> None:
        own = path[len(path) - len(below) - 1]
        label = own if rule.state is None else rule.domain or own
        domain = self.domains.setdefault(rule.domain or "", {"label": label, "states": {}})
        steps = [*(rule.state.split(".") if rule.state else ()), *map(slug, below)]
        names = [own] * (len(steps) - len(below)) + list(below)
        states = domain["states"]
        for i, (code, name) in enumerate(zip(steps, names, strict=True)):
            entry = states.setdefault(code, {"label": name, "states": {}})
            if i == len(steps) - 1 and description:
                entry.setdefault("definition", description)
            states = entry["states"]

    def codebook(self) -> Codebook:
        domains = {name: domain for name, domain in self.domains.items() if domain["states"]}
        whole = {"title": f"{self.mapping.title} (drafted)", "domains": domains, "events": self.events,
                 "attributes": self.attributes, "ties": self.ties}
        return Codebook(**whole)


def _labelled(label: str, definition: str) -> dict[str, str]:
    return {"label": label, "definition": definition} if definition else {"label": label}
