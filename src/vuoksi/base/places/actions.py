from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.places.geojson import Feature, box_of, checked_geometry
from vuoksi.base.places.models import Place
from vuoksi.base.places.queries import outcome_of, places_by_slug


@action
def create_place(
    *,
    slug: str,
    kind: str,
    language: str,
    name: str,
    geometry: dict[str, Any],
    by: Actor,
    at: datetime,
    **more: Any,
) -> Place:
    """Put a place on the map. Raises ValueError for a shape that is not valid in WGS 84."""
    place = Place.objects.create(
        slug=slug, kind=kind, language=language, name=name, **_shape(geometry), **more
    )
    record(actor=by, verb="places.create_place", thing=place, at=at)
    return place


@action
def edit_place(*, place: Place, version: int, by: Actor, at: datetime, **changes: Any) -> None:
    """Change a place. Raises EditedMeanwhile, and ValueError for a shape that is not valid."""
    fields = sorted(changes)
    if "geometry" in changes:
        changes |= _shape(changes["geometry"])
    save_if_unchanged(place, version=version, **changes)
    record(actor=by, verb="places.edit_place", thing=place, at=at, fields=fields)


@action
def import_geojson(
    *, features: Sequence[Feature], language: str, by: Actor, at: datetime
) -> dict[str, int]:
    """Create the places that are new and change those that differ, all or nothing; give how many of each."""
    known = places_by_slug(feature.slug for feature in features)
    counts = {"new": 0, "changed": 0, "same": 0}
    for feature in features:
        place = known.get(feature.slug)
        outcome = outcome_of(feature, place)
        counts[outcome] += 1
        if place is None:
            create_place(**asdict(feature), language=language, by=by, at=at)
        elif outcome == "changed":
            changes = {key: value for key, value in asdict(feature).items() if key != "slug"}
            edit_place(place=place, version=place.version, by=by, at=at, **changes)
    nothing_to_do()
    return counts


def _shape(geometry: Any) -> dict[str, Any]:
    checked = checked_geometry(geometry)
    west, south, east, north = box_of(checked)
    return {"geometry": checked, "west": west, "south": south, "east": east, "north": north}
