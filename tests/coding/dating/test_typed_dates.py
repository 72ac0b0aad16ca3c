from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajectories.coding.dating.date_meanings import is_edtf
from trajectories.coding.dating.date_vocabulary import MONTHS, SEASONS
from trajectories.coding.dating.dates import parse_date, parse_interval
from trajectories.coding.dating.misspelt_dates import suggested
from trajectories.coding.dating.typed_dates import understand

ONE_MEANING = {
    "2022-03": "03/2022 | 3.2022 | 2022/03 | 2022-3 | March 2022 | Mar. 2022 | 2022 March | in March 2022 "
               "| März 2022"
               " | Mrz. 2022 | im März 2022 | в марте 2022 года | март 2022 г. | марта 2022 | мар. 2022 | "
               "202203",
    "2022-03-15": "15.03.2022 | 15/3/2022 | 03/15/2022 | 15 March 2022 | March 15th, 2022 | 15. März 2022 | "
                  "am 15.3.2022 | 15 марта 2022 | 15-го марта 2022 г. | 2022-03-15T10:00 | 20220315 | "
                  "2022.03.15",
    "2022-05": "Mai 2022 | may 2022 | мая 2022 | в мае 2022 | май 2022",
    "2022-09": "Sept. 2022 | сентября 2022 | сент. 2022",
    "2022-21": "spring 2022 | Spring of 2022 | Frühling 2022 | Frühjahr 2022 | весной 2022 | весна 2022 года",
    "2022-23": "autumn 2022 | fall 2022 | Herbst 2022 | осенью 2022",
    "2021-24": "winter 2021/22 | Winter 2021/2022 | зимой 2021-22",
    "2022-37": "early 2022 | Anfang 2022 | at the beginning of 2022 | в начале 2022 года",
    "2022-38": "mid-2022 | mid 2022 | Mitte 2022 | в середине 2022",
    "2022-39": "late 2022 | Ende 2022 | end of 2022 | в конце 2022 года",
    "2022-33": "Q1 2022 | 2022-Q1 | 2022Q1 | first quarter of 2022 | 1. Quartal 2022 | erstes Quartal 2022 | "
               "I квартал 2022 | 1 кв. 2022",
    "2022-40": "first half of 2022 | H1 2022 | 1. Halbjahr 2022 | erste Hälfte 2022 | первая половина 2022",
    "2015~": "ca. 2015 | c. 2015 | circa 2015 | about 2015 | ~2015 | 2015 (approx.) | etwa 2015 | um 2015 "
             "| около 2015",
    "2015?": "?2015 | 2015? | 2015 (?) | probably 2015 | vielleicht 2015 | наверное 2015",
    "2015%": "probably about 2015 | ca. 2015?",
    "2022-03~": "about March 2022 | ca. 03/2022 | etwa März 2022 | примерно март 2022",
    "2015/..": "since 2015 | seit 2015 | from 2015 on | ab 2015 | с 2015 года | 2015 - now | 2015 – heute",
    "../2022-03": "until March 2022 | till 03/2022 | bis März 2022 | до марта 2022",
    "2014/2016": "2014-2016 | 2014–16 | from 2014 to 2016 | von 2014 bis 2016 | с 2014 по 2016 | 2014 bis "
                 "2016",
    "2022-03/2022-05": "March to May 2022 | from March until May 2022 | März bis Mai 2022 | с марта по май "
                       "2022",
    "[2022-03-01..2022-03-10]": "early March 2022 | Anfang März 2022 | в начале марта 2022 | beginning of "
                                "03/2022",
    "[2024-02-21..2024-02-29]": "late February 2024 | Ende Februar 2024 | в конце февраля 2024",
    "[2021,2022]": "2021 or 2022 | 2021 oder 2022 | 2022 или 2021 | irgendwann 2021 oder 2022",
    "[2022-02,2022-03]": "Februar oder März 2022 | Februar/März 2022 | Feb./März 2022 | февраль / март "
                         "2022 | in February or March 2022",
    "[2021-12,2022-01]": "Dezember 2021 oder Januar 2022",
    "2022": "irgendwann 2022 | irgendwann im Jahr 2022 | sometime in 2022 | когда-то в 2022 году",
    "[2021,2022]/..": "seit 2021 oder 2022",
    "199X": "1990s | the 1990s | 1990er | 1990er Jahre",
    "..": "now | ongoing | heute | bis heute | до сих пор | ... | present | always | immer schon "
          "| seit jeher | schon immer | bis dato | всегда",
    "": "unknown | ? | n/a | unbekannt | weiß nicht | неизвестно | -",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [(typed, edtf) for edtf, all_typed in ONE_MEANING.items() for typed in all_typed.split(" | ")]
)
def test_one_meaning(typed: str, edtf: str) -> None:
    assert understand(typed).edtf == edtf, str(understand(typed))


SEVERAL = [
    ("03/04/2022", "'03/04/2022' is 2022-04-03 (if the day is 3) or 2022-03-04 (if the day is 4)"),
    ("03.04.2022", "'03.04.2022' is 2022-04-03 (if the day is 3) or 2022-03-04 (if the day is 4)"),
    ("winter 2022", "'winter 2022' is 2022-24 (if December 2022 to February 2023 is meant) or 2021-24 (if "
                    "December "
                    "2021 to February 2022 is meant)"),
    ("2021-22", "'2021-22' is 2021-22 (if the summer of 2021 is meant) or 2021/2022 (if 2021 to 2022 is "
                "meant)"),
    ("between 2014 and 2016", "'between 2014 and 2016' is 2014/2016 (if it lasted from the one to the "
                              "other) or "
                              "[2014..2016] (if it was at one time in between)"),
    ("15.03.22", "'15.03.22' is 2022-03-15 (if the day is 15 and the year is 2022) or 1922-03-15 (if the "
                 "day is 15 "
                 "and the year is 1922)"),
    ("Mar-22", "'Mar-22' is 2022-03 (if the year is 2022) or 1922-03 (if the year is 1922)"),
    ("Sommer 22", "'Sommer 22' is 2022-22 (if the year is 2022) or 1922-22 (if the year is 1922)"),
    ("Winter 21/22", "'Winter 21/22' is 2021-24 (if the year is 2021) or 1921-24 (if the year is 1921)"),
    ("?2022-03", "'?2022-03' is ?2022-03 (if only the year is in doubt) or 2022-03? (if the whole date is in "
                 "doubt)"),
    ("between early March 2022 and May 2022",
     "'between early March 2022 and May 2022' is [2022-03-01..2022-03-10]/2022-05 (if it lasted from the one "
     "to the other) or [2022-03-01..2022-05] (if it was at one time in between)"),
    ("hello", "'hello' is not understood"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "told"), SEVERAL)
def test_what_is_open_is_asked(typed: str, told: str) -> None:
    reading = understand(typed)
    assert str(reading) == told
    assert reading.edtf is None
    assert reading.is_ambiguous == reading.is_understood == (typed != "hello")


def test_the_order_of_day_and_month_is_settled_only_when_stated() -> None:
    assert understand("03/04/2022", day_first=True).edtf == "2022-04-03"
    assert understand("03/04/2022", day_first=False).edtf == "2022-03-04"
    assert understand("04/04/2022").edtf == "2022-04-04"
    assert understand("since 03/04/2022", day_first=True).edtf == "2022-04-03/.."
    assert len(understand("03/04/2022 - 05/06/2022").meanings) == 4
    assert understand("03/15/2022", day_first=True).edtf is None


NO_DATES = ("31.02.2022", "13/2022", "2023-02-29", "2022-13", "March", "spring/summer 2022", "0000",
            "32 March 2022", "Quartal 2022", "5. Quartal 2022", "2021 or so", "hier oder da", "irgendwann",
            "x" * 81)  # fmt: skip


@pytest.mark.parametrize("typed", NO_DATES)
def test_what_is_no_date_is_not_understood(typed: str) -> None:
    assert understand(typed).meanings == ()


def test_every_month_and_season_has_one_reading() -> None:
    for name, number in MONTHS.items():
        assert understand(f"{name} 2022").edtf == f"2022-{number:02d}", name
    for name, code in SEASONS.items():
        assert understand(f"{name} 2022").meanings[0].edtf == f"2022-{code}", name


def test_suggestions_rest_on_the_same_readings() -> None:
    assert suggested("Anfang 2022") == "Did you mean '2022-37'?"
    assert suggested("весной 2022") == "Did you mean '2022-21'?"
    assert suggested("since 2015") == "Did you mean the interval '2015/..'?"
    assert suggested("winter 2022") == ("Write 2022-24 if December 2022 to February 2023 is meant, 2021-24 "
                                        "if "
                                        "December 2021 to February 2022 is meant.")  # fmt: skip
    for typed in ("Anfang März 2022", "between 2014 and 2016", "15.03.22", "mid-2022", "seit 2015"):
        for spelling in re.findall(r"'(.+?)'|(?<= )(\S+) if ", suggested(typed)):
            edtf = "".join(spelling)
            assert parse_interval(edtf) if "/" in edtf else parse_date(edtf)
    assert suggested("early March 2022") == "Did you mean '[2022-03-01..2022-03-10]'?"
    assert suggested("gibberish").startswith("Write 2022, 2022-03")


years = st.integers(1, 9999).map(lambda year: f"{year:04d}")
some = st.one_of(years, st.dates().map(dt.date.isoformat),
                 st.builds("{}-{:02d}".format, years, st.integers(1, 12)))
edtf = st.one_of(st.builds("{}{}".format, some, st.sampled_from(["", "~", "?", "%"])),
                 st.sampled_from(["2022-~03", "2022-03~-15", "[2022-02,2022-03]", "[2022-02..2022-05]"]))
WORDS = ("since until from to between and early mid about ? ~ - / . 3 12 2022 15 22 march winter q1 bis von "
         "ab c по с до in the year 2021/22")  # fmt: skip
words = st.sampled_from(WORDS.split(" "))


@given(edtf)
def test_what_is_edtf_already_is_itself(text: str) -> None:
    assert is_edtf(text)
    assert understand(text).meanings[0].edtf == text


@given(st.one_of(st.text(max_size=30), st.lists(words, max_size=16).map(" ".join)))
def test_whatever_is_understood_can_be_read(text: str) -> None:
    for meaning in understand(text).meanings:
        for date in re.split(r",|\.\.(?=.)|/", re.sub(r"[\[\]]", "", meaning.edtf)):
            assert parse_date(date) is not None
        if "/" in meaning.edtf and not meaning.when:
            start, end = meaning.edtf.split("/")
            assert meaning.edtf == f"{start}/{end}"


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y",
       "%d %B %Y"]))
def test_a_day_is_never_lost(day: dt.date, form: str) -> None:
    meanings = [meaning.edtf for meaning in understand(day.strftime(form)).meanings]
    assert day.isoformat() in meanings
    assert len(meanings) == 1 or max(day.day, day.month) <= 12


def test_intervals_can_be_read() -> None:
    for typed in ("since early 2022", "from 2014 until late 2016", "March to May 2022", "2015 - now"):
        reading = understand(typed).edtf
        assert reading is not None
        assert parse_interval(reading)[0].is_known
