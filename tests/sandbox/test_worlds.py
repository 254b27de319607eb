"""The two worlds a sandbox starts with, and how one outlives its process."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox import demo, generate, store
from sandbox.courses import COURSES
from sandbox.demo_rows import BASIN, HILL, JUNO, LARKSPUR, PELICAN, SALTBOX, TERN, VERIFICATIONS
from sandbox.handle import Sandbox, start_sandbox
from sandbox.texts import Business
from sandbox.world import Kind, Resource, World
from tests.sandbox.speaker import MESSAGING, TRUSTHUB, Speaker, campaign_path, update_form

MARKETING = demo.service_sid(LARKSPUR, "Marketing")
MISSING = "Message frequency varies. Message and data rates may apply. "


@pytest.fixture(scope="module")
def demo_sandbox() -> Iterator[Sandbox]:
    with start_sandbox("--demo") as sandbox:
        yield sandbox


def speaker_of(sandbox: Sandbox, business: Business) -> Speaker:
    tokens = {row["sid"]: row["auth_token"] for row in sandbox.state()["accounts"]}
    sid = demo.account_sid(business)
    return Speaker(sandbox.base_url, sid, tokens[sid])


def test_a_newcomers_first_repair_is_verified(demo_sandbox: Sandbox) -> None:
    demo_sandbox.reset()
    speaker, path = speaker_of(demo_sandbox, LARKSPUR), campaign_path(MARKETING)
    failed = speaker.get(path).body
    assert [error["error_code"] for error in failed["errors"]] == [30924]
    repaired = failed["message_flow"].replace("Reply STOP", MISSING + "Reply STOP")
    speaker.post(path, update_form(failed, message_flow=repaired))
    demo_sandbox.judge_now(MARKETING)
    assert speaker.get(path).body["campaign_status"] == "VERIFIED"


def test_the_demo_shows_every_state(demo_sandbox: Sandbox) -> None:
    demo_sandbox.reset()
    state = demo_sandbox.state()
    seen = {(item["kind"], item["status"]) for item in state["items"]}
    assert {("campaign", word) for word in ("PENDING", "IN_PROGRESS", "VERIFIED", "FAILED", "SUSPENDED")} <= seen
    assert {("brand", word) for word in ("APPROVED", "FAILED", "SUSPENDED")} <= seen
    assert {("verification", word) for word in ("IN_REVIEW", "TWILIO_APPROVED", "TWILIO_REJECTED")} <= seen
    assert state["accounts"][0]["sid"] == demo.MAIN_SID
    assert len(state["accounts"]) == 10


def test_the_demos_deadlines_count_from_its_first_start(demo_sandbox: Sandbox) -> None:
    demo_sandbox.reset()
    main = Speaker(demo_sandbox.base_url, demo.MAIN_SID, demo.MAIN_TOKEN)
    rows = main.get(f"{MESSAGING}/Tollfree/Verifications?IncludeSubAccounts=true").body["verifications"]
    closings = [datetime.fromisoformat(row["edit_expiration"]) for row in rows if row["edit_expiration"]]
    left = sorted(closing - datetime.now(UTC) for closing in closings)
    expected = [
        -timedelta(days=2),
        timedelta(hours=9, minutes=12),
        timedelta(days=1, hours=4),
        timedelta(days=3),
        *[timedelta(days=5)] * 6,
        timedelta(days=6, hours=1),
    ]
    assert all(abs(a - b) < timedelta(minutes=2) for a, b in zip(left, expected, strict=True))


def test_every_text_the_demo_shows_as_approved_would_pass() -> None:
    world = World()
    demo.fill(world)
    approved = [c for c in world.shelves[Kind.CAMPAIGN] if c.payload["campaign_status"] == "VERIFIED"]
    for campaign in approved:
        assert COURSES[Kind.CAMPAIGN].read(world, campaign) == []


def test_the_readable_codes_of_the_demo_are_what_its_reviewer_would_say() -> None:
    """But for 39999, which stands for the codes nobody has heard of yet."""
    world = World()
    demo.fill(world)
    for campaign in world.shelves[Kind.CAMPAIGN]:
        given = [error["error_code"] for error in campaign.payload["errors"]]
        if given not in ([], [39999]):
            assert codes_read(world, campaign) == set(given)


def test_the_reviewer_agrees_with_the_toll_free_rejections_of_the_demo() -> None:
    world = World()
    demo.fill(world)
    for row in VERIFICATIONS:
        [verification] = [
            found for found in world.shelves[Kind.VERIFICATION] if found.payload["tollfree_phone_number"] == row.phone
        ]
        assert codes_read(world, verification) == set(row.codes)


def test_the_brands_of_the_demo_are_what_their_papers_deserve() -> None:
    """But for Saltbox Interiors, whose papers have been corrected since."""
    world = World()
    demo.fill(world)
    saltbox = demo.fixed_sid("BN", SALTBOX.name)
    for brand in world.shelves[Kind.BRAND]:
        given = {error["error_code"] for error in brand.payload["errors"]}
        assert codes_read(world, brand) == (set() if brand.key == saltbox else given)


def test_hill_and_sons_are_approved_once_their_tax_number_is_right(demo_sandbox: Sandbox) -> None:
    demo_sandbox.reset()
    speaker = speaker_of(demo_sandbox, HILL)
    profile, brand = demo.fixed_sid("BU", HILL.name), demo.fixed_sid("BN", HILL.name)
    held = f"{TRUSTHUB}/EndUsers/{demo.fixed_sid('IT', f'{HILL.name} business')}"
    right = {**speaker.get(held).body["attributes"], "business_registration_number": "91-0229078"}
    speaker.post(held, {"Attributes": json.dumps(right)})
    speaker.post(f"{TRUSTHUB}/CustomerProfiles/{profile}", {"Status": "pending-review"})
    demo_sandbox.judge_now(profile)
    path = f"{MESSAGING}/a2p/BrandRegistrations/{brand}"
    assert speaker.post(path).status == 202
    demo_sandbox.judge_now(brand)
    assert speaker.get(path).body["status"] == "APPROVED"


def test_a_failed_brand_of_the_demo_has_a_campaign_in_its_way(demo_sandbox: Sandbox) -> None:
    demo_sandbox.reset()
    main = speaker_of(demo_sandbox, BASIN)
    path = f"{MESSAGING}/a2p/BrandRegistrations/{demo.fixed_sid('BN', BASIN.name)}"
    assert main.post(path).status == 400
    main.delete(campaign_path(demo.service_sid(BASIN, "Order updates")))
    assert main.post(path).status == 202


def test_the_demo_has_an_owner_to_wait_for_and_a_campaign_from_elsewhere(demo_sandbox: Sandbox) -> None:
    demo_sandbox.reset()
    main = speaker_of(demo_sandbox, TERN)
    waiting = [
        row["sid"]
        for row in main.get(f"{MESSAGING}/a2p/BrandRegistrations").body["data"]
        if (row["brand_type"], row["identity_status"]) == ("SOLE_PROPRIETOR", "UNVERIFIED")
    ]
    assert [demo_sandbox.answer_otp(sid) for sid in waiting] == [True]
    external = main.get(campaign_path(demo.service_sid(TERN, "Offers"))).body
    assert (external["is_externally_registered"], external["campaign_id"]) == (True, "CT3RN01")


def codes_read(world: World, resource: Resource) -> set[int]:
    return {rejection.code for rejection in COURSES[resource.kind].read(world, resource)}


def test_the_same_seed_makes_the_same_world() -> None:
    worlds = [World() for _ in range(3)]
    for world, seed in zip(worlds, (7, 7, 8), strict=True):
        world.clock.frozen_at = 1_800_000_000.0
        generate.fill(world, seed, account_count=3, campaign_count=40)
    first, again, other = (json.dumps(store.dump(world)) for world in worlds)
    assert first == again != other


def test_a_generated_world_is_mostly_approved_and_spread_over_accounts() -> None:
    world = World()
    generate.fill(world, 7, account_count=4, campaign_count=400)
    statuses = [campaign.payload["campaign_status"] for campaign in world.shelves[Kind.CAMPAIGN]]
    assert len(statuses) == 400
    assert 0.08 < statuses.count("FAILED") / 400 < 0.17
    assert statuses.count("VERIFIED") > 200
    assert {len(world.shelves[Kind.CAMPAIGN].of([sid])) for sid in world.accounts} == {100}


def test_a_restarted_sandbox_goes_on_where_it_was(tmp_path: Path) -> None:
    options = ("--demo", "--state", str(tmp_path / "state.json"))
    with start_sandbox(*options) as sandbox:
        sandbox.edit_elsewhere(MARKETING)
        sandbox.override(MARKETING, {"surprise": 1})
        sandbox.suspend(demo.account_sid(PELICAN))
        before, known = sandbox.state(), sandbox.registry()
    with start_sandbox(*options) as sandbox:
        after = sandbox.state()
        assert sandbox.registry() == known
        assert sandbox.answer_otp(demo.fixed_sid("BN", JUNO.name)) is True
        assert (after["items"], after["accounts"]) == (before["items"], before["accounts"])
        assert speaker_of(sandbox, LARKSPUR).get(campaign_path(MARKETING)).body["surprise"] == 1
        sandbox.advance(20)
        [larkspur] = [item for item in sandbox.state()["items"] if item["sid"] == MARKETING]
        assert larkspur["status"] == "FAILED"


def test_the_package_imports_nothing_of_ours() -> None:
    words = "import sys, sandbox.commandline; print(*{name.partition('.')[0] for name in sys.modules})"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", words], cwd=root, capture_output=True, text=True, check=True)
    assert not {"django", "rulebook", "twilio_api", "reviews", "twilio"} & set(done.stdout.split())
