"""Whether a text names a business: by its name, an unmistakable short form or its domain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rulebook.domains import registrable, words
from rulebook.submission import Business

LEGAL = frozenset(
    [
        "llc",
        "inc",
        "incorporated",
        "co",
        "company",
        "corp",
        "corporation",
        "ltd",
        "limited",
        "llp",
        "lp",
        "pllc",
        "pc",
        "plc",
        "pa",
        "gmbh",
        "the",
        "and",
        "of",
    ]
)
# Words that many names share: alone they name nobody.
GENERIC = words(
    """
    group services service solutions center centre clinic dental dentistry dentist medical health healthcare care
    family practice pharmacy delivery hospital veterinary vet animal rescue foundation association society club
    school academy university college district unified public library museum church bank credit union financial
    finance insurance agency realty properties property management homes home house hotel inn lodge resort spa salon
    nails nail hair beauty fitness gym yoga studio studios restaurant cafe coffee bakery kitchen grill pizza bar
    taproom brewing brewery winery farm farms market markets grocery shop store stores outfitters hardware garden
    gardens supply auto motors motor repair plumbing electric electrical heating cooling roofing cleaning
    landscaping construction builders logistics freight lines transport transit transportation travel tours
    adventures events media software systems technologies tech labs analytics digital online mobile partners
    consulting advisors associates law legal attorneys tax books accounting bookkeeping energy water power utilities
    utility cooperative coop credit lending loans capital wealth trust systems products company brands goods
    clothing apparel boutique jewelry shoes toys pets pet foods food catering parks recreation city county town
    state community council department office national american international global first second third new old big
    little great good best green blue red white black golden silver gold copper bright sunny happy lucky north south
    east west northern southern eastern western central upper lower river lake mountain hill hills valley creek bay
    beach island ocean sea sky sun moon star stone rock oak pine cedar maple elm forest wood woods tree field meadow
    bridge street main park point harbor port summit ridge peak cloud royal premier quality express direct smart
    youth kids children senior women soccer swim running trail internet wellness room lounge games sports
    photography design music art arts dance theater theatre film
    """
)
# What businesses deal in: such a word of a name tells nothing unless it has a capital or a neighbour from the name.
TRADES = GENERIC | words(
    """
    bike bikes bicycle tire tires glass paint roofing pool pools lawn tree trees carpet floor floors window windows
    door doors garage towing rental rentals storage moving painting printing print sign signs tutoring dance ballet
    karate boxing climbing golf tennis soccer baseball ski surf boat marina dock fishing camp cabin cabins salon
    barber barbers barbershop tattoo massage therapy therapist chiropractic podiatry orthodontics dermatology
    pediatrics optical eye vision hearing animal dog dogs cat cats grooming daycare preschool kindergarten learning
    academy lessons piano guitar theater ticket tickets news radio television books bookstore gifts flowers florist
    bridal wedding photo video bagel bagels donut donuts taco tacos burger burgers sushi noodle noodles tea juice
    ice cream chocolate candy cheese meat butcher seafood fish chicken barbecue bbq diner bistro tavern pub
    """
)


@dataclass(frozen=True, slots=True)
class Name:
    """A business name as it can be looked for in texts."""

    tokens: tuple[str, ...]
    initials: tuple[str, ...]
    domain: str
    label: str

    def stands_in(self, text: str) -> bool:
        """Whether the text names the business."""
        lowered = text.lower()
        if self.domain and self.domain in lowered:
            return True
        words = _words(lowered)
        return self._short_form(words) or self._one_word(words, text) or self._initials(text) or self._capitals(text)

    def _short_form(self, words: tuple[str, ...]) -> bool:
        """Two words of the name in their order, side by side ("Fern Hollow", "Tidal Library"), not both generic."""
        pairs = {
            (one, other)
            for place, one in enumerate(self.tokens)
            for step, other in enumerate(self.tokens[place + 1 :])
            if not (one in TRADES and other in TRADES) or (place, step) == (0, 0)
        }
        return any(pair in pairs for pair in pairwise(words))

    def _capitals(self, text: str) -> bool:
        """Two neighbours of the name, however generic, where both have a capital ("Harbor Dental")."""
        return any(f"{one} {other}".title() in text for one, other in pairwise(self.tokens))

    def _one_word(self, words: tuple[str, ...], text: str) -> bool:
        """A telling word of the name: the first one however written, another one ("bike") only with a capital."""
        telling = {token for token in self.tokens if token not in TRADES and len(token) > 2}
        alone = telling or (set(self.tokens) if len(self.tokens) == 1 else set())
        if any(word in alone and word == self.tokens[0] for word in words):
            return True
        if len(self.label) > 4 and self.label in words:
            return True
        return any(_with_capital(word, text) for word in alone.intersection(words))

    def _initials(self, text: str) -> bool:
        return any(re.search(rf"\b{initials}\b", text) for initials in self.initials)


@lru_cache(maxsize=1024)
def name_of(business: Business) -> Name:
    """What to look for."""
    tokens = tuple(word for word in _words(business.name.lower()) if word not in LEGAL)
    domain = registrable(business.website) if business.website else ""
    return Name(tokens, tuple(_initials(business.name)), domain, domain.split(".")[0].replace("-", ""))


def _initials(name: str) -> Iterator[str]:
    """The name as initials, or some words and the initials of the rest, with and without "and" ("Summit SAR")."""
    written = re.findall(r"[A-Za-z]\w*", re.sub(r"['’]s?\b", "", name))
    for parts in (written, [word for word in written if word.lower() not in LEGAL]):
        for kept in range(len(parts) - 1):
            rest = "".join(word[0] for word in parts[kept:]).upper()
            if len(rest) > 2 or (kept and len(rest) > 1):
                yield " ".join((*parts[:kept], rest))
                yield " ".join((*parts[: min(kept, 1)], rest))


def same_business(one: Business, other: Business) -> bool:
    """Whether two names, written out, are the same but for legal suffixes and punctuation."""
    return bool(name_of(one).tokens) and name_of(one).tokens == name_of(other).tokens


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name without legal suffixes, in lower case."""
    return tuple(word for word in _words(text.lower()) if word not in LEGAL)


def _with_capital(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word[0].upper())}(?i:{re.escape(word[1:])})\b", text) is not None


def _words(lowered: str) -> tuple[str, ...]:
    plain = re.sub(r"['’]s?\b", "", lowered.replace("&", " "))
    return tuple(word for word in re.findall(r"\w+", plain) if word not in ("and", "the", "of"))
