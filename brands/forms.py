"""Form <-> draft, and the forms of what else may be done to a brand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from brands.draft import Draft
from brands.facts import BY_KEY
from brands.words import CHOICES, said
from reviews.layout import Part
from reviews.payloads import tidy
from reviews.repair_form import RepairForm, line_field

PERSON = ("first_name", "last_name", "email", "phone_number", "business_title", "job_position")

PARTS = (
    Part(
        ("business_name", "business_registration_number", "business_registration_identifier", "business_type",
         "business_identity", "business_industry", "business_regions_of_operation", "website_url",
         "social_media_profile_urls"),
        "pair",
        "Business",
        "As the tax authority has it on file, letter by letter.",
    ),
    Part(
        ("customer_name", "street", "street_secondary", "city", "region", "postal_code"),
        "pair",
        "Address",
        "Where the business is registered. All brands whose profile names this address change with it.",
    ),
    Part(PERSON, "pair", "Representative",
         "Somebody who may speak for the business, with a mailbox on its own domain."),
    Part(tuple(f"second_{name}" for name in PERSON), "pair", "Second representative"),
    Part(("brand_name", "mobile_phone_number", "vertical"), "pair", "Sole proprietor",
         "The owner is asked by text message at this mobile number."),
    Part(("company_type", "brand_contact_email", "stock_ticker", "stock_exchange"), "pair", "A2P bundle"),
)  # fmt: skip
TYPES = {"website_url": "url", "email": "email", "second_email": "email", "brand_contact_email": "email",
         "phone_number": "tel", "second_phone_number": "tel", "mobile_phone_number": "tel"}  # fmt: skip
HINTS = {
    "business_registration_number": "An EIN as in 91-0000000, from the IRS letter CP 575 or 147C.",
    "region": "Two letters: OR, WA.",
    "phone_number": "Plus and country code, digits only: +12065550142.",
    "mobile_phone_number": "A wireless number of the US or Canada: +12065550142.",
    "business_regions_of_operation": "As Twilio writes them: USA_AND_CANADA.",
    "brand_contact_email": "The registry asks this mailbox to confirm, within seven days.",
}


def _field(key: str) -> forms.CharField:
    label, hint = BY_KEY[key].label.removeprefix("Second representative: "), HINTS.get(key, "")
    if key not in CHOICES:
        return line_field(label, hint=hint, kind=TYPES.get(key, "text"))
    offered = [(word, said(key, word)) for word in CHOICES[key]]
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=forms.Select(choices=[("", "Not given"), *offered])
    )


class BrandForm(RepairForm):
    """Every fact there is; which of them a brand has, its desk says."""

    business_name = _field("business_name")
    business_registration_number = _field("business_registration_number")
    business_registration_identifier = _field("business_registration_identifier")
    business_type = _field("business_type")
    business_identity = _field("business_identity")
    business_industry = _field("business_industry")
    business_regions_of_operation = _field("business_regions_of_operation")
    website_url = _field("website_url")
    social_media_profile_urls = _field("social_media_profile_urls")
    customer_name = _field("customer_name")
    street = _field("street")
    street_secondary = _field("street_secondary")
    city = _field("city")
    region = _field("region")
    postal_code = _field("postal_code")
    first_name = _field("first_name")
    last_name = _field("last_name")
    email = _field("email")
    phone_number = _field("phone_number")
    business_title = _field("business_title")
    job_position = _field("job_position")
    second_first_name = _field("second_first_name")
    second_last_name = _field("second_last_name")
    second_email = _field("second_email")
    second_phone_number = _field("second_phone_number")
    second_business_title = _field("second_business_title")
    second_job_position = _field("second_job_position")
    company_type = _field("company_type")
    stock_ticker = _field("stock_ticker")
    stock_exchange = _field("stock_exchange")
    brand_contact_email = _field("brand_contact_email")
    brand_name = _field("brand_name")
    mobile_phone_number = _field("mobile_phone_number")
    vertical = _field("vertical")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self._offer_what_stands(name)

    @classmethod
    def draft_of(cls, typed: Mapping[str, Any]) -> Draft:
        return Draft({key: tidy(str(typed[key])) for key in BY_KEY if key in typed})

    @classmethod
    def fields_of(cls, submission: Mapping[str, Any]) -> dict[str, Any]:
        return Draft.from_submission(submission).as_submission()

    def _offer_what_stands(self, name: str) -> None:
        """A word of Twilio's that we do not know is offered beside ours, so that opening the form changes nothing."""
        field, value = self.fields[name], str(self[name].value() or "")
        choices = getattr(field.widget, "choices", None)
        if choices is not None and value not in {str(word) for word, _ in choices}:
            field.widget.choices = [*choices, (value, value)]


class VettingForm(forms.Form):
    """What a third party found out about the brand, fetched by its token."""

    provider = forms.ChoiceField(
        label="Provider", choices=[("campaign-verify", "Campaign Verify"), ("aegis", "Aegis Mobile")]
    )
    vetting_id = forms.CharField(
        label="Token or vetting ID",
        max_length=500,
        help_text="The token that Campaign Verify gave out, beginning with cv|; for Aegis the ID of the vetting.",
    )
