"""What a clock that was wrong leaves behind in the papers of brands."""

from datetime import datetime

from brands.dossier import RETRY_AFTER
from brands.models import Brand, Bundle
from sync.clocks import bring_back, bring_up


def papers(now: datetime) -> int:
    """What was read by it is read again: else everything read later would be taken for older."""
    ahead = bring_back(Brand.objects.all(), now, "dossier_read_at", "dossier_asked_at")
    Brand.objects.filter(pk__in=ahead).update(dossier_due_at=now)
    bring_back(Bundle.objects.all(), now, "edited_at", "read_at")
    return len(ahead) + bring_up(Brand.objects.all(), now, "dossier_due_at", RETRY_AFTER)
