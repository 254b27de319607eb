"""Types of events (GET /v1/Types), as Twilio's pages list them: www.twilio.com/docs/events/event-types, 2026-11-22."""

from sandbox.call import Answer, Call
from sandbox.paging import cut
from sandbox.world import Payload, World

COMPLIANCE = "com.twilio.messaging.compliance."
TEST = "com.twilio.eventstreams.test-event"
_SINCE = "2026-03-09T18:47:22Z"
_TOPICS: dict[str, tuple[str, ...]] = {
    "brand-registration.": (
        *("brand-failure", "brand-registered", "brand-verified", "brand-unverified", "brand-vetted-verified"),
        *("brand-secondary-vetting-failure", "sharing-created", "sharing-deleted", "invalid-contact-email"),
        *("email-2fa-sent", "email-2fa-opened", "email-2fa-clicked", "email-2fa-completed", "email-2fa-timeout"),
    ),
    "campaign-registration.": (
        *("campaign-submitted", "campaign-approved", "campaign-failure", "campaign-deleted"),
        "suspended-campaign-delete-submitted",
    ),
    "number-registration.": ("pending", "successful", "failed"),
    "number-deregistration.": ("pending", "successful", "failed"),
    "toll-free-verification.": (
        *("requested", "pending-review", "request-approved", "rejected", "edit", "expired", "failure", "deleted"),
    ),
    "a2p-resource-cleanup-": ("started", "finished"),
}
# Others stand in the list as well, and mean nothing to somebody who asks for registrations.
_OTHERS = ("com.twilio.messaging.message.delivered", "com.twilio.error-logs.error.logged")
TYPES = tuple(f"{COMPLIANCE}{topic}{name}" for topic, names in _TOPICS.items() for name in names) + _OTHERS
# Number events name the messaging service from version 2 on.
LATEST_VERSION = 2


def list_(world: World, call: Call) -> Answer:
    page = cut(call, TYPES, lambda name: name)
    base = f"https://{call.host}{call.path}"
    meta = {
        "page": page.number,
        "page_size": page.size,
        "first_page_url": base + page.first,
        "previous_page_url": base + page.previous if page.previous else None,
        "url": base + page.query,
        "next_page_url": base + page.next if page.next else None,
        "key": "types",
    }
    return Answer(200, {"types": [_show(name) for name in page.rows], "meta": meta})


def _show(name: str) -> Payload:
    schema = schema_of(name).rpartition("/")[0].rpartition("/")[2]
    return {
        "type": name,
        "schema_id": schema,
        "date_created": _SINCE,
        "date_updated": _SINCE,
        "description": name.rpartition(".")[2].replace("-", " ").capitalize(),
        "status": "available",
        "documentation_url": "https://www.twilio.com/docs/events/event-types",
        "url": f"https://events.twilio.com/v1/Types/{name}",
        "links": {"schema": f"https://events.twilio.com/v1/Schemas/{schema}"},
    }


def schema_of(name: str) -> str:
    """The `dataschema` of an event; names beyond a few that Twilio shows are made up in the same way."""
    words = name.removeprefix(COMPLIANCE).replace("-", " ").replace(".", " ").title().replace(" ", "")
    return f"https://events-schemas.twilio.com/A2P.{words}/{LATEST_VERSION}"
