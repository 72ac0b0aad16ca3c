"""The parts of REFI-QDA that projects and codebooks share: codes, users, variables, names by their GUID."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from trajectories.coding.qda.names import clean
from trajectories.coding.qda.segments import Path


def guid(text: str | None) -> str:
    """A GUID to compare by: without braces, in small letters."""
    return (text or "").strip().strip("{}").lower()


def text_of(element: Element | None, *steps: str) -> str:
    """The text of the first element that ``steps`` lead to, empty when there is none."""
    for step in steps:
        element = element.find(step) if element is not None else None
    return clean("".join(element.itertext())) if element is not None else ""


def targets(element: Element, tag: str) -> Iterator[str]:
    """The GUIDs that the references below an element point at; ``@guid`` where a program writes it so."""
    for reference in element.findall(tag):
        if found := guid(reference.get("targetGUID") or reference.get("guid")):
            yield found


MOST_CODES = 50_000


def codes_below(element: Element, above: Path = ()) -> Iterator[tuple[str, Path, str]]:
    """GUID, path and description of every code, each before the codes below it."""
    for code in element.findall("Code"):
        path = (*above, clean(code.get("name") or "") or "(code without a name)")
        yield guid(code.get("guid")), path, text_of(code, "Description")
        yield from codes_below(code, path)


def names_of(root: Element, group: str, tag: str) -> dict[str, str]:
    """Names by GUID of users, variables, cases: ``names_of(root, "Users", "User")``."""
    found = root.find(group)
    members = found.findall(tag) if found is not None else []
    named = ((member.get("guid"), member.get("name") or member.get("id") or "") for member in members)
    return {guid(key): clean(name) for key, name in named}


def codebook_notes(root: Element, kind: str) -> Iterator[str]:
    """What is unusual about the root of a project or codebook."""
    space = root.get("xmlns") or ""
    if space != f"urn:QDA-XML:{kind}:1.0":
        yield f"the namespace is {space or 'missing'!r}, not 'urn:QDA-XML:{kind}:1.0'; read all the same"
