"""Legal status by place, passport and date: which papers somebody could have had, and in which order."""

from __future__ import annotations

from collections.abc import Callable

from sample_data.making.chance import Chance
from sample_data.making.days import shift
from sample_data.making.lives import Life, Moment, Stop, Stretch
from sample_data.making.permits.caucasus import armenia, georgia
from sample_data.making.permits.central_asia import central_asia, kazakhstan
from sample_data.making.permits.elsewhere import america, balkans, israel, turkey, ukraine
from sample_data.making.permits.europe import europe
from sample_data.making.permits.germany import germany
from sample_data.making.permits.stay import Stay, Step

OFFICES: dict[str, Callable[[Stay], list[Step]]] = {
    "germany": germany, "georgia": georgia, "armenia": armenia, "kazakhstan": kazakhstan,
    "turkey": turkey,
    "eu_other": europe, "exsoviet_other.kg": central_asia, "exsoviet_other.uz": central_asia,
    "exsoviet_other.ua": ukraine, "other.rs": balkans, "other.me": balkans, "other.il": israel,
    "other.us": america,
}  # fmt: skip
LIMITS = {"short_stay.visa_free_30": 0.95, "short_stay.visa_free_60": 1.94, "short_stay.visa_free_90": 2.9,
          "short_stay.visa_free_180": 5.9, "short_stay.visa_free_365": 11.9}  # fmt: skip
"""Months that a visa-free stay may last."""


def allow(life: Life) -> None:
    """Legal episodes after leaving (those at home are set by repression), with applications and decisions."""
    for number, stop in enumerate(life.stops):
        if stop.country == "origin":
            life.stretches.append(Stretch("legal", "home", stop.arrive, stop.leave,
                                          cue=("home.back", "home")))
            continue
        if number and life.stops[number - 1].country == stop.country:
            _carry_over(life, stop, number)
            continue
        joined = _joined(life, number)
        _lay(joined, OFFICES[stop.place if stop.place in OFFICES else stop.country](joined))


def _joined(life: Life, number: int) -> Stay:
    """Moving to another city of the same country changes no papers: the stay is one."""
    stop, last = life.stops[number], life.stops[number]
    for following in life.stops[number + 1:]:
        if following.country != stop.country:
            break
        last = following
    whole = Stop(stop.place, stop.arrive, last.leave)
    return Stay(life, whole, Chance("permits", life.id, str(number)), number == 0)


def _carry_over(life: Life, stop: Stop, number: int) -> None:
    stop.purpose = life.stops[number - 1].purpose


def _lay(stay: Stay, steps: list[Step]) -> None:
    """Put the steps one after the other until the stay ends; the last one goes on to its end."""
    at, laid = stay.stop.arrive, []
    for step in _within_limits(stay, steps):
        laid.append((step, at))
        if step.months is None or shift(at.day, step.months) > stay.end - 12:
            break
        at = Moment(shift(at.day, step.months))
    ends = [moment for _, moment in laid[1:]] + [stay.stop.leave]
    for (step, start), end in zip(laid, ends, strict=True):
        stay.life.stretches.append(Stretch("legal", step.state, start, end,
                                           cue=(step.state, step.state.partition(".")[0])))
        if step.event:
            at = start if start is not stay.stop.arrive else Moment(start.day + stay.chance.days(3, 16))
            stay.life.happening(step.event, at, step.label, f"{step.event}.{step.state}",
                                f"{step.event}.{stay.stop.country}", step.event)


def _within_limits(stay: Stay, steps: list[Step]) -> list[Step]:
    """Whoever stays longer than a visa-free stay allows has left and entered again in time."""
    last = steps[-1]
    used = sum(step.months or 0 for step in steps[:-1])
    limit = LIMITS.get(last.state)
    if limit is None or stay.months - used <= limit:
        return steps
    run = Step("short_stay.visa_run", None)
    free = min(limit - stay.chance.between(0, 0.25), stay.months - used - 0.6)
    return [*steps[:-1], Step(last.state, free, last.event, last.label), run]
