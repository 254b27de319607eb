"""The Celery app. `celery -A config worker -Q twilio -P threads` speaks to Twilio, `-Q default` does the rest."""

import os
from typing import Any

import structlog
from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("redress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@signals.setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Django's LOGGING is already in force; Celery would replace it otherwise."""
    structlog.get_logger(__name__).debug("celery logging kept")
