"""Types described from their numbers: how people left, what they went through, what sets them apart."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sequences.studies import study
from tests.typology.lives import lives
from trajectories.errors import SettingError
from trajectories.sequences.build import build_sequences
from trajectories.sequences.grid import Grid
from trajectories.typology.departures import departures
from trajectories.typology.description import describe_types
from trajectories.typology.typology import Typology


def typed(ids, types, names):
    first = tuple(ids[types.index(t)] for t in range(len(names)))
    return Typology(tuple(ids), np.array(types), names, first, "given", np.zeros(len(ids)))


def stays(left, *moves):
    """Somebody at home until ``left``, then in each place from its month on."""
    places = [("origin", f"../{left}")]
    for (place, start), end in zip(moves, [m[1] for m in moves[1:]] + [".."], strict=True):
        places.append((place, f"{start}/{end}"))
    legal = [("home", f"../{left}"), ("pending", f"{left}/..")]
    return {"location": places, "legal": legal}


def small():
    people = [
        ("A", stays("2020-06", ("georgia", "2020-06"), ("germany", "2021-02"))),
        ("B", stays("2020-06", ("georgia", "2020-06"), ("germany", "2021-06"))),
        ("C", stays("2020-08", ("georgia", "2020-08"))),
        ("D", stays("2020-03", ("germany", "2020-03"), ("origin", "2020-12"))),
        ("E", stays("2022-08", ("germany", "2022-08"))),
    ]
    events = [(id, "departure", coded["location"][0][1][3:]) for id, coded in people]
    return study(*people, events=events)


def test_where_people_went_and_what_came_next():
    left = departures(small(), ("A", "C", "D", "E"), "departure", "location", 10)
    assert [d.destination for d in left] == ["georgia", "georgia", "germany", "germany"]
    assert [d.origin for d in left] == ["origin"] * 4
    assert [d.onward for d in left] == ["germany", None, None, None]
    assert [d.moved_on for d in left] == [True, False, False, None]  # E was observed for four months only
    assert [d.returned for d in left] == [False, False, True, None]
    assert departures(small(), ("B",), "departure", "location", 10)[0].moved_on is False  # after twelve
    assert departures(small(), ("A",), "arrest", "location", 10) == [None]


def test_who_goes_back_after_moving_on_has_done_both():
    """Back in time, though not with the next move; too late, it is neither known nor unknown but not so."""
    there = ("georgia", "2020-06"), ("germany", "2020-12"), ("origin", "2021-06")
    coded = study(("A", stays("2020-06", *there)), events=[("A", "departure", "2020-06")])
    both, once = (departures(coded, ("A",), "departure", "location", within)[0] for within in (18, 10))
    assert (both.moved_on, both.returned, both.onward) == (True, True, "germany")
    assert (once.moved_on, once.returned) == (True, False)
    kept = build_sequences(coded, Grid(since="departure", before=2, after=4))
    text = describe_types(coded, kept, typed(("A",), [0], ("all",)), permutations=9).sentences()["all"]
    assert "1 of 1 moved on within 18 months, to Germany; 1 went back (after moving on)." in text


def test_places_that_are_as_common_are_all_named():
    """Of two places with as many people neither is the one people went to most often."""
    goes = ["georgia", "germany", "georgia", "germany"]
    people = [(f"P{i}", stays("2020-06", (place, "2020-06"))) for i, place in enumerate(goes)]
    coded = study(*people, events=[(id, "departure", "2020-06") for id, _ in people])
    kept = build_sequences(coded, Grid(since="departure", before=2, after=4))
    types = typed(kept.ids, [0, 0, 1, 1], ("apart", "others"))
    two = typed(kept.ids, [0] * 4, ("all",))
    told = {**describe_types(coded, kept, types, permutations=9).sentences(),
            **describe_types(coded, kept, two, permutations=9).sentences()}  # fmt: skip
    assert "Departure: in June 2020, most often to Georgia and Germany (2 of 4 each)." in told["all"]
    assert "Departure: in June 2020, each to another place." in told["apart"]
    assert "None of 4 moved on within 18 months; nobody went back." in told["all"]


def rows(found):
    """The table's rows by type and fact."""
    return {(row["type"], row["fact"]): row for row in found.table().to_dict("records")}


def test_texts_tell_the_numbers():
    coded = small()
    kept = build_sequences(coded, Grid(since="departure", before=2, after=4))
    types = typed(kept.ids, [0, 0, 0, 1, 1], ("through Georgia", "straight to Germany"))
    found = describe_types(coded, kept, types, permutations=99)
    assert types.describe(kept, coded, permutations=99).sentences() == found.sentences()
    text = found.sentences()
    assert text["through Georgia"].startswith(
        "through Georgia: 3 people (60\u00a0% of all). "
        "Departure: between June and August 2020, all 3 to Georgia. "
        "2 of 3 moved on within 18 months, both to Germany; nobody went back. "
        "Location: Georgia in 3, for a median of 4 months. "
        "Legal status: Pending in 3, for a median of 4 months."
    )
    assert "Nobody moved on within 18 months; 1 went back." in text["straight to Germany"]
    table = rows(found)
    row = table["through Georgia", "to:georgia"]
    assert (row["known"], row["count"], row["value"], row["rest_value"], row["effect"]) == (3, 3, 1, 0, 1)
    assert table["straight to Germany", "moved_on"]["known"] == 1
    assert "Descriptions of 2 types: through Georgia (n = 3)" in repr(found)


def test_largest_effects_come_first_and_only_those_beyond_chance_are_told():
    words = ["AAAA"] * 12 + ["BBBB"] * 12
    types = typed([f"P{i}" for i in range(24)], [0] * 12 + [1] * 12, ("a", "b"))
    found = describe_types(None, lives(words, ["AB"[i % 2] * 4 for i in range(24)]), types)
    effects = found.table().query("type == 'a'")["effect"].abs()
    assert effects.is_monotonic_decreasing
    text = found.sentences()["a"]
    told = "Set apart in these lives by Location: A, 12 of 12, against 0\u00a0% of the rest (effect +1.00"
    assert told in text
    assert "Legal: A in 6, for a median of 4 positions; B in 6" in text
    assert "Legal: A," not in text


def test_attributes_and_cohorts_lie_beside_the_lives():
    from tests.comparison.material import groups
    from tests.comparison.material import study as attributed

    ids = [f"P{i}" for i in range(20)]
    coded = attributed(dict.fromkeys(ids), **{p: {"origin_country": "russia"} for p in ids[:10]},
                       **{p: {"origin_country": "azerbaijan"} for p in ids[10:]})  # fmt: skip
    some = lives(["AB"] * 10 + ["BA"] * 10, ids=ids)
    types = typed(ids, [0] * 10 + [1] * 10, ("a", "b"))
    cohorts = groups([0, 1] * 9 + [-1, -1], labels=("early", "late"), ids=ids)
    found = describe_types(coded, some, types, cohorts)
    text = found.sentences()["a"]
    assert "Beside them by Origin: Russia, 10 of 10, against 0\u00a0% of the rest (effect +1.00" in text
    assert "early" not in text
    table = found.table().query("type == 'b' and basis == 'cohort'")
    assert table["known"].tolist() == [8, 8]
    assert table["value"].tolist() == [0.5, 0.5]


def test_what_types_were_not_made_of_lies_beside_the_lives():
    """Types by legal status alone: places, where people went first among them, are told as beside them."""
    words, legal = ["AABB"] * 12 + ["BBAA"] * 12, ["CCDD"] * 12 + ["DDCC"] * 12
    types, some = typed([f"P{i}" for i in range(24)], [0] * 12 + [1] * 12, ("a", "b")), lives(words, legal)
    bases = describe_types(None, some, types, made_of=["legal"]).table().groupby("domain")["basis"].unique()
    assert (bases["legal"].tolist(), bases["location"].tolist()) == (["lives"], ["domain"])
    coded = small()
    kept = build_sequences(coded, Grid(since="departure", before=2, after=4)).only("location", "legal")
    types = typed(kept.ids, [0, 0, 0, 1, 1], ("a", "b"))
    with pytest.raises(SettingError, match=r"domain 'work' that these lives do not have; they have location"):
        describe_types(coded, kept, types, made_of=["work"])
    for made_of, basis in ((("legal",), "event"), (None, "lives")):
        found = describe_types(coded, kept, types, made_of=made_of, permutations=9)
        assert rows(found)["a", "to:georgia"]["basis"] == rows(found)["a", "moved_on"]["basis"] == basis


def test_unknown_positions_count_on_neither_side():
    words = ["AA**", "%%%%", "BBBB", "ABAB"]
    types = typed([f"P{i}" for i in range(4)], [0, 0, 1, 1], ("a", "b"))
    found = describe_types(None, lives(words), types, permutations=9)
    table = rows(found)
    assert table["a", "a"]["known"] == 1
    assert table["a", "a:time"]["value"] == 1.0
    assert table["b", "changes"]["value"] == 1.5


def test_a_type_without_people_and_strangers():
    some = lives(["AA", "BB"])
    types = typed(["P0", "P1"], [0, 1], ("a", "b")).select(["P0"])
    assert describe_types(None, some, types, permutations=9).sentences()["b"] == "b: nobody."
    with pytest.raises(SettingError, match=r"2 of the 2 people typed are not in the study 'Made'"):
        describe_types(small(), some, typed(["P0", "P1"], [0, 1], ("a", "b")))


def test_of_two_cohorts_the_one_that_is_more_common_is_told_and_printing_tells_all():
    from tests.comparison.material import groups

    ids = [f"P{i}" for i in range(24)]
    types = typed(ids, [0] * 12 + [1] * 12, ("a", "b"))
    cohorts = groups([1] * 11 + [0] + [0] * 11 + [1], labels=("early", "late"), ids=ids)
    found = describe_types(None, lives(["AB"] * 24, ids=ids), types, cohorts)
    first, second = str(found).split("\n\n")
    assert first == found.sentences()["a"]
    assert "late, 11 of 12" in first
    assert "early" not in first
    assert "early, 11 of 12" in second
    assert "late" not in second
    assert len(found.table().query("basis == 'cohort'")) == 4
