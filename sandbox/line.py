"""The line to a running sandbox: its verbs asked over HTTP, and the faults they can lay in a client's way."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class VerbRefused(Exception):
    """The sandbox knows no such verb or item, or could not read what was asked."""


class Line:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    def _get(self, verb: str) -> dict[str, Any]:
        return self._ask(verb)

    def _post(self, verb: str, **asked: Any) -> dict[str, Any]:
        return self._ask(verb, json.dumps(asked).encode())

    def _ask(self, verb: str, content: bytes | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.base_url}/_sandbox/{verb}", content, headers)  # noqa: S310  the sandbox's own address
        try:
            with urlopen(request, timeout=30) as response:  # noqa: S310
                answer: dict[str, Any] = json.load(response)
        except HTTPError as refused:
            raise VerbRefused(refused.read().decode()) from refused
        return answer


class Troubles(Line):
    """Faults strike the next `calls` calls whose method and path fit; `path` is a regular expression."""

    def slow(self, seconds: float, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        """Carried out at once, answered late."""
        self._post("fault", kind="slow", calls=calls, method=method, path=path, seconds=seconds)

    def time_out_before(
        self, seconds: float = 0.0, *, calls: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        """Never carried out, never answered: held until the client leaves or the seconds are over."""
        self._post("fault", kind="timeout_before", calls=calls, method=method, path=path, seconds=seconds)

    def time_out_after(
        self, seconds: float = 0.0, *, calls: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        """Carried out, never answered."""
        self._post("fault", kind="timeout_after", calls=calls, method=method, path=path, seconds=seconds)

    def throttle(
        self, *, retry_after: int | None = None, calls: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        self._post("fault", kind="throttle", calls=calls, method=method, path=path, retry_after=retry_after)

    def server_error(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="server_error", calls=calls, method=method, path=path)

    def refuse(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        """Understood and not taken: a plain 400."""
        self._post("fault", kind="refuse", calls=calls, method=method, path=path)

    def drop_before(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="drop_before", calls=calls, method=method, path=path)

    def drop_after(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="drop_after", calls=calls, method=method, path=path)

    def half_body(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="half_body", calls=calls, method=method, path=path)

    def wrong_json(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="wrong_json", calls=calls, method=method, path=path)

    def bad_weather(self, shares: Mapping[str, float], *, seed: int = 0, **how: Any) -> None:
        """From now on each call that fits meets a mishap with the likelihood `shares` gives its kind, the same ones for
        the same seed; single faults go before. `how`: `method`, `path`, `slow_seconds`, `hang_seconds`, `retry_after`,
        `retry_after_share`, as in `faults.Weather`. It lasts until `clear_faults`."""
        self._post("weather", shares=dict(shares), seed=seed, **how)

    def strike(self, kinds: Iterable[str], *, method: str | None = None, path: str = "") -> None:
        """Each of these faults strikes one call that fits, in this order."""
        for kind in kinds:
            self._post("fault", kind=kind, method=method, path=path)

    def clear_faults(self) -> None:
        """None waits any more, and the weather is fine. A call that hangs already goes on hanging."""
        self._post("clear-faults")
