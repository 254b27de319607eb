"""Twilio's own library speaks to the sandbox, and Twilio's own OpenAPI documents judge both sides of every call."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from openapi_core.validation.response.exceptions import InvalidData
from requests import Response as RawResponse
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox
from sandbox.policies import A2P, SECONDARY, STARTER
from tests.referee import Referee, Sent, needs_documents

pytestmark = needs_documents


class RefereedClient(TwilioHttpClient):
    """Sends the library's requests to the sandbox, before the referee's eyes."""

    def __init__(self, base_url: str, referee: Referee) -> None:
        super().__init__(timeout=5, request_hooks={"response": lambda answer, **_: referee.judge(_sent(answer))})
        self.base_url = base_url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        asked = urlsplit(url)
        query = f"?{asked.query}" if asked.query else ""
        return super().request(method, f"{self.base_url}/{asked.netloc}{asked.path}{query}", *args, **kwargs)


def _sent(answer: RawResponse) -> Sent:
    asked = answer.request
    body = asked.body if isinstance(asked.body, str) else (asked.body or b"").decode()
    return Sent(str(asked.method), str(asked.url), asked.headers, body, answer.status_code, answer.content)


@pytest.fixture
def referee() -> Iterator[Referee]:
    referee = Referee()
    yield referee
    assert referee.judged


@pytest.fixture
def client(sandbox: Sandbox, account: Account, referee: Referee) -> Any:
    """Any, since the library types every field of every answer as possibly None."""
    # An empty environment would be replaced by that of the process, with its TWILIO_REGION and TWILIO_EDGE.
    http_client = RefereedClient(sandbox.base_url, referee)
    return Client(  # type: ignore[no-untyped-call]
        account.sid, account.auth_token, http_client=http_client, environment={"_": "_"}
    )


def test_the_referee_is_awake(sandbox: Sandbox, client: Any, registration: Registration) -> None:
    sandbox.override(registration.brand_sid, {"status": "ON_THE_MOON"})
    with pytest.raises(InvalidData):
        client.messaging.v1.brand_registrations(registration.brand_sid).fetch()


def test_accounts(client: Any, account: Account, subaccount: Account) -> None:
    assert [row.sid for row in client.api.v2010.accounts.list(page_size=1)] == [account.sid, subaccount.sid]
    assert client.api.v2010.accounts(subaccount.sid).fetch().friendly_name == "Larkspur Bike Repair"


def test_services(client: Any, registration: Registration) -> None:
    made = client.messaging.v1.services.create(friendly_name="Orders")
    assert [row.sid for row in client.messaging.v1.services.list(page_size=1)] == [registration.service_sid, made.sid]
    assert client.messaging.v1.services(made.sid).fetch().us_app_to_person_registered is False
    assert client.messaging.v1.services(made.sid).delete()


@pytest.mark.parametrize("version", [None, "v1.2"])
def test_campaigns(sandbox: Sandbox, client: Any, registration: Registration, version: str | None) -> None:
    sandbox.reject(registration.service_sid, [30924, 30892])
    header = {"x_twilio_api_version": version} if version else {}
    campaigns = client.messaging.v1.services(registration.service_sid).us_app_to_person
    [failed] = campaigns.list(**header)
    assert [error["error_code"] for error in failed.errors] == [30924, 30892]
    updated = campaigns(failed.sid).update(
        has_embedded_links=True,
        has_embedded_phone=False,
        message_samples=failed.message_samples,
        message_flow=failed.message_flow,
        description=failed.description,
        age_gated=False,
        direct_lending=False,
        **header,
    )
    assert (updated.campaign_status, updated.message_samples) == ("PENDING", failed.message_samples)
    sandbox.judge_now(registration.service_sid)
    verified = campaigns(failed.sid).fetch(**header)
    assert verified.campaign_status == "VERIFIED"
    assert (verified.privacy_policy_url is None) is (version is None)
    assert campaigns(failed.sid).delete()


def test_a_new_campaign(client: Any, registration: Registration) -> None:
    service = client.messaging.v1.services.create(friendly_name="Offers")
    made = client.messaging.v1.services(service.sid).us_app_to_person.create(
        brand_registration_sid=registration.brand_sid,
        description="Larkspur Bike Repair texts customers who booked a repair about its progress.",
        message_flow="Customers tick a box on https://larkspur.example/book for recurring repair texts.",
        message_samples=["Larkspur: your bicycle is ready. Reply STOP to opt out."] * 2,
        us_app_to_person_usecase="CUSTOMER_CARE",
        has_embedded_links=False,
        has_embedded_phone=False,
        privacy_policy_url="https://larkspur.example/privacy",
        terms_and_conditions_url="https://larkspur.example/terms",
    )
    assert made.campaign_status == "PENDING"
    usecases = client.messaging.v1.services(service.sid).us_app_to_person_usecases
    assert usecases.fetch(brand_registration_sid=registration.brand_sid).us_app_to_person_usecases


def test_a_campaign_registered_elsewhere(sandbox: Sandbox, client: Any, account: Account) -> None:
    service = sandbox.create_service(account.sid)
    made = client.messaging.v1.external_campaign.create(campaign_id="CXYZ123", messaging_service_sid=service)
    assert (made.campaign_id, made.messaging_service_sid) == ("CXYZ123", service)
    [listed] = client.messaging.v1.services(service).us_app_to_person.list()
    assert listed.is_externally_registered is True


def test_brands(sandbox: Sandbox, client: Any, brand: RegisteredBrand) -> None:
    sandbox.reject(brand.brand_sid, [30795])
    [failed] = client.messaging.v1.brand_registrations.list()
    assert failed.errors[0]["error_code"] == 30795
    assert client.messaging.v1.brand_registrations(failed.sid).update().status == "PENDING"
    made = client.messaging.v1.brand_registrations.create(
        customer_profile_bundle_sid=brand.papers.profile_sid, a2p_profile_bundle_sid=brand.papers.product_sid
    )
    assert client.messaging.v1.brand_registrations(made.sid).fetch().status == "PENDING"


def test_vettings(client: Any, brand: RegisteredBrand) -> None:
    vettings = client.messaging.v1.brand_registrations(brand.brand_sid).brand_vettings
    made = vettings.create(vetting_provider="campaign-verify", vetting_id="cv|1.0|tcr|10dlc|9975c339|GQ3EXAMPLE")
    assert [row.vetting_status for row in vettings.list(vetting_provider="campaign-verify")] == ["IN_PROGRESS"]
    assert vettings(made.brand_vetting_sid).fetch().vetting_class == "POLITICAL"


def test_the_owner_of_a_sole_proprietorship(sandbox: Sandbox, client: Any, account: Account) -> None:
    sole = sandbox.register_brand(account.sid, brand_type="SOLE_PROPRIETOR")
    sent = client.messaging.v1.brand_registrations(sole.brand_sid).brand_registration_otps.create()
    assert sent.brand_registration_sid == sole.brand_sid
    assert client.messaging.v1.brand_registrations(sole.brand_sid).fetch().identity_status == "UNVERIFIED"


def test_toll_free_verifications(sandbox: Sandbox, client: Any, account: Account, subaccount: Account) -> None:
    ours, theirs = sandbox.register_number(account.sid), sandbox.register_number(subaccount.sid)
    sandbox.reject(ours, [30476, 30527])
    verifications = client.messaging.v1.tollfree_verifications
    assert [row.sid for row in verifications.list(include_sub_accounts=True)] == [ours, theirs]
    fetched = verifications(ours).fetch()
    assert (fetched.edit_allowed, fetched.error_code, len(fetched.rejection_reasons)) == (True, 30476, 2)
    edited = verifications(ours).update(edit_reason="Pictures are public now", age_gated_content=False)
    assert edited.status == "PENDING_REVIEW"
    assert verifications(ours).delete()


def test_a_new_toll_free_verification(sandbox: Sandbox, client: Any, account: Account) -> None:
    sandbox.create_number(account.sid, "+18335550150")
    [number] = client.api.v2010.accounts(account.sid).incoming_phone_numbers.list(phone_number="+18335550150")
    made = client.messaging.v1.tollfree_verifications.create(
        business_name="Harbor Dental",
        business_website="https://harbordental.example",
        notification_email="compliance@northbeam.example",
        use_case_categories=["CUSTOMER_CARE"],
        use_case_summary="Harbor Dental reminds patients of their appointments.",
        production_message_sample="Harbor Dental: see you on [Date]. Reply STOP to opt out.",
        opt_in_image_urls=["https://harbordental.example/opt-in.png"],
        opt_in_type="WEB_FORM",
        message_volume="1,000",
        tollfree_phone_number_sid=number.sid,
        business_type="PRIVATE_PROFIT",
        business_registration_number="911234567",
        business_registration_authority="EIN",
        business_registration_country="US",
        privacy_policy_url="https://harbordental.example/privacy",
        terms_and_conditions_url="https://harbordental.example/terms",
    )
    assert made.status == "PENDING_REVIEW"


def test_bundles(sandbox: Sandbox, client: Any, registration: Registration) -> None:
    sandbox.reject(registration.profile_sid, [18602])
    [profile] = client.trusthub.v1.customer_profiles.list()
    assert (profile.status, profile.errors[0]["code"]) == ("twilio-rejected", 18602)
    for kind, policy in ((client.trusthub.v1.customer_profiles, SECONDARY), (client.trusthub.v1.trust_products, A2P)):
        made = kind.create(friendly_name="Larkspur", email="c@larkspur.example", policy_sid=policy)
        assert kind(made.sid).update(friendly_name="Bikes").friendly_name == "Bikes"
        assert kind(made.sid).update(status="pending-review").status == "pending-review"
        assert made.sid in {row.sid for row in kind.list(status="pending-review")}
        assert kind(made.sid).fetch().status == "pending-review"


def test_evaluations(client: Any, registration: Registration) -> None:
    profile = client.trusthub.v1.customer_profiles(registration.profile_sid).customer_profiles_evaluations
    product = client.trusthub.v1.trust_products(registration.papers.product_sid).trust_products_evaluations
    for evaluations, policy in ((profile, SECONDARY), (product, A2P)):
        made = evaluations.create(policy_sid=policy)
        assert (made.status, [row.sid for row in evaluations.list()]) == ("compliant", [made.sid])
        assert evaluations(made.sid).fetch().results == made.results
    assert profile.create(policy_sid=STARTER).status == "noncompliant"


def test_assignments(client: Any, registration: Registration) -> None:
    papers = registration.papers
    made = client.trusthub.v1.customer_profiles.create(friendly_name="New", email="n@x.example", policy_sid=SECONDARY)
    held = client.trusthub.v1.customer_profiles(made.sid).customer_profiles_entity_assignments
    one = held.create(object_sid=papers.business_sid)
    assert [row.object_sid for row in held.list(object_type="customer_profile_business_information")] == [
        papers.business_sid
    ]
    assert held(one.sid).fetch().customer_profile_sid == made.sid
    assert held(one.sid).delete()
    product = client.trusthub.v1.trust_products(papers.product_sid).trust_products_entity_assignments
    assert {row.object_sid for row in product.list()} == {papers.messaging_sid, papers.profile_sid}


def test_end_users_and_documents(client: Any, registration: Registration) -> None:
    users = client.trusthub.v1.end_users
    made = users.create(friendly_name="Rosa", type="authorized_representative_2", attributes={"first_name": "Rosa"})
    assert made.attributes == {"first_name": "Rosa"}
    assert users(made.sid).update(attributes={"first_name": "Ana"}).attributes == {"first_name": "Ana"}
    assert users(made.sid).fetch().type == "authorized_representative_2"
    assert len(users.list()) == 4
    documents = client.trusthub.v1.supporting_documents
    paper = documents.create(
        friendly_name="Office",
        type="customer_profile_address",
        attributes={"address_sids": registration.papers.address_sid},
    )
    assert documents(paper.sid).update(friendly_name="Head office").status == "DRAFT"
    assert documents(paper.sid).fetch().attributes == {"address_sids": registration.papers.address_sid}
    assert [row.sid for row in documents.list()] == [registration.papers.document_sid, paper.sid]


def test_addresses(client: Any, account: Account, registration: Registration) -> None:
    addresses = client.api.v2010.accounts(account.sid).addresses
    made = addresses.create(
        customer_name="Larkspur",
        street="1 Pine St",
        city="Tacoma",
        region="WA",
        postal_code="98402",
        iso_country="US",
        friendly_name="Head office",
    )
    assert addresses(made.sid).update(city="Seattle", emergency_enabled=False).city == "Seattle"
    assert [row.sid for row in addresses.list(friendly_name="Head office")] == [made.sid]
    assert addresses(registration.papers.address_sid).fetch().postal_code == "98402"


def test_event_streams(client: Any) -> None:
    events = client.events.v1
    destination = {"destination": "http://127.0.0.1:9/hook", "method": "POST", "batch_events": True}
    sink = events.sinks.create(description="Ours", sink_configuration=destination, sink_type="webhook")
    assert (sink.status, [row.sid for row in events.sinks.list(in_use=False)]) == ("active", [sink.sid])
    types = [row.type for row in events.event_types.list(page_size=20) if "campaign-registration" in row.type]
    made = events.subscriptions.create(description="Ours", sink_sid=sink.sid, types=[{"type": types[0]}])
    assert [row.sid for row in events.subscriptions.list(sink_sid=sink.sid)] == [made.sid]
    subscribed = events.subscriptions(made.sid).subscribed_events
    assert subscribed.create(type=types[1]).schema_version == 2
    assert {row.type for row in subscribed.list()} == set(types[:2])
    assert subscribed(types[1]).delete()
    assert events.subscriptions(made.sid).fetch().sink_sid == sink.sid
    assert events.sinks(sink.sid).sink_test.create().result == "submitted"
    assert events.sinks(sink.sid).sink_validate.create(test_id="any").result == "valid"
    assert events.subscriptions(made.sid).delete()
    assert events.sinks(sink.sid).fetch().sink_configuration == destination
    assert events.sinks(sink.sid).delete()
