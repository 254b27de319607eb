"""Settings, urls and the Celery app. Imports all; nothing imports it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
