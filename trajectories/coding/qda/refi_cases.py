"""Cases, sets, notes and variables of a REFI-QDA project: whose passage it is and what is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from trajectories.coding.qda.names import clean
from trajectories.coding.qda.refi_codes import guid, names_of, targets, text_of
from trajectories.coding.qda.segments import Variable

_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")


def members(root: Element, group: str, *tags: str) -> list[Element]:
    """The elements of a group such as ``Sources``, in order."""
    found = root.find(group)
    return [] if found is None else [element for element in found if not tags or element.tag in tags]


def source_name(source: Element) -> str:
    """The name of a source; where a program leaves it out, its file's name or GUID."""
    file = source.get("plainTextPath") or source.get("path") or ""
    return clean(source.get("name") or file.rpartition("/")[2]) or guid(source.get("guid"))


class Whose:
    """Which case a source or selection belongs to, and which sets a source is in."""

    def __init__(self, root: Element) -> None:
        self.names = names_of(root, "Cases", "Case")
        self.sources = {guid(source.get("guid")): source for source in members(root, "Sources", *SOURCES)}
        self._cases: dict[str, list[str]] = defaultdict(list)
        for case in members(root, "Cases", "Case"):
            name = self.names[guid(case.get("guid"))]
            for target in (*targets(case, "SourceRef"), *targets(case, "SelectionRef")):
                if name and name not in self._cases[target]:
                    self._cases[target].append(name)
        self._sets: dict[str, list[str]] = defaultdict(list)
        for group in members(root, "Sets", "Set"):
            for target in targets(group, "MemberSource"):
                self._sets[target].append(clean(group.get("name") or ""))

    def case(self, *owners: str) -> str:
        """The one case of the first owner that has any; empty when not certain."""
        for owner in owners:
            if found := self._cases.get(owner):
                return found[0] if len(found) == 1 else ""
        return ""

    def group(self, source: str) -> str:
        """The sets a source is in, as its document group."""
        return "; ".join(filter(None, self._sets.get(source, ())))


def read_variables(root: Element, whose: Whose, file: str) -> tuple[Variable, ...]:
    """The values of variables of cases (an unnamed case stands for its document) and of sources."""
    names = names_of(root, "Variables", "Variable")
    found: list[Variable] = []
    for case in members(root, "Cases", "Case"):
        name = whose.names[guid(case.get("guid"))]
        of_case = [key for key in targets(case, "SourceRef") if key in whose.sources]
        for key in (of_case[:1] if name else of_case) or [""]:
            document = source_name(whose.sources[key]) if key else ""
            owner = (name, whose.group(key))
            found += (Variable(file, 0, document, *pair, *owner) for pair in _values(case, names))
    for key, source in whose.sources.items():
        owner = (whose.case(key), whose.group(key))
        found += (Variable(file, 0, source_name(source), *pair, *owner) for pair in _values(source, names))
    return tuple(found)


def _values(element: Element, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Name and value of each variable that has one."""
    for value in element.findall("VariableValue"):
        name = names.get(next(targets(value, "VariableRef"), ""), "(variable without a name)")
        text = next(filter(None, (text_of(value, tag) for tag in _VALUES)), "")
        if text:
            yield name, text


class Notes:
    """The texts of notes by GUID, also those that a link ties to a selection (annotations)."""

    def __init__(self, root: Element) -> None:
        self.texts = {guid(note.get("guid")): _note_text(note) for note in members(root, "Notes", "Note")}
        self.used: set[str] = set()
        self._linked: dict[str, list[str]] = defaultdict(list)
        for link in members(root, "Links", "Link"):
            ends = guid(link.get("originGUID")), guid(link.get("targetGUID"))
            for note, other in (ends, ends[::-1]):
                if note in self.texts:
                    self._linked[other].append(note)

    def of(self, *elements: Element) -> str:
        """The notes that elements refer to or are linked with, one after another."""
        found = [note for element in elements
                 for note in (*targets(element, "NoteRef"), *self._linked.get(guid(element.get("guid")), ()))]
        self.used.update(found)
        return "\n".join(text for note in dict.fromkeys(found) if (text := self.texts.get(note, "")))


def _note_text(note: Element) -> str:
    return "\n".join(filter(None, (text_of(note, "PlainTextContent"), text_of(note, "Description"))))
