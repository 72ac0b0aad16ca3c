"""What people pass on to those at home after leaving: ideas, practices, media, money."""

from __future__ import annotations

from sample_data.making.chance import Chance
from sample_data.making.days import shift
from sample_data.making.lives import Life, Moment

KINDS = {"ideas": "talks and lectures for people at home",
         "practices": "taught people at home what worked abroad",
         "media": "texts and broadcasts for readers at home",
         "money": "money for prisoners or groups at home"}  # fmt: skip


def remit(life: Life) -> None:
    """Rarer with time, and far more often by those who were active before (planted)."""
    chance = Chance("remittances", life.id)
    rate = 0.55 if life.planted["active_before"] else 0.02
    if life.kind == "returned":
        return
    for turn in range(3):
        if chance.of(rate * 0.55**turn):
            after = 1 + 20 * chance.between(0, 1) ** 2 + 3 * turn
            when = shift(life.departure.day, after)
            if when < life.interview - 30 and not life.place_on(when).startswith("origin"):
                kind = chance.pick(list(KINDS))
                life.happening("remittance", Moment(when), KINDS[kind], f"remittance.{kind}", "remittance")
