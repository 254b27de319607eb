"""A brand that failed for a false tax number, read with all that stands behind it, and the draft that repairs it."""

from collections.abc import Mapping
from typing import Any

import pytest

from accounts.models import Role, TwilioAccount, User
from brands import dossier, remote, repair
from brands.draft import Draft
from reviews.models import Attempt, Review
from sandbox.handle import RegisteredBrand, Sandbox
from sync import send
from sync.poll import poll_account
from tests.factories import make_user
from tests.pace import pauses_are_over

FALSE_NUMBER = "91-0000000"


@pytest.fixture
def at_registry(twilio: Sandbox, account: TwilioAccount) -> RegisteredBrand:
    """Its tax number is not the one the authority has on file, so its profile is rejected and the brand failed."""
    return twilio.register_brand(account.sid, filed={"business_registration_number": FALSE_NUMBER})


@pytest.fixture
def failed(account: TwilioAccount, at_registry: RegisteredBrand) -> Review:
    return mirrored(account)


@pytest.fixture
def stands(failed: Review) -> dict[str, Any]:
    return standing(failed)


@pytest.fixture
def repaired(stands: dict[str, Any], at_registry: RegisteredBrand) -> Draft:
    return Draft.from_submission({**stands, "business_registration_number": at_registry.papers.tax_id})


@pytest.fixture
def editor(db: None) -> User:
    return make_user(Role.EDITOR)


@pytest.fixture
def attempt(failed: Review, repaired: Draft, editor: User, stands: dict[str, Any]) -> Attempt:
    return repair.submit(failed.pk, repaired, editor, based_on=stands)


def mirrored(account: TwilioAccount) -> Review:
    """The account's brand as it stands at Twilio, and its papers."""
    poll_account(account.pk)
    review = Review.objects.with_names().get(kind="brand")
    dossier.read(review.pk)
    return review


def standing(review: Review) -> dict[str, Any]:
    return dict(remote.read(remote.payload(review)).submission)


def carried(attempt: Attempt) -> Attempt:
    """What a worker does when the attempt is due, and the pause is over that Twilio may have asked for."""
    pauses_are_over()
    Attempt.objects.filter(pk=attempt.pk, state__in=Attempt.NOT_SENT).update(due_at=attempt.created_at)
    send.carry(attempt.pk)
    attempt.refresh_from_db()
    return attempt


def steps_of(attempt: Attempt) -> Mapping[str, bool]:
    """Each preparation by what it does, and whether it is done."""
    return {step.key.partition(":")[0]: step.done_at is not None for step in attempt.steps.all()}
