"""Regular expressions that find a person's id in a name, as long as they cannot take for ever."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import lru_cache
from math import comb
from typing import NamedTuple
from warnings import catch_warnings, simplefilter

from trajectories.errors import SettingError

LONGEST = 200
"""Characters of the longest pattern."""
MOST_WORK = 50_000_000
"""Ways to lay a pattern over a name that may be tried at worst: a second."""
PATIENCE = 5.0
"""Seconds of the processor for all names of an export; those of an ordinary one take milliseconds."""
_PIECE = re.compile(
    r"\\(?:[1-9][0-9]?|.)"  # an escaped sign, or a reference to a group
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"  # a class
    r"|\((?:\?(?:P<[^>]*>|[:#=!>(]|P=|<[=!]|[^)]*))?"  # the beginning of a group, with its kind
    r"|[*+?][+?]?|\{[0-9]*,?[0-9]*\}[+?]?"  # how often the piece before comes
    r"|.",
    re.DOTALL,
)
_VARYING = re.compile(r"[*+?]|\{[0-9]*,")
_OFTEN = re.compile(r"[*+]|\{(?:[0-9]*,|0*[2-9]|0*1[0-9])")
_USED = re.compile(r"\((?:\?:|\?i|\?P<.*)?")
_HINT = "An id is found by a pattern such as [A-Z]{2}-[0-9]+."


class Pattern(NamedTuple):
    """A pattern with what its work depends on."""

    compiled: re.Pattern[str]
    repeated: int
    """Parts that may be longer or shorter (``*``, ``+``, ``{2,5}``)."""
    choices: int
    """Ways to choose among alternatives (``|``) and to leave something out (``?``)."""

    def fits_in(self, length: int) -> bool:
        """Whether a name of so many characters is looked through in about a second at worst:
        ``C(n + k + 1, k + 1)`` starts and lengths of the ``k`` repeated parts, for every choice."""
        return comb(length + self.repeated + 1, self.repeated + 1) * self.choices <= MOST_WORK


@lru_cache(maxsize=16)
def person_pattern(written: str) -> Pattern:
    """The pattern, compiled.

    Refused with ValueError are what is no regular expression, and what can be tried in a number of ways that
    doubles with every character of a name: a repeated group in which something repeats, may be left out or is
    chosen, references to groups, and looking ahead or back.

    >>> person_pattern("(RU|BY)-[0-9]+")[1:]
    (1, 2)
    """
    if len(written) > LONGEST:
        raise ValueError(f"a pattern of {len(written):,} characters is too long; at most {LONGEST} are read. "
                         f"{_HINT}")  # fmt: skip
    try:
        with catch_warnings():
            simplefilter("ignore", FutureWarning)  # of Python, about its own later versions
            compiled = re.compile(written)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{written!r} is not a regular expression ({error})") from None
    return Pattern(compiled, *_counted(written))


def patient(id_of: Callable[[str, str, str], str]) -> Callable[[str, str, str], str]:
    """The same way from names to ids, which remembers its answers and gives up when they take too long.

    Raises SettingError then, so that no pattern keeps anybody waiting.
    """
    spent = 0.0

    @lru_cache(maxsize=4096)
    def timed(case: str, document: str, group: str) -> str:
        nonlocal spent
        began = time.process_time()
        person = id_of(case, document, group)
        spent += time.process_time() - began
        if spent > PATIENCE:
            raise SettingError("person: the pattern takes too long on the names in this export. Write it "
                               f"with fewer *, +, ? and |. {_HINT}")  # fmt: skip
        return person

    return timed


class _Group:
    """A part in brackets that is being read."""

    def __init__(self) -> None:
        self.alternatives = 1
        self.varies = False


def _counted(written: str) -> tuple[int, int]:
    """How many parts repeat, and how many choices there are. Raises ValueError for what is refused."""
    repeated, choices, groups, closed = 0, 1, [_Group()], False
    for piece in _PIECE.findall(written):
        varied, closed = closed, False
        if piece[0] == "(" or re.fullmatch(r"\\[1-9][0-9]?", piece):
            _refuse_unused(piece, written)
            groups.append(_Group())
        elif piece == ")":
            group = groups.pop()
            choices *= group.alternatives
            closed = group.varies or group.alternatives > 1
            groups[-1].varies |= closed
        elif piece == "|":
            groups[-1].alternatives += 1
        elif varied and _OFTEN.match(piece):
            what = f"{written!r} repeats ({piece}) a group in which something repeats, may be left out or is"
            raise ValueError(f"{what} chosen; on a long name that can take for ever. Write the parts one "
                             f"after the other. {_HINT}")  # fmt: skip
        elif _VARYING.match(piece):
            groups[-1].varies = True
            repeated, choices = (repeated, 2 * choices) if piece[0] == "?" else (repeated + 1, choices)
    return repeated, choices * groups[0].alternatives


def _refuse_unused(piece: str, written: str) -> None:
    if not _USED.fullmatch(piece):
        raise ValueError(f"{written!r} has {piece!r} in it, which is not read here. A pattern may have "
                         "letters, [classes], (groups), (?:groups), (?P<id>groups), (?i), |, *, +, ?, "
                         f"{{2}}, {{2,5}}, ^ and $. {_HINT}")  # fmt: skip
