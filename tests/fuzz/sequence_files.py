"""Tables of sequences that others wrote: STS, SPS, SPELL, DSS, TSE, Biograph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fuzz.formats import Format, as_is
from trajectories.sequences.exchange.biograph import read_biograph
from trajectories.sequences.exchange.calendar import clock_of
from trajectories.sequences.exchange.event_rows import read_event_states, read_tse
from trajectories.sequences.exchange.forms import Form
from trajectories.sequences.exchange.given_lives import read_lives
from trajectories.sequences.exchange.spell_rows import read_spell
from trajectories.sequences.exchange.strings import read_dss, read_sps, read_sts, read_sts_strings

WIDE = "id,sex,2014-01,2014-02,2014-03\nA,f,home,home,*\nB,m,away,%,%\n"
STRINGS = "id;sequence\nA;home-home-away\nB;*-away\n"
SPS = 'id,sequence\nA,"(home,2)-(away,3)"\nB,"(*,1)-(away,12)"\n'
SPELL = "id\tbegin\tend\tstate\nA\t1\t3\thome\nA\t4\t9\taway\nB\t2\t5\thome\n"
TSE = "id,time,event\nA,0,home\nA,3,away\nB,0,%\nB,2,home\n"
BIOGRAPH = "ID,born,start,end,sex,path,Tr1,Tr2\nA,351,555,563,f,HJH,558,560\nB,,560,566,m,J,,\n"


def _both(form: Form, *readers: Callable[..., Any], **settings: Any) -> Callable[[Path], None]:
    """As ``convert --from`` reads the table, or as one of the functions of the library does."""
    def read(path: Path) -> None:
        turn = path.stat().st_size % (len(readers) + 1)
        lives = readers[turn - 1](path, **settings) if turn else read_lives(path, form, **settings).lives
        repr(lives)
        clock_of(lives.positions, "2014-01", "month")

    return read


FORMATS = (
    Format("sts", "sts.csv", as_is(WIDE, STRINGS), _both("sts", read_sts, read_sts_strings)),
    Format("sps", "sps.csv", as_is(SPS), _both("sps", read_sps)),
    Format("spell", "spell.csv", as_is(SPELL), _both("spell", read_spell)),
    Format("dss", "dss.csv", as_is(STRINGS.replace(";", ",")), lambda path: repr(read_dss(path))),
    Format("tse", "tse.csv", as_is(TSE), _both("tse", read_tse, read_event_states, length=12)),
    Format("biograph", "biograph.csv", as_is(BIOGRAPH), _both("biograph", read_biograph)),
)
