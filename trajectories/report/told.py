"""The statements of an analysis, sorted for the page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from trajectories.findings.stages import Findings
from trajectories.findings.statements import About, Statement, statements
from trajectories.wording import unbroken


@dataclass(frozen=True)
class Told:
    """All statements, to be asked for by what they are about."""

    all: tuple[Statement, ...]

    @classmethod
    def by(cls, findings: Findings) -> Told:
        """The statements of an analysis."""
        return cls(tuple(statements(findings)))

    def about(self, about: About, scheme: str = "") -> list[Statement]:
        """Those about one thing, of one cohort scheme where one is named."""
        return [s for s in self.all if s.about == about and (not scheme or s.scheme == scheme)]


def said(statement: Statement, without: str = "") -> str:
    """A finding as a paragraph: the sentence, and the statistic small behind it; ``without`` a lead that
    the heading has told already."""
    plain = statement.plain.removeprefix(without)
    plain = plain[:1].upper() + plain[1:]
    behind = escape(unbroken(statement.statistic))
    statistic = f' <span class="stat">({behind})</span>' if behind else ""
    return f'<p class="finding">{escape(plain)}{statistic}</p>'
