"""What the name of a code may mean in a codebook, given what the code above it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from trajectories.coding.codebook import Codebook, State
from trajectories.coding.qda.lookup import find_named, find_state, find_value
from trajectories.coding.qda.names import folded

HEADINGS = {
    "events": ("events", "event", "ereignisse"),
    "attributes": ("attributes", "attribute", "person", "merkmale"),
    "ties": ("ties", "support", "support ties", "help", "unterstützung", "hilfe"),
}
"""Codes that only hold others together."""
_NEAR = 0.75
_LONGEST = 200
"""Characters of the longest name that is compared with labels."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means: the rule to write (empty for none), and what the codes below it are looked up in."""

    rule: str = ""
    near: str = ""
    """The label that was only like the code's name; the rule is then a guess."""
    domain: str = ""
    state: str = ""
    heading: str = ""
    field: str = ""
    attribute: str = ""

    @property
    def known(self) -> bool:
        """Whether the code has a place in the codebook, with or without a rule of its own."""
        return not self.near and bool(self.rule or self.heading or self.attribute)


def meaning_of(name: str, above: Meaning, codebook: Codebook) -> Meaning:
    """What a code called ``name`` means below one that means ``above``: exactly, nearly, or nothing."""
    exact = _exact(name, above, codebook)
    if exact is not None:
        return exact
    if len(name) > _LONGEST:
        return Meaning()
    labels = {folded(label): label for label in _labels(above, codebook)}
    near = get_close_matches(folded(name), list(labels), n=1, cutoff=_NEAR)
    guessed = _exact(labels[near[0]], above, codebook) if near else None
    return Meaning() if guessed is None else replace(guessed, near=labels[near[0]])


def _exact(name: str, above: Meaning, codebook: Codebook) -> Meaning | None:
    if above.domain:
        return _state_below(name, above, codebook)
    if above.attribute:
        attribute = next(one for one in codebook.attributes if one.name == above.attribute)
        value = find_value(attribute, name)
        return None if value is None else Meaning(attribute=above.attribute)
    if above.heading == "ties":
        return _word_below(name, above, codebook)
    return _anywhere(name, codebook)


def _state_below(name: str, above: Meaning, codebook: Codebook) -> Meaning | None:
    code = find_state(codebook.domain(above.domain), above.state or None, (name,))
    if code:
        return Meaning(f"{{domain: {above.domain}, state: {code}}}", domain=above.domain, state=code)
    event = find_named(name, ((kind.name, kind.label) for kind in codebook.events))
    return Meaning(f"{{event: {event}}}") if event else None


def _word_below(name: str, above: Meaning, codebook: Codebook) -> Meaning | None:
    field = None if above.field else find_named(name, ((key, key) for key in codebook.ties))
    if field:
        return replace(above, rule="", field=field)
    fitting = [(key, word) for key, words in codebook.ties.items() if above.field in ("", key)
               if (word := find_named(name, ((one, one.replace("_", " ")) for one in words)))]
    if len(fitting) != 1:
        return None
    return replace(above, rule=f"{{tie: {{{fitting[0][0]}: {fitting[0][1]}}}}}", field="")


def _anywhere(name: str, codebook: Codebook) -> Meaning | None:
    for heading, words in HEADINGS.items():
        if folded(name) in words and (heading != "ties" or codebook.ties):
            return Meaning("{tie: {}}" if heading == "ties" else "", heading=heading)
    if domain := find_named(name, ((one.name, one.label) for one in codebook.domains)):
        return Meaning(f"{{domain: {domain}}}", domain=domain)
    if event := find_named(name, ((one.name, one.label) for one in codebook.events)):
        return Meaning(f"{{event: {event}}}")
    if attribute := find_named(name, ((one.name, one.label) for one in codebook.attributes)):
        return Meaning(f"{{attribute: {attribute}}}", attribute=attribute)
    holding = [(one.name, code) for one in codebook.domains if (code := find_state(one, None, (name,)))]
    if len(holding) != 1:
        return None
    found, code = holding[0]
    return Meaning(f"{{domain: {found}, state: {code}}}", domain=found, state=code)


def _labels(above: Meaning, codebook: Codebook) -> list[str]:
    """The labels a misspelt name may have been meant as."""
    if above.domain:
        domain = codebook.domain(above.domain)
        return _labels_of(domain.state(above.state).states if above.state else domain.states)
    if above.attribute:
        attribute = next(one for one in codebook.attributes if one.name == above.attribute)
        return list((attribute.values or {}).values())
    if above.heading == "ties":
        words = [word for key, found in codebook.ties.items() if above.field in ("", key) for word in found]
        return [word.replace("_", " ") for word in words]
    top = [domain.label for domain in codebook.domains] + [event.label for event in codebook.events]
    top += [attribute.label for attribute in codebook.attributes]
    return top + [label for domain in codebook.domains for label in _labels_of(domain.states)]


def _labels_of(states: Iterable[State]) -> list[str]:
    return [state.label for state in states]
