"""What was planted in the sample, for tests of the analyses; no analysis reads it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sample_data.making.chance import SEED
from sample_data.making.days import day
from sample_data.making.lives import Life

TYPES = {
    "settled": "permit or protection within the year, and stays: mostly Germany and other EU countries",
    "caucasus": "a year and a half or longer in Georgia or Armenia, mostly visa-free",
    "onward": "a first stop of three to fourteen months, then Germany or another EU country",
    "serial": "two to six months in a place, from the second month on, again and again",
    "kazakhstan": "to Kazakhstan after the mobilisation of 2022, visa-free, then residence or work; men",
    "returned": "back in the country of origin after four to fourteen months",
}  # fmt: skip
MUST_NOT_FIND = {"siblings": "drawn independently of everything",
                 "music_school": "drawn independently of everything",
                 "transcriber": "drawn independently of everything"}  # fmt: skip


def planted(lives: list[Life]) -> dict[str, Any]:
    """Seed, effects with their sizes as they came out, and the planted values of each person."""
    return {
        "seed": SEED,
        "types": {name: {"what": text, "people": sum(life.kind == name for life in lives)} for name,
                  text in TYPES.items()},
        "must_find": {
            "types": "the six types above, blurred by noise (see the field noise of a person)",
            "cohort_difference": _cohorts(lives),
            "pause_and_resume": _pauses(lives),
            "support_precedes_organising": _support(lives),
        },
        "must_not_find": MUST_NOT_FIND,
        "people": {life.id: {"type": life.kind, "cohort": life.cohort, **dict(sorted(life.planted.items()))}
                   for life in lives},
    }  # fmt: skip


def _cohorts(lives: list[Life]) -> dict[str, Any]:
    after = {life.id: life.departure.day >= day(2022, 2, 24) for life in lives}
    out: dict[str, Any] = {"what": "types are distributed differently before and from 24 February 2022"}
    for side, name in ((False, "before"), (True, "after")):
        out[name] = dict(sorted(Counter(life.kind for life in lives if after[life.id] is side).items()))
    return out


def _pauses(lives: list[Life]) -> dict[str, Any]:
    months = sorted(float(str(life.planted["pause_months"])) for life in lives
                    if "pause_months" in life.planted)
    return {"what": "of those active before, about 20 in 100 pause after leaving; median five months",
            "people": len(months), "median_months": months[len(months) // 2]}  # fmt: skip


def _support(lives: list[Life]) -> dict[str, Any]:
    out: dict[str, Any] = {"what": "early support makes organising abroad likelier and precedes it"}
    for early in (True, False):
        group = [life for life in lives if life.planted["early_support"] is early]
        first = sum("first_organised_month" in life.planted for life in group)
        out["early_support" if early else "later_support"] = {"people": len(group), "organised_abroad": first}
    return out
