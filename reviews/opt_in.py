"""The opt-in of one item: what a reviewer looks for, what the text shows of it, and wordings to copy."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.http import Http404

from reviews import house
from reviews.kinds import kind_of
from reviews.models import Draft, Review
from rulebook import wording
from rulebook.checklist import Line, checklist
from rulebook.checklist_answers import State
from rulebook.checks.meanings import PHONE
from rulebook.domains import addresses, mailboxes
from rulebook.fields import label_of
from rulebook.findings import Finding
from rulebook.limits import LOCKED
from rulebook.opt_in_types import OptInType, guess_type
from rulebook.reading import Reading
from rulebook.submission import Submission
from rulebook.wording import Frequency

# The value of "text" in the address that asks for the one at Twilio although there is a draft.
STANDING = "twilio"


class WordingForm(forms.Form):
    """What the wordings are made of. The address is the truth, so that a page of wordings can be passed on."""

    kind = forms.CharField(
        label="What is sent",
        max_length=wording.LONGEST_KIND,
        help_text="In the plural, as concrete as it gets.",
        widget=forms.TextInput(attrs={"list": "kinds", "autocomplete": "off"}),
    )
    often = forms.ChoiceField(label="How often", choices=[(often.value, often.words) for often in Frequency])
    contact = forms.CharField(
        label="Contact for help",
        max_length=wording.LONGEST_CONTACT,
        required=False,
        help_text="A phone number, mail or web address of the brand.",
    )


@dataclass(frozen=True, slots=True)
class TypeLink:
    """One opt-in type to choose."""

    label: str
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """One text to copy; `remark` is what our checks still miss in it."""

    key: str
    title: str
    text: str
    remark: str = ""


class OptIn:
    """The page of one review, over the person's draft where there is one, else over the text that stands. Raises 404
    where the item has no text of its own."""

    def __init__(self, review: Review, asked: Mapping[str, str], draft: Draft | None = None) -> None:
        self.review, self.asked, self.draft = review, asked, draft
        self.submission = self._drafted or _text_of(review)
        self.type = _type_of(asked.get("type", ""), self.submission)
        self.form = WordingForm({**self._likely, **{name: asked[name] for name in self._likely if name in asked}})

    # --- which text ---

    @cached_property
    def _drafted(self) -> Submission | None:
        if self.draft is None or self.asked.get("text") == STANDING:
            return None
        return kind_of(self.review.kind).checkable_draft(self.review, self.draft.fields)

    @property
    def is_draft(self) -> bool:
        return self._drafted is not None

    @property
    def texts(self) -> list[TypeLink]:
        """The two to choose from; none where nobody has a draft."""
        if self.draft is None:
            return []
        kept = [(name, value) for name, value in self.asked.items() if name != "text"]
        return [
            TypeLink("Your draft", urlencode(kept), is_current=self.is_draft),
            TypeLink("What stands at Twilio", urlencode([*kept, ("text", STANDING)]), is_current=not self.is_draft),
        ]

    # --- what a reviewer looks for ---

    @property
    def types(self) -> list[TypeLink]:
        kept = [(name, self.asked[name]) for name in (*self._likely, "text") if name in self.asked]
        return [TypeLink(one.label, urlencode([("type", one), *kept]), one == self.type) for one in OptInType]

    @property
    def is_guessed(self) -> bool:
        return self.asked.get("type", "") != self.type

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return checklist(self.type, self.submission, house.switched_off())

    @property
    def tally(self) -> dict[str, int]:
        """How many lines are in each state, by the state's name."""
        return {state.value: sum(line.state == state for line in self.lines) for state in State}

    @property
    def text(self) -> str:
        return self.submission.text(self._field)

    @property
    def field_label(self) -> str:
        return label_of(self.review.kind, self._field)

    @property
    def has_locked_replies(self) -> bool:
        """Whether an update carries no automatic replies."""
        locked = {row.field for row in LOCKED if row.kind == self.review.kind}
        return not locked.isdisjoint(REPLIES)

    # --- what to write ---

    @property
    def kinds(self) -> tuple[str, ...]:
        return wording.KINDS

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        kind, often, contact = self._chosen("kind"), Frequency(self._chosen("often")), self._chosen("contact")
        replies = {
            "opt_in_message": wording.opt_in_confirmation(self._brand, kind, often),
            "help_message": wording.help_reply(self._brand, contact),
            "opt_out_message": wording.stop_reply(self._brand),
        }
        remarks = {finding.field: finding.message for finding in _checked(replies, self._brand)}
        texts = {"consent": self._consent(kind, often), **replies}
        return tuple(Wording(key, _TITLES[key], text, remarks.get(key, "")) for key, text in texts.items())

    def _consent(self, kind: str, often: Frequency) -> str:
        keywords = self.submission.texts("opt_in_keywords")
        return wording.consent_sentence(
            self._brand,
            kind,
            often,
            self.type,
            self.submission.text("terms_and_conditions_url"),
            self.submission.text("privacy_policy_url"),
            keywords[0] if keywords else "",
        )

    def _chosen(self, name: str) -> str:
        """What was asked for; what is likely where that cannot be used."""
        self.form.is_valid()
        return str(self.form.cleaned_data.get(name, self._likely[name]))

    @cached_property
    def _likely(self) -> dict[str, str]:
        cases = (self.submission.text("us_app_to_person_usecase"), *self.submission.texts("use_case_categories"))
        return {
            "kind": wording.kind_for(next(filter(None, cases), "")),
            "often": Frequency.VARIES.value,
            "contact": _contact_in(self.submission),
        }

    @property
    def _brand(self) -> str:
        return self.submission.brand.name or self.review.customer.name

    @property
    def _field(self) -> str:
        return Reading(self.submission).opt_in_field


REPLIES = ("opt_in_message", "opt_out_message", "help_message")
_TITLES = {
    "consent": "Consent sentence",
    "opt_in_message": "Opt-in confirmation",
    "help_message": "Reply to HELP",
    "opt_out_message": "Reply to STOP",
}


def _text_of(review: Review) -> Submission:
    text = kind_of(review.kind).checkable([review]).get(review.pk)
    if text is None:
        raise Http404("This item has no text of its own.")
    return text


def _type_of(asked: str, submission: Submission) -> OptInType:
    return OptInType(asked) if asked in list(OptInType) else guess_type(submission)


def _checked(replies: Mapping[str, str], brand: str) -> tuple[Finding, ...]:
    """What our checks say of replies."""
    return house.judge(wording.as_submission(replies, brand), is_new=True)


def _contact_in(submission: Submission) -> str:
    """The first contact that the help reply names already."""
    reply = submission.text("help_message") or submission.text("help_message_sample")
    found = [reply[slice(*span)] for span in mailboxes(reply)]
    found += [phone[0] for phone in PHONE.finditer(reply)]
    found += [address.text for address in addresses(reply)]
    return next((one for one in found if len(one) <= wording.LONGEST_CONTACT), "")
