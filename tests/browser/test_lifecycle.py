"""The product's main job in a real browser: see what Twilio rejected, repair it, watch it go back and pass."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Product, Visit

OPT_OUT = "Reply STOP to cancel."
DISCLOSURES = "Message frequency varies. Message and data rates may apply. Reply STOP to cancel, HELP for help."


def open_item(page: Page, name: str) -> None:
    page.goto("/inbox/")
    page.get_by_role("row", name=re.compile(name)).get_by_role("link", name=re.compile("^Fix")).click()
    page.wait_for_url("**/fix/")


def service_of(page: Page) -> str:
    """The messaging service's SID, which names the campaign in the sandbox."""
    found = re.search(r"MG[0-9a-f]{32}", page.content())
    assert found
    return found[0]


def test_a_rejected_campaign_is_repaired_resubmitted_and_approved(product: Product, visit: Visit) -> None:
    page = visit("editor")
    open_item(page, "Larkspur Bike Repair")
    flow = page.get_by_label("Opt-in description")
    expect(page.locator(".field.is-flagged", has=flow)).to_contain_text("30924")
    flow.fill(flow.input_value().replace(OPT_OUT, DISCLOSURES))
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    expect(page.locator("#outlook")).to_contain_text("Would likely pass")
    service = service_of(page)
    page.get_by_role("button", name="Review changes").click()
    expect(page.locator("ins").first).to_contain_text("Message frequency varies")
    expect(page.get_by_role("heading", name="Tries and fee")).to_be_visible()
    expect(page.get_by_label("Why send it all the same")).to_have_count(0)
    page.get_by_role("button", name="Update and resubmit").click()
    page.wait_for_url("**/attempts/*/")
    expect(page.get_by_role("heading", name="Twilio took the update")).to_be_visible(timeout=30_000)
    assert product.twilio.counters().updates_of(service) == 1
    product.twilio.judge_now(service)
    # Nobody touches the page any more: beat, worker and the page's own question do it.
    expect(page.locator(".page-head .badge-approved")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Open campaign").click()
    expect(page.locator(".page-head .badge-approved")).to_be_visible()
    expect(page.get_by_text("VERIFIED", exact=True).first).to_be_visible()


def test_the_same_job_without_javascript(product: Product, visit: Visit) -> None:
    page = visit("editor", java_script_enabled=False)
    open_item(page, "Pelican Pizza")
    service = service_of(page)
    flow = page.get_by_label("Opt-in description")
    flow.fill(flow.input_value().replace(OPT_OUT, DISCLOSURES))
    page.get_by_role("button", name="Review changes").click()
    page.get_by_role("button", name="Update and resubmit").click()
    page.wait_for_url("**/attempts/*/")
    for _ in range(60):
        if page.get_by_role("heading", name="Twilio took the update").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.get_by_role("heading", name="Twilio took the update")).to_be_visible()
    assert product.twilio.counters().updates_of(service) == 1


def test_a_suggested_sentence_goes_where_the_cursor_stands(visit: Visit) -> None:
    page = visit("editor")
    open_item(page, "Cedar Row")
    flow = page.get_by_label("Opt-in description")
    flow.fill(flow.input_value().replace("Message and data rates may apply. ", ""))
    expect(page.locator("#checks")).to_contain_text("rates")
    flow.evaluate("text => text.setSelectionRange(text.value.indexOf('Reply STOP'), text.value.indexOf('Reply STOP'))")
    finding = page.locator("#checks li", has_text="Opt-in description").filter(has_text="rates")
    finding.get_by_role("button", name="Insert sentence").click()
    expect(flow).to_be_focused()
    expect(flow).to_have_value(re.compile(r"varies\. .*rates may apply\. Reply STOP"))
    expect(page.locator("#checks")).not_to_contain_text("rates may apply")


def test_a_second_window_that_holds_an_older_text_is_told_and_loses_nothing(visit: Visit) -> None:
    page = visit("editor")
    open_item(page, "Cedar Row")
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label("Description", exact=True).press_sequentially(" First window.")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    other.get_by_label("Description", exact=True).press_sequentially(" Second window.")
    expect(other.locator("#saved")).to_contain_text("another window saved a newer text")
    assert "Second window." in other.get_by_label("Description", exact=True).input_value()
    other.get_by_role("button", name="Keep the text of this window").click()
    expect(other.locator("#saved")).to_contain_text("Draft saved")
    assert "Second window." in other.get_by_label("Description", exact=True).input_value()


def test_two_people_on_one_item_are_told_so(visit: Visit) -> None:
    first, second = visit("editor"), visit("manager")
    open_item(first, "Quarry Auto Glass")
    first.get_by_label("Description", exact=True).press_sequentially(" Ben was here.")
    expect(first.locator("#saved")).to_contain_text("Draft saved")
    second.goto(first.url)
    expect(second.get_by_text("is editing too")).to_be_visible()


def test_the_inbox_is_worked_with_keys(visit: Visit) -> None:
    page = visit("viewer")
    current = page.locator("tr.is-current .rowlink")
    before = current.get_attribute("href")
    page.keyboard.press("j")
    assert current.get_attribute("href") != before
    page.keyboard.press("k")
    assert current.get_attribute("href") == before
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/items/\d+/$"))


def test_no_key_sends(product: Product, visit: Visit) -> None:
    page = visit("editor")
    open_item(page, "Tidewater Yoga")
    page.get_by_label("Description", exact=True).press_sequentially(" Classes and changes only.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/review/")
    before = product.twilio.counters().updates
    page.locator("body").click(position={"x": 5, "y": 400})
    for key in ("Control+Enter", "Control+s", "f", "o", "r", "n", "y"):
        page.keyboard.press(key)
    assert page.url.endswith("/review/")
    assert product.twilio.counters().updates == before
