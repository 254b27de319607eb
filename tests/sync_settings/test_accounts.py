"""The pages of Twilio accounts: progress that ends, a policy looked at before it is in force, putting away."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, TwilioAccount
from audit.models import Entry
from reviews.models import Review
from sandbox.handle import Sandbox
from sync.models import PollRun, UnreadablePayload
from sync.poll import poll_account
from tests.factories import campaign_payload, make_account, make_customer, make_user, mirror

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def main() -> TwilioAccount:
    return make_account(name="Northbeam Software")


@pytest.fixture
def admin(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.ADMINISTRATOR)


# --- progress --------------------------------------------------------------------------------------------------------


def test_the_progress_asks_again_until_the_reading_is_over(
    twilio: Sandbox, account: TwilioAccount, admin: Client
) -> None:
    twilio.register(account.sid)
    url = reverse("sync:account", args=[account.pk])
    assert 'hx-trigger="every 2s"' in admin.get(url).content.decode()
    poll_account(account.pk)
    piece = admin.get(url, {"since": account.connected_at.isoformat()}, headers=HTMX).content.decode()
    assert "1 of 1" in piece
    assert "hx-trigger" not in piece
    assert "<html" not in piece


def test_reading_now_makes_the_whole_family_due(main: TwilioAccount, admin: Client) -> None:
    later = timezone.now() + timedelta(hours=6)
    below = make_account(parent=main)
    TwilioAccount.objects.update(next_poll_at=later)
    assert admin.post(reverse("sync:read", args=[main.pk])).status_code == 302
    for account in (main, below):
        account.refresh_from_db()
        assert account.next_poll_at <= timezone.now()


def test_a_reading_that_nobody_begins_says_so(main: TwilioAccount, admin: Client) -> None:
    since = (timezone.now() - timedelta(minutes=1)).isoformat()
    page = admin.get(reverse("sync:account", args=[main.pk]), {"since": since}).content.decode()
    assert "Is a worker" in page


@pytest.mark.parametrize("since", ["yesterday", "2026-13-45T00:00:00Z", "2026-11-01T00:00:00"])
def test_an_odd_moment_is_no_error(main: TwilioAccount, admin: Client, since: str) -> None:
    assert admin.get(reverse("sync:account", args=[main.pk]), {"since": since}).status_code == 200


# --- the list --------------------------------------------------------------------------------------------------------


def test_a_failing_account_is_listed_with_its_reason(main: TwilioAccount, admin: Client) -> None:
    make_account(parent=main, failing_since=timezone.now(), last_error="Twilio refused the credentials.")
    page = admin.get(reverse("sync:accounts")).content.decode()
    assert "1 failing" in page
    assert "Twilio refused the credentials." in page


def test_people_see_the_accounts_of_their_customers_only(main: TwilioAccount, client: Client) -> None:
    below = make_account(parent=main, name="Pelican Pizza", failing_since=timezone.now(), last_error="Dead.")
    make_account(name="Another ISV account", failing_since=timezone.now(), last_error="Dead too.")
    person = make_user(Role.VIEWER, all_customers=False)
    person.customers.add(below.customer)
    client.force_login(person)
    page = client.get(reverse("sync:accounts")).content.decode()
    assert "Pelican Pizza" in page
    assert "Another ISV account" not in page


def test_the_list_costs_the_same_for_many_accounts(
    main: TwilioAccount, admin: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(10):
        make_account(parent=make_account(), failing_since=timezone.now())
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        admin.get(reverse("sync:accounts"))


def test_what_was_not_understood_is_shown_as_it_came(main: TwilioAccount, admin: Client) -> None:
    UnreadablePayload.objects.create(
        account=main, kind="brand", digest="x", payload={"odd": "<b>thing</b>"}, error="A brand without a SID."
    )
    page = admin.get(reverse("sync:unreadable", args=[main.pk])).content.decode()
    assert "A brand without a SID." in page
    assert "&lt;b&gt;thing&lt;/b&gt;" in page


# --- policy ----------------------------------------------------------------------------------------------------------


def policy(**over: str) -> dict[str, str]:
    return {"policy_id": "fifteen-each", **over}


def put_in_force(admin: Client, main: TwilioAccount, **over: str) -> None:
    """Looks at a policy and presses the button that stands beneath it."""
    url = reverse("sync:policy", args=[main.pk])
    looked = admin.post(url, policy(**over))
    admin.post(url, policy(**over, put_in_force=looked.context["mark"]))


def test_looking_at_a_policy_shows_what_changes_and_changes_nothing(main: TwilioAccount, admin: Client) -> None:
    mirror(main, "campaign", campaign_payload(), campaign_payload())
    page = admin.post(reverse("sync:policy", args=[main.pk]), policy())
    shifts = [(shift.fee, shift.now, shift.then) for shift in page.context["shifts"]]
    assert shifts == [(Decimal("0.00"), 2, 0), (Decimal("15.00"), 0, 2)]
    main.refresh_from_db()
    assert main.policy.id == "three-free-then-15"


def test_a_policy_is_put_in_force_for_the_subaccounts_and_written_down(main: TwilioAccount, admin: Client) -> None:
    below = make_account(parent=main)
    put_in_force(admin, main)
    below = TwilioAccount.objects.select_related("parent").get(pk=below.pk)
    assert below.policy.id == "fifteen-each"
    assert Entry.objects.get().detail["after"] == "$15.00 for each resubmission"


def test_only_the_policy_that_was_looked_at_is_put_in_force(main: TwilioAccount, admin: Client) -> None:
    url = reverse("sync:policy", args=[main.pk])
    looked = admin.post(url, policy())
    again = admin.post(url, policy(policy_id="once-per-campaign", put_in_force=looked.context["mark"]))
    assert again.context["then"].policy_id == "once-per-campaign"
    main.refresh_from_db()
    assert main.policy_id == "three-free-then-15"


def test_own_terms_are_kept_with_their_author(main: TwilioAccount, admin: Client) -> None:
    own = {"free_resubmissions": "5", "fee_per_resubmission": "4", "fee_to_recreate": "12.5"}
    put_in_force(admin, main, policy_id="custom", **own)
    main.refresh_from_db()
    terms = main.policy
    assert (terms.free_resubmissions, terms.fee_per_resubmission, terms.fee_to_recreate) == (
        5,
        Decimal(4),
        Decimal("12.5"),
    )
    assert terms.certain
    assert "administrator" in terms.source


@pytest.mark.parametrize("fee", ["", "-1", "much", "99999"])
def test_own_terms_need_amounts(main: TwilioAccount, admin: Client, fee: str) -> None:
    own = policy(policy_id="custom", fee_per_resubmission=fee, fee_to_recreate="15")
    assert admin.post(reverse("sync:policy", args=[main.pk]), own).status_code == 422
    main.refresh_from_db()
    assert main.policy_id == "three-free-then-15"


# --- putting away ----------------------------------------------------------------------------------------------------


def test_disconnecting_wants_the_name_and_erases_the_secrets(main: TwilioAccount, admin: Client) -> None:
    below = make_account(parent=main)
    mirror(below, "campaign", campaign_payload())
    url = reverse("sync:disconnect", args=[main.pk])
    assert admin.post(url, {"name": "northbeam software"}).status_code == 422
    assert admin.post(url, {"name": "Northbeam Software"}).status_code == 302
    for account in (main, below):
        account.refresh_from_db()
        assert account.disconnected_at
        assert account.sealed_secret == ""
    assert Review.objects.count() == 1
    assert admin.get(reverse("sync:account", args=[main.pk])).status_code == 404


def test_what_is_disconnected_is_not_read(main: TwilioAccount, admin: Client) -> None:
    admin.post(reverse("sync:disconnect", args=[main.pk]), {"name": main.name})
    assert poll_account(main.pk) is None
    assert not PollRun.objects.exists()


def test_a_customer_without_accounts_is_no_error(admin: Client) -> None:
    customer = make_customer("Nobody yet")
    assert admin.get(reverse("accounts:customer", args=[customer.pk])).status_code == 200
