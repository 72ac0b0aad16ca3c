"""How fast a study is read and checked here, beside PyYAML's and csv's bare reading of the same files.

    python benchmarks/reading.py [--people 5000] [--episodes 40] [--json] [--peers 250]

The lives are made in this script: two domains, every episode with quote, source, coder and confidence. Ours
reads every file into a Study, with the line and column of everything, hashes each file, and checks it against
all rules. The peers only parse: ``yaml.safe_load`` (pure Python; measured on ``--peers`` files and scaled
up), libyaml's ``CSafeLoader`` and ``csv.DictReader`` on all. Ours is the best of three, by the clock; beside
it stand the seconds of the processor of that run. All of it is one thread.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from trajectories.coding.checking.check import check
from trajectories.coding.files.read_study import read_study

CODEBOOK = """title: For measuring
domains:
  location:
    label: Location
    states:
      origin: {label: Origin, states: {moscow: Moscow}}
      germany: {label: Germany, states: {berlin: Berlin}}
      georgia: {label: Georgia, states: {tbilisi: Tbilisi}}
      other: Elsewhere
  legal:
    label: Legal status
    states: {home: Home, short_stay: Short stay, temporary: Temporary, protection: Protection}
events: {departure: Left}
attributes: {origin_country: {label: Origin, values: [russia, azerbaijan]}}
"""
STATES = {"location": ("origin.moscow", "georgia.tbilisi", "germany.berlin", "other"),
          "legal": ("home", "short_stay", "temporary", "protection")}  # fmt: skip
COLUMNS = ("person", "domain", "state", "start", "end", "event_id", "quote", "document", "paragraph", "coder",
           "confidence")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One piece of work: seconds by the clock and of the processor, and how often that is ours (of the
    processor)."""

    work: str
    files: int
    clock: float
    processor: float
    beside_ours: float


def lives(people: int, episodes: int) -> list[list[dict[str, str]]]:
    """Coded episodes of so many people, half of them in each domain."""
    chance = random.Random(1)
    return [
        [row for domain in STATES for row in _one_domain(f"P{i:05d}", domain, episodes // 2, chance)]
        for i in range(people)
    ]


def _one_domain(person: str, domain: str, count: int, chance: random.Random) -> list[dict[str, str]]:
    month, rows = 2010 * 12, []
    for k in range(count):
        end = month + chance.randint(1, 8)
        dates = [f"{when // 12}-{when % 12 + 1:02d}" for when in (month, end)]
        quote = f"A sentence of ordinary length, number {k}, said in passing."
        cells = (person, domain, STATES[domain][k % 4], *dates, "", quote, f"interview-{person}", str(k), "A",
                 "high")  # fmt: skip
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
        month = end
    return rows


def write_yaml(folder: Path, made: list[list[dict[str, str]]]) -> None:
    """One biography a file."""
    (folder / "biographies").mkdir(parents=True)
    (folder / "codebook.yaml").write_text(CODEBOOK)
    (folder / "study.yaml").write_text("title: YAML\nbiographies: biographies/*.yaml\n")
    for rows in made:
        person = rows[0]["person"]
        lines = [f"id: {person}", "birth: 1980~", "interview: 2035-11-04",
                 "attributes: {origin_country: russia}", "episodes:"]  # fmt: skip
        for domain in STATES:
            lines.append(f"  {domain}:")
            for row in (row for row in rows if row["domain"] == domain):
                lines += [f"    - state: {row['state']}", f"      when: {row['start']}/{row['end']}",
                          f'      quote: "{row["quote"]}"',
                          f"      source: {{document: {row['document']}, paragraph: {row['paragraph']}}}",
                          f"      coder: {row['coder']}",
                          f"      confidence: {row['confidence']}"]  # fmt: skip
        lines += ["events:", "  - {event: departure, when: 2012-03}", ""]
        (folder / "biographies" / f"{person}.yaml").write_text("\n".join(lines))


def write_csv(folder: Path, made: list[list[dict[str, str]]]) -> None:
    """All people in three tables."""
    folder.mkdir()
    (folder / "codebook.yaml").write_text(CODEBOOK)
    tables = "{persons: persons.csv, episodes: episodes.csv, events: events.csv}"
    (folder / "study.yaml").write_text(f"title: CSV\ntables: {tables}\n")
    ids = [rows[0]["person"] for rows in made]
    _table(folder / "persons.csv", ("id", "birth", "interview", "origin_country"),
           [(person, "1980~", "2035-11-04", "russia") for person in ids])  # fmt: skip
    _table(folder / "episodes.csv", COLUMNS, [tuple(row.values()) for rows in made for row in rows])
    _table(folder / "events.csv", ("person", "event", "date"), [(one, "departure", "2012-03") for one in ids])


def _table(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


class Seconds(NamedTuple):
    """How long something took."""

    clock: float
    processor: float

    def times(self, factor: float) -> Seconds:
        return Seconds(self.clock * factor, self.processor * factor)


def seconds(work: Callable[[], object], times: int = 3) -> Seconds:
    """The best of some runs, by the clock."""
    found = []
    for _ in range(times):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        found.append(Seconds(time.perf_counter() - clock, time.process_time() - processor))
    return min(found)


def yaml_rows(folder: Path, peers: int) -> list[Row]:
    """Reading and checking biographies, beside PyYAML."""
    paths = sorted((folder / "biographies").iterdir())
    some = paths[:peers]
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    slow = seconds(lambda: [yaml.safe_load(path.read_bytes()) for path in some], 1)
    libyaml = seconds(lambda: [yaml.load(path.read_bytes(), Loader=fast) for path in paths], 1)
    return _rows("YAML", folder, len(paths), {
        f"yaml.safe_load (from {len(some)} files)": slow.times(len(paths) / len(some)),
        "yaml.load, CSafeLoader": libyaml,
    })  # fmt: skip


def csv_rows(folder: Path) -> list[Row]:
    """Reading and checking tables, beside csv.DictReader."""
    paths = sorted(folder.glob("*.csv"))
    bare = seconds(lambda: [list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in paths])
    return _rows("CSV", folder, len(paths), {"csv.DictReader": bare})


def _rows(kind: str, folder: Path, files: int, peers: Mapping[str, Seconds]) -> list[Row]:
    """Ours, read and checked, and the others."""
    read = seconds(lambda: read_study(folder))
    both = seconds(lambda: check(read_study(folder)))
    work = {f"read_study, {kind}": read, f"read_study and check, {kind}": both, **peers}
    return [Row(name, files, *took, took.processor / both.processor) for name, took in work.items()]


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--episodes", type=int, default=40)
    parser.add_argument("--peers", type=int, default=250, help="files that the slow peer reads")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        made = lives(asked.people, asked.episodes)
        write_csv(Path(place) / "csv", made)
        write_yaml(Path(place) / "yaml", made)
        del made
        rows = csv_rows(Path(place) / "csv") + yaml_rows(Path(place) / "yaml", asked.peers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    about = {"python": platform.python_version(), "pyyaml": yaml.__version__,
             "libyaml": yaml.__with_libyaml__, "people": asked.people, "episodes": asked.episodes,
             "peak_mb": peak}  # fmt: skip
    if asked.json:
        print(json.dumps({**about, "rows": [asdict(row) for row in rows]}, indent=2))
        return
    print(*(f"{key} {value}" for key, value in about.items()), sep=", ")
    for row in rows:
        print(f"{row.work:40} {row.files:>6,} files {row.clock:>8.2f} s by the clock "
              f"{row.processor:>8.2f} s of the processor {row.beside_ours:>8.2f} x ours")


if __name__ == "__main__":
    sys.exit(main())
