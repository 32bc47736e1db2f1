from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from vuoksi.site.demo import load


class Command(BaseCommand):
    help = "Load the demo city: Espoo's real figures, and stories that say that they are demo. Twice changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_DEMO:
            raise CommandError(
                "The demo's accounts have a public password. Set VUOKSI_DEMO=1 to load them here."
            )
        with transaction.atomic():
            load.everything()
        self.stdout.write(self.style.SUCCESS("The demo city is loaded."))
