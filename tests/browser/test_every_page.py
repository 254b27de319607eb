"""Every page, wide and narrow, light and dark: axe finds nothing, nothing sticks out, nothing is logged."""

import re
from collections.abc import Callable, Iterator
from itertools import chain, cycle
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Visit

type Options = dict[str, Any]

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 375, "height": 800}
AXE = Axe().axe_script
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What colours decide: most of axe's time. All other rules see the same in the dark.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
# Only what is wrong is told, and nothing is fetched for rules that are not asked.
QUICKLY: Options = {"resultTypes": ["violations"], "preload": False}
RULES: Options = {**QUICKLY, "runOnly": TAGS}
COLOURS: Options = {**QUICKLY, "runOnly": {"type": "rule", "values": OF_COLOURS}}
EVERYWHERE: Options = {"include": ["html"]}
# Long tables repeat the colours of their first rows; in the wide and light they are looked at to the end.
ENOUGH: Options = {"exclude": ["tbody tr:nth-child(n+11)"]}
ALL_BUT_COLOURS: Options = {**RULES, "rules": {rule: {"enabled": False} for rule in OF_COLOURS}}
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


def test_every_page_is_accessible_and_fits(visit: Visit) -> None:
    """Wide in both colours, and in the same window made narrow. Whoever follows the links has a narrow one."""
    page = visit("admin", color_scheme="light", reduced_motion="reduce", viewport=NARROW)
    looking, found, seen_by = page.context.new_page(), list[str](), cycle([light, nothing, dark, nothing])
    for address in chain(addresses(page), beneath(page)):
        looking.set_viewport_size(WIDE)
        looking.goto(address)
        looking.evaluate(AXE)
        found += [f"{address}: {complaint}" for complaint in wide(looking)]
        looking.set_viewport_size(NARROW)
        found += [f"{address}, narrow: {complaint}" for complaint in narrow(looking, next(seen_by))]
    assert not found, "\n".join(found)


def wide(page: Page) -> Iterator[str]:
    yield from chain(overflow(page), judged(page, RULES), dark(page))


def narrow(page: Page, colours: Callable[[Page], Iterator[str]]) -> Iterator[str]:
    """Bars that only narrow pages show stand on all of them, their kind of rows on many: so not each of them is seen in
    both colours, or in any."""
    yield from chain(overflow(page), judged(page, ALL_BUT_COLOURS), colours(page))


def light(page: Page) -> Iterator[str]:
    yield from judged(page, COLOURS, ENOUGH)


def dark(page: Page) -> Iterator[str]:
    page.emulate_media(color_scheme="dark")
    yield from (f"in the dark {violation}" for violation in judged(page, COLOURS, ENOUGH))
    page.emulate_media(color_scheme="light")


def nothing(page: Page) -> Iterator[str]:
    yield from ()


def overflow(page: Page) -> Iterator[str]:
    sticking_out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if sticking_out > 0:
        yield f"{sticking_out} px wider than the window"


def judged(page: Page, rules: Options, where: Options = EVERYWHERE) -> Iterator[str]:
    for violation in page.evaluate("asked => axe.run(...asked)", [where, rules])["violations"]:
        yield f"{violation['id']} at {violation['nodes'][0]['target']}"
