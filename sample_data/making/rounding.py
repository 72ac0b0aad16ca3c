"""How people date their moments: coarse where a life leaves room for it, exact where it does not."""

from __future__ import annotations

from collections import defaultdict

from sample_data.making.chance import Chance
from sample_data.making.days import MONTH, day, iso, middle, window, written
from sample_data.making.lives import Life, Moment

FORMS = {"month": 0.4, "day": 0.1, "season": 0.24, "year": 0.16, "month~": 0.12, "month?": 0.05,
         "year~": 0.03, "season~": 0.04}
COARSER = ["day", "month", "month?", "month~", "season", "season~", "year", "year~"]
ROOM = {"day": 0, "month": 24, "month?": 75, "month~": 75, "season": 120, "season~": 200, "year": 400,
        "year~": 800}
CUTS = [day(2012, 5, 6), day(2014, 3, 18), day(2016, 9, 26), day(2020, 9, 27), day(2021, 1, 17),
        day(2022, 2, 24),
        day(2022, 9, 21), day(2023, 1, 1), day(2023, 11, 20)]  # fmt: skip
AMBIGUOUS = 7
Pairs = dict[Moment, list[tuple[Moment, int, bool]]]
"""For each moment the others it is tied to: later (+1) or earlier (-1), and whether they must stay apart."""


def blur(lives: list[Life]) -> None:
    """Write every moment of every life."""
    ambiguous = [life for life in lives
                 if day(2022, 2, 1) <= life.departure.day <= day(2022, 2, 28)][:AMBIGUOUS]
    for number, life in enumerate(ambiguous):
        life.departure.text = "2021-24" if number in (2, 5) else "2022-02"
        life.planted["ambiguous_departure"] = True
    for life in lives:
        _blur(life, Chance("dates", life.id))


def _blur(life: Life, chance: Chance) -> None:
    pairs, moments = _order(life)
    life.birth.text = life.birth.text or written(life.birth.day,
                                                 chance.weighed({"year": 0.6, "year~": 0.15, "month": 0.25}))
    turns = [life.departure, *(stop.leave for stop in life.stops if stop.leave)]
    for moment in [*turns, *chance.shuffled(moments)]:
        if not moment.text:
            moment.text = _word(life, moment, pairs, chance)


def _order(life: Life) -> tuple[Pairs, list[Moment]]:
    """Which moments must stay before (+1: the other is later) which; and all moments in order of time."""
    pairs: Pairs = defaultdict(list)
    interview = Moment(life.interview, iso(life.interview))
    moments = dict.fromkeys((life.birth, life.observed, life.departure))

    def before(a: Moment, b: Moment, strictly: bool = True) -> None:
        if a is not b:
            pairs[a].append((b, 1, strictly))
            pairs[b].append((a, -1, strictly))
            moments.update(dict.fromkeys((a, b)))

    for name in ("location", "legal", "activism", "emotion"):
        stretches = life.domain(name)
        for stretch, following in zip(stretches, [*stretches[1:], None], strict=True):
            if stretch.end is not None:
                before(stretch.start, stretch.end)
            elif following is None:
                before(stretch.start, interview)
            if following is not None and stretch.end is not following.start:
                before(stretch.end or stretch.start, following.start)
            if stretch.start.day >= life.observed.day:
                before(life.observed, stretch.start)
    turns = [life.departure, *(stop.leave for stop in life.stops if stop.leave)]
    for moment in [h.at for h in life.happenings] + [f.at for f in life.flows]:
        moments[moment] = None
        before(moment, interview, strictly=False)
        for turn in turns:
            if turn is not moment:
                before(*((moment, turn) if moment.day < turn.day else (turn, moment)), strictly=False)
    moments.pop(interview, None)
    return pairs, sorted(moments, key=lambda m: m.day)


def _word(life: Life, moment: Moment, pairs: Pairs, chance: Chance) -> str:
    room = min((abs(other.day - moment.day) for other, _, strictly in pairs[moment] if strictly),
               default=390)
    if moment is life.observed:
        wish = chance.weighed({"year": 0.8, "season": 0.1, "month": 0.1})
    else:
        fitting = {form: weight for form, weight in FORMS.items() if room >= ROOM[form]}
        wish = chance.weighed(fitting)
        if room > 700 and chance.of(0.3):
            wish = "year"
    for form in reversed(COARSER[: COARSER.index(wish) + 1]):
        text = written(moment.day, form)
        if _holds(life, moment, text, pairs):
            return text
    return iso(moment.day)


def _holds(life: Life, moment: Moment, text: str, pairs: Pairs) -> bool:
    """Whether point estimates keep the true order, and a departure stays in its cohort."""
    here, (low, high) = middle(text), window(text)
    if moment is life.departure and (any(low < cut <= high for cut in CUTS) or high - low > 370):
        return False
    for other, sign, strictly in pairs[moment]:
        there = middle(other.text) if other.text else float(other.day)
        gap = abs(other.day - moment.day)
        if gap > 0 and (there - here) * sign < (min(MONTH / 2, gap * 0.4) if strictly else 0):
            return False
    return True
