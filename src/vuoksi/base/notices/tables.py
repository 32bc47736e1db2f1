import csv
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.exports import csv_cell
from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.notices.kinds import KINDS, OTHER, Said, in_words
from vuoksi.base.notices.models import Notice
from vuoksi.base.notices.waiting import Waiting


def _read_choices() -> Choices:
    return [("unread", _("unread")), ("read", _("read"))]


def _by_reading(rows: QuerySet[Notice], value: str) -> QuerySet[Notice]:
    return rows.filter(read_at__isnull=value == "unread")


def _kind_choices() -> Choices:
    return [(key, kind.label) for key, kind in KINDS.items()]


def _by_kind(rows: QuerySet[Notice], value: str) -> QuerySet[Notice]:
    return rows.filter(kind=value)


def _text(said: Said) -> str:
    return said.text


def _reason(said: Said) -> str:
    return said.reason


NOTICES = Table(
    "notices",
    _("Notices"),
    columns=(
        Column("at", _("When"), lambda said: said.notice.at, sort="at"),
        Column("text", _("What"), _text),
        Column("reason", _("Why"), _reason),
        Column("read_at", _("Read"), lambda said: said.notice.read_at, sort="read_at"),
        Column(
            "mailed_at", _("Sent by e-mail"), lambda said: said.notice.mailed_at, sort="mailed_at"
        ),
    ),
    filters=(
        Filter("reading", _("Read or not"), _read_choices, _by_reading),
        Filter("kind", _("Kind"), _kind_choices, _by_kind),
    ),
    prepare=in_words,
)


def _kind_label(notice: Notice) -> Any:
    return KINDS.get(notice.kind, OTHER).label


TOLD = Table(
    "told",
    _("Who was told"),
    columns=(
        Column("at", _("When"), lambda row: row.at, sort="at"),
        Column("kind", _("What"), _kind_label, sort="kind"),
        Column("person", _("Person"), lambda row: row.user.name, sort="user__name"),
        Column("tie", _("Why"), lambda row: row.get_tie_display()),
        Column("read_at", _("Read"), lambda row: row.read_at, sort="read_at"),
        Column("mailed_at", _("Sent by e-mail"), lambda row: row.mailed_at, sort="mailed_at"),
    ),
    filters=(
        Filter("reading", _("Read or not"), _read_choices, _by_reading),
        Filter("kind", _("Kind"), _kind_choices, _by_kind),
    ),
    search=("user__name",),
    default_sort="-at",
)


def waiting_as_csv(rows: Iterable[Waiting]) -> HttpResponse:
    """The list of what waits, with a byte order mark for spreadsheet programs."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="waiting.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["kind", "thing", "waits_for", "since", "due", "url"])
    for row in rows:
        cells = [row.kind, row.name.text, row.whom, row.since, row.due, row.url]
        writer.writerow([csv_cell(cell) for cell in cells])
    return response
