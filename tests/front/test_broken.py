"""Pages that could not be made."""

from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_nobody_waits_twice_for_a_database_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    """Each time would be the ten seconds that a process waits for a connection."""
    browser, asked = Client(raise_request_exception=False), list[str]()
    browser.force_login(make_user(Role.EDITOR))

    def away(execute: Any, sql: str, *given: Any) -> NoReturn:
        asked.append(sql)
        raise OperationalError("away")

    with connection.execute_wrapper(away):
        page = browser.get("/inbox/")
    assert page.status_code == 503
    assert "The database cannot be reached" in page.text
    assert len(asked) == 1
    assert "request_failed" in caplog.text


@pytest.mark.parametrize(
    "address",
    ["/customers/?q=%00", "/settings/activity/?person=a%00", "/settings/activity/?verb=%00", "/hooks/twilio/AC%00/x/"],
)
def test_a_nul_in_an_address_is_refused_before_anything_is_looked_for(address: str) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(make_user(Role.ADMINISTRATOR))
    page = browser.post(address) if address.startswith("/hooks/") else browser.get(address)
    assert page.status_code == 400
    assert "This request could not be read" in page.text
