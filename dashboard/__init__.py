"""A face on the library: controls make a plan, the plan makes findings, findings make figures.

It computes nothing itself.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.app import make_app as make_app
    from dashboard.server import serve as serve

_PLACES = {"make_app": "app", "serve": "server"}

__all__ = ["make_app", "serve"]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'dashboard' has no attribute {name!r}")
    return getattr(import_module(f"dashboard.{_PLACES[name]}"), name)
