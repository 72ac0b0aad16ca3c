"""The dashboard as a Dash application: assets from this package only, no developer tools, no other host."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import dash
from flask import request

from dashboard import callbacks
from dashboard.gate import seal
from dashboard.layout import layout
from dashboard.session import Session

if TYPE_CHECKING:
    from trajectories.coding.study import Study
    from trajectories.plan import Plan


def make_app(study: Study, plan: Plan | None = None) -> dash.Dash:
    """The application for one study, its controls starting from ``plan`` (None: the study's own).

    It has no gate yet: ``serve`` puts one before it.
    """
    session = Session(study, plan)
    app = dash.Dash(
        "dashboard", title="Trajectories", update_title="", serve_locally=True, enable_mcp=False,
        include_assets_files=True, add_log_handler=False, on_error=callbacks.unexpected,
        suppress_callback_exceptions=True, meta_tags=[{"name": "viewport", "content": "width=device-width"}],
    )  # fmt: skip
    app.enable_dev_tools(debug=False)
    app.index_string = _PAGE
    app.layout = lambda: layout(session, session.choices(_query()))
    callbacks.register(app, session)
    seal(app.server, lambda: list(app.csp_hashes()))
    session.warm()
    return app


def _query() -> str:
    """The query of the page that asks for the layout: what a copied address says the controls stand at."""
    try:
        return urlsplit(request.referrer or "").query
    except RuntimeError:
        return ""


_PAGE = """<!DOCTYPE html>
<html lang="en">
  <head>{%metas%}<title>{%title%}</title>{%favicon%}{%css%}</head>
  <body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""
