# ruff: noqa: E501
"""Small words that make the same sentence somebody else's: relatives, things, numbers, and the names of places."""

from __future__ import annotations

CITY_NAMES = {
    "germany.berlin": "Berlin", "germany.nrw": "Cologne", "germany.leipzig": "Leipzig", "germany.other": "a small town in Hesse",
    "georgia.tbilisi": "Tbilisi", "georgia.batumi": "Batumi", "armenia.yerevan": "Yerevan", "armenia.gyumri": "Gyumri",
    "kazakhstan.almaty": "Almaty", "kazakhstan.astana": "Astana", "kazakhstan.other": "Uralsk",
    "turkey.istanbul": "Istanbul", "turkey.antalya": "Antalya", "eu_other.lt": "Vilnius", "eu_other.lv": "Riga",
    "eu_other.pl": "Warsaw", "eu_other.cz": "Prague", "eu_other.fr": "Paris", "eu_other.nl": "Amsterdam",
    "eu_other.uk": "London", "exsoviet_other.ua": "Kyiv", "exsoviet_other.kg": "Bishkek", "exsoviet_other.uz": "Tashkent",
    "other.rs": "Belgrade", "other.me": "Bar", "other.il": "Haifa", "other.us": "New York",
}  # fmt: skip
SLOTS = {
    "kin": ("my mother", "my sister", "my brother", "my father", "my aunt", "my uncle"),
    "friend": ("a friend", "a colleague", "somebody from university", "an old classmate", "a neighbour", "a cousin"),
    "bag": ("one rucksack", "two suitcases", "a suitcase and a laptop", "hand luggage only", "one bag and the cat", "a sports bag"),
    "few": ("two", "three", "four", "five", "six"),
    "some": ("three", "four", "five", "seven", "eight", "ten"),
    "many": ("nine", "eleven", "twelve", "fifteen", "twenty", "thirty"),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "time": ("at five in the morning", "late in the evening", "around noon", "at night", "before work", "after dinner"),
    "room": ("a room", "a sofa", "half a flat", "a mattress in the kitchen", "a small flat", "a room without a window"),
    "paper": ("a form", "a certificate", "a bank statement", "a stamp", "a translation", "a photo of the right size"),
}  # fmt: skip
