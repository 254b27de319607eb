"""Longer ways in bad weather: deleting and creating again, and a brand whose papers are put right first. Whatever is
throttled, fails or is left without an answer: one deletion, never two creations, one update of the brand."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from reviews.models import Attempt, Renewal
from sandbox.handle import RegisteredBrand, Registration, Sandbox
from tests.brands.conftest import at_registry as at_registry
from tests.brands.conftest import attempt as attempt
from tests.brands.conftest import carried as prepared
from tests.brands.conftest import editor as editor
from tests.brands.conftest import failed as failed
from tests.brands.conftest import repaired as repaired
from tests.brands.conftest import stands as stands
from tests.faults.weather import STORM
from tests.renewal.conftest import ana as ana
from tests.renewal.conftest import carried, creations, deletions, order
from tests.renewal.conftest import confirmed as confirmed
from tests.renewal.conftest import marta as marta
from tests.renewal.conftest import planned as planned
from tests.renewal.conftest import review as review
from tests.renewal.conftest import wrong_use_case as wrong_use_case

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State
SEEDS = (11, 12, 13, 14, 15)
TURNS = 30
type Storm = Callable[[int], None]


@pytest.fixture
def storm(twilio: Sandbox, settings: Settings) -> Callable[[int], None]:
    """Begins one. Nobody waits for an answer, or for the next try, for long."""

    def begin(seed: int) -> None:
        settings.TWILIO_TIMEOUT_SECONDS = 0.4
        settings.TWILIO_READ_AGAIN_SECONDS = [0.0, 0.0, 0.0]
        twilio.bad_weather(STORM, seed=seed, slow_seconds=0.1, retry_after=5, retry_after_share=1.0)

    return begin


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_deletes_once_and_never_creates_twice(
    seed: int, confirmed: Renewal, marta: User, storm: Storm, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    storm(seed)
    for _ in range(TURNS):
        if carried(confirmed).state == State.CREATED:
            break
        if confirmed.state == State.DELETED:  # and again where the new one was looked for and never came
            assert (deletions(twilio, wrong_use_case), creations(twilio, wrong_use_case)) == (1, 0)
            order(confirmed, marta)
    twilio.clear_faults()
    assert confirmed.state == State.CREATED, confirmed.answer
    assert (deletions(twilio, wrong_use_case), creations(twilio, wrong_use_case)) == (1, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_brand_is_updated_once_when_its_papers_are_right(
    seed: int, attempt: Attempt, storm: Storm, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    storm(seed)
    for _ in range(TURNS):
        Attempt.objects.filter(pk=attempt.pk, state=Attempt.State.UNKNOWN).update(due_at=timezone.now())
        if not prepared(attempt).is_open:
            break
        twilio.judge_now(at_registry.papers.profile_sid)  # the reviewers look at what was handed in
    twilio.clear_faults()
    assert attempt.state in (Attempt.State.ACCEPTED, Attempt.State.NOT_APPLIED), attempt.answer
    updates = twilio.counters().accepted_by("brands.update", at_registry.brand_sid)
    assert updates == (attempt.state == Attempt.State.ACCEPTED)
    assert not attempt.steps.filter(done_at=None).exists()
