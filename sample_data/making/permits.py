"""Legal status by place, passport and date: which papers somebody could have had, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sample_data.making.chance import Chance
from sample_data.making.days import day, shift
from sample_data.making.lives import Life, Moment, Stop, Stretch

LIMITS = {"short_stay.visa_free_30": 0.95, "short_stay.visa_free_60": 1.94, "short_stay.visa_free_90": 2.9,
          "short_stay.visa_free_180": 5.9, "short_stay.visa_free_365": 11.9}  # fmt: skip
"""Months that a visa-free stay may last."""
INVASION, ADMISSION, VISA_RUN_ENDS = day(2022, 2, 24), day(2022, 6, 1), day(2023, 1, 27)


@dataclass(frozen=True)
class Step:
    """A status, how many months it lasts (None: as long as the stay), and the event that begins it."""

    state: str
    months: float | None = None
    event: str = ""
    label: str = ""


@dataclass(frozen=True)
class Stay:
    """One stop seen by an immigration office."""

    life: Life
    stop: Stop
    chance: Chance
    first: bool

    @property
    def arrive(self) -> int:
        return self.stop.arrive.day

    @property
    def end(self) -> int:
        return self.stop.leave.day if self.stop.leave else self.life.interview

    @property
    def months(self) -> float:
        return (self.end - self.arrive) / 30.44

    @property
    def russian(self) -> bool:
        return self.life.origin == "russia"

    @property
    def exposed(self) -> bool:
        """Known enough at home to be believed by an office."""
        if self.life.person_type == "non_political" or not self.life.planted["active_before"]:
            return False
        if self.life.kind == "returned":
            return False
        return self.life.person_type == "activist" or int(str(self.life.planted["repression_before"])) > 0

    @property
    def within_union(self) -> bool:
        """Came from another country of the Union, where a case would be sent back to."""
        number = next(n for n, stop in enumerate(self.life.stops) if stop.arrive is self.stop.arrive)
        return number > 0 and self.life.stops[number - 1].country in ("germany", "eu_other")

    @property
    def quick(self) -> bool:
        """Planted: those who settle early are recognised within the year, all but a few."""
        return self.life.kind == "settled" and self.chance.of(0.88)

    def until(self, when: int) -> float:
        """Months from arrival to a day."""
        return (when - self.arrive) / 30.44


def allow(life: Life) -> None:
    """Legal episodes after leaving (those at home are set by repression), with applications and decisions."""
    for number, stop in enumerate(life.stops):
        if stop.country == "origin":
            life.stretches.append(Stretch("legal", "home", stop.arrive, stop.leave,
                                          cue=("home.back", "home")))
            continue
        if number and life.stops[number - 1].country == stop.country:
            _carry_over(life, stop, number)
            continue
        joined = _joined(life, number)
        _lay(joined, OFFICES[stop.place if stop.place in OFFICES else stop.country](joined))


def _joined(life: Life, number: int) -> Stay:
    """Moving to another city of the same country changes no papers: the stay is one."""
    stop, last = life.stops[number], life.stops[number]
    for following in life.stops[number + 1:]:
        if following.country != stop.country:
            break
        last = following
    whole = Stop(stop.place, stop.arrive, last.leave)
    return Stay(life, whole, Chance("permits", life.id, str(number)), number == 0)


def _carry_over(life: Life, stop: Stop, number: int) -> None:
    stop.purpose = life.stops[number - 1].purpose


def _lay(stay: Stay, steps: list[Step]) -> None:
    """Put the steps one after the other until the stay ends; the last one goes on to its end."""
    at, laid = stay.stop.arrive, []
    for step in _within_limits(stay, steps):
        laid.append((step, at))
        if step.months is None or shift(at.day, step.months) > stay.end - 12:
            break
        at = Moment(shift(at.day, step.months))
    ends = [moment for _, moment in laid[1:]] + [stay.stop.leave]
    for (step, start), end in zip(laid, ends, strict=True):
        stay.life.stretches.append(Stretch("legal", step.state, start, end,
                                           cue=(step.state, step.state.partition(".")[0])))
        if step.event:
            at = start if start is not stay.stop.arrive else Moment(start.day + stay.chance.days(3, 16))
            stay.life.happening(step.event, at, step.label, f"{step.event}.{step.state}",
                                f"{step.event}.{stay.stop.country}", step.event)


def _within_limits(stay: Stay, steps: list[Step]) -> list[Step]:
    """Whoever stays longer than a visa-free stay allows has left and entered again in time."""
    last = steps[-1]
    used = sum(step.months or 0 for step in steps[:-1])
    limit = LIMITS.get(last.state)
    if limit is None or stay.months - used <= limit:
        return steps
    run = Step("short_stay.visa_run", None)
    free = min(limit - stay.chance.between(0, 0.25), stay.months - used - 0.6)
    return [*steps[:-1], Step(last.state, free, last.event, last.label), run]


def _applied(stay: Stay, months_before: float, label: str, cue: str, earliest: int = 0) -> None:
    """An application made abroad or at home before the move it leads to."""
    when = shift(stay.arrive, -months_before)
    floor = max(earliest, stay.life.departure.day + 12 if not stay.first else stay.life.observed.day + 30)
    if floor < stay.arrive - 14:
        moment = Moment(max(when, floor))
        stay.life.happening("application", moment, label, cue, "application")


# Germany


def _germany(stay: Stay) -> list[Step]:
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
    _applied(stay, stay.chance.between(3.5, 8), "asked to be admitted to Germany", "application.hum",
             ADMISSION)
    wait = stay.chance.between(1.4, 3.2)
    return [Step("pending.national_d", wait),
            Step("protection.hum_22", None, "decision", "humanitarian permit issued")]


def _german_work(stay: Stay) -> list[Step]:
    chance = stay.chance
    _applied(stay, chance.between(1.3, 3.5), "applied for a work visa for Germany", "application.work")
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
    _applied(stay, chance.between(1.8, 4), "applied for a student visa for Germany", "application.study")
    steps = [Step("pending.national_d", chance.between(1.6, 3.5)),
             Step("temporary.study", chance.between(24, 40), "decision", "student permit issued"),
             Step("temporary.work", chance.between(25, 40), "decision",
                  "changed to a work permit")]  # fmt: skip
    return steps + _german_settling(stay, 0.7)


def _german_family(stay: Stay) -> list[Step]:
    chance = stay.chance
    _applied(stay, chance.between(2.5, 6), "applied for a family visa for Germany", "application.family")
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


# The Caucasus


def _georgia(stay: Stay) -> list[Step]:
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


def _armenia(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.months < 5.6:
        return [Step("short_stay.visa_free_180", None)]
    early = stay.life.attributes["occupation"] == "it" and chance.of(0.5)
    return [Step("short_stay.visa_free_180", chance.between(1.5, 3) if early else chance.between(3.8, 5.2)),
            Step("pending.permit_applied", chance.between(0.8, 1.5), "application",
                 "applied for an Armenian residence permit"),
            Step("temporary.residence_work", None, "decision",
                 "Armenian residence permit issued")]  # fmt: skip


# Kazakhstan and its neighbours


def _kazakhstan(stay: Stay) -> list[Step]:
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


def _central_asia(stay: Stay) -> list[Step]:
    if stay.months < 2.9:
        return [Step("short_stay.visa_free_60" if stay.stop.place.endswith("uz")
                     else "short_stay.visa_free_90", None)]
    uzbek = stay.stop.place.endswith("uz")
    return [Step("short_stay.visa_free_60", 1.9) if uzbek else Step("short_stay.visa_free_90", 2.8),
            Step("temporary.work", None, "decision", "registered on a work contract")]  # fmt: skip


# Turkey and elsewhere


def _turkey(stay: Stay) -> list[Step]:
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


def _balkans(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.months < 1:
        return [Step("short_stay.visa_free_30", None)]
    steps = [Step("short_stay.visa_free_30", 0.95)]
    if stay.months < 5:
        return [*steps, Step("short_stay.visa_run", None)]
    return [*steps, Step("short_stay.visa_run", chance.between(1.5, 4)),
            Step("temporary.residence_work", None, "decision",
                 "residence permit issued on a business of one's own")]  # fmt: skip


def _israel(stay: Stay) -> list[Step]:
    if stay.life.kind != "settled":
        return [Step("short_stay.visa_free_90", None)]
    return [Step("short_stay.visa_free_90", stay.chance.between(0.6, 2.4)),
            Step("settled.citizen", None, "decision", "became a citizen of Israel")]  # fmt: skip


def _america(stay: Stay) -> list[Step]:
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


def _ukraine(stay: Stay) -> list[Step]:
    chance = stay.chance
    if stay.exposed and stay.months > 8 and chance.of(0.4):
        return [Step("short_stay.visa_free_90", chance.between(0.7, 2)),
                Step("pending.asylum", None, "application", "applied for asylum in Ukraine")]  # fmt: skip
    return [Step("short_stay.visa_free_90", chance.between(1.5, 2.8)),
            Step("temporary.residence_work", None, "decision",
                 "Ukrainian residence permit issued")]  # fmt: skip


# The rest of Europe


def _europe(stay: Stay) -> list[Step]:
    chance, place = stay.chance, stay.stop.place
    if place.endswith("uk"):
        return _britain(stay)
    humane = place.endswith((".lt", ".lv", ".pl", ".cz")) and stay.arrive > day(2022, 3, 20) and stay.russian
    if stay.exposed and humane and not stay.within_union:
        _applied(stay, chance.between(1, 3), "applied for a humanitarian visa", "application.hum", INVASION)
        return [Step("pending.national_d", chance.between(2, 5)),
                Step("protection.humanitarian", None, "decision", "humanitarian permit issued")]  # fmt: skip
    if stay.exposed and not stay.within_union and chance.of(0.25 if stay.russian else 0.6):
        return _european_asylum(stay)
    age = (stay.arrive - stay.life.birth.day) / 365.25
    state = "temporary.study" if age < 29 and chance.of(0.55) else "temporary.work"
    what = "student" if state.endswith("study") else "work"
    _applied(stay, chance.between(1.3, 3.5), f"applied for a {what} visa",
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
    _applied(stay, chance.between(1.3, 3), "applied for a British visa", "application.study" if study
             else "application.work")
    if study:
        return [Step("temporary.study", chance.between(12, 22)),
                Step("temporary.work", chance.between(56, 62), "decision", "changed to a work visa"),
                Step("settled.permanent", None, "decision",
                     "indefinite leave to remain granted")]  # fmt: skip
    return [Step("temporary.work", chance.between(60, 64)),
            Step("settled.permanent", None, "decision", "indefinite leave to remain granted")]  # fmt: skip


OFFICES: dict[str, Callable[[Stay], list[Step]]] = {
    "germany": _germany, "georgia": _georgia, "armenia": _armenia, "kazakhstan": _kazakhstan,
    "turkey": _turkey,
    "eu_other": _europe, "exsoviet_other.kg": _central_asia, "exsoviet_other.uz": _central_asia,
    "exsoviet_other.ua": _ukraine, "other.rs": _balkans, "other.me": _balkans, "other.il": _israel,
    "other.us": _america,
}  # fmt: skip
