"""The base of everything a researcher writes in YAML or as keyword arguments: frozen, strict, plainly refused."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic._internal._model_construction import ModelMetaclass

from trajectories.errors import SettingError


def explain(error: ValidationError, what: str) -> str:
    """Say in a sentence each what a settings object refuses, without pydantic's own vocabulary."""
    parts = []
    for found in error.errors():
        key = ".".join(str(step) for step in found["loc"]) or what
        message = found["msg"].removeprefix("Value error, ")
        if found["type"] == "extra_forbidden":
            message = "unknown key"
        parts.append(f"{key}: {message[0].lower() + message[1:]}")
    return f"{what}: " + "; ".join(parts)


class _PlainErrors(ModelMetaclass):
    """Calling ``Grid(step="week")`` from Python raises our own error; validation of files keeps pydantic's places."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except ValidationError as error:
            raise SettingError(explain(error, cls.__name__)) from None


class Settings(BaseModel, metaclass=_PlainErrors):
    """A frozen value whose unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
