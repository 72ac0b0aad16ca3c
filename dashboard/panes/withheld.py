"""What stands in the privacy view in place of what tells of few people."""

from __future__ import annotations

from dash import html


def withheld() -> html.P:
    return html.P("Not shown in the privacy view: it tells of few people.", className="quiet")
