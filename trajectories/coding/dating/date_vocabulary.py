"""The words people date their lives with, in English, German and Russian."""

from __future__ import annotations

_MONTHS = (
    ("january jan januar jänner jaenner jän", "январ"),
    ("february feb februar feber febr", "феврал"),
    ("march mar märz maerz mär mrz", "март"),
    ("april apr", "апрел"),
    ("may mai", "ма"),
    ("june jun juni", "июн"),
    ("july jul juli", "июл"),
    ("august aug", "август"),
    ("september sep sept", "сентябр"),
    ("october oct oktober okt", "октябр"),
    ("november nov", "ноябр"),
    ("december dec dezember dez", "декабр"),
)
_ENDINGS = {"март": ("", "а", "е", "у"), "август": ("", "а", "е", "у"), "ма": ("й", "я", "е", "ю")}
_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_SHORT_TOO = {"сент": 9, "нояб": 11, "февр": 2}

MONTHS: dict[str, int] = {
    **{name: number for number, (names, _) in enumerate(_MONTHS, 1) for name in names.split()},
    **{stem + ending: number for number, (_, stem) in enumerate(_MONTHS, 1)
       for ending in _ENDINGS.get(stem, ("ь", "я", "е", "ю"))},
    **{name: number for number, name in enumerate(_SHORT, 1)},
    **_SHORT_TOO,
}  # fmt: skip
"""Months by any of their names, in small letters: nominative, genitive, prepositional, abbreviated."""

SEASONS: dict[str, int] = {
    name: code
    for code, names in {
        21: "spring frühling fruehling frühjahr fruehjahr весна весной весны весну",
        22: "summer sommer лето летом лета",
        23: "autumn fall herbst осень осенью осени",
        24: "winter зима зимой зимы зиму",
    }.items()
    for name in names.split()
}
"""Seasons by name, as EDTF numbers them."""

ORDINALS: dict[str, int] = {
    word: number
    for number, words in {
        1: "1 1st 1. i first erstes erste ersten первый первая первое первого первом первой 1-й 1-я 1-е",
        2: "2 2nd 2. ii second zweites zweite zweiten второй вторая второе второго втором 2-й 2-я 2-е",
        3: "3 3rd 3. iii third drittes dritte dritten третий третьего третьем 3-й",
        4: "4 4th 4. iv fourth viertes vierte vierten четвертый четвертого четвертом 4-й",
    }.items()
    for word in words.split()
}
QUARTERS = frozenset(("quarter", "quartal", "quartals", "qtr", "квартал", "квартала", "квартале", "кв"))
HALVES = frozenset((
    "half", "halbjahr", "halbjahres", "hälfte", "haelfte",
    "половина", "половины", "половине", "полугодие", "полугодия", "полугодии",
))  # fmt: skip

PARTS: dict[str, int] = {
    word: part
    for part, words in {
        0: "early|beginning of|the beginning of|start of|the start of|at the beginning of|at the start of|"
           "anfang|anfangs|начало|в начале|начале",
        1: "mid|middle of|the middle of|in the middle of|mitte|середина|в середине|середине",
        2: "late|end of|the end of|at the end of|ende|конец|в конце|конце",
    }.items()
    for word in words.split("|")
}  # fmt: skip
"""Words for the first, middle and last part of a year or month."""

ABOUT = ("approximately", "approx", "around", "about", "roughly", "circa", "ca", "c", "etwa", "ungefähr",
         "ungefaehr", "um", "gegen", "rund", "около", "примерно", "приблизительно", "где-то",
         "ок")  # fmt: skip
UNCERTAIN = ("probably", "perhaps", "maybe", "possibly", "presumably", "wahrscheinlich", "vermutlich",
             "vielleicht", "wohl", "möglicherweise", "наверное", "наверно", "вероятно", "возможно",
             "может быть", "кажется")  # fmt: skip
SINCE = ("since", "from", "seit", "ab", "с", "со", "начиная с")
UNTIL = ("until", "till", "til", "up to", "to", "bis", "до", "по")
BETWEEN = (("between", "and"), ("zwischen", "und"), (r"zw\.", "und"), ("zw", "und"), ("между", "и"))
FROM_TO = (("from", "to"), ("from", "until"), ("from", "till"), ("since", "until"), ("since", "to"),
           ("von", "bis"),
           ("vom", "bis"), ("seit", "bis"), ("с", "по"), ("со", "по"), ("с", "до"), ("со", "до"), ("от",
           "до"),
           ("", "to"), ("", "until"), ("", "till"), ("", "bis"), ("", "bis zum"), ("", "по"), ("", "до"),
           ("", "-"))  # fmt: skip
OPEN = frozenset((
    "now", "today", "present", "the present", "ongoing", "still", "open", "current", "currently",
    "to date", "...", "always", "since always", "as always", "from birth", "since birth",
    "dato", "bis dato", "immer", "immer schon", "schon immer", "seit jeher", "von jeher", "seit geburt",
    "von geburt an", "всегда", "с рождения",
    "heute", "jetzt", "noch", "noch immer", "immer noch", "aktuell", "laufend", "andauernd", "offen",
    "сейчас", "сегодня", "до сих пор", "настоящее время", "настоящего времени", "наст. время", "н.в", "н. в",
    "в настоящее время", "по сей день", "продолжается",
))  # fmt: skip
UNKNOWN = frozenset((
    "unknown", "n/a", "na", "none", "not known", "nan", "null", "?", "??", "???", "x", "xx", "-", "--", "---",
    "unbekannt", "weiss nicht", "k.a", "k. a", "keine angabe", "неизвестно", "не помнит", "не знаю",
    "нет данных",
))  # fmt: skip
EITHER = ("or", "oder", "или", "либо")
FILLERS = ("some time", "sometime", "irgendwann", "когда-то",
           "in the year", "the year", "year", "in the", "in", "on the", "on", "im jahre", "im jahr", "jahr",
           "im", "am", "den", "der", "dem", "в", "во", "the")  # fmt: skip
OF_THE_YEAR = ("года", "году", "год", "гг", "г", "uhr")
