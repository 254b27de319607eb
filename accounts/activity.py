"""The trail of what people did, for reading: newest first, by person and by verb."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import QuerySet

from audit.models import Entry

SIZE: Final = 50


def page(asked: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows: entries before `?before=`, of `?person=` and `?verb=` where they are given."""
    chosen = {name: asked[name] for name in ("person", "verb") if asked.get(name)}
    entries = list(_before(_of(chosen), asked.get("before", ""))[: SIZE + 1])
    more, entries = len(entries) > SIZE, entries[:SIZE]
    return {
        "entries": entries,
        "chosen": chosen,
        "people": Entry.objects.order_by("actor_name").values_list("actor_name", flat=True).distinct(),
        "verbs": Entry.objects.order_by("verb").values_list("verb", flat=True).distinct(),
        "newest_url": f"?{urlencode(chosen)}" if asked.get("before") else "",
        "older_url": f"?{urlencode({**chosen, 'before': entries[-1].pk})}" if more else "",
    }


def _of(chosen: Mapping[str, str]) -> QuerySet[Entry]:
    columns = {"person": "actor_name", "verb": "verb"}
    return Entry.objects.filter(**{columns[name]: value for name, value in chosen.items()}).order_by("-pk")


def _before(entries: QuerySet[Entry], place: str) -> QuerySet[Entry]:
    """Rows are only ever added, so their numbers are their order."""
    return entries.filter(pk__lt=int(place)) if place.isdecimal() and len(place) < 19 else entries
