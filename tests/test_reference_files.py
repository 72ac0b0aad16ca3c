"""Every reference value there is, by name: compared, or told of in docs/differences.md with the reason."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import numpy as np
import pytest

TESTS = Path(__file__).parent
REFERENCE = TESTS / "reference"
PAGE = (TESTS.parent / "docs" / "differences.md").read_text("utf-8")
STORED_AS = {"mc_loc": "mc_location", "mc_loc_unequal": "mc_location_unequal", "mc_covariates": "mc_weights"}
ARRAYS = ("dissimilarities", "tables")


@cache
def names() -> dict[str, str]:
    """Whatever TraMineR, TraMineRextras and WeightedCluster computed on made lives: folder of each name."""
    lines = (REFERENCE / "names.txt").read_text("utf-8").split()
    return {Path(line).stem: Path(line).parts[0] for line in lines}


@cache
def stored() -> frozenset[str]:
    found = {file.stem for file in REFERENCE.rglob("*") if file.suffix in (".csv", ".json")}
    for packed in ARRAYS:
        with np.load(REFERENCE / "alignment" / f"{packed}.npz") as arrays:
            found |= set(arrays.files)
    return frozenset(name for name in names() if STORED_AS.get(name, name) in found)


def patterns(heading: str) -> list[str]:
    """What stands in code type in the first column of the tables under a heading."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in part.splitlines() if line.startswith("| ")]
    return [pattern for cell in cells for pattern in re.findall(r"`([^`]+)`", cell)]


def not_compared() -> list[str]:
    return patterns("Not compared")


def told_different() -> list[str]:
    return [p for heading in ("Costs", "Dissimilarities", "Several domains", "Typology")
            for p in patterns(heading)]  # fmt: skip


def any_of(name: str, those: list[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in those)


def test_the_names_are_all_that_there_are() -> None:
    assert len(names()) == 712
    assert len((REFERENCE / "names.txt").read_text("utf-8").split()) == 712


@pytest.mark.parametrize("folder", sorted(set(names().values())))
def test_every_value_is_stored_or_told_of(folder: str) -> None:
    forgotten = [n for n, place in names().items()
                 if place == folder and n not in stored() and not any_of(n, not_compared())]  # fmt: skip
    assert not forgotten
    assert not [n for n in stored() if names()[n] == folder and any_of(n, not_compared())]


def test_every_pattern_of_the_page_is_of_some_value() -> None:
    assert not [p for p in not_compared() if not any(fnmatchcase(n, p) for n in names())]


def written_in_tests() -> list[str]:
    """Names and patterns of names in the tests' code: whatever is in quotes, with * for what is put in."""
    found = set()
    for file in TESTS.rglob("*.py"):
        if file != Path(__file__):
            for text in re.findall(r'"([^"\n]+)"', file.read_text("utf-8")):
                stem = re.sub(r"\{[^}]*\}", "*", text).removesuffix(".csv").removesuffix(".json")
                if re.fullmatch(r"[\w.*-]+", stem) and len(stem.replace("*", "")) >= 3:
                    found.add(stem)
    return sorted(found)


def test_every_stored_file_is_read_by_a_test() -> None:
    """What is packed has a census of its own: tests/alignment/test_family_census.py."""
    files = {f.stem for f in REFERENCE.rglob("*") if f.suffix in (".csv", ".json")}
    written = written_in_tests()
    told = [*told_different(), "costs_*", "sequences_*"]
    assert not [stem for stem in sorted(files) if not any_of(stem, [*written, *told])]


def test_the_table_counts_what_there_is() -> None:
    rows = {}
    for line in PAGE.partition("\n## How many\n")[2].partition("\n## ")[0].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[1].isdigit():
            rows[cells[0]] = [int(cell) for cell in cells[1:]]
    for folder in sorted(set(names().values())):
        of_folder = [n for n, place in names().items() if place == folder]
        here = [n for n in of_folder if n in stored()]
        other = [n for n in here if any_of(n, told_different())]
        counted = [len(of_folder), len(here) - len(other), len(other), len(of_folder) - len(here)]
        assert rows.get(folder) == counted, folder
    assert rows["together"] == np.array([r for f, r in rows.items() if f != "together"]).sum(axis=0).tolist()
