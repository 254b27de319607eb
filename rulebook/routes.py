"""The ways out of a rejection."""

from collections.abc import Iterable
from enum import StrEnum


class Route(StrEnum):
    """A way out of a rejection. Members stand in order of hardness, hardest first.

    A thing rejected for several reasons takes the hardest of their routes: the lighter repairs are done on the way
    there, but sending one of them alone spends an attempt on a submission that must fail again.

    - APPEAL above all: the program itself is refused, so no repair counts until somebody takes the refusal back.
    - SUPPORT: only Twilio can move it (a suspension, a limit, a cause it did not state). We may be heard.
    - FIX_BRAND: the campaign is deleted, the brand repaired, the campaign recreated. It contains RECREATE.
    - RECREATE: deleted and registered again. It contains EDIT and may cost a new fee.
    - WAIT above EDIT: while it lasts, an edit would be judged in the same blocked state and be wasted. Below RECREATE:
      waiting replaces none of the work above.
    - EDIT: correct the flagged fields of the same registration and send it again.
    - NONE: nothing is left to do.
    """

    APPEAL = "appeal"
    SUPPORT = "support"
    FIX_BRAND = "fix_brand"
    RECREATE = "recreate"
    WAIT = "wait"
    EDIT = "edit"
    NONE = "none"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def hardness(self) -> int:
        """0 for NONE, higher is harder."""
        return _HARDNESS[self]


_LABELS = {
    Route.APPEAL: "Appeal",
    Route.SUPPORT: "Ask Twilio Support",
    Route.FIX_BRAND: "Fix the brand first",
    Route.RECREATE: "Delete and recreate",
    Route.WAIT: "Wait",
    Route.EDIT: "Edit and resubmit",
    Route.NONE: "Nothing to do",
}
_HARDNESS = {route: hardness for hardness, route in enumerate(reversed(Route))}


def hardest_route(routes: Iterable[Route]) -> Route:
    """The one that decides; NONE when there are none."""
    return max(routes, key=lambda route: route.hardness, default=Route.NONE)
