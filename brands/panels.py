"""What a brand's page shows besides what all kinds have: its registration, what stands behind it, what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from accounts.models import Role, User
from brands import asking, dossier, hanging, trusthub
from brands.facts import BY_KEY, facts_of, value_of
from brands.forms import VettingForm
from brands.models import Brand, Bundle, Entity
from brands.otp import owner_of
from brands.registration import registration_of, takes_vettings, vettings_of
from brands.words import said
from reviews.contract import Panel
from reviews.house import advise
from reviews.kinds import kind_of
from reviews.models import Review
from reviews.status import REJECTED
from rulebook.explain import Advice
from rulebook.policy import BRANDS_PER_TAX_NUMBER, MANY_BRANDS_PER_TAX_NUMBER

# How many of the campaigns on a brand are listed.
MOST_LISTED = 10


def panels(review: Review, user: User, now: datetime) -> Sequence[Panel]:
    """Asks for the dossier to be read where what is known of it is old."""
    asking.ask(review, now)
    brand = Brand.objects.get(review=review)
    papers = dossier.papers_of(brand)
    return (
        Panel("registration", "Registration", "brands/_registration.html", _registration(review, brand, papers, user)),
        Panel("dossier", "Behind it", "brands/_dossier.html", {"behind": Behind(brand, papers, now)}),
        Panel("hanging", "Campaigns", "brands/_hanging.html", {"on": hanging_of(review, brand, user)}),
    )


def _registration(review: Review, brand: Brand, papers: Sequence[Entity], user: User) -> Mapping[str, Any]:
    return {
        "facts": registration_of(review, brand),
        "owner": owner_of(review, brand, facts_of(papers).get("mobile_phone_number", "")),
        "vettings": vettings_of(brand),
        "vetting_form": VettingForm() if takes_vettings(review, brand) and user.may(Role.EDITOR) else None,
        "may_act": user.may(Role.EDITOR),
        "tax": tax_number_of(facts_of(papers)),
    }


# --- one number, many brands -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaxNumber:
    """On how many brands of the whole mirror a registration number stands."""

    number: str
    brands: int
    read: int
    of: int

    @property
    def is_many(self) -> bool:
        return self.brands >= MANY_BRANDS_PER_TAX_NUMBER

    @property
    def advice(self) -> Advice | None:
        """What 30898 means, once there are too many."""
        return advise("campaign", 30898, "", ()) if self.brands >= BRANDS_PER_TAX_NUMBER else None

    @property
    def most(self) -> int:
        return BRANDS_PER_TAX_NUMBER


def tax_number_of(facts: Mapping[str, str]) -> TaxNumber | None:
    """None where no number is known. Three statements."""
    number = facts.get("business_registration_number", "")
    if not number:
        return None
    read, of = dossier.read_of_all()
    return TaxNumber(number, dossier.brands_of_tax_number(number), read, of)


# --- behind it -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PaperView:
    """One thing a bundle is made of, for reading."""

    label: str
    sid: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BundleView:
    """A bundle for reading: its state, what its reviewers said, what its evaluation found, and its papers."""

    title: str
    sid: str
    row: Bundle | None
    papers: tuple[PaperView, ...] = ()

    @property
    def status(self) -> str:
        return trusthub.status_words(self.row.status) if self.row else "not read"

    @property
    def tag(self) -> str:
        """The colour of its state; empty for none."""
        word = self.row.status if self.row else ""
        return {trusthub.REJECTED: "tag-fix", trusthub.APPROVED: "tag-approved"}.get(word, "")

    @property
    def reasons(self) -> list[tuple[int | None, str]]:
        return trusthub.reasons(self.row.payload) if self.row else []

    @property
    def is_evaluated(self) -> bool:
        return bool(self.row and self.row.evaluation)

    @property
    def failings(self) -> list[str]:
        return trusthub.failings(self.row.evaluation) if self.row else []

    @property
    def evaluated_at(self) -> datetime | None:
        return trusthub.evaluated_at(self.row.evaluation) if self.row else None


class Behind:
    """The dossier in front of a person."""

    def __init__(self, brand: Brand, papers: Sequence[Entity], now: datetime) -> None:
        self.brand, self.papers, self.now = brand, papers, now
        known = Bundle.objects.in_bulk(brand.bundle_sids, field_name="sid")
        named = (("Customer profile", brand.profile_sid), ("A2P bundle", brand.product_sid))
        self.bundles = [self._bundle(title, sid, known.get(sid)) for title, sid in named if sid]

    @property
    def is_known(self) -> bool:
        return self.brand.dossier_read_at is not None

    @property
    def is_reading(self) -> bool:
        """Whether a worker is at it: then the page asks again. One that says nothing for long is dead."""
        return is_reading(self.brand, self.now)

    def _bundle(self, title: str, sid: str, row: Bundle | None) -> BundleView:
        held = [paper for paper in self.papers if row and paper.bundle_id == row.pk]
        return BundleView(title, sid, row, tuple(_paper(paper, self.brand) for paper in held))


def is_reading(brand: Brand, now: datetime) -> bool:
    return bool(brand.dossier_asked_at and now - brand.dossier_asked_at < timedelta(seconds=90))


LABELS = {
    "customer_profile_business_information": "Business information",
    "authorized_representative_1": "Representative",
    "authorized_representative_2": "Second representative",
    "starter_customer_profile_information": "Owner",
    "us_a2p_messaging_profile_information": "Messaging profile",
    "sole_proprietor_information": "Sole proprietor",
    "customer_profile_address": "Document: address",
    "address": "Address",
}
_BY_ATTRIBUTE = {fact.attribute: fact for fact in reversed(tuple(BY_KEY.values()))}


def _paper(paper: Entity, brand: Brand) -> PaperView:
    bundle = "The customer profile" if paper.sid == brand.profile_sid else "Another bundle"
    label = LABELS.get(paper.type) or paper.type.replace("_", " ").capitalize() or bundle
    names = [name for name in paper.attributes if name != "address_sids"]
    rows = ((_label(name), said(name, value_of(paper.attributes, name))) for name in names)
    return PaperView(label, paper.sid, tuple((name, value) for name, value in rows if value))


def _label(attribute: str) -> str:
    fact = _BY_ATTRIBUTE.get(attribute)
    if fact:
        return fact.label.removeprefix("Second representative: ")
    return attribute.strip("_").replace("iso_country", "country").replace("_", " ").capitalize()


# --- on it -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a brand: those the person may see, how many more there are, and what the brand does to them."""

    # Each with where it is deleted and registered again; its page where that cannot be done here.
    rows: tuple[tuple[Review, str], ...]
    count: int
    burden: hanging.Burden | None
    hinders: str

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def hanging_of(review: Review, brand: Brand, user: User) -> Hanging:
    """Two statements, and what each of the few listed has to be asked for its way round."""
    everything = hanging.hanging_on(review)
    found = everything.visible_to(user).with_names().order_by("title", "pk")[:MOST_LISTED]
    count = everything.count()
    hinders = hanging.hindered_by(count) if count and review.status in REJECTED else ""
    rows = tuple((row, _way_round(row) if hinders else "") for row in found)
    return Hanging(rows, count, hanging.burden_of(review, brand), hinders)


def _way_round(row: Review) -> str:
    """Its kind's page for making it anew, where it has one: a brand knows by no name who hangs on it."""
    renewal_url = getattr(kind_of(row.kind), "renewal_url", None)
    return (renewal_url(row) if renewal_url else "") or reverse("reviews:item", args=[row.pk])
