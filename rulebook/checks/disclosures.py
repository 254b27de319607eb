"""L06 to L11, L48, L49: what a person must be told at the control, and whether a way to sign up is told at all."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from rulebook.checks.check import CONSENT_PAGE, POLICY, Check, Hit
from rulebook.checks.meanings import frequency, help_or_contact, kind_of_messages, opt_out, rates
from rulebook.checks.routes import opt_in_path
from rulebook.domains import same_address
from rulebook.prose import Prose, meaning, quotations
from rulebook.reading import Reading

_LINKED = (
    r"(link|links|linked|linking|hyperlink|hyperlinks|hyperlinked|click|clickable|tap|dot|shown|displayed|printed|"
    r"posted|"
    r"appear|appears|below|underneath|beneath|beside|footer|next to|underlined|follow|follows|available|found)"
)
_TERMS = r"(terms|t&cs?|tos|t and c|ts & cs|conditions|conditions of use|policies)"
_PRIVACY = r"(privacy|data policy|data protection|policies)"
_TERMS_LINKED = meaning(f"{_TERMS} <14> {_LINKED}", f"{_LINKED} <14> {_TERMS}")
_PRIVACY_LINKED = meaning(f"{_PRIVACY} <14> {_LINKED}", f"{_LINKED} <14> {_PRIVACY}")
_TERMS_WORD = re.compile(rf"\b{_TERMS}\b|\bterms")
_PRIVACY_WORD = re.compile(rf"\b{_PRIVACY}\b")
_TERMS_PATH = re.compile(
    r"terms|\btos\b|conditions|\btc\b|t-and-c|/legal/?$|polic(?:y|ies)/?$|/sms-program", re.IGNORECASE
)
_PRIVACY_PATH = re.compile(r"privacy|/legal/?$|policies/?$|data-policy|data-protection", re.IGNORECASE)
_BOTH_WORD = re.compile(r"\bpolicies\b|\blegal\b")

Said = Callable[[Prose, Reading], bool]


def wording_given(reading: Reading) -> bool:
    """Whether consent wording stands in the draft. Pictures may carry it for a toll-free number."""
    return reading.once(_wording_given)


def _wording_given(reading: Reading) -> bool:
    if not reading.reads_english or not opt_in_path(reading):
        return False
    if not reading.is_campaign and reading.usable_images and not _worded(reading):
        return False
    return not no_consent_language(reading)


def no_consent_language(reading: Reading) -> bool:
    """A way to sign up, but neither how often, nor rates, nor how to stop: what comes is then mere description."""
    return not any(said(reading.opt_in) for said in (frequency, rates, opt_out))


def _worded(reading: Reading) -> bool:
    said = sum(said(reading.opt_in) for said in (frequency, rates, opt_out))
    return said > 1 or any(end - start > 40 for start, end in quotations(reading.opt_in))


def _missing(reading: Reading, *, said: Said, message: str, sentence: str) -> Iterator[Hit]:
    if wording_given(reading) and not said(reading.wording, reading):
        yield Hit(reading.opt_in_field, message, suggestion=sentence.format(brand=reading.brand_name))


def _type(text: Prose, reading: Reading) -> bool:
    whole = text is not reading.opt_in  # nothing but the wording, which says it with all its words
    return kind_of_messages(text, reading.brand, reply=whole) is not None


def _policy_links(reading: Reading) -> Iterator[Hit]:
    if not reading.reads_english or not opt_in_path(reading):
        return
    absent = [
        word for word, linked in (("privacy policy", _privacy_linked), ("terms", _terms_linked)) if not linked(reading)
    ]
    if absent:
        yield Hit(
            reading.opt_in_field,
            f"The opt-in text gives no link to the {' and the '.join(absent)}.",
            suggestion=" ".join(f"{word.capitalize()}: {_given(reading, word)}." for word in absent),
        )


def _given(reading: Reading, policy: str) -> str:
    field = "privacy_policy_url" if policy == "privacy policy" else "terms_and_conditions_url"
    return reading.submission.text(field) or "[https address]"


def _terms_linked(reading: Reading) -> bool:
    return _linked(reading, "terms_and_conditions_url", _TERMS_PATH, _TERMS_WORD) or _TERMS_LINKED.said(reading.opt_in)


def _privacy_linked(reading: Reading) -> bool:
    return _linked(reading, "privacy_policy_url", _PRIVACY_PATH, _PRIVACY_WORD) or _PRIVACY_LINKED.said(reading.opt_in)


def _linked(reading: Reading, field: str, path: re.Pattern[str], word: re.Pattern[str]) -> bool:
    """The draft's own policy address, one that is called like it, or one right beside the policy's name."""
    given = reading.submission.text(field)
    if any(
        path.search(address.text.partition(address.host)[2]) or (given and same_address(address.text, given))
        for address in reading.opt_in_addresses
    ):
        return True
    return any(
        word.search(reading.opt_in.lowered, max(0, address.span[0] - 60), address.span[0])
        for address in reading.opt_in_addresses
    )


def _no_consent_language(reading: Reading) -> Iterator[Hit]:
    if not reading.reads_english or not opt_in_path(reading):
        return
    if not reading.is_campaign and reading.usable_images and not _worded(reading):
        return
    if no_consent_language(reading):
        yield Hit(
            reading.opt_in_field,
            "The opt-in text gives no consent wording: say what people read or hear before they agree.",
            suggestion=consent_sentence(reading.brand_name),
        )


def consent_sentence(brand: str) -> str:
    """A complete consent sentence, to be adapted."""
    return (
        f"I agree to receive [kind of messages] text messages from {brand}. Message frequency varies. "
        "Message and data rates may apply. Reply STOP to opt out, HELP for help."
    )


def _disclosure(
    rule: str, issue: str, said: Said, codes: tuple[int, ...], message: str, sentence: str, source: str
) -> Check:
    look = partial(_missing, said=said, message=message, sentence=sentence)
    return Check(id=rule, issue=issue, look=look, codes=codes, source=source)


CHECKS = (
    _disclosure(
        "L06",
        "missing_message_type",
        _type,
        (30924, 30544),
        "The consent wording does not say what kind of messages will come.",
        "{brand} sends recurring [kind of messages] text messages.",
        f"{CONSENT_PAGE}; {POLICY}, 30544",
    ),
    _disclosure(
        "L07",
        "missing_frequency",
        lambda text, _: frequency(text),
        (30924, 30545),
        "The consent wording does not say how often or how many messages come.",
        "Message frequency varies.",
        f"{CONSENT_PAGE}; {POLICY}, 30545",
    ),
    _disclosure(
        "L08",
        "missing_rates",
        lambda text, _: rates(text),
        (30924, 30569),
        "The consent wording does not say that message and data rates may apply.",
        "Message and data rates may apply.",
        f"{CONSENT_PAGE}; {POLICY}, 30569",
    ),
    _disclosure(
        "L09",
        "missing_opt_out",
        lambda text, _: opt_out(text),
        (30924, 30887),
        "The consent wording does not say which word to send to stop.",
        "Reply STOP to opt out.",
        f"{CONSENT_PAGE}; Twilio error page 30887",
    ),
    _disclosure(
        "L10",
        "missing_help",
        lambda text, _: help_or_contact(text),
        (30570,),
        "The consent wording names neither HELP nor a contact for questions.",
        "Reply HELP for help.",
        f"{POLICY}, 30570",
    ),
    Check(
        id="L11",
        issue="missing_policy_link",
        look=_policy_links,
        codes=(30549, 30550, 30908),
        kinds=("campaign",),
        source=f"{POLICY}, 30549 and 30550; Twilio error page 30908",
    ),
    Check(
        id="L49",
        issue="no_consent_language",
        look=_no_consent_language,
        codes=(30924, 30896, 30551),
        source=f"{CONSENT_PAGE}; Twilio error page 30896",
    ),
)
