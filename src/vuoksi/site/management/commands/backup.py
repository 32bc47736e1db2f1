from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vuoksi.site import backup


class Command(BaseCommand):
    help = "Write the database, the uploaded files and the measured rows into one file."
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
            backup.write(options["file"], **places)
        except backup.BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"Written: {options['file']}"))
