"""One text a person: STS and DSS (``A-A-B``), SPS (``(A,2)-(B,1)``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from trajectories.errors import SettingError, StudyError
from trajectories.sequences.exchange.tables import (
    PERCENT,
    STAR,
    Positions,
    Source,
    alphabet_of,
    as_sequences,
    blank,
    layer_of,
    numbered,
    plain_lives,
    refuse_empty,
    saved,
    table_of,
    whole_number,
)
from trajectories.sequences.read import read_sequences
from trajectories.sequences.sequences import Sequences

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 12_000
"""Most positions that a sequence may have when it is read."""

Runs = list[tuple[str, int]]


def write_sts(lives: Sequences, path: str | Path, domain: str | None = None) -> Path:
    """STS as a table: a row a person, a column a position; ``*`` is missing, ``%`` void. Nothing is lost."""
    return saved(lives.table(lives.domains[layer_of(lives, domain)].name).reset_index(), path)


def read_sts(source: Source, *, id: str = "id", alphabet: Sequence[str] | None = None) -> Sequences:
    """STS from a table (see ``read_sequences``): empty cells at the end of a row are void, others missing."""
    return read_sequences(source, id=id, missing=STAR, void=PERCENT, alphabet=alphabet)


def sts_strings(lives: Sequences, domain: str | None = None) -> pd.DataFrame:
    """STS, one text a person (``A-A-B``): columns id, sequence. Void positions at the end are left out."""
    return _strings(lives, domain, "STS", lambda runs: "-".join(c for c, n in runs for _ in range(n)))


def sps_strings(lives: Sequences, domain: str | None = None) -> pd.DataFrame:
    """SPS, states with durations (``(A,2)-(B,1)``): columns id, sequence. Void at the end is left out."""
    return _strings(lives, domain, "SPS", lambda runs: "-".join(f"({c},{n})" for c, n in runs))


def dss_strings(lives: Sequences, domain: str | None = None, *, with_missing: bool = False) -> pd.DataFrame:
    """DSS, the distinct successive states (``A-B``): columns id, sequence.

    How long each state lasted and where it began is lost, and so is void. Missing positions are passed over
    (what is left on their two sides counts as one spell when it is the same state), unless
    ``with_missing``: then they are a state of their own.
    """
    def text(runs: Runs) -> str:
        codes = [code for code, _ in runs if code != PERCENT and (with_missing or code != STAR)]
        return "-".join(code for code, _ in groupby(codes))

    return _strings(lives, domain, "DSS", text)


def write_sps(lives: Sequences, path: str | Path, domain: str | None = None) -> Path:
    """Write SPS as a CSV file with columns id, sequence; names of positions and weights are lost."""
    return saved(sps_strings(lives, domain), path)


def write_dss(lives: Sequences, path: str | Path, domain: str | None = None) -> Path:
    """Write DSS as a CSV file with columns id, sequence; durations are lost (see ``dss_strings``)."""
    return saved(dss_strings(lives, domain), path)


def read_sps(
    source: Source, *, id: str = "id", sequence: str = "sequence", alphabet: Sequence[str] | None = None,
    positions: Positions | None = None, brackets: str = "()", between: str = ",",
) -> Sequences:
    """SPS from a table with one text a person, such as ``(A,2)-(B,1)``.

    ``brackets`` and ``between`` say how a state and its duration are written (``brackets="", between="/"``
    for ``A/2-B/1``). ``*`` is missing, ``%`` void; shorter sequences are void at their end. Raises StudyError
    with the person for text in another form.
    """
    if len(brackets) not in (0, 2) or len(between) != 1:
        raise SettingError("brackets must be two signs or none, between one: brackets='()', between=','.")
    opening, closing = map(re.escape, brackets or ("", ""))
    pattern = re.compile(rf"{opening}(.+?){re.escape(between)}([0-9]{{1,6}}){closing}")

    def runs(text: str, person: str) -> Iterator[tuple[str, int]]:
        for part in _parts(text, closing):
            if (found := pattern.fullmatch(part)) is None:
                example = f"{brackets[:1]}A{between}2{brackets[1:]}"
                raise StudyError(f"{person}: {part[:40]!r} is no state with its duration, such as {example}.")
            yield found[1].strip(), whole_number(found[2], f"{person}: a duration")

    return _of_runs(source, id, sequence, alphabet, positions, runs)


def read_sts_strings(
    source: Source, *, id: str = "id", sequence: str = "sequence", alphabet: Sequence[str] | None = None,
    positions: Positions | None = None, separator: str = "-",
) -> Sequences:
    """STS from a table with one text a person (``A-A-B``); shorter sequences are void at their end."""
    def runs(text: str, person: str) -> Iterator[tuple[str, int]]:
        return ((code.strip(), 1) for code in text.split(separator)) if text else iter(())

    return _of_runs(source, id, sequence, alphabet, positions, runs)


def read_dss(
    source: Source, *, id: str = "id", sequence: str = "sequence", alphabet: Sequence[str] | None = None,
    separator: str = "-",
) -> Sequences:
    """DSS from a table with one text a person: positions are first, second, third state, not times."""
    return read_sts_strings(source, id=id, sequence=sequence, alphabet=alphabet, separator=separator)


def _strings(lives: Sequences, domain: str | None, format: str, text: Callable[[Runs], str]) -> pd.DataFrame:
    import pandas as pd

    codes = plain_lives(lives, domain, "-:,()", format)
    return pd.DataFrame({"id": list(lives.ids), "sequence": [text(runs_in(row)) for row in codes]})


def runs_in(codes: Sequence[str]) -> Runs:
    """States with their durations; void at the end is left out."""
    runs = [(code, sum(1 for _ in same)) for code, same in groupby(codes)]
    return runs[:-1] if runs and runs[-1][0] == PERCENT else runs


def _parts(text: str, closing: str) -> list[str]:
    """The elements of an SPS text; a dash inside brackets does not part them."""
    if not text.strip():
        return []
    return [part.strip() for part in re.split(rf"(?<={closing})-" if closing else "-", text.strip())]


def _of_runs(source: Source, id: str, sequence: str, alphabet: Sequence[str] | None,
             positions: Positions | None, runs: Callable[[str, str], Iterator[tuple[str, int]]]) -> Sequences:
    table = table_of(source, (id, sequence))
    ids = [str(value).strip() for value in table[id]]
    read = [list(runs(str(text), person)) for text, person in zip(table[sequence], ids, strict=True)]
    for person, life in zip(ids, read, strict=True):
        for place, (code, _) in enumerate(life, start=1):
            refuse_empty(code, person, f"state {place} of the sequence")
    known = alphabet_of((code for life in read for code, _ in life), alphabet)
    lengths = [sum(duration for _, duration in life) for life in read]
    length = max(lengths) if positions is None else len(positions)
    for person, own in zip(ids, lengths, strict=True):
        if not own <= min(length, LONGEST):
            most = min(length, LONGEST)
            raise StudyError(f"{person}: this sequence has {own:,} positions; at most {most:,} are read.")
    states, number = blank(len(ids), length), numbered(known)
    for row, life in enumerate(read):
        place = 0
        for code, duration in life:
            states[row, place : place + duration] = number[code]
            place += duration
    return as_sequences(states, ids, known, positions)
