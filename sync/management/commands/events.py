"""manage.py events: whether news comes by itself, account by account; sets that up, or takes it away."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from accounts.models import TwilioAccount
from sync import streams
from sync.management.progress import do_and_show
from sync.models import EventStream
from sync.standing import standing_of


class Command(BaseCommand):
    help = "Tells for each account whether Twilio's events come in. Ends with 1 where they should and do not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", metavar="ACxxxx", help="only this main account and what is under it")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--ensure", action="store_true", help="make or heal sink and subscription of each account")
        way.add_argument(
            "--remove", action="store_true", help="take away what is ours at Twilio, and only ask from now on"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mains = _mains(options["account"])
        if options["ensure"]:
            self._refuse_where_nothing_arrives()
            _each(mains, streams.switch_on)
        elif options["remove"]:
            _each(mains, streams.switch_off)
        self._tell(_family(mains))

    def _refuse_where_nothing_arrives(self) -> None:
        if why := streams.hindrance():
            raise CommandError(f"Polling only: {why}. Nothing was changed.")

    def _tell(self, family: list[TwilioAccount]) -> None:
        now, wrong = timezone.now(), 0
        for account in family:
            standing = standing_of(getattr(account, "stream", None), now)
            wrong += standing.is_wrong
            self.stdout.write(f"{account}: {standing.words}{f'. {standing.hint}' if standing.hint else ''}")
        if wrong:
            raise CommandError(f"Events do not work for {wrong} of {len(family)} accounts.")


def _mains(sid: str | None) -> list[TwilioAccount]:
    mains = TwilioAccount.objects.mains().mirrored()
    if sid:
        mains = mains.filter(sid=sid)
    if not mains:
        raise CommandError("No such account is connected. Connect one: manage.py connect ACxxxx")
    return list(mains)


def _each(mains: list[TwilioAccount], turn: Any) -> None:
    """Several at once; an account that fails says so itself."""
    for main in mains:
        turn(main, None)
    family = EventStream.objects.filter(Q(account__in=mains) | Q(account__parent__in=mains))
    do_and_show(streams.tend, list(family.values_list("pk", flat=True)))


def _family(mains: list[TwilioAccount]) -> list[TwilioAccount]:
    family = TwilioAccount.objects.mirrored().filter(Q(pk__in=[m.pk for m in mains]) | Q(parent__in=mains))
    return list(family.select_related("stream").order_by("parent_id", "name"))
