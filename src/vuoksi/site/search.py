"""What the small apps below the search hold for people to find: they may not know the search themselves."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.organisations.queries import organisations
from vuoksi.base.places.models import Place
from vuoksi.base.places.queries import places
from vuoksi.base.search.registry import searchable

searchable(
    "places",
    _("Places"),
    queryset=lambda person: places(),
    fields=("name", "summary", "offers"),
    url=Place.get_absolute_url,
)
searchable(
    "organisations",
    _("Organisations"),
    queryset=lambda person: organisations(),
    fields=("name",),
    url=Organisation.get_absolute_url,
    text=lambda row: f"{row.get_kind_display()} {row.business_id}",
)
