"""What went wrong, said as what the caller may do about it."""


class TwilioError(Exception):
    """Any failure to get a plain answer from Twilio. `str()` of it is fit for a person."""


class Refused(TwilioError):
    """Twilio said no (4xx): nothing happened there, and the same words would be refused again."""

    def __init__(self, status: int, code: int | None, message: str) -> None:
        super().__init__(f"{code}: {message}" if code else message or f"HTTP {status}")
        self.status, self.code, self.message = status, code, message


class CredentialsRefused(Refused):
    """401 or 403: the account or key is not let in. Source: Twilio error page 20003."""


class Gone(Refused):
    """404: no such thing any more, or never. Source: Twilio error page 20404."""


class Throttled(TwilioError):
    """429: not processed, always safe to repeat later. Source: Twilio error page 20429."""

    def __init__(self, retry_after: float | None, words: str = "Twilio asks us to slow down (429).") -> None:
        super().__init__(words)
        self.retry_after = retry_after


class GiveWay(Throttled):
    """We hold back by ourselves, as a rule because the account is asked as often as it may be. Nothing left; try after
    that time."""

    def __init__(self, seconds: float, words: str = "This account is asked as often as it may be.") -> None:
        super().__init__(seconds, words)
        self.seconds = seconds


class Unreachable(TwilioError):
    """The request never left, or never reached Twilio: safe to repeat."""


class Ambiguous(TwilioError):
    """The request may have arrived and may have been carried out: never repeat a write after this."""


class Garbled(Ambiguous):
    """An answer came that is not what it should be: half a body, no JSON, or a page without its list."""
