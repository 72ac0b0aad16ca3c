"""Kazakhstan, Kyrgyzstan, Uzbekistan."""

from __future__ import annotations

from sample_data.making.permits.stay import VISA_RUN_ENDS, Stay, Step


def kazakhstan(stay: Stay) -> list[Step]:
    chance = stay.chance
    steps = [Step("short_stay.visa_free_90", chance.between(0.5, 1))]
    if chance.of(0.6):
        steps.append(Step("short_stay.iin", chance.between(1.2, 1.9)))
    else:
        steps = [Step("short_stay.visa_free_90", chance.between(2.2, 2.8))]
    used = sum(s.months or 0 for s in steps)
    run_ends = stay.until(VISA_RUN_ENDS) + chance.between(-1.2, 2.2)
    if stay.arrive >= VISA_RUN_ENDS or run_ends < used + 0.6:
        if stay.months < 2.9:
            return [Step("short_stay.visa_free_90", None)]
    else:
        steps.append(Step("short_stay.visa_run", run_ends - used))
    return steps + _kazakh_permit(stay)


def _kazakh_permit(stay: Stay) -> list[Step]:
    chance = stay.chance
    if chance.of(0.35):
        return [Step("temporary.work", None, "decision", "registered on a work contract")]
    steps = [Step("pending.rvp_applied", chance.between(0.7, 1.7), "application",
                  "applied for a temporary residence permit"),
             Step("temporary.rvp", chance.between(12, 15), "decision",
                  "temporary residence permit issued")]  # fmt: skip
    if chance.of(0.3) and stay.months > 18:
        steps.append(Step("settled.permanent", None, "decision", "permanent residence permit issued"))
    return steps


def central_asia(stay: Stay) -> list[Step]:
    if stay.months < 2.9:
        return [Step("short_stay.visa_free_60" if stay.stop.place.endswith("uz")
                     else "short_stay.visa_free_90", None)]
    uzbek = stay.stop.place.endswith("uz")
    return [Step("short_stay.visa_free_60", 1.9) if uzbek else Step("short_stay.visa_free_90", 2.8),
            Step("temporary.work", None, "decision", "registered on a work contract")]  # fmt: skip
