"""Twilio secrets at rest: sealed with the newest key of REDRESS_SECRET_KEYS, opened with any of them."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class SealBroken(Exception):
    """The sealed text fits none of the keys: it was sealed with a key that is gone."""


def seal(secret: str) -> str:
    """Returns the secret encrypted, as text for a column. Raises ImproperlyConfigured when there is no key."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Returns the secret itself. Raises SealBroken when no key fits."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken("No key of REDRESS_SECRET_KEYS opens this secret.") from None


def reseal(sealed: str) -> str:
    """Returns the same secret sealed with the newest key. Raises SealBroken when no key fits."""
    try:
        return _box().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken("No key of REDRESS_SECRET_KEYS opens this secret.") from None


def _box() -> MultiFernet:
    if not settings.SECRET_KEYS:
        raise ImproperlyConfigured("REDRESS_SECRET_KEYS is not set: Twilio secrets cannot be kept.")
    return MultiFernet([Fernet(key) for key in settings.SECRET_KEYS])
