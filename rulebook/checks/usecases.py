"""L27, L36: whether the samples are of the declared use case, and every selected category has one."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from rulebook.checks.check import Check, Hit
from rulebook.checks.message_kinds import SIGNS
from rulebook.domains import words
from rulebook.prose import Prose, meaning, prose
from rulebook.reading import Reading

_PROMOTIONAL = frozenset({"MARKETING", "MIXED", "LOW_VOLUME", "SOLE_PROPRIETOR", "SWEEPSTAKE", "AGENTS_FRANCHISES"})
_CHARITABLE = frozenset({"CHARITY", "CHARITY_NONPROFIT", "CHARITY_501C3"})
# The one kind of message a narrow use case is for, and what else it may say.
NARROW: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "2FA": frozenset({"code"}),
        "TWO_FACTOR_AUTHENTICATION": frozenset({"code"}),
        "DELIVERY_NOTIFICATION": frozenset({"delivery"}),
        "DELIVERY_NOTIFICATIONS": frozenset({"delivery"}),
        "FRAUD_ALERT": frozenset({"fraud", "security"}),
        "FRAUD_ALERT_MESSAGING": frozenset({"fraud", "security"}),
        "SECURITY_ALERT": frozenset({"security", "fraud", "code"}),
        "POLLING_VOTING": frozenset({"poll"}),
        "POLLING_AND_VOTING_NON_POLITICAL": frozenset({"poll"}),
        "MARKETING": frozenset({"promotion"}),
        "CHARITY_NONPROFIT": frozenset({"donation", "event"}),
        "EVENTS": frozenset({"event", "notice"}),
        "PUBLIC_SERVICE_ANNOUNCEMENT": frozenset({"notice"}),
        "HIGHER_EDUCATION": frozenset({"school", "event", "notice"}),
        "K12": frozenset({"school", "event", "notice"}),
    }
)
# Kinds plain enough that a narrow use case certainly does not mean them.
_FOREIGN_TO: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "DELIVERY_NOTIFICATION": frozenset({"appointment", "fraud", "poll"}),
        "FRAUD_ALERT": frozenset({"appointment", "delivery", "poll"}),
        "SECURITY_ALERT": frozenset({"appointment", "delivery", "poll"}),
        "POLLING_VOTING": frozenset({"appointment", "delivery", "fraud"}),
        "MARKETING": frozenset({"fraud", "security"}),
    }
)
_NO_CODES = words(
    "MARKETING DELIVERY_NOTIFICATION DELIVERY_NOTIFICATIONS POLLING_VOTING CHARITY CHARITY_NONPROFIT EVENTS "
    "PUBLIC_SERVICE_ANNOUNCEMENT FRAUD_ALERT K12_EDUCATION HIGHER_EDUCATION POLITICAL"
)
_SERVICE = meaning(
    (
        "your <3> (appointment|appt|invoice|bill|payment|prescription|balance|package|parcel|shipment|statement|"
        "claim|refill|cleaning) <5> (is|was|has|will|on|due|ready|at|tomorrow|confirmed|arrives|shipped)"
    ),
    "(reminder|confirm|confirmed|reminding) <4> your <3> (appointment|appt|visit|payment|cleaning|reservation)",
    "your <3> order <3> (has shipped|shipped|is ready|is on|was delivered|delivered|arrives|is out)",
)
_STARTS_MESSAGE = re.compile(r"\n+|(?<=[.!?\]]) *(?:---+|\|{1,2}|;)+ *| +(?=\(?[2-9][.)] )")


def kinds_of(text: Prose) -> frozenset[str]:
    """What a message is, by all signs."""
    return frozenset(kind for kind, row in SIGNS.items() if row.said(text))


def messages(text: Prose) -> tuple[Prose, ...]:
    """The messages in one field of samples: lines, or numbered."""
    return tuple(prose(one) for one in _STARTS_MESSAGE.split(text.folded) if one.strip())


def _mismatch(reading: Reading) -> Iterator[Hit]:
    declared = _declared(reading)
    parts = [(field, message) for field, text in reading.samples for message in _parts(reading, text)]
    samples = [(field, reading.without_brand(message)) for field, message in parts]
    for field, message in samples:
        if declared and (wrong := _wrong(message, declared)):
            yield Hit(field, f"This sample is {wrong}, which the declared use case does not cover.")
            return
    if len(samples) > 1 and all(_is_confirmation(message) for _, message in samples):
        yield Hit("message_samples", "Every sample is a mere confirmation; show messages the campaign sends.")


_SAYS_SOMETHING = frozenset({"promotion", "code", "appointment", "delivery", "fraud", "billing"})


def _is_confirmation(message: Prose) -> bool:
    """Whether a message does nothing but confirm an opt-in or opt-out or answer HELP."""
    kinds = kinds_of(message)
    return "reply" in kinds and not kinds & _SAYS_SOMETHING


def _declared(reading: Reading) -> frozenset[str]:
    field = "us_app_to_person_usecase" if reading.is_campaign else "use_case_categories"
    return frozenset(reading.submission.texts(field))


def _parts(reading: Reading, text: Prose) -> tuple[Prose, ...]:
    return (text,) if reading.is_campaign else messages(text)


_CODE = re.compile(r"\b(?:pass)?codes?\b|\btokens?\b|\bpin\b|\botp\b|\bverif|\bpasswords?\b")


def _wrong(message: Prose, declared: frozenset[str]) -> str:
    """In which way a message lies outside of every declared use case; empty where it does not."""
    kinds = kinds_of(message)
    if declared <= {"2FA", "TWO_FACTOR_AUTHENTICATION"}:
        told = _CODE.search(message.lowered) or kinds & {"code", "security", "reply"}
        return "" if told and "promotion" not in kinds else "no login code"
    if (
        "promotion" in kinds
        and not declared & (_PROMOTIONAL | {"CARRIER_EXEMPT"})
        and not (declared & _CHARITABLE and "donation" in kinds)
    ):
        return "a promotion"
    if "code" in kinds and declared <= _NO_CODES:
        return "a login code"
    if declared == {"MARKETING"} and "promotion" not in kinds and _SERVICE.said(message):
        return "a service message"
    return _foreign(kinds, declared)


def _foreign(kinds: frozenset[str], declared: frozenset[str]) -> str:
    use_case = next(iter(declared)) if len(declared) == 1 else ""
    foreign = kinds & _FOREIGN_TO.get(use_case, frozenset())
    return f"about another matter ({', '.join(sorted(foreign))})" if foreign and not kinds & NARROW[use_case] else ""


def _category_without_sample(reading: Reading) -> Iterator[Hit]:
    categories = reading.submission.texts("use_case_categories")
    text = reading.prose("production_message_sample")
    shown = messages(text)
    if len(categories) < 2 or text.blank:
        return
    absent = [category for category in categories if not any(_serves(message, category) for message in shown)]
    if absent:
        yield Hit("production_message_sample", f"No sample shows the category {_readable(absent[0])}.")
    elif _count(text, shown, reading) < len(categories):
        yield Hit("production_message_sample", "There are fewer samples than selected categories; show one for each.")


_WHEN = re.compile(
    r"\b(?:at \d|\d{1,2} ?[ap]\.?m|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tonight|tomorrow|noon)"
    r"|\[(?:date|time|day)"
)


def _serves(message: Prose, category: str) -> bool:
    """Whether a message may stand for a category: labelled so, of its kind, or of no kind that is another's alone."""
    label = message.lowered[:40].partition(":")[0]
    if any(word in label for word in _readable(category).split() if len(word) > 3):
        return True
    kinds = kinds_of(message)
    if category == "EVENTS" and _WHEN.search(message.lowered) and not kinds & _SAYS_SOMETHING:
        return True
    if category in NARROW:
        return bool(kinds & NARROW[category]) or (not kinds and category == "MARKETING")
    return not kinds or bool(kinds - {"promotion", "code", "reply", "donation", "poll"})


def _count(text: Prose, shown: tuple[Prose, ...], reading: Reading) -> int:
    """How many messages the field holds, where they are not on lines of their own: by the times STOP is said."""
    return max(len(shown), len(re.findall(r"\bSTOP\b", text.folded)))


def _readable(category: str) -> str:
    return category.replace("_", " ").lower()


CHECKS = (
    Check(
        id="L27",
        issue="sample_use_case_mismatch",
        look=_mismatch,
        codes=(30893, 30537),
        source="Twilio error pages 30893 and 30886",
    ),
    Check(
        id="L36",
        issue="category_without_sample",
        look=_category_without_sample,
        codes=(30538,),
        kinds=("tollfree",),
        source="Twilio error page 30538",
    ),
)
