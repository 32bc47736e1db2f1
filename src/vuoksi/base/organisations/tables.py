from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Choices, Column, Filter, Table
from vuoksi.base.organisations.models import Organisation


def _kinds() -> Choices:
    return [(kind.value, kind.label) for kind in Organisation.Kind]


def _of_kind(organisations: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return organisations.filter(kind=kind)


ORGANISATIONS = Table(
    "organisations",
    _("Organisations"),
    columns=(
        Column(
            "name", _("Name"), lambda row: row.name, sort="name", template="organisations/cell.html"
        ),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("website", _("Website"), lambda row: row.website),
        Column("members", _("Members"), lambda row: row.members, sort="members", numeric=True),
        Column("source", _("Source"), lambda row: row.source),
    ),
    filters=(Filter("kind", _("Kind"), _kinds, _of_kind),),
    search=("name", "business_id"),
)
