"""What the panes hold, without a browser: they show what the library found, and nothing it did not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import dashboard
from dashboard.panes import (
    beside,
    cohorts,
    descriptions,
    fill,
    person,
    quotes,
    standing,
    trust,
    types,
    types_by_cohort,
)
from dashboard.panes.settings import settings
from dashboard.session import Board, Session
from trajectories.coding.files.read_study import read_quotes, read_study
from trajectories.disclosure.small_groups import FEWEST
from trajectories.errors import SettingError
from trajectories.figures.figure import Bars, Points, Stack, Tiles
from trajectories.figures.timeline import plot_timeline
from trajectories.findings import run

MATERIAL = Path(__file__).parents[1] / "material"


@pytest.fixture(scope="module")
def board(session: Session) -> Board:
    return session.board(session.start)


def private(session: Session, **change: object) -> Board:
    return session.board(replace(session.start, privacy=True, **change))  # type: ignore[arg-type]


def everything(board: Board, who: str | None) -> list[object]:
    """What all panes are filled with."""
    return [fill.fill(board, who, 900), fill.fill_types(board, who, 900), person.fill(board, who, 380)]


def test_it_shows_what_run_finds(session: Session, board: Board) -> None:
    findings = run(session.study, session.base)
    assert board.findings.shown.ids == findings.shown.ids
    assert board.findings.types.medoids == findings.types.medoids
    assert fill.fill(board, None, 900)["count"][0].children == f"{findings.shown.n:,}"


def test_a_plan_with_a_rule_for_weights_opens_and_tells_what_it_found(session: Session) -> None:
    other = Session(session.study, session.base.changed(measure={"weights": "equalised"}))
    board = other.board(other.start)
    found = board.findings.plan.measure.by_hand
    told = types.statement(board, board.findings.statements())[1]
    assert told.endswith(f"domains count by rule: location {found['location']:g}, legal status "
                         f"{found['legal']:g}, activism {found['activism']:g}, emotion {found['emotion']:g}")
    assert board.plan.measure.rule == "equalised"
    assert "weights: equalised" in board.plan.yaml()
    assert "All alike" in str(settings(board.choices, other.offers, other.base))
    by_hand = session.board(replace(session.start, weights="equalised"))
    assert by_hand.findings.types.medoids == board.findings.types.medoids
    assert "By hand: Location 2" in str(settings(session.start, session.offers, session.base))
    assert "by rule" not in types.statement(session.board(session.start), board.findings.statements())[1]


def test_trust_is_left_until_it_is_asked_for(session: Session, board: Board) -> None:
    assert board.findings.date_stability is None
    assert board.findings.bootstrap is None
    assert board.plan.stability == session.base.stability
    assert session.asked_of_trust.draws == 20


def test_a_life_is_compared_with_the_one_that_stands_for_its_type(session: Session) -> None:
    board = session.board(session.start)
    types, diss = board.findings.types, board.findings.dissimilarities
    person = next(who for who in types.members(2) if who != types.medoids[2])
    assert beside.offer(board, person)
    assert not beside.offer(board, types.medoids[2])
    told = str(beside.fill(board, person, 380)[-1])
    whole = re.search(r"Together ([\d.]+) \(", told)
    assert whole is not None
    assert float(whole[1]) == pytest.approx(diss.between(person, types.medoids[2]), rel=1e-5)


def test_a_measure_without_an_alignment_is_said(session: Session) -> None:
    board = session.board(replace(session.start, aligned=("legal",), measure="subsequence_vectors"))
    with pytest.raises(SettingError, match="no alignment of two lives by subsequence vectors"):
        beside.fill(board, board.findings.types.members(0)[-1], 380)



def test_trust_tells_nothing_in_the_privacy_view(session: Session, board: Board) -> None:
    hidden = private(session)
    places = trust.fill(hidden, session.trusted(session.start), 900)
    assert places == trust.nothing(places["findings"])
    assert "privacy" in str(places["findings"])
    assert trust.fill(board, session.trusted(session.start), 900)["people"]


def test_types_in_words_are_the_librarys_and_say_whom_they_are_about(session: Session, board: Board) -> None:
    found = session.described(session.start)
    assert found.sentences() == run(session.study, session.base).descriptions.sentences()
    texts, note = descriptions.fill(board, found)
    assert [one.children[0].children for one in texts.children] == list(board.findings.types.names)
    assert [len(one.children[1].children) for one in texts.children] == list(map(len, found.courses))
    assert note.children == [found.note]
    women = session.board(replace(session.start, where=(("gender", ("woman",)),)))
    whom = descriptions.fill(women, session.described(women.choices))[1].children[0]
    assert whom.startswith(f"Told of all {board.findings.lives.n} people")
    assert f"of the {women.findings.shown.n} shown" in whom


def test_types_in_words_tell_nothing_in_the_privacy_view(session: Session) -> None:
    (said,) = descriptions.fill(private(session), session.described(session.start))
    assert said.children == "Not shown in the privacy view: it tells of few people."


def test_the_types_figure_is_the_librarys(board: Board) -> None:
    figure = types.figure(board)
    sizes = [n for n in board.findings.shown_types.sizes if n]
    rows = [len(mark.rows) for panel in figure.panels for mark in panel.marks if isinstance(mark, Tiles)]
    assert [n for n in rows if n > 1] == [n for n in sizes if n > 1]


def test_left_out_people_are_counted_by_reason(session: Session) -> None:
    board = session.board(replace(session.start, where=(("gender", ("woman",)),)))
    told = fill.left_out(board)
    assert told is not None
    missing = len(session.study.people) - board.findings.shown.n
    assert told.children[0].children == f"{missing:,} not shown: why?"
    assert sum(int(line.children[0].children) for line in told.children[1].children) == missing


def test_badges_say_type_closeness_and_cohort(board: Board) -> None:
    found = board.findings
    medoid = found.types.medoids[0]
    said = [badge.children for badge in standing.badges(board, medoid)]
    assert said[:2] == [found.types.names[0], "medoid: the most typical life"]
    groups = board.groups
    assert groups is not None
    unsure = next(one for one in found.types.ids if one in groups.ambiguous)
    assert any("ambiguous" in badge.children for badge in standing.badges(board, unsure))


def test_somebody_left_out_is_told_why(board: Board) -> None:
    who, why = board.findings.lives.left_out[0]
    assert standing.badges(board, who)[0].children == f"left out: {why}"


def test_quotes_are_those_of_the_files(session: Session, board: Board) -> None:
    medoid = board.findings.types.medoids[0]
    said = read_quotes(session.study, medoid)
    assert len(quotes.cards(session.study, medoid)) == len(said) > 0
    text = str(quotes.cards(session.study, medoid))
    plain = [quote for quote in said.values() if quote.replace(" ", "").isalpha()]
    assert all(quote in text for quote in plain)


def test_every_quoted_episode_is_found_in_the_timeline(session: Session) -> None:
    for who in session.study.ids[:25]:
        marks = plot_timeline(session.study, who).panels[0].marks
        drawn = {bar.key for mark in marks if isinstance(mark, Bars) for bar in mark.bars}
        drawn |= {point.key for mark in marks if isinstance(mark, Points) for point in mark.points}
        keys = {getattr(card.drawn, "data-key") for card in quotes.cards(session.study, who)}
        assert keys - {""} <= drawn


def test_the_page_holds_no_quotes_until_a_person_is_opened(session: Session, board: Board) -> None:
    some = next(iter(read_quotes(session.study, board.findings.types.medoids[0]).values()))
    assert some not in str(everything(board, None))


def test_the_privacy_view_has_no_single_life(session: Session) -> None:
    board = private(session)
    for figure in (types.figure(board), cohorts.figure(board)):
        assert figure is not None
        assert all(isinstance(panel.marks[0], Stack) for panel in figure.panels)
        assert not any(isinstance(mark, Tiles) for panel in figure.panels for mark in panel.marks)
        assert not {"n", "observed"} & set(figure.table.columns)
        assert all(abs(share * 20 - round(share * 20)) < 1e-9 for share in figure.table["share"].dropna())
    assert person.options(board, board.findings.types.medoids[0]) == []
    medoid = board.findings.types.medoids[0]
    filled = str(everything(board, medoid))
    assert not [one for one in session.study.ids if one in filled]


def test_the_privacy_view_has_no_small_group(session: Session) -> None:
    board = private(session, k=10)
    small = {t for t, people in board.members.items() if len(people) < FEWEST}
    drawn = {panel.title for panel in types.figure(board).panels if panel.title}
    names = board.findings.types.names
    assert drawn == {names[t] for t in board.members if t not in small}


def test_a_small_cell_withholds_the_table_by_cohort(session: Session) -> None:
    sentence, statistic, inside = types_by_cohort.fill(private(session, k=10, scheme="ru_waves"))
    assert (sentence, statistic) == ("", "")
    assert "fewer than 5 people" in inside[0].children


def test_a_refusal_names_the_switch_that_is_on_the_page(session: Session, board: Board) -> None:
    with pytest.raises(SettingError) as refused:
        session.board(replace(session.start, clock="age", complete=True))
    named = re.findall(r"switch off '([^']+)'", str(refused.value))
    assert named == ["Only lives observed throughout"]
    assert named[0] in str(settings(board.choices, session.offers, session.base))


@pytest.mark.parametrize("hidden", [False, True])
def test_where_nothing_can_be_analysed_single_lives_can_still_be_opened(hidden: bool) -> None:
    """As with the first interviews; not in the privacy view."""
    first = Session(read_study(MATERIAL / "one_person"))
    choices = replace(first.start, privacy=hidden)
    with pytest.raises(SettingError) as why:
        first.board(choices)
    places = fill.nothing(first, choices, str(why.value))
    assert set(places) <= set(fill.PLACES)
    assert str(why.value) in str(places["alert"])
    (who,) = first.study.ids
    offered = [item["value"] for group in places["people"] for item in group["items"]]
    assert offered == ([] if hidden else [who])
    life = str(person.alone(first.study, choices, who, 380))
    said = next(iter(read_quotes(first.study, who).values()))
    assert (said in life) is not hidden
    assert (who in life or "Born" in life) is not hidden
    assert "Choose a person" in str(person.alone(first.study, replace(choices, privacy=False), None, 380))


def test_cohorts_that_cannot_be_compared_leave_the_rest(session: Session) -> None:
    plan = session.base.changed(people={"where": {"origin_country": ["russia"]}, "complete": False})
    other = Session(session.study, plan)
    board = other.board(replace(other.start, scheme="az_waves"))
    why, statistic, inside = types_by_cohort.fill(board)
    assert "needs people in at least two groups" in why
    assert (statistic, inside) == ("", [])


COMPUTING = {
    "pandas", "numpy", "scipy", "sklearn", "statsmodels", "numba", "matplotlib", "tslearn", "kmedoids",
}  # fmt: skip


FILES = sorted(Path(dashboard.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_imports_nothing_that_computes(file: Path) -> None:
    assert not COMPUTING & set(_imported(ast.parse(file.read_text(encoding="utf-8"))))


def _imported(node: ast.AST) -> Iterator[str]:
    """The top-level packages that a module really imports, not those under ``if TYPE_CHECKING``."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Import):
        yield from (name.name.partition(".")[0] for name in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").partition(".")[0]
    for inner in ast.iter_child_nodes(node):
        yield from _imported(inner)
