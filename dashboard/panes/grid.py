"""Tables on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_ag_grid as ag

if TYPE_CHECKING:
    from trajectories.figures.figure import Figure

MOST_ROWS = 500


def grid(name: str | dict[str, str], rows: list[dict[str, Any]], columns: list[dict[str, Any]],
         height: int | None = None) -> ag.AgGrid:  # fmt: skip
    """A table that is as high as its rows, or ``height`` pixels with its own scroll bar."""
    layout = {} if height else {"domLayout": "autoHeight"}
    return ag.AgGrid(
        id=name, rowData=rows, columnDefs=columns,
        defaultColDef={"sortable": True, "resizable": True, "suppressMovable": True, "wrapHeaderText": True,
                       "autoHeaderHeight": True},
        dashGridOptions={"enableCellTextSelection": True, "ensureDomOrder": True, "rowHeight": 32, **layout},
        style={"height": f"{height}px" if height else None, "width": "100%"},
        className="ag-theme-alpine table", dangerously_allow_code=False,
    )  # fmt: skip


def table_of(figure: Figure, name: str) -> ag.AgGrid:
    """What a figure draws, as a table: its first rows."""
    table = figure.table.head(MOST_ROWS)
    rows = [{str(key): _shown(value) for key, value in row.items()} for row in table.to_dict("records")]
    columns = [{"field": str(column), "flex": 1, "minWidth": 90} for column in table.columns]
    return grid({"grid": name}, rows, columns, height=320)


def _shown(value: Any) -> Any:
    """Numbers to four digits, unknown ones empty."""
    if isinstance(value, float):
        return None if value != value else round(value, 4)
    return value if isinstance(value, str | int | bool) or value is None else str(value)
