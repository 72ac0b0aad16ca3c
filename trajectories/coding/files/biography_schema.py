"""The JSON Schema of a biography, made from a study's codebook: its states with their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trajectories.coding.checking.code_rules import CONFIDENCE
from trajectories.coding.codebook import Codebook, Domain

Schema = dict[str, Any]

_ONE = r"[0-9\[{~?%][0-9X.,~?%\-\[\]{} ]*"
"""What a date begins with and is made of; whether it is a day of the calendar, ``check`` tells."""
DATE: Schema = {"type": ["string", "integer", "null"], "pattern": rf"^(\.\.|{_ONE})?$",
        "description": "A date in EDTF: 2022, 2022-03, 2022-03-15, 2022-21 (spring), 2022-03~ (around), "
        "2022-03? (uncertain), nothing when it is not known."}  # fmt: skip
STRETCH: Schema = {"type": "string", "pattern": rf"^(\.\.|{_ONE})?/(\.\.|{_ONE})?$",
           "description": "From when to when, in EDTF: 2022-03-05/2023-06~. An end of .. still holds at the "
           "interview; an end left out is not known."}  # fmt: skip
TEXT: Schema = {"type": ["string", "number", "boolean", "null"]}


def biography_schema(codebook: Codebook) -> Schema:
    """The schema of one life coded with this codebook (draft 7).

    Every state of a domain may be completed and shows its definition. Dates are held to their letters, not to
    the calendar; unknown attributes, kinds of event and words of ties are refused.
    """
    episodes = {domain.name: _nullable_list(_episode(domain)) for domain in codebook.domains}
    events = _enum({kind.name: _told(kind.label, kind.definition) for kind in codebook.events})
    properties: dict[str, Schema] = {
        "id": {"type": ["string", "integer"], "description": "A pseudonym that says nothing."},
        "birth": DATE,
        "interview": DATE,
        "observed": {"anyOf": [DATE, STRETCH], "description": "From when on the coding speaks of this life."},
        "attributes": _attributes(codebook),
        "episodes": {**_object(episodes), "type": ["object", "null"]},
        "events": _nullable_list(_entry({"event": events, "id": TEXT, "label": TEXT, "date": DATE,
                                         "when": DATE}, ["event"])),
        "ties": _nullable_list(_entry(_tie(codebook), ["direction", "resource"])),
    }  # fmt: skip
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "One coded life"}
    return {**head, **_object(properties, ["id"])}


def _episode(domain: Domain) -> Schema:
    told = {code: _told(domain.state(code).label, domain.state(code).definition) for code in domain.codes}
    fields = {"state": _enum(told, domain.definition), "when": STRETCH, "start": DATE, "end": DATE,
              "event": {**TEXT, "description": "The id of the event it begins with."}}  # fmt: skip
    entry = _entry(fields, ["state"])
    twice = [{"not": {"required": ["when", side]}} for side in ("start", "end")]
    return {**entry, "allOf": twice}


def _entry(fields: Mapping[str, Schema], required: list[str]) -> Schema:
    rests_on = {**_object({"document": TEXT, "paragraph": TEXT}), "type": ["object", "null"]}
    common = {"quote": TEXT, "source": rests_on, "coder": TEXT, "confidence": {"enum": [*CONFIDENCE, None]}}
    return _object({**fields, **common}, required)


def _tie(codebook: Codebook) -> dict[str, Schema]:
    names = ("direction", "resource", "counterpart", "infrastructure", "terms")
    words = {name: codebook.ties.get(name) for name in names}
    fields = {name: _enum(dict.fromkeys(found, "")) if found else TEXT for name, found in words.items()}
    return {"when": DATE, "date": DATE, **fields}


def _attributes(codebook: Codebook) -> Schema:
    found = {}
    for one in codebook.attributes:
        schema = TEXT if one.values is None else _enum(one.values)
        found[one.name] = {**schema, "description": _told(one.label, one.definition)}
    return {**_object(found), "type": ["object", "null"]}


def _enum(told: Mapping[str, str], description: str = "") -> Schema:
    """Words that may stand there, each with what an editor shows beside it.

    A word that YAML takes for a truth value (``no``) or a number stands there as such too.
    """
    words: list[Any] = list(told)
    texts = list(told.values())
    schema: Schema = {"enum": [*words, *_as_yaml(words)], "enumDescriptions": texts}
    return {**schema, "description": description} if description else schema


def _as_yaml(words: Iterable[str]) -> list[Any]:
    truth = {"true": True, "false": False, "yes": True, "no": False}
    numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
    return list(dict.fromkeys(truth[word] for word in words if word in truth)) + numbers


def _told(label: str, definition: str) -> str:
    return f"{label}: {definition}" if definition else label


def _object(properties: Mapping[str, Schema], required: list[str] | None = None) -> Schema:
    schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**schema, "required": required} if required else schema


def _nullable_list(items: Schema) -> Schema:
    return {"type": ["array", "null"], "items": items}
