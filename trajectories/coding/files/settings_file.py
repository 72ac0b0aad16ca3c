"""Settings written in YAML (study, codebook, plan): read strictly, refused with file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from trajectories.coding.files.lined import Lined, LinedDict, LinedList, place_of
from trajectories.coding.files.text_files import read_text
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.problems import Problem, ReadingError, choices, nearest
from trajectories.errors import SettingError, StudyError, TrajectoriesError

Model = TypeVar("Model", bound=BaseModel)


def read_settings(path: str | Path, model: type[Model]) -> Model:
    """Read a settings file (YAML) as ``model``, such as a plan.

    Every scalar is text until the model says what it is; a key left empty counts as not written. Raises
    SettingError with file and line for a missing file, broken YAML, an unknown key (``Did you mean``) or a
    value that is not allowed: all of them at once.
    """
    name = str(path)
    try:
        document = parse_yaml(read_text(Path(path), name).text, name)
    except StudyError as error:
        raise SettingError(str(error)) from None
    return validated(document, model, name, SettingError)


def line_of(path: str | Path, part: str) -> int:
    """The line of a settings file in which a part (``measure.weights.legal``) is told, or the part above
    it."""
    document = parse_yaml(read_text(Path(path), str(path)).text, str(path))
    return max(place_of(document, tuple(part.split(".")))[0], 1)


def validated(
    document: Lined, model: type[Model], name: str, refusal: type[TrajectoriesError] = StudyError
) -> Model:
    """The settings a lined document holds. Raises ``refusal`` naming file and line of everything not
    allowed; a StudyError is a ReadingError with all its problems."""
    if not isinstance(document, LinedDict) and document is not None:
        kind = "a list" if isinstance(document, LinedList) else "text alone"
        what = f"this file must hold keys with values ('title: ...'), not {kind}"
        raise _refused([Problem("error", name, 1, "", what, rule="wrong_type")], refusal)
    try:
        return model.model_validate(_written(document or {}))
    except ValidationError as error:
        raise _refused(_told(error, document, model, name), refusal) from None


def _refused(problems: list[Problem], refusal: type[TrajectoriesError]) -> TrajectoriesError:
    return ReadingError.of(problems) if refusal is StudyError else refusal("\n".join(map(str, problems)))


def _written(value: Any) -> Any:
    """The document without the keys that were left empty, so that their defaults hold.

    A "key" of several words is text after a comma without quotation marks (``{label: Asked, and none}``): it
    stays and is refused.
    """
    if isinstance(value, dict):
        return {key: _written(item) for key, item in value.items() if item is not None or " " in key}
    if isinstance(value, list):
        return ["" if item is None else _written(item) for item in value]
    return value


def _told(error: ValidationError, document: Any, model: type[BaseModel], name: str) -> list[Problem]:
    """One problem each for everything pydantic found, in order of lines; one for each place."""
    told: dict[tuple[int, int, str], Problem] = {}
    places = [tuple(found["loc"]) for found in error.errors()]
    for found, steps in zip(error.errors(), places, strict=True):
        if found["type"] == "too_short" and any(steps == place[: len(steps)] != place for place in places):
            continue
        (line, column), key = place_of(document, steps), _path(document, steps)
        what, _, hint = _sentence(dict(found), steps, model, key).partition(". ")
        problem = Problem("error", name, line, "", what.removesuffix("."), hint, "wrong_type", column)
        told.setdefault((line, column, key), problem)
    return [told[place] for place in sorted(told)]


def _path(document: Any, steps: tuple[int | str, ...]) -> str:
    """The keys that lead to a place as the file has them: ``domains.legal.states.home``."""
    keys = []
    for step in steps:
        if isinstance(document, LinedDict) and isinstance(step, int) and step < len(document):
            step = list(document)[step]
        elif isinstance(document, LinedDict) and step in ("code", "name") and step not in document:
            continue
        if not _inner(step):
            keys.append(str(step))
        document = document[step] if _leads_on(document, step) else None
    return ".".join(keys)


def _leads_on(document: Any, step: Any) -> bool:
    if isinstance(document, LinedDict):
        return step in document
    return isinstance(document, LinedList) and isinstance(step, int) and step < len(document)


def _inner(step: int | str) -> bool:
    """Whether pydantic added this step itself (the branch of a union, ``[key]``)."""
    return isinstance(step, str) and (step == "[key]" or "[" in step or step in _BRANCHES)


_BRANCHES = frozenset(("float", "int", "str", "bool", "constrained-str", "constrained-int"))


def _sentence(found: dict[str, Any], steps: tuple[int | str, ...], model: type[BaseModel], key: str) -> str:
    kind, given, context = found["type"], found["input"], found.get("ctx", {})
    if kind == "extra_forbidden":
        return f"there is no key {str(steps[-1])!r} here. {_keys(str(steps[-1]), model, steps[:-1])}".rstrip()
    if kind == "missing":
        inside = f" in {key.rpartition('.')[0]}" if "." in key else ""
        return f"the key {str(steps[-1])!r} is missing{inside}. Write it with a value."
    if kind in ("literal_error", "enum"):
        hint = nearest(str(given), _options(context))
        return f"{key} may be {context['expected']}; it is {_quoted(given)}. {hint}".rstrip()
    if kind in ("value_error", "assertion_error"):
        said = found["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
        said = said if said.endswith((".", "?")) else f"{said}."
        return f"{key}: {said}" if key else said
    if kind in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        bound = f"at least {least}" if kind == "too_short" else f"no more than {most}"
        return f"{key} must have {bound} {'entry' if 1 in (least, most) else 'entries'}."
    if kind == "string_pattern_mismatch":
        return f"{key} must be {_SHAPES.get(context['pattern'], context['pattern'])}; it is {_quoted(given)}."
    if (needed := _NEEDED.get(kind)) is not None:
        point = f" Write it with a point: {given.replace(',', '.')}." if _decimal_comma(kind, given) else ""
        return f"{key} must be {needed}; it is {_quoted(given)}.{point}"
    said = found["msg"].removeprefix("Input ").removeprefix("String ").removeprefix("should ")
    return f"{key} must {said}; it is {_quoted(given)}."


def _decimal_comma(kind: str, given: Any) -> bool:
    return kind == "float_parsing" and re.fullmatch(r"[+-]?[0-9]+,[0-9]+", str(given)) is not None


_NEEDED = {
    "int_parsing": "a whole number", "int_type": "a whole number", "int_from_float": "a whole number",
    "float_parsing": "a number", "float_type": "a number",
    "bool_parsing": "true or false", "bool_type": "true or false",
    "string_type": "text",
    "tuple_type": "a list ([a, b] or lines that begin with '-')",
    "list_type": "a list ([a, b] or lines that begin with '-')",
    "dict_type": "keys with values, indented below it",
    "model_type": "keys with values, indented below it",
    "model_attributes_type": "keys with values, indented below it",
    "date_from_datetime_parsing": "a day such as 2022-02-24",
    "date_parsing": "a day such as 2022-02-24",
    "date_type": "a day such as 2022-02-24",
}


_SHAPES = {
    "^[a-z][a-z0-9_]*$": "a code of small letters, digits and _, such as short_stay",
    "^#[0-9a-fA-F]{6}$": "a colour such as '#3f90da', in quotes",
}


def _keys(word: str, model: type[BaseModel], steps: tuple[int | str, ...]) -> str:
    names = [name for found in _models_at(model, steps) for name in found.model_fields]
    return choices(word, names, "There may be") if names else ""


def _models_at(model: type[BaseModel], steps: tuple[int | str, ...]) -> list[type[BaseModel]]:
    """The settings classes that may stand where ``steps`` lead, found through the annotations."""
    here = [model]
    for step in steps:
        inner = [one.model_fields[step].annotation for one in here if step in one.model_fields]
        here = [found for annotation in inner for found in _models_in(annotation)] if inner else here
    return here


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for argument in get_args(annotation) for found in _models_in(argument)]


def _options(context: dict[str, Any]) -> list[str]:
    return [part.strip(" '\"") for part in str(context.get("expected", "")).replace(" or ", ", ").split(",")]


def _quoted(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "...'"
