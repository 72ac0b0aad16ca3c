"""Read REFI-QDA projects (``.qdpx``, version 1.5), as MAXQDA, ATLAS.ti, NVivo and others write them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path as FilePath
from xml.etree.ElementTree import Element

from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.names import clean
from trajectories.coding.qda.refi_cases import SOURCES, Notes, Whose, members, read_variables, source_name
from trajectories.coding.qda.refi_codes import (
    MOST_CODES,
    codebook_notes,
    codes_below,
    guid,
    names_of,
    targets,
    text_of,
)
from trajectories.coding.qda.refi_file import RefiFile, open_refi
from trajectories.coding.qda.refi_places import Selection, label, last_position, selections
from trajectories.coding.qda.refi_texts import PlainText, plain_text
from trajectories.coding.qda.segments import Export, Path, Segment


def read_refi(path: FilePath, *, text: bool = False) -> Export:
    """Read a REFI-QDA project (or a codebook alone, which has codes and no segments).

    Each coding is a segment; the person is the case it belongs to, else its document. What the programs do
    differently from the specification is read all the same and told in ``notes``, as is what is not read.
    ``text`` keeps the passages. Raises ReadingError for a damaged or hostile file.
    """
    with open_refi(path) as file:
        return _Project(file, text).export()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of text that belongs to a case (NVivo codes it with the case)."""

    case: str
    start: int
    end: int


class _Project:
    """One project on its way to segments."""

    def __init__(self, file: RefiFile, text: bool) -> None:
        root = file.root
        self.file = file
        self.text = text
        book = root.find("CodeBook")
        codes = book.find("Codes") if book is not None else root.find("Codes")
        found = list(islice(codes_below(codes), MOST_CODES + 1)) if codes is not None else []
        if len(found) > MOST_CODES:
            what, hint = f"it has more than {MOST_CODES:,} codes", "Export the project again."
            raise ReadingError(file.name, 0, what, hint, "too_large")
        self.paths: dict[str, Path] = {key: path for key, path, _ in found}
        self.descriptions = {path: description for _, path, description in found}
        self.users = names_of(root, "Users", "User")
        self.whose = Whose(root)
        self.notes = Notes(root)
        self.counts: Counter[str] = Counter()
        self.row = 0

    def export(self) -> Export:
        root, kind = self.file.root, "codebook" if self.file.root.tag == "CodeBook" else "project"
        self.file.notes += codebook_notes(root, kind)
        sources = members(root, "Sources", *SOURCES)
        segments = tuple(segment for source in sources for segment in self.source(source))
        variables = read_variables(root, self.whose, self.file.name)
        numbered = tuple(replace(variable, row=i) for i, variable in enumerate(variables, start=1))
        notes = (*self.file.notes, *self.left_out())
        return Export(self.file.name, segments, numbered, self.descriptions, tuple(dict.fromkeys(notes)))

    def source(self, source: Element) -> Iterator[Segment]:
        """The segments of one source, its representation and its transcripts."""
        key, document = guid(source.get("guid")), source_name(source)
        if not source.get("name"):
            self.counts["sources have no name; their file stands for it"] += 1
        base = Segment(self.file.name, 0, document, group=self.whose.group(key), case=self.whose.case(key))
        for coding in source.findall("Coding"):
            names = [name for target in targets(coding, "CodeRef") if (name := self.whose.names.get(target))]
            base = replace(base, case=base.case or next(iter(names), ""))
        for holder, found in selections(source):
            has_text = any(one.is_text for one in found)
            text = plain_text(self.file, holder, last_position(found)) if has_text else None
            yield from self.passages(base, key, found, text)

    def passages(
        self, base: Segment, key: str, found: list[Selection], text: PlainText | None
    ) -> Iterator[Segment]:
        beside, comments = self.uncoded(found)
        stretches = self.case_stretches(found)
        for one in found:
            codings = one.element.findall("Coding")
            if one.is_text and one.start == one.end and codings:
                self.counts["coded passages are empty (start and end are the same)"] += 1
            comment = comments.get(one.place, "") if codings and one.place in beside else ""
            for coding in codings:
                yield from self.coding(base, key, one, coding, text, comment, stretches)

    def coding(
        self, base: Segment, key: str, one: Selection, coding: Element, text: PlainText | None, comment: str,
        stretches: list[_Stretch],
    ) -> Iterator[Segment]:
        target = next(targets(coding, "CodeRef"), "")
        if target in self.whose.names:
            self.counts["codings name a case instead of a code; they tell whose passage it is"] += 1
            return
        if target not in self.paths:
            self.counts["codings name a code that the code book does not have"] += 1
        self.row += 1
        element = one.element
        case = self.whose.case(guid(element.get("guid"))) or _case_around(one, stretches) or base.case
        yield replace(
            base, row=self.row, code=self.paths.get(target, ()), case=case, paragraph=label(one, text),
            place=f"{key}:{one.place}",
            comment="\n".join(filter(None, (self.notes_of(coding, element), comment))),
            description="" if element.tag in SOURCES else text_of(element, "Description"),
            name="" if element.tag in SOURCES else clean(element.get("name") or ""),
            coder=self.coder(coding, element), created=coding.get("creationDateTime") or "",
            text=_passage(one, text) if self.text else None,
        )

    def notes_of(self, coding: Element, element: Element) -> str:
        """Notes of the coding and of its selection; the memo of a whole document is not about one code."""
        return self.notes.of(coding) if element.tag in SOURCES else self.notes.of(coding, element)

    def coder(self, coding: Element, element: Element) -> str:
        key = guid(coding.get("creatingUser") or element.get("creatingUser"))
        return self.users.get(key, "")

    def uncoded(self, found: list[Selection]) -> tuple[set[str], dict[str, str]]:
        """Texts of selections without a code (MAXQDA's comments), for the codings of their place."""
        coded = {one.place for one in found if one.element.find("Coding") is not None}
        texts: dict[str, list[str]] = defaultdict(list)
        for one in found:
            if one.element.find("Coding") is not None or one.element.tag in SOURCES:
                continue
            if one.place in coded:
                self.counts["passages without a code have a text that goes to the codes of their place"] += 1
                written = text_of(one.element, "Description"), self.notes.of(one.element)
                texts[one.place] += filter(None, written)
            else:
                self.counts["passages have no code (annotations); they are not read"] += 1
        return coded, {place: "\n".join(parts) for place, parts in texts.items()}

    def case_stretches(self, found: list[Selection]) -> list[_Stretch]:
        names = self.whose.names
        return [_Stretch(names[target], *(one.bounds))
                for one in found for coding in one.element.findall("Coding")
                for target in targets(coding, "CodeRef") if names.get(target)]

    def left_out(self) -> Iterator[str]:
        """A sentence for each kind of thing that was met."""
        yield from (f"{count:,} {what}" for what, count in self.counts.items())
        root = self.file.root
        unnamed = sum(not name for name in self.whose.names.values())
        if unnamed:
            yield f"{unnamed:,} cases have no name; their document stands for the person"
        unused = len(self.notes.texts.keys() - self.notes.used)
        links = [{guid(link.get("originGUID")), guid(link.get("targetGUID"))}
                 for link in members(root, "Links", "Link")]
        counts = {"memos that no passage refers to": unused,
                  "links": sum(not ends & self.notes.texts.keys() for ends in links),
                  "graphs": len(members(root, "Graphs")),
                  "sets of codes or notes": sum(1 for one in members(root, "Sets", "Set")
                                                if one.find("MemberSource") is None)}
        yield from (f"{count:,} {what}: not read" for what, count in counts.items() if count)


def _case_around(one: Selection, stretches: list[_Stretch]) -> str:
    """The one case whose stretch holds the passage; empty when there is none or more than one."""
    start, end = one.bounds
    around = {stretch.case for stretch in stretches if stretch.start <= start and end <= stretch.end}
    return around.pop() if len(around) == 1 else ""


def _passage(one: Selection, text: PlainText | None) -> str | None:
    return text.text[one.bounds[0] : one.bounds[1]] if text is not None and one.is_text else None
