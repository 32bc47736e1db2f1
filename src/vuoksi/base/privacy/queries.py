import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language

from vuoksi.base.people.keeping import CONSENTS, KEPT, Consent, Kept, Long
from vuoksi.base.people.models import User
from vuoksi.base.privacy import words
from vuoksi.base.privacy.models import Erasure, Export
from vuoksi.base.runs.models import Run

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Told:
    """The rows of one table in an export, and the file in which programs find them."""

    entry: Kept
    file: str
    rows: list[dict[str, Any]]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def in_words(self) -> Iterator[list[tuple[str, str]]]:
        """Each row as pairs of a column and what stands in it."""
        model = self.entry.model
        labels = {path: words.column_words(model, path) for path in self.entry.columns}
        for row in self.rows:
            yield [
                (labels[path], words.value_words(model, path, value)) for path, value in row.items()
            ]


def exports_of(user: User, at: datetime) -> QuerySet[Export]:
    """Files that a person can download or that are being made, the newest first."""
    mine = Export.objects.filter(user=user, expires_at__gt=at).select_related("run")
    return mine.order_by("-asked_at", "-pk")


def export_being_made(user: User) -> Export | None:
    under_way = (Run.Status.WAITING, Run.Status.RUNNING)
    return Export.objects.filter(user=user, run__status__in=under_way).select_related("run").first()


def export_of_run(run: Run) -> Export | None:
    return Export.objects.select_related("user").filter(run=run).first()


def waiting_erasure(user: User) -> Erasure | None:
    return Erasure.objects.filter(user=user, cancelled_at=None, done_at=None).first()


def due_erasures(at: datetime) -> QuerySet[Erasure]:
    waiting = Erasure.objects.filter(cancelled_at=None, done_at=None, due_at__lte=at)
    return waiting.select_related("user").order_by("due_at", "pk")


def kept_about(user: User) -> list[tuple[Kept, int]]:
    """What there is about a person: each table with its number of rows, those with none left out."""
    counted = [(entry, entry.rows(user).count()) for entry in _in_order()]
    return [(entry, count) for entry, count in counted if count]


def consents(user: User) -> list[Consent]:
    return [consent for function in CONSENTS for consent in function(user)]


def write_archive(user: User, out: IO[bytes], progress: Callable[[float], None]) -> int:
    """Write the ZIP of everything about a person to `out`; give the number of rows in it.

    What there is nothing of is left out. The page for reading stands beside the data for programs.
    """
    entries, found, tables = _in_order(), list[Told](), list[tuple[str, int]]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for app, group in groupby(entries, key=_app):
            sections: dict[str, list[dict[str, Any]]] = {}
            for entry in group:
                rows = list(map(entry.told, entry.rows(user).values(*entry.columns)))
                if rows:
                    sections.setdefault(entry.model, []).extend(rows)
                    found.append(Told(entry, f"{app}.json", rows))
                _write_files(archive, entry, user)
                tables += [_write_long(archive, table) for table in entry.long(user)]
                progress((entries.index(entry) + 1) / len(entries))
            if sections:
                text = json.dumps(sections, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
                archive.writestr(f"{app}.json", text)
        context = {
            "user": user,
            "city": settings.CITY_NAME,
            "site": settings.SITE_URL,
            "told": found,
            "tables": tables,
            "language": get_language(),
        }
        archive.writestr("README.txt", render_to_string("privacy/readme.txt", context))
        archive.writestr("README.html", render_to_string("privacy/everything.html", context))
    return sum(one.count for one in found) + sum(count for _name, count in tables)


def _write_files(archive: zipfile.ZipFile, entry: Kept, user: User) -> None:
    """Put the files themselves beside the rows that tell of them; one that is lost is left out."""
    if not entry.file:
        return
    for row in entry.rows(user).iterator(AT_A_TIME):
        stored = getattr(row, entry.file)
        if stored and stored.storage.exists(stored.name):
            with stored.open("rb") as content, archive.open(f"files/{row.pk}-{row}", "w") as copy:
                for part in content.chunks():
                    copy.write(part)


def _write_long(archive: zipfile.ZipFile, table: Long) -> tuple[str, int]:
    """Write a long table row by row, since it may not fit into memory; give the file's name and the number of rows."""
    name, count = f"{table.name}.csv", 0
    with archive.open(name, "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.columns)
        for row in table.rows:
            writer.writerow(row)
            count += 1
    return name, count


def _in_order() -> list[Kept]:
    """All tables, lowest app first, so that the same person gives the same file."""
    place = {config.label: index for index, config in enumerate(apps.get_app_configs())}
    return sorted(KEPT, key=lambda entry: (place[_app(entry)], entry.model))


def _app(entry: Kept) -> str:
    return entry.model.split(".")[0]
