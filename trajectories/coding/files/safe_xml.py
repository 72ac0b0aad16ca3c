"""XML from outside: read without document types, entities or deep nesting, or refused."""

from __future__ import annotations

from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from trajectories.coding.problems import ReadingError

_DEEPEST = 200
_MOST = 1_000_000
"""Elements of the largest document that is read."""


class _Started(Exception):  # noqa: N818
    """The document has begun: no document type can follow."""


def parse_xml(raw: bytes, name: str) -> Element:
    """The root element, tags and attributes without their namespace; the root keeps it as ``xmlns``.

    Raises ReadingError with the line for XML that is not well-formed, for a document type or entities (they
    can read other files or fill the memory), for nesting beyond 200 levels, and for
    more than a million elements.
    """
    builder, depth, count = TreeBuilder(), [0], [0]

    def start(tag: str, attributes: dict[str, str]) -> None:
        depth[0] += 1
        count[0] += 1
        if depth[0] > _DEEPEST or count[0] > _MOST:
            what = f"elements are nested more than {_DEEPEST} levels deep or number more than {_MOST:,}"
            raise ReadingError(name, parser.CurrentLineNumber, what, _AGAIN, "too_large")
        space, _, local = tag.rpartition("}")
        own = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        builder.start(local, own | ({"xmlns": space} if depth[0] == 1 else {}))

    def end(tag: str) -> None:
        depth[0] -= 1
        builder.end(tag.rpartition("}")[2])

    parser = _parser(name)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    _feed(parser, raw, True, name)
    return builder.close()


def refuse_document_type(stream: IO[bytes], name: str) -> None:
    """Read an XML part up to its first element. Raises ReadingError when it declares a document type."""

    def started(tag: str, attributes: dict[str, str]) -> None:
        raise _Started

    parser = _parser(name)
    parser.StartElementHandler = started
    try:
        for _ in range(64):
            chunk = stream.read(1 << 14)
            _feed(parser, chunk, not chunk, name)
            if not chunk:
                return
    except _Started:
        return
    raise ReadingError(name, 1, "this part of the file has no content for a very long stretch", _AGAIN)


_AGAIN = "Export it again from the program it comes from."


def _parser(name: str) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        what = "the file declares a document type or entities, which no program writes here"
        raise ReadingError(name, parser.CurrentLineNumber, what,
                           "It is not read, because such files can be made to do harm. " + _AGAIN)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, raw: bytes, last: bool, name: str) -> None:
    try:
        parser.Parse(raw, last)
    except expat.ExpatError as error:
        what = f"this is not well-formed XML ({expat.ErrorString(error.code)})"
        raise ReadingError(name, error.lineno, what, _AGAIN) from None
    except ReadingError:
        raise
    except (LookupError, ValueError) as error:
        raise ReadingError(name, 1, f"the encoding of this XML cannot be read ({error})", _AGAIN) from None
