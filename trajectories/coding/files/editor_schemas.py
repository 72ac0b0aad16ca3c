"""JSON Schemas of a study's files, so that an editor completes keys and states and shows what they mean.

They say what may be written (draft 7, which the YAML language server reads), made from the models that read
the files and from the study's own codebook. What only the whole study can tell is left to ``check``.
"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

from pydantic import BaseModel

from trajectories.coding.codebook import Attribute, Codebook, Domain, EventKind, State
from trajectories.coding.files.biography_schema import biography_schema
from trajectories.coding.study import StudyFile
from trajectories.errors import SettingError

FOLDER = ".schemas"
Schema = dict[str, Any]

_NAMED_BY: dict[type[BaseModel], str] = {State: "code", Domain: "name", EventKind: "name", Attribute: "name"}
"""Models written as a mapping from their name: ``{origin: {label: ...}}``, or ``{origin: Label}``."""
_ONE_OR_MANY = frozenset(("biographies", "only_in", "not_in"))
_SCALAR = ["string", "number", "boolean"]
"""Text is read as written: ``1``, ``yes`` and ``2022`` are text too."""


def write_schemas(folder: Path, codebook: Codebook, plan: type[BaseModel]) -> tuple[Path, ...]:
    """Write the four schemas into ``.schemas`` of a study's folder, over those that were there.

    Raises SettingError if they cannot be written.
    """
    schemas = {
        "study": settings_schema(StudyFile),
        "codebook": settings_schema(Codebook),
        "biography": biography_schema(codebook),
        "plan": settings_schema(plan),
    }
    written = []
    for name, schema in schemas.items():
        path = folder / FOLDER / f"{name}.schema.json"
        try:
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise SettingError(f"{path}: the schema cannot be written ({error.strerror}).") from None
        written.append(path)
    return tuple(written)


def settings_schema(model: type[BaseModel]) -> Schema:
    """The schema of a settings file (study, codebook, plan), with every short form that its reader takes."""
    made = model.model_json_schema()
    models = {found.__name__: found for found in _models(model)}
    bodies = {name: _body(body, models.get(name)) for name, body in made.pop("$defs", {}).items()}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", **_body(made, model)}
    return {**head, "definitions": bodies} if bodies else head


def _models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The model and every model inside it."""
    found: list[type[BaseModel]] = [model]
    for one in found:
        for field in one.model_fields.values():
            waiting: list[Any] = [field.annotation]
            while waiting:
                annotation = waiting.pop()
                waiting += getattr(annotation, "__args__", ())
                if isinstance(annotation, type) and issubclass(annotation, BaseModel) and (
                    annotation not in found
                ):
                    found.append(annotation)
    return found


def _body(schema: Schema, model: type[BaseModel] | None) -> Schema:
    """The schema of one model: its own name left to the key above it, its fields told in our words."""
    own_name = _NAMED_BY.get(model) if model is not None else None
    told = _field_docs(model) if model is not None else {}
    required = [name for name in schema.get("required", ()) if name != own_name]
    properties = {}
    for name, inner in schema.get("properties", {}).items():
        if name == own_name:
            continue
        value = _value(name, inner)
        value = value if name in required else {"anyOf": [value, {"type": "null"}]}
        properties[name] = {**value, "description": told[name]} if name in told else value
    body = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    body = {key: value for key, value in body.items() if value != []}
    text = schema.get("description", "").partition("\n\n")[0].replace("\n", " ").replace("``", "")
    return {**body, "description": text} if text else body


def _value(name: str, schema: Schema) -> Schema:
    """One value in draft 7, widened by the short forms that the reader takes."""
    schema = {key: value for key, value in schema.items() if key not in ("title", "default")}
    if "$ref" in schema:
        return {"$ref": schema["$ref"].replace("#/$defs/", "#/definitions/")}
    if "oneOf" in schema:
        return {"anyOf": [_value(name, one) for one in schema["oneOf"]]}
    if "anyOf" in schema:
        schema["anyOf"] = [_value(name, one) for one in schema["anyOf"]]
        if name == "values":
            schema["anyOf"].append({"type": "array", "items": {"type": _SCALAR}})
        return schema
    if schema.get("type") == "array":
        return _list(name, schema)
    if isinstance(schema.get("additionalProperties"), dict):
        inner = _value(name, schema["additionalProperties"])
        if name == "where":
            inner = {"anyOf": [inner, {"type": _SCALAR}]}
        schema["additionalProperties"] = inner
        return {"anyOf": [schema, {"type": "string"}]} if name == "tables" else schema
    if schema == {"type": "string"}:
        return {"type": _SCALAR}
    return schema


def _list(name: str, schema: Schema) -> Schema:
    if "prefixItems" in schema:
        schema["items"] = [_value(name, one) for one in schema.pop("prefixItems")]
        return schema
    inner = _value(name, schema["items"])
    if "$ref" in inner:
        least = {"minProperties": 1} if schema.get("minItems") else {}
        mapping = {"type": "object", "additionalProperties": {"anyOf": [inner, {"type": _SCALAR}]}, **least}
        if name in ("domains", "states"):
            mapping["propertyNames"] = {"pattern": "^[a-z][a-z0-9_]*$"}
        return mapping
    schema["items"] = inner
    return {"anyOf": [schema, {"type": _SCALAR}]} if name in _ONE_OR_MANY else schema


def _field_docs(model: type[BaseModel]) -> Mapping[str, str]:
    """What stands as text below the fields of a model in its source; nothing where there is no source."""
    try:
        tree = ast.parse(dedent(inspect.getsource(model)))
    except (OSError, TypeError, SyntaxError):
        return {}
    lines = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    told = {}
    for field, text in pairwise(lines):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and (
            isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
        ):
            told[field.target.id] = " ".join(str(text.value.value).split()).replace("``", "")
    return told
