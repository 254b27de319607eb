"""One product for all rounds of a module: to start it costs more than a round."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults import people
from tests.faults.product import inside, product, start_crew
from tests.faults.rounds import Desk
from tests.faults.world import build, read_for_the_first_time


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that share a product are played by one worker, one after the other; and the modules side by side."""
    for item in items:
        if Path(__file__).parent in item.path.parents and "desk" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    with django_db_blocker.unblock(), product(tmp_path_factory.mktemp("faults")) as at:
        with inside(at):
            world = build(at.twilio)
            read_for_the_first_time(world)
            desk = Desk(at, world, people.invite(at.url))
            start_crew(at)
            for person in desk.people:
                person.sign_in()
        yield desk


@pytest.fixture
def desk(running: Desk, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """With the test's own queries going to that product's database."""
    with django_db_blocker.unblock(), inside(running.at):
        yield running
