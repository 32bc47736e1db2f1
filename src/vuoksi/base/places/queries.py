from collections.abc import Iterable

from django.db.models import QuerySet

from vuoksi.base.places.models import Place


def places() -> QuerySet[Place]:
    return Place.objects.select_related("owner").order_by("name", "pk")


def places_by_slug(slugs: Iterable[str]) -> dict[str, Place]:
    return Place.objects.in_bulk(list(slugs), field_name="slug")
