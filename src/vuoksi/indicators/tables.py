"""The lists of this app: columns, filters, exports."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Column, Filter, Table
from vuoksi.base.texts.queries import as_read, attach, text_of
from vuoksi.indicators.models import Indicator, Observation
from vuoksi.indicators.words import unit_words
from vuoksi.lib.periods import Period


def _owners() -> list[tuple[str, Any]]:
    names = Indicator.objects.exclude(data_owner="").order_by("data_owner")
    return [(name, name) for name in names.values_list("data_owner", flat=True).distinct()]


def _by_owner(rows: QuerySet[Indicator], name: str) -> QuerySet[Indicator]:
    return rows.filter(data_owner=name)


def _by_origin(rows: QuerySet[Indicator], origin: str) -> QuerySet[Indicator]:
    return rows.filter(is_from_code=origin == "platform")


def _latest_period(row: Any) -> str | None:
    return Period(row.latest_start, row.latest_end).label if row.latest_end else None


INDICATORS = Table(
    "indicators",
    _("Indicators"),
    columns=(
        Column(
            "title",
            _("Indicator"),
            text_of("title"),
            sort="title",
            template="indicators/cells/title.html",
        ),
        Column(
            "value",
            _("Latest"),
            lambda row: row.latest_value,
            numeric=True,
            template="indicators/cells/latest.html",
        ),
        Column("unit", _("Unit"), lambda row: unit_words(row.unit)),
        Column("period", _("Period"), _latest_period, sort="latest_end"),
        Column("owner", _("Data owner"), lambda row: row.data_owner, sort="data_owner"),
        Column("figures", _("Figures"), lambda row: row.figures, sort="figures", numeric=True),
        Column("key", _("Key"), lambda row: row.key, sort="key"),
    ),
    filters=(
        Filter("owner", _("Data owner"), _owners, _by_owner),
        Filter(
            "origin",
            _("Origin"),
            lambda: [
                ("platform", _("measured by this platform")),
                ("staff", _("published by staff")),
            ],
            _by_origin,
        ),
    ),
    search=("title", "key"),
    reading=as_read("title"),
    default_sort="title",
    prepare=attach,
)

LEDGER = Table(
    "ledger",
    _("All figures ever published"),
    columns=(
        Column("period", _("Period"), lambda row: row.period_label, sort="start"),
        Column("value", _("Value"), lambda row: row.value, sort="value", numeric=True),
        Column("low", _("Low"), lambda row: row.low, numeric=True),
        Column("high", _("High"), lambda row: row.high, numeric=True),
        Column("method", _("Method"), lambda row: row.method, sort="method"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display()),
        Column("source", _("Source"), lambda row: row.source),
        Column("note", _("Note"), lambda row: row.note),
        Column("published_at", _("Published"), lambda row: row.published_at, sort="published_at"),
        Column(
            "current", _("In force"), lambda row: _("yes") if row.is_current else _("superseded")
        ),
    ),
    filters=(
        Filter(
            "kind",
            _("Kind"),
            lambda: list(Observation.Kind.choices),
            lambda rows, kind: rows.filter(kind=kind),
        ),
        Filter(
            "current",
            _("In force"),
            lambda: [("yes", _("in force")), ("no", _("superseded"))],
            lambda rows, current: rows.filter(is_current=current == "yes"),
        ),
    ),
    search=("method", "source", "note"),
    default_sort="-published_at",
)
