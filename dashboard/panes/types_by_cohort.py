"""Which cohort follows which type: counts and shares, and where they differ from what chance would make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html
from dash_ag_grid import AgGrid

from dashboard.panes.aria import aria
from dashboard.panes.grid import grid
from trajectories.disclosure.small_groups import has_small_cells
from trajectories.figures.parts import nobody_in

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.session import Board

_WITHHELD = "Withheld in the privacy view: some of its cells count fewer than 5 people."
_CELLS = "n · share of the cohort."


def pane() -> html.Section:
    return html.Section([
        html.Header([
            html.H2("Types by cohort", id="by-cohort-title"),
            html.P(id="by-cohort-statistic", className="statistic"),
            html.P(id="by-cohort-sentence", className="sentence"),
        ], className="card-head"),
        html.Div(id="by-cohort-table"),
    ], id="by-cohort-card", className="card", **aria(labelledby="by-cohort-title"))  # fmt: skip


def fill(board: Board) -> tuple[str, str, list[Component]]:
    """The sentence, its statistic and the table, or why there is none."""
    table = board.type_table
    if table is None:
        return board.findings.not_compared.get(board.choices.scheme, ""), "", []
    if board.choices.privacy and has_small_cells(table):
        return "", "", [html.P(_WITHHELD, className="quiet")]
    marks = [mark for row in table.marks for mark in row]
    rows = [{str(key): value for key, value in row.items()}
            for row in table.table().assign(mark=marks).to_dict("records")]  # fmt: skip
    note = html.P(" ".join(filter(None, (_CELLS, table.marking, nobody_in(table.empty)))), className="note")
    return " ".join(filter(None, (table.finding, table.caution))), table.statistic, [_table(rows), note]


def _table(rows: list[dict[str, Any]]) -> AgGrid:
    """A row a type, a column a cohort: n, its share of the cohort, and a sign where it is unlike chance."""
    groups = list(dict.fromkeys(str(row["group"]) for row in rows))
    sizes = {g: sum(int(row["n"]) for row in rows if row["group"] == g) for g in groups}
    lines: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = lines.setdefault(str(row["type"]), {"type": str(row["type"])})
        line[f"g{groups.index(str(row['group']))}"] = _cell(row)
    columns = [{"field": "type", "headerName": "Type", "minWidth": 150, "flex": 2}]
    columns += [{"field": f"g{i}", "headerName": f"{g} (n = {sizes[g]})", "headerTooltip": g, "flex": 2,
                 "minWidth": 110, "type": "rightAligned"} for i, g in enumerate(groups)]  # fmt: skip
    return grid("by-cohort-grid", list(lines.values()), columns)


def _cell(row: dict[str, Any]) -> str:
    """``12 · 31 % ▲``"""
    return f"{int(row['n'])} · {100 * float(row['share']):.0f} % {row['mark']}".rstrip()
