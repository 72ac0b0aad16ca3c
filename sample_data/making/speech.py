"""Who says what: a sentence that fits each episode, event and tie, and is hardly ever heard twice."""

from __future__ import annotations

import re
from collections import Counter

from sample_data.making.chance import Chance
from sample_data.making.days import day
from sample_data.making.lives import Flow, Happening, Life, Stop, Stretch
from sample_data.making.words.activism import ACTIVISM
from sample_data.making.words.asides import ASIDES
from sample_data.making.words.emotion import EMOTION
from sample_data.making.words.events import EVENTS
from sample_data.making.words.legal import LEGAL
from sample_data.making.words.location import LOCATION
from sample_data.making.words.slots import CITY_NAMES, SLOTS

BANKS = {"location": LOCATION, "legal": LEGAL, "activism": ACTIVISM, "emotion": EMOTION}
MAX_REPEATS = 3
WEEKDAYS = SLOTS["weekday"]
NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Speech:
    """Remembers what has been said, by whom, so that hardly anybody echoes another."""

    def __init__(self) -> None:
        self.frames: Counter[str] = Counter()
        self.said: Counter[str] = Counter()

    def tell(self, life: Life, full: bool) -> None:
        """Fill the quotes, paragraphs, coders and confidence of one life."""
        chance = Chance("speech", life.id)
        used: set[str] = set()
        coder = chance.pick(["C1", "C2", "C3"])
        things: list[Stretch | Happening | Flow] = [*life.stretches, *life.happenings, *life.flows]
        things.sort(key=lambda t: (t.at.day if not isinstance(t, Stretch) else t.start.day, type(t).__name__,
                                   _name(t)))
        paragraph = chance.days(6, 14)
        for thing in things:
            thing.paragraph = max(2, paragraph + chance.days(-4, 4))
            paragraph += chance.days(1, 6)
            if not isinstance(thing, Flow):
                thing.coder = coder if chance.of(0.85) else "C2"
                thing.confidence = chance.weighed(_confidence(thing))
            if chance.of(0.97 if full else _share(thing)):
                thing.quote = self._sentence(thing, life, used, chance)

    def _sentence(self, thing: Stretch | Happening | Flow, life: Life, used: set[str], chance: Chance) -> str:
        known, have = _known(thing, life), _circumstances(thing, life)
        kin = _kin(life)
        for frames in _candidates(thing):
            fitting = [frame for frame in frames if frame not in used and _allowed(frame, have)]
            for frame in sorted(chance.shuffled(fitting), key=lambda f: self.frames[f])[:4]:
                if text := self._unheard(frame, known, kin, thing, used, chance):
                    used.add(frame)
                    return text
        return ""

    def _unheard(self, frame: str, known: dict[str, str], kin: tuple[str, ...],
                 thing: Stretch | Happening | Flow,
                 used: set[str], chance: Chance) -> str:  # fmt: skip
        """The frame filled in a way that has hardly been said before; a worn frame gets a second sentence."""
        for _ in range(8):
            wording = frame
            asides = [a for a in _asides(thing) if a not in used and not ("weekday" in a and "day" in frame)]
            if asides and len(frame) < 125 and chance.of(0.08 + 0.12 * self.frames[frame]):
                aside = chance.pick(asides)
                wording = f"{frame} {aside}"
            text = _fill(wording, {**known, "kin": chance.pick(kin)}, chance)
            if self.said[text] < MAX_REPEATS:
                self.frames[frame] += 1
                self.said[text] += 1
                if wording != frame:
                    used.add(aside)
                return text
        return ""


def _name(thing: Stretch | Happening | Flow) -> str:
    if isinstance(thing, Stretch):
        return thing.domain
    return thing.kind if isinstance(thing, Happening) else thing.resource


def _share(thing: Stretch | Happening | Flow) -> float:
    return 0.62 if isinstance(thing, Stretch) else 0.5 if isinstance(thing, Happening) else 0.35


def _confidence(thing: Stretch | Happening) -> dict[str, float]:
    text = (thing.at if isinstance(thing, Happening) else thing.start).text
    vague = text[-1] in "~?" or len(text) == 4
    return {"high": 0.2, "medium": 0.5, "low": 0.3} if vague else {"high": 0.7, "medium": 0.25, "low": 0.05}


def _candidates(thing: Stretch | Happening | Flow) -> list[tuple[str, ...]]:
    if isinstance(thing, Flow):
        return [thing.frames]
    bank = EVENTS if isinstance(thing, Happening) else BANKS[thing.domain]
    return [bank[cue] for cue in thing.cue if cue in bank]


def _circumstances(thing: Stretch | Happening | Flow, life: Life) -> set[str]:
    """What a sentence may presuppose: who speaks, where, in which times."""
    when = _when(thing)
    have = {life.attributes["left_with"], life.gender, life.origin, life.attributes["occupation"],
            life.person_type,
            life.cohort, life.place_on(when).partition(".")[0], _stop_on(life, when).purpose}  # fmt: skip
    if life.attributes["siblings"] == "none":
        have.add("no_siblings")
    if when >= day(2022, 2, 24):
        have.add("war")
    if when >= day(2022, 9, 21):
        have.add("mobilised")
    if life.place_on(when).startswith("origin"):
        have.add("at_home")
    if life.origin == "azerbaijan" and day(2017, 6, 1) <= when <= day(2018, 6, 30):
        have.add("abduction")
    if when - life.birth.day < 29 * 365:
        have.add("young")
    if day(2022, 9, 21) <= life.departure.day <= day(2022, 10, 9):
        have.add("rush")
    if day(2022, 2, 24) <= life.departure.day <= day(2022, 4, 5):
        have.add("spring")
    return have


def _asides(thing: Stretch | Happening | Flow) -> tuple[str, ...]:
    """Second sentences that fit what is told."""
    if isinstance(thing, Stretch) and thing.state.startswith(("home", "none", "paused")):
        return ()
    return ASIDES["tie" if isinstance(thing, Flow) else "event" if isinstance(thing, Happening)
                  else thing.domain]


def _stop_on(life: Life, when: int) -> Stop:
    """The last stop reached by a day; the first one before departure."""
    return next((stop for stop in reversed(life.stops) if stop.arrive.day <= when), life.stops[0])


def _allowed(frame: str, have: set[str]) -> bool:
    """A frame may presuppose something: ``[partner]``, ``[russia+war]``, ``[man|woman]``, ``[!family]``."""
    if "no_siblings" in have and ("my brother" in frame or "my sister" in frame):
        return False
    if not frame.startswith("["):
        return True
    for way in frame[1 : frame.index("]")].split("|"):
        if all((want[1:] not in have) if want.startswith("!") else (want in have) for want in way.split("+")):
            return True
    return False


def _when(thing: Stretch | Happening | Flow) -> int:
    return thing.start.day if isinstance(thing, Stretch) else thing.at.day


def _known(thing: Stretch | Happening | Flow, life: Life) -> dict[str, str]:
    """Words fixed by the life: places now, before and at home."""
    when = _when(thing)
    stop = _stop_on(life, when)
    number = life.stops.index(stop)
    before = life.stops[max(0, number - 1)].place
    weekday = {"weekday": WEEKDAYS[(when + 6) % 7]} if isinstance(thing, Happening) else {}
    return {
        **weekday,
        "city": CITY_NAMES.get(life.place_on(when), life.home_city),
        "home": life.home_city,
        "first": CITY_NAMES.get(before, life.home_city),
        "nth": NTH[len({s.place for s in life.stops[:number + 1]}) - 1],
    }


def _kin(life: Life) -> tuple[str, ...]:
    """Relatives that the person has."""
    alone = life.attributes["siblings"] == "none"
    return tuple(kin for kin in SLOTS["kin"] if not (alone and kin in ("my sister", "my brother")))


def _fill(frame: str, known: dict[str, str], chance: Chance) -> str:
    """Put words into the slots; the same slot twice in one sentence is the same word."""
    text = frame[frame.index("]") + 1 :].lstrip() if frame.startswith("[") else frame
    words = dict(known)

    def word(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in words:
            words[name] = chance.pick(SLOTS[name])
        return words[name]

    text = re.sub(r"\{(\w+)\}", word, text)
    return re.sub(r"(^|[.?!:] )([a-z])",
                  lambda m: m.group(1) + (m.group(2).upper() if m.group(1) != ": " else m.group(2)), text)
