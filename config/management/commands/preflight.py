"""`./run manage preflight campaign draft.json`: the rulebook's checks over drafts in JSON."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from rulebook.command import add_words, check


class Command(BaseCommand):
    help = "Checks drafts before they are sent: cases in JSON in, findings out; exit status 1 where an error stands."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_words(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(check(options["kind"], options["file"], many=options["jsonl"]))
