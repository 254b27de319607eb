"""L35, L45 to L47: the business and its contact, as a toll-free verification wants them."""

import re
from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.domains import host_of, is_free_mail, words
from rulebook.findings import Severity
from rulebook.names import GENERIC, name_words
from rulebook.reading import Reading

ADDRESS = (
    "business_street_address",
    "business_city",
    "business_state_province_region",
    "business_postal_code",
    "business_country",
)
CONTACT = ("business_contact_first_name", "business_contact_last_name")
_STAND_IN = re.compile(
    r"\W*|n\W*/?\W*a\W*|n\W?a|none|nil|null|tbd|tba|to be (?:determined|announced|added|provided|confirmed|"
    r"supplied)|unknown|pending|applied for|"
    r"coming soon|later|test|same|x{2,}|0+|[0\W]+|1234\d*|12-?3456789|not (?:available|applicable|yet\b.*|known|"
    r"assigned.*|provided)|"
    r"in progress|in process|awaiting.*|will (?:follow|provide|be).*|ask\b.*|see\b.*|to follow|placeholder|"
    r"example|asdf.*|\?+|do not have.*|no number.*|"
    r"(?:street|address|city|state|zip|first name|last name|name|phone|website)",
    re.IGNORECASE,
)
_E164 = re.compile(r"\+[1-9]\d{7,14}")
_ROLES = words(
    """
    support team admin administrator administration department dept office compliance billing customer customers
    client service services manager owner info information contact marketing sales help desk helpdesk operations
    ops hr human resources it management staff front reception receptionist accounts accounting legal general
    director president ceo cfo coo cto webmaster person main business company user representative rep head chief
    officer messaging sms text communications coordinator supervisor secretary care relations public corporate
    store shop headquarters hq the of and technical tech product success onboarding registration regulatory
    authorized
    recruiting recruitment hiring enrollment membership shipping dispatch delivery order orders
    network
    security finance payroll principal group assistant executive test unknown somebody anyone primary
    account guest member patient box mail
    booking bookings reservation reservations scheduling appointments event events leasing rental rentals catering
    concierge media press inquiries enquiries hospitality
    """
)


def _stand_in(text: str) -> bool:
    return bool(_STAND_IN.fullmatch(text.strip()))


def _incomplete(reading: Reading) -> Iterator[Hit]:
    empty = [field for field in (*ADDRESS, *CONTACT) if _missing(reading, field)]
    for group, name in ((ADDRESS, "The business address"), (CONTACT, "The contact's name")):
        if faulty := [field for field in group if field in empty]:
            yield Hit(faulty[0], f"{name} is incomplete.")
    phone = reading.submission.text("business_contact_phone")
    if reading.submission.has("business_contact_phone") and not _E164.fullmatch(phone):
        yield Hit("business_contact_phone", "The contact phone must be + and country code, digits only.")
    website = reading.submission.text("business_website")
    if reading.submission.has("business_website") and (_stand_in(website) or "." not in host_of(website)):
        yield Hit("business_website", "The business website is missing.")


def _missing(reading: Reading, field: str) -> bool:
    return reading.submission.has(field) and _stand_in(reading.submission.text(field))


def _free_mailbox(reading: Reading) -> Iterator[Hit]:
    mailbox = reading.submission.text("business_contact_email")
    if is_free_mail(mailbox):
        yield Hit(
            "business_contact_email", "The contact's mailbox is one that anybody can have; use the business's domain."
        )


def _role(reading: Reading) -> Iterator[Hit]:
    words = tuple(word for field in CONTACT for word in name_words(reading.submission.text(field)))
    names = (reading.submission.text("business_name"), reading.submission.brand.name)
    if words and (_ROLES.issuperset(words) or any(_is_company(words, name_words(name)) for name in names)):
        yield Hit(CONTACT[0], "The contact must be a person's name, not a role, a team or the company.")


def _is_company(words: tuple[str, ...], company: tuple[str, ...]) -> bool:
    """The company as contact. A firm may bear its owner's name: then some word of the contact must be a trade's."""
    rest = [word for word in words if word not in _ROLES]
    return bool(rest) and set(rest) <= set(company) and any(word in GENERIC or word in _ROLES for word in words)


def _no_number(reading: Reading) -> Iterator[Hit]:
    field = "business_registration_number"
    sole = reading.submission.text("business_type") == "SOLE_PROPRIETOR"
    if reading.submission.has(field) and not sole and _stand_in(reading.submission.text(field)):
        yield Hit(field, "The registration number is missing; every business but a sole proprietor has one.")


_TOLLFREE = ("tollfree",)
CHECKS = (
    Check(
        id="L35",
        issue="business_data_incomplete",
        look=_incomplete,
        codes=(30445, 30451),
        kinds=_TOLLFREE,
        severity=Severity.ERROR,
        source="Twilio error pages 30445 and 30451",
    ),
    Check(
        id="L45",
        issue="public_email_contact",
        look=_free_mailbox,
        codes=(30482, 30452),
        kinds=_TOLLFREE,
        source="Twilio error page 30482",
    ),
    Check(
        id="L46",
        issue="role_contact_name",
        look=_role,
        codes=(30483,),
        kinds=_TOLLFREE,
        source="Twilio error page 30483",
    ),
    Check(
        id="L47",
        issue="missing_registration_number",
        look=_no_number,
        codes=(30527, 30485),
        kinds=_TOLLFREE,
        source="Twilio error page 30527",
    ),
)
