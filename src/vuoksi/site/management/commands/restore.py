from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vuoksi.site import backup


class Command(BaseCommand):
    help = "Put a backup into an empty installation."
    # A restore starts where there is no database yet.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the backup, a .tar.gz file")

    def handle(self, *args: Any, **options: Any) -> None:
        places: dict[str, Any] = {
            "database": settings.DATABASES["default"],
            "files": Path(settings.MEDIA_ROOT),
            "series": Path(settings.SERIES_ROOT),
        }
        try:
            backup.restore(options["file"], **places)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"Restored: {options['file']}"))
