from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Choices, Column, Filter, Table
from vuoksi.base.places.models import Place
from vuoksi.base.texts.queries import as_read, attach, in_language


def _kinds() -> Choices:
    return [(kind.value, kind.label) for kind in Place.Kind]


def _of_kind(places: QuerySet[Any], kind: str) -> QuerySet[Any]:
    return places.filter(kind=kind)


PLACES = Table(
    "places",
    _("Places"),
    columns=(
        Column(
            "name",
            _("Name"),
            lambda place: in_language(place, "name").text,
            sort="name",
            template="places/cell.html",
        ),
        Column("kind", _("Kind"), lambda place: place.get_kind_display(), sort="kind"),
        Column("owner", _("Owner"), lambda place: place.owner, sort="owner__name"),
        Column("source", _("Source"), lambda place: place.source),
    ),
    filters=(Filter("kind", _("Kind"), _kinds, _of_kind),),
    search=("name", "summary"),
    reading=as_read("name", "summary"),
    prepare=attach,
)
