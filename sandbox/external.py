"""Campaigns registered elsewhere: /v1/Services/PreregisteredUsa2p hangs one on a service by its number in the registry.

The reviewer passes it once the other side has shared it with Twilio, and fails it with 30904 before that.
"""

from sandbox import campaigns, reviewer
from sandbox.call import Answer, Call, own
from sandbox.form import Parameter, boolean, filled, read_form
from sandbox.world import CAMPAIGN_SID, Kind, Payload, Resource, World

CREATE = (
    Parameter("CampaignId", "campaign_id", filled, required=True),
    Parameter("MessagingServiceSid", "messaging_service_sid", required=True),
    Parameter("CnpMigration", "cnp_migration", boolean),
)


def create(world: World, call: Call) -> Answer:
    fields = read_form(call.form, CREATE)
    service = own(world, call, Kind.SERVICE, fields["messaging_service_sid"])
    campaigns.refuse_second(world, service)
    campaign = add(world, service, fields["campaign_id"])
    reviewer.submit(world, campaign, {})
    return Answer(201, _shown(campaign))


def add(world: World, service: Resource, campaign_id: str) -> Resource:
    """With the texts of the other side where they were shared, else empty: Twilio knows no more than the number."""
    known = world.shared_campaigns.get(campaign_id, {})
    made = {**known, "campaign_id": campaign_id, "is_externally_registered": True}
    return campaigns.add(world, service, made)


def _shown(campaign: Resource) -> Payload:
    kept = ("account_sid", "campaign_id", "messaging_service_sid", "date_created")
    return {"sid": CAMPAIGN_SID, **{name: campaign.payload[name] for name in kept}}
