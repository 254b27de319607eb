"""The Celery app. `celery -A config worker -Q twilio -P threads` speaks to Twilio, `-Q default` does the rest."""

import os
import time
from typing import Any

import structlog
from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# The header that says since when a message waits, in seconds since 1970: in Redis itself it carries no moment.
QUEUED_AT = "redress_queued_at"

app = Celery("redress", fixups=["config.fixup:fixup"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Django's LOGGING is already in force; Celery would replace it otherwise."""
    structlog.get_logger(__name__).debug("celery logging kept")


@signals.before_task_publish.connect
def note_the_moment(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """A task that is queued again waits anew, so the moment of its first time is written over."""
    if headers is not None:
        headers[QUEUED_AT] = time.time()
