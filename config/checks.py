"""System checks of an installation: what would be unsafe says so before the first request."""

from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from config.metrics.callers import odd_networks

# How much may be asked of Twilio: where one of them is 0, nothing ever is.
PACE = ("TWILIO_READS_PER_SECOND", "TWILIO_READS_AT_ONCE", "TWILIO_LANES", "TWILIO_WRITES_PER_SECOND")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@register(Tags.security)
def check_demo_is_safe(**kwargs: Any) -> list[CheckMessage]:
    """The demo has printed sign-ins: it must never stand beside a real Twilio account or in production."""
    if not settings.DEMO:
        return []
    found: list[CheckMessage] = []
    if not settings.DEBUG:
        found.append(Error("The demo's sign-ins are public: REDRESS_DEMO needs DEBUG=1.", id="redress.E001"))
    if urlsplit(settings.TWILIO_API_URL).hostname not in LOOPBACK:
        found.append(
            Error(
                "The demo plays with the sandbox only.",
                hint="Unset REDRESS_DEMO, or point TWILIO_API_URL at a sandbox on this machine.",
                id="redress.E002",
            )
        )
    if set(settings.ALLOWED_HOSTS) - LOOPBACK - {"[::1]", "testserver"}:
        found.append(Error("The demo answers on this machine only: ALLOWED_HOSTS names others.", id="redress.E003"))
    return found


@register()
def check_pauses(**kwargs: Any) -> list[CheckMessage]:
    """What is within its pause must never be called stale, and Twilio asks for one registration call a second."""
    found: list[CheckMessage] = []
    if settings.CHECK_EVERY_SECONDS["settled"] * 9 / 8 > settings.STALE_AFTER_SECONDS:
        hint = "Raise STALE_AFTER_SECONDS to more than nine eighths of CHECK_SETTLED_SECONDS."
        found.append(
            Warning("Accounts would be called stale before they are read again.", hint=hint, id="redress.W007")
        )
    if settings.TWILIO_WRITES_PER_SECOND > 1 and not settings.TWILIO_API_URL:
        hint = "Set TWILIO_WRITES_PER_SECOND to 1 or less."
        found.append(Warning("Twilio takes one registration call a second.", hint=hint, id="redress.W008"))
    return found


@register()
def check_pace(**kwargs: Any) -> list[CheckMessage]:
    """Each would end in a division by zero, or in a wait for a place that never comes free."""
    return [
        Error(
            f"{name} is {value:g}: with that, Twilio cannot be asked.",
            hint=f"Set {name} to a number above 0, or leave it out.",
            id="redress.E009",
        )
        for name in PACE
        if not (isfinite(value := getattr(settings, name)) and value > 0)
    ]


@register(Tags.security)
def check_address(**kwargs: Any) -> list[CheckMessage]:
    """Over plain http anybody on the way could read Twilio's events, and the secret in the address they come to."""
    base = urlsplit(settings.PUBLIC_BASE_URL)
    if settings.DEBUG or not settings.PUBLIC_BASE_URL or base.hostname in LOOPBACK or base.scheme == "https":
        return []
    return [
        Warning(
            "PUBLIC_BASE_URL is not https: Twilio's events stay off, and sign-ins travel in the clear.",
            hint="Put a proxy in front that ends the TLS; Redress only asks Twilio until then.",
            id="redress.W001",
        )
    ]


@register(Tags.security)
def check_keys(**kwargs: Any) -> list[CheckMessage]:
    """Returns an error for each key that is missing or not a Fernet key; never the key itself."""
    found: list[CheckMessage] = []
    if not settings.DEBUG and settings.SECRET_KEY == "missing":  # noqa: S105
        found.append(Error("SECRET_KEY is not set.", hint="Any 50 random characters.", id="redress.E004"))
    if not settings.SECRET_KEYS and not settings.DEBUG:
        found.append(
            Error(
                "REDRESS_SECRET_KEYS is not set: Twilio secrets could not be kept.",
                hint="One Fernet key, from cryptography.fernet.Fernet.generate_key().",
                id="redress.E005",
            )
        )
    for number, key in enumerate(settings.SECRET_KEYS, 1):
        try:
            Fernet(key)
        except (ValueError, TypeError):
            found.append(Error(f"Key {number} of REDRESS_SECRET_KEYS is not a Fernet key.", id="redress.E006"))
    return found


@register
def check_appeal_address(**kwargs: Any) -> list[CheckMessage]:
    """An appeal mailed to no address at all would be lost."""
    try:
        validate_email(settings.APPEAL_EMAIL or "nobody@example.com")
    except ValidationError:
        return [Error("APPEAL_EMAIL is not one e-mail address.", id="redress.E007")]
    return []


@register(Tags.security)
def check_metrics_networks(**kwargs: Any) -> list[CheckMessage]:
    """One that cannot be read allows nobody; but whoever wrote it meant somebody."""
    hint = "Networks in CIDR notation, such as 10.20.0.0/16 or 10.20.30.40/32, with no bits behind the prefix."
    return [
        Error(f"METRICS_ALLOWED_FROM names no network: {word!r}.", hint=hint, id="redress.E008")
        for word in odd_networks(settings.METRICS_ALLOWED_FROM)
    ]
