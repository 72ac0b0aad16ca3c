"""The base of what researchers write in YAML or as keyword arguments: frozen, strict, plainly refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from trajectories.errors import SettingError


def explain(error: ValidationError, what: str) -> str:
    """Say in a sentence each what a settings object refuses, without pydantic's own vocabulary."""
    return f"{what}: " + "; ".join(_one(dict(found)) for found in error.errors())


def _one(found: dict[str, Any]) -> str:
    message = found["msg"].removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        message = "unknown key"
    told = message[0].lower() + message[1:]
    place = ".".join(str(step) for step in found["loc"] if not str(step).startswith("["))
    return f"{place}: {told}" if place else told


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)


class _PlainErrors(ModelMetaclass):
    """Called from Python, ``Grid(step="week")`` raises our own error; files keep pydantic's places."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        try:
            return super().__call__(*args, **kwargs)
        except ValidationError as error:
            raise SettingError(explain(error, cls.__name__)) from None


class Settings(BaseModel, metaclass=_PlainErrors):
    """A frozen value whose unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
