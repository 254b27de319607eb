import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def plain(settings: Settings) -> None:
    """The test client speaks plain http, and nothing is collected."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = False
    uncollected = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": uncollected}
