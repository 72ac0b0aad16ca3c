"""Damaged files by the hundred thousand: each is read, or refused in the library's own words.

    python -m tests.fuzz.campaign --files 100000 --format all [--seconds 600] [--jobs 2] [--seed 1]

Sound files of every format (``formats.py``) are damaged (``damage.py``) and read as the commands read them.
Files that led somewhere new in the library are damaged further (``guide.py``). Allowed is an answer or a
TrajectoriesError; found is any other exception, reading for longer than five seconds, or more than a gibibyte
of memory. One file of each kind that is found stays in ``--keep`` for a test of its own. Each format runs in
a process of its own, where the same seed makes the same files. With ``--led DIR`` a campaign goes on where
the one before stopped: files that led somewhere new are kept there.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import multiprocessing
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType

from tests.fuzz.formats import Format, formats
from tests.fuzz.guide import EVERY, LIBRARY, Guide
from trajectories.errors import TrajectoriesError

SECONDS, SLOW = 5, 0.5
GIBIBYTE = 1 << 30


class TookTooLong(BaseException):
    """Reading did not come back in time."""


@dataclass
class Outcome:
    """What became of the damaged files of one format."""

    format: str
    read: int = 0
    refused: int = 0
    found: dict[str, int] = field(default_factory=dict)
    """What must not happen, by its kind and place: how many files."""
    slowest: float = 0.0
    """Seconds for the slowest file, the better of two times."""
    memory: int = 0
    """Bytes by which the process grew at its largest."""
    kept: int = 0
    """Files that led somewhere new."""
    lines: int = 0
    """Lines of the library that were reached."""

    @property
    def files(self) -> int:
        return self.read + self.refused + sum(self.found.values())

    def __str__(self) -> str:
        kinds = "".join(f"\n    {count:,} x {kind}" for kind, count in self.found.items())
        return (f"| {self.format} | {self.files:,} | {self.read:,} | {self.refused:,} | "
                f"{sum(self.found.values()):,} | {self.slowest:.2f} | {self.memory / 2**20:,.0f} | "
                f"{self.lines:,} | {self.kept:,} |{kinds}")  # fmt: skip


HEAD = ("| format | files | read | refused | found | slowest, s | memory, MiB | lines | led on |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|")  # fmt: skip


def damage_files(one: Format, files: int, seed: int, *, every: int = EVERY, seconds: float = float("inf"),
                 keep: Path | None = None, led: Path | None = None) -> Outcome:  # fmt: skip
    """Damage files of one format and read each; stops after so many files or seconds.

    Kept are one file of each kind that is found, and the slowest when it took more than ``SLOW`` seconds.

    One in ``every`` is watched by the guide (0: none, so that each file follows from its number alone).
    """
    outcome, end = Outcome(one.name), time.monotonic() + seconds
    with tempfile.TemporaryDirectory(dir=_in_memory()) as place:
        guide = Guide(one.prepare(Path(place)))
        path = Path(place) / one.file
        known = sorted(led.iterdir()) if led is not None and led.is_dir() else []
        for sample in (*guide.samples, *(file.read_bytes() for file in known)):
            path.write_bytes(sample)
            with guide.watching(sample) if every else nullcontext():
                _told(one, path, Outcome(""))
        before = set(guide.kept)
        start = _memory()
        for number in range(files):
            chance = random.Random(f"{seed}:{one.name}:{number}")
            file = one.damage(guide.choose(chance), chance, guide.other(chance))
            path.write_bytes(file)
            with guide.watching(file) if every and number % every == 0 else nullcontext():
                told, took = _told(one, path, outcome)
            if told is not None:
                _note(told, file, outcome, keep and keep / f"{one.name}-{seed}-{number}{path.suffix}")
            elif took > outcome.slowest:
                took = min(took, _told(one, path, Outcome(""))[1])  # the machine may have paused
                if keep is not None and took > max(outcome.slowest, SLOW):
                    _keep(file, keep / f"{one.name}-{seed}-slowest{path.suffix}")
                outcome.slowest = max(outcome.slowest, took)
            if time.monotonic() > end:
                break
    new = [file for file in guide.kept if file not in before]
    outcome.memory, outcome.kept, outcome.lines = _memory() - start, len(new), guide.reached
    for file in new if led is not None else ():
        _keep(file, led / f"{hashlib.sha256(file).hexdigest()[:20]}")  # type: ignore[operator]
    return outcome


def _in_memory() -> str | None:
    """A folder in memory, where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _memory() -> int:
    """Bytes of memory this process had at its largest."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _told(one: Format, path: Path, outcome: Outcome) -> tuple[str | None, float]:
    """Read one file; what went wrong that must not, else None, and the seconds it took."""
    began, told = time.perf_counter(), None
    _watch.began = began
    try:
        one.read(path)
        outcome.read += 1
    except TrajectoriesError:
        outcome.refused += 1
    except TookTooLong as error:
        told = f"more than {SECONDS} s {place_of(error)}"
    except Exception as error:  # noqa: BLE001
        told = f"{type(error).__name__} {place_of(error)}: {str(error)[:160]}"
    _watch.began = float("inf")
    return told, time.perf_counter() - began


class _Watch:
    """Looks every second how long the file at hand has been read: a timer for each file would cost more."""

    began = float("inf")

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if time.perf_counter() - self.began > SECONDS:
            self.began = float("inf")
            raise TookTooLong


_watch = _Watch()


def place_of(error: BaseException) -> str:
    """Where in the library an exception came from."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if frame.filename.startswith(LIBRARY)] or frames
    return f"at {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def _note(told: str, file: bytes, outcome: Outcome, keep: Path | None) -> None:
    """Count what was found; the first file of each kind and place is kept."""
    kind = next((known for known in outcome.found if _kind(known) == _kind(told)), told)
    if kind not in outcome.found and keep is not None:
        _keep(file, keep)
    outcome.found[kind] = outcome.found.get(kind, 0) + 1


def _keep(file: bytes, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file)


def _kind(told: str) -> str:
    """``KeyError at study.py:12`` of a whole message."""
    kind, _, place = told.partition(" at ")
    return f"{kind} at {place.partition(': ')[0]}"


@contextmanager
def time_limit() -> Iterator[None]:
    """Inside, reading a file is interrupted after five seconds."""
    before = signal.signal(signal.SIGALRM, _watch)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def limit_memory(most: int = GIBIBYTE) -> None:
    """From here on this process has so much memory more, where the system can be asked for that."""
    if Path("/proc/self/statm").exists():
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + most, resource.RLIM_INFINITY))


def _one_format(name: str, files: int, seed: int, seconds: float, keep: Path, led: Path | None) -> Outcome:
    one = formats()[name]
    with tempfile.TemporaryDirectory() as place:  # so that what is imported late is there before the limit
        (Path(place) / one.file).write_bytes(one.prepare(Path(place))[0])
        _told(one, Path(place) / one.file, Outcome(""))
    limit_memory()
    gc.freeze()  # what is here already need not be looked through again and again
    with time_limit():
        return damage_files(one, files, seed, seconds=seconds, keep=keep, led=led and led / name)


def campaign(names: list[str], files: int, seed: int, jobs: int, seconds: float,
             keep: Path, led: Path | None = None) -> Iterator[Outcome]:  # fmt: skip
    """The outcome of each format as it ends; each runs in a process of its own."""
    work = partial(_one_format, files=files, seed=seed, seconds=seconds, keep=keep, led=led)
    with multiprocessing.get_context("spawn").Pool(jobs, maxtasksperchild=1) as pool:
        yield from pool.imap_unordered(work, names, chunksize=1)


def main() -> int:
    """Run the campaign of the command line and print a line a format; 1 when something was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=100_000, help="damaged files of each format")
    parser.add_argument("--format", nargs="+", choices=("all", *formats()), default=["all"])
    parser.add_argument("--seconds", type=float, default=float("inf"), help="most time for each format")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "found")
    parser.add_argument("--led", type=Path, help="folder of files that led somewhere new, to go on from")
    asked = parser.parse_args()
    names = list(formats()) if "all" in asked.format else asked.format
    sys.stdout.write(HEAD + "\n")
    found = 0
    for outcome in campaign(names, asked.files, asked.seed, asked.jobs, asked.seconds, asked.keep,
                            asked.led):  # fmt: skip
        sys.stdout.write(f"{outcome}\n")
        sys.stdout.flush()
        found += len(outcome.found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
