"""Metrics as they are put together at each scrape."""

from collections.abc import Mapping
from datetime import datetime

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily


def gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def gauges(name: str, says: str, label: str, values: Mapping[str, float]) -> Metric:
    """One sample for each value of the label."""
    family = GaugeMetricFamily(name, says, labels=[label])
    for word, value in values.items():
        family.add_metric([word], value)
    return family


def age(since: datetime | None, now: datetime) -> float:
    """In seconds; 0 where there is nothing that could be old."""
    return max((now - since).total_seconds(), 0.0) if since else 0.0
