"""Names as different programs write them, made comparable, and turned into codes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_LATIN = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya i".replace(".", "")
_YAML_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
"""Words that YAML may read as something other than a word."""
_CYRILLIC = str.maketrans(dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяі", _LATIN.split(" "), strict=True)))


def clean(text: str) -> str:
    """A cell's text: no-break spaces count as spaces, invisible marks as nothing, line ends are one kind.

    >>> clean("\\u00a0")
    ''
    """
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_INVISIBLE).replace("\u00a0", " ").replace("\u202f", " ").strip()


@lru_cache(maxsize=1 << 14)
def folded(name: str) -> str:
    """A name to compare by: case, doubled spaces and compatibility letters do not matter."""
    return " ".join(unicodedata.normalize("NFKC", clean(name)).casefold().split())


def slug(name: str) -> str:
    """A name as a code of small letters, digits and ``_``; Cyrillic is transliterated.

    >>> slug("Schengen visa (C)"), slug("Тбилиси")
    ('schengen_visa_c', 'tbilisi')
    """
    plain = unicodedata.normalize("NFC", folded(name)).translate(_CYRILLIC)
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    word = re.sub(r"[^a-z0-9]+", "_", ascii_).strip("_")
    return word if word[:1].isalpha() and word not in _YAML_WORDS else f"code_{word}".rstrip("_")


def split_path(text: str, separator: str = " > ") -> tuple[str, ...]:
    """A code path as written in a cell: ``Location > Germany``, or NVivo's ``Codes\\\\Location\\\\Germany``.

    >>> split_path("Location > Germany")
    ('Location', 'Germany')
    """
    text = clean(text)
    if "\\\\" in text and separator not in text:
        steps = [clean(step) for step in text.split("\\\\")]
        steps = steps[1:] if folded(steps[0]) in ("codes", "nodes", "knoten") else steps
    else:
        steps = [clean(step) for step in f" {text} ".split(separator)]
    return tuple(step for step in steps if step)


def shown(path: tuple[str, ...]) -> str:
    """A code path as messages and tables give it."""
    return " > ".join(path)
