"""Who says what: a sentence for each episode, event and tie that fits it, and that is hardly ever heard twice."""

from __future__ import annotations

from collections import Counter

from sample_data.making.chance import Chance
from sample_data.making.days import year_of
from sample_data.making.lives import Flow, Happening, Life, Stretch
from sample_data.making.words.activism import ACTIVISM
from sample_data.making.words.emotion import EMOTION
from sample_data.making.words.events import EVENTS
from sample_data.making.words.legal import LEGAL
from sample_data.making.words.location import LOCATION
from sample_data.making.words.slots import CITY_NAMES, SLOTS

BANKS = {"location": LOCATION, "legal": LEGAL, "activism": ACTIVISM, "emotion": EMOTION}
MAX_REPEATS = 2


class Speech:
    """Remembers what has been said, by whom, so that no one repeats themselves and hardly anybody echoes another."""

    def __init__(self) -> None:
        self.frames: Counter[str] = Counter()
        self.said: Counter[str] = Counter()

    def tell(self, life: Life, full: bool) -> None:
        """Fill the quotes, paragraphs, coders and confidence of one life."""
        chance = Chance("speech", life.id)
        used: set[str] = set()
        coder = chance.pick(["C1", "C2", "C3"])
        things: list[Stretch | Happening | Flow] = [*life.stretches, *life.happenings, *life.flows]
        things.sort(key=lambda t: (t.at.day if not isinstance(t, Stretch) else t.start.day, type(t).__name__, _name(t)))
        paragraph = chance.days(6, 14)
        for thing in things:
            thing.paragraph = max(2, paragraph + chance.days(-4, 4))
            paragraph += chance.days(1, 6)
            if not isinstance(thing, Flow):
                thing.coder = coder if chance.of(0.85) else "C2"
                thing.confidence = chance.weighed(_confidence(thing))
            if full and chance.of(0.97) or not full and chance.of(_share(thing)):
                thing.quote = self._sentence(thing, life, used, chance)

    def _sentence(self, thing: Stretch | Happening | Flow, life: Life, used: set[str], chance: Chance) -> str:
        slots = _known(thing, life)
        for frames in _candidates(thing):
            fitting = [f for f in frames if f not in used and _allowed(f, life)]
            for frame in sorted(chance.shuffled(fitting), key=lambda f: self.frames[f])[:4]:
                for _ in range(6):
                    text = _fill(frame, slots, chance)
                    if self.said[text] < MAX_REPEATS:
                        used.add(frame)
                        self.frames[frame] += 1
                        self.said[text] += 1
                        return text
        return ""


def _name(thing: Stretch | Happening | Flow) -> str:
    return thing.domain if isinstance(thing, Stretch) else thing.kind if isinstance(thing, Happening) else thing.resource


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


def _allowed(frame: str, life: Life) -> bool:
    """A frame may ask for somebody who left with a partner, children, friends or nobody, or has a certain trade."""
    if not frame.startswith("["):
        return True
    wants = frame[1 : frame.index("]")].split("|")
    have = {life.attributes["left_with"], life.gender, life.origin, life.attributes["occupation"], life.person_type}
    return any(want in have for want in wants)


def _known(thing: Stretch | Happening | Flow, life: Life) -> dict[str, str]:
    when = thing.start.day if isinstance(thing, Stretch) else thing.at.day
    place = life.place_on(when)
    leave = life.departure.day
    return {
        "city": CITY_NAMES.get(place, life.home_city),
        "home": life.home_city,
        "year": str(year_of(when)),
        "first": CITY_NAMES.get(life.stops[0].place, "abroad"),
        "months": str(max(2, round((when - leave) / 30.44))),
    }


def _fill(frame: str, known: dict[str, str], chance: Chance) -> str:
    text = frame[frame.index("]") + 1 :].lstrip() if frame.startswith("[") else frame
    while "{" in text:
        start = text.index("{")
        end = text.index("}", start)
        name = text[start + 1 : end]
        word = known[name] if name in known else chance.pick(SLOTS[name])
        text = text[:start] + word + text[end + 1 :]
    return text[0].upper() + text[1:]
