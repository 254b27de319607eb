"""A mirrored portfolio of any size: the sandbox's generated world, let in through the one door as Twilio's answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import batched

from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import Customer, TwilioAccount
from reviews import risk
from reviews.kinds import kind_of
from reviews.models import Review, Source
from sandbox import generate
from sandbox.world import Account, Kind, Payload, World
from sync.apply import apply
from twilio_api.answer import Answer
from twilio_api.credentials import Credentials

SEED = 7
ITEMS_PER_ACCOUNT = 50
# The name of the customer who has half of everything.
LARGE = "Half the Portfolio Inc."
# With each campaign come half a brand and a tenth of a verification.
CAMPAIGNS_IN_TEN = 10 / 16
KINDS = {"brand": Kind.BRAND, "campaign": Kind.CAMPAIGN, "tollfree": Kind.VERIFICATION}
BATCH = 200


def fill(items: int, seed: int = SEED) -> None:
    """About so many more items in accounts of fifty: every second one of the large customer's, each other of a customer
    of its own. Another seed makes other items."""
    world = World(review_seconds=3600)
    count = max(items // ITEMS_PER_ACCOUNT, 2)
    generate.fill(world, seed, count, round(items * CAMPAIGNS_IN_TEN))
    accounts = _accounts(world)
    for slug, kind in KINDS.items():
        for account, payloads in _by_account(world, accounts, kind):
            for batch in batched(payloads, BATCH):
                now = timezone.now()
                apply(account, kind_of(slug), [Answer(payload, now) for payload in batch], Source.POLL)
    _settle()


def _accounts(world: World) -> dict[str, TwilioAccount]:
    """The first is the main account; the others hang under it."""
    rows = list(world.accounts.values())
    large, _ = Customer.objects.get_or_create(name=LARGE)
    ordinary = Customer.objects.bulk_create([Customer(name=row.friendly_name) for row in rows[::2]])
    customers = [ordinary[n // 2] if n % 2 == 0 else large for n in range(len(rows))]
    main = _account(rows[0], customers[0])
    main.save()
    others = [_account(row, c) for row, c in zip(rows[1:], customers[1:], strict=True)]
    for account in others:
        account.parent = main
    TwilioAccount.objects.bulk_create(others)
    return {account.sid: account for account in [main, *others]}


def _account(row: Account, customer: Customer) -> TwilioAccount:
    now = timezone.now()
    account = TwilioAccount(sid=row.sid, name=row.friendly_name, customer=customer, last_read_at=now)
    account.next_poll_at = now + timedelta(days=1)
    account.seal(Credentials(account_sid=row.sid, secret=row.auth_token))
    return account


def _by_account(
    world: World, accounts: dict[str, TwilioAccount], kind: Kind
) -> Iterator[tuple[TwilioAccount, Sequence[Payload]]]:
    for sid, account in accounts.items():
        if found := world.shelves[kind].of([sid]):
            yield account, [resource.payload for resource in found]


def _settle() -> None:
    """As after a quiet night: the texts are checked, and the database has looked at what it holds."""
    Review.objects.update(checked_by=risk.rules(), checked_digest=F("digest"))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
