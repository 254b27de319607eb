"""The reviewer: submissions wait, are read, and get their verdict, all computed when somebody next looks.

No thread waits for an item: `tick` runs before each call and moves on whatever is due by the sandbox's clock.
"""

import heapq
import itertools
from collections.abc import Sequence

from sandbox import news
from sandbox.courses import COURSES
from sandbox.rejections import Rejection
from sandbox.world import Kind, Payload, Resource, World

WAITING_SHARE = 0.25  # of the review time goes by before the reviewer begins to read

_tie = itertools.count()


def status(resource: Resource) -> str:
    return str(resource.payload[COURSES[resource.kind].field])


def is_under_review(resource: Resource) -> bool:
    course = COURSES[resource.kind]
    return status(resource) in (course.waiting, course.reading)


def submit(world: World, resource: Resource, changes: Payload, delay: float = 0.0) -> None:
    """Puts the resource at the end of the queue with its changes, whatever it looked like before.

    `delay` is seconds that others go first.
    """
    course = COURSES[resource.kind]
    now = world.clock.now()
    resource.change(now, {**changes, **course.when_submitted, course.field: course.waiting})
    _schedule(world, resource, now + delay + world.review_seconds * WAITING_SHARE)
    news.tell(world, resource)


def tick(world: World) -> None:
    """Moves on every submission whose time has come. The steps keep their own times, however late somebody looks."""
    while world.steps and world.steps[0][0] <= world.clock.now():
        moment, _, resource = heapq.heappop(world.steps)
        if resource.next_step == moment:  # else it was decided, resubmitted or deleted meanwhile
            _step(world, resource, moment)


def judge(world: World, resource: Resource) -> None:
    """The verdict now, by the reviewer's own reading."""
    if rejections := COURSES[resource.kind].read(world, resource):
        reject(world, resource, rejections)
    else:
        approve(world, resource)


def approve(world: World, resource: Resource) -> None:
    course = COURSES[resource.kind]
    set_status(world, resource, course.passed, course.when_passed(resource))
    if course.after_passed:
        course.after_passed(world, resource)


def reject(world: World, resource: Resource, rejections: Sequence[Rejection]) -> None:
    course = COURSES[resource.kind]
    set_status(world, resource, course.failed, course.when_failed(rejections, world.clock.now()))


def suspend(world: World, resource: Resource) -> None:
    """A suspended brand takes its campaigns with it (error page 21731, 2026-11-22)."""
    set_status(world, resource, COURSES[resource.kind].suspended)
    if resource.kind is Kind.BRAND:
        for campaign in world.shelves[Kind.CAMPAIGN].of([resource.account_sid]):
            if campaign.payload["brand_registration_sid"] == resource.key:
                set_status(world, campaign, COURSES[Kind.CAMPAIGN].suspended)


def set_status(world: World, resource: Resource, word: str, changes: Payload | None = None) -> None:
    """Any word will do: Twilio's own list of campaign statuses is open."""
    resource.next_step = None
    resource.change(world.clock.now(), {**(changes or {}), COURSES[resource.kind].field: word})
    world.revision += 1
    news.tell(world, resource)


def restore_queue(world: World) -> None:
    """Rebuilds the queue of a world read back from a file."""
    for shelf in world.shelves.values():
        for resource in shelf:
            if resource.next_step is not None:
                _schedule(world, resource, resource.next_step)


def _step(world: World, resource: Resource, moment: float) -> None:
    course = COURSES[resource.kind]
    if status(resource) == course.waiting != course.reading:
        set_status(world, resource, course.reading)
        _schedule(world, resource, moment + world.review_seconds * (1 - WAITING_SHARE))
    else:
        judge(world, resource)


def _schedule(world: World, resource: Resource, moment: float) -> None:
    resource.next_step = moment
    heapq.heappush(world.steps, (moment, next(_tie), resource))
    world.revision += 1
