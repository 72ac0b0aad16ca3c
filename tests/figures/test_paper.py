"""On paper: the same bytes each time, real vector, and refusals that say what to do."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trajectories.errors import SettingError
from trajectories.figures.figure import Figure, Key, Legend
from trajectories.figures.index import plot_index
from trajectories.figures.paper import ENDINGS, rendered
from trajectories.figures.paper_size import axes_on_paper, with_room
from trajectories.figures.quality import plot_quality
from trajectories.sequences.sequences import Sequences

STARTS = {"pdf": b"%PDF-", "svg": b"<?xml", "png": b"\x89PNG", "eps": b"%!PS-Adobe", "tiff": b"II*\x00"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_two_saves_write_the_same_bytes(figures: dict[str, Figure], ending: str, tmp_path: Path) -> None:
    for name in ("types", "timeline", "quality") if ending != "eps" else ("quality",):
        first = figures[name].save(tmp_path / f"a.{ending}").read_bytes()
        second = figures[name].save(tmp_path / f"b.{ending}").read_bytes()
        assert first == second, name
        assert first.startswith(STARTS[ending])


def test_all_figures_are_written_as_vector(figures: dict[str, Figure]) -> None:
    for name, figure in figures.items():
        written = rendered(figure, "svg")["svg"]
        assert b"<image" not in written, name
        assert figure.title.split()[0].encode() in written, name


def hashes() -> list[str]:
    figure = plot_quality(pd.DataFrame({"k": [2, 3, 4], "ASW": [0.3, 0.5, 0.4]}))
    files = rendered(figure, "pdf", "svg", "png", "eps")
    return [hashlib.sha256(written).hexdigest() for written in files.values()]


def test_two_processes_write_the_same_bytes() -> None:
    """This one, and one in which everything is another that might get into a file."""
    env = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "0", "PATH": "", "TZ": "UTC1"}
    asked = [sys.executable, "-c", "from tests.figures.test_paper import hashes; print(*hashes())"]
    done = subprocess.run(asked, env=env, cwd=Path(__file__).parents[2], capture_output=True, text=True,
                          check=True, timeout=120)  # fmt: skip
    here = hashes()
    assert done.stdout.split() == here
    assert len(set(here)) == 4


def test_files_drawn_together_are_as_each_drawn_alone(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        for ending, written in rendered(figure, "pdf", "png", "svg").items():
            assert written == rendered(figure, ending)[ending]


def test_files_hold_no_date(figures: dict[str, Figure]) -> None:
    files = rendered(figures["quality"], "pdf", "eps", "svg")
    assert b"CreationDate" not in files["pdf"] + files["eps"]
    assert b"<dc:date>" not in files["svg"]


def test_many_rows_become_an_image_and_the_figure_says_so(lives: Sequences) -> None:
    ids = tuple(f"L{i}" for i in range(480))
    many = replace(lives, states=np.tile(lives.states, (12, 1, 1)), ids=ids, weights=np.ones(480))
    written = rendered(plot_index(many, "location"), "svg")["svg"]
    assert b"<image" in written
    assert b"Drawn as an image: more than 400 rows." in _texts(plot_index(many, "location"))


def _texts(figure: Figure) -> bytes:
    import matplotlib as mpl

    from trajectories.figures.paper import _RC, _sheet

    with mpl.rc_context(_RC):
        return " ".join(text.get_text() for text in _sheet(figure).texts).encode()


def test_fonts_are_truetype(figures: dict[str, Figure]) -> None:
    written = rendered(figures["quality"], "pdf")["pdf"]
    assert b"/FontFile2" in written
    assert b"/Type3" not in written


def test_matplotlib_is_left_as_it_was(figures: dict[str, Figure]) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    rendered(figures["cohorts"], "pdf")
    assert dict(mpl.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_dollars_in_a_title_are_not_mathematics(figures: dict[str, Figure]) -> None:
    priced = replace(figures["quality"], title="Rent of $300, or $400", panels=tuple(
        replace(panel, title="$k$ & <k>") for panel in figures["quality"].panels))  # fmt: skip
    assert b"Rent of $300, or $400" in _texts(priced)
    assert rendered(priced, "svg")


@pytest.mark.parametrize(("name", "says"), [
    ("figure.gif", "figure.gif: no figure can end in '.gif'"),
    ("figure", "figure: the ending is missing"),
])  # fmt: skip
def test_unknown_endings_are_refused(
    figures: dict[str, Figure], tmp_path: Path, name: str, says: str
) -> None:
    with pytest.raises(SettingError) as refused:
        figures["quality"].save(tmp_path / name)
    assert str(refused.value) == f"{says}; write it as one of .pdf, .svg, .png, .eps, .tiff."


def test_a_missing_folder_is_refused(figures: dict[str, Figure], tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"there is no folder .*nowhere'; make it, or write elsewhere"):
        figures["quality"].save(tmp_path / "nowhere" / "figure.pdf")


def test_three_hundred_states_get_a_taller_page_and_others_stay_as_they_are(lives: Sequences) -> None:
    figure = plot_index(lives)
    assert with_room(figure) is figure
    keys = tuple(Key(f"State {i}", "#3f90da") for i in range(300))
    crowded = replace(figure, legends=(Legend("State", keys),))
    assert axes_on_paper(crowded) < 0
    assert axes_on_paper(with_room(crowded)) == pytest.approx(0.3 * len({p.row for p in figure.panels}))
    assert rendered(crowded, "svg")["svg"].startswith(b"<?xml")
