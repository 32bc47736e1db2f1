from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS, one_of
from vuoksi.base.lists.paging import paginated
from vuoksi.base.places import queries
from vuoksi.base.places.models import Place
from vuoksi.base.texts.queries import attach, in_language

router = Router(tags=["places"])
Kind = Annotated[Place.Kind, one_of(Place.Kind)]


class PlaceProperties(Schema):
    name: str
    language: str
    kind: Kind
    summary: str
    offers: str
    owner: str | None
    is_schematic: bool
    source: str


class PlaceFeature(Schema):
    """A GeoJSON Feature (RFC 7946), in WGS 84; the texts are in the language asked for, where there is one."""

    type: Literal["Feature"] = "Feature"
    id: str
    bbox: list[float]
    geometry: dict[str, Any]
    properties: PlaceProperties


class PlaceCollection(Schema):
    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[PlaceFeature]


def feature_of(place: Place) -> PlaceFeature:
    name = in_language(place, "name")
    return PlaceFeature(
        id=place.slug,
        bbox=[place.west, place.south, place.east, place.north],
        geometry=place.geometry,
        properties=PlaceProperties(
            name=name.text,
            language=name.language,
            kind=Place.Kind(place.kind),
            summary=in_language(place, "summary").text,
            offers=in_language(place, "offers").text,
            owner=place.owner.name if place.owner else None,
            is_schematic=place.is_schematic,
            source=place.source,
        ),
    )


def features_of(places: list[Place]) -> list[PlaceFeature]:
    return [feature_of(place) for place in attach(places)]


@router.get("/", response={200: list[PlaceFeature], **READ_REFUSALS}, summary="Places")
@paginated(prepare=features_of)
def list_places(request: HttpRequest, kind: Kind | None = None) -> Any:
    return _of_kind(kind)


@router.get(
    "/collection.geojson", response={200: PlaceCollection, **READ_REFUSALS}, summary="For a map"
)
def collection(request: HttpRequest, kind: Kind | None = None) -> PlaceCollection:
    """All places as one FeatureCollection, as map programs take it."""
    return PlaceCollection(features=features_of(list(_of_kind(kind))))


@router.get("/{slug}", response={200: PlaceFeature, **READ_REFUSALS}, summary="One place")
def read_place(request: HttpRequest, slug: str) -> PlaceFeature:
    return feature_of(get_object_or_404(queries.places(), slug=slug))


def _of_kind(kind: Place.Kind | None) -> Any:
    rows = queries.places()
    return rows.filter(kind=kind) if kind else rows
