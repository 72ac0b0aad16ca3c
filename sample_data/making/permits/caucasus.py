"""Georgia and Armenia: a year without a visa, permits, and who is turned away."""

from __future__ import annotations

from sample_data.making.days import day
from sample_data.making.permits.stay import Stay, Step


def georgia(stay: Stay) -> list[Step]:
    chance = stay.chance
    start = Step("short_stay.visa_free_365", None)
    if not stay.russian and stay.arrive < day(2016, 6, 1):
        return _georgia_before_refusals(stay)
    if not stay.russian and stay.exposed and stay.months > 8 and chance.of(0.45):
        return _georgian_asylum(stay)
    permit = chance.of(0.16 if stay.russian else 0.1) and stay.months > 6
    if permit:
        return _georgian_permit(stay)
    if stay.months > 11.6:
        return [Step("short_stay.visa_free_365", chance.between(10.6, 11.8)),
                Step("short_stay.visa_run", None)]
    return [start]


def _georgian_permit(stay: Stay) -> list[Step]:
    chance = stay.chance
    state = chance.weighed({"temporary.residence_work": 0.75, "temporary.residence_property": 0.25})
    steps = [Step("short_stay.visa_free_365", chance.between(2.5, 9)),
             Step("pending.permit_applied", chance.between(1, 2), "application",
                  "applied for a Georgian residence permit")]  # fmt: skip
    if chance.of(0.4):
        return [*steps, Step("short_stay.visa_run", None, "refusal", "Georgian residence permit refused")]
    return [*steps, Step(state, None, "decision", "Georgian residence permit granted")]


def _georgia_before_refusals(stay: Stay) -> list[Step]:
    """Exiles from Azerbaijan got one-year permits until 2015; renewals were refused from 2016."""
    chance = stay.chance
    refused = stay.until(day(2016, 7, 1)) + chance.between(0, 9)
    if refused < 6 or chance.of(0.45):
        if stay.months > 11.6:
            return [Step("short_stay.visa_free_365", chance.between(10.6, 11.8)),
                    Step("short_stay.visa_run", None)]
        return [Step("short_stay.visa_free_365", None)]
    steps = [Step("short_stay.visa_free_365", chance.between(1.5, 4)),
             Step("pending.permit_applied", chance.between(1, 1.6), "application",
                  "applied for a Georgian residence permit")]  # fmt: skip
    used = sum(s.months or 0 for s in steps)
    steps.append(Step("temporary.residence_work", refused - used, "decision",
                      "Georgian residence permit granted"))
    return [*steps, Step("short_stay.visa_run" if chance.of(0.7) else "irregular.overstay", None,
                         "refusal",
                         "renewal of the Georgian permit refused on security grounds")]  # fmt: skip


def _georgian_asylum(stay: Stay) -> list[Step]:
    chance = stay.chance
    steps = [Step("short_stay.visa_free_365", chance.between(1, 4)),
             Step("pending.asylum", chance.between(6, 11), "application",
                  "applied for asylum in Georgia")]  # fmt: skip
    return [*steps,
            Step("short_stay.visa_run", None, "refusal", "asylum refused in Georgia on security grounds")]


def armenia(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.months < 5.6:
        return [Step("short_stay.visa_free_180", None)]
    early = stay.life.attributes["occupation"] == "it" and chance.of(0.5)
    return [Step("short_stay.visa_free_180", chance.between(1.5, 3) if early else chance.between(3.8, 5.2)),
            Step("pending.permit_applied", chance.between(0.8, 1.5), "application",
                 "applied for an Armenian residence permit"),
            Step("temporary.residence_work", None, "decision",
                 "Armenian residence permit issued")]  # fmt: skip
