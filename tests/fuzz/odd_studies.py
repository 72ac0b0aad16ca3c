"""Studies that are valid but odd, and plans for them: an analysis ends with findings or a plain refusal.

    python -m tests.fuzz.odd_studies --studies 200 [--seed 1]

One person, everybody unknown, domains nobody coded, lives of one day, a single state, three hundred states,
everybody with the same life, nobody who ever left: analysed, written as a report, and shown in the dashboard.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.fuzz.campaign import place_of
from trajectories.coding.biography import Episode, Event, Person, Source
from trajectories.coding.checking.check import check
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import UNKNOWN, parse_date, parse_interval
from trajectories.coding.study import CohortScheme, ContextEvent, Study
from trajectories.errors import TrajectoriesError
from trajectories.plan import Plan

SOURCE = Source("made.yaml", 1)


def odd_study(chance: random.Random) -> Study:
    """A study in which at least one thing is unusual."""
    states = chance.choice((1, 2, 3, 3, 5, 300))
    domains = chance.choice((1, 1, 2, 2, 4))
    codebook = _codebook(states, domains)
    people = chance.choice((1, 3, 5, 8, 12, 12, 20, 30))
    same = chance.random() < 0.2
    life = chance.choice((_usual, _usual, _usual, _nothing, _unknown, _moments, _only_open, _outside))
    lives = [life(random.Random(0) if same else chance) for _ in range(people)]
    persons = tuple(_person(f"P{i}", chance) for i in range(people))
    episodes = tuple(
        Episode(f"P{i}", f"d{domain % domains}", f"s{state % states}", *parse_interval(when), SOURCE)
        for i, coded in enumerate(lives) for domain, state, when in coded
    )  # fmt: skip
    events = tuple(_departures(people, chance))
    cohorts = {"scheme": CohortScheme(label="Before or after", event="departure", cuts=["2022-02-24"],
                                      labels=["before", "after"])}  # fmt: skip
    context = (ContextEvent(parse_date("2022-02-24"), "", "", "War", ""),)
    return Study("Odd", Path("."), codebook, persons, episodes, events, context_events=context,
                 cohorts=cohorts if chance.random() < 0.8 else {})  # fmt: skip


def _codebook(states: int, domains: int) -> Codebook:
    alphabet = {f"s{s}": f"State {s}" for s in range(states)}
    return Codebook.model_validate({
        "domains": {f"d{d}": {"label": f"Domain {d}", "states": alphabet} for d in range(domains)},
        "events": {"departure": "Departure"},
        "attributes": {"gender": {"label": "Gender", "values": ["woman", "man"]}},
    })  # fmt: skip


def _person(name: str, chance: random.Random) -> Person:
    usual, odd = ("2015/2023",) * 9, ("2019-05/2021-06", "/", "../..", "2020-01-01/2020-01-01")
    start, end = parse_interval(chance.choice(usual + odd))
    birth = parse_date(chance.choice(("", "1990", "1985-05", "198X", "2016")))
    interview = chance.choice((end, end, UNKNOWN, parse_date("2022-06-15")))
    given = {"gender": chance.choice(("woman", "man"))} if chance.random() < 0.8 else {}
    return Person(name, SOURCE, birth=birth, interview=interview, observed_from=start, observed_until=end,
                  attributes=given)  # fmt: skip


_Coded = list[tuple[int, int, str]]
"""Domain, state and stretch of each episode, the first two counted beyond how many there are."""


def _usual(chance: random.Random) -> _Coded:
    """Each domain from one state to another, with dates known more or less well."""
    coded: _Coded = []
    for domain in range(4):
        years = sorted(chance.sample(range(2014, 2024), chance.randint(1, 4)))
        written = [f"{year}{chance.choice(('', '-03', '-21', '-03-05', '~', '?'))}" for year in years]
        for begin, end in pairwise(["..", *written, ".."]):
            if chance.random() < 0.9:
                coded.append((domain, chance.randrange(300), f"{begin}/{end}"))
    return coded


def _nothing(chance: random.Random) -> _Coded:
    return []


def _unknown(chance: random.Random) -> _Coded:
    return [(0, 0, "/"), (1, 1, "/2020")]


def _moments(chance: random.Random) -> _Coded:
    return [(0, i, f"2020-03-0{i + 1}/2020-03-0{i + 1}") for i in range(3)]


def _only_open(chance: random.Random) -> _Coded:
    return [(domain, chance.randrange(3), "../..") for domain in range(4)]


def _outside(chance: random.Random) -> _Coded:
    """Coded long before anybody was observed."""
    return [(0, 0, "1950/1960"), (1, 0, "2090/2095")]


def _departures(people: int, chance: random.Random) -> Iterator[Event]:
    share = chance.choice((0.0, 0.5, 1.0, 1.0))
    for i in range(people):
        if chance.random() < share:
            date = chance.choice(("2021-06", "2022-03", "2022-02-24", "2022", "201X", "", "1900", "2022-02~"))
            yield Event(f"P{i}", "departure", parse_date(date), SOURCE)


def odd_plan(chance: random.Random) -> Plan:
    """A plan that could have been written for some study, not for the one at hand."""
    grid = chance.choice((
        {"since": "departure", "before": 6, "after": 12}, {"since": "departure", "before": 0, "after": 1},
        {"start": "2020-01", "end": "2021-12"}, {"start": "2020-01", "end": "2020-01"},
        {"start": "2015", "end": "2023", "step": "year"}, {}, {"ages": (18, 40), "step": "year"},
        {"ages": (0, 3)}, {"start": "1960", "end": "1961"},
    ))  # fmt: skip
    written: dict[str, Any] = {
        "grid": grid,
        "people": {"complete": chance.random() < 0.3},
        "types": {"k": chance.choice((2, 2, 2, 3, 9)), "method": chance.choice(("pam", "ward", "average")),
                  "quality": chance.choice(((2, 2), (2, 3), (2, 10)))},
        "measure": {"name": chance.choice(("optimal_matching", "optimal_matching", "hamming",
                                           "dynamic_hamming", "longest_common_subsequence")),
                    "costs": chance.choice(("transition", "constant"))},
        "comparison": {"permutations": 99},
        "stability": {"draws": chance.choice((0, 0, 0, 2)), "bootstrap": chance.choice((0, 0, 0, 5))},
    }  # fmt: skip
    if written["measure"]["name"] == "dynamic_hamming":
        written["measure"]["costs"] = "transition"
    if chance.random() < 0.1:
        written["people"]["where"] = {"gender": [chance.choice(("woman", "nobody"))]}
    if chance.random() < 0.2:
        written["domains"] = [chance.choice(("d0", "d1"))]
    if chance.random() < 0.3:
        written["comparison"]["cohorts"] = ["scheme"]
    return Plan(**written)


def analysed(study: Study, plan: Plan, report: Path | None = None) -> str:
    """Everything a user can do with it; what was said at the end: findings, or the refusal."""
    from trajectories.findings import run

    check(study).table()
    try:
        findings = run(study, plan).compute()
        repr(findings)
        if report is not None:
            from trajectories.report.write import write_report

            write_report(findings, report)
    except TrajectoriesError as refusal:
        return str(refusal)
    return "findings"


def shown(study: Study, plan: Plan) -> str:
    """The dashboard's panes, as its callbacks fill them; findings, or the refusal."""
    from dashboard.panes import fill, quotes
    from dashboard.session import Session

    try:
        session = Session(study, plan)
        board = session.board(session.start)
        fill.fill(board, None, [900, 380])
        for name in board.findings.shown.ids[:2]:
            fill.fill(board, name, [380, 200])
            quotes.cards(study, name)
        private = session.board(replace(session.start, privacy=True))
        fill.fill(private, None, [900, 380])
    except TrajectoriesError as refusal:
        return str(refusal)
    return "findings"


def hunt(numbers: range, seed: int, folder: Path) -> Iterator[tuple[int, str]]:
    """The studies of these numbers that ended in anything but findings or a refusal."""
    for number in numbers:
        chance = random.Random(f"{seed}:{number}")
        told = ""
        try:
            study, plan = odd_study(chance), odd_plan(chance)
            told = analysed(study, plan, folder / f"{number}" if number % 5 == 0 else None)
            if number % 3 == 0:
                shown(study, plan)
        except Exception as error:  # noqa: BLE001
            yield number, f"{type(error).__name__} {place_of(error)}: {str(error)[:160]}"
            continue
        if not told:
            yield number, "nothing was said"


def main() -> int:
    """Hunt among so many studies; 1 when something was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--studies", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory() as place:
        numbers = range(asked.first, asked.first + asked.studies)
        for number, told in hunt(numbers, asked.seed, Path(place)):
            sys.stdout.write(f"{number}: {told}\n")
            sys.stdout.flush()
            found += 1
    sys.stdout.write(f"{asked.studies:,} studies, {found} found\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
