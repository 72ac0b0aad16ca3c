"""The formats in which sequences travel: what each loses, and how each is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from trajectories.errors import StudyError
from trajectories.sequences.exchange.biograph import biograph_rows, letters_of
from trajectories.sequences.exchange.event_rows import event_rows
from trajectories.sequences.exchange.spell_rows import spell_rows
from trajectories.sequences.exchange.strings import dss_strings, sps_strings
from trajectories.sequences.sequences import VOID, Sequences

if TYPE_CHECKING:
    import pandas as pd

    from trajectories.coding.study import Study

Form = Literal["sts", "sps", "spell", "dss", "tse", "biograph"]
FORMS: tuple[Form, ...] = get_args(Form)

LOST: Mapping[Form, str] = {
    "sts": "dates within a position, sub-codes",
    "sps": "dates within a position, sub-codes, names of positions",
    "spell": "dates within a position, sub-codes, names of positions",
    "dss": "how long each state lasted and when it began, sub-codes, missing positions",
    "tse": "dates within a position, sub-codes, names of positions and how many there are",
    "biograph": "dates within a month, sub-codes, lives with months without a state",
}
"""What a study loses as one of these tables, besides events, ties, quotes and sources."""


def lives_table(lives: Sequences, form: Form, domain: str, study: Study) -> pd.DataFrame:
    """The table of one domain in a format; lives with gaps must be left out before (``without_gaps``) for
    Biograph."""
    if form == "sts":
        return lives.table(domain).reset_index()
    if form == "biograph":
        births = {person.id: _month(person.birth.point(study.dates.point)) for person in study.people
                  if person.birth.is_known and person.birth.width <= 31}  # fmt: skip
        return biograph_rows(lives, domain, births=births, attributes=study.attributes_table())
    write = {"sps": sps_strings, "dss": dss_strings, "spell": spell_rows, "tse": event_rows}[form]
    return write(lives, domain)


def letters_table(lives: Sequences, domain: str) -> pd.DataFrame:
    """Biograph's letters of a domain: columns letter, state, label."""
    import pandas as pd

    where = lives.domain_index(domain)
    labels = lives.domains[where].labels
    letters = letters_of(lives.alphabets[where])
    return pd.DataFrame([(letter, state, labels[state]) for state, letter in letters.items()],
                        columns=["letter", "state", "label"])  # fmt: skip


def without_gaps(lives: Sequences, domain: str) -> tuple[Sequences, tuple[str, ...]]:
    """The lives that have a state in every month from their first to their last, and the ids of the others.

    Raises StudyError when there is none.
    """
    states = lives.states[:, lives.domain_index(domain), :]
    coded = states >= 0
    between = np.logical_or.accumulate(states != VOID, axis=1)
    between &= np.logical_or.accumulate((states != VOID)[:, ::-1], axis=1)[:, ::-1]
    whole = coded.any(axis=1) & (coded | ~between).all(axis=1)
    if not whole.any():
        raise StudyError(f"Every life has months without a state in {domain}, which Biograph's table cannot "
                         "say. Choose a shorter window, or another format such as spell.")  # fmt: skip
    ids = np.array(lives.ids, dtype=object)
    return lives.select(ids[whole]), tuple(ids[~whole])


def _month(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()[:7]
