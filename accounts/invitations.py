"""Links that let somebody choose a password: for a week, and once, because using one changes what it was made from."""

from typing import Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from audit.record import record

LINK_SECONDS: Final = 7 * 24 * 3600
_SALT: Final = "accounts.invitations"
_NOT_MAIL: Final = ("console.EmailBackend", "dummy.EmailBackend")


def path_for(person: User) -> str:
    """Returns the address of the page where this person chooses a password, without the host."""
    token = signing.dumps([person.pk, _mark(person)], salt=_SALT)
    return reverse("accounts:join", args=[token])


def person_of(token: str) -> User | None:
    """Whom this token lets in; None when it is forged, too old, used, or its person was deactivated."""
    try:
        pk, mark = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return person if person and constant_time_compare(mark, _mark(person)) else None


@transaction.atomic
def accept(token: str, name: str, password: str) -> User | None:
    """Sets name and password and returns the person; None when the token lets nobody in, or not any more."""
    person = person_of(token)
    if person is None or not _still_fits(person):
        return None
    person.name = name
    person.set_password(password)
    person.save(update_fields=["name", "password"])
    record(person, "person:joined", person.subject, person.display_name)
    return person


def revoke(person: User) -> None:
    """Makes earlier links of somebody who never joined useless; the caller makes a new one."""
    if not person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])


def mail_is_configured() -> bool:
    """Whether mail leaves this machine, and links in it would lead back here."""
    return bool(settings.PUBLIC_BASE_URL) and not settings.MAILERS["default"]["BACKEND"].endswith(_NOT_MAIL)


def _still_fits(person: User) -> bool:
    """Two clicks on the same link take turns; the second finds another password."""
    return User.objects.select_for_update().get(pk=person.pk).password == person.password


def _mark(person: User) -> str:
    return salted_hmac(_SALT, person.password, algorithm="sha256").hexdigest()[:24]
