"""One scrape: both parts are asked, and one that is away takes nothing from the other."""

from collections.abc import Callable, Iterator, Sequence

import structlog
from django.db import Error as DatabaseAway
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.registry import Collector
from redis import RedisError

from config.health import database_answers
from config.metrics import broker, database
from config.metrics.families import gauges

log = structlog.get_logger(__name__)

type Told = Sequence[Metric]


class Scrape(Collector):
    def collect(self) -> Iterator[Metric]:
        told = {"database": _asked(_database), "broker": _asked(broker.tell)}
        up = {part: float(metrics is not None) for part, metrics in told.items()}
        yield gauges("redress_up", "Whether this part answered; without it its metrics are missing.", "part", up)
        for metrics in told.values():
            yield from metrics or ()


def _database() -> Told:
    # Asked first, because it is given two seconds and the pool waits for ten.
    if not database_answers():
        raise DatabaseAway("it takes no connection")
    return database.tell(timezone.now())


def _asked(tell: Callable[[], Told]) -> Told | None:
    """None where the part is away."""
    try:
        return tell()
    except (DatabaseAway, RedisError) as error:
        log.warning("metrics_missing", error=str(error))
        return None
