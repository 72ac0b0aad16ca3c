"""Small tables for the page, numbers set to the right and rounded to what can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40
"""Longer tables are left to their CSV file."""
MOMENTS = 9
"""How many positions of a distribution are told."""


def grid(header: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """A table of cells that are HTML already; the columns ``right`` are set to the right."""
    side = [' class="n"' if i in right else "" for i in range(len(header))]
    head = "".join(f"<th{side[i]}>{cell}</th>" for i, cell in enumerate(header))
    body = "\n".join(
        "<tr>" + "".join(f"<td{side[i]}>{cell}</td>" for i, cell in enumerate(row)) + "</tr>" for row in rows
    )
    return (f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>')


def number(value: Any) -> str:
    """A cell: whole numbers whole, others to three digits, unknown ones as a dash."""
    if isinstance(value, bool) or value is None:
        return "yes" if value is True else "no" if value is False else "–"
    if isinstance(value, float) or hasattr(value, "dtype"):
        value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return "–" if value != value else f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else escape(str(value))


def numbers(table: pd.DataFrame) -> str:
    """The numbers behind a figure, folded away: a distribution at some moments, one table a domain; a long
    table, or one with people in it, is left to its file."""
    if {"position", "share"} <= set(table.columns):
        parts = [_at_moments(rows) for _, rows in table.groupby("domain", sort=False)]
    else:
        parts = [table]
    if any(len(part) > MOST_ROWS or {"id", "person"} & set(part.columns) for part in parts) or not len(table):
        return ""
    inside = "\n".join(_plain(part) for part in parts)
    return f"<details><summary>The numbers</summary>\n{inside}\n</details>"


def _plain(table: pd.DataFrame) -> str:
    right = [i for i, dtype in enumerate(table.dtypes) if getattr(dtype, "kind", "O") in "iuf"]
    header = [escape(str(name).replace("_", " ")) for name in table.columns]
    rows = [[number(value) for value in row] for row in table.itertuples(index=False)]
    return grid(header, rows, right)


def _at_moments(table: pd.DataFrame) -> pd.DataFrame:
    """A distribution of one domain at up to nine moments: a row a moment, a column a state, in per cent."""
    by = [name for name in ("type", "group") if name in table.columns and table[name].nunique() > 1]
    positions = list(dict.fromkeys(table["position"]))
    step = max(1, -(-len(positions) // (MOMENTS - 1)))
    told = table[table["position"].isin({*positions[::step], positions[-1]})]
    index = [*by, "position"]
    wide = told.pivot_table(index=index, columns="label", values="share", sort=False, observed=True)
    wide = (100 * wide).round(0).reset_index()
    wide.columns.name = None
    unit = {name: f"{name} (%)" for name in wide.columns if name not in index}
    return wide.rename(columns=unit)
