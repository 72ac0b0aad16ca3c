"""Tables of sequences that others wrote: STS, SPS, SPELL, DSS, TSE, Biograph, as text and as workbooks."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from tests.coding.qda.material import write_xlsx
from tests.fuzz.formats import ARCHIVE, Format, as_is, bare
from trajectories.alignment.given import given_dissimilarities
from trajectories.cli.converting_tables import Told, convert_table
from trajectories.sequences.exchange.biograph import read_biograph
from trajectories.sequences.exchange.calendar import clock_of
from trajectories.sequences.exchange.dated_spells import read_spells
from trajectories.sequences.exchange.event_rows import read_event_states, read_tse
from trajectories.sequences.exchange.forms import Form
from trajectories.sequences.exchange.given_lives import read_lives
from trajectories.sequences.exchange.given_table import open_given
from trajectories.sequences.exchange.spell_rows import read_spell
from trajectories.sequences.exchange.strings import read_dss, read_sps, read_sts, read_sts_strings
from trajectories.sequences.read import read_sequences

WIDE = "id,sex,2014-01,2014-02,2014-03\nA,f,home,home,*\nB,m,away,%,%\n"
STRINGS = "id;sequence\nA;home-home-away\nB;*-away\n"
SPS = 'id,sequence\nA,"(home,2)-(away,3)"\nB,"(*,1)-(away,12)"\n'
SPELL = "id\tbegin\tend\tstate\nA\t1\t3\thome\nA\t4\t9\taway\nB\t2\t5\thome\n"
SPELLS = ("id,begin,end,state,birth,interview,sex\nA,2014-01,2014-03,home,1980-02,2015-01,f\n"
          "A,2014-03,2014-09,away,1980-02,2015-01,f\nB,2014-02,2014-05,home,,2014-05,m\n")  # fmt: skip
TSE = "id,time,event\nA,0,home\nA,3,away\nB,0,%\nB,2,home\n"
BIOGRAPH = "ID,born,start,end,sex,path,Tr1,Tr2\nA,351,555,563,f,HJH,558,560\nB,,560,566,m,J,,\n"
LETTERS = "letter,state,label\nH,home,At home\nJ,job,In a job\n"
SQUARE = ",A,B,C\nA,0,1.5,2\nB,1.5,0,3e1\nC,2,3e1,0\n"
Reader = Callable[..., Any]


def _both(form: Form, *readers: Reader, **settings: Any) -> Callable[[Path], None]:
    """As ``convert --from`` reads the table, or as one of the functions of the library does; one file in
    eight becomes a study."""
    whole = _study(form)

    def read(path: Path) -> None:
        size = path.stat().st_size
        turn = size // 8 % (len(readers) + 1)
        if size % 8 == 0:
            whole(path)
        elif turn:
            repr(readers[turn - 1](path, **settings))
        else:
            lives = read_lives(path, form, **settings).lives
            repr(lives)
            clock_of(lives.positions, "2014-01", "month")

    return read


def _study(form: Form) -> Callable[[Path], None]:
    """As ``convert --from`` makes a study of the table."""
    def read(path: Path) -> None:
        turn = path.stat().st_size // 8 % 3
        told = Told(first=None if turn == 0 else "2014-01", length=12,
                    overlap=("kept", "later", "earlier")[turn])  # fmt: skip
        with tempfile.TemporaryDirectory(dir=path.parent) as folder, redirect_stdout(io.StringIO()):
            convert_table(path, form, Path(folder), "state", told)

    return read


def _dated(path: Path) -> None:
    """Spells with months, births and interviews, not yet written."""
    repr(read_spells(open_given(path), "2014-01", "month"))


def _with_letters(folder: Path) -> tuple[bytes, ...]:
    """A table of letters, and the lives beside it that it belongs to."""
    (folder / "home_biograph.csv").write_text(BIOGRAPH, encoding="utf-8")
    return (LETTERS.encode(),)


def _letters(path: Path) -> None:
    repr(read_lives(path.with_name("home_biograph.csv"), "biograph").lives)


def _workbooks(folder: Path) -> tuple[bytes, ...]:
    """The same tables as workbooks; some cells are numbers, some Excel's dates."""
    def cells(text: str, mark: str = ",") -> list[list[Any]]:
        return [[int(cell) if cell.isdigit() else cell for cell in line.split(mark)]
                for line in text.splitlines()]  # fmt: skip

    dated: list[list[Any]] = [["id", dt.date(2014, 1, 1), dt.date(2014, 2, 1)], ["A", "home", "away"]]
    sheets = (cells(WIDE), cells(STRINGS, ";"), cells(SPELL, "\t"), cells(SPELLS), cells(TSE),
              cells(BIOGRAPH), [["id", "sequence"], ["A", "(home,2)-(away,3)"]], dated)  # fmt: skip
    made = []
    for rows in sheets:
        made.append(bare(write_xlsx(folder / "made.xlsx", {"lives": rows}).read_bytes()))
        (folder / "made.xlsx").unlink()
    return tuple(made)


def _any(path: Path) -> None:
    """A workbook read as the format that its columns look like; one in eight becomes a study."""
    size, names = path.stat().st_size, set(open_given(path).rows.columns)
    looks: dict[str, Form] = {"end": "spell", "time": "tse", "path": "biograph"}
    form = next((form for name, form in looks.items() if name in names), "sps" if size % 4 == 1 else "sts")
    if size % 8 == 0:
        _study(form)(path)
    elif form == "spell" and size % 2:
        _dated(path)
    else:
        repr(read_lives(path, form, length=12).lives)


FORMATS = (
    Format("sts", "sts.csv", as_is(WIDE, STRINGS), _both("sts", read_sts, read_sts_strings, read_sequences)),
    Format("sps", "sps.csv", as_is(SPS), _both("sps", read_sps)),
    Format("spell", "spell.csv", as_is(SPELL, SPELLS), _both("spell", read_spell, _dated)),
    Format("dss", "dss.csv", as_is(STRINGS.replace(";", ",")), lambda path: repr(read_dss(path))),
    Format("tse", "tse.csv", as_is(TSE), _both("tse", read_tse, read_event_states, length=12)),
    Format("biograph", "biograph.csv", as_is(BIOGRAPH), _both("biograph", read_biograph)),
    Format("biograph_letters", "home_letters.csv", _with_letters, _letters),
    Format("sequence_workbook", "lives.xlsx", _workbooks, _any, ARCHIVE),
    Format("square", "square.csv", as_is(SQUARE), lambda path: repr(given_dissimilarities(path))),
)
