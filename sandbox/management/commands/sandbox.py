"""./run manage sandbox: the same sandbox as a Django management command."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sandbox.commandline import add_options, run


class Command(BaseCommand):
    help = "Serves a Twilio to play with."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        run(argparse.Namespace(**options), say=self.stdout.write)
