import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vuoksi.site import serving
from vuoksi.site.demo import people


class Command(BaseCommand):
    help = "Serve the site with its worker and its tick loop; all stop together (Ctrl-C)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument(
            "--workers",
            type=int,
            default=serving.cores(),
            help="web processes, one a core if not said",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], settings.PORT
        if not serving.is_free(host, port):
            raise CommandError(
                f"Port {port} is taken: stop what listens there, or choose another one, e.g. VUOKSI_PORT={port + 1}"
            )
        if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            raise CommandError("The pages' files are not gathered yet: run `vuoksi collectstatic`.")
        status = serving.supervise(
            serving.parts(host, port, options["workers"]),
            say=self.stderr.write,
            is_ready=lambda: serving.answers(host, port),
            on_ready=self.greet,
        )
        sys.exit(status)

    def greet(self) -> None:
        lines = [f"{settings.SITE_TITLE} {settings.CITY_NAME}: {settings.SITE_URL}"]
        if settings.IS_DEMO:
            lines.append(f"Sign in with the password {people.PASSWORD} as")
            lines += [f"  {account.role.value:12} {account.email}" for account in people.ACCOUNTS]
        lines.append("Ctrl-C stops everything.")
        self.stdout.write("\n".join(["", *lines, ""]))
