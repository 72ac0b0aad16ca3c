"""Germany: asylum, admission on humanitarian grounds, work, study, family, and what follows."""

from __future__ import annotations

from sample_data.making.days import day
from sample_data.making.permits.stay import ADMISSION, INVASION, Stay, Step, applied


def germany(stay: Stay) -> list[Step]:
    purpose = stay.chance.weighed(_german_purposes(stay))
    stay.stop.purpose = purpose
    return {"asylum": _german_asylum, "hum": _german_admission, "work": _german_work, "study": _german_study,
            "family": _german_family, "emergency": _german_emergency}[purpose](stay)  # fmt: skip


def _german_purposes(stay: Stay) -> dict[str, float]:
    age = (stay.arrive - stay.life.birth.day) / 365.25
    study = 1.0 if age < 32 else 0.1 if age < 37 else 0.0
    if stay.life.kind == "returned" or stay.within_union:
        return {"work": 0.5, "study": 0.5 * study}
    partnered = stay.life.attributes["left_with"] == "alone"
    family = 1.0 if partnered else 0.4
    if not stay.russian:
        return {"asylum": 0.66 if stay.exposed else 0.18, "study": 0.2 * study, "work": 0.14,
                "family": 0.06 * family}
    if stay.arrive < INVASION:
        asylum = 0.24 if stay.exposed else 0.0
        return {"asylum": asylum, "work": 0.42, "study": 0.38 * study, "family": 0.1 * family}
    if stay.arrive < day(2022, 6, 25):
        return {"emergency": 0.75, "asylum": 0.25}
    if stay.exposed:
        return {"hum": 0.72, "asylum": 0.13, "work": 0.15}
    return {"asylum": 0.14, "work": 0.5, "study": 0.24 * study, "family": 0.12 * family}


def _german_asylum(stay: Stay) -> list[Step]:
    chance, steps = stay.chance, []
    if chance.of(0.7):
        steps.append(Step("short_stay.schengen_c", chance.between(0.6, 2.2)))
    quick = stay.quick
    wait = chance.between(4, 9) if quick else chance.between(5, 24)
    steps.append(Step("pending.asylum", wait, "application", "applied for asylum"))
    if quick or chance.of(0.58 if stay.russian else 0.45):
        return steps + _recognised(stay)
    appeal = chance.between(11, 26)
    steps.append(Step("pending.appeal", appeal, "refusal", "asylum refused, went to court"))
    if chance.of(0.5):
        return steps + _recognised(stay)
    steps.append(Step("irregular.duldung", chance.between(10, 30), "refusal", "lost in court, tolerated"))
    arrived_by_2017 = stay.arrive < day(2017, 10, 31)
    if arrived_by_2017:
        began = stay.until(day(2023, 2, 1)) + chance.between(0, 9)
        steps[-1] = Step("irregular.duldung", began - sum(s.months or 0 for s in steps[:-1]), "refusal",
                         steps[-1].label)
        return [*steps, Step("temporary.opportunity_104c", None, "decision", "residence opportunity granted")]
    return [*steps, Step("temporary.work", None, "decision", "permit granted on account of work")]


def _recognised(stay: Stay) -> list[Step]:
    kinds = {"protection.refugee_25_2": 0.62, "protection.subsidiary": 0.12, "protection.ban_25_3": 0.26}
    state = stay.chance.weighed(kinds)
    steps = [Step(state, stay.chance.between(40, 64), "decision", "protection granted")]
    if state != "protection.ban_25_3" and stay.chance.of(0.6):
        steps.append(Step("settled.niederlassung", stay.chance.between(30, 50), "decision",
                          "settlement permit granted"))
        steps.append(Step("settled.citizen", None, "decision", "became a citizen of Germany"))
    return steps


def _german_admission(stay: Stay) -> list[Step]:
    applied(stay, stay.chance.between(3.5, 8), "asked to be admitted to Germany", "application.hum",
            ADMISSION)
    wait = stay.chance.between(1.4, 3.2)
    return [Step("pending.national_d", wait),
            Step("protection.hum_22", None, "decision", "humanitarian permit issued")]


def _german_work(stay: Stay) -> list[Step]:
    chance = stay.chance
    applied(stay, chance.between(1.3, 3.5), "applied for a work visa for Germany", "application.work")
    learned = stay.life.attributes["occupation"] in ("it", "academia", "health") and chance.of(0.75)
    graduate = stay.life.attributes["education"] != "secondary"
    state = "temporary.blue_card" if learned and graduate else "temporary.work"
    if stay.life.attributes["occupation"] in ("arts_culture", "journalism") and chance.of(0.5):
        state = "temporary.selfemployed"
    wait = chance.between(22, 34) if state == "temporary.blue_card" else chance.between(49, 66)
    steps = [Step("pending.national_d", chance.between(1.5, 4)),
             Step(state, wait, "decision", "residence permit issued")]
    return steps + _german_settling(stay, 0.75)


def _german_settling(stay: Stay, probability: float) -> list[Step]:
    if not stay.chance.of(probability):
        return []
    return [Step("settled.niederlassung", stay.chance.between(34, 58), "decision",
                 "settlement permit granted"),
            Step("settled.citizen", None, "decision", "became a citizen of Germany")]  # fmt: skip


def _german_study(stay: Stay) -> list[Step]:
    chance = stay.chance
    applied(stay, chance.between(1.8, 4), "applied for a student visa for Germany", "application.study")
    steps = [Step("pending.national_d", chance.between(1.6, 3.5)),
             Step("temporary.study", chance.between(24, 40), "decision", "student permit issued"),
             Step("temporary.work", chance.between(25, 40), "decision",
                  "changed to a work permit")]  # fmt: skip
    return steps + _german_settling(stay, 0.7)


def _german_family(stay: Stay) -> list[Step]:
    chance = stay.chance
    applied(stay, chance.between(2.5, 6), "applied for a family visa for Germany", "application.family")
    steps = [Step("pending.national_d", chance.between(1.6, 3.2)),
             Step("temporary.family", chance.between(37, 60), "decision",
                  "family permit issued")]  # fmt: skip
    return steps + _german_settling(stay, 0.8)


def _german_emergency(stay: Stay) -> list[Step]:
    chance = stay.chance
    learned = stay.life.attributes["occupation"] in ("student", "academia")
    later = "temporary.study" if learned and chance.of(0.35) else "temporary.work"
    return [Step("short_stay.schengen_c", chance.between(1.6, 2.8)),
            Step("pending.fiktion", chance.between(2, 6), "application",
                 "applied for a permit without leaving"),
            Step(later, None, "decision", "residence permit issued")]  # fmt: skip
