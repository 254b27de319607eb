"""The catalogue beside the list of known rejections, where that list is at hand: each entry has a row that agrees."""

import json
import re
from typing import Any

import pytest

from launch.places import ROOT
from rulebook.alternatives import NAMED, UNNAMED
from rulebook.catalogue import FEEDBACK_WORDS, ROWS
from rulebook.catalogue.sources import EDIT_GUIDE, TOLLFREE_ARTICLE, TOLLFREE_HELP, error_page, reported
from rulebook.explain import Advice, explain
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route
from tests.table import of_each

SHARED = ROOT.parent / "shared"
LIST = SHARED / "reference" / "twilio" / "rejections.json"
pytestmark = pytest.mark.skipif(not LIST.exists(), reason=f"the list of known rejections is not at {LIST}")
ARTICLES = sorted(SHARED.glob("seeds/002*.txt"))

# Where the list leaves the choice open, the row has to have made one of these.
OPEN_ROUTES = {
    "fix_brand_then_recreate": {Route.FIX_BRAND, Route.EDIT},  # a brand itself is edited
    "edit_or_recreate": {Route.EDIT, Route.RECREATE},
    "appeal_or_edit": {Route.APPEAL, Route.EDIT},
    "edit_or_fix_brand": {Route.EDIT, Route.FIX_BRAND},
    "delete_other_then_create": {Route.RECREATE},
    "resend_otp": {Route.EDIT},
}
# 21727 and 21728 refuse the call itself: the values are corrected and sent again, nothing was made.
REFUSED_CALLS = {21727, 21728}

# How the list names its sources, and what a row has to name then.
DOCUMENTS = {
    "seed 001": EDIT_GUIDE,
    "seed 002": TOLLFREE_ARTICLE,
    "seed 003": error_page(30924),
    "9321443984155": TOLLFREE_HELP,
    "gohighlevel": "help.gohighlevel.com",
    "kyriossystems": "help.kyriossystems.com",
}

# The toll-free article prints no numbers: its rows by what stands in their titles. First those that may go again, each
# with what the correction asks for, as our remedy says it.
CORRECTED: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("SHAFT - Alcohol with no robust age gate", 30456, ("month, day and year",)),
    ("Age Gate Not Present / Not Acceptable", 30448, ("month, day and year",)),
    ("Public URL Shortener", 30449, ("shows the brand", "full https address")),
    ("Non-secured URL", 30471, ("https",)),
    ("Can't Verify Business Information", 30445, ("the business that sends", "each field")),
    ("Can't Validate URL", 30473, ("online", "open to the public")),
    ("ISV Contact Information Provided", 30474, ("name", "address", "first and last name", "email", "site")),
    ("Express Consent Required", 30446, ("of its own", "outside terms, privacy policy and checkout")),
    ("Consent for messaging is a requirement", 30475, ("giving it means signing up", "separate", "email sign-up")),
    (
        "No opt-in provided",
        30476,
        (
            *("each way", "outside of terms", "public page", "no login", "no private drive", "readable image"),
            *("which one and where", "once a form is filled in", "another ticket", "bulk"),
        ),
    ),
    ("Opt-in is shared with 3rd Parties", 30477, ("this one business only", "sharing language")),
    ("Single Number Used for Multiple Businesses", 30478, ("each business a number of its own",)),
    ("Justification for more than 5 numbers", 30479, ("agents", "departments", "locations with their addresses")),
)
APPEALED: tuple[tuple[str, int], ...] = (
    ("SHAFT - Sex", 30441),
    ("SHAFT - Hate", 30455),
    ("SHAFT - Firearms", 30457),
    ("SHAFT - Tobacco / Vape", 30458),
    ("SHAFT - CBD/Marijuana", 30459),
    ("Known Spam Campaign", 30442),
    ("Loan Marketing", 30443),
    ("3rd Party Debt Collection", 30460),
    ("Gambling", 30461),
    ("Sweepstakes", 30462),
    ("Stock Alerts", 30463),
    ("Cryptocurrency", 30464),
    ("Risk Investment", 30465),
    ("Debt Reduction", 30466),
    ("Credit Repair", 30467),
    ("3rd Party Lead Generation", 30468),
    ("Federally Illegal Substances", 30469),
    ("Known Phishing Campaign", 30480),
    ("High Risk - Fraud", 30444),
    ("Deceptive Marketing", 30470),
)

# Words of the list that settle what an entry is about; the first that is found counts.
SETTLING: tuple[tuple[str, set[Category]], ...] = (
    ("delivery error|suspension", {Category.PROCESS}),
    ("api request error", {Category.REQUEST, Category.LIMITS, Category.BUSINESS}),
    ("age gate|alcohol (with|without)|twin.*alcohol|shaft - alcohol.*twin", {Category.AGE}),
    ("shortener|non-secured|url issue", {Category.LINKS}),
    ("spam|phishing|high risk|deceptive", {Category.ABUSE}),
    ("shaft|disallowed|forbidden category|prohibited|lead generation|debt collection", {Category.FORBIDDEN}),
    ("privacy policy sharing|privacypolicyurl|^unified.*terms lack|sms terms", {Category.POLICIES}),
    ("help|confirmation message|opt-out workflow", {Category.REPLIES}),
    ("^campaign.*website", {Category.WEBSITE}),
    ("duplicate threshold|registration limit|campaign limit|excessive", {Category.LIMITS}),
    ("feedback - (tax|stock|government|nonprofit)|representative|registration number", {Category.BUSINESS}),
    ("consent|call to action|opt-in", {Category.CONSENT, Category.EVIDENCE, Category.POLICIES}),
    ("sample", {Category.SAMPLES}),
)


def entries() -> list[dict[str, Any]]:
    return list(json.loads(LIST.read_text())) if LIST.exists() else []


def explained(entry: dict[str, Any]) -> Advice:
    return explain(entry["applies_to"], entry["code"], f"{entry['category']} {entry['reason']}")


def row_of(entry: dict[str, Any]) -> Rejection:
    """The row behind the advice."""
    title = explained(entry).title
    return next(row for row in ROWS if row.title == title and entry["code"] in row.codes)


numbered = of_each(
    [entry for entry in entries() if entry["code"]], lambda entry: f"{entry['applies_to']} {entry['code']}"
)


@numbered
def test_it_has_a_row_of_its_own_kind(entry: dict[str, Any]) -> None:
    assert [row for row in ROWS if entry["applies_to"] in row.kinds and entry["code"] in row.codes]


@numbered
def test_its_category_is_the_one_its_words_settle(entry: dict[str, Any]) -> None:
    said = f"{entry['category']} {entry['reason']}".casefold()
    settled = next((about for words, about in SETTLING if re.search(words, said)), set(Category))
    assert row_of(entry).category in settled


@numbered
def test_its_fields_are_all_named(entry: dict[str, Any]) -> None:
    assert {field.replace("_", "").casefold() for field in entry["fields"]} <= {
        field.replace("_", "").casefold() for field in explained(entry).fields
    }


@numbered
def test_its_route_is_the_lists_or_a_choice_the_list_leaves_open(entry: dict[str, Any]) -> None:
    allowed = OPEN_ROUTES.get(entry["route"]) or {Route(entry["route"])}
    assert explained(entry).route in allowed or entry["code"] in REFUSED_CALLS


@numbered
def test_whether_it_may_go_again_is_what_the_list_says(entry: dict[str, Any]) -> None:
    assert explained(entry).resubmittable is entry["resubmittable"]


@numbered
def test_its_sources_are_named(entry: dict[str, Any]) -> None:
    named = row_of(entry).source
    assert [page for page in re.findall(r"errors/(\d+)", entry["source"]) if page not in named] == []
    assert [ours for words, ours in DOCUMENTS.items() if words in entry["source"] and ours not in named] == []


@numbered
def test_its_confidence_is_that_of_its_source(entry: dict[str, Any]) -> None:
    row = row_of(entry)
    if entry["confidence"] == "secondary":
        assert row.confidence is Confidence.SECONDARY or reported(entry["code"]) in row.source
    else:
        assert row.confidence is Confidence.OFFICIAL


def test_the_old_feedback_words_stand_for_numbers() -> None:
    words = {entry["category"].split()[1] for entry in entries() if entry["category"].startswith("brand_feedback")}
    assert words <= set(FEEDBACK_WORDS)


def test_only_what_has_no_number_is_left() -> None:
    left = [entry["category"] for entry in entries() if not entry["code"]]
    assert [name for name in left if not name.startswith(("brand_feedback", "failure_reason", "Generic family"))] == []


@pytest.mark.parametrize(("title", "code", "asked"), CORRECTED, ids=lambda value: str(value)[:40])
def test_what_the_tollfree_article_asks_to_correct_is_in_the_remedy(
    title: str, code: int, asked: tuple[str, ...]
) -> None:
    remedy = " ".join(explain("tollfree", code).remedy)
    assert [words for words in asked if words.casefold() not in remedy.casefold()] == [], title


@pytest.mark.parametrize(("title", "code"), APPEALED)
def test_what_the_tollfree_article_calls_final_says_how_to_appeal(title: str, code: int) -> None:
    remedy = " ".join(explain("tollfree", code).remedy)
    subject = "Toll-Free Verification Rejection Appeal for (your business name or number)"
    assert [words for words in ("ticket", subject) if words not in remedy] == [], title


@pytest.mark.parametrize(("title", "code"), APPEALED)
def test_it_names_another_channel_to_lawful_trades_only(title: str, code: int) -> None:
    remedy = " ".join(explain("tollfree", code).remedy)
    named = [words in remedy for words in ("email with Twilio SendGrid", "Twilio Programmable Voice")]
    assert named == [code in NAMED | UNNAMED] * 2, title


@pytest.mark.skipif(not ARTICLES, reason="the toll-free article is not beside the list")
def test_no_row_of_the_tollfree_article_is_left_out() -> None:
    may_go_again, final = article_titles()
    assert [title for title in may_go_again if not any(known in title for known, *_ in CORRECTED)] == []
    assert [title for title in final if not any(known in title for known, _ in APPEALED)] == []
    assert (len(may_go_again), len(final)) == (len(CORRECTED), len(APPEALED))


def article_titles() -> tuple[list[str], list[str]]:
    """The titles of its two tables. A title stands below the table's head, or below the bar that ends a row."""
    may_go_again, final = ARTICLES[0].read_text().split("Rejection types ineligible for resubmission\n")[-2:]
    found = [re.findall(r"^(?:Error Code.*|\|)\n(.+) \|$", table, re.MULTILINE) for table in (may_go_again, final)]
    return found[0], found[1]
