"""What was asked of this Twilio: a bounded log of calls, and counts that never forget."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from typing import Any

KEPT_CALLS = 10_000


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """`status` is None where the call was left without an answer; `at` is the wall clock."""

    at: float
    method: str
    path: str
    account: str | None
    route: str | None
    status: int | None
    fault: str | None


class Journal:
    """A write counts as received when it reached Twilio's rules, and as accepted when they let it pass."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.calls: deque[LoggedCall] = deque(maxlen=KEPT_CALLS)
        self.by_route: Counter[str] = Counter()
        self.received: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.accepted: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def log(self, call: LoggedCall) -> None:
        self.calls.append(call)
        self.by_route[call.route or "unknown"] += 1

    def count_write(self, route: str, target: str, accepted: bool) -> None:
        self.received[route][target] += 1
        if accepted:
            self.accepted[route][target] += 1

    def counters(self) -> dict[str, Any]:
        return {
            "updates": dict(self.received["campaigns.update"]),
            "creates": self._totals("create"),
            "deletes": self._totals("delete"),
            "received": {route: dict(targets) for route, targets in self.received.items()},
            "accepted": {route: dict(targets) for route, targets in self.accepted.items()},
            "calls": dict(self.by_route),
        }

    def _totals(self, verb: str) -> dict[str, int]:
        """Accepted creates or deletes of each kind of resource."""
        totals = ((route.partition("."), sum(targets.values())) for route, targets in self.accepted.items())
        return {kind: total for (kind, _, asked), total in totals if asked == verb}
