from collections.abc import Iterable
from dataclasses import asdict

from django.db.models import QuerySet

from vuoksi.base.places.geojson import Feature
from vuoksi.base.places.models import Place


def places() -> QuerySet[Place]:
    return Place.objects.select_related("owner").order_by("name", "pk")


def places_by_slug(slugs: Iterable[str]) -> dict[str, Place]:
    return Place.objects.in_bulk(list(slugs), field_name="slug")


def outcome_of(feature: Feature, place: Place | None) -> str:
    """What an import would do with a feature: "new", "changed" or "same"."""
    if place is None:
        return "new"
    same = all(getattr(place, key) == value for key, value in asdict(feature).items())
    return "same" if same else "changed"
