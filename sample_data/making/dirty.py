"""A small study with deliberate errors, one of each kind, to see that the check finds them."""

from __future__ import annotations

from pathlib import Path

from sample_data.making.writing import EPISODE_COLUMNS, EVENT_COLUMNS, csv_text, put

STUDY = """# Synthetic, with deliberate errors: nobody in it exists, and nothing in it should pass the check.
title: A small study with deliberate errors (synthetic)
codebook: ../codebook.yaml
biographies: biographies/*.yaml
tables: {persons: persons.csv, episodes: episodes.csv, events: events.csv}
cohorts:
  binary_2022:
    label: Before or after the full-scale invasion
    event: departure
    cuts: [2022-02-24]
    labels: [left before 24 February 2022, left from 24 February 2022]
"""
BIOGRAPHY = """# Errors: a state the codebook lacks, an overlap, an impossible date, an unknown value.
id: XX-001
birth: 1988
interview: 2023-10-12
observed: 2015
attributes: {origin_country: russia, gender: woman, education: mastr}
episodes:
  location:
    - {state: origin.moscow, when: 1988/2022-03-05}
    - {state: georgia.tbilisi, when: 2022-03-05/2023-02}
    - {state: germany.berlin, when: 2022-11/..}
  legal:
    - {state: home, when: 1988/2022-03-05}
    - {state: short_stay.visa_free_365, when: 2022-03-05/2023-02}
    - {state: tempory.work, when: 2023-02/..}
  activism:
    - {state: expressive, when: 2015/2022-02-30}
    - {state: paused.fear, when: 2022-03/..}
  emotion:
    - {state: fear, when: 2022-02/2022-06}
    - {state: relief, when: 2022-06/2022-05}
events:
  - {event: departure, when: 2022-03-05, id: departure_1}
  - {event: departed, when: 2022-03-05, id: departure_1}
"""
PERSONS = [["XX-002", "1991", "2023-05-20", "2016", "russia", "man", "bachelor"],
           ["XX-003", "1979~", "2024-01-15", "2012", "azerbaijan", "man", "master"],
           ["XX-003", "1979~", "2024-01-15", "2012", "azerbaijan", "man", "master"],
           ["XX-004", "2031", "2023-07-01", "2017", "russia", "woman", "bachelor"]]  # fmt: skip
EPISODES = [
    ["XX-002", "location", "origin.spb", "1991", "2022-09-28"],
    ["XX-002", "location", "kazakhstan.almaty", "2022-12", ".."],  # a gap after September
    ["XX-002", "legal", "home", "1991", "2022-09-28"],
    ["XX-002", "legal", "short_stay.visa_free_90", "2022-09-28", "2022-09-01"],  # reversed
    ["XX-002", "work", "employed", "2022-10", ".."],  # no such domain
    ["XX-002", "emotion", "fear", "2022-09", "2024-02"],  # after the interview
    ["XX-003", "location", "origin.baku", "1979~", "2014-13"],  # no such month
    ["XX-003", "location", "georgia.tbilisi", "2014-08", "2017-06"],
    ["XX-003", "location", "germany.berlin", "2017-06", ".."],
    ["XX-003", "activism", "professional", "03/04/2014", ".."],  # not a date of this format
    ["XX-009", "location", "germany.berlin", "2020", ".."],  # nobody has this id
]
EVENTS = [["XX-002", "departure", "2022-09-28", "departure_1"],
          ["XX-003", "departure", "2014-08", "departure_1"],
          ["XX-003", "departure", "2016-01", "departure_1"]]  # fmt: skip
README = """# Deliberate errors

A handful of invented people whose coding is wrong on purpose: reversed and impossible dates, an overlap,
a gap, unknown codes, a duplicate id, an event id used twice, an episode for nobody.
`trajectories check sample_data/dirty/study.yaml` should list them all, each with file and line.
Nothing else reads this folder.
"""


def write_dirty(folder: Path) -> None:
    """Write the faulty study."""
    put(folder / "study.yaml", STUDY)
    put(folder / "README.md", README)
    put(folder / "biographies" / "XX-001.yaml", BIOGRAPHY)
    put(folder / "persons.csv",
        csv_text(["id", "birth", "interview", "observed", "origin_country", "gender", "education"], PERSONS))
    put(folder / "episodes.csv",
        csv_text(EPISODE_COLUMNS, [_padded(row, EPISODE_COLUMNS) for row in EPISODES]))
    put(folder / "events.csv", csv_text(EVENT_COLUMNS, [_padded(row, EVENT_COLUMNS) for row in EVENTS]))


def _padded(row: list[str], columns: list[str]) -> list[str]:
    return row + [""] * (len(columns) - len(row))
