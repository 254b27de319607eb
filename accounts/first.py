"""The first administrator: from the environment, or through a link that is printed when Redress starts."""

from typing import Final

from django.core import signing
from django.db import connection, transaction

from accounts.models import Role, User
from audit.record import record

LINK_SECONDS: Final = 24 * 3600
_SALT: Final = "accounts.first"
# Any number of our own: two people with the same link take turns, and the second is too late.
_LOCK: Final = 7_150_001


def is_needed() -> bool:
    """Whether nobody could let anybody in."""
    return not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists()


def make_token() -> str:
    """Returns what opens the page for the first administrator for a day, once."""
    return signing.dumps("administrator", salt=_SALT)


def fits(token: str) -> bool:
    """Whether this token opens it: signed by us, not a day old, and nobody was quicker."""
    try:
        signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return False
    return is_needed()


@transaction.atomic
def appoint(email: str, password: str, name: str = "") -> User | None:
    """Returns the first administrator, or None when there is one by now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if not is_needed():
        return None
    person = User.objects.create_user(email, password, name=name, role=Role.ADMINISTRATOR)
    record(person, "person:appointed", person.subject, person.display_name, role=person.role)
    return person
