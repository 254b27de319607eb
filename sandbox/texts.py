"""Registrations of invented businesses: texts a reviewer passes, and the ways they are commonly spoilt."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sandbox.world import Payload


@dataclass(frozen=True, slots=True)
class Business:
    """All names are invented and all domains end in .example. `people` is what it calls those it writes to."""

    name: str
    domain: str
    people: str = "customers"

    @property
    def site(self) -> str:
        return f"https://{self.domain}.example"


@dataclass(frozen=True, slots=True)
class Template:
    purpose: str
    message_type: str
    samples: tuple[str, str]


TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "MARKETING": Template(
            "with seasonal offers, new arrivals and reminders that members save in the quiet months",
            "recurring promotional",
            (
                "{name}: Hi [First Name], 20% off this week at {site}/offers. Reply STOP to opt out.",
                "{name}: Our spring calendar is open, book early at {site}/book. Reply STOP to opt out, HELP for help.",
            ),
        ),
        "CUSTOMER_CARE": Template(
            "to confirm times, report progress and answer questions they asked",
            "recurring service",
            (
                "{name}: Hi [First Name], see you on [Date] at [Time]. Reply C to confirm or STOP to opt out.",
                "{name}: We have finished [Service] and it is ready. Questions? Reply here. Reply STOP to opt out.",
            ),
        ),
        "ACCOUNT_NOTIFICATION": Template(
            "with reminders of due dates and notices about their accounts",
            "recurring account notification",
            (
                "{name}: Your invoice [Number] is due on [Date]. See {site}/account. Reply STOP to opt out.",
                "{name}: We received your payment of [Amount], thank you. Reply STOP to opt out, HELP for help.",
            ),
        ),
        "DELIVERY_NOTIFICATION": Template(
            "to say when an order is confirmed, on its way and at the door",
            "order status",
            (
                "{name}: Order [Number] is in the oven and leaves in [Minutes] minutes. Reply STOP to opt out.",
                "{name}: Your driver is two minutes away. Track at {site}/track. Reply STOP to opt out.",
            ),
        ),
        "LOW_VOLUME": Template(
            "with viewing reminders, answers to their questions and now and then an offer",
            "recurring informational and promotional",
            (
                "{name}: Your visit is on [Date] at [Time]. Reply C to confirm or STOP to opt out.",
                "{name}: Two places are free on Saturday, see {site}/dates. Reply STOP to opt out.",
            ),
        ),
        "MIXED": Template(
            "with booking confirmations, service notices and monthly offers",
            "recurring service and promotional",
            (
                "{name}: Your booking on [Date] is confirmed, details at {site}/bookings. Reply STOP to opt out.",
                "{name}: This month [Service] costs less, see {site}/offers. Reply STOP to opt out, HELP for help.",
            ),
        ),
        "2FA": Template(
            "with one-time codes when they sign in to their own accounts",
            "one-time verification code",
            (
                "{name}: Your sign-in code is [Code]. It is valid for ten minutes.",
                "{name}: Use [Code] to confirm your new phone number. We never ask for it by phone.",
            ),
        ),
    }
)


# Apart from the rest, which any brand may register.
SOLE_PROPRIETOR = Template(
    "to confirm times, report progress and now and then with an offer",
    "recurring service and promotional",
    (
        "{name}: Hi [First Name], see you on [Date] at [Time]. Reply C to confirm or STOP to opt out.",
        "{name}: I have two free mornings in [Month], see {site}/dates. Reply STOP to opt out.",
    ),
)


def campaign(business: Business, use_case: str) -> Payload:
    """The fields of a campaign that the reviewer passes."""
    template = SOLE_PROPRIETOR if use_case == "SOLE_PROPRIETOR" else TEMPLATES[use_case]
    site = business.site
    samples = [sample.format(name=business.name, site=site) for sample in template.samples]
    return {
        "us_app_to_person_usecase": use_case,
        "description": f"{business.name} texts {business.people} who signed up on {site} {template.purpose}.",
        "message_flow": consent(business, template.message_type),
        "message_samples": samples,
        "has_embedded_links": any(site in sample for sample in samples),
        "opt_out_message": f"{business.name}: You are unsubscribed and will get no more messages.",
        "help_message": f"{business.name}: Write to care@{business.domain}.example for help. Reply STOP to opt out.",
        "privacy_policy_url": f"{site}/privacy",
        "terms_and_conditions_url": f"{site}/terms",
    }


def consent(business: Business, message_type: str) -> str:
    return (
        f"{business.people.capitalize()} tick an optional, unchecked box on {business.site}/join that reads: "
        f'"I agree to receive {message_type} text messages from {business.name}. Message frequency varies. '
        'Message and data rates may apply. Reply STOP to opt out, HELP for help." '
        f"Terms {business.site}/terms Privacy {business.site}/privacy. "
        "Mobile numbers are not shared with third parties for marketing."
    )


def consent_without_frequency_and_rates(business: Business) -> str:
    """The commonest fault: two of the four disclosures are missing (error page 30924)."""
    return (
        f"{business.people.capitalize()} tick an optional, unchecked box on {business.site}/join that reads: "
        f'"I agree to receive promotional text messages from {business.name}. Reply STOP to cancel." '
        f"Terms {business.site}/terms Privacy {business.site}/privacy."
    )


def verification(business: Business, phone: str) -> Payload:
    """The fields of a toll-free verification that the reviewer passes."""
    return {
        "business_name": business.name,
        "business_street_address": "410 Alder St",
        "business_city": "Tacoma",
        "business_state_province_region": "WA",
        "business_postal_code": "98402",
        "business_country": "US",
        "business_website": business.site,
        "business_contact_first_name": "Rosa",
        "business_contact_last_name": "Imani",
        "business_contact_email": f"rosa@{business.domain}.example",
        "business_contact_phone": "+12535550142",
        "notification_email": "compliance@northbeam.example",
        "use_case_categories": ["CUSTOMER_CARE"],
        "use_case_summary": f"{business.name} confirms appointments and answers questions of {business.people} "
        "who ticked the SMS box on its booking page.",
        "production_message_sample": f"{business.name}: see you on [Date] at [Time]. Reply STOP to opt out.",
        "opt_in_image_urls": [f"{business.site}/opt-in.png"],
        "opt_in_type": "WEB_FORM",
        "message_volume": "1,000",
        "additional_information": consent(business, "recurring service"),
        "tollfree_phone_number": phone,
        "business_registration_number": "911234567",
        "business_registration_authority": "EIN",
        "business_registration_country": "US",
        "business_type": "PRIVATE_PROFIT",
        "privacy_policy_url": f"{business.site}/privacy",
        "terms_and_conditions_url": f"{business.site}/terms",
    }
