import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vuoksi.site import serving
from vuoksi.site.demo.people import ACCOUNTS, PASSWORD


class Command(BaseCommand):
    help = "Serve the pages and run the worker and the tick beside them, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("VUOKSI_PORT", "8000")))
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            serving.check_port(options["host"], options["port"])
        except serving.PortTaken as taken:
            raise CommandError(str(taken)) from taken
        self.stdout.write(
            f"\nVuoksi is at http://localhost:{options['port']}/  (Ctrl-C stops it)\n"
        )
        if settings.IS_DEMO:
            self._print_accounts()
        self.stdout.flush()
        sys.exit(
            serving.supervise(
                serving.commands(options["host"], options["port"], options["workers"])
            )
        )

    def _print_accounts(self) -> None:
        self.stdout.write(f"\nDemo accounts, password {PASSWORD}:\n")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.role.value:12} {account.email}\n")
        self.stdout.write("\n")
