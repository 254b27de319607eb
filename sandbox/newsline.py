"""The line to a running sandbox, as far as events go: bending them, sending some, seeing what became of them."""

from collections.abc import Sequence
from typing import Any

from sandbox.line import Troubles
from sandbox.outbox import Delivery


class Newsline(Troubles):
    def bend_events(self, **how: Any) -> None:
        """From now on: `copies` of each, `same_ids`, `as_text`, `hold`. See `outbox.Bending`."""
        self._post("bend-events", **how)

    def release_events(self, *, backwards: bool = False, batched: bool = False) -> int:
        """Sends what was held back, and holds nothing back any more; returns how many events."""
        return int(self._post("release-events", backwards=backwards, batched=batched)["sent"])

    def send_events(self, account_sid: str, events: Sequence[Any] | dict[str, Any]) -> int:
        """To every sink of the account, signed and else as they are; returns how many sinks there are."""
        return int(self._post("send-events", account_sid=account_sid, events=events)["sinks"])

    def send_content(self, account_sid: str, content: str) -> int:
        """The same with a body that need not be JSON."""
        return int(self._post("send-events", account_sid=account_sid, content=content)["sinks"])

    def tell_number(self, service_sid: str, phone: str, topic: str = "successful", reason: str = "") -> None:
        """What became of the registration of a number under the campaign; `reason` says why it failed."""
        topic = topic if "." in topic else f"number-registration.{topic}"
        self._post("tell-number", service_sid=service_sid, phone=phone, topic=topic, reason=reason)

    def set_sink_status(self, sink_sid: str, status: str) -> None:
        self._post("sink-status", sid=sink_sid, status=status)

    def deliveries(self) -> list[Delivery]:
        """Each try to bring events to a sink, oldest first."""
        return [Delivery(**row) for row in self._get("deliveries")["deliveries"]]
