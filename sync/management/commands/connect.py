"""manage.py connect ACxxxx: connects a Twilio account and reads it for the first time."""

import sys
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import TwilioAccount
from sync.connect import AlreadyConnected, CannotConnect, Verified, connect, verify
from sync.management.progress import read_and_tell
from twilio_api.credentials import Credentials


class Command(BaseCommand):
    help = "Connects a Twilio main account. The secret is asked for, or read from standard input: never an argument."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", metavar="ACxxxx", help="SID of the main account; its subaccounts come with it")
        parser.add_argument("--key", metavar="SKxxxx", default="", help="a Main API key, instead of the auth token")
        parser.add_argument("--name", default="", help="what to call it; otherwise its name at Twilio")
        parser.add_argument("--replace", action="store_true", help="replace the secret of an account that is connected")
        parser.add_argument("--no-read", action="store_true", help="leave the first reading to the workers")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            main = self._connect(options)
        except CannotConnect as error:
            # Without its cause: what lies below may quote a request, and a request carries the secret.
            raise CommandError(str(error)) from None
        if not options["no_read"]:
            self._read(main)

    def _connect(self, options: dict[str, Any]) -> TwilioAccount:
        what = "Secret of the API key" if options["key"] else "Auth token"
        secret = _ask_secret(what)
        verified = verify(Credentials(account_sid=options["account"], key_sid=options["key"], secret=secret))
        replace = options["replace"] or (verified.is_known and self._may_replace(verified))
        main = connect(verified, name=options["name"], replace=replace)
        self.stdout.write(f"Connected {main.name}, {verified.subaccounts} subaccounts.")
        return main

    def _may_replace(self, verified: Verified) -> bool:
        if not sys.stdin.isatty():
            raise AlreadyConnected(f"{verified.name} is connected already. To replace its secret, add --replace.")
        answer = input(f"{verified.name} is connected already. Replace its secret? [y/N] ")
        if answer.strip().lower() not in ("y", "yes"):
            raise CannotConnect("Nothing was changed.")
        return True

    def _read(self, main: TwilioAccount) -> None:
        total = read_and_tell([main], self.stdout.write)
        if total.failures:
            raise CommandError(f"Connected, but {len(total.failures)} of {total.accounts} accounts could not be read.")


def _ask_secret(what: str) -> str:
    """Typed unseen, or the first line of standard input where nobody types."""
    if sys.stdin.isatty():
        return getpass(f"{what} (not shown): ").strip()
    return sys.stdin.readline().strip()
