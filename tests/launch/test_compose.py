"""docker-compose.yml, Dockerfile and .env.example, as far as their text can be judged without Docker."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from django.conf import settings

from launch import crew
from launch.places import ROOT

DJANGO = {"prepare", "web", "worker", "worker-twilio", "beat"}
# Names that the programs themselves read: docker compose, PostgreSQL's image, Celery.
NOT_SETTINGS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "REDRESS_PORT", "REMAP_SIGTERM"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return services


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text()


def test_there_is_one_beat_and_a_worker_for_each_queue(services: dict[str, Any]) -> None:
    commands = [str(service.get("command", "")) for service in services.values()]

    assert sum("celery -A config beat" in command for command in commands) == 1
    assert sorted(queue for command in commands for queue in re.findall(r"-Q (\w+)", command)) == ["default", "twilio"]
    assert "replicas" not in str(services["beat"])


def test_only_the_prefork_worker_stops_by_sigquit(services: dict[str, Any]) -> None:
    softly = [name for name, service in services.items() if "REMAP_SIGTERM" in service.get("environment", {})]

    assert softly == ["worker"]
    assert "-P prefork" in services["worker"]["command"]


def test_every_thread_of_a_worker_finds_a_connection(services: dict[str, Any]) -> None:
    (threads,) = re.findall(r"-P threads -c (\d+)", services["worker-twilio"]["command"])

    assert int(threads) == crew.LIVE.twilio_threads
    assert services["worker-twilio"]["deploy"] == {"replicas": crew.LIVE.twilio_workers}
    assert int(threads) < settings.DATABASE_CONNECTIONS


def test_workers_are_given_time_to_finish(services: dict[str, Any]) -> None:
    assert all("stop_grace_period" in services[name] for name in ("worker", "worker-twilio"))


def test_everything_waits_for_the_migrations_and_they_for_the_servers(services: dict[str, Any]) -> None:
    for name in DJANGO - {"prepare"}:
        assert services[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert set(services["prepare"]["depends_on"]) == {"postgres", "redis"}
    assert services["prepare"]["restart"] == "no"


def test_what_must_be_kept_lies_on_volumes(services: dict[str, Any]) -> None:
    assert services["postgres"]["volumes"] == ["postgres:/var/lib/postgresql"]
    assert services["redis"]["volumes"] == ["redis:/data"]
    assert "--appendonly yes" in services["redis"]["command"]


def test_the_broker_never_throws_tasks_away(services: dict[str, Any]) -> None:
    assert "--maxmemory-policy noeviction" in services["redis"]["command"]


def test_servers_and_web_tell_their_health(services: dict[str, Any]) -> None:
    assert all("healthcheck" in services[name] for name in ("web", "postgres", "redis"))
    assert "ports" not in services["postgres"]
    assert "ports" not in services["redis"]


def test_the_process_is_not_root_and_the_packages_are_pinned(dockerfile: str) -> None:
    assert re.findall(r"^USER (\w+)$", dockerfile, re.MULTILINE) == ["redress"]
    assert dockerfile.index("USER redress") < dockerfile.index("CMD")
    assert "--require-hashes requirements/production.txt" in dockerfile


def test_secrets_stay_out_of_the_image() -> None:
    assert {".env", "var"} <= set((ROOT / ".dockerignore").read_text().split())


def test_every_name_in_the_environment_is_one_that_the_settings_read(services: dict[str, Any]) -> None:
    example = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    named = {name for service in services.values() for name in service.get("environment", {})} | set(example)

    assert named - NOT_SETTINGS <= names_read_by_the_code()


def names_read_by_the_code() -> set[str]:
    settings = (ROOT / "config/settings.py").read_text()
    prepare = "".join(file.read_text() for file in ROOT.glob("*/management/commands/prepare.py"))
    return set(re.findall(r'"([A-Z][A-Z_]+)"', settings + prepare))
