"""A scrape as Prometheus makes it: the page's text read by Prometheus' own parser."""

from dataclasses import dataclass

from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

type Labels = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scraped:
    samples: dict[tuple[str, Labels], float]

    def __call__(self, name: str, **labels: str) -> float:
        """The one sample of this name and these labels. Raises KeyError where it is missing."""
        return self.samples[name, frozenset(labels.items())]

    def has(self, name: str, **labels: str) -> bool:
        return (name, frozenset(labels.items())) in self.samples

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self.samples}


def scraped(text: str) -> Scraped:
    families = text_string_to_metric_families(text)
    return Scraped({(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples})


def scrape() -> Scraped:
    """By somebody on this machine who is not signed in."""
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    return scraped(answer.content.decode())
