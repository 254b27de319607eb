"""Every page, wide and narrow, light and dark: axe finds nothing, nothing sticks out, nothing is logged. A narrow page
is seen in one of the two colours only."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, cycle
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visit

# Only what is wrong is told, and nothing is fetched for rules that are not asked: the rest took most of the time.
QUICKLY: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
RULES = {**QUICKLY, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FIXED = [
    "/inbox/", "/inbox/?tab=decide", "/items/", "/items/?q=nothing-is-called-this", "/items/?status=needs_fix",
    "/items/?appealed=waiting", "/codes/", "/codes/?kind=tollfree&route=appeal", "/codes/30924/", "/codes/30989/",
    "/customers/", "/keys/", "/settings/", "/settings/profile/", "/settings/people/", "/settings/people/invite/",
    "/settings/activity/", "/settings/house/", "/settings/house/note/", "/settings/house/checks/L07/",
    "/settings/twilio/", "/settings/twilio/1/events/", "/settings/twilio/connect/", "/sign-in/password/change/",
    "/sign-in/2fa/", "/sign-in/2fa/totp/activate/", "/styleguide/",
]  # fmt: skip
# One page of each of these shapes, found by following links from a list.
FOUND = {
    "/inbox/": [r"/campaigns/\d+/fix/$"],
    "/items/?kind=campaign": [r"/items/\d+/$"],
    "/items/?kind=brand": [r"/items/\d+/$"],
    "/items/?state=stopped": [r"/items/\d+/$"],
    "/items/?kind=tollfree": [r"/items/\d+/$"],
    "/customers/": [r"/customers/\d+/$"],
    "/customers/2/": [r"/customers/\d+/rename/$"],
    "/settings/people/": [r"/settings/people/\d+/$"],
    "/settings/twilio/": [r"/settings/twilio/\d+/(policy/|unreadable/)?$"],
}
# What colours decide; all other rules see the same in the dark.
OF_COLOURS = {**QUICKLY, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def addresses(page: Page) -> Iterator[str]:
    yield from FIXED
    for start, patterns in FOUND.items():
        page.goto(start)
        links = [link.get_attribute("href") or "" for link in page.locator("a").all()]
        for pattern in patterns:
            matches = dict.fromkeys(link for link in links if re.search(pattern, link))
            assert matches, f"{start} leads to no {pattern}"
            yield from list(matches)[:2]


def beneath(page: Page) -> Iterator[str]:
    """Pages that stand behind a button: a submission in review, one that was sent, and what hangs on an item."""
    page.goto("/items/?q=Copper+Kettle&kind=campaign")
    page.locator("a.rowlink").first.click()
    item = page.url
    yield from (item, f"{item}customer/", f"{item}opt-in/", f"{item}opt-in/?type=keyword&kind=things&often=hourly")
    if page.locator("[data-key=f]").count():
        page.locator("[data-key=f]").click()
        page.get_by_label("Description", exact=True).press_sequentially(" Offers only.")
        page.get_by_role("button", name="Review changes").click()
        page.wait_for_url("**/review/")
        yield page.url
        page.goto(f"{item.replace('/items/', '/campaigns/')}review/")
        if page.get_by_label("Why send it all the same").count():
            page.get_by_label("Why send it all the same").fill("The reviewer asked for nothing else.")
        page.get_by_role("button", name="Update and resubmit").click()
        page.wait_for_url("**/attempts/*/")
    yield from appeal(page)
    yield from plan_to_create_again(page)
    yield from brands(page)
    page.goto(item)
    attempt = page.locator("a[href*='/attempts/']").first.get_attribute("href") or ""
    yield from (attempt, f"{attempt}settle/")


def brands(page: Page) -> Iterator[str]:
    """One with a campaign in its way and its form, and one whose owner has not answered."""
    for name in ("Basin+Street", "Juno+Ferris"):
        page.goto(f"/items/?q={name}&kind=brand")
        page.locator("a.rowlink").first.click()
        page.wait_for_url("**/items/*/")
        yield page.url
    page.goto("/items/?q=Basin+Street&kind=brand")
    page.locator("a.rowlink").first.click()
    page.wait_for_url("**/items/*/")
    yield f"{page.url.replace('/items/', '/brands/')}fix/"


def appeal(page: Page) -> Iterator[str]:
    """Before the letter, and while it is written. Whoever comes second finds it begun."""
    page.goto("/items/?kind=tollfree&state=needs_decision")
    page.locator("a.rowlink").first.click()
    address = f"{page.url}appeal/"
    yield address
    page.goto(address)
    if page.get_by_role("button", name="Write the letter").count():
        page.get_by_role("button", name="Write the letter").click()
        page.get_by_role("textbox", name="Letter").wait_for()
    yield address


def plan_to_create_again(page: Page) -> Iterator[str]:
    """The page that begins it, and those of the plan."""
    page.goto("/items/?q=Fable+Lane&kind=campaign")
    page.locator("a.rowlink").first.click()
    start = page.url.replace("/items/", "/renewals/of/")
    yield start
    page.goto(start)
    if page.get_by_role("button", name="Begin the plan").count():
        page.get_by_label("Why, and what will be different").fill("These are offers.")
        page.get_by_role("button", name="Begin the plan").click()
    page.wait_for_url(re.compile(r"/renewals/\d+/$"))
    yield from (page.url, f"{page.url}form/", f"{page.url}delete/", f"{page.url}review/")


type Looked = Callable[[Page], Iterator[str]]


def test_every_wide_page_is_accessible_and_fits(visit: Visit) -> None:
    """In both colours."""
    walk(visit, 1280, light_and_dark)


def test_every_narrow_page_is_accessible_and_fits(visit: Visit) -> None:
    """Light and dark by turns: bars that only narrow pages show stand on all of them, their kind of rows on many."""
    turns = cycle([light, dark])
    walk(visit, 375, lambda page: next(turns)(page))


def walk(visit: Visit, width: int, look: Looked) -> None:
    page = visit("admin", color_scheme="light", reduced_motion="reduce", viewport={"width": width, "height": 800})
    found: list[str] = []
    for address in list(addresses(page)):
        page.goto(address)
        found += [f"{address}: {complaint}" for complaint in chain(look(page), overflow(page))]
    other = page.context.new_page()
    for address in beneath(page):
        other.goto(address)
        found += [f"{address}: {complaint}" for complaint in chain(look(other), overflow(other))]
    assert not found, "\n".join(found)


def light(page: Page) -> Iterator[str]:
    yield from named(Axe().run(page, options=RULES).response)


def dark(page: Page) -> Iterator[str]:
    with darkness(page):
        yield from (f"in the dark {violation}" for violation in light(page))


def light_and_dark(page: Page) -> Iterator[str]:
    yield from light(page)
    with darkness(page):
        in_the_dark = page.evaluate("rules => axe.run(rules)", OF_COLOURS)
    yield from (f"in the dark {violation}" for violation in named(in_the_dark))


@contextmanager
def darkness(page: Page) -> Iterator[None]:
    page.emulate_media(color_scheme="dark")
    yield
    page.emulate_media(color_scheme="light")


def overflow(page: Page) -> Iterator[str]:
    sticking_out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if sticking_out > 0:
        yield f"{sticking_out} px wider than the window"


def named(judged: dict[str, Any]) -> Iterator[str]:
    for violation in judged["violations"]:
        yield f"{violation['id']} at {violation['nodes'][0]['target']}"
