"""A draft of the mapping file from a team's code tree, for somebody to look over."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import DateError, parse_date, parse_interval
from trajectories.coding.files.settings_file import validated
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.qda.lookup import find_named
from trajectories.coding.qda.mapping import Mapping, fold
from trajectories.coding.qda.meanings import Meaning, meaning_of
from trajectories.coding.qda.names import folded, shown, slug, split_path
from trajectories.coding.qda.segments import Export, Path
from trajectories.coding.qda.usual_events import event_called, usual_event
from trajectories.coding.qda.usual_ids import pattern_line
from trajectories.errors import SettingError

_HEAD = """\
# Draft of a mapping, made from the codes of {file}. Look over every line.
# Lines that begin with # are guesses or questions: take the # away where they are right.
# A line holds for all codes below it, until one of them has a line of its own.
title: Converted study
person:
  source: case                # whose life it is: case (else the document), document, or group
  {pattern}
dates:
  places: [comment, description, name]   # where '@2022-03/2022-09 #event !confidence' may stand
  single: ask                 # a state with one date: ask (to-do list), start, or during
"""
_BORN = ("birth", "year of birth", "date of birth", "born", "geburtsjahr", "geburtsdatum", "geburt")
_ASKED = ("interview", "interview date", "date of interview", "interviewdatum", "datum des interviews")


def suggest_mapping(export: Export, codebook: Codebook | None = None) -> str:
    """A commented mapping file in YAML, drafted from the codes and variables of an export.

    Names equal to a label or code of the codebook become lines that hold; names that are only like one become
    comments (``difflib``), as do codes that fit nothing. Without a codebook, codes at the root with others
    below them are taken for domains.
    """
    draft = _Draft(export, codebook)
    head = _HEAD.format(file=_one_line(export.file), pattern=_one_line(pattern_line(export.segments)))
    lines = [head.rstrip("\n")]
    if draft.date is not None:
        lines.append(f"  code: {_quoted(shown(draft.date))}   # its sub-codes are dates")
    lines += _section("codes", [line for path in export.codes for line in draft.code(path)])
    lines.append("ignore: []   # codes to leave out, such as [Theory, 'Location > Unclear']")
    written = (variable.name for variable in export.variables if _one_line(variable.name))
    names = {folded(_one_line(name)): name for name in written}
    lines += _section("variables", [draft.variable(name) for name in names.values()])
    return "\n".join(lines) + "\n"


def exact_mapping(export: Export, codebook: Codebook) -> Mapping:
    """The mapping of a team that coded with the codebook itself: names that are equal, no guesses."""
    return mapping_in(suggest_mapping(export, codebook), f"drafted mapping of {export.file}")


def mapping_in(text: str, name: str) -> Mapping:
    """The mapping that a YAML text holds. Raises SettingError with the line of what is not allowed."""
    return validated(parse_yaml(text, name), Mapping, name, SettingError)


def _section(key: str, lines: list[str]) -> list[str]:
    """A group of lines under a key; ``{}`` beside the key while all of them are comments."""
    empty = all(line.startswith("#") for line in lines)
    head = f"{key}: {{}}   # take '{{}}' away with the first #" if empty and lines else f"{key}:"
    return [head if lines else f"{key}: {{}}", *(f"  {line}" for line in lines)]


class _Draft:
    """The lines of a draft, one code after another."""

    def __init__(self, export: Export, codebook: Codebook | None) -> None:
        self.codebook = codebook
        self.counts = Counter(segment.code for segment in export.segments)
        below: dict[Path, list[str]] = defaultdict(list)
        for path in export.codes:
            below[path[:-1]].append(path[-1])
        self.below = below
        dates = (path for path in export.codes if below[path] and all(map(_is_date, below[path])))
        self.date = next(dates, None)
        self.meanings: dict[Path, Meaning] = {(): Meaning()}
        self.written: set[Path] = set()

    def code(self, path: Path) -> Iterator[str]:
        """The line of a code; none for dates, headings, values, and codes below ones that fit nothing.

        A code whose name itself holds the mark between steps has none either: no line could name it.
        """
        if self.date is not None and path[: len(self.date)] == self.date:
            return
        if fold(path) in self.written or fold(split_path(_one_line(shown(path)))) != fold(path):
            return
        self.written.add(fold(path))
        meaning = self.meaning(path)
        count = f"{self.counts[path]:,} segment" + ("" if self.counts[path] == 1 else "s")
        key = _quoted(shown(path))
        if meaning.rule and not meaning.near:
            yield f"{key}: {meaning.rule}   # {count}"
        elif meaning.rule:
            yield f"# {key}: {meaning.rule}   # {count}; is it {self.asked(meaning.near)}?"
        elif not meaning.known and (len(path) == 1 or self.meanings[path[:-1]].known):
            yield f"# {key}: {{}}   # {count}; the codebook has nothing like it"

    def meaning(self, path: Path) -> Meaning:
        above = self.meanings.get(path[:-1], Meaning())
        if self.codebook is not None:
            found = meaning_of(path[-1], above, self.codebook)
        elif len(path) > 1:
            found = Meaning(heading="state")
        elif self.below[path]:
            found = Meaning(f"{{domain: {slug(path[0])}}}")
        else:
            near = "" if usual_event(path[0]) else "an event"
            found = Meaning(f"{{event: {event_called(path[0])}}}", near=near)
        self.meanings[path] = found if not found.near else Meaning(found.rule, found.near)
        return found

    def asked(self, near: str) -> str:
        """A label in quotation marks; without a codebook there are no labels."""
        return near if self.codebook is None else repr(_one_line(near))

    def variable(self, name: str) -> str:
        """The line of one variable."""
        key, plain = _quoted(name), folded(name.rpartition(":")[2])
        for meaning, words in (("birth", _BORN), ("interview", _ASKED)):
            if plain in words:
                return f"{key}: {meaning}"
        if self.codebook is None:
            return f"{key}: {slug(plain)}"
        known = [(one.name, one.label) for one in self.codebook.attributes]
        if found := find_named(plain, known):
            return f"{key}: {found}"
        labels = {folded(label): code for code, label in known}
        near = get_close_matches(plain, list(labels), n=1)
        return f"# {key}: {labels[near[0]]}   # is it this?" if near else f"# {key}: ?   # nothing is like it"


def _is_date(text: str) -> bool:
    try:
        return bool(parse_interval(text)) if "/" in text else parse_date(text).is_known
    except DateError:
        return False


def _quoted(text: str) -> str:
    """A key that YAML reads as it stands."""
    return json.dumps(_one_line(text), ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
