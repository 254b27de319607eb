"""Which of our fields a reviewer flagged, and by which codes; and where a reason without a flag usually sits."""

from collections.abc import Iterable

from reviews.models import Review
from reviews.verdicts import advices
from rulebook.fields import draft_key


def flagged_keys(review: Review) -> dict[str, tuple[int, ...]]:
    """Our field keys that Twilio's names point to, each with the codes that flag it. Unknown names are left out
    here and stay visible at their reason."""
    return _by_key(review, ((name, reason.code) for reason in review.reasons for name in reason.fields))


def likely_keys(review: Review) -> dict[str, tuple[int, ...]]:
    """The same for reasons that flag nothing, as all of toll-free do: the fields their fault usually sits in."""
    silent = [advice for reason, advice in zip(review.reasons, advices(review), strict=True) if not reason.fields]
    return _by_key(review, ((name, advice.code) for advice in silent for name in advice.fields))


def _by_key(review: Review, named: Iterable[tuple[str, int | None]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for name, code in named:
        if (key := draft_key(review.kind, name)) and code is not None:
            found.setdefault(key, []).append(code)
    return {key: tuple(dict.fromkeys(codes)) for key, codes in found.items()}
