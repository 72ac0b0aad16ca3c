"""The report: the same bytes each time, nothing from outside, nobody quoted, nothing of others touched."""

import hashlib
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trajectories as tj
from tests.sequences.studies import study
from trajectories.report.csv_files import csv_text, guarded
from trajectories.report.html_tables import number, numbers
from trajectories.report.methods import methods
from trajectories.report.page import page

ROOT = Path(__file__).parents[1]
MATERIAL = ROOT / "tests" / "material"
SMALL = tj.Plan.read(MATERIAL / "plans" / "small.yaml")


@pytest.fixture(scope="module")
def findings() -> tj.Findings:
    plan = tj.Plan(
        title="Weg & zurück: „Übergänge“",
        domains=("location", "legal"),
        grid={"since": "departure", "before": 6, "after": 12},
        people={"where": {"origin_country": "azerbaijan"}},
        types={"k": 3, "names": ["=Blieb", "Zog über Tiflis <weiter>", "Kehrte zurück"], "quality": [2, 4]},
        comparison={"cohorts": ["az_waves"], "permutations": 99},
        figures=["distribution", "types", "cohort_types", "quality"],
        view={"domain": "legal"},
    )
    return tj.run(tj.read_study(ROOT / "sample_data"), plan)


@pytest.fixture(scope="module")
def folder(findings: tj.Findings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "out"
    assert tj.write_report(findings, folder) == folder / "report.html"
    return folder


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def _bytes(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class _Outside(HTMLParser):
    """Collects what a browser would fetch, and the elements that are open at the end."""

    void = frozenset(("meta", "img", "br", "link", "hr"))

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.void:
            self.open.append(tag)
        fetching = ("src", "srcset", "action", "data", "poster", "background")
        self.fetched += [value or "" for name, value in attributes if name in fetching]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


class TestFiles:
    """What is in the folder."""

    def test_every_figure_in_three_formats_and_every_table(self, findings: tj.Findings, folder: Path) -> None:
        names = set(_bytes(folder))
        for figure in findings.figure_names:
            assert {f"figures/{figure}.{ending}" for ending in ("pdf", "svg", "png")} <= names
            assert f"tables/figure_{figure}.csv" in names
        assert {f"tables/{name}.csv" for name in findings.tables()} <= names
        assert {"report.html", "manifest.json"} <= names
        assert (folder / "figures" / "quality.pdf").read_bytes().startswith(b"%PDF")

    def test_tables_are_those_of_the_findings(self, findings: tj.Findings, folder: Path) -> None:
        for name, table in findings.tables().items():
            read = pd.read_csv(folder / "tables" / f"{name}.csv")
            assert len(read) == len(table), name
            assert list(read.columns) == list(table.columns), name
        quality = pd.read_csv(folder / "tables" / "quality.csv")
        assert quality["ASW"].to_numpy() == pytest.approx(findings.quality["ASW"].to_numpy(), rel=1e-7)

    def test_tables_are_plain_utf8_with_unix_lines(self, folder: Path) -> None:
        raw = (folder / "tables" / "types.csv").read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        assert "Kehrte zurück" in raw.decode("utf-8")

    def test_two_processes_write_the_same_bytes(self, tmp_path: Path) -> None:
        code = (
            "import sys, trajectories as tj; "
            "tj.write_report(tj.run(tj.read_study(sys.argv[1]), tj.Plan.read(sys.argv[2])), sys.argv[3])"
        )
        arguments = (MATERIAL / "valid", MATERIAL / "plans" / "small.yaml", tmp_path / "other")
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, timeout=240)
        tj.write_report(tj.run(tj.read_study(MATERIAL / "valid"), SMALL), tmp_path / "one")
        one, other = _bytes(tmp_path / "one"), _bytes(tmp_path / "other")
        assert one == other
        assert len(one) > 15

    def test_a_full_run_repeats_itself(self, findings: tj.Findings, folder: Path, tmp_path: Path) -> None:
        again = tj.run(tj.read_study(ROOT / "sample_data"), findings.plan)
        tj.write_report(again, tmp_path)
        assert _bytes(tmp_path) == _bytes(folder)

    def test_other_files_stay(self, tmp_path: Path) -> None:
        (tmp_path / "figures").mkdir()
        (tmp_path / "notes.txt").write_text("mine")
        (tmp_path / "figures" / "old.pdf").write_text("mine too")
        tj.write_report(tj.run(tj.read_study(MATERIAL / "valid"), SMALL), tmp_path)
        assert (tmp_path / "notes.txt").read_text() == "mine"
        assert (tmp_path / "figures" / "old.pdf").read_text() == "mine too"

    def test_a_folder_that_is_a_file_is_a_plain_error(self, findings: tj.Findings, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("a file")
        with pytest.raises(tj.SettingError, match=r"The report cannot be written: .*out.*another folder"):
            tj.write_report(findings, tmp_path / "out")


class TestManifest:
    """What a report was made from."""

    def test_it_names_versions_plan_seed_and_every_file(self, findings: tj.Findings, folder: Path) -> None:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["versions"]["trajectories"] == tj.__version__
        assert {"python", "numpy", "pandas", "numba", "matplotlib"} <= set(manifest["versions"])
        assert manifest["plan_key"] == findings.plan.key
        assert tj.Plan(**manifest["plan"]) == findings.plan
        assert manifest["seed"] == findings.plan.seed
        written = {name: hashlib.sha256(raw).hexdigest() for name, raw in _bytes(folder).items()}
        del written["manifest.json"]
        assert manifest["outputs"] == written
        for name, digest in manifest["inputs"].items():
            assert hashlib.sha256((ROOT / "sample_data" / name).read_bytes()).hexdigest() == digest

    def test_nothing_tells_when_or_where(self, folder: Path) -> None:
        for name in ("manifest.json", "report.html"):
            text = (folder / name).read_text(encoding="utf-8")
            assert str(ROOT) not in text
            assert str(folder) not in text


class TestPage:
    """report.html itself."""

    def test_it_is_whole_and_fetches_nothing(self, html: str) -> None:
        page = _Outside()
        page.feed(html)
        assert page.open == []
        assert page.fetched
        assert all(source.startswith("data:image/") for source in page.fetched)
        assert not page.tags & {"script", "link", "iframe", "object", "embed"}
        assert "url(" not in html.partition("</style>")[0]
        assert "default-src 'none'" in html

    def test_links_inside_the_page_lead_somewhere(self, html: str, folder: Path) -> None:
        for target in re.findall(r'href="([^"]+)"', html):
            assert f'id="{target[1:]}"' in html if target.startswith("#") else (folder / target).is_file()

    def test_what_was_found_stands_in_it(self, html: str, findings: tj.Findings) -> None:
        page = _Outside()
        page.feed(html)
        text = " ".join("".join(page.text).split())
        assert "Weg & zurück: „Übergänge“" in text
        assert f"{findings.lives.n} people are analysed here" in text
        assert "Zog über Tiflis <weiter>" in text
        assert methods(findings).paragraph in text
        assert findings.plan.key in text
        for drawn in findings.figures().values():
            assert " ".join(drawn.summary.split()) in text

    def test_each_type_is_told_in_words(self, html: str, findings: tj.Findings, folder: Path) -> None:
        page = _Outside()
        page.feed(html)
        text = " ".join("".join(page.text).split())
        for name, told in findings.descriptions.sentences().items():
            for sentence in told.removeprefix(f"{name}: ").split(". ")[:3]:
                assert " ".join(sentence.split()) in text
        assert "effect +" in text
        table = pd.read_csv(folder / "tables" / "contrasts_by_type.csv")
        assert set(table["type"].str.removeprefix("'")) == set(findings.types.names)

    def test_names_are_never_markup(self, html: str) -> None:
        assert "<weiter>" not in html
        assert "Zog über Tiflis &lt;weiter&gt;" in html

    def test_nobody_is_named_or_quoted(self, html: str, findings: tj.Findings, folder: Path) -> None:
        told = tj.read_study(ROOT / "sample_data", quotes=True)
        quotes = {e.quote for e in (*told.episodes, *told.events, *told.ties) if e.quote}
        assert len(quotes) > 100
        page = html.replace("&#x27;", "'").replace("&quot;", '"')
        assert not [quote for quote in quotes if quote in page]
        assert not [person for person in findings.study.ids if person in page]
        for table in (folder / "tables").iterdir():
            text = table.read_text(encoding="utf-8")
            assert not [quote for quote in quotes if quote in text], table.name

    def test_who_is_left_out_is_counted_by_reason(self, html: str, findings: tj.Findings) -> None:
        section = html.partition('id="left-out"')[2].partition("</section>")[0]
        for reason in {reason for _, reason in findings.lives.left_out}:
            assert reason in section

    def test_one_of_a_kind_is_told_in_the_singular(self) -> None:
        plan = SMALL.changed(domains=["legal"], grid={"since": "departure", "before": 6, "after": 15},
                             types={"k": 2, "names": [], "quality": [2, 2]})  # fmt: skip
        found = tj.run(tj.read_study(MATERIAL / "valid"), plan)
        assert len(found.lives.left_out) == 1
        html = page(found, [])
        assert "<b>1</b><span>side of life: legal status" in html
        assert "Of 4 people, 1 is left out: see" in html
        assert "Solutions with 2 types were compared" in html


class TestMethods:
    """The paragraph for a paper says what the plan did."""

    def test_dates_are_placed_only_where_some_are_approximate(self, findings: tj.Findings) -> None:
        said = "Dates that are known only approximately"
        assert said in methods(findings).paragraph
        exact = study(*((f"P{i}", {"location": [("origin", f"2020-01-01/2021-0{i}-01"),
                                                ("germany", f"2021-0{i}-01/2022-12-31")]})
                        for i in range(1, 5)))  # fmt: skip
        plan = tj.Plan(grid={"start": "2020-02", "end": "2022-11"}, domains=["location"], types={"k": 2})
        assert said not in methods(tj.run(exact, plan)).paragraph

    @pytest.mark.parametrize(
        ("plan", "said", "cited"),
        [
            ({"measure": {"costs": "constant", "indel": 1.5}},
             "constant substitution costs and insertion and deletion costs of 1.5", "Abbott, A., & Forrest"),
            ({"measure": {"name": "dynamic_hamming"}}, "dynamic Hamming distance (Lesnard 2010)", "Lesnard"),
            ({"measure": {"name": "longest_common_subsequence"}}, "subsequence (Elzinga 2008)", "Elzinga"),
            ({"measure": {"weights": {"legal": 0.5}}}, "weights of 1 for place and 0.5 for legal", "Pollock"),
            ({"measure": {"costs": {"legal": "ranks"}}}, "transition rates between two states for place and "
             "substitution costs from the ranks of the states for legal status", "Abbott, A., & Tsay"),
            ({"measure": {"costs": "rarity", "norm": "gmean"}}, "their own costs of insertion and deletion, "
             "normalised (gmean)", "Studer, M., & Ritschard"),
            ({"domains": ["legal"], "measure": {"name": "spell_matching"}}, "optimal matching of spells",
             "Studer, M., & Ritschard"),
            ({"types": {"method": "ward"}}, "Ward's criterion", "Murtagh"),
            ({"types": {"method": "average"}}, "average-linkage", "Sokal"),
            ({"types": {"method": "ward_d"}}, "Ward's criterion on dissimilarities that are not", "Ward"),
            ({"types": {"method": "complete"}}, "complete-linkage", "Sørensen"),
            ({"types": {"method": "flexible"}}, "beta-flexible hierarchical clustering", "Lance"),
        ],
    )  # fmt: skip
    def test_it_follows_the_plan(self, plan: dict[str, object], said: str, cited: str) -> None:
        text = methods(tj.run(tj.read_study(MATERIAL / "valid"), SMALL.changed(**plan)))
        assert said in text.paragraph
        assert any(work.startswith(cited) for work in text.references)
        assert list(text.references) == sorted(text.references)
        for surname in {work.split(",")[0] for work in text.references if not work.startswith("ISO")}:
            assert surname in text.paragraph


class TestCsv:
    """Cells that a spreadsheet would compute."""

    @pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
    def test_formulas_become_text(self, text: str) -> None:
        assert guarded(text) == f"'{text}"
        assert csv_text(pd.DataFrame({"a": [text]})).splitlines()[1].lstrip('"').startswith("'")

    @pytest.mark.parametrize("value", ["Berlin", "-12", "+1.5", "", "a=b", -3, 2.5, None])
    def test_others_stay(self, value: object) -> None:
        assert guarded(value) == value

    def test_headers_are_guarded_too(self) -> None:
        assert csv_text(pd.DataFrame({"=evil": [1]})).startswith("'=evil\n")

    @given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
    def test_numbers_stay_numbers(self, values: list[float]) -> None:
        lines = csv_text(pd.DataFrame({"x": values})).splitlines()[1:]
        assert [float(line) for line in lines] == pytest.approx(values, rel=1e-7)


class TestNumbers:
    """Numbers as they are read."""

    @pytest.mark.parametrize(
        ("value", "shown"),
        [(1234, "1,234"), (0.12345, "0.123"), (float("nan"), "–"), ("<b>", "&lt;b&gt;"), (True, "yes")],
    )
    def test_cells(self, value: object, shown: str) -> None:
        assert number(value) == shown

    def test_a_table_with_people_in_it_is_not_printed(self) -> None:
        assert numbers(pd.DataFrame({"id": ["RU-001"], "x": [1]})) == ""

    def test_a_distribution_is_told_at_some_moments(self, findings: tj.Findings) -> None:
        told = numbers(tj.state_distribution(findings.lives, "legal"))
        assert told.count("<tr>") <= 11
        assert "Temporary" in told
