"""Whatever can be typed from the pages is understood: commands, their options, files, calls from Python."""

from __future__ import annotations

import ast
import inspect
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.main
import yaml

import trajectories as tj
from trajectories.cli.main import app
from trajectories.coding.own_tables.mapping import read_own_mapping
from trajectories.coding.qda.mapping import read_mapping

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "sample_data" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAMPLE_CODEBOOK = ROOT / "sample_data" / "codebook.yaml"

Found = tuple[str, str]
"""Where something stands, and what it is."""


def blocks(language: str) -> list[Found]:
    """The fenced blocks of a language, each with its page and line."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in FENCED.finditer(text):
            if block[1] == language:
                found.append((f"{page.name}:{text[: block.start()].count(chr(10)) + 1}", block[2]))
    return found


def inline() -> list[Found]:
    """What stands in code type inside the text."""
    found = []
    for page in PAGES:
        text = FENCED.sub(lambda block: "\n" * block[0].count("\n"), page.read_text("utf-8"))
        for number, line in enumerate(text.splitlines(), 1):
            found += [(f"{page.name}:{number}", code) for code in re.findall(r"`([^`\n]+)`", line)]
    return found


def commands() -> list[Found]:
    lines = [(where, line) for where, block in blocks("") for line in block.replace("\\\n", " ").splitlines()]
    return [(where, line.partition(" > ")[0]) for where, line in (*lines, *inline())
            if re.match(r"trajectories [a-z-]", line)]  # fmt: skip


@pytest.mark.parametrize(("where", "typed"), commands())
def test_commands_have_these_arguments_and_options(where: str, typed: str) -> None:
    words = shlex.split(re.sub(r"[\[\]]", "", typed))[1:]
    group = typer.main.get_command(app)
    assert hasattr(group, "commands")
    if words[0].startswith("-"):
        assert words == ["--help"]
        return
    command = group.commands[words[0]]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    asked = {word for word in words[1:] if word.startswith("-")} - {"--help"}
    assert asked <= options, where
    if len(words) > 1 and "--help" not in words:
        command.make_context(words[0], words[1:], resilient_parsing=False)


def test_there_are_commands_to_try() -> None:
    assert len(commands()) > 35


def of_tj(code: str) -> list[ast.Call | ast.Attribute]:
    """What is taken from ``tj`` in a piece of Python, calls with their arguments."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and is_tj(node.func)]
    called = {id(call.func) for call in calls}
    return [*calls, *(n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and is_tj(n)
                      and id(n) not in called)]  # fmt: skip


def is_tj(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "tj"


def python() -> list[Found]:
    return [(where, code) for where, code in (*blocks("python"), *inline()) if "tj." in code]


@pytest.mark.parametrize(("where", "code"), python())
def test_names_and_arguments_from_python_exist(where: str, code: str) -> None:
    found = of_tj(code)
    assert found, f"{where} is no Python: {code}"
    for node in found:
        taken = node.func if isinstance(node, ast.Call) else node
        assert isinstance(taken, ast.Attribute)
        assert taken.attr in tj.__all__, where
        if isinstance(node, ast.Call):
            keywords = {k.arg: None for k in node.keywords if k.arg}
            inspect.signature(getattr(tj, taken.attr)).bind_partial(*node.args, **keywords)


def biography(text: str, folder: Path) -> None:
    """A life of the page is read without an error, by the codebook of the sample."""
    (folder / "codebook.yaml").write_bytes(SAMPLE_CODEBOOK.read_bytes())
    (folder / "study.yaml").write_text("title: Of the page\nbiographies: RU-017.yaml\n", "utf-8")
    (folder / "RU-017.yaml").write_text(text, "utf-8")
    study = tj.read_study(folder)
    assert study.ids == ("RU-017",)
    assert not tj.check(study).errors


def of_a_study(text: str, folder: Path) -> None:
    """Settings of study.yaml."""
    (folder / "codebook.yaml").write_bytes(SAMPLE_CODEBOOK.read_bytes())
    (folder / "study.yaml").write_text(f"title: Of the page\nbiographies: a.yaml\n{text}", "utf-8")
    (folder / "a.yaml").write_text("id: A\nbirth: 1989\ninterview: 2023-11-04\n", "utf-8")
    assert not tj.check(tj.read_study(folder)).errors


def of_a_plan(text: str, folder: Path) -> None:
    (folder / "plan.yaml").write_text(text, "utf-8")
    tj.Plan.read(folder / "plan.yaml")


def of_coded_segments(text: str, folder: Path) -> None:
    (folder / "mapping.yaml").write_text(text, "utf-8")
    assert read_mapping(folder / "mapping.yaml").codes


def of_a_table(text: str, folder: Path) -> None:
    (folder / "mapping.yaml").write_text(text, "utf-8")
    assert read_own_mapping(folder / "mapping.yaml").tables


READERS: dict[str, Callable[[str, Path], None]] = {
    "id": biography, "cohorts": of_a_study, "dates": of_a_study, "measure": of_a_plan, "types": of_a_plan,
    "stability": of_a_plan, "codes": of_coded_segments, "tables": of_a_table,
}  # fmt: skip
"""How a file is read, by a key that only it has."""


@pytest.mark.parametrize(("where", "text"), blocks("yaml"))
def test_files_of_the_pages_are_read(where: str, text: str, tmp_path: Path) -> None:
    keys = yaml.safe_load(text)
    kinds = [READERS[key] for key in ("codes", "tables", "id", *READERS) if key in keys and key in READERS]
    assert kinds, f"{where}: no test reads a file with the keys {', '.join(keys)}"
    kinds[0](text, tmp_path)
