"""The HTTP client given to the Twilio library: time limits, the sandbox's address, and errors that say what to do.

It stands on urllib3 and not, like the library's own client, on requests: a call costs little more than half the
processor time, and the connections that stand open to Twilio serve all accounts of a process (docs/performance.md,
"What a call costs").
"""

import os
import ssl
from collections.abc import Mapping, Sequence
from functools import cache
from logging import getLogger
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import certifi
from twilio.http import HttpClient
from twilio.http.response import Response
from urllib3 import BaseHTTPResponse, PoolManager, ProxyManager, Timeout, make_headers
from urllib3.exceptions import ConnectTimeoutError, HTTPError, ProxyError
from urllib3.util import parse_url

from twilio_api.errors import Ambiguous, Unreachable

# The library's own default is to wait for ever (twilio 9.13, seen 2026-11).
CONNECT_SECONDS = 5.0
# Open connections kept to each of Twilio's hosts: one for every thread of a worker, and some for whoever else asks.
KEPT_OPEN = 32

type Form = Mapping[str, str | Sequence[str]]


class Transport(HttpClient):
    """Sends each call of the Twilio library, to Twilio or to a sandbox that stands in for all of its hosts."""

    def __init__(self, base_url: str, timeout: float) -> None:
        super().__init__(getLogger(__name__), is_async=False, timeout=timeout)
        self._patience = Timeout(connect=CONNECT_SECONDS, read=timeout)
        self.base_url = base_url
        self.calls = 0

    def request(  # type: ignore[override]
        self,
        method: str,
        uri: str,
        *,
        headers: Mapping[str, str],
        data: Form | None = None,
        auth: tuple[str, str] | None = None,
        **_library_defaults: object,
    ) -> Response:
        """Returns Twilio's answer, whatever its status. Raises Unreachable or Ambiguous."""
        address = self._address(uri)
        said = {**headers, **make_headers(accept_encoding="gzip", basic_auth=":".join(auth) if auth else None)}
        self.calls += 1
        try:
            answer = self.ask(method, address, urlencode(data or {}, doseq=True), said)
        except HTTPError as error:
            if _was_never_connected(error):
                raise Unreachable("Twilio could not be reached.") from error
            raise Ambiguous(f"Twilio did not answer ({type(error).__name__}).") from error
        return Response(answer.status, answer.data.decode(errors="replace"), answer.headers)

    def ask(self, method: str, address: str, body: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        """The answer with its body read. Raises urllib3.exceptions.HTTPError."""
        where = urlsplit(address)
        host = (where.scheme, where.hostname or "")
        how: dict[str, Any] = {"headers": headers, "timeout": self._patience, "redirect": False, "retries": False}
        if method == "GET":
            return _kept_open(*host).urlopen(method, address, **how)
        # A connection that stood open for a while may break just now, and nobody would know whether the write arrived.
        with _connections(*host) as fresh:
            return fresh.urlopen(method, address, body=body, **how)

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        # A page's next address comes from outside and our credentials go with it: only ever to Twilio.
        if parts.scheme != "https" or not (parts.hostname or "").endswith(".twilio.com"):
            raise Unreachable(f"Not an address of Twilio: {parts.hostname}")
        if not self.base_url:
            return url
        return f"{self.base_url}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _was_never_connected(error: HTTPError) -> bool:
    """Then nothing was sent. urllib3 puts a refused connection under time-outs too, and calls a connection that broke
    after the request was sent a failure of the proxy where there is one: what is behind that decides."""
    behind = error.original_error if isinstance(error, ProxyError) else error
    return isinstance(behind, ConnectTimeoutError)


def _connections(scheme: str, host: str) -> PoolManager:
    """By way of the proxy that the environment names for this host (HTTPS_PROXY, NO_PROXY), if any."""
    how: dict[str, Any] = {"maxsize": KEPT_OPEN} | ({"ssl_context": _trusted()} if scheme == "https" else {})
    named = {} if proxy_bypass(host) else getproxies()
    proxy = named.get(scheme) or named.get("all")
    if not proxy:
        return PoolManager(**how)
    auth = parse_url(proxy).auth
    return ProxyManager(proxy, proxy_headers=make_headers(proxy_basic_auth=unquote(auth) if auth else None), **how)


def _kept_open(scheme: str, host: str) -> PoolManager:
    """Of this process and all its threads."""
    with _making:  # or threads that begin together would each make their own
        return _made(scheme, host)


@cache
def _trusted() -> ssl.SSLContext:
    """Mozilla's authorities, or those that the environment names, as it does for requests: a company's network may have
    its own. Raises Unreachable."""
    where = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or certifi.where()
    try:
        if os.path.isdir(where):
            return ssl.create_default_context(capath=where)
        return ssl.create_default_context(cafile=where)
    except OSError as error:
        raise Unreachable(f"The certificates that REQUESTS_CA_BUNDLE names cannot be read: {where}") from error


_made, _making = cache(_connections), Lock()
# A child must not speak on its parent's connections.
os.register_at_fork(after_in_child=_made.cache_clear)
