"""What the README promises: the twelve lines run as printed, and every file it points to exists."""

import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _python_block() -> str:
    found = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert found, "README.md has no Python example"
    return found.group(1)


def test_the_twelve_lines_run_as_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    monkeypatch.chdir(tmp_path)

    exec(compile(_python_block(), "README.md", "exec"), {})

    assert (tmp_path / "types.pdf").read_bytes().startswith(b"%PDF")
    printed = capsys.readouterr().out
    assert "Typology of" in printed
    assert "ASW" in printed


def test_it_is_twelve_lines() -> None:
    assert len([line for line in _python_block().splitlines() if line.strip()]) <= 12


def test_every_relative_link_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), ROOT / "sample_data" / "README.md"]
    missing = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert not missing
