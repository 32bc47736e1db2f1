from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vuoksi.site.docs import pages


class Command(BaseCommand):
    help = "Write the generated reference pages, or check that all documents agree with the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "do",
            choices=["write", "check"],
            help="write: make the pages anew; check: name every page, link and description that is wrong",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["do"] == "write":
            for path in pages.write(settings.BASE_DIR, settings.SOURCE):
                self.stdout.write(f"written {path}")
            return
        found = pages.faults(settings.BASE_DIR, settings.SOURCE)
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} faults in the documents"]))
        self.stdout.write("the documents agree with the code")
