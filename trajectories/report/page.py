"""The report as one page of HTML: it holds its own pictures and style, and needs neither network nor
scripts."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from trajectories.findings.stages import Findings
from trajectories.findings.words import window
from trajectories.report.pictures import Drawn, Pictures
from trajectories.report.sections import (
    again,
    cohorts,
    left_out,
    lives,
    methods_section,
    short,
    single_lives,
    trust,
    types,
)
from trajectories.report.told import Told
from trajectories.wording import joined, people

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What the browser may load for the page: nothing but what the page holds itself."""


def page(findings: Findings, drawn: list[Drawn]) -> str:
    """The whole page: its sections, its pictures, and a word on who may see it."""
    told, pictures = Told.by(findings), Pictures(drawn)
    parts = [
        short(findings, told),
        lives(told, pictures),
        types(findings, told, pictures),
        cohorts(findings, told, pictures),
        trust(findings, pictures),
        single_lives(pictures),
        left_out(findings),
        methods_section(findings),
        again(findings),
    ]
    title = findings.plan.title or findings.study.title
    style = files("trajectories.report").joinpath("page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join((_head(findings, title), "<main>", *filter(None, parts), "</main>", _foot(pictures)))
        + "\n</body>\n</html>\n"
    )


def _head(findings: Findings, title: str) -> str:
    study, analysed = findings.study, findings.lives
    labels = ", ".join(study.codebook.domain(name).label.lower() for name in findings.domains)
    steps = f"{findings.plan.grid.step}s" if analysed.length > 1 else findings.plan.grid.step
    facts = [
        (f"{analysed.n:,}", f"lives analysed, of {people(len(study.people))} in the study"),
        (str(len(findings.domains)), f"side{'s' * (len(findings.domains) > 1)} of life: {labels}"),
        (str(analysed.length), f"{steps}, {window(analysed)}"),
        (str(findings.types.k), "types of trajectory"),
    ]
    items = "".join(f"<li><b>{escape(value)}</b><span>{escape(what)}</span></li>" for value, what in facts)
    lead = f'<p class="lead">An analysis of the study “{escape(study.title)}”</p>\n'
    sections = [
        ("short", "In short"), ("lives", "The lives"), ("types", "Types"),
        ("left-out", "Who is left out"), ("methods", "Methods"), ("again", "To repeat it"),
    ]  # fmt: skip
    if findings.plan.comparison.cohorts:
        sections.insert(3, ("cohorts", "Cohorts"))
    if findings.plan.stability.asked():
        sections.insert(-3, ("trust", "How far to trust it"))
    links = " ".join(f'<a href="#{key}">{text}</a>' for key, text in sections)
    return (
        f"<header>\n<h1>{escape(title)}</h1>\n{lead if title != study.title else ''}"
        f'<ul class="facts">{items}</ul>\n<nav>{links}</nav>\n</header>'
    )


def _foot(pictures: Pictures) -> str:
    """Who may see the page: it depends on whether lives of single people are drawn in it."""
    drawn = {"index plots": pictures.drew("index", "types"), "timelines": pictures.drew("timeline")}
    shown = joined([what for what, there in drawn.items() if there])
    warning = (f"Its {shown} show the lives of single people: somebody who knows one date of a life may find "
               "it there. ") if shown else ""  # fmt: skip
    return (
        f'<footer><p class="care">This page quotes nobody. {warning}The folder it came in is personal data: '
        "its tables hold one row a person. Share tables of counts and drawings of shares, rather than the "
        "whole.</p></footer>"
    )
