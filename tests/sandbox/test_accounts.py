"""Who may speak, and what an account sees of its family."""

from sandbox.handle import Account, Registration, Sandbox
from tests.sandbox.conftest import speaks_as
from tests.sandbox.speaker import API, MESSAGING, Speaker, campaign_path

ACCOUNTS = f"{API}/2010-04-01/Accounts.json"


def test_a_wrong_token_is_answered_with_twilios_error_body(sandbox: Sandbox, account: Account) -> None:
    reply = Speaker(sandbox.base_url, account.sid, "wrong").get(ACCOUNTS)
    assert (reply.status, reply.code) == (401, 20003)
    assert reply.body["more_info"] == "https://www.twilio.com/docs/errors/20003"


def test_an_unknown_account_and_a_missing_header_are_refused_alike(sandbox: Sandbox, account: Account) -> None:
    unknown = Speaker(sandbox.base_url, "AC" + "0" * 32, "").get(ACCOUNTS)
    silent = speaks_as(sandbox, account).get(ACCOUNTS, Authorization="Bearer nothing")
    assert (unknown.code, silent.code) == (20003, 20003)


def test_a_list_holds_the_account_its_subaccounts_and_their_tokens(
    speaker: Speaker, account: Account, subaccount: Account
) -> None:
    rows = speaker.get(ACCOUNTS).body["accounts"]
    assert [(row["sid"], row["owner_account_sid"]) for row in rows] == [
        (account.sid, account.sid),
        (subaccount.sid, account.sid),
    ]
    assert rows[1]["auth_token"] == subaccount.auth_token
    assert rows[1]["date_created"].endswith("+0000")


def test_a_list_is_followed_by_relative_uris(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    for number in range(4):
        sandbox.create_subaccount(account.sid, f"Customer {number}")
    names, uri = [], f"{ACCOUNTS.removeprefix(API)}?PageSize=2"
    while uri:
        page = speaker.get(API + uri).body
        names += [row["friendly_name"] for row in page["accounts"]]
        uri = page["next_page_uri"]
    assert names == ["Northbeam Software", "Customer 0", "Customer 1", "Customer 2", "Customer 3"]


def test_a_list_is_narrowed_by_status(sandbox: Sandbox, speaker: Speaker, subaccount: Account) -> None:
    sandbox.suspend(subaccount.sid, "closed")
    rows = speaker.get(f"{ACCOUNTS}?Status=closed").body["accounts"]
    assert [row["sid"] for row in rows] == [subaccount.sid]


def test_a_subaccount_sees_only_itself(sandbox: Sandbox, account: Account, subaccount: Account) -> None:
    speaker = speaks_as(sandbox, subaccount)
    assert [row["sid"] for row in speaker.get(ACCOUNTS).body["accounts"]] == [subaccount.sid]
    assert speaker.get(f"{API}/2010-04-01/Accounts/{account.sid}.json").status == 404


def test_a_parent_reads_its_subaccount_on_the_2010_api(speaker: Speaker, subaccount: Account) -> None:
    reply = speaker.get(f"{API}/2010-04-01/Accounts/{subaccount.sid}.json")
    assert reply.body["friendly_name"] == "Larkspur Bike Repair"


def test_a_suspended_account_is_not_served(sandbox: Sandbox, subaccount: Account) -> None:
    sandbox.suspend(subaccount.sid)
    reply = speaks_as(sandbox, subaccount).get(f"{MESSAGING}/Services")
    assert (reply.status, reply.code) == (403, 20005)


def test_a_suspended_parent_takes_its_subaccounts_with_it(
    sandbox: Sandbox, account: Account, subaccount: Account
) -> None:
    sandbox.suspend(account.sid)
    assert speaks_as(sandbox, subaccount).get(f"{MESSAGING}/Services").code == 20005


def test_a_closed_account_cannot_speak(sandbox: Sandbox, subaccount: Account) -> None:
    sandbox.suspend(subaccount.sid, "closed")
    assert speaks_as(sandbox, subaccount).get(f"{MESSAGING}/Services").code == 20003


def test_a_standard_key_may_not_list_accounts(sandbox: Sandbox, account: Account, registration: Registration) -> None:
    key = sandbox.create_key(account.sid)
    speaker = Speaker(sandbox.base_url, key.sid, key.secret)
    assert (speaker.get(ACCOUNTS).status, speaker.get(ACCOUNTS).code) == (401, 20003)
    assert speaker.get(campaign_path(registration.service_sid)).status == 200


def test_a_main_key_may_list_accounts(sandbox: Sandbox, account: Account) -> None:
    key = sandbox.create_key(account.sid, is_main=True)
    assert Speaker(sandbox.base_url, key.sid, key.secret).get(ACCOUNTS).status == 200


def test_a_parent_does_not_see_what_belongs_to_its_subaccount(
    sandbox: Sandbox, speaker: Speaker, subaccount: Account
) -> None:
    registration = sandbox.register(subaccount.sid)
    assert speaker.get(campaign_path(registration.service_sid)).status == 404
    assert speaker.get(f"{MESSAGING}/a2p/BrandRegistrations/{registration.brand_sid}").status == 404
    assert speaker.get(f"{MESSAGING}/Services").body["services"] == []


def test_two_accounts_do_not_see_each_other(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    stranger = speaks_as(sandbox, sandbox.create_account("Somebody else"))
    assert stranger.get(f"{MESSAGING}/Services").body["services"] == []
    assert stranger.post(f"{MESSAGING}/a2p/BrandRegistrations/{registration.brand_sid}").status == 404
    assert stranger.delete(campaign_path(registration.service_sid)).status == 404
    assert speaker.get(campaign_path(registration.service_sid)).status == 200
