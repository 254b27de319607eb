"""What a kind of review must be able to do, and the values that cross the border.

A kind is a module (`campaigns.remote`, ...): its functions satisfy `Kind`. Share the review, not the thing reviewed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from reviews.status import Status
from rulebook.explain import Advice
from rulebook.findings import Finding
from rulebook.holds import Hold
from rulebook.policy import Charge
from rulebook.routes import Route
from rulebook.submission import Submission as Checked
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio

if TYPE_CHECKING:
    from accounts.models import TwilioAccount, User
    from reviews.layout import Part
    from reviews.models import Review
    from reviews.renewal_form import RenewalForm

# The text as it was submitted, by field: plain JSON.
type Submission = Mapping[str, Any]
# What may be chosen, by field: value and words.
type Choices = Mapping[str, Sequence[tuple[str, str]]]


class Unreadable(Exception):
    """A payload that cannot be told apart from others: no SID, or not an object at all."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One reason of a reviewer, as Twilio sent it. The code is None where there is none we can read."""

    code: int | None
    description: str = ""
    url: str = ""
    fields: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "description": self.description, "url": self.url, "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A payload understood: what the shared Review shows and what its kind's own row keeps."""

    remote_key: str
    sid: str
    title: str
    detail: str
    twilio_status: str
    status: Status
    rejections: tuple[Rejection, ...] = ()
    deadline: datetime | None = None
    editable: bool | None = None
    # Whose customer it is, nearest first: the messaging service before the brand.
    owner_sids: tuple[str, ...] = ()
    # The text that can be corrected, tidied the same way as a draft, so that the two can be compared.
    submission: Submission = field(default_factory=dict)
    # Twilio's own stamp of its last change: it moves even when the same text is sent again.
    updated: str = ""
    # Twilio's stamp of its making: where it differs, another registration stands under the same key.
    created: str = ""
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sending:
    """What an attempt carries to Twilio: the text, the one that stood before it, and the person's words about it."""

    before: Submission
    submission: Submission
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """One thing that has to stand at Twilio before an attempt is sent: its name for the kind, and in words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a preparation has come. `again` is when to look next; None where it is done."""

    words: str
    again: timedelta | None = None


class NotPrepared(Exception):
    """What has to stand first does not, and no waiting will help: why, in words. Nothing was spent."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of an item's page that only its kind knows of: its id there, its title, its template, and what that is
    given under these names. The page's own `item`, `review`, `user` and `now` are there too."""

    key: str
    title: str
    template: str
    shown: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """One event of Twilio's. Its topic is the type without what all of ours begin with, such as
    "campaign-registration.campaign-failure"; the keys of its payload are lower case, without underscores."""

    topic: str
    payload: Payload
    at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done about a review now, by which route, at what cost, and why. Page, form and gate ask the same."""

    route: Route
    allowed: bool
    headline: str
    why: str
    # Why not, in a sentence each, when it is not allowed.
    reasons: tuple[str, ...] = ()
    charge: Charge | None = None
    deadline: datetime | None = None
    # What the route would cost instead, where there is one: a new campaign, for instance.
    other_fee: Decimal | None = None
    # An approved thing goes back into review when it is edited; only a manager may do that.
    needs_manager: bool = False
    advices: tuple[Advice, ...] = ()
    # The numbers that this route would put right, of those that were given.
    cured: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of a submission, for reading: its value as text lines, and the codes that flag it."""

    key: str
    label: str
    value: str
    flagged_by: tuple[int, ...] = ()
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a submission, before and after, as text."""

    key: str
    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether something may be deleted and registered anew, and what speaks for an easier way."""

    # Why it cannot be done now, in a sentence; empty where it can.
    hindrance: str
    # Whether it is the right way, and why; else what the cheaper way is.
    is_right: bool
    why: str
    cheaper: str
    # Whether its brand has to be put right in between; None for what has no brand.
    brand_first: bool | None
    # What no update can change: a person who chooses this all the same names one of them.
    fields: tuple[tuple[str, str], ...]
    charge: Charge
    # It carries traffic now, and stops when it is deleted.
    stops_traffic: bool
    # Where what is said of the queue and the traffic comes from: words and address.
    source: str = ""
    source_url: str = ""
    advices: tuple[Advice, ...] = ()

    @property
    def is_possible(self) -> bool:
        return not self.hindrance


@dataclass(frozen=True, slots=True)
class Renewing:
    """What a plan carries to Twilio: what stood, the new text, and the name under which the new one is found again."""

    snapshot: Payload
    submission: Submission
    reference: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """What has to happen elsewhere before the new one can be made, and where that is seen."""

    words: str
    url: str = ""


class Renewable(Protocol):
    """What a kind that can be deleted and registered anew answers besides."""

    form_class: "type[RenewalForm]"
    parts: "Sequence[Part]"
    # What the form says stays as it is, in words: the number, the messaging service.
    stays_words: str

    def offer(self, review: "Review") -> Offer:
        """Whether and why. Asks no database beyond the review and its account."""

    def submission_of(self, payload: Payload) -> Submission:
        """The text as the call that creates would carry it, every field of it."""

    def chosen(self, submission: Submission) -> str:
        """What the choices depend on, "" where on nothing: they are asked again when it changes."""

    def choices(self, review: "Review") -> Choices:
        """What may be chosen that the mirror knows, by field."""

    def options(self, twilio: Twilio, review: "Review", submission: Submission) -> Choices:
        """What may be chosen that only Twilio knows, by field. Raises a TwilioError."""

    def judge(self, review: "Review", draft: Any, offered: Choices) -> tuple[Finding, ...]:
        """What the checks say of a new registration: every field is sent, and every field may be refused."""

    def compare(self, before: Submission, after: Submission) -> Sequence[FieldChange]:
        """Every field of the call that creates, in the order of the form."""

    def awaited(self, review: "Review", submission: Submission, since: datetime | None) -> Awaited | None:
        """What has to be approved first; `since` where that has to be later than the deletion. Asks the database
        only."""

    def delete(self, twilio: Twilio, review: "Review") -> None:
        """Deletes it. Raises Gone where it is no more, and like Twilio's writing calls."""

    def create(self, twilio: Twilio, review: "Review", renewing: Renewing) -> Answer:
        """Makes the new one in one call: this may cost a fee. Raises like Twilio's writing calls."""

    def find(self, twilio: Twilio, review: "Review", renewing: Renewing) -> Answer | None:
        """The new one where it has been made already, by whomever; None where nothing stands. Raises a TwilioError."""

    def is_it(self, review: "Review", renewing: Renewing, payload: Payload) -> bool:
        """Whether this payload under another key is the new one."""


class Kind(Protocol):
    """The questions every kind answers. See CONTRIBUTING, "to add a fourth kind"."""

    slug: str
    label: str
    plural: str
    # Whether a review's title is the name of its business. Otherwise its customer's name has to do.
    is_titled_by_business: bool
    # How the topics of the events begin that are about this kind.
    topics: tuple[str, ...]

    def listing(self, twilio: Twilio, account: "TwilioAccount") -> Iterator[Answer]:
        """Everything of this kind in the account. Raises a TwilioError; one bad record raises nothing."""

    def fetch(self, twilio: Twilio, review: "Review") -> Answer:
        """The one resource, as it is now. Raises Gone when Twilio has it no more."""

    def identity(self, payload: Payload) -> str:
        """The payload's remote key, and nothing else of it. Raises Unreadable when it has none."""

    def read(self, payload: Payload) -> Reading:
        """The payload understood. Tolerant of missing and odd fields; raises Unreadable without an identity."""

    def state(self, review: "Review") -> Status:
        """The plain state that Twilio's word and reasons come to, as the house reads its rules now. Asks no
        database."""

    def heard(self, news: News) -> str:
        """The remote key of what the news is about, or its first part; empty where that cannot be told. Asks no
        database."""

    def keep_news(self, account: "TwilioAccount", news: News) -> bool:
        """Keeps what only events tell, older news never over newer. False where it is to be read at Twilio instead."""

    def named(self, account: "TwilioAccount", readings: Sequence[Reading]) -> Sequence[Reading]:
        """The same readings, with the names that their payloads lack, in a constant number of queries."""

    def mirror(self, rows: Sequence[tuple["Review", Reading, Payload]]) -> None:
        """Saves the kind's own rows in a constant number of statements."""

    def payload(self, review: "Review") -> Payload:
        """The last answer kept for this review. Raises KeyError where there is none."""

    def payloads(self, reviews: Sequence["Review"]) -> Mapping[int, Payload]:
        """The last answers kept for these reviews, by their keys, in a constant number of queries."""

    def verdict(self, review: "Review", now: datetime) -> Verdict:
        """What may be done now. Asks no database beyond the review and its account."""

    def held(self, review: "Review") -> Hold | None:
        """What keeps it from moving although no reviewer has it: suspended by itself or through what it hangs on,
        being deleted, registered elsewhere. None for most. May ask the database; asked by an item's own page."""

    def obstacles(self, review: "Review") -> Sequence[str]:
        """What forbids sending although the verdict allows it, in a sentence each: what only the mirror knows of other
        things. Page, form, gate and sender ask it where the verdict says yes; a constant number of statements."""

    def panels(self, review: "Review", user: "User", now: datetime) -> Sequence[Panel]:
        """What its page shows besides what all kinds have, for this person; nothing for most kinds."""

    def shown(self, review: "Review") -> Sequence[FieldView]:
        """The submission as it stands, flagged fields marked."""

    def checkable(self, reviews: Sequence["Review"]) -> Mapping[int, Checked]:
        """The text that stands, as the rulebook's checks look at it, by the review's number, in a constant number of
        statements. Empty for a kind that has no text of its own."""

    def checkable_draft(self, review: "Review", fields: Mapping[str, Any]) -> Checked | None:
        """The same with what somebody has typed into the repair form; None for a kind without a text of its own."""

    def compare(self, before: Submission, after: Submission) -> Sequence[FieldChange]:
        """Field by field, changed and unchanged, in the order of the form."""

    def preparations(self, review: "Review", sending: Sending) -> Sequence[Preparation]:
        """What has to be put in place before `send`, in order; nothing for most kinds. Asks the database only."""

    def prepare(self, twilio: Twilio, review: "Review", sending: Sending, key: str) -> Progress:
        """Carries one preparation on. Spends nothing, and may be called again after any failure or kill: it puts
        the same thing in place or finds it there. Raises like Twilio's writing calls, or NotPrepared."""

    def send(self, twilio: Twilio, review: "Review", sending: Sending) -> Answer:
        """Carries the text to Twilio in one call: this spends an attempt. Raises like Twilio's writing calls."""

    def fix_url(self, review: "Review") -> str:
        """Where a person repairs it; empty where this product cannot yet."""

    @property
    def renewal(self) -> Renewable | None:
        """How it is deleted and registered anew; None where that is not done here."""

    def renewal_url(self, review: "Review") -> str:
        """Where a person plans that; empty where it is not offered."""


@runtime_checkable
class Parted(Protocol):
    """A kind that Twilio lists part by part, one call or more for each, answers these too: then a reading that was
    interrupted goes on with the next part."""

    def parts(self, twilio: Twilio, account: "TwilioAccount") -> Sequence[str]:
        """Names of all parts there are now. Raises a TwilioError."""

    def listing_of(self, twilio: Twilio, part: str) -> Iterator[Answer]:
        """Everything of this kind in one part, as in `listing`."""

    def unlisted(self, part: str, why: str) -> Answer:
        """What stands for a part that Twilio would not list: no record, which `read` refuses with these words."""
