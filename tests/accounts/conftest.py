import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def plain(settings: Settings) -> None:
    """The test client speaks plain http, nothing is collected, and a password worth guarding takes long to hash."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    uncollected = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": uncollected}
