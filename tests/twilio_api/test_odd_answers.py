"""What Twilio should never say: each ends in one of our errors."""

import json
from collections.abc import Mapping
from io import BytesIO

import pytest
from urllib3 import BaseHTTPResponse, HTTPResponse

from twilio_api.client import Twilio
from twilio_api.credentials import Credentials
from twilio_api.errors import Garbled
from twilio_api.transport import Transport


class Saying(Transport):
    """Answers with one body after the other, the last one ever again."""

    def __init__(self, *bodies: str, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        super().__init__("", 1.0)
        self._bodies, self._status, self._headers = bodies, status, headers

    def ask(self, method: str, address: str, body: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        assert self.calls < 10, "it is never left"
        said = self._bodies[min(self.calls, len(self._bodies)) - 1]
        return HTTPResponse(BytesIO(said.encode()), status=self._status, headers=self._headers)


def hearing(transport: Transport) -> Twilio:
    return Twilio(Credentials(account_sid="AC1", secret="hush"), transport=transport, read_waits=())


def page(next_page: object, *records: object) -> str:
    return json.dumps({"data": records, "meta": {"next_page_url": next_page}})


@pytest.mark.parametrize("records", [[], [{"sid": "BN1"}]])
def test_a_list_that_comes_back_to_a_page_is_left(records: list[object]) -> None:
    second, third = (f"https://messaging.twilio.com/v1/a2p/BrandRegistrations?Page={number}" for number in (1, 2))
    twilio = hearing(Saying(page(second), page(third, *records), page(second, *records)))
    heard = list[object]()
    with pytest.raises(Garbled, match="comes back to a page"):
        heard.extend(answer.payload for answer in twilio.brands())
    assert (twilio.calls, heard) == (3, records * 2)
