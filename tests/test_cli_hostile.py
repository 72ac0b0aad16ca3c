"""Files made to do harm, or mangled on their way, as a user meets them in the terminal: one plain message
that names the file, says what is wrong and what to do; never a traceback."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.coding.material import MATERIAL
from tests.coding.qda.material import changed_zip, project, write_csv, write_qdpx, write_xlsx, write_zip
from trajectories.cli import main as cli

VALID = MATERIAL / "valid"
BOMB = "title: x\nl0: &l0 [x]\n" + "".join(
    f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]\n" for i in range(1, 12)
)
OUTSIDE = '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project name="&x;"/>'

Make = Callable[[Path], None]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound study called ``study`` in the current directory."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(VALID, tmp_path / "study"))


def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What the terminal says to a command that is refused, or ends with 1."""
    monkeypatch.setattr("sys.argv", ["trajectories", *words])
    with pytest.raises(SystemExit) as left:
        cli()
    told = capsys.readouterr()
    assert left.value.code in (1, 2)
    assert "Traceback" not in told.err + told.out
    return " ".join((told.err + told.out).split())


def text(name: str, *changes: tuple[str, str]) -> Make:
    """A change in a file of the study."""
    def make(folder: Path) -> None:
        written = (folder / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in written
            written = written.replace(old, new, 1)
        (folder / name).write_text(written, encoding="utf-8")

    return make


def whole(name: str, content: str) -> Make:
    return lambda folder: (folder / name).write_text(content, encoding="utf-8") and None


def workbook(change: Callable[[bytes], bytes] = bytes, *, since_1904: bool = False) -> Make:
    """The study kept in a workbook, whose bytes are changed."""
    def make(folder: Path) -> None:
        sheets = {"persons": [["id", "birth"], ["RU-1", 1989]],
                  "episodes": [["person", "domain", "state", "start", "end"],
                               ["RU-1", "location", "origin", "..", dt.date(2022, 3, 1)]]}  # fmt: skip
        path = write_xlsx(folder / "study.xlsx", sheets, since_1904=since_1904)
        path.write_bytes(change(path.read_bytes()))
        (folder / "study.yaml").write_text("title: T\ntables: study.xlsx\n", encoding="utf-8")

    return make


def with_part(name: str, content: bytes) -> Callable[[bytes], bytes]:
    def change(raw: bytes) -> bytes:
        place = Path("changed.xlsx")
        place.write_bytes(raw)
        with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content, compresslevel=1)
        return place.read_bytes()

    return change


def with_entities(raw: bytes) -> bytes:
    return changed_zip(raw, "xl/workbook.xml", b"<workbook",
                       b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><workbook')  # fmt: skip


SAVE = "Save it again as UTF-8 (in Excel: 'CSV UTF-8')."
ALIAS = "an alias (*name) repeats this part. Aliases are not read: write the text out in both places."
ENTITIES = "the file declares a document type or entities, which no program writes here."
HARM = "It is not read, because such files can be made to do harm."
EXCEL = ("end: the cell episodes!E2 holds Excel's date 2022-03-01; nobody can tell whether a day, a month or "
         "something else was typed. Format the column as Text and type what is meant (such as 2022-03), or "
         "settle all such cells in one step with trajectories convert STUDY --typed-dates.")  # fmt: skip


@pytest.mark.parametrize(("make", "message"), [
    (whole("biographies/RU-001.yaml", "id: RU-001\n" + BOMB),
     f"study/biographies/RU-001.yaml:3:5: error: {ALIAS}"),
    (whole("codebook.yaml", BOMB), f"Error: study/codebook.yaml:2:5: {ALIAS}"),
    (whole("study.yaml", BOMB), f"Error: study/study.yaml:2:5: {ALIAS}"),
    (text("biographies/RU-001.yaml", ("1989", "19\x0089")),
     f"study/biographies/RU-001.yaml:2: error: the file has a NUL character: it is not plain text. {SAVE}"),
    (text("episodes.csv", ("2014-09", "2014\x00-09")),
     f"Error: study/episodes.csv:2: the file has a NUL character: it is not plain text. {SAVE}"),
    (text("episodes.csv", ("int-AZ-001", "x" * 50_000_000)),
     "Error: study/episodes.csv:3: a cell in or above this line has more than 131,072 characters. Look for a "
     'quotation mark (") that is not closed; inside a quoted cell write it twice ("").'),
    (text("biographies/RU-001.yaml", ("We had a flat", "x" * 50_000_000)),
     "study/biographies/RU-001.yaml: error: the file has 50,000,953 characters; at most 2,000,000 are read. "
     "A file holds one life; quote passages, and keep whole interviews in files of their own."),
    (workbook(with_part("xl/media/a.xml", b"<a>" + b" " * 320_000_000)),
     "Error: study/study.xlsx: unpacked, the file would have more than 300 MB. It is not opened. Divide it, "
     "or save its sheets as CSV."),
    (workbook(with_part("../../evil", b"x")),
     "Error: study/study.xlsx: the part '../../evil' would lie outside the archive. Such archives are not "
     "read. Export it again from the program it comes from."),
    (workbook(with_entities), f"Error: study/study.xlsx/xl/workbook.xml:1: {ENTITIES} {HARM} Export it again "
     "from the program it comes from."),
    (workbook(), f"study/study.xlsx#episodes:2: error: RU-1: {EXCEL}"),
    (workbook(since_1904=True), f"study/study.xlsx#episodes:2: error: RU-1: {EXCEL}"),
])  # fmt: skip
def test_a_study(study: Path, make: Make, message: str, capsys: pytest.CaptureFixture[str],
                 monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    make(study)
    assert message in said(capsys, monkeypatch, "check", "study")
    if message.startswith("Error: ") and "131,072" not in message:  # that file has 50 MB
        message = message.replace(":2:5:", ":2:")
        assert message in said(capsys, monkeypatch, "explore", "study", "--no-browser", "--port", "0")
        assert message in said(capsys, monkeypatch, "convert", "study", "--to", "csv", "--out", "made")
        assert not Path("made").exists()


@pytest.mark.parametrize("name", ["episodes.csv", "biographies/RU-001.yaml"])
def test_mixed_line_ends_are_read(study: Path, name: str, capsys: pytest.CaptureFixture[str],
                                  monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    lines = (study / name).read_bytes().split(b"\n")
    ends = (b"\n", b"\r\n", b"\r") * len(lines)
    (study / name).write_bytes(b"".join(line + end for line, end in zip(lines, ends, strict=False)))
    monkeypatch.setattr("sys.argv", ["trajectories", "check", "study"])
    with pytest.raises(SystemExit) as left:
        cli()
    assert left.value.code == 0
    told = capsys.readouterr().out
    assert "no problems in Four lives for testing (4 people, 19 episodes, 5 events)" in told


@pytest.mark.parametrize(("make", "words", "message"), [
    (lambda: write_zip(Path("p.qdpx"), {"project.qde": b"<Project>" + b" " * 100_000_000}), "--suggest",
     "Error: p.qdpx/project.qde: unpacked it would have 100 MB from 0.10 MB. At most 64 MB are read. Export "
     "it again from the program it comes from."),
    (lambda: write_zip(Path("p.qdpx"), {"project.qde": project(""), "../x": "1"}), "--suggest",
     "Error: p.qdpx: the part '../x' would lie outside the archive. Such archives are not read."),
    (lambda: write_qdpx(Path("p.qdpx"), OUTSIDE), "--suggest",
     f"Error: p.qdpx/project.qde:1: {ENTITIES} {HARM}"),
    (lambda: Path("b.qdc").write_text(OUTSIDE), "", f"Error: b.qdc:1: {ENTITIES} {HARM}"),
    (lambda: write_csv(Path("e.csv"), ["●,,RU\0-001,A,1,1,0,x,T,"]), "--suggest",
     f"Error: e.csv:2: the file has a NUL character: it is not plain text. {SAVE}"),
    (lambda: write_csv(Path("e.csv"), ["●,,RU-001,A,1,1,0," + "x" * 2_500_000 + ",T,"]), "--suggest",
     "Error: e.csv:2: cell 8 has 2,500,000 characters; at most 2,000,000 are read. A coded segment is never "
     "so long; export the coded segments again, without whole documents."),
    (lambda: Path("m.yaml").write_text(BOMB) and write_csv(Path("e.csv"), ["●,,RU-001,A,1,1,0,x,T,"]),
     "--mapping m.yaml --out made", f"Error: m.yaml:2: {ALIAS}"),
    (lambda: write_csv(Path("e.csv"), [f"A,1,2,{'x' * 200_000}"], "id,begin,end,state"),
     "--from spell --out made",
     "Error: e.csv:2: a cell in or above this line has more than 131,072 characters. Look for a quotation"),
    (lambda: write_csv(Path("e.csv"), ["A,1,2,x\0"], "id,begin,end,state"), "--from spell --out made",
     f"Error: e.csv:2: the file has a NUL character: it is not plain text. {SAVE}"),
    (lambda: Path("e.csv").write_text("id,begin,end,state\nA,1,2,x\n", encoding="utf-16"),
     "--from spell --out made",
     "Error: e.csv: the file is not UTF-8; it looks like UTF-16 (Excel calls it 'Unicode text'). If that "
     "is what it is, give --encoding utf-16; or save the file again as UTF-8 (in Excel: 'CSV UTF-8')."),
])  # fmt: skip
def test_an_export_or_table(make: Callable[[], object], words: str, message: str, tmp_path: Path,
                            capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                            ) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    make()
    (source,) = [place.name for place in tmp_path.iterdir() if place.suffix in (".qdpx", ".qdc", ".csv")]
    assert message in said(capsys, monkeypatch, "convert", source, *words.split())
    assert not Path("made").exists()
