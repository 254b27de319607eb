"""manage.py rotate_secrets: seals every Twilio secret again with the newest key of REDRESS_SECRET_KEYS."""

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken, reseal
from audit.record import record
from sync.models import EventStream


class Command(BaseCommand):
    help = "Seals every Twilio secret again with the newest key, so that older keys can be taken away."

    def handle(self, *args: Any, **options: Any) -> None:
        lost = [account for account in TwilioAccount.objects.exclude(sealed_secret="") if not _reseal(account.pk)]
        for stream in EventStream.objects.all():
            _reseal_stream(stream.pk)
        done = TwilioAccount.objects.exclude(sealed_secret="").count() - len(lost)
        record(None, "secrets:rotated", "secrets", "Twilio secrets", resealed=done, lost=len(lost))
        self.stdout.write(f"{done} secrets are sealed with the newest key.")
        if lost:
            names = ", ".join(map(str, lost))
            raise CommandError(f"No key opens the secrets of: {names}. Keep the older keys, or connect these again.")


@transaction.atomic
def _reseal(account_id: int) -> bool:
    """One at a time and locked: a secret replaced meanwhile is not undone."""
    account = TwilioAccount.objects.select_for_update(of=("self",)).get(pk=account_id)
    try:
        account.sealed_secret = reseal(account.sealed_secret)
    except SealBroken:
        return False
    account.save(update_fields=["sealed_secret"])
    return True


@transaction.atomic
def _reseal_stream(account_id: int) -> None:
    """One that no key opens is made anew when its account is looked at next, with another address for Twilio."""
    stream = EventStream.objects.select_for_update().get(pk=account_id)
    with suppress(SealBroken):
        stream.sealed_path = reseal(stream.sealed_path)
        stream.sealed_token = stream.sealed_token and reseal(stream.sealed_token)
        stream.save(update_fields=["sealed_path", "sealed_token"])
