"""A rejected verification that was read, and the draft that repairs it."""

import pytest

from accounts.models import Role, TwilioAccount, User
from reviews.models import Review
from sandbox.handle import Sandbox
from sync.poll import poll_account
from tests.factories import make_user
from tollfree import remote
from tollfree.draft import Draft

WORDS = "Harbor Dental Tacoma sends appointment reminders and recall notices to patients who ticked the box."


@pytest.fixture
def rejected(account: TwilioAccount, twilio: Sandbox) -> Review:
    """At Twilio: a summary of one word, rejected with 30497, that may be edited for seven days."""
    sid = twilio.register_number(account.sid, use_case_summary="notifications")
    twilio.reject(sid, [30497])
    poll_account(account.pk)
    return Review.objects.with_names().get(kind="tollfree")


@pytest.fixture
def stands(rejected: Review) -> dict[str, object]:
    return dict(remote.read(remote.payload(rejected)).submission)


@pytest.fixture
def repaired(stands: dict[str, object]) -> Draft:
    return Draft.from_submission({**stands, "use_case_summary": WORDS})


@pytest.fixture
def editor(db: None) -> User:
    return make_user(Role.EDITOR)
