"""The codebook: which domains a life is coded in, and the ordered alphabet of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pydantic import Field, field_validator, model_validator

from trajectories.settings import Settings


def _named(value: Any, key: str = "code") -> Any:
    """Turn the YAML mapping ``{code: {...}}`` into a list that keeps its order; leave lists alone."""
    if not isinstance(value, dict):
        return value
    bodies = {code: body if isinstance(body, dict) else {"label": body} for code, body in value.items()}
    return [{key: code, **body} for code, body in bodies.items()]


class State(Settings):
    """One state of a domain's alphabet, with its sub-codes (``germany`` has ``germany.berlin``)."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    definition: str = ""
    rank: float | None = None
    colour: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    states: tuple[State, ...] = ()
    only_in: tuple[str, ...] = ()
    """States of another domain that must hold at the same time: a residence permit of Turkey only in
    ``turkey``. Sub-codes take over what the state above them says, unless they say otherwise."""
    not_in: tuple[str, ...] = ()
    """States of another domain that cannot hold at the same time: a citizen at home is not in ``germany``."""

    @field_validator("only_in", "not_in", mode="before")
    @classmethod
    def _one_place(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    @field_validator("states", mode="before")
    @classmethod
    def _states(cls, value: Any) -> Any:
        return _named(value)


class Domain(Settings):
    """A side of life that is coded on its own (location, legal status, activism, emotion): an ordered
    alphabet."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    definition: str = ""
    colour: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{6}$")
    states: tuple[State, ...] = Field(min_length=1)
    fill_limit: float | None = Field(default=None, gt=0)
    """Months for which one mention can speak: a state held for longer from one mention is asked about."""

    @field_validator("states", mode="before")
    @classmethod
    def _states(cls, value: Any) -> Any:
        return _named(value)

    @property
    def alphabet(self) -> tuple[str, ...]:
        """Top-level codes in the codebook's order."""
        return tuple(state.code for state in self.states)

    @property
    def labels(self) -> dict[str, str]:
        return {state.code: state.label for state in self.states}

    @property
    def colours(self) -> dict[str, str]:
        """A colour for each top-level code: the codebook's own, or one of a colour-blind-safe series."""
        return {s.code: s.colour or SERIES[i % len(SERIES)] for i, s in enumerate(self.states)}

    @property
    def ranks(self) -> dict[str, float | None]:
        return {state.code: state.rank for state in self.states}

    @cached_property
    def _by_code(self) -> dict[str, State]:
        return dict(_walk(self.states, ""))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that may be written, dotted sub-codes included."""
        return tuple(self._by_code)

    def state(self, code: str) -> State:
        """The state written as ``code`` (dotted codes allowed). Raises KeyError for a code the domain
        lacks."""
        return self._by_code[code]

    def top(self, code: str) -> str:
        """The top-level code that a dotted code rolls up to: ``germany.berlin`` -> ``germany``."""
        return code.partition(".")[0]


class EventKind(Settings):
    """A kind of dated moment: departure, arrest, interview, asylum application."""

    name: str
    label: str
    definition: str = ""


class Attribute(Settings):
    """Something that holds for a person as a whole (origin, gender, education) and may be filtered or
    compared by."""

    name: str
    label: str
    definition: str = ""
    values: dict[str, str] | None = None
    """Allowed values with their labels, in order; None for free numbers or text."""

    @field_validator("values", mode="before")
    @classmethod
    def _values(cls, value: Any) -> Any:
        return {str(v): str(v) for v in value} if isinstance(value, list) else value


class Codebook(Settings):
    """The whole alphabet of a study: domains, kinds of event, attributes of people, vocabulary of support
    ties."""

    title: str = ""
    version: str = "1"
    domains: tuple[Domain, ...] = Field(min_length=1)
    events: tuple[EventKind, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    ties: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Allowed values of each field of a tie (``direction: [received, given]``, ``resource: [...]``)."""

    @field_validator("domains", "events", "attributes", mode="before")
    @classmethod
    def _lists(cls, value: Any) -> Any:
        return _named(value, "name")

    @field_validator("version", mode="before")
    @classmethod
    def _version(cls, value: Any) -> Any:
        return str(value)

    @model_validator(mode="after")
    def _places(self) -> Codebook:
        for domain in self.domains:
            for code, state in domain._by_code.items():
                if (state.only_in or state.not_in) and self.place_domain(domain.name, state) is None:
                    wanted = ", ".join((*state.only_in, *state.not_in))
                    raise ValueError(f"{domain.name}.{code}: only_in and not_in must name states of one "
                                     f"other domain; no other domain has all of {wanted}")  # fmt: skip
        return self

    def place_domain(self, own: str, state: State) -> Domain | None:
        """The domain whose states ``only_in`` and ``not_in`` of a state speak of; None when there is none."""
        wanted = {*state.only_in, *state.not_in}
        others = (domain for domain in self.domains if domain.name != own)
        return next((domain for domain in others if wanted <= set(domain.codes)), None)

    def domain(self, name: str) -> Domain:
        """The domain called ``name``. Raises KeyError if there is none."""
        return {domain.name: domain for domain in self.domains}[name]

    def event_label(self, kind: str) -> str:
        """What a kind of event is called; its own name where the codebook does not tell."""
        return {event.name: event.label for event in self.events}.get(kind, kind)

    def __repr__(self) -> str:
        inside = ", ".join(f"{d.name} ({len(d.states)})" for d in self.domains)
        return f"Codebook: {inside}; {len(self.events)} kinds of event, {len(self.attributes)} attributes"


def _walk(states: tuple[State, ...], prefix: str) -> Iterator[tuple[str, State]]:
    for state in states:
        code = f"{prefix}{state.code}"
        yield code, state
        yield from _walk(state.states, code + ".")


# petroff10: smallest colour difference 11.9 (CIEDE2000) under the three common colour-vision deficiencies.
SERIES = ("#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6",
          "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd")  # fmt: skip
