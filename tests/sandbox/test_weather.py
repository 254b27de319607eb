"""Bad weather: mishaps by chance, the same ones for the same seed, and counters that tell what was carried out."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any

import pytest

from sandbox.faults import MISHAPS, Ending
from sandbox.handle import Account, Registration, Sandbox, VerbRefused
from tests.sandbox.conftest import speaks_as
from tests.sandbox.speaker import MESSAGING, Form, Speaker, campaign_path, update_form

SERVICES = f"{MESSAGING}/Services"
STORM = {
    "throttle": 0.2,
    "server_error": 0.1,
    "timeout_after": 0.05,
    "timeout_before": 0.05,
    "slow": 0.05,
    "half_body": 0.02,
    "wrong_json": 0.02,
}
SHORT: dict[str, Any] = {"slow_seconds": 0.001, "hang_seconds": 0.001}


def ask(speaker: Speaker, path: str = SERVICES, form: Form | None = None) -> int | None:
    """The status, or None where no whole answer came."""
    try:
        return (speaker.get(path) if form is None else speaker.post(path, form)).status
    except (HTTPException, OSError, json.JSONDecodeError):
        return None


def met(sandbox: Sandbox) -> list[str | None]:
    """What each call met, oldest first."""
    return [call.fault for call in sandbox.calls()]


def test_the_shares_come_out_as_asked(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.bad_weather(STORM, seed=1, **SHORT)
    for _ in range(1000):
        ask(speaker)
    came = Counter(met(sandbox))
    for kind, share in STORM.items():
        # Four standard deviations: chance alone would miss this once in ten thousand.
        assert abs(came[kind] - 1000 * share) <= 4 * (1000 * share * (1 - share)) ** 0.5, (kind, came)
    assert came[None] == 1000 - sum(came[kind] for kind in STORM)


def test_the_same_seed_brings_the_same_row_and_another_seed_another(sandbox: Sandbox, speaker: Speaker) -> None:
    rows = []
    for seed in (7, 7, 8):
        sandbox.clear_journal()
        sandbox.bad_weather(STORM, seed=seed, **SHORT)
        statuses = [ask(speaker) for _ in range(60)]
        rows.append((met(sandbox), statuses))
    assert rows[0] == rows[1] != rows[2]


def test_many_at_once_meet_the_same_row_between_them(sandbox: Sandbox, account: Account) -> None:
    rows = []
    for threads in (1, 8):
        sandbox.clear_journal()
        sandbox.bad_weather(STORM, seed=3, **SHORT)
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda _: ask(speaks_as(sandbox, account)), range(80)))
        rows.append(met(sandbox))
    assert rows[0] == rows[1]


def test_it_strikes_only_what_fits(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    sandbox.bad_weather({"server_error": 1.0}, method="POST", path="/Usa2p/")
    path = campaign_path(registration.service_sid)
    assert (ask(speaker), ask(speaker, path), ask(speaker, path, {})) == (200, 200, 500)


def test_a_single_fault_goes_before_and_costs_no_draw(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.bad_weather({"throttle": 0.5}, seed=5)
    row = [ask(speaker) for _ in range(8)]
    sandbox.bad_weather({"throttle": 0.5}, seed=5)
    sandbox.server_error(calls=2)
    assert [ask(speaker) for _ in range(10)] == [500, 500, *row]
    assert set(row) == {200, 429}


def test_it_lasts_until_it_clears(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.bad_weather({"server_error": 1.0})
    struck = [ask(speaker) for _ in range(3)], sandbox.state()["weather"]
    sandbox.clear_faults()
    assert (struck, ask(speaker), sandbox.state()["weather"]) == (([500] * 3, True), 200, False)


def test_some_429s_say_when_to_come_back_and_some_do_not(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.bad_weather({"throttle": 1.0}, retry_after=7)
    told = {speaker.get(SERVICES).headers.get("Retry-After") for _ in range(30)}
    sandbox.bad_weather({"throttle": 1.0}, retry_after=7, retry_after_share=1.0)
    assert all(speaker.get(SERVICES).headers.get("Retry-After") == "7" for _ in range(30))
    sandbox.bad_weather({"throttle": 1.0})
    assert (told, "Retry-After" in speaker.get(SERVICES).headers) == ({"7", None}, False)


@pytest.mark.parametrize("kind", MISHAPS)
def test_a_write_counts_as_accepted_just_where_it_was_carried_out(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, kind: str
) -> None:
    sandbox.reject(registration.service_sid, [30924])
    path = campaign_path(registration.service_sid)
    form = update_form(speaker.get(path).body)
    sandbox.bad_weather({kind: 1.0}, method="POST", **SHORT)
    answered = ask(speaker, path, form)
    carried_out = MISHAPS[kind].carried_out
    counters, logged = sandbox.counters(), sandbox.calls()[-1]
    assert counters.accepted_by("campaigns.update", registration.service_sid) == carried_out
    assert (speaker.get(path).body["campaign_status"] == "PENDING") is carried_out
    assert logged.fault == kind
    assert (answered == 200) is (kind == "slow")
    assert (logged.status is None) is (MISHAPS[kind].ending in (Ending.HANG, Ending.DROP))


@pytest.mark.parametrize(
    ("shares", "how", "why"),
    [
        ({"hail": 0.1}, {}, "no fault hail"),
        ({"throttle": 0.6, "slow": 0.5}, {}, "at most together"),
        ({"throttle": -0.1}, {}, "at most together"),
        ({"throttle": 0.1}, {"path": "("}, "unterminated"),
    ],
)
def test_weather_that_cannot_be_is_refused(
    sandbox: Sandbox, speaker: Speaker, shares: dict[str, float], how: dict[str, Any], why: str
) -> None:
    with pytest.raises(VerbRefused, match=why):
        sandbox.bad_weather(shares, **how)
    assert ask(speaker) == 200
