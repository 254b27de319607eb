"""EMAIL_URL as Django's MAILERS setting (6.1) wants it."""

from typing import Any

# django-environ's names of the old settings, and what each is called as an option of a mailer.
OPTIONS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
}


def mailers(parsed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Returns the one mailer there is. The console's takes no options."""
    backend = parsed["EMAIL_BACKEND"]
    options = {name: parsed[key] for key, name in OPTIONS.items() if parsed.get(key)}
    return {"default": {"BACKEND": backend, "OPTIONS": options if backend.endswith(".smtp.EmailBackend") else {}}}
