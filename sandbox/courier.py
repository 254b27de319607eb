"""Carries events to their sinks over HTTP, in a thread of its own, signed as Twilio signs, and only on this machine.

What is not taken is brought again with growing pauses, for four hours at most (Twilio's page on event delivery).
"""

import base64
import hashlib
import hmac
import threading
import time
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from sandbox.outbox import Delivery, Outbox, Parcel

LONGEST_WAIT_FOR_ANSWER = 5.0  # seconds, as Twilio's webhook quickstart says
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 60.0
GIVES_UP_AFTER = 4 * 3600.0


class Courier:
    """Works until the process ends."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def start(self) -> None:
        threading.Thread(target=self._work, daemon=True, name="courier").start()

    def _work(self) -> None:
        while True:
            parcel = self._outbox.take()
            status, said = deliver(parcel)
            self._outbox.deliveries.append(Delivery(time.time(), parcel.destination, status, parcel.tries + 1, said))
            is_taken = status is not None and 200 <= status < 300
            if not is_taken and is_near(urlsplit(parcel.destination)):
                self._bring_again(parcel)

    def _bring_again(self, parcel: Parcel) -> None:
        if time.time() - parcel.posted_at < GIVES_UP_AFTER:
            pause = min(FIRST_PAUSE * 2**parcel.tries, LONGEST_PAUSE)
            self._outbox.put(replace(parcel, tries=parcel.tries + 1), pause)


def deliver(parcel: Parcel) -> tuple[int | None, str]:
    """One try: the status of the answer, or None and why there was none."""
    address = urlsplit(parcel.destination)
    if not is_near(address):
        return None, "not an address of this machine"
    body = parcel.content.encode()
    path = f"{address.path or '/'}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    headers = {
        "Content-Type": "application/json",
        "X-Twilio-Signature": signature(parcel.token, f"{address.scheme}://{address.netloc}{path}"),
    }
    connection = HTTPConnection(address.netloc, timeout=LONGEST_WAIT_FOR_ANSWER)
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse().status, ""
    except (OSError, HTTPException) as error:
        return None, type(error).__name__
    finally:
        connection.close()


def signature(token: str, url: str) -> str:
    """Over the address alone: the address carries the digest of the body (www.twilio.com/docs/usage/security)."""
    return base64.b64encode(hmac.new(token.encode(), url.encode(), hashlib.sha1).digest()).decode()


def is_near(address: SplitResult) -> bool:
    """Plain HTTP on this machine: made-up news goes nowhere else."""
    if address.scheme != "http":
        return False
    if address.hostname == "localhost":
        return True
    try:
        return ip_address(address.hostname or "").is_loopback
    except ValueError:
        return False
