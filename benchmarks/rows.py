"""What was timed, a row a piece of work and peer: as a table, and as a picture."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One piece of work: our time, a peer's, and how far the numbers are apart."""

    work: str
    n: int
    length: int
    states: str
    threads: int
    ours_s: float
    peer: str
    peer_version: str
    peer_s: float
    ratio: float
    cells_per_s: float
    max_relative_error: float
    peer_ended: bool
    from_peer: float | None
    ours_cpu_s: float
    load: float
    numbers: str


def as_table(found: list[Row]) -> str:
    head = f"{'work':36}{'n':>6}{'length':>8}{'ours':>10}{'peer':>11}{'ratio':>8}"
    head += f"{'Gcells/s':>10}{'error':>9}{'from peer':>11}{'load':>6}  peer"
    lines = [
        f"{r.work:36}{r.n:6}{r.length:8}{r.ours_s:9.3f}s{at_least(r, f'{r.peer_s:.3f}'):>10}s"
        f"{at_least(r, f'{r.ratio:.1f}'):>8}{r.cells_per_s / 1e9:10.1f}{r.max_relative_error:9.0e}"
        f"{'-' if r.from_peer is None else format(r.from_peer, '.0e'):>11}{r.load:6.1f}"
        f"  {r.peer}, {r.peer_version}"
        for r in found
    ]
    return "\n".join([f"{machine()}, {found[0].threads} threads", head, *lines])


def at_least(row: Row, number: str) -> str:
    """A number of a row as it is told: a lower bound where the peer did not end."""
    return number if row.peer_ended else f">={number}"


def machine() -> str:
    """The processor's name, as far as the system tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in told if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def draw(found: list[Row], path: Path) -> None:
    """How many times faster each piece of work is, as bars on a logarithmic scale."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "alignment", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(7.2, 0.44 * len(found) + 1.3), layout="constrained")
        axes = figure.subplots()
        names = [f"{r.work}\n{r.n:,} lives; {r.peer}" for r in found]
        bars = axes.barh(names, [r.ratio for r in found], color="#4477aa")
        more = {True: "", False: "> "}
        told = [f"{more[r.peer_ended]}{r.ratio:,.{0 if r.ratio >= 10 else 1}f}" for r in found]
        axes.bar_label(bars, told, padding=3)
        axes.invert_yaxis()
        axes.set(xscale="log", xlim=(0.5, 8 * max(r.ratio for r in found)))
        axes.axvline(1, color="black", linewidth=0.8)
        axes.xaxis.set_major_formatter("{x:g}")
        axes.set_xlabel(f"times faster than the peer\n({machine()}, {found[0].threads} threads)")
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
