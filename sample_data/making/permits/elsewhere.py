"""Turkey, the Balkans, Israel, America, Ukraine."""

from __future__ import annotations

from sample_data.making.days import day, shift
from sample_data.making.permits.stay import Stay, Step


def turkey(stay: Stay) -> list[Step]:
    chance = stay.chance
    short = not stay.russian and stay.arrive < day(2019, 9, 1)
    state = "short_stay.visa_free_30" if short else f"short_stay.visa_free_{60 if stay.russian else 90}"
    free = chance.between(0.6, 0.95) if short else chance.between(1.1, 1.8)
    if stay.months < free + 0.4:
        return [Step(state, None)]
    steps = [Step(state, free),
             Step("pending.permit_applied", chance.between(1, 2), "application",
                  "applied for a Turkish residence permit")]  # fmt: skip
    late = shift(stay.arrive, free + 1.5)
    if late > day(2023, 1, 10) and chance.of(0.4):
        return [*steps, Step("short_stay.visa_run", None, "refusal", "Turkish residence permit refused")]
    first = Step("temporary.ikamet", 12, "decision", "Turkish residence permit issued")
    renewal = shift(late, 12)
    if renewal > day(2022, 12, 20) and renewal < stay.end - 15 and chance.of(0.5):
        return [*steps, first,
                Step("short_stay.visa_run", None, "refusal", "renewal of the Turkish permit refused")]
    return [*steps, Step("temporary.ikamet", None, "decision", "Turkish residence permit issued")]


def balkans(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.months < 1:
        return [Step("short_stay.visa_free_30", None)]
    steps = [Step("short_stay.visa_free_30", 0.95)]
    if stay.months < 5:
        return [*steps, Step("short_stay.visa_run", None)]
    return [*steps, Step("short_stay.visa_run", chance.between(1.5, 4)),
            Step("temporary.residence_work", None, "decision",
                 "residence permit issued on a business of one's own")]  # fmt: skip


def israel(stay: Stay) -> list[Step]:
    if stay.life.kind != "settled":
        return [Step("short_stay.visa_free_90", None)]
    return [Step("short_stay.visa_free_90", stay.chance.between(0.6, 2.4)),
            Step("settled.citizen", None, "decision", "became a citizen of Israel")]  # fmt: skip


def america(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.exposed and not stay.quick and chance.of(0.5):
        return [Step("short_stay.visitor", chance.between(3, 5.5)),
                Step("pending.asylum", chance.between(30, 60), "application",
                     "applied for asylum in the United States"),
                Step("protection.refugee", None, "decision", "asylum granted")]  # fmt: skip
    if stay.arrive - stay.life.birth.day > 31 * 365:
        return [Step("temporary.work", chance.between(60, 90)),
                Step("settled.permanent", None, "decision", "permanent residence granted")]  # fmt: skip
    return [Step("temporary.study", chance.between(24, 40)),
            Step("temporary.work", chance.between(34, 60), "decision", "changed to a work visa"),
            Step("settled.permanent", None, "decision", "permanent residence granted")]  # fmt: skip


def ukraine(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.exposed and stay.months > 8 and chance.of(0.4):
        return [Step("short_stay.visa_free_90", chance.between(0.7, 2)),
                Step("pending.asylum", None, "application", "applied for asylum in Ukraine")]  # fmt: skip
    return [Step("short_stay.visa_free_90", chance.between(1.5, 2.8)),
            Step("temporary.residence_work", None, "decision",
                 "Ukrainian residence permit issued")]  # fmt: skip
