"""What Twilio's forms take: lengths, counts, and which fields an update carries at all.

Only what Twilio publishes. It stays the judge of everything else: a limit guessed here would refuse good drafts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rulebook.routes import Route

SEEN = date(2026, 11, 22)
MESSAGING_SPEC = "Twilio OpenAPI description, messaging v1 (2026-04-14)"
EDIT_GUIDE = "Twilio, Troubleshooting and rectifying A2P campaigns, Campaign Edit beta version"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLimit:
    """Size of one field, in Unicode characters. For a list the lengths hold for each item, or for `joined` items."""

    kind: str
    field: str
    label: str
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    joined: bool = False
    https: bool = False
    source: str = MESSAGING_SPEC
    seen: date = SEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedField:
    """A field no update carries: shown, never editable, with the way that does change it."""

    kind: str
    field: str
    label: str
    why: str
    route: Route = Route.RECREATE
    source: str = EDIT_GUIDE
    seen: date = SEEN


CAMPAIGN_LIMITS: tuple[FieldLimit, ...] = (
    FieldLimit(kind="campaign", field="description", label="Description", min_length=40, max_length=4096),
    FieldLimit(kind="campaign", field="message_flow", label="Opt-in description", min_length=40, max_length=2048),
    FieldLimit(
        kind="campaign",
        field="message_samples",
        label="Sample messages",
        min_length=20,
        max_length=1024,
        min_items=2,
        max_items=5,
    ),
    FieldLimit(
        kind="campaign",
        field="privacy_policy_url",
        label="Privacy policy address",
        https=True,
        source="Twilio error page 30933",
    ),
    FieldLimit(
        kind="campaign",
        field="terms_and_conditions_url",
        label="Terms address",
        https=True,
        source="Twilio error page 30934",
    ),
    FieldLimit(kind="campaign", field="opt_in_message", label="Opt-in reply", min_length=20, max_length=320),
    FieldLimit(kind="campaign", field="opt_out_message", label="Opt-out reply", min_length=20, max_length=320),
    FieldLimit(kind="campaign", field="help_message", label="HELP reply", min_length=20, max_length=320),
    FieldLimit(kind="campaign", field="opt_in_keywords", label="Opt-in keywords", max_length=255, joined=True),
    FieldLimit(kind="campaign", field="opt_out_keywords", label="Opt-out keywords", max_length=255, joined=True),
    FieldLimit(kind="campaign", field="help_keywords", label="HELP keywords", max_length=255, joined=True),
)

# The description of the toll-free calls states lengths for SIDs and this one field only.
TOLLFREE_LIMITS: tuple[FieldLimit, ...] = (
    FieldLimit(kind="tollfree", field="opt_in_image_urls", label="Opt-in images", min_items=1),
    FieldLimit(kind="tollfree", field="vetting_id", label="Vetting ID", max_length=500),
)

# All seven go with every campaign update, changed or not.
CAMPAIGN_UPDATE_REQUIRED: tuple[str, ...] = (
    "description",
    "message_flow",
    "message_samples",
    "has_embedded_links",
    "has_embedded_phone",
    "age_gated",
    "direct_lending",
)
# Optional in the description of the update call, demanded on creation since 2026-06-30 (30933, 30934): always sent.
CAMPAIGN_UPDATE_URLS: tuple[str, ...] = ("privacy_policy_url", "terms_and_conditions_url")
# An update of a VERIFIED campaign fails when one of these differs from what was registered.
CAMPAIGN_FROZEN_WHEN_VERIFIED: tuple[str, ...] = (
    "has_embedded_links",
    "has_embedded_phone",
    "age_gated",
    "direct_lending",
)

TOLLFREE_CREATE_REQUIRED: tuple[str, ...] = (
    "business_name",
    "business_website",
    "notification_email",
    "use_case_categories",
    "use_case_summary",
    "production_message_sample",
    "opt_in_image_urls",
    "opt_in_type",
    "message_volume",
    "tollfree_phone_number_sid",
)

_NOT_CARRIED = "Set when the campaign is created; the update call does not carry it."
_OPT_OUT_REPLIES = f"{_NOT_CARRIED} Twilio's own opt-out handling can replace it on the messaging service."

_BRAND_MADE_WITH = "Set when the brand was registered; its update call has no body."

LOCKED: tuple[LockedField, ...] = (
    LockedField(
        kind="campaign", field="us_app_to_person_usecase", label="Use case", why="A different use case is a new review."
    ),
    LockedField(
        kind="campaign",
        field="brand_registration_sid",
        label="Brand",
        why="A campaign stays with its brand, and a brand with campaigns cannot be edited.",
        route=Route.FIX_BRAND,
    ),
    LockedField(
        kind="campaign",
        field="messaging_service_sid",
        label="Messaging service",
        why="A campaign stays with the messaging service it was created under.",
    ),
    LockedField(kind="campaign", field="opt_in_message", label="Opt-in reply", why=_NOT_CARRIED),
    LockedField(kind="campaign", field="opt_in_keywords", label="Opt-in keywords", why=_NOT_CARRIED),
    LockedField(kind="campaign", field="opt_out_message", label="Opt-out reply", why=_OPT_OUT_REPLIES),
    LockedField(kind="campaign", field="opt_out_keywords", label="Opt-out keywords", why=_OPT_OUT_REPLIES),
    LockedField(kind="campaign", field="help_message", label="HELP reply", why=_OPT_OUT_REPLIES),
    LockedField(kind="campaign", field="help_keywords", label="HELP keywords", why=_OPT_OUT_REPLIES),
    LockedField(kind="campaign", field="subscriber_opt_in", label="Subscriber opt-in", why=_NOT_CARRIED),
    LockedField(
        kind="tollfree",
        field="tollfree_phone_number_sid",
        label="Toll-free number",
        why="A verification belongs to one number.",
        source=MESSAGING_SPEC,
    ),
    LockedField(
        kind="tollfree",
        field="customer_profile_sid",
        label="Customer profile",
        why="Set when the verification is created; the edit call does not carry it.",
        source=MESSAGING_SPEC,
    ),
    LockedField(
        kind="tollfree",
        field="external_reference_id",
        label="External reference",
        why="Set when the verification is created; the edit call does not carry it.",
        source=MESSAGING_SPEC,
    ),
    LockedField(
        kind="brand",
        field="iso_country",
        label="Country",
        why="An address keeps its country: its update call does not carry one.",
        source="Twilio OpenAPI description, API 2010 (2026-04-14), UpdateAddress",
    ),
    LockedField(kind="brand", field="brand_type", label="Brand type", why=_BRAND_MADE_WITH, source=MESSAGING_SPEC),
    LockedField(
        kind="brand",
        field="customer_profile_bundle_sid",
        label="Customer profile",
        why=_BRAND_MADE_WITH,
        source=MESSAGING_SPEC,
    ),
    LockedField(
        kind="brand", field="a2p_profile_bundle_sid", label="A2P bundle", why=_BRAND_MADE_WITH, source=MESSAGING_SPEC
    ),
)

LIMITS: Mapping[tuple[str, str], FieldLimit] = MappingProxyType(
    {(row.kind, row.field): row for row in (*CAMPAIGN_LIMITS, *TOLLFREE_LIMITS)}
)


def limit_of(kind: str, field: str) -> FieldLimit | None:
    """The limit of a draft field; None where Twilio publishes none."""
    return LIMITS.get((kind, field))
