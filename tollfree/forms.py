"""Form <-> draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms

from reviews.layout import Part
from reviews.payloads import tidy
from reviews.repair_form import RepairForm, line_field, text_field
from tollfree.draft import FLAG, LISTS, NAMES, Draft
from tollfree.show import FIELDS
from tollfree.words import AUTHORITIES, BUSINESS_TYPES, OPT_IN_TYPES, USE_CASES, VETTING_PROVIDERS, VOLUMES, said

IMAGES = tuple(f"opt_in_image_{number}" for number in range(1, 6))

PARTS = (
    Part(
        ("business_name", "doing_business_as", "business_website", "business_street_address",
         "business_street_address2", "business_city", "business_state_province_region", "business_postal_code",
         "business_country"),
        "pair",
        "Business",
        "The business whose customers get the messages, not its software vendor.",
    ),
    Part(
        ("business_contact_first_name", "business_contact_last_name", "business_contact_email",
         "business_contact_phone", "notification_email"),
        "pair",
        "Contact",
        "A person at that business, with a mailbox on its own domain.",
    ),
    Part(("use_case_summary",)),
    Part(("use_case_categories",), "choices"),
    Part(("message_volume",), "pair"),
    Part(("age_gated_content",), "flags", "The messages contain"),
    Part(("opt_in_type", "opt_in_keywords", "privacy_policy_url", "terms_and_conditions_url"), "pair", "Opt-in"),
    Part(
        IMAGES,
        "list",
        "Opt-in pictures or pages",
        "Public https addresses that show what people see when they agree. No sign-in, no file-sharing link.",
    ),
    Part(("additional_information",)),
    Part(("production_message_sample",)),
    Part(("opt_in_confirmation_message", "help_message_sample"), title="Replies"),
    Part(
        ("business_type", "business_registration_number", "business_registration_authority",
         "business_registration_country", "business_registration_phone_number", "vetting_provider", "vetting_id"),
        "pair",
        "Registration",
    ),
)  # fmt: skip


class AnyChoice(forms.MultipleChoiceField):
    """Boxes to tick. A word of Twilio's that we do not know can be kept; our checks judge, not the form."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True


def _select(label: str, words: Mapping[str, str], *, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=forms.Select(choices=[("", "Not given"), *words.items()])
    )


def _offered(name: str, words: Mapping[str, str]) -> dict[str, str]:
    return {word: said(name, word) for word in words}


class TollfreeTexts(RepairForm):
    """What an edit may change and a new verification carries too."""

    boxed = {"opt_in_image_urls": IMAGES}

    business_name = line_field(FIELDS["business_name"])
    doing_business_as = line_field(FIELDS["doing_business_as"])
    business_website = line_field(FIELDS["business_website"], kind="url")
    business_street_address = line_field(FIELDS["business_street_address"])
    business_street_address2 = line_field(FIELDS["business_street_address2"])
    business_city = line_field(FIELDS["business_city"])
    business_state_province_region = line_field(FIELDS["business_state_province_region"])
    business_postal_code = line_field(FIELDS["business_postal_code"])
    business_country = line_field(FIELDS["business_country"], hint="Two letters: US, CA.")
    business_contact_first_name = line_field(FIELDS["business_contact_first_name"])
    business_contact_last_name = line_field(FIELDS["business_contact_last_name"])
    business_contact_email = line_field(FIELDS["business_contact_email"], kind="email")
    business_contact_phone = line_field(
        FIELDS["business_contact_phone"], hint="Plus and country code, digits only: +12065550142.", kind="tel"
    )
    notification_email = line_field(
        FIELDS["notification_email"], hint="Twilio writes here. It may be yours.", kind="email"
    )
    use_case_categories = AnyChoice(
        label=FIELDS["use_case_categories"],
        required=False,
        choices=list(_offered("use_case_categories", USE_CASES).items()),
    )
    use_case_summary = text_field(
        "tollfree", "use_case_summary", FIELDS["use_case_summary"], rows=3, hint="Who sends what to whom, and why."
    )
    message_volume = _select(FIELDS["message_volume"], {volume: volume for volume in VOLUMES})
    age_gated_content = forms.BooleanField(label=FIELDS["age_gated_content"], required=False)
    additional_information = text_field(
        "tollfree",
        "additional_information",
        FIELDS["additional_information"],
        rows=4,
        hint="How people agree, in the words they see or hear when they do.",
    )
    opt_in_type = _select(FIELDS["opt_in_type"], _offered("opt_in_type", OPT_IN_TYPES))
    opt_in_image_1 = line_field("Picture 1", kind="url")
    opt_in_image_2 = line_field("Picture 2", kind="url")
    opt_in_image_3 = line_field("Picture 3", kind="url")
    opt_in_image_4 = line_field("Picture 4", kind="url")
    opt_in_image_5 = line_field("Picture 5", kind="url")
    opt_in_keywords = line_field(FIELDS["opt_in_keywords"], hint="With commas between them.")
    privacy_policy_url = line_field(FIELDS["privacy_policy_url"], kind="url")
    terms_and_conditions_url = line_field(FIELDS["terms_and_conditions_url"], kind="url")
    production_message_sample = text_field(
        "tollfree",
        "production_message_sample",
        FIELDS["production_message_sample"],
        rows=3,
        hint="One line for each use case, as it would arrive.",
    )
    opt_in_confirmation_message = text_field(
        "tollfree", "opt_in_confirmation_message", FIELDS["opt_in_confirmation_message"], rows=2
    )
    help_message_sample = text_field("tollfree", "help_message_sample", FIELDS["help_message_sample"], rows=2)
    business_type = _select(FIELDS["business_type"], _offered("business_type", BUSINESS_TYPES))
    business_registration_number = line_field(
        FIELDS["business_registration_number"], hint="Every business has one but a sole proprietor."
    )
    business_registration_authority = _select(
        FIELDS["business_registration_authority"], _offered("business_registration_authority", AUTHORITIES)
    )
    business_registration_country = line_field(FIELDS["business_registration_country"], hint="Two letters.")
    business_registration_phone_number = line_field(FIELDS["business_registration_phone_number"], kind="tel")
    vetting_provider = _select(
        FIELDS["vetting_provider"],
        _offered("vetting_provider", VETTING_PROVIDERS),
        hint="For election campaigns only.",
    )
    vetting_id = line_field(FIELDS["vetting_id"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self._offer_what_stands(name)

    def _offer_what_stands(self, name: str) -> None:
        """A word of Twilio's that we do not know is offered beside ours, so that opening the form changes nothing."""
        field, value = self.fields[name], self[name].value()
        choices = getattr(field.widget, "choices", None)
        if choices is None:
            return
        known = {str(word) for word, _ in choices}
        for word in value if isinstance(value, list) else [value or ""]:
            if str(word) not in known:
                field.widget.choices = [*choices, (word, word)]


class TollfreeForm(TollfreeTexts):
    @classmethod
    def draft_of(cls, typed: Mapping[str, Any]) -> Draft:
        images = tuple(image for name in IMAGES if (image := tidy(typed.get(name, ""))))
        keywords = tuple(word for word in re.split(r"[,\s]+", tidy(typed.get("opt_in_keywords", ""))) if word)
        values: dict[str, Any] = {name: tidy(typed.get(name, "")) for name in NAMES if name not in (*LISTS, FLAG)}
        return Draft(
            **values,
            use_case_categories=tuple(typed.get("use_case_categories") or ()),
            opt_in_image_urls=images,
            opt_in_keywords=keywords,
            age_gated_content=bool(typed.get(FLAG)),
        )

    @classmethod
    def fields_of(cls, submission: Mapping[str, Any]) -> dict[str, Any]:
        draft = Draft.from_submission(submission)
        fields = {name: value for name, value in asdict(draft).items() if name not in LISTS}
        return {
            **fields,
            "use_case_categories": list(draft.use_case_categories),
            "opt_in_keywords": ", ".join(draft.opt_in_keywords),
            **dict(zip(IMAGES, draft.opt_in_image_urls, strict=False)),
        }
