"""Every address of the product, the least role it opens to, and how to get there. A new address needs a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from accounts import first, invitations
from accounts.models import Role, TwilioAccount, User
from reviews import appeals
from reviews.kinds import kind_of
from reviews.models import Attempt, Draft, HouseNote, Renewal, Review
from reviews.renewals import Wish
from sync import renewal_gate
from tests.factories import (
    brand_payload,
    campaign_payload,
    error,
    make_account,
    make_customer,
    make_user,
    mirror,
    tollfree_payload,
)

ANYBODY = "anybody"
# Nobody with a browser: it is for programs that sign what they send.
PROGRAM = "program"
VIEWER, EDITOR, MANAGER, ADMINISTRATOR = Role.VIEWER, Role.EDITOR, Role.MANAGER, Role.ADMINISTRATOR


class House:
    """What the addresses need to exist; each thing is made when an address first asks for it."""

    @cached_property
    def account(self) -> TwilioAccount:
        return make_account(customer=make_customer("Larkspur Bike Repair"))

    @cached_property
    def review(self) -> Review:
        return mirror(self.account, "campaign", campaign_payload())[0]

    @cached_property
    def brand(self) -> Review:
        return mirror(self.account, "brand", brand_payload())[0]

    @cached_property
    def verification(self) -> Review:
        return mirror(self.account, "tollfree", tollfree_payload())[0]

    @cached_property
    def attempt(self) -> Attempt:
        text = dict(kind_of("campaign").read(campaign_payload()).submission)
        return Attempt.objects.create(review=self.review, number=1, by_name="Ana Ruiz", before=text, submission=text)

    @cached_property
    def appealed(self) -> Review:
        """One that is final, with a letter begun."""
        (review,) = mirror(self.account, "campaign", campaign_payload(errors=[error(30885)]))
        appeals.begin(review.pk, self.person)
        return review

    @cached_property
    def renewal(self) -> Renewal:
        """Of a campaign of its own: a plan that is open closes the other pages of its item."""
        review = mirror(self.account, "campaign", campaign_payload(errors=[error(30900, "USE_CASE")]))[0]
        return renewal_gate.plan(review.pk, Wish("It is wrong."), self.person)

    @cached_property
    def note(self) -> HouseNote:
        return HouseNote.objects.create(kind="campaign", code=30924, note="Name the form.", by_name="Ana Ruiz")

    @cached_property
    def person(self) -> User:
        return make_user(Role.EDITOR, name="Ben Okafor")


type Args = Callable[[House], list[object]]


@dataclass(frozen=True, slots=True)
class Door:
    """One address. `of_customer`: it does not exist for somebody who cares for other customers."""

    to: str
    args: Args = lambda house: []
    post_only: bool = False
    of_customer: bool = False


def _account(house: House) -> list[object]:
    return [house.account.pk]


def _review(house: House) -> list[object]:
    return [house.review.pk]


def _brand(house: House) -> list[object]:
    return [house.brand.pk]


def _attempt(house: House) -> list[object]:
    return [house.attempt.pk]


def _renewal(house: House) -> list[object]:
    return [house.renewal.pk]


def _person(house: House) -> list[object]:
    return [house.person.pk]


def _repair(namespace: str, of: Callable[[House], Review]) -> dict[str, Door]:
    def item(house: House) -> list[object]:
        return [of(house).pk]

    def with_draft(house: House) -> list[object]:
        return [of(house).pk, Draft.objects.get_or_create(review=of(house), user=house.person)[0].pk]

    changing = ("save", "discard", "restore", "see_change")
    doors = {name: Door(EDITOR, item, post_only=True, of_customer=True) for name in changing}
    doors |= {name: Door(EDITOR, item, of_customer=True) for name in ("fix", "review")}
    doors["continue_from"] = Door(EDITOR, with_draft, post_only=True, of_customer=True)
    return {f"{namespace}:{name}": door for name, door in doors.items()}


def _appeal() -> dict[str, Door]:
    def item(house: House) -> list[object]:
        return [house.appealed.pk]

    changing = ("begin", "save", "rewrite", "mail", "elsewhere", "ticket", "answer", "settle", "withdraw")
    doors = {f"appeals:{name}": Door(EDITOR, item, post_only=True, of_customer=True) for name in changing}
    return doors | {"appeals:page": Door(VIEWER, item, of_customer=True)}


DOORS: dict[str, Door] = {
    "health-live": Door(ANYBODY),
    "health-ready": Door(ANYBODY),
    # On this machine, as the tests are: tests/metrics asks it from elsewhere.
    "metrics": Door(ANYBODY),
    # the desk
    "reviews:home": Door(VIEWER),
    "reviews:inbox": Door(VIEWER),
    "reviews:inbox_counts": Door(VIEWER),
    "reviews:items": Door(VIEWER),
    "reviews:items_csv": Door(VIEWER),
    "reviews:item": Door(VIEWER, _review, of_customer=True),
    "reviews:correct_count": Door(ADMINISTRATOR, _review, post_only=True, of_customer=True),
    "reviews:keys": Door(VIEWER),
    "opt_in:page": Door(VIEWER, _review, of_customer=True),
    "check_now": Door(VIEWER, _review, post_only=True, of_customer=True),
    # the repair pages of each kind
    **_repair("campaigns", lambda house: house.review),
    **_repair("tollfree", lambda house: house.verification),
    "tollfree:numbers": Door(VIEWER, lambda h: [h.verification.pk], of_customer=True),
    **_repair("brands", lambda house: house.brand),
    # what stands behind a brand, and what its owner and others have to say
    "brands:behind": Door(VIEWER, _brand, of_customer=True),
    "brands:read": Door(VIEWER, _brand, post_only=True, of_customer=True),
    "brands:papers": Door(EDITOR, _brand, of_customer=True),
    "brands:otp": Door(EDITOR, _brand, post_only=True, of_customer=True),
    "brands:vetting": Door(EDITOR, _brand, post_only=True, of_customer=True),
    # attempts
    "attempts:page": Door(VIEWER, _attempt, of_customer=True),
    "attempts:withdraw": Door(EDITOR, _attempt, post_only=True, of_customer=True),
    "attempts:settle": Door(ADMINISTRATOR, _attempt, of_customer=True),
    "attempts:read_back": Door(EDITOR, _attempt, post_only=True, of_customer=True),
    # appeals
    **_appeal(),
    # plans to delete and create again
    "renewals:start": Door(EDITOR, _review, of_customer=True),
    "renewals:page": Door(VIEWER, _renewal, of_customer=True),
    "renewals:form": Door(EDITOR, _renewal, of_customer=True),
    "renewals:save": Door(EDITOR, _renewal, post_only=True, of_customer=True),
    "renewals:ask": Door(EDITOR, _renewal, post_only=True, of_customer=True),
    "renewals:review": Door(EDITOR, _renewal, of_customer=True),
    "renewals:delete": Door(MANAGER, _renewal, of_customer=True),
    "renewals:cancel": Door(EDITOR, _renewal, post_only=True, of_customer=True),
    "renewals:waive": Door(EDITOR, _renewal, post_only=True, of_customer=True),
    "renewals:look": Door(EDITOR, _renewal, post_only=True, of_customer=True),
    # codes
    "codes:index": Door(VIEWER),
    "codes:code": Door(VIEWER, lambda h: [30924]),
    # customers
    "accounts:customers": Door(VIEWER),
    "accounts:customer": Door(VIEWER, lambda h: [h.review.customer_id], of_customer=True),
    "accounts:rename_customer": Door(MANAGER, lambda h: [h.review.customer_id], of_customer=True),
    "accounts:reassign": Door(MANAGER, _review, of_customer=True),
    # settings
    "accounts:settings": Door(VIEWER),
    "accounts:profile": Door(VIEWER),
    "accounts:theme": Door(VIEWER, post_only=True),
    "accounts:people": Door(ADMINISTRATOR),
    "accounts:invite": Door(ADMINISTRATOR),
    "accounts:person": Door(ADMINISTRATOR, _person),
    "accounts:new_link": Door(ADMINISTRATOR, _person, post_only=True),
    "accounts:deactivate": Door(ADMINISTRATOR, _person, post_only=True),
    "accounts:reactivate": Door(ADMINISTRATOR, _person, post_only=True),
    "accounts:audit": Door(ADMINISTRATOR),
    "house:rules": Door(ADMINISTRATOR),
    "house:note": Door(ADMINISTRATOR),
    "house:remove_note": Door(ADMINISTRATOR, lambda h: [h.note.pk], post_only=True),
    "house:check": Door(ADMINISTRATOR, lambda h: ["L07"]),
    "sync:accounts": Door(VIEWER),
    "sync:connect": Door(ADMINISTRATOR),
    "sync:account": Door(ADMINISTRATOR, _account),
    "sync:read": Door(ADMINISTRATOR, _account, post_only=True),
    "sync:secret": Door(ADMINISTRATOR, _account),
    "sync:disconnect": Door(ADMINISTRATOR, _account),
    "sync:policy": Door(ADMINISTRATOR, _account),
    "sync:unreadable": Door(ADMINISTRATOR, _account),
    "sync:events": Door(ADMINISTRATOR, _account),
    "sync:events_on": Door(ADMINISTRATOR, _account, post_only=True),
    "sync:events_off": Door(ADMINISTRATOR, _account, post_only=True),
    # Twilio's way in
    "twilio_hook": Door(PROGRAM, lambda h: [h.account.sid, "a-word"], post_only=True),
    # coming in; the first administrator's page is there only while there is none
    "accounts:first": Door(ANYBODY, lambda h: [first.make_token()]),
    "accounts:join": Door(ANYBODY, lambda h: [invitations.path_for(h.person).split("/")[-2]]),
}

# Not ours: allauth's pages for one's own sign-in, and Django's admin, which only superusers enter.
NOT_OURS = ("account_", "mfa_", "admin:")
