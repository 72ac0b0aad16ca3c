"""A study's codebook as a REFI-QDA codebook (``.qdc``), for a team to code with from the start; and back."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from trajectories.coding.codebook import Codebook, State
from trajectories.coding.problems import ReadingError
from trajectories.coding.qda.names import clean, slug
from trajectories.coding.qda.refi_codes import text_of
from trajectories.coding.qda.refi_file import open_refi
from trajectories.errors import SettingError, StudyError

_SPACE = "urn:QDA-XML:codebook:1.0"
_OURS = uuid.UUID("5b0b4d54-3b1f-5c0e-9d5e-6f2f0a7c1f11")
_MARK = "[trajectories {"
_HEADINGS = {"events": "Events", "attributes": "Attributes", "ties": "Support"}


def write_qdc(codebook: Codebook, path: Path) -> None:
    """Write the codebook as ``.qdc``: a code for each domain, state, event, attribute, and word of ties.

    What REFI-QDA has no place for (codes, ranks) stands in brackets at the end of a description, so that
    ``read_qdc`` gives the same codebook back. GUIDs follow from the codes: a second export has the same.
    Raises StudyError when the file is already there.
    """
    root = Element("CodeBook", {"xmlns": _SPACE, "origin": "trajectories"})
    codes = SubElement(root, "Codes")
    for i, domain in enumerate(codebook.domains):
        about = {"domain": domain.name}
        if i == 0:
            about |= {"title": codebook.title, "version": codebook.version}
        element = _code(codes, domain.label, domain.definition, domain.colour, about, domain.name)
        _states(element, domain.states, domain.name)
    for heading, entries in _groups(codebook):
        top = _code(codes, _HEADINGS[heading], "", None, {"heading": heading}, heading)
        for about, label, definition, words in entries:
            key = f"{heading}/{about['code']}"
            element = _code(top, label, definition, None, about, key)
            for word, shown in words:
                _code(element, shown, "", None, {"code": word}, f"{key}/{word}")
    indent(root)
    try:
        with path.open("xb") as file:
            file.write(tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    except FileExistsError:
        raise StudyError(f"{path}: this file is already there, and nothing is overwritten. "
                         "Choose another name.") from None
    except OSError as error:
        raise StudyError(f"{path}: the codebook cannot be written there ({error.strerror}).") from None


_Entry = tuple[dict[str, Any], str, str, list[tuple[str, str]]]


def _groups(codebook: Codebook) -> Iterator[tuple[str, list[_Entry]]]:
    """Headings with their entries: what to remember, label, definition, words below."""
    if codebook.events:
        yield "events", [({"code": kind.name}, kind.label, kind.definition, []) for kind in codebook.events]
    if codebook.attributes:
        yield "attributes", [
            ({"code": one.name, "any": one.values is None}, one.label, one.definition,
             list((one.values or {}).items())) for one in codebook.attributes
        ]
    if codebook.ties:
        words = {field: [(word, word.replace("_", " ")) for word in found]
                 for field, found in codebook.ties.items()}
        yield "ties", [({"code": field}, field.capitalize(), "", listed) for field, listed in words.items()]


def _states(parent: Element, states: Iterable[State], key: str) -> None:
    for state in states:
        about = {"code": state.code} | ({} if state.rank is None else {"rank": state.rank})
        element = _code(parent, state.label, state.definition, state.colour, about, f"{key}/{state.code}")
        _states(element, state.states, f"{key}/{state.code}")


def _code(
    parent: Element, label: str, definition: str, colour: str | None, about: dict[str, Any], key: str
) -> Element:
    own = {"guid": str(uuid.uuid5(_OURS, key)), "name": _writable(label), "isCodable": "true"}
    element = SubElement(parent, "Code", own | ({"color": colour} if colour else {}))
    about = about | ({"label": label} if clean(_writable(label)) != label else {})
    mark = f"[trajectories {json.dumps(about, ensure_ascii=True)}]"
    SubElement(element, "Description").text = f"{_writable(definition)}\n{mark}".strip()
    return element


def _writable(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def read_qdc(path: Path) -> Codebook:
    """The codebook that a ``.qdc`` (or a ``.qdpx``) holds.

    One written by ``write_qdc`` comes back as it was. In others, codes at the root with codes below them are
    domains, and those without are the states of a domain called ``other``; codes follow from names. Raises
    ReadingError when there are no codes.
    """
    with open_refi(path) as file:
        root = file.root
        codes = root.find("Codes") if root.tag == "CodeBook" else root.find("CodeBook/Codes")
        roots = codes.findall("Code") if codes is not None else []
        if not roots:
            hint = "Export the codebook from the QDA program once more."
            raise ReadingError(file.name, 0, "there are no codes in it", hint, "empty_file")
    found = [(code, *_about(code)) for code in roots]
    book: dict[str, Any] = {"domains": [], "events": [], "attributes": [], "ties": {}}
    alone: list[dict[str, Any]] = []
    for code, definition, about in found:
        book |= {key: about[key] for key in ("title", "version") if key in about}
        if about.get("heading") in _HEADINGS:
            book[about["heading"]] = _heading(about["heading"], code)
        elif states := _states_in(code):
            name = _free(about.get("domain") or slug(_name(code)), {one["name"] for one in book["domains"]})
            book["domains"].append({"name": name, **_described(code, definition, about), "states": states})
        else:
            alone.append({"code": _free(slug(_name(code)), {one["code"] for one in alone}),
                          **_described(code, definition, about)})
    if alone:
        name = _free("other", {one["name"] for one in book["domains"]})
        book["domains"].append({"name": name, "label": "Other codes", "states": alone})
    try:
        return Codebook(**book)
    except SettingError as error:
        what, hint = f"its codes make no codebook ({error})", "Change the names of these codes."
        raise ReadingError(path.name, 0, what, hint, "wrong_type") from None


def _heading(heading: str, top: Element) -> Any:
    entries = [(code, *_about(code)) for code in top.findall("Code")]
    if heading == "ties":
        return {about.get("code") or slug(_name(code)): [_word(word) for word in code.findall("Code")]
                for code, _, about in entries}
    listed = []
    for code, definition, about in entries:
        entry = {"name": about.get("code") or slug(_name(code)), **_described(code, definition, about)}
        values = {_word(word): _about(word)[1].get("label") or _name(word) for word in code.findall("Code")}
        if heading == "attributes" and (values or about.get("any") is False):
            entry["values"] = values
        entry.pop("colour", None)
        listed.append(entry)
    return listed


def _states_in(parent: Element) -> list[dict[str, Any]]:
    states: list[dict[str, Any]] = []
    for code in parent.findall("Code"):
        definition, about = _about(code)
        taken = {state["code"] for state in states}
        own = _free(about.get("code") or slug(_name(code)), taken)
        rank = {"rank": about["rank"]} if "rank" in about else {}
        inner = {"states": _states_in(code)}
        states.append({"code": own, **_described(code, definition, about), **rank, **inner})
    return states


def _described(code: Element, definition: str, about: dict[str, Any]) -> dict[str, Any]:
    colour = code.get("color") or ""
    written: dict[str, Any] = {"label": about.get("label") or _name(code), "definition": definition}
    return written | ({"colour": colour} if re.fullmatch(r"#[0-9a-fA-F]{6}", colour) else {})


def _about(code: Element) -> tuple[str, dict[str, Any]]:
    """The description of a code, and what ``write_qdc`` noted in it."""
    text = text_of(code, "Description")
    before, mark, rest = text.rpartition(_MARK)
    if not mark or not rest.endswith("}]"):
        return text, {}
    try:
        about = json.loads("{" + rest[:-1])
    except (ValueError, RecursionError):
        return text, {}
    return clean(before), {key: value for key, value in about.items() if isinstance(value, str | int | float)}


def _word(code: Element) -> str:
    return str(_about(code)[1].get("code") or slug(_name(code)))


def _name(code: Element) -> str:
    return clean(code.get("name") or "") or "(code without a name)"


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(f"{name}_{i}" for i in range(2, len(taken) + 3) if f"{name}_{i}" not in taken)


