"""Tables as CSV that a spreadsheet can open without being told to compute anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is taken for a formula by spreadsheets."""


def csv_text(table: pd.DataFrame) -> str:
    """The table as CSV: comma, dot, LF, no index; numbers to 8 significant digits, unknown ones empty.

    Text that a spreadsheet would take for a formula gets an apostrophe in front (a number is no such text).
    """
    safe = table.copy()
    for place, dtype in enumerate(safe.dtypes):
        if not _numeric(dtype):
            safe.isetitem(place, [guarded(value) for value in safe.iloc[:, place]])
    safe.columns = [guarded(str(name)) for name in safe.columns]
    return safe.to_csv(index=False, lineterminator="\n", float_format="%.8g")


def guarded(value: Any) -> Any:
    """The value, with an apostrophe in front when it is text that begins like a formula.

    >>> guarded("=1+1"), guarded("-12"), guarded("Berlin")
    ("'=1+1", '-12', 'Berlin')
    """
    if isinstance(value, str) and value.startswith(FORMULA) and not _number(value):
        return f"'{value}"
    return value


def _numeric(dtype: Any) -> bool:
    return getattr(dtype, "kind", "O") in "iufb"


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() == text
