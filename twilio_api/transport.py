"""The HTTP client given to the Twilio library: time limits, the sandbox's address, and errors that say what to do."""

from typing import Any
from urllib.parse import urlsplit

import requests
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response

from twilio_api.errors import Ambiguous, Unreachable

# The library's own default is to wait for ever (twilio 9.13, seen 2026-11).
CONNECT_SECONDS = 5.0


class Transport(TwilioHttpClient):
    """Sends each call of the Twilio library, to Twilio or to a sandbox that stands in for all of its hosts."""

    def __init__(self, base_url: str, timeout: float, request_hooks: dict[str, object] | None = None) -> None:
        super().__init__(pool_connections=True, request_hooks=request_hooks)
        # The library passes this on to requests, which takes a pair; its own annotation knows one number only.
        self.timeout: Any = (CONNECT_SECONDS, timeout)
        self.base_url = base_url
        self.calls = 0

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Returns Twilio's answer, whatever its status. Raises Unreachable or Ambiguous."""
        self.calls += 1
        try:
            return super().request(method, self._address(url), *args, **kwargs)
        except requests.exceptions.ConnectTimeout as error:
            raise Unreachable("Twilio could not be reached in time.") from error
        except requests.exceptions.ConnectionError as error:
            raise _what_broke(error) from error
        except requests.exceptions.RequestException as error:
            raise Ambiguous(f"Twilio did not answer ({type(error).__name__}).") from error

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        # A page's next address comes from outside and our credentials go with it: only ever to Twilio.
        if parts.scheme != "https" or not (parts.hostname or "").endswith(".twilio.com"):
            raise Unreachable(f"Not an address of Twilio: {parts.hostname}")
        if not self.base_url:
            return url
        return f"{self.base_url}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _what_broke(error: requests.exceptions.ConnectionError) -> Unreachable | Ambiguous:
    """A connection that was never made is safe to repeat; one that broke may have carried the request."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if "NewConnectionError" in type(reason).__name__ or "NameResolutionError" in type(reason).__name__:
        return Unreachable("Twilio could not be reached.")
    return Ambiguous("The connection to Twilio broke before it answered.")
