"""What Twilio should never say: each ends in one of our errors, with words that can be kept and shown."""

import json
from collections.abc import Mapping
from io import BytesIO

import pytest
from urllib3 import BaseHTTPResponse, HTTPResponse

from twilio_api.client import Twilio
from twilio_api.credentials import Credentials
from twilio_api.errors import Garbled, Refused, Throttled
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


@pytest.mark.parametrize(
    "says",
    [
        *({"meta": {"next_page_url": odd}} for odd in (5, True, ["x"], {"a": 1}, "https://[::1", "https://", "Page=2")),
        *({"meta": {"next_page_url": f"https://messaging.twilio.com/v1/{odd}"}} for odd in ("\ud83d", "\0", "é", "\n")),
        *({"next_page_uri": odd} for odd in (5, True, ["x"], {"a": 1}, "/\ud83d", "/\0")),
    ],
)
def test_a_next_page_that_is_no_address_is_garbled(says: dict[str, object]) -> None:
    with pytest.raises(Garbled, match="no address"):
        list(hearing(Saying(json.dumps({"data": [], **says}))).brands())


DEEP = "[" * 20_000 + "]" * 20_000
UNREADABLE = {
    "nested too deeply": f'{{"sid": {DEEP}}}',
    "a number without end": '{"sid": ' + "9" * 5_000 + "}",
    "no object": "[]",
    "nothing": "",
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_an_answer_that_cannot_be_read_is_garbled(what: str) -> None:
    with pytest.raises(Garbled, match="Twilio's answer is"):
        hearing(Saying(UNREADABLE[what])).account()


@pytest.mark.parametrize(
    ("body", "words"),
    [(f'{{"message": {DEEP}}}', "HTTP 400"), (r'{"message": "Not \u0000 this \ud83d time"}', "Not \ufffd this ? time")],
    ids=["nested too deeply", "what no database takes"],
)
def test_a_refusal_in_odd_words_can_be_kept_and_shown(body: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        hearing(Saying(body, status=400)).account()
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("3", 3.0), ("0.5", 0.5), ("-5", 0.0), ("86400", 86_400.0)]
    + [(odd, None) for odd in ("", "soon", "nan", "inf", "-inf", "1e300", "1e18", "86401")],
)
def test_a_pause_is_taken_from_twilio_up_to_a_day(told: str, seconds: float | None) -> None:
    with pytest.raises(Throttled) as throttled:
        hearing(Saying("{}", status=429, headers={"Retry-After": told})).account()
    assert throttled.value.retry_after == seconds
