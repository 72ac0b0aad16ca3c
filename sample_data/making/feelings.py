"""How it felt, month by month: moods that follow threats, leaving, papers, war and acting together."""

from __future__ import annotations

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift
from sample_data.making.lives import Life, Moment, Stretch

QUIET = {"hope": 0.2, "ambivalence": 0.24, "exhaustion": 0.16, "anger": 0.14, "fear": 0.14, "relief": 0.04,
         "guilt_shame": 0.04}
PLAIN = {"hope": 0.32, "ambivalence": 0.28, "exhaustion": 0.22, "anger": 0.07, "fear": 0.06, "relief": 0.05}
"""The years before of people who had nothing to do with politics."""
BUSY = {"solidarity_pride": 0.26, "anger": 0.24, "fear": 0.2, "exhaustion": 0.16, "hope": 0.14}
LEAVING = {"fear": 0.38, "anger": 0.22, "exhaustion": 0.12, "ambivalence": 0.12, "hope": 0.08,
           "grief_loss": 0.08}
ARRIVING = {"relief": 0.35, "fear": 0.12, "ambivalence": 0.17, "guilt_shame": 0.12, "grief_loss": 0.12,
            "exhaustion": 0.08, "hope": 0.04}
EARLY = {"guilt_shame": 0.3, "grief_loss": 0.24, "ambivalence": 0.18, "anger": 0.1, "exhaustion": 0.08,
         "relief": 0.06, "hope": 0.04}
LATER = {"exhaustion": 0.32, "ambivalence": 0.22, "grief_loss": 0.14, "guilt_shame": 0.08, "anger": 0.1,
         "hope": 0.08, "relief": 0.06}
SECURE = {"relief": 0.2, "ambivalence": 0.2, "hope": 0.18, "exhaustion": 0.18, "grief_loss": 0.12,
          "solidarity_pride": 0.07, "guilt_shame": 0.05}
RETURNED = {"ambivalence": 0.34, "fear": 0.2, "guilt_shame": 0.14, "relief": 0.16, "exhaustion": 0.16}
AFTER_EVENT = {
    "search": {"fear": 0.7, "anger": 0.3}, "detention": {"fear": 0.45, "anger": 0.55},
    "administrative_case": {"anger": 0.6, "fear": 0.4}, "criminal_case": {"fear": 0.8, "anger": 0.2},
    "foreign_agent_label": {"anger": 0.7, "fear": 0.3}, "threat": {"fear": 0.8, "anger": 0.2},
    "dismissal": {"anger": 0.6, "grief_loss": 0.4}, "conscription_summons": {"fear": 1.0},
    "travel_ban": {"anger": 0.5, "exhaustion": 0.3, "fear": 0.2},
    "decision": {"relief": 0.65, "hope": 0.35}, "refusal": {"anger": 0.45, "exhaustion": 0.35, "fear": 0.2},
    "organised_first": {"solidarity_pride": 0.8, "hope": 0.2},
    "onward_move": {"relief": 0.4, "exhaustion": 0.3, "grief_loss": 0.15, "hope": 0.15},
    "return": {"ambivalence": 0.4, "relief": 0.25, "guilt_shame": 0.2, "fear": 0.15},
}  # fmt: skip
# The chance that an event turns the mood.
FELT = {"search": 0.95, "detention": 0.85, "criminal_case": 1.0, "foreign_agent_label": 0.9, "threat": 0.8,
        "dismissal": 0.7,
        "conscription_summons": 1.0, "administrative_case": 0.4, "travel_ban": 0.8, "decision": 0.5,
        "refusal": 0.75,
        "organised_first": 0.65, "onward_move": 0.7, "return": 1.0}  # fmt: skip


def feel(life: Life) -> None:
    """Emotion episodes from one or two years before leaving to the interview."""
    chance = Chance("feelings", life.id)
    months = chance.between(24, 30) if chance.of(0.75) else chance.between(13, 23)
    start = max(shift(life.departure.day, -months), life.observed.day + 20)
    turns = _turns(life, Moment(start), chance)
    _gaps(life, _merged(turns), chance)


def _shocks(life: Life, chance: Chance) -> list[tuple[Moment, dict[str, float], str]]:
    """Moments that turn the mood, with what they turn it to and what it is said to be about."""
    afar = {"threat", "search", "criminal_case", "foreign_agent_label"}
    gone = life.departure.day
    found = [(h.at, AFTER_EVENT[h.kind], "afar" if h.kind in afar and h.at.day > gone else h.kind)
             for h in life.happenings if h.kind in FELT and chance.of(FELT[h.kind])]
    for when, weights, cause, probability in _history(life):
        if chance.of(probability):
            found.append((Moment(when), weights, cause))
    found.append((life.departure, ARRIVING, "arriving"))
    urge = max(shift(life.departure.day, -chance.between(1.2, 3)), _cause_of_leaving(life) + 2)
    moved = any(urge <= at.day < life.departure.day for at, _, _ in found)
    if chance.of(0.6) and urge < life.departure.day - 8 and not moved:
        found.append((Moment(urge), LEAVING, "leaving"))
    return sorted(found, key=lambda shock: shock[0].day)


def _history(life: Life) -> list[tuple[int, dict[str, float], str, float]]:
    leave = life.departure.day
    if life.place_on(day(2022, 2, 24)) == "exsoviet_other.ua":
        return [(day(2022, 2, 24), {"fear": 1.0}, "kyiv", 1.0)]
    if life.origin == "azerbaijan":
        return [(day(2020, 9, 28), {"grief_loss": 0.4, "anger": 0.3, "guilt_shame": 0.15,
                                    "ambivalence": 0.15}, "karabakh", 0.7),
                (day(2017, 5, 31), {"fear": 0.8, "anger": 0.2}, "abduction", 0.95
                 if life.place_on(day(2017, 5, 31)).startswith("georgia") else 0.2),
                (day(2023, 11, 21), {"fear": 0.4, "anger": 0.4, "guilt_shame": 0.2}, "arrests_2023",
                 0.5)]  # fmt: skip
    followed = leave > day(2021, 2, 1) and bool(life.planted["active_before"])
    out = [(day(2021, 1, 24), {"anger": 0.5, "hope": 0.3, "fear": 0.2}, "navalny", 0.45 if followed else 0.1),
           (day(2022, 2, 24), {"anger": 0.28, "guilt_shame": 0.26, "fear": 0.2, "grief_loss": 0.26},
            "invasion", 0.95)]
    drafted = life.gender == "man" and leave > day(2022, 9, 22)
    out.append((day(2022, 9, 21), {"fear": 0.7 if drafted else 0.35, "anger": 0.35}, "mobilisation", 0.95
                if leave > day(2022, 9, 22) else 0.35))
    out.append((day(2024, 2, 16), {"grief_loss": 0.6, "anger": 0.25, "exhaustion": 0.15}, "navalny_death",
                0.45 if leave < day(2024, 2, 16) else 0.0))
    if life.place_on(day(2024, 5, 14)).startswith("georgia"):
        out.append((day(2024, 5, 14), {"fear": 0.5, "anger": 0.3, "ambivalence": 0.2}, "georgian_law", 0.75))
    return out


def _turns(life: Life, start: Moment, chance: Chance) -> list[tuple[str, Moment, str]]:
    shocks = [s for s in _shocks(life, chance) if start.day + 20 < s[0].day < life.interview - 20]
    busy = any(s.domain == "activism" and s.state in ("organised", "protest", "professional")
               and s.start.day < life.departure.day for s in life.stretches)
    turns = [(chance.weighed(_before(life, busy)), start, "before")]
    for at, weights, cause in [*shocks, (Moment(life.interview - 25), {}, "")]:
        _drift(life, turns, at.day, busy, chance)
        if not weights:
            break
        least = 4 if cause in ("invasion", "mobilisation", "kyiv") else 16
        if at is not life.departure and (at.day - turns[-1][1].day < least
                                         or 0 < life.departure.day - at.day < 6):
            continue
        if at is life.departure and at.day - turns[-1][1].day < 5 and len(turns) > 1:
            turns.pop()
        state = _other(weights, turns[-1][0] if turns else "", chance)
        turns.append((state, at, cause))
    return turns


def _before(life: Life, busy: bool) -> dict[str, float]:
    """The moods of the years before leaving."""
    if busy:
        return BUSY
    return PLAIN if life.person_type == "non_political" else QUIET


def _cause_of_leaving(life: Life) -> int:
    """Nobody who left because of the invasion or the mobilisation was leaving before it."""
    return {"ru_2022a": day(2022, 2, 24), "ru_2022b": day(2022, 9, 21)}.get(life.cohort, 0)


def _drift(life: Life, turns: list[tuple[str, Moment, str]], until: int, busy: bool, chance: Chance) -> None:
    """Moods wear off after some months when nothing happens."""
    while True:
        last = turns[-1][1].day
        years = (last - life.departure.day) / 365.25
        at = shift(last, chance.between(2.5, 9) if years < 0
                   else chance.between(2, 8.5) * (1 + max(0.0, years - 1) * 0.3))
        if at > until - 25:
            return
        weights, cause = _mood(life, at, busy)
        turns.append((_other(weights, turns[-1][0], chance), Moment(at), cause))


def _mood(life: Life, at: int, busy: bool) -> tuple[dict[str, float], str]:
    if at < life.departure.day:
        near = life.departure.day - at < 95 and at > _cause_of_leaving(life)
        return (LEAVING, "leaving") if near else (_before(life, busy), "before")
    if life.place_on(at).startswith("origin"):
        return RETURNED, "returned"
    if at < shift(life.departure.day, 6):
        return EARLY, "early"
    legal = next((s.state for s in life.domain("legal") if s.start.day <= at
                  and (s.end is None or at < s.end.day)), "")
    if legal.startswith(("protection", "settled")):
        return SECURE, "secure"
    return LATER, "later"


def _other(weights: dict[str, float], last: str, chance: Chance) -> str:
    rest = {state: weight for state, weight in weights.items() if state != last}
    return chance.weighed(rest) if rest else last


def _merged(turns: list[tuple[str, Moment, str]]) -> list[tuple[str, Moment, str]]:
    out: list[tuple[str, Moment, str]] = []
    for turn in turns:
        if not out or out[-1][0] != turn[0]:
            out.append(turn)
    return out


def _gaps(life: Life, turns: list[tuple[str, Moment, str]], chance: Chance) -> None:
    """Record the episodes; now and then nobody can say how some months felt."""
    for number, (state, start, cause) in enumerate(turns):
        end = turns[number + 1][1] if number + 1 < len(turns) else None
        phase = "home" if start.day < life.departure.day else "abroad"
        stretch = Stretch("emotion", state, start, end, cue=(f"{state}.{cause}", f"{state}.{phase}", state))
        if end is not None and end is not life.departure and end.day - start.day > 150 and chance.of(0.06):
            if chance.of(0.35):
                stretch.end = Moment(shift(start.day, chance.between(2, 3)))
            else:
                stretch.forgotten = True
        life.stretches.append(stretch)
