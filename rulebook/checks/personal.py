"""L33: private traffic, told by kinship and by whose name the brand is."""

from collections.abc import Iterator
from itertools import chain

from rulebook.checks.check import Hit
from rulebook.names import LEGAL, TRADES
from rulebook.prose import meaning, quotations
from rulebook.reading import Reading

_KIN = (
    "(family( members| reunion| group| chat| trip| news)?|families|friends|buddies|pals|kids|children|sons?|"
    "daughters?|brothers?|sisters?|siblings|cousins|relatives|"
    "wife|husband|spouse|partner|mom|mum|dad|mother|father|parents|grandparents|grandchildren|grandkids|"
    "grandma|grandpa|in-laws|nieces?|nephews?|aunts?|uncles?|roommates|"
    "housemates|classmates|neighbou?rs|loved ones|relations|girlfriend|boyfriend|acquaintances|bridesmaids|"
    "groomsmen|household|wedding guests|teammates|folks)"
)
PERSONAL = meaning(
    f"my( \\w+){{0,3}} {_KIN}",
    f"my <5> (and|or|,) <2> {_KIN}",
    (
        "our <2> (relatives|cousins|siblings|grandchildren|grandkids|family members|family reunion|family group|"
        "family chat|wedding guests|friends and family|in-laws|aunts|nieces|nephews)"
    ),
    (
        "(his|her|their) own? ?(extended |own |large |immediate |close )?(family|relatives|cousins|siblings|"
        "brothers|sisters|buddies|grandchildren|grandkids|in-laws|friends and (family|relatives)|family and "
        "friends|kids and)"
    ),
    ("(personal|private|non-?commercial|hobby) (use|purposes?|communication|chats?|conversations?|group|matters)"),
    "(for|to) myself",
    (
        "(among|between|with|to) <3> (family members|relatives|friends and family|family and friends|personal "
        "friends|old friends|close friends|a few friends|group of friends|family and)"
    ),
    "(friends|cousins|relatives|siblings|brothers|sisters) and (family|cousins|relatives|friends|siblings)",
    "(not|no) a? ?business",
    unless=(
        (
            "family[- ](owned|run|business|practice|law|medicine|dental|dentistry|restaurant|farm|clinic|doctor|"
            "friendly|plan|plans|portrait|event|events|room|day|night|ticket|membership|photo|session)"
        ),
        "friends (and|&) family (sale|event|discount|offer|rate|deal|day|night)",
        (
            "(patients?|members?|students?|clients?|customers?|guests?|veterans|residents|employees|players|pupils|"
            "children|campers|seniors) (and|or|&) (their|his|her) <3> (families|family|friends|parents|relatives|"
            "loved ones|children|kids|guests)"
        ),
        "(no|not|never|n't) <4> (personal|private)",
        "private (lesson|lessons|dance|dances|event|events|tour|dining|client|clients|party|parties|school)",
        "personal (training|trainer|shopper|shopping|care|injury|loan|loans|data|information)",
    ),
)


# What somebody tells their own family, where no business is named: "his parents and his sister".
_OF_A_PERSON = meaning(
    f"(his|her|my|our) (\\w+ ){{0,3}}{_KIN}",
    unless=(
        (
            "(patients?|customers?|clients?|students?|pupils?|guests?|tenants?|members?|subscribers?|"
            "owners?|lessons?|appointments?)"
        ),
    ),
)


def _is_person(reading: Reading) -> bool:
    """Whether the brand's name is a person's: two or three words, none of a trade."""
    written = reading.submission.brand.name.split()
    words = {word.lower().strip(".,") for word in written}
    return 1 < len(written) < 4 and words.isdisjoint(TRADES | LEGAL) and all(word[:1].isupper() for word in written)


def personal(reading: Reading) -> Iterator[Hit]:
    """The check: who is written to are the writer's own family or friends."""
    by_a_person = (PERSONAL, _OF_A_PERSON) if _is_person(reading) else (PERSONAL,)
    for field, rows in ((reading.summary_field, by_a_person), ("message_flow", (PERSONAL,))):
        text = reading.without_brand(reading.prose(field))
        quoted = quotations(text)
        for span in chain.from_iterable(row.spans(text) for row in rows):
            if not any(start <= span[0] < end for start, end in quoted):
                yield Hit(
                    field, "This reads like private traffic among family or friends, which is not registered.", span
                )
                return
