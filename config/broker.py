"""REDIS_URL as Celery spells it. redis-py, and so the cache, reads it as it is."""

from urllib.parse import parse_qs, urlsplit


def broker_url(redis_url: str) -> str:
    """Celery's spelling of `redis://host/0` or `unix:///path?db=0`."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    return f"redis+socket://{parts.path}?virtual_host={parse_qs(parts.query).get('db', ['0'])[0]}"
