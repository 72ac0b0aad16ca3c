"""The rest of the Union, and Britain."""

from __future__ import annotations

from sample_data.making.days import day
from sample_data.making.permits.stay import INVASION, Stay, Step, applied


def europe(stay: Stay) -> list[Step]:
    chance, place = stay.chance, stay.stop.place
    if place.endswith("uk"):
        return _britain(stay)
    humane = place.endswith((".lt", ".lv", ".pl", ".cz")) and stay.arrive > day(2022, 3, 20) and stay.russian
    if stay.exposed and humane and not stay.within_union:
        applied(stay, chance.between(1, 3), "applied for a humanitarian visa", "application.hum", INVASION)
        return [Step("pending.national_d", chance.between(2, 5)),
                Step("protection.humanitarian", None, "decision", "humanitarian permit issued")]  # fmt: skip
    if stay.exposed and not stay.within_union and chance.of(0.25 if stay.russian else 0.6):
        return _european_asylum(stay)
    age = (stay.arrive - stay.life.birth.day) / 365.25
    state = "temporary.study" if age < 29 and chance.of(0.55) else "temporary.work"
    what = "student" if state.endswith("study") else "work"
    applied(stay, chance.between(1.3, 3.5), f"applied for a {what} visa",
            f"application.{what.replace('student', 'study')}")
    steps = [Step("pending.national_d", chance.between(1.5, 3.5)),
             Step(state, chance.between(30, 44), "decision", "residence permit issued")]
    if state.endswith("study"):
        steps.append(Step("temporary.work", chance.between(28, 36), "decision", "changed to a work permit"))
    else:
        steps[-1] = Step(state, chance.between(60, 66), "decision", "residence permit issued")
    return [*steps, Step("settled.permanent", None, "decision", "permanent residence granted")]


def _european_asylum(stay: Stay) -> list[Step]:
    chance, quick = stay.chance, stay.quick
    steps = [Step("short_stay.schengen_c", chance.between(0.5, 2)),
             Step("pending.asylum", chance.between(4, 9) if quick else chance.between(7, 20),
                  "application", "applied for asylum")]  # fmt: skip
    if quick or chance.of(0.7):
        return [*steps, Step("protection.refugee", chance.between(58, 66), "decision", "protection granted"),
                Step("settled.permanent", None, "decision", "permanent residence granted")]  # fmt: skip
    return [*steps, Step("pending.appeal", None, "refusal", "asylum refused, went to court")]


def _britain(stay: Stay) -> list[Step]:
    chance = stay.chance
    age = (stay.arrive - stay.life.birth.day) / 365.25
    study = age < 30
    applied(stay, chance.between(1.3, 3), "applied for a British visa", "application.study" if study
            else "application.work")
    if study:
        return [Step("temporary.study", chance.between(12, 22)),
                Step("temporary.work", chance.between(56, 62), "decision", "changed to a work visa"),
                Step("settled.permanent", None, "decision",
                     "indefinite leave to remain granted")]  # fmt: skip
    return [Step("temporary.work", chance.between(60, 64)),
            Step("settled.permanent", None, "decision", "indefinite leave to remain granted")]  # fmt: skip
