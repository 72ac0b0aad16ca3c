"""Damaged files by the hundred thousand: each is read, or refused in the library's own words.

    python -m tests.fuzz.campaign --files 100000 [--formats biography xlsx] [--workers 2] [--seed 1]

Every file of a small study is damaged in turn (``damage.py``), the study is opened, checked, and its lives
laid on a line. Allowed is a Study or a TrajectoriesError; found is any other exception, reading for longer
than five seconds, or more than a gibibyte of memory. What is found is kept in ``--keep`` for a test of its
own; the same seed makes the same files.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from tests.fuzz.damage import damaged, damaged_archive
from trajectories.cli.problem_forms import as_annotations, as_json
from trajectories.coding.checking.check import check
from trajectories.coding.dating.chronology import timeline
from trajectories.coding.files.new_study import new_study
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.errors import TrajectoriesError
from trajectories.plan import Plan

MATERIAL = Path(__file__).parents[1] / "material"
FORMATS = {
    "study": "study.yaml",
    "codebook": "codebook.yaml",
    "biography": "biographies/RU-001.yaml",
    "second": "second/RU-001.yaml",
    "plan": "plan.yaml",
    "persons": "persons.csv",
    "episodes": "episodes.csv",
    "events": "events.csv",
    "ties": "ties.csv",
    "context_events": "context_events.csv",
    "new_biography": "biographies/P-001.yaml",
    "new_codebook": "codebook.yaml",
    "xlsx": "study.xlsx",
}
"""Each format with the file of the study that is damaged. ``new_...``: those of ``trajectories new``."""
SECONDS = 5
GIBIBYTE = 1 << 30


class TookTooLong(BaseException):
    """Reading did not come back in time."""


@dataclass
class Outcome:
    """What became of the damaged files of one format."""

    format: str
    read: int = 0
    refused: int = 0
    found: list[str] = field(default_factory=list)
    slowest: float = 0.0
    rules: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(self.format, self.read + other.read, self.refused + other.refused,
                       self.found + other.found, max(self.slowest, other.slowest),
                       self.rules + other.rules)  # fmt: skip

    def __str__(self) -> str:
        return (f"{self.format:15} {self.read + self.refused + len(self.found):>9,} files "
                f"{self.read:>9,} read {self.refused:>9,} refused {len(self.found):>4} found   "
                f"slowest {self.slowest:.2f} s   {len(self.rules):>3} rules spoke")  # fmt: skip


def study_for(name: str, folder: Path) -> Path:
    """A sound study in ``folder`` that holds a file of the format."""
    if name.startswith("new_") or name == "plan":
        new_study(folder)
        return folder
    shutil.copytree(MATERIAL / "valid", folder)
    if name == "second":
        shutil.copytree(folder / "biographies", folder / "second")
        with (folder / "study.yaml").open("a", encoding="utf-8") as file:
            file.write("second_coding: second\n")
    if name == "xlsx":
        _as_workbook(folder)
    return folder


def _as_workbook(folder: Path) -> None:
    import csv

    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for kind in ("persons", "episodes", "events", "ties"):
        sheet = book.create_sheet(kind)
        with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
    book.save(folder / "study.xlsx")
    (folder / "study.yaml").write_text("title: A workbook\ntables: study.xlsx\n", encoding="utf-8")


def damage_files(name: str, numbers: range, seed: int, keep: Path | None = None) -> Outcome:
    """Damage the file of one format so many times and read the study each time."""
    outcome = Outcome(name)
    with tempfile.TemporaryDirectory() as place:
        folder = study_for(name, Path(place) / "study")
        path = folder / FORMATS[name]
        whole = path.read_bytes()
        change = damaged_archive if name == "xlsx" else damaged
        for number in numbers:
            damage = change(whole, random.Random(f"{seed}:{name}:{number}"))
            path.write_bytes(damage)
            if (told := _read(folder, name, outcome)) is not None:
                outcome.found.append(f"{name} {number}: {told}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{name}-{seed}-{number}{path.suffix}").write_bytes(damage)
    return outcome


def _read(folder: Path, name: str, outcome: Outcome) -> str | None:
    """Use the study as the commands do; what went wrong that must not, else None."""
    began = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        _use(folder, name, outcome)
        outcome.read += 1
    except TrajectoriesError:
        outcome.refused += 1
    except TookTooLong:
        return f"more than {SECONDS} s"
    except Exception as error:  # noqa: BLE001
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {str(error)[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        outcome.slowest = max(outcome.slowest, time.perf_counter() - began)
    return None


def _use(folder: Path, name: str, outcome: Outcome) -> None:
    if name == "plan":
        Plan.read(folder / "plan.yaml")
        return
    study = read_study(folder)
    problems = check(study)
    outcome.rules.update({problem.rule for problem in problems})
    as_json(study, problems)
    as_annotations(problems)
    for person in study.ids[:5]:
        for domain in study.codebook.domains:
            timeline(study.biography(person), domain.name)
    for person in study.ids[:1]:
        read_quotes(study, person)


def _too_long(number: int, frame: FrameType | None) -> None:
    raise TookTooLong


def prepare(memory: int = GIBIBYTE) -> None:
    """Limits of this process: reading is interrupted after five seconds, and has so much memory more."""
    signal.signal(signal.SIGALRM, _too_long)
    if memory and Path("/proc/self/statm").exists():
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + memory, resource.RLIM_INFINITY))


def campaign(formats: list[str], files: int, seed: int, workers: int, keep: Path) -> Iterator[Outcome]:
    """The outcome of each format, its files shared out among processes."""
    part = 500
    with ProcessPoolExecutor(workers, initializer=prepare) as pool:
        for name in formats:
            ranges = [range(first, min(first + part, files)) for first in range(0, files, part)]
            waiting = [pool.submit(damage_files, name, numbers, seed, keep) for numbers in ranges]
            outcome = Outcome(name)
            for one in waiting:
                outcome += one.result()
            yield outcome


def main() -> int:
    """Run the campaign of the command line and print a line a format; 1 when something was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=100_000, help="damaged files of each format")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "found")
    asked = parser.parse_args()
    found = 0
    for outcome in campaign(asked.formats, asked.files, asked.seed, asked.workers, asked.keep):
        sys.stdout.write(f"{outcome}\n" + "".join(f"  {one}\n" for one in outcome.found[:20]))
        sys.stdout.flush()
        found += len(outcome.found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
