"""What the state did to people before they left, and the legal episodes at home that follow from it."""

from __future__ import annotations

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift
from sample_data.making.lives import Life, Moment, Stretch

# Days on which many were detained at rallies.
RALLIES = [day(*d) for d in (
    (2011, 12, 5), (2012, 5, 6), (2013, 7, 18), (2014, 3, 2), (2015, 3, 1), (2017, 3, 26), (2017, 6, 12),
    (2018, 5, 5),
    (2018, 9, 9), (2019, 7, 27), (2019, 8, 3), (2020, 7, 15), (2021, 1, 23), (2021, 1, 31), (2021, 2, 2),
    (2021, 4, 21),
    (2022, 2, 24), (2022, 2, 27), (2022, 3, 6), (2022, 3, 13), (2022, 9, 21), (2022, 9, 24))]  # fmt: skip
EXPOSED = {"activist": 0.78, "critical_profession": 0.7, "non_political": 0.4}
"""Of those who were active before leaving: whom the state went after."""
STATES = {"detention": "home_threat.detained", "search": "home_threat.searched",
          "travel_ban": "home_threat.travel_ban",
          "administrative_case": "home_threat.admin_case", "criminal_case": "home_threat.criminal",
          "foreign_agent_label": "home_threat.foreign_agent",
          "conscription_summons": "home_threat.mobilisation"}  # fmt: skip
LABELS = {
    "detention": "detained for some hours", "search": "flat searched",
    "administrative_case": "administrative case and fine",
    "criminal_case": "criminal case opened", "foreign_agent_label": "named a foreign agent",
    "dismissal": "dismissed for views",
    "threat": "threatened", "conscription_summons": "call-up papers",
    "travel_ban": "not allowed to leave the country",
}  # fmt: skip


def press(life: Life) -> None:
    """Threats, cases and summons before departure, then legal status at home from birth to departure."""
    chance = Chance("repression", life.id)
    marks: list[tuple[str, Moment]] = []
    active = bool(life.planted["active_before"])
    if chance.of(EXPOSED[life.person_type]) and active and life.kind != "returned":
        marks += _russian(life, chance) if life.origin == "russia" else _azerbaijani(life, chance)
    marks += _call_up(life, chance)
    marks += _lost_work(life, chance)
    marks = _apart(sorted(marks, key=lambda mark: mark[1].day))
    for kind, at in marks:
        life.happening(kind, at, LABELS[kind], f"{kind}.{life.origin}", kind)
    life.planted["repression_before"] = len(marks)
    _status_at_home(life, marks)
    _from_afar(life, chance)


def _apart(marks: list[tuple[str, Moment]]) -> list[tuple[str, Moment]]:
    kept: list[tuple[str, Moment]] = []
    for kind, at in marks:
        if not kept or at.day - kept[-1][1].day >= 3:
            kept.append((kind, at))
    return kept


def _russian(life: Life, chance: Chance) -> list[tuple[str, Moment]]:
    leave, marks = life.departure.day, []
    street = life.attributes["occupation"] not in ("journalism", "law") or chance.of(0.4)
    rallies = [r for r in RALLIES if max(shift(leave, -30), life.observed.day + 40) <= r <= leave - 3]
    if street and rallies and chance.of(0.75):
        at = Moment(chance.pick(rallies[-4:]))
        marks.append(("detention", at))
        if leave - at.day > 16:
            marks.append(("administrative_case",
                          Moment(at.day + chance.days(4, min(24, leave - at.day - 6)))))
    if leave > day(2019, 1, 1) and chance.of(0.34):
        marks.append(("search", _before(life, chance, 0.2, 8)))
    if life.attributes["occupation"] in ("journalism",
                                         "ngo_human_rights") and leave > day(2021, 5, 1) and chance.of(0.3):
        friday = _friday(_before(life, chance, 1, 9).day)
        marks.append(("foreign_agent_label", Moment(max(day(2021, 4, 2), friday))))
    if chance.of(0.13) and life.person_type == "activist":
        marks.append(("criminal_case", _before(life, chance, 0.3, 4)))
    if chance.of(0.35) or not marks:
        marks.append(("threat", _before(life, chance, 0.4, 12)))
    return marks


def _azerbaijani(life: Life, chance: Chance) -> list[tuple[str, Moment]]:
    marks = []
    if chance.of(0.55):
        at = _before(life, chance, 2, 20)
        marks.append(("detention", at))
        if chance.of(0.55):
            marks.append(("administrative_case", Moment(at.day + chance.days(4, 20))))
    if life.attributes["occupation"] in ("journalism", "ngo_human_rights", "law") and chance.of(0.4):
        marks.append(("travel_ban", _before(life, chance, 4, 14)))
    if chance.of(0.2):
        marks.append(("criminal_case", _before(life, chance, 0.5, 5)))
    if chance.of(0.25):
        marks.append(("search", _before(life, chance, 0.4, 8)))
    if chance.of(0.5) or not marks:
        marks.append(("threat", _before(life, chance, 0.4, 12)))
    return marks


def _before(life: Life, chance: Chance, least: float, most: float) -> Moment:
    """A moment so many months before leaving, inside what the interview speaks of."""
    found = shift(life.departure.day, -chance.between(least, most))
    return Moment(max(found, life.observed.day + 30))


def _call_up(life: Life, chance: Chance) -> list[tuple[str, Moment]]:
    age = (life.departure.day - life.birth.day) / 365.25
    if life.origin != "russia" or life.gender != "man" or age > 45 or life.departure.day < day(2022, 9, 24):
        return []
    if life.departure.day > day(2023, 1, 1):
        return [("conscription_summons", _before(life, chance, 0.4, 1.5))] if chance.of(0.6) else []
    if not chance.of(0.34):
        return []
    return [("conscription_summons",
             Moment(chance.days(day(2022, 9, 22), min(life.departure.day - 1, day(2022, 10, 26)))))]


def _lost_work(life: Life, chance: Chance) -> list[tuple[str, Moment]]:
    at_risk = life.attributes["occupation"] in ("journalism", "academia", "education", "ngo_human_rights",
                                                "arts_culture")
    if not at_risk or not chance.of(0.24 if life.person_type != "non_political" else 0.08):
        return []
    if life.cohort == "ru_2022a" and life.departure.day > day(2022, 3, 12):
        return [("dismissal",
                 Moment(chance.days(day(2022, 3, 2), min(life.departure.day - 4, day(2022, 8, 30)))))]
    return [("dismissal", _before(life, chance, 0.5, 8))]


def _status_at_home(life: Life, marks: list[tuple[str, Moment]]) -> None:
    """Home until the first coded threat; a fine passes after some months, a case or a label does not."""
    chance = Chance("home", life.id)
    steps: list[tuple[str, Moment]] = [("home", life.birth)]
    lasting = ""
    for number, (kind, at) in enumerate(marks):
        state = STATES.get(kind)
        if state is None or (lasting and state != "home_threat.criminal"):
            continue
        following = next((m.day for k, m in marks[number + 1:] if k in STATES), life.departure.day)
        steps.append((state, at))
        lasting = lasting or (state if kind in ("criminal_case", "foreign_agent_label",
                                                "conscription_summons") else "")
        if kind == "detention":
            ends = at.day + chance.days(1, 3)
            if following - ends < 45 and following != life.departure.day:
                ends = following
        elif kind == "travel_ban":
            ends = life.departure.day - chance.days(9, 50)
        else:
            ends = shift(at.day, chance.between(5, 9))
        if not lasting and ends < following - 2:
            steps.append(("home", Moment(ends)))
    boundaries = [*(at for _, at in steps[1:]), life.departure]
    for (state, start), end in zip(steps, boundaries, strict=True):
        if end.day > start.day:
            cue = (state, "home_threat") if state != "home" else (_at_home(steps, start), "home")
            life.stretches.append(Stretch("legal", state, start, end, cue=cue))


def _at_home(steps: list[tuple[str, Moment]], start: Moment) -> str:
    """Why the person is a plain citizen at home: always was, was let go, or a case had passed."""
    before = [state for state, at in steps if at.day < start.day]
    if not before:
        return "home.first"
    return "home.released" if before[-1] == "home_threat.detained" else "home.again"


def _friday(when: int) -> int:
    """The Friday before a day: the register of foreign agents is added to on Fridays."""
    return when - (when + 2) % 7


def _from_afar(life: Life, chance: Chance) -> None:
    """Labels, cases and pressure on relatives go on after leaving."""
    known = life.person_type == "activist" or int(str(life.planted["repression_before"])) > 0
    if life.kind == "returned" or life.person_type == "non_political" or not known or not chance.of(0.3):
        return
    first = max(shift(life.departure.day, 4), day(2022, 4, 1) if life.origin == "russia" else 0)
    if first > life.interview - 60:
        return
    kinds = {"threat": 0.5, "search": 0.2}
    if life.origin == "russia" and life.attributes["occupation"] in ("journalism", "ngo_human_rights", "law"):
        kinds["foreign_agent_label"] = 0.6
    if not any(h.kind == "criminal_case" for h in life.happenings):
        kinds["criminal_case"] = 0.2
    kind = chance.weighed(kinds)
    if kind == "foreign_agent_label" and any(h.kind == kind for h in life.happenings):
        return
    labels = {"threat": "relatives at home questioned", "search": "parents' flat searched",
              "foreign_agent_label": "named a foreign agent in absence",
              "criminal_case": "criminal case opened in absence"}  # fmt: skip
    when = chance.days(first, life.interview - 40)
    at = Moment(_friday(when) if kind == "foreign_agent_label" else when)
    life.happening(kind, at, labels[kind], f"afar.{kind}", "afar")
