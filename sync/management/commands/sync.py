"""manage.py sync: one whole reading of every account, in the foreground."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import TwilioAccount
from sync.management.progress import read_and_tell


class Command(BaseCommand):
    help = "Reads every connected Twilio account once, here and now. Ends with 1 if one could not be read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", metavar="ACxxxx", help="only this main account and what is under it")

    def handle(self, *args: Any, **options: Any) -> None:
        mains = TwilioAccount.objects.mains().mirrored()
        if options["account"]:
            mains = mains.filter(sid=options["account"])
        if not mains:
            raise CommandError("No such account is connected. Connect one: manage.py connect ACxxxx")
        total = read_and_tell(mains, self.stdout.write)
        if total.failures:
            raise CommandError(f"{len(total.failures)} of {total.accounts} accounts could not be read.")
