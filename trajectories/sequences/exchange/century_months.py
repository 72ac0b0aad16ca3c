"""Century month codes: months counted from January 1900, as life history files write them."""

from __future__ import annotations

from trajectories.errors import StudyError


def month_of_code(code: int) -> str:
    """The month of a century month code (Biograph, GLHS, many fertility surveys).

    >>> month_of_code(351)
    '1929-03'
    """
    if not 1 <= code <= 12 * 8100:
        raise StudyError(f"{code} is no century month code; these count months from January 1900 (1) on.")
    return f"{1900 + (code - 1) // 12:04d}-{(code - 1) % 12 + 1:02d}"


def code_of_month(month: str) -> int:
    """The century month code of a month: ``12 * (year - 1900) + month``.

    >>> code_of_month("1929-03")
    351
    """
    year, _, number = month.partition("-")
    if not (len(year) == 4 and year.isdigit() and number.isdigit() and 1 <= int(number) <= 12):
        raise StudyError(f"{month!r} is no month such as 2022-03.")
    code = 12 * (int(year) - 1900) + int(number)
    if code < 1:
        raise StudyError(f"{month} lies before January 1900, where century month codes begin.")
    return code
