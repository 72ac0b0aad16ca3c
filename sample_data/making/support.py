"""Support received and given: who helped whom with what, through what, on what terms."""

from __future__ import annotations

from sample_data.making.chance import Chance
from sample_data.making.days import shift
from sample_data.making.lives import Flow, Life, Moment
from sample_data.making.words.ties import GIVEN, RECEIVED, TieKind


def exchange(life: Life) -> None:
    """Four to fifteen flows of support: early ones are mostly received, later ones more often given."""
    chance = Chance("support", life.id)
    months = (life.interview - life.departure.day) / 30.44
    early = bool(life.planted["early_support"])
    number = min(15, max(4, round(chance.normal(5.2 + min(months, 48) * 0.09 + (1.2 if early else 0), 2.2))))
    first = chance.between(0.1, 2.4) if early else chance.between(5.2, 7.2)
    first = min(first, months * 0.7)
    used: dict[str, int] = {}
    for step in range(number):
        after = first if step == 0 else first + 0.4 + (months - first - 0.8) * chance.between(0, 1) ** 1.5
        received = step == 0 or chance.of(max(0.25, 0.75 - after / 40))
        _flow(life, chance, shift(life.departure.day, after), received, used)
    life.flows.sort(key=lambda flow: flow.at.day)
    life.planted["first_support_month"] = round((life.flows[0].at.day - life.departure.day) / 30.44, 1)


def _flow(life: Life, chance: Chance, when: int, received: bool, used: dict[str, int]) -> None:
    place = life.place_on(when)
    kinds = [k for k in (RECEIVED if received else GIVEN) if _fits(k, life, place, when)
             and used.get(k.frames[0], 0) < 1]
    if not kinds or when >= life.interview - 5:
        return
    kind = chance.weighed({kind: kind.weight for kind in kinds})
    used[kind.frames[0]] = used.get(kind.frames[0], 0) + 1
    life.flows.append(Flow(Moment(when), "received" if received else "given", kind.resource, kind.counterpart,
                           kind.infrastructure, kind.terms, kind.frames))  # fmt: skip


def _fits(kind: TieKind, life: Life, place: str, when: int) -> bool:
    country = place.partition(".")[0]
    if country == "origin":
        return "home" in kind.where
    if kind.where and country not in kind.where and "abroad" not in kind.where:
        return False
    if kind.exposed and life.person_type == "non_political":
        return False
    if kind.purposes and _purpose(life, when) not in kind.purposes:
        return False
    if kind.origin and kind.origin != life.origin:
        return False
    arrived = max(stop.arrive.day for stop in life.stops if stop.arrive.day <= when)
    if kind.early and when > shift(arrived, 2.6):
        return False
    return not (kind.since and when < kind.since)


def _purpose(life: Life, when: int) -> str:
    """On what ground the person stays on a day."""
    return next((s.purpose for s in reversed(life.stops) if s.arrive.day <= when), "")
