"""What people did for their cause, before and after leaving; pauses and first organising are planted here."""

from __future__ import annotations

from dataclasses import dataclass, field

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift
from sample_data.making.lives import Life, Moment, Stretch

PATTERNS = {"continued": 0.5, "transformed": 0.2, "interrupted": 0.2, "ended": 0.1}
FORMS = {
    "activist": {"organised": 0.48, "protest": 0.3, "civic": 0.22},
    "critical_profession": {"professional": 0.55, "expressive": 0.25, "civic": 0.2},
    "non_political": {"expressive": 0.5, "civic": 0.5},
}  # fmt: skip
SOFTER = {
    "organised": {"civic": 0.5, "paused.burnout": 0.5},
    "protest": {"civic": 0.5, "expressive": 0.5},
    "civic": {"expressive": 0.4, "paused.burnout": 0.3, "organised": 0.3},
    "expressive": {"private": 0.5, "civic": 0.5},
    "professional": {"paused.burnout": 0.4, "expressive": 0.6},
}
"""What a form of engagement turns into with time abroad."""
ORGANISED_AFTER = {True: 0.62, False: 0.1}
STARTED_AFTER = {True: 0.28, False: 0.05}
JOINED_AFTER = {True: 0.95, False: 0.3}
"""Of those who were organised at home and go on: who also organises in the new place."""


@dataclass
class Path:
    """Changes of engagement in order; equal neighbours are one stretch."""

    steps: list[tuple[str, Moment]] = field(default_factory=list)

    def turn(self, state: str, at: Moment) -> None:
        if self.steps and at.day <= self.steps[-1][1].day + 9 and len(self.steps) > 1:
            return
        if not self.steps or self.steps[-1][0] != state:
            self.steps.append((state, at))

    @property
    def now(self) -> str:
        return self.steps[-1][0]


def engage(life: Life) -> None:
    """Activism episodes from the first observed day to the interview."""
    chance, path = Chance("engagement", life.id), Path()
    active = bool(life.planted["active_before"])
    life.planted["early_support"] = Chance("early support", life.id).of(0.55)
    main = _before_leaving(life, path, active, chance)
    if active or path.now in ("protest", "civic", "organised"):
        _after_active(life, path, main, chance)
    else:
        _after_inactive(life, path, chance)
    _back_home(life, path)
    _keep(life, path)


def _before_leaving(life: Life, path: Path, active: bool, chance: Chance) -> str:
    start, leave = life.observed, life.departure.day
    if not active:
        path.turn(chance.weighed({"none": 0.55, "private": 0.45}), start)
        if life.origin == "russia" and leave > day(2022, 3, 1) and path.now == "none" and chance.of(0.35):
            path.turn("private", Moment(chance.days(day(2022, 2, 25), min(leave - 1, day(2022, 3, 20)))))
        return "none"
    main = _form(life, chance)
    span = leave - start.day
    first = {"organised": "expressive", "protest": "private", "civic": "none", "professional": "expressive",
             "expressive": "private"}[main]
    path.turn(first if span > 900 else main, start)
    if span > 900:
        path.turn(main, Moment(start.day + round(span * chance.between(0.15, 0.5))))
    cause = next((h for h in life.happenings
                  if h.kind in ("detention", "search", "threat", "administrative_case")), None)
    if cause and cause.at.day > path.steps[-1][1].day + 40 and chance.of(0.4) and main != "professional":
        path.turn(chance.weighed({"paused.fear": 0.5, "private": 0.25, "expressive": 0.25}),
                  Moment(cause.at.day + chance.days(6, 30)))
    quiet = path.now in ("private", "expressive", "none", "paused.fear")
    if life.origin == "russia" and leave > day(2022, 3, 6) and quiet:
        path.turn("protest" if main != "professional" else main, Moment(day(2022, 2, 24)))
        if leave > day(2022, 5, 1):
            path.turn(chance.weighed({"paused.fear": 0.4, "private": 0.3, "expressive": 0.3}),
                      Moment(chance.days(day(2022, 3, 14), day(2022, 4, 12))))
    return main


def _form(life: Life, chance: Chance) -> str:
    occupation = life.attributes["occupation"]
    if occupation in ("journalism", "law") and life.person_type == "critical_profession":
        return "professional"
    if occupation == "ngo_human_rights":
        return "professional" if life.person_type == "critical_profession" else "organised"
    if occupation in ("academia", "arts_culture") and life.person_type == "critical_profession":
        return chance.weighed({"expressive": 0.65, "civic": 0.35})
    return chance.weighed(FORMS[life.person_type])


def _after_active(life: Life, path: Path, main: str, chance: Chance) -> None:
    pattern = chance.weighed(PATTERNS)
    life.planted["activism_pattern"] = pattern
    {"continued": _continue, "transformed": _transform, "interrupted": _interrupt,
     "ended": _stop}[pattern](life, path, main, chance)


def _continue(life: Life, path: Path, main: str, chance: Chance) -> None:
    leave = life.departure
    if path.now in ("paused.fear", "private", "none"):
        path.turn("expressive" if main == "none" else main, leave)
    early = bool(life.planted["early_support"])
    if path.now == "organised" and chance.of(JOINED_AFTER[early]):
        _organise(life, chance,
                  shift(leave.day, chance.between(2.6, 5.5) if early else chance.between(7.5, 13)))
    for _ in range(2):
        at = Moment(shift(max(path.steps[-1][1].day, leave.day), chance.between(8, 24)))
        if at.day > life.interview - 60 or at.day < leave.day:
            return
        state = chance.weighed(SOFTER.get(path.now, {"civic": 0.6, "expressive": 0.4}))
        path.turn(state, at)
        if state == "organised":
            _organise(life, chance, at.day + chance.days(10, 40))


def _transform(life: Life, path: Path, main: str, chance: Chance) -> None:
    at = Moment(shift(life.departure.day, chance.between(0.6, 3)))
    if chance.of(ORGANISED_AFTER[bool(life.planted["early_support"])]) and main != "organised":
        at = Moment(_once_supported(life, chance))
        if life.departure.day + 40 < at.day < life.interview - 45:
            path.turn("civic" if path.now != "civic" else "expressive",
                      Moment(shift(life.departure.day, 0.6)))
            path.turn("organised", at)
            _organise(life, chance, at.day, at)
            return
        at = Moment(shift(life.departure.day, 1))
    path.turn({"protest": "civic", "organised": "civic", "professional": "civic",
               "expressive": "civic"}.get(path.now, "expressive"), at)


def _interrupt(life: Life, path: Path, main: str, chance: Chance) -> None:
    """The planted pause: begins soon after leaving and lasts a median of five months."""
    begin = Moment(shift(life.departure.day, chance.between(0.2, 1.8)))
    months = min(14.0, max(2.2, 4.7 * 2 ** chance.normal(0, 0.55)))
    resume = Moment(shift(begin.day, months))
    if path.now.startswith(("paused", "private")):
        path.turn(main if main not in ("none", "private") else "expressive", Moment(life.departure.day - 35))
    path.turn(chance.weighed({"paused.fear": 0.22, "paused.burnout": 0.28, "paused.legal": 0.3,
                              "paused.care": 0.2}), begin)
    life.planted["pause_months"] = round(months, 1)
    if resume.day > life.interview - 40:
        life.planted["pause_censored"] = True
        return
    if chance.of(ORGANISED_AFTER[bool(life.planted["early_support"])]):
        path.turn("organised", resume)
        _organise(life, chance, resume.day, resume)
    else:
        path.turn(main if main not in ("organised", "none", "private") else "civic", resume)


def _stop(life: Life, path: Path, main: str, chance: Chance) -> None:
    at = Moment(shift(life.departure.day, chance.between(0.3, 4)))
    path.turn(chance.weighed({"none": 0.3, "private": 0.35, "paused.burnout": 0.2, "paused.care": 0.15}), at)


def _after_inactive(life: Life, path: Path, chance: Chance) -> None:
    """Some start only abroad; those who were helped early do so far more often (planted)."""
    life.planted["activism_pattern"] = "inactive"
    if not chance.of(STARTED_AFTER[bool(life.planted["early_support"])]):
        if path.now == "private" and chance.of(0.25):
            path.turn("none", Moment(shift(life.departure.day, chance.between(3, 14))))
        elif path.now == "none" and life.kind != "returned" and chance.of(0.12):
            path.turn("private", Moment(shift(life.departure.day, chance.between(2, 9))))
        return
    at = Moment(_once_supported(life, chance))
    if at.day > life.interview - 45:
        return
    life.planted["activism_pattern"] = "newly_started"
    organised = chance.of(0.45)
    path.turn("civic", at)
    later = Moment(shift(at.day, chance.between(2.5, 6)))
    if organised and later.day < life.interview - 45:
        path.turn("organised", later)
        _organise(life, chance, later.day, later)


def _once_supported(life: Life, chance: Chance) -> int:
    """After the first support was received: early for those who got it early."""
    return shift(life.departure.day, chance.between(3.2, 8) if life.planted["early_support"]
                 else chance.between(7.5, 15))


def _organise(life: Life, chance: Chance, when: int, at: Moment | None = None) -> None:
    if when < life.interview - 20 and not any(h.kind == "organised_first" for h in life.happenings):
        place = life.place_on(when)
        if place.startswith("origin"):
            return
        life.planted["first_organised_month"] = round((when - life.departure.day) / 30.44, 1)
        life.happening("organised_first", at or Moment(when), "first organised activity abroad",
                       f"organised_first.{place.partition('.')[0]}", "organised_first")  # fmt: skip


def _back_home(life: Life, path: Path) -> None:
    """Whoever goes back keeps quiet there."""
    for stop in life.stops:
        if stop.country != "origin":
            continue
        until = stop.leave.day if stop.leave else life.interview
        path.steps = [(s, m) for s, m in path.steps if not stop.arrive.day - 20 < m.day < until]
        if path.now not in ("none", "private"):
            path.steps.append(("private", stop.arrive))
            path.steps.sort(key=lambda step: step[1].day)


def _keep(life: Life, path: Path) -> None:
    """Record the path as episodes, with what a quote about each may speak of."""
    steps = [(s, m) for s, m in path.steps if m.day < life.interview - 15]
    merged: list[tuple[str, Moment]] = []
    for state, at in steps:
        if not merged or merged[-1][0] != state:
            merged.append((state, at))
    merged = _split(life, merged)
    ends: list[Moment | None] = [m for _, m in merged[1:]] + [None]
    for number, ((state, start), end) in enumerate(zip(merged, ends, strict=True)):
        abroad = start.day >= life.departure.day
        where = "abroad" if abroad else f"home.{life.origin}"
        era = "war" if life.origin == "russia" and start.day >= day(2022, 2, 24) else "peace"
        top = state.partition(".")[0]
        earlier = [s for s, _ in merged[:number]]
        again = state in earlier and earlier[-1] != state
        cues = [f"{top}.again.{where}"] if again else []
        if abroad:
            cues.append(f"{top}.{life.place_on(start.day).partition('.')[0]}")
        life.stretches.append(Stretch("activism", state, start, end,
                                      cue=(*cues, f"{top}.{where}.{era}", state + "." + where,
                                           f"{top}.{where}", top)))


def _split(life: Life, steps: list[tuple[str, Moment]]) -> list[tuple[str, Moment]]:
    """What goes on across the departure is told twice, before and after: two episodes of one state."""
    out: list[tuple[str, Moment]] = []
    for number, (state, at) in enumerate(steps):
        out.append((state, at))
        end = steps[number + 1][1].day if number + 1 < len(steps) else life.interview
        leave = life.departure.day
        if at.day < leave - 60 and end > leave + 60 and not state.startswith("paused"):
            out.append((state, life.departure))
    return out
