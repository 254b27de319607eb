"""Who sent a webhook: Twilio signs the address with the auth token, and the address carries the body's digest.

Source: www.twilio.com/docs/usage/security, and twilio.request_validator of twilio 9.13 (2026-11).
"""

from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator, get_signature_algorithm


def fits(token: str, url: str, body: bytes, signature: str, settings: str = "") -> bool:
    """Whether the holder of this auth token signed this body for this public address, its query included.

    `settings` is the header X-Twilio-Webhooks-Signature-Settings, which may name HMAC_SHA256. Without bodySHA256 in
    the address the signature would say nothing of a JSON body: refused.
    """
    text = _text(body)
    if not token or not signature or text is None or not parse_qs(urlsplit(url).query).get("bodySHA256"):
        return False
    algorithm = get_signature_algorithm(settings)  # type: ignore[no-untyped-call]
    return bool(RequestValidator(token).validate(url, text, signature, algorithm))  # type: ignore[no-untyped-call]


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None
