from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from vuoksi.site.messages.catalogues import (
    brought_up_to_date,
    catalogue_path,
    compile_all,
    read_catalogue,
)
from vuoksi.site.messages.check import problems
from vuoksi.site.messages.extract import source_catalogue


class Command(BaseCommand):
    help = "Make, check or compile the message catalogues of the interface."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "do",
            choices=["extract", "update", "compile", "check"],
            help="extract: list the texts of the source; update: bring the catalogues up to date; "
            "compile: what changed, for the program to read; check: name all faults",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        locale = settings.LOCALE_PATHS[0]
        languages = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
        {
            "extract": self.extract,
            "update": self.update,
            "compile": self.compile,
            "check": self.check_catalogues,
        }[options["do"]](locale, languages)

    def extract(self, locale: Any, languages: list[str]) -> None:
        for message in source_catalogue(settings.SOURCE):
            if message.id:
                self.stdout.write(repr(message.id))

    def update(self, locale: Any, languages: list[str]) -> None:
        source = source_catalogue(settings.SOURCE)
        for language in languages:
            path = catalogue_path(locale, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(brought_up_to_date(read_catalogue(locale, language), source))
            self.stdout.write(f"{language}: {len(source)} texts")

    def compile(self, locale: Any, languages: list[str]) -> None:
        for path in compile_all(locale):
            self.stdout.write(f"compiled {path.parent.parent.name}")

    def check_catalogues(self, locale: Any, languages: list[str]) -> None:
        source = source_catalogue(settings.SOURCE)
        found = [
            problem for language in languages for problem in problems(locale, language, source)
        ]
        if found:
            listed = "\n".join(map(str, found))
            raise CommandError(f"{listed}\n{len(found)} faults in the message catalogues")
        self.stdout.write(f"{len(source)} texts in {len(languages)} languages: no fault")
