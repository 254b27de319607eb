"""The people of the demo: one of each role, with a password everybody knows."""

from typing import Final

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ImproperlyConfigured

from accounts.models import Role, User

PASSWORD: Final = "redress-demo"  # noqa: S105  it opens made-up data only
DOMAIN: Final = "demo.redress.example"
PEOPLE: Final = (
    ("admin", "Ana Ruiz", Role.ADMINISTRATOR),
    ("manager", "Tomas Lind", Role.MANAGER),
    ("editor", "Ben Okafor", Role.EDITOR),
    ("viewer", "Mira Chen", Role.VIEWER),
)


def invite_everybody() -> list[User]:
    """Creates who is missing, and returns those. Raises ImproperlyConfigured outside a demo.

    All have one hash: computing it takes longer than everything else here, and it guards nothing.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("These passwords are public. They are for a demo only: set REDRESS_DEMO=1.")
    there = set(User.objects.values_list("email", flat=True))
    missing = [row for row in PEOPLE if _email(row[0]) not in there]
    if not missing:
        return []
    hashed = make_password(PASSWORD)
    return User.objects.bulk_create(
        [User(email=_email(nick), name=name, role=role, password=hashed) for nick, name, role in missing]
    )


def _email(nick: str) -> str:
    return f"{nick}@{DOMAIN}"
