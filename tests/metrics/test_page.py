"""The page itself: its formats, and that docs/metrics.md tells all of it and nothing else."""

import re
from itertools import chain

import pytest
import yaml
from django.test import Client
from django.utils import timezone
from prometheus_client.openmetrics import parser as openmetrics

from accounts.secrets import seal
from launch.places import ROOT
from sync.models import Event, EventStream
from tests.factories import campaign_payload, make_account, mirror
from tests.metrics.scrapes import Scraped, scrape

pytestmark = pytest.mark.django_db

TEXT = (ROOT / "docs/metrics.md").read_text()
DOCUMENTED = set(re.findall(r"^\| `(redress_\w+)` \|", TEXT, re.MULTILINE))
RULES = [rule for group in yaml.safe_load(TEXT.split("## Alert rules")[1].split("```")[1][4:])["groups"]
         for rule in group["rules"]]  # fmt: skip


@pytest.fixture
def told() -> Scraped:
    """Of a house in which every metric has something to tell."""
    account = make_account(name="Larkspur Bike Repair")
    mirror(account, "campaign", campaign_payload())
    EventStream.objects.create(account=account, sealed_path=seal("a word"), last_event_at=timezone.now())
    return scrape()


def test_every_metric_is_explained(told: Scraped) -> None:
    assert told.names == DOCUMENTED


def test_every_label_is_explained(told: Scraped) -> None:
    """The documents name each value that a label can take."""
    values = {value for _, labels in told.samples for _, value in labels}
    assert {value for value in values if f"`{value}`" not in TEXT} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_what_is_told(rule: dict[str, str], told: Scraped) -> None:
    assert set(re.findall(r"redress_\w+", rule["expr"])) <= told.names
    for name, label, words in re.findall(r'(redress_\w+)\{(\w+)=~?"([^"]+)"\}', rule["expr"]):
        for word in words.split("|"):
            assert any(sample == name and (label, word) in labels for sample, labels in told.samples), word


def test_names_are_told_with_their_type_and_meaning(told: Scraped) -> None:
    lines = Client().get("/metrics").content.decode().splitlines()
    described = {line.split()[2] for line in lines if line.startswith("# HELP") and len(line.split()) > 3}
    assert described == told.names
    counters = {line.split()[2] for line in lines if line.startswith("# TYPE") and line.endswith(" counter")}
    assert counters == {name for name in told.names if name.endswith("_total")}


def test_whoever_prefers_openmetrics_gets_it() -> None:
    answer = Client().get("/metrics", headers={"Accept": "application/openmetrics-text;version=1.0.0"})
    assert answer["Content-Type"].startswith("application/openmetrics-text")
    families = openmetrics.text_string_to_metric_families(answer.content.decode())  # type: ignore[no-untyped-call]
    assert "redress_twilio_calls_total" in {sample.name for sample in chain.from_iterable(f.samples for f in families)}


@pytest.mark.parametrize("version", ["abc", "1.x", "1.", '"1.0.0"', "9" * 5000])
@pytest.mark.parametrize("kind", ["application/openmetrics-text", "text/plain"])
def test_whoever_asks_for_a_version_that_is_none_gets_plain_text(kind: str, version: str) -> None:
    answer = Client().get("/metrics", headers={"Accept": f"{kind}; version={version}"})
    assert (answer.status_code, answer["Content-Type"]) == (200, Client().get("/metrics")["Content-Type"])


def test_prometheus_gets_plain_text_that_nobody_keeps() -> None:
    answer = Client().get("/metrics")
    assert answer["Content-Type"].startswith("text/plain; version=")
    assert answer["Cache-Control"] == "no-store"


def test_nothing_names_an_account_a_customer_or_a_secret(told: Scraped) -> None:
    account = EventStream.objects.get().account
    Event.objects.create(
        account=account, event_id="EZ1", type="com.example.Larkspur", digest="d", body={}, occurred_at=timezone.now()
    )
    text = Client().get("/metrics").content.decode()
    assert not re.search(r"\b[A-Z]{2}[0-9a-f]{32}\b|Larkspur|EZ1", text)
    assert len(text) < 20_000
