"""What is written is read again as it was: codebooks, studies in every form of table, biographies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.material import changed
from trajectories.coding.biography import Episode, Event, Person, Source, Tie
from trajectories.coding.codebook import Codebook
from trajectories.coding.dating.dates import UNKNOWN, parse_date, parse_interval
from trajectories.coding.files.read_biographies import read_biography
from trajectories.coding.files.read_study import read_study
from trajectories.coding.files.reading import Reading
from trajectories.coding.files.settings_file import validated
from trajectories.coding.files.study_files import as_yaml, plain_codebook
from trajectories.coding.files.text_files import TextFile
from trajectories.coding.files.write_study import TableForm, write_study
from trajectories.coding.files.yaml_lines import parse_yaml
from trajectories.coding.study import Study

HERE = Source("x", 1)
plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=12)
texts = plain.map(str.strip).filter(lambda text: not text.startswith(tuple("=+-@")))
"""Without what a spreadsheet would compute: in CSV an apostrophe is put before it, and stays."""
said = texts.filter(bool)
codes = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
dates = st.sampled_from(["2022", "2022-03~", "..", "", "201X", "[2022-02,2022-05]", "2022-21?", "2022-03-05"])


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    def states(depth: int) -> dict[str, Any]:
        return {code: {"label": draw(said), "definition": draw(texts)}
                | ({"states": states(0)} if depth and draw(st.booleans()) else {})
                for code in draw(st.lists(codes, min_size=1, max_size=3, unique=True))}  # fmt: skip

    return Codebook.model_validate({
        "title": draw(texts),
        "domains": {name: {"label": draw(said), "states": states(1)}
                    for name in draw(st.lists(codes, min_size=1, max_size=3, unique=True))},
        "events": {"departure": {"label": draw(said), "definition": draw(texts)}},
        "attributes": {"gender": {"label": draw(said), "values": {"woman": draw(said), "man": draw(said)}},
                       "work": {"label": draw(said)}},
        "ties": {"direction": ["received", "given"], "resource": ["housing"]},
    })  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(codebooks())
def test_a_codebook_in_yaml(book: Codebook) -> None:
    assert validated(parse_yaml(as_yaml(plain_codebook(book)), "c.yaml"), Codebook, "c.yaml") == book


@st.composite
def studies(draw: st.DrawFn) -> Study:
    book = draw(codebooks())
    names = st.from_regex(r"[A-Z]{2}-[0-9]{1,3}", fullmatch=True)
    ids = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    domain = book.domains[0]
    people, episodes, events, ties = [], [], [], []
    for person in ids:
        start, end = parse_interval(draw(st.sampled_from(["2014/2023", "/", "2014/"])))
        birth = parse_date(draw(dates.filter(lambda date: date != "..")))
        attributes = {"work": work} if (work := draw(texts)) else {}
        people.append(Person(person, HERE, birth, UNKNOWN, start, attributes, end))
        begin, until = parse_interval(draw(st.sampled_from(["2014/2022-03~", "../2020", "2020/..", "2020/"])))
        episodes.append(Episode(person, domain.name, domain.states[0].code, begin, until, HERE, draw(texts),
                                draw(texts), "high"))  # fmt: skip
        when = parse_date(draw(dates.filter(lambda date: date != "..")))
        events.append(Event(person, "departure", when, HERE,
                            "d1", draw(texts), draw(texts)))  # fmt: skip
        ties.append(Tie(person, parse_date("2022"), "received", "housing", "", HERE, quote=draw(texts)))
    return Study("Made", Path("."), book, tuple(people), tuple(episodes), tuple(events), tuple(ties))


def coded(study: Study) -> list[Any]:
    """Everything coded, without the places it was read from; a quote that is empty is none."""
    parts = (study.people, study.episodes, study.events, study.ties)
    found = [changed(one, source=HERE) for part in parts for one in part]
    return [changed(one, quote=one.quote or "") if hasattr(one, "quote") else one for one in found]


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(study=studies())
def test_a_study_in_tables(tmp_path_factory: pytest.TempPathFactory, form: TableForm, study: Study) -> None:
    folder = tmp_path_factory.mktemp("made")
    write_study(study, folder / "s", form)
    again = read_study(folder / "s", quotes=True)
    assert again.reading_problems == ()
    assert again.codebook == study.codebook
    assert coded(again) == coded(study)


@settings(deadline=None, max_examples=25)
@given(studies())
def test_a_biography_in_yaml(study: Study) -> None:
    for person, episode, event in zip(study.people, study.episodes, study.events, strict=True):
        document = {
            "id": person.id, "birth": person.birth.text, "attributes": dict(person.attributes),
            "episodes": {episode.domain: [{"state": episode.state, "start": episode.start.text,
                                           "end": episode.end.text, "quote": episode.quote,
                                           "coder": episode.coder, "confidence": "high"}]},
            "events": [{"event": event.kind, "when": event.date.text, "id": "d1", "label": event.label}],
        }  # fmt: skip
        reading = Reading(study.codebook, quotes=True)
        read_biography(TextFile("p.yaml", as_yaml(document), ""), reading)
        assert reading.problems == []
        (again,), (stretch,), (moment,) = reading.people, reading.episodes, reading.events
        assert (again.id, again.birth, again.attributes) == (person.id, person.birth, person.attributes)
        assert changed(stretch, source=HERE, quote=stretch.quote or "") == episode
        assert (moment.date, moment.label) == (event.date, event.label)
