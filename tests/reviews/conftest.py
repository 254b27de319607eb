import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _plain_http_and_plain_files(settings: Settings) -> None:
    """The test client speaks http, and nobody collected the static files."""
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
