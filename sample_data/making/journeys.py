"""Where people lived: origin, first host, and every move after it, by planted type with noise."""

from __future__ import annotations

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift
from sample_data.making.lives import Life, Moment, Stop, Stretch

CITIES = {
    "germany": {"berlin": 0.55, "nrw": 0.14, "leipzig": 0.1, "other": 0.21},
    "georgia": {"tbilisi": 0.78, "batumi": 0.22},
    "armenia": {"yerevan": 0.9, "gyumri": 0.1},
    "kazakhstan": {"almaty": 0.66, "astana": 0.16, "other": 0.18},
    "turkey": {"istanbul": 0.66, "antalya": 0.34},
    "eu_other": {"lt": 0.2, "lv": 0.1, "pl": 0.2, "cz": 0.2, "fr": 0.14, "nl": 0.08, "uk": 0.08},
}
NAMES = {
    "origin": "origin", "germany": "Germany", "georgia": "Georgia", "armenia": "Armenia",
    "kazakhstan": "Kazakhstan",
    "turkey": "Turkey", "eu_other.lt": "Lithuania", "eu_other.lv": "Latvia", "eu_other.pl": "Poland",
    "eu_other.cz": "Czechia", "eu_other.fr": "France", "eu_other.nl": "the Netherlands",
    "eu_other.uk": "Britain",
    "exsoviet_other.ua": "Ukraine", "exsoviet_other.kg": "Kyrgyzstan", "exsoviet_other.uz": "Uzbekistan",
    "other.rs": "Serbia", "other.me": "Montenegro", "other.il": "Israel", "other.us": "the United States",
}  # fmt: skip
SHORT_STAYS = {"turkey": 0.32, "other.rs": 0.2, "other.me": 0.14, "exsoviet_other.kg": 0.1,
               "exsoviet_other.uz": 0.12, "georgia": 0.06, "kazakhstan": 0.06}
SHORT_STAYS_AZ = {"turkey": 0.4, "georgia": 0.2, "exsoviet_other.ua": 0.2, "other.me": 0.2}
"""Where those who never stay long go, and how often: Turkey, the Balkans, Central Asia."""


def country_name(place: str) -> str:
    """The country of a place in words."""
    return NAMES.get(place, NAMES.get(place.partition(".")[0], place))


def travel(life: Life) -> None:
    """Give a life its stops, its location episodes and the events of moving."""
    chance = Chance("journey", life.id)
    at = life.departure
    for place, months in _route(life, chance):
        if months is None or shift(at.day, months) > life.interview - 40:
            life.stops.append(Stop(place, at))
            break
        leave = Moment(_after_lockdown(shift(at.day, months) + chance.days(-9, 9)))
        if leave.day > life.interview - 35:
            life.stops.append(Stop(place, at))
            break
        life.stops.append(Stop(place, at, leave))
        at = leave
    _tell_moves(life)
    _record(life, chance)


def _after_lockdown(when: int) -> int:
    """Borders were closed in spring 2020: whoever meant to move then did so in summer or autumn."""
    closed, opened = day(2020, 3, 18), day(2020, 7, 20)
    return opened + (when - closed) // 2 if closed < when < opened else when


def settle(country: str, chance: Chance) -> str:
    """A city in a country, unless the place is already as exact as the codebook."""
    return f"{country}.{chance.weighed(CITIES[country])}" if country in CITIES else country


def _route(life: Life, chance: Chance) -> list[tuple[str, float | None]]:
    first = settle(life.first_host, chance)
    route = {"settled": _settled, "caucasus": _caucasus, "onward": _onward, "serial": _serial,
             "kazakhstan": _kazakhstan, "returned": _returned}[life.kind](life, first, chance)  # fmt: skip
    return _out_of_ukraine(life, route)


def _settled(life: Life, first: str, chance: Chance) -> list[tuple[str, float | None]]:
    if chance.of(0.1):
        later = "eu_other.nl" if first.startswith("germany") else "germany.berlin"
        life.planted["noise"] = "moved on after years"
        return [(first, chance.between(26, 48)), (later, None)]
    if first.startswith("germany") and chance.of(0.3):
        second = "germany.leipzig" if first == "germany.berlin" else "germany.berlin"
        return [(first, chance.between(10, 30)), (second, None)]
    return [(first, None)]


def _caucasus(life: Life, first: str, chance: Chance) -> list[tuple[str, float | None]]:
    """At least a year and a half in the first country; a few spend some months elsewhere or go on later."""
    if chance.of(0.1):
        life.planted["noise"] = "some months elsewhere"
        away = "turkey.istanbul" if life.origin == "azerbaijan" or chance.of(0.4) else (
            "armenia.yerevan" if first.startswith("georgia") else "georgia.tbilisi")  # fmt: skip
        return [(first, chance.between(7, 13)), (away, chance.between(3, 6)), (first, None)]
    if chance.of(0.15):
        life.planted["later"] = "moved on after a long stay"
        goal = settle("germany" if chance.of(0.5) else "eu_other", chance)
        return [(first, chance.between(19, 30)), (goal, None)]
    if first == "georgia.batumi" and chance.of(0.6):
        return [(first, chance.between(4, 9)), ("georgia.tbilisi", None)]
    return [(first, None)]


def _onward(life: Life, first: str, chance: Chance) -> list[tuple[str, float | None]]:
    """A first stop of some months, seldom more than a year, and then Germany or another country of the EU."""
    stay = (chance.between(3, 14) + chance.between(3, 14)) / 2
    if chance.of(0.13):
        life.planted["noise"] = "a long first stop"
        stay = chance.between(15, 24)
    if life.origin == "azerbaijan" and first.startswith("georgia"):
        stay = _out_of_tbilisi(life, stay, chance)
    goal = "germany" if chance.of(0.78) or first.startswith("eu_other") else "eu_other"
    last = (settle(goal, chance), None)
    limit = (life.interview - life.departure.day) / 30.44 - 3.5
    stay = min(stay, limit)
    if chance.of(0.18) and stay > 7 and life.origin == "russia" and not first.startswith(("exsoviet", "eu_")):
        life.planted.setdefault("noise", "a second stop on the way")
        second = "turkey.istanbul" if not first.startswith("turkey") else "georgia.tbilisi"
        return [(first, stay * 0.55), (second, stay * 0.45), last]
    return [(first, stay), last]


def _out_of_tbilisi(life: Life, stay: float, chance: Chance) -> float:
    """Exiles from Azerbaijan went on when permits were refused (2016), or after the abduction of 2017."""
    refused = (day(2016, 6, 20) - life.departure.day) / 30.44
    abducted = (day(2017, 6, 2) - life.departure.day) / 30.44
    if 0 < abducted < 12 or (0 < abducted < 21 and chance.of(0.25)):
        return max(2.5, abducted + chance.between(0.2, 3.5))
    return max(stay, refused + chance.between(0, 3)) if 0 < refused < 12 else stay


def _serial(life: Life, first: str, chance: Chance) -> list[tuple[str, float | None]]:
    """Two to six months in a place, again and again, for a year and a half or longer."""
    pool = SHORT_STAYS_AZ if life.origin == "azerbaijan" else SHORT_STAYS
    stretch = 1.0
    if chance.of(0.15):
        life.planted["noise"] = "longer stays"
        stretch = 1.6
    until, total = chance.between(18, 27), chance.between(2, 6)
    route: list[tuple[str, float | None]] = [(first, total)]
    while total < until:
        last = route[-1][0].partition(".")[0]
        options = {p: weight for p, weight in pool.items() if p.partition(".")[0] != last}
        months = chance.between(2, 6) * stretch
        route.append((settle(chance.weighed(options), chance), months))
        total += months
    last = "turkey.istanbul" if not route[-1][0].startswith("turkey") else "georgia.tbilisi"
    return [*route, (last, None)]


def _kazakhstan(life: Life, first: str, chance: Chance) -> list[tuple[str, float | None]]:
    if chance.of(0.22):
        life.planted["noise"] = "moved on late"
        return [(first, chance.between(11, 18)),
                (chance.pick(["other.rs", "georgia.tbilisi", "exsoviet_other.kg"]), None)]
    if first == "kazakhstan.other":
        return [(first, chance.between(0.7, 2.5)), ("kazakhstan.almaty", None)]
    return [(first, None)]


def _returned(life: Life, first: str, chance: Chance) -> list[tuple[str, float | None]]:
    """Back after some months, mostly within fourteen."""
    room = (life.interview - life.departure.day) / 30.44 - 3
    stay = min(chance.between(4, 14) if chance.of(0.88) else chance.between(15, 22), room)
    for _ in range(40):
        if not _unlikely_return(life, shift(life.departure.day, stay)):
            break
        stay = min(chance.between(4, 17), room)
    if life.origin == "russia" and life.departure.day > day(2022, 2, 23):
        if chance.of(0.3) and stay > 6:
            second = "turkey.istanbul" if not first.startswith("turkey") else "georgia.tbilisi"
            return [(first, stay * 0.6), (second, stay * 0.4), (life.home, None)]
        if chance.of(0.12):
            life.planted["noise"] = "left again"
            return [(first, stay * 0.6), (life.home, max(1.5, stay * 0.25)), (first, None)]
    return [(first, stay), (life.home, None)]


def _unlikely_return(life: Life, back: int) -> bool:
    """Hardly anybody moved back to Russia in the first months of the war; men did not during mobilisation."""
    if life.origin != "russia":
        return False
    if life.departure.day < day(2022, 2, 24) and day(2021, 12, 15) < back < day(2022, 7, 15):
        return True
    return life.gender == "man" and day(2022, 9, 15) < back < day(2022, 12, 15)


def _out_of_ukraine(life: Life, route: list[tuple[str, float | None]]) -> list[tuple[str, float | None]]:
    """Who came to Kyiv before the invasion stayed for years and left in its first days."""
    if route[0][0] != "exsoviet_other.ua":
        return route
    life.planted["noise"] = "years in Kyiv"
    weeks = Chance("kyiv", life.id).days(1, 12)
    return [(route[0][0], (day(2022, 2, 25) + weeks - life.departure.day) / 30.44),
            (settle("germany", Chance("after", life.id)), None)]


def _tell_moves(life: Life) -> None:
    life.happening("departure", life.departure, f"left for {country_name(life.stops[0].place)}",
                   f"departure.{life.stops[0].country}", f"departure.{life.cohort}", "departure")  # fmt: skip
    for before, stop in zip(life.stops, life.stops[1:], strict=False):
        if before.place == "exsoviet_other.ua" and stop.arrive.day > day(2022, 2, 23):
            life.happening("onward_move", stop.arrive, "fled from Ukraine to Germany", "onward.from_kyiv")
        elif stop.country == before.country:
            stop.arrive.event = ""
        elif stop.country == "origin":
            life.happening("return", stop.arrive, f"returned from {country_name(before.place)}", "return")
        elif before.country == "origin":
            life.happening("onward_move", stop.arrive, f"left again for {country_name(stop.place)}",
                           "left_again")
        else:
            label = f"moved on from {country_name(before.place)} to {country_name(stop.place)}"
            life.happening("onward_move", stop.arrive, label, f"onward.{stop.country}", "onward")


def _record(life: Life, chance: Chance) -> None:
    """Location episodes: one or two places at home, then a stop each."""
    start = life.birth
    years = (life.departure.day - life.birth.day) / 365.25
    moved = life.birth.day + round(chance.between(17.6, 18.4) * 365.25)
    if life.home in ("origin.moscow", "origin.spb") and 1.5 < years - 18 < 9 and chance.of(0.5):
        city = Moment(moved)
        life.planted["came_to_city"] = True
        life.stretches.append(Stretch("location", "origin.region", start, city, cue=("childhood",)))
        start = city
    life.stretches.append(Stretch("location", life.home, start, life.departure,
                                  cue=("home." + life.origin, "home")))
    seen: set[str] = set()
    several = ("eu_other", "exsoviet_other", "other")
    for number, stop in enumerate(life.stops):
        turn = "first" if number == 0 else "later"
        key = stop.place if stop.country in several else stop.country
        cues = (f"again.{stop.country}",) if key in seen else (stop.place, f"{stop.country}.{turn}")
        if stop.country == "origin":
            cues = ("back",)
        before = life.stops[number - 1].place if number else ""
        if before == "exsoviet_other.ua" and stop.arrive.day > day(2022, 2, 23):
            cues = ("from_kyiv",)
        seen.add(key)
        life.stretches.append(Stretch("location", stop.place, stop.arrive, stop.leave,
                                      cue=(*cues, stop.place, stop.country, "abroad")))  # fmt: skip
