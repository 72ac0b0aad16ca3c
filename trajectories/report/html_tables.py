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
    """The table behind a figure, folded away; a distribution at some moments, a long table only by its
    file."""
    small = _at_moments(table) if {"position", "share"} <= set(table.columns) else table
    if not len(small) or len(small) > MOST_ROWS or "id" in small.columns or "person" in small.columns:
        return ""
    right = [i for i, dtype in enumerate(small.dtypes) if getattr(dtype, "kind", "O") in "iuf"]
    header = [escape(str(name).replace("_", " ")) for name in small.columns]
    rows = [[number(value) for value in row] for row in small.itertuples(index=False)]
    return f"<details><summary>The numbers</summary>\n{grid(header, rows, right)}\n</details>"


def _at_moments(table: pd.DataFrame) -> pd.DataFrame:
    """A distribution with one row a moment and one column a state, in per cent, at up to nine moments."""
    by = [name for name in ("domain", "type", "group") if name in table.columns and table[name].nunique() > 1]
    positions = list(dict.fromkeys(table["position"]))
    step = max(1, -(-len(positions) // (MOMENTS - 1)))
    chosen = {*positions[::step], positions[-1]}
    told = table[table["position"].isin(chosen)]
    index = [*by, "position"]
    wide = told.pivot_table(index=index, columns="label", values="share", sort=False, observed=True)
    wide = (100 * wide).round(0).reset_index()
    wide.columns.name = None
    return wide
