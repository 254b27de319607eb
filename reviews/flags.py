"""Which of our fields a reviewer flagged, and by which codes."""

from reviews.models import Review
from rulebook.fields import draft_key


def flagged_keys(review: Review) -> dict[str, tuple[int, ...]]:
    """Our field keys that Twilio's names point to, each with the codes that flag it. Unknown names are left out
    here and stay visible at their reason."""
    found: dict[str, list[int]] = {}
    for reason in review.reasons:
        for name in reason.fields:
            if (key := draft_key(review.kind, name)) and reason.code is not None:
                found.setdefault(key, []).append(reason.code)
    return {key: tuple(dict.fromkeys(codes)) for key, codes in found.items()}
