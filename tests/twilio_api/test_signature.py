"""Signatures of webhooks: what Twilio signed passes, and nothing else does."""

import base64
import hashlib
import hmac

import pytest

from twilio_api import signature

TOKEN = "0123456789abcdef0123456789abcdef"
BODY = b'[{"id": "EZ1", "data": {"brandsid": "BN\xc3\xa9"}}]'
ADDRESS = "https://redress.example/hooks/twilio/AC1/word/"


def signed(body: bytes = BODY, address: str = ADDRESS, algorithm: str = "sha1", token: str = TOKEN) -> tuple[str, str]:
    """The address with the digest of the body, and its signature."""
    url = f"{address}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    return url, base64.b64encode(hmac.new(token.encode(), url.encode(), algorithm).digest()).decode()


def test_what_twilio_signed_passes() -> None:
    url, mark = signed()
    assert signature.fits(TOKEN, url, BODY, mark)


def test_a_signature_over_the_address_with_its_port_passes_too() -> None:
    _, mark = signed(address="https://redress.example:443/hooks/twilio/AC1/word/")
    assert signature.fits(TOKEN, signed()[0], BODY, mark)


def test_sha256_passes_where_the_header_names_it() -> None:
    url, mark = signed(algorithm="sha256")
    assert signature.fits(TOKEN, url, BODY, mark, "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256")
    assert not signature.fits(TOKEN, url, BODY, mark)
    assert not signature.fits(TOKEN, url, BODY, mark, "algorithm=HMAC_MD5")


@pytest.mark.parametrize("other", [b"[]", BODY + b" ", b"", b"\xff\xfe"])
def test_another_body_does_not(other: bytes) -> None:
    url, mark = signed()
    assert not signature.fits(TOKEN, url, other, mark)


def test_a_body_that_is_no_text_does_not() -> None:
    url, mark = signed(b"\xff\xfe")
    assert not signature.fits(TOKEN, url, b"\xff\xfe", mark)


def test_another_address_or_token_does_not() -> None:
    url, mark = signed()
    assert not signature.fits(TOKEN, url.replace("AC1", "AC2"), BODY, mark)
    assert not signature.fits("f" * 32, url, BODY, mark)
    assert not signature.fits("", url, BODY, signed(token="")[1])


@pytest.mark.parametrize("mark", ["", "nonsense", "é" * 28])
def test_no_signature_or_an_odd_one_does_not(mark: str) -> None:
    assert not signature.fits(TOKEN, signed()[0], BODY, mark)


def test_an_address_without_the_bodys_digest_says_nothing_of_the_body() -> None:
    mark = base64.b64encode(hmac.new(TOKEN.encode(), ADDRESS.encode(), hashlib.sha1).digest()).decode()
    assert not signature.fits(TOKEN, ADDRESS, BODY, mark)
    assert not signature.fits(TOKEN, ADDRESS + "?bodySHA256=", BODY, mark)
