"""Who is in the study: cohorts, first hosts, planted types, attributes, days of leaving and interview."""

from __future__ import annotations

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift, year_of
from sample_data.making.lives import Life, Moment

# Cohort: origin, first and last day of leaving.
COHORTS = {
    "ru_2012": ("russia", day(2012, 5, 20), day(2014, 3, 10)),
    "ru_2014": ("russia", day(2014, 3, 25), day(2021, 1, 10)),
    "ru_2021": ("russia", day(2021, 1, 25), day(2022, 2, 20)),
    "ru_2022a": ("russia", day(2022, 2, 25), day(2022, 9, 18)),
    "ru_2022b": ("russia", day(2022, 9, 22), day(2022, 12, 28)),
    "ru_2023": ("russia", day(2023, 2, 1), day(2023, 7, 31)),
    "az_2013": ("azerbaijan", day(2013, 2, 1), day(2016, 9, 10)),
    "az_2016": ("azerbaijan", day(2016, 10, 5), day(2020, 2, 10)),
    "az_2020": ("azerbaijan", day(2021, 3, 1), day(2023, 4, 20)),
    "az_2023": ("azerbaijan", day(2023, 11, 27), day(2024, 6, 30)),
}
SEEN, EARLY = 19.5, 0.13
"""Months after which nearly everybody is interviewed, and the share of those asked before."""
# (cohort, planted type, first host, how many people)
QUOTAS = [
    ("ru_2012", "settled", "germany", 6), ("ru_2012", "settled", "eu_other", 3),
    ("ru_2012", "settled", "other.us", 1),
    ("ru_2012", "onward", "exsoviet_other.ua", 1), ("ru_2012", "returned", "germany", 1),
    ("ru_2014", "settled", "germany", 10), ("ru_2014", "settled", "eu_other", 4),
    ("ru_2014", "settled", "other.il", 1),
    ("ru_2014", "settled", "other.us", 1), ("ru_2014", "onward", "georgia", 1),
    ("ru_2014", "onward", "exsoviet_other.ua", 2),
    ("ru_2014", "onward", "eu_other.cz", 1), ("ru_2014", "caucasus", "georgia", 2),
    ("ru_2014", "serial", "turkey", 1),
    ("ru_2014", "returned", "germany", 2), ("ru_2014", "returned", "eu_other.cz", 1),
    ("ru_2021", "settled", "germany", 6), ("ru_2021", "settled", "eu_other", 3),
    ("ru_2021", "onward", "georgia", 4),
    ("ru_2021", "onward", "eu_other.lt", 1), ("ru_2021", "caucasus", "georgia", 3),
    ("ru_2021", "serial", "turkey", 1),
    ("ru_2021", "serial", "other.me", 1), ("ru_2021", "returned", "eu_other.cz", 1),
    ("ru_2021", "returned", "other.me", 1),
    ("ru_2021", "caucasus", "armenia", 1),
    ("ru_2022a", "settled", "germany", 6), ("ru_2022a", "settled", "eu_other", 4),
    ("ru_2022a", "settled", "other.il", 3),
    ("ru_2022a", "caucasus", "georgia", 14), ("ru_2022a", "caucasus", "armenia", 7),
    ("ru_2022a", "onward", "georgia", 8), ("ru_2022a", "onward", "armenia", 5),
    ("ru_2022a", "onward", "turkey", 7), ("ru_2022a", "onward", "kazakhstan", 1),
    ("ru_2022a", "serial", "turkey", 2), ("ru_2022a", "serial", "kazakhstan", 1),
    ("ru_2022a", "serial", "other.rs", 4), ("ru_2022a", "serial", "other.me", 1),
    ("ru_2022a", "serial", "exsoviet_other.uz", 2), ("ru_2022a", "serial", "other.il", 1),
    ("ru_2022a", "returned", "georgia", 1), ("ru_2022a", "returned", "armenia", 2),
    ("ru_2022a", "returned", "turkey", 1), ("ru_2022a", "returned", "kazakhstan", 3),
    ("ru_2022a", "returned", "eu_other.lv", 1), ("ru_2022a", "returned", "other.rs", 1),
    ("ru_2022b", "kazakhstan", "kazakhstan", 13), ("ru_2022b", "caucasus", "georgia", 8),
    ("ru_2022b", "onward", "georgia", 5), ("ru_2022b", "onward", "turkey", 2),
    ("ru_2022b", "serial", "exsoviet_other.kg", 2), ("ru_2022b", "serial", "exsoviet_other.uz", 1),
    ("ru_2022b", "serial", "other.rs", 3), ("ru_2022b", "returned", "kazakhstan", 4),
    ("ru_2022b", "returned", "armenia", 1), ("ru_2022b", "returned", "exsoviet_other.uz", 1),
    ("ru_2022b", "returned", "turkey", 1),
    ("ru_2023", "caucasus", "armenia", 2), ("ru_2023", "onward", "armenia", 1),
    ("ru_2023", "serial", "turkey", 1),
    ("az_2013", "onward", "georgia", 10), ("az_2013", "onward", "turkey", 2),
    ("az_2013", "settled", "germany", 5),
    ("az_2013", "settled", "eu_other", 2), ("az_2013", "settled", "other.us", 1),
    ("az_2013", "caucasus", "georgia", 2),
    ("az_2013", "serial", "turkey", 1), ("az_2013", "returned", "turkey", 1),
    ("az_2013", "returned", "georgia", 1),
    ("az_2016", "onward", "georgia", 3), ("az_2016", "onward", "turkey", 1),
    ("az_2016", "onward", "exsoviet_other.ua", 1),
    ("az_2016", "settled", "germany", 5), ("az_2016", "settled", "eu_other", 2),
    ("az_2016", "serial", "turkey", 1),
    ("az_2016", "returned", "germany", 1), ("az_2016", "returned", "turkey", 1),
    ("az_2020", "settled", "germany", 3), ("az_2020", "settled", "eu_other", 2),
    ("az_2020", "onward", "turkey", 2),
    ("az_2020", "onward", "georgia", 1), ("az_2020", "caucasus", "georgia", 1),
    ("az_2020", "returned", "turkey", 1),
    ("az_2023", "settled", "germany", 3), ("az_2023", "settled", "eu_other", 3),
    ("az_2023", "caucasus", "georgia", 3),
    ("az_2023", "onward", "georgia", 1),
]  # fmt: skip
PERSON_TYPES = {
    "pre": {"activist": 0.35, "critical_profession": 0.35, "non_political": 0.30},
    "ru_2022a": {"activist": 0.25, "critical_profession": 0.30, "non_political": 0.45},
    "ru_2022b": {"activist": 0.08, "critical_profession": 0.14, "non_political": 0.78},
    "az": {"activist": 0.40, "critical_profession": 0.42, "non_political": 0.18},
}
OCCUPATIONS = {
    "activist": {"ngo_human_rights": 3, "student": 2, "it": 2, "arts_culture": 1.5, "services_trade": 1.5,
                 "office": 1.5,
                 "education": 1},
    "critical_profession": {"journalism": 5, "academia": 3, "ngo_human_rights": 2, "law": 2,
                            "arts_culture": 1.5},
    "non_political": {"it": 4, "office": 2.5, "services_trade": 2, "health": 1, "education": 1,
                      "arts_culture": 1,
                      "student": 0.8},
}  # fmt: skip
RUSSIAN_CITIES = ["Novosibirsk", "Yekaterinburg", "Kazan", "Nizhny Novgorod", "Samara", "Perm", "Krasnodar",
                  "Voronezh"]
RUSSIAN_TOWNS = ["Pskov", "Syktyvkar", "Tver", "Kaluga", "Petrozavodsk", "Ulan-Ude", "Kirov", "Vologda",
                 "Cheboksary"]
AZERBAIJANI_TOWNS = ["Ganja", "Sumgayit", "Lankaran", "Sheki", "Mingachevir"]


def make_people() -> list[Life]:
    """Everybody, with a pseudonym that says nothing about cohort or type, in order of pseudonym."""
    people = []
    for origin, prefix in (("russia", "RU"), ("azerbaijan", "AZ")):
        places = [(c, kind, host) for c, kind, host, n in QUOTAS if COHORTS[c][0] == origin for _ in range(n)]
        for number, (cohort, kind, host) in enumerate(Chance("order", origin).shuffled(places), start=1):
            life = Life(f"{prefix}-{number:03d}", origin, cohort, kind, host)
            _characterise(life, Chance("person", life.id))
            people.append(life)
    return people


def _group(cohort: str) -> str:
    if cohort.startswith("az"):
        return "az"
    return {"ru_2022a": "ru_2022a", "ru_2022b": "ru_2022b", "ru_2023": "ru_2022b"}.get(cohort, "pre")


def _characterise(life: Life, chance: Chance) -> None:
    group = _group(life.cohort)
    person_type = chance.weighed(_person_types(life, group))
    life.gender = _gender(life, person_type, chance)
    life.departure = Moment(_departure(life, person_type, chance))
    age = _age(life, chance)
    life.birth = Moment(life.departure.day - round(age * 365.25))
    life.observed = Moment(max(life.departure.day - round(chance.between(5, 10) * 365.25),
                               life.birth.day + 5300))
    occupation = _occupation(life.kind, person_type, age, chance)
    life.home, life.home_city, region = _home(life.origin, chance)
    life.interview = _interview(life, chance)
    life.attributes = {
        "origin_country": life.origin,
        "gender": life.gender,
        "education": _education(occupation, age, chance),
        "occupation": occupation,
        "home_region": region,
        "person_type": person_type,
        "left_with": _company(life, age, chance),
        "siblings": chance.weighed({"none": 0.34, "one": 0.44, "two_or_more": 0.22}),
        "music_school": chance.weighed({"yes": 0.4, "no": 0.6}),
        "transcriber": chance.pick(["t1", "t2", "t3"]),
    }
    life.planted["active_before"] = Chance("active", life.id).of(_likely_active(person_type, occupation))


def _likely_active(person_type: str, occupation: str) -> float:
    """Journalists, lawyers, people from organisations were nearly all active before leaving, others less."""
    if person_type != "critical_profession":
        return {"activist": 1.0, "non_political": 0.08}[person_type]
    return 0.86 if occupation in ("journalism", "law", "ngo_human_rights") else 0.38


def _person_types(life: Life, group: str) -> dict[str, float]:
    """People who went back, or stayed on in Kazakhstan, had seldom been in politics."""
    types = dict(PERSON_TYPES[group])
    if life.kind in ("returned", "kazakhstan"):
        types["activist"] *= 0.15
        types["critical_profession"] *= 0.35
    if life.kind == "settled" and group == "ru_2022a":
        types["non_political"] *= 0.6
    return types


def _gender(life: Life, person_type: str, chance: Chance) -> str:
    if life.kind == "kazakhstan":
        return chance.weighed({"man": 0.93, "woman": 0.07})
    if life.cohort == "ru_2022b":
        return chance.weighed({"man": 0.76, "woman": 0.22, "non_binary": 0.02})
    if life.cohort.startswith("az"):
        return chance.weighed({"man": 0.62, "woman": 0.36, "non_binary": 0.02})
    return chance.weighed({"woman": 0.5, "man": 0.46, "non_binary": 0.04})


def _departure(life: Life, person_type: str, chance: Chance) -> int:
    _, first, last = COHORTS[life.cohort]
    if life.cohort == "ru_2022a":
        if life.kind == "settled" and life.first_host == "germany":
            return chance.days(day(2022, 7, 10) if person_type != "non_political" else day(2022, 4, 15), last)
        if life.first_host.startswith("eu_other"):
            return chance.days(day(2022, 3, 2), day(2022, 8, 20))
        if chance.of(0.62):
            return chance.days(first, day(2022, 3, 22))
        return chance.days(day(2022, 3, 23), last)
    if life.cohort == "ru_2022b":
        rushed = chance.of(0.72)
        return chance.days(first, day(2022, 10, 5)) if rushed else chance.days(day(2022, 10, 6), last)
    if life.cohort in ("ru_2014", "ru_2012") and life.first_host in ("georgia", "turkey"):
        first = day(2015, 8, 1)
    if life.cohort == "az_2016" and life.first_host == "georgia":
        last = day(2017, 4, 20)
    if life.cohort == "az_2013" and life.kind == "onward" and life.first_host == "georgia" and chance.of(0.6):
        first = day(2015, 9, 1)
    if life.cohort == "az_2023" and life.kind == "onward":
        last = day(2024, 2, 10)
    if life.first_host == "exsoviet_other.ua":
        first, last = max(first, day(2013, 9, 1)), min(last, day(2019, 12, 1))
    if life.cohort == "ru_2021" and chance.of(0.16):
        return chance.days(day(2022, 2, 8), day(2022, 2, 22))
    found = chance.days(first, last)
    while day(2020, 3, 20) < found < day(2020, 9, 1):  # hardly anybody could leave
        found = chance.days(first, last)
    return found


def _age(life: Life, chance: Chance) -> float:
    low = 19.5 if life.cohort != "ru_2022b" else 20
    for _ in range(100):
        age = chance.normal(32.3, 7.6)
        if low <= age <= 52 and 1970 <= year_of(life.departure.day - round(age * 365.25)) <= 2003:
            return age
    return 30.0


def _occupation(kind: str, person_type: str, age: float, chance: Chance) -> str:
    weights = dict(OCCUPATIONS[person_type])
    if age < 24:
        weights["student"] = 6.0
        for settled in ("academia", "law", "health"):
            weights.pop(settled, None)
    elif age > 28:
        weights.pop("student", None)
    if person_type == "critical_profession":
        weights.pop("student", None)
    if kind == "returned" and person_type == "critical_profession":
        weights = {"academia": 1, "arts_culture": 1} if age >= 24 else {"arts_culture": 1}
    return chance.weighed(weights)


def _education(occupation: str, age: float, chance: Chance) -> str:
    if occupation == "student" or age < 22:
        return "secondary" if age < 22.5 else "bachelor"
    if occupation == "academia":
        return chance.weighed({"doctorate": 0.65, "master": 0.35}) if age > 28 else "master"
    if occupation in ("law", "health", "education"):
        return "master" if age > 24 else "bachelor"
    weights = {"secondary": 0.1, "bachelor": 0.34, "master": 0.5, "doctorate": 0.06}
    if age < 29:
        weights.pop("doctorate")
    if occupation == "services_trade":
        weights["secondary"] = 0.5
    return chance.weighed(weights)


def _home(origin: str, chance: Chance) -> tuple[str, str, str]:
    if origin == "azerbaijan":
        if chance.of(0.76):
            return "origin.baku", "Baku", "baku"
        return "origin.region", chance.pick(AZERBAIJANI_TOWNS), "azerbaijan_elsewhere"
    region = chance.weighed({"moscow": 0.44, "st_petersburg": 0.22, "big_city": 0.22,
                             "russia_elsewhere": 0.12})
    if region == "moscow":
        return "origin.moscow", "Moscow", region
    if region == "st_petersburg":
        return "origin.spb", "St Petersburg", region
    cities = RUSSIAN_CITIES if region == "big_city" else RUSSIAN_TOWNS
    return ("origin.city" if region == "big_city" else "origin.region"), chance.pick(cities), region


def _company(life: Life, age: float, chance: Chance) -> str:
    if life.cohort == "ru_2022b" and life.gender == "man":
        return chance.weighed({"alone": 0.5, "friends": 0.3, "partner": 0.12, "family": 0.08})
    if age < 25 or life.kind == "serial":
        return chance.weighed({"alone": 0.6, "friends": 0.2, "partner": 0.2})
    return chance.weighed({"alone": 0.4, "partner": 0.28, "family": 0.24, "friends": 0.08})


def _interview(life: Life, chance: Chance) -> int:
    """Most people are seen a year and a half after leaving or later; about one in eight was interviewed
    sooner where the calendar allows it, so that censoring is real."""
    soon = {"settled": 5, "caucasus": 7, "kazakhstan": 8, "onward": 9, "serial": 9, "returned": 9}[life.kind]
    first, last = shift(life.departure.day, SEEN), day(2024, 12, 20)
    if chance.of(EARLY) or first > last - 20:
        soonest = max(day(2022, 6, 10), shift(life.departure.day, min(soon, 6 if first > last - 20 else 99)))
        latest = min(shift(life.departure.day, 17), last)
        if soonest < latest:
            return chance.days(soonest, latest)
    first = max(day(2022, 6, 10), first)
    for _ in range(60):
        found = chance.days(first, last)
        if chance.of({2022: 0.5, 2023: 1.0, 2024: 0.62}[year_of(found)]):
            return found
    return chance.days(min(first, last - 5), last)
