"""``trajectories convert`` for exports of QDA programs and for codebooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from trajectories.cli.console import out
from trajectories.cli.converting_own import Told, convert_own, draft_table
from trajectories.cli.saying import say, typed
from trajectories.coding.files.study_files import as_yaml, plain_codebook, write_new
from trajectories.coding.problems import ReadingError
from trajectories.errors import SettingError
from trajectories.wording import counted

if TYPE_CHECKING:
    from trajectories.coding.qda.conversion import Conversion

_TABLES = (".xlsx", ".xlsm", ".csv", ".txt", ".tsv")
_YAML = (".yaml", ".yml")


def convert_export(source: Path, place: Path | None, *, suggested: bool, mapping: Path | None,
                   codebook: Path | None, told: Told) -> int:  # fmt: skip
    """A draft of a mapping, a study folder, or a codebook in the other form."""
    from trajectories.coding.own_tables.mapping import is_own_mapping
    from trajectories.coding.qda.convert import convert_qda

    if suggested:
        return _suggest(source, place, codebook, told.encoding)
    if mapping is not None and is_own_mapping(mapping):
        return convert_own(source, place, mapping, codebook, told)
    if source.suffix.lower() in _YAML:
        return _to_qdc(source, place)
    if source.suffix.lower() == ".qdc" and mapping is None and codebook is None:
        return _from_qdc(source, place)
    if mapping is None and codebook is None:
        raise SettingError(_what_tosay(source))
    if place is None:
        raise SettingError("Name the folder for the study: --out DIR.")
    _tell(convert_qda(source, mapping=mapping, codebook=codebook, out=place, quotes=told.quotes,
                      encoding=told.encoding), place)
    return 0


def _what_tosay(source: Path) -> str:
    name = source.name
    if source.is_dir():
        return (f"{source}: this is a study. Say what it shall become: --to csv, xlsx, parquet, sts, sps, "
                "spell, dss, tse, biograph or traminer; or settle the dates in its tables with "
                "--typed-dates.")  # fmt: skip
    return (f"{name}: say what it is. A table of your own, or an export of a QDA program: let a draft be "
            f"made of what its columns or codes mean, with 'trajectories convert {typed(name)} --suggest' "
            "(for an export, the codebook you coded with will do as well: --codebook). A table of sequences: "
            "name its format (--from sts, sps, spell, tse, biograph).")


def _suggest(source: Path, place: Path | None, codebook: Path | None, encoding: str | None) -> int:
    """The draft for an export of a QDA program; for a table without codes, that for its columns."""
    from trajectories.coding.qda.convert import suggest

    try:
        text = suggest(source, codebook, encoding)
    except ReadingError as error:
        rules = {problem.rule for problem in error.problems}
        if source.suffix.lower() not in _TABLES or "missing_column" not in rules:
            raise
        return draft_table(source, place, encoding)
    return _draft(text, place, source)


def _draft(text: str, place: Path | None, source: Path) -> int:
    if place is None:
        out().print(text, end="", soft_wrap=True, markup=False)
        return 0
    write_new(place.parent, {place.name: text})
    say(f"{place} is a draft: look over every line. Then:",
         f"  trajectories convert {typed(source)} --mapping {typed(place)} --out mystudy")  # fmt: skip
    return 0


def _to_qdc(source: Path, place: Path | None) -> int:
    from trajectories.coding.codebook import Codebook
    from trajectories.coding.files.settings_file import read_settings
    from trajectories.coding.qda.qdc import write_qdc

    if place is None or place.suffix.lower() != ".qdc":
        raise SettingError(f"{source.name}: a codebook becomes a REFI-QDA codebook with --out NAME.qdc; for "
                           "anything else, give the folder of a study and say --to.")  # fmt: skip
    write_qdc(read_settings(source, Codebook), place)
    say(f"{place} is written. Import it as a codebook in MAXQDA, ATLAS.ti, NVivo or another program; codes "
         "that keep their names need no mapping later.")  # fmt: skip
    return 0


def _from_qdc(source: Path, place: Path | None) -> int:
    from trajectories.coding.qda.qdc import read_qdc

    file = Path("codebook.yaml") if place is None else place
    file = file if file.suffix.lower() in _YAML else file / "codebook.yaml"
    book = read_qdc(source)
    write_new(file.parent, {file.name: as_yaml(plain_codebook(book))})
    states = sum(len(domain.states) for domain in book.domains)
    say(f"{file} is written: {counted(len(book.domains), 'domain')} with {counted(states, 'state')}, "
         f"{counted(len(book.events), 'kind of event', 'kinds of event')}. Look over what became a domain, "
         "and order its states.")  # fmt: skip
    return 0


def _tell(conversion: Conversion, folder: Path) -> None:
    """What became of every segment, where the lists are, and what to do next."""
    console = out()
    for line in _lines(conversion, folder):
        console.print(line, soft_wrap=not console.is_terminal)


def _lines(conversion: Conversion, folder: Path) -> Iterator[Text]:
    counts = conversion.counts
    yield Text.assemble((f"{conversion.read:,}", "bold"), f" segments and values read from "
                        f"{conversion.export.file}, of {counted(len(conversion.people), 'person', 'people')}")
    named = {"episode": "episodes", "event": "events", "tie": "ties", "attribute": "attributes"}
    for kind, words in named.items():
        yield Text(f"  {counts[kind]:>6,}  {words}")  # type: ignore[index]
    yield Text(f"  {counts['beside']:>6,}  dates and words beside them")
    yield Text.assemble(f"  {counts['todo']:>6,}  to do: ", _place(folder, "todo.csv", counts["todo"]))
    yield Text.assemble(f"  {counts['discarded']:>6,}  discarded: ",
                        _place(folder, "discarded.csv", counts["discarded"]))  # fmt: skip
    if conversion.notes:
        notes = counted(len(conversion.notes), "thing was", "things were")
        yield Text(f"{notes} unusual in the file: {folder / 'notes.txt'}")
    if counts["todo"]:
        yield Text("Work through the to-do list in your QDA program, export again, and convert into a new "
                   "folder.")  # fmt: skip
    yield Text(f"Next: trajectories check {typed(folder)}")


def _place(folder: Path, name: str, count: int) -> tuple[str, str]:
    return (str(folder / name), "yellow") if count else ("nothing", "dim")
