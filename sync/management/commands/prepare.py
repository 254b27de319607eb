"""manage.py prepare: brings the database up to date and lets somebody in. Safe to run at every start."""

import json
import os
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from accounts import demo, first
from accounts.models import TwilioAccount
from sync.connect import CannotConnect, connect, verify
from sync.foreground import Total, read_families
from twilio_api.credentials import Credentials


class Command(BaseCommand):
    help = "Migrates the database and makes sure that somebody can sign in; with --demo, fills it from the sandbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="four people and the sandbox's main account")
        parser.add_argument("--sandbox", metavar="URL", default=settings.TWILIO_API_URL, help="where the sandbox is")
        parser.add_argument("--base-url", metavar="URL", default=settings.PUBLIC_BASE_URL, help="for the printed link")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo"] and not settings.DEMO:
            raise CommandError("The demo's passwords are public: prepare --demo needs REDRESS_DEMO=1.")
        call_command("migrate", interactive=False, verbosity=0)
        if options["demo"]:
            self._fill_demo(options["sandbox"])
        else:
            self._let_somebody_in(options["base_url"] or "http://127.0.0.1:8200")

    def _fill_demo(self, sandbox: str) -> None:
        demo.invite_everybody()
        if TwilioAccount.objects.mains().filter(disconnected_at=None).exists():
            return
        try:
            main = connect(verify(main_account_of(sandbox)))
        except CannotConnect as error:
            raise CommandError(f"The sandbox's main account could not be connected. {error}") from error
        for failure in Total.of(read_families([main])).failures:
            self.stderr.write(failure)

    def _let_somebody_in(self, base_url: str) -> None:
        if not first.is_needed():
            return
        email, password = os.environ.get("REDRESS_ADMIN_EMAIL"), os.environ.get("REDRESS_ADMIN_PASSWORD")
        if email and password:
            first.appoint(email, password)
            self.stdout.write(f"{email} is the first administrator.")
            return
        path = reverse("accounts:first", args=[first.make_token()])
        self.stdout.write(
            f"Nobody can sign in yet. Whoever opens this within a day becomes the administrator:\n{base_url}{path}"
        )


def main_account_of(sandbox: str) -> Credentials:
    """What the sandbox itself tells about its main account: the one that belongs to nobody else."""
    with urlopen(f"{sandbox.rstrip('/')}/_sandbox/state", timeout=10) as response:  # noqa: S310
        accounts = json.load(response)["accounts"]
    main = next(account for account in accounts if account["owner_account_sid"] == account["sid"])
    return Credentials(account_sid=main["sid"], secret=main["auth_token"])
