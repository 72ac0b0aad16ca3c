"""The whole sample study, from the first draw to the last file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sample_data.making.codebook import codebook
from sample_data.making.context import CONTEXT
from sample_data.making.days import iso, window
from sample_data.making.dirty import write_dirty
from sample_data.making.engagement import engage
from sample_data.making.feelings import feel
from sample_data.making.journeys import travel
from sample_data.making.lives import Life
from sample_data.making.permits.offices import allow
from sample_data.making.planted import planted
from sample_data.making.population import make_people
from sample_data.making.remittances import remit
from sample_data.making.repression import press
from sample_data.making.rounding import blur
from sample_data.making.speech import Speech
from sample_data.making.support import exchange
from sample_data.making.writing import biography_text, csv_text, put, tables, yaml_text

IN_YAML = 60
NOTE = "# Synthetic: nobody in this study exists. Written by sample_data/generate.py; edit that instead.\n"
STUDY: dict[str, Any] = {
    "title": "Leaving, staying away, coming back (synthetic)",
    "codebook": "codebook.yaml",
    "biographies": "biographies/*.yaml",
    "tables": {"persons": "persons.csv", "episodes": "episodes.csv", "events": "events.csv",
               "ties": "ties.csv"},
    "context_events": "context_events.csv",
    "plan": "plan.yaml",
    "dates": {"point": "midpoint"},
    "cohorts": {
        "binary_2022": {
            "label": "Before or after the full-scale invasion", "event": "departure", "cuts": ["2022-02-24"],
            "labels": ["left before 24 February 2022", "left from 24 February 2022"]},
        "ru_waves": {
            "label": "Waves from Russia", "event": "departure",
            "cuts": ["2012-05-06", "2014-03-18", "2021-01-17", "2022-02-24", "2022-09-21", "2023-01-01"],
            "labels": ["until May 2012", "Bolotnaya to Crimea", "Crimea to January 2021",
                       "January 2021 to the invasion",
                       "invasion to mobilisation", "after mobilisation, 2022", "2023 and later"],
            "where": {"origin_country": "russia"}},
        "az_waves": {
            "label": "Waves from Azerbaijan", "event": "departure",
            "cuts": ["2013-01-01", "2016-09-26", "2020-09-27", "2023-11-20"],
            "labels": ["until 2012", "2013 to the referendum of 2016", "2016 to the war of 2020",
                       "war of 2020 to November 2023", "from 20 November 2023"],
            "where": {"origin_country": "azerbaijan"}},
    },
}  # fmt: skip


def make_lives() -> list[Life]:
    """All 240 lives, dated as told and quoted, in order of pseudonym."""
    lives = sorted(make_people(), key=lambda life: life.id)
    for life in lives:
        for domain in (travel, press, allow, engage, remit, feel, exchange):
            domain(life)
    blur(lives)
    speech, full = Speech(), in_yaml(lives)
    for life in sorted(lives, key=lambda life: (life.id not in full, life.id)):
        speech.tell(life, life.id in full)
    return lives


def in_yaml(lives: list[Life]) -> set[str]:
    """The people whose biographies are files of their own: every fourth, through all cohorts and types."""
    order = sorted(lives, key=lambda life: (life.origin, life.cohort, life.kind, life.id))
    return {life.id for life in order[:: len(lives) // IN_YAML]}


def check_windows(lives: list[Life]) -> None:
    """Every written date must allow the true day."""
    for life in lives:
        moments = [s.start for s in life.stretches] + [s.end for s in life.stretches
                                                       if s.end] + [h.at for h in life.happenings]
        for moment in [*moments, *(f.at for f in life.flows), life.birth, life.observed]:
            low, high = window(moment.text)
            if not low <= moment.day <= high:
                raise ValueError(f"{life.id}: {moment.text} does not allow {iso(moment.day)}")


def write_study(folder: Path) -> None:
    """Write every file of the study."""
    lives = make_lives()
    check_windows(lives)
    full = in_yaml(lives)
    for old in (folder / "biographies").glob("*.yaml"):
        if old.stem not in full:
            old.unlink()
    for life in lives:
        if life.id in full:
            put(folder / "biographies" / f"{life.id}.yaml", biography_text(life))
    for name, text in tables([life for life in lives if life.id not in full]).items():
        put(folder / name, text)
    put(folder / "codebook.yaml", NOTE + yaml_text(codebook()))
    put(folder / "study.yaml", NOTE + yaml_text(STUDY))
    put(folder / "context_events.csv",
        csv_text(["date", "country", "kind", "label", "source"], [list(row) for row in CONTEXT]))
    put(folder / "planted.yaml", NOTE + yaml_text(planted(lives)))
    write_dirty(folder / "dirty")
